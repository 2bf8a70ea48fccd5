"""Why a paper, or one page of it, can't be shown, and what is worth knowing about one that can.

The worker process sends only the codes below over its pipe; the sentences are looked up here, so that a
hostile file can never put words of its own in front of the person.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from medbills_desktop.domain.errors import UserError


class Why(enum.StrEnum):
    """The closed set of reasons; `qt` and `packet` may switch on these, never on a sentence."""

    DAMAGED = "damaged"
    DAMAGED_PAGE = "damaged-page"
    PASSWORD = "password"  # noqa: S105 - a reason, not a secret
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - a reason, not a secret
    NOT_A_PDF = "not-a-pdf"
    UNKNOWN_KIND = "unknown-kind"
    EMPTY = "empty"
    NO_PAGES = "no-pages"
    NO_SUCH_PAGE = "no-such-page"
    TOO_LARGE = "too-large"
    TOOK_TOO_LONG = "took-too-long"
    CRASHED = "crashed"
    PORTFOLIO = "portfolio"
    MISSING = "missing"
    NOT_OPEN = "not-open"
    NOT_REDACTED = "not-redacted"


class Worth(enum.StrEnum):
    """Things worth knowing about a paper that is shown all the same."""

    REPAIRED = "repaired"
    UNLOCKED = "unlocked"
    XFA_FORM = "xfa-form"
    PORTFOLIO = "portfolio"
    ATTACHMENTS = "attachments"
    HIDDEN_LAYERS = "hidden-layers"
    FIRST_PICTURE_ONLY = "first-picture-only"
    FLATTENED = "flattened"
    PICTURED_PAGES = "pictured-pages"
    MISSING_PAGES = "missing-pages"
    OUTSIDE_WORDS = "outside-words"
    LIGHTER = "lighter"


@dataclass(frozen=True)
class CantShow:
    """A refusal in words for people.

    `details` holds names taken from the file (members of a portfolio, page numbers); it is data to list
    below the sentence and may be empty.
    """

    code: Why
    sentence: str
    what_to_do: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A remark on a paper that can be shown; shown quietly beside it and in the packet's list of exhibits."""

    code: Worth
    sentence: str
    what_to_do: str
    details: tuple[str, ...] = ()


class PaperRefusedError(UserError):
    """A paper that can't be read or prepared; `reason` is the same value that the viewer shows."""

    def __init__(self, reason: CantShow) -> None:
        super().__init__(reason.sentence, reason.what_to_do)
        self.reason = reason


_KEPT = "The original is kept exactly as it was received."

_WHY: dict[Why, tuple[str, str]] = {
    Why.DAMAGED: (
        "This file is damaged and can't be shown.",
        f"Ask the sender for a new copy, or download it again. {_KEPT}",
    ),
    Why.DAMAGED_PAGE: (
        "This page is damaged and can't be shown.",
        f"The other pages are not affected. Ask the sender for a new copy if this page matters. {_KEPT}",
    ),
    Why.PASSWORD: (
        "This file is locked with a password.",
        "Type the password it was sent with. It is used to open the file and is not kept.",
    ),
    Why.WRONG_PASSWORD: (
        "That password does not open this file.",
        "Try again: capital and small letters count, and so do spaces.",
    ),
    Why.NOT_A_PDF: (
        "This file holds a web page, not a PDF.",
        "It is often the sign-in page of a portal. Open the paper in the portal, save it as PDF, and add that.",
    ),
    Why.UNKNOWN_KIND: (
        "This kind of file can't be shown here.",
        "PDF, JPEG, PNG, TIFF, HEIC, WebP and GIF can. Print it to PDF where it came from, and add that.",
    ),
    Why.EMPTY: (
        "This file is empty: it holds no bytes at all.",
        "Download or copy it again; the first attempt was probably cut off.",
    ),
    Why.NO_PAGES: (
        "This PDF has no pages.",
        f"Ask the sender for a new copy. {_KEPT}",
    ),
    Why.NO_SUCH_PAGE: (
        "This paper has no page with that number.",
        "Choose a page that the paper has.",
    ),
    Why.TOO_LARGE: (
        "This file asks for more memory than a paper may use.",
        f"Save it at a lower resolution, or split it into parts, and add those. {_KEPT}",
    ),
    Why.TOOK_TOO_LONG: (
        "This took too long and was stopped.",
        f"Try once more. If it happens again, print the file to PDF in another program and add that. {_KEPT}",
    ),
    Why.CRASHED: (
        "The part of the program that reads papers stopped on this file.",
        f"Nothing was lost. Print the file to PDF in another program and add that. {_KEPT}",
    ),
    Why.PORTFOLIO: (
        "This PDF is an envelope that holds other files.",
        "Open it in the program it came from, save the files inside it, and add them one by one.",
    ),
    Why.MISSING: (
        "This file can't be read: it was moved, renamed, or its disk is not available.",
        "Check that the file is where it was and that you may open it, then try again.",
    ),
    Why.NOT_OPEN: (
        "This paper is not open any more.",
        "Open it again.",
    ),
    Why.NOT_REDACTED: (
        "It can't be shown that everything personal was taken out of this paper, so no copy of it was made.",
        f"Cover what is personal on a printed copy, scan that, and add it. {_KEPT}",
    ),
}

_WORTH: dict[Worth, tuple[str, str]] = {
    Worth.REPAIRED: (
        "The file is slightly damaged; it was repaired for showing.",
        "Compare it with the paper copy if something seems to be missing.",
    ),
    Worth.UNLOCKED: (
        "The file was protected by its sender; it is shown as the sender's own viewer would show it.",
        "",
    ),
    Worth.XFA_FORM: (
        "This is a form of a kind that only Adobe's viewer shows fully; something may be missing here.",
        "Open it in Adobe Acrobat Reader, print it to PDF there, and add that too.",
    ),
    Worth.PORTFOLIO: (
        "This PDF is an envelope that holds other files; only its cover page is shown.",
        "Open it in the program it came from, save the files inside it, and add them one by one.",
    ),
    Worth.ATTACHMENTS: (
        "Other files are attached inside this PDF; they are not shown.",
        "Save them in the program it came from and add them one by one if they matter.",
    ),
    Worth.HIDDEN_LAYERS: (
        "Parts of this PDF are switched off by its sender; they stay hidden.",
        "",
    ),
    Worth.FIRST_PICTURE_ONLY: (
        "This picture moves; its first picture is shown.",
        "",
    ),
    Worth.FLATTENED: (
        "Form entries and marks were made a fixed part of the pages of the copy in the packet.",
        "",
    ),
    Worth.PICTURED_PAGES: (
        "Some pages are in the packet as pictures of what is shown, their text laid over them for search.",
        "",
    ),
    Worth.LIGHTER: (
        "Pictures were made smaller on this copy, on its pages.",
        "",
    ),
    Worth.MISSING_PAGES: (
        "Some pages of this file are damaged and can't be shown.",
        "Ask the sender for a new copy if they matter.",
    ),
    Worth.OUTSIDE_WORDS: (
        "Words lie outside the visible part of some pages; they are not seen, but a search of the file finds them.",
        "Print the paper to PDF anew and add that if they should not travel along.",
    ),
}


def cant_show(code: Why, details: tuple[str, ...] = ()) -> CantShow:
    """The refusal for `code`, with its sentences."""
    sentence, what_to_do = _WHY[code]
    return CantShow(code, sentence, what_to_do, details)


def notice(code: Worth, details: tuple[str, ...] = ()) -> Notice:
    """The remark for `code`, with its sentences."""
    sentence, what_to_do = _WORTH[code]
    return Notice(code, sentence, what_to_do, details)


def refused(code: Why, details: tuple[str, ...] = ()) -> PaperRefusedError:
    """The error to raise for `code`."""
    return PaperRefusedError(cant_show(code, details))
