"""A place of a packet in which something personal was found at the end: named, so that a person can look at it and say
that it may stay. What was found is never part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.domain.words import REDACTION_KIND

Where = Literal["words", "drawing", "numbers", "picture", "font", "names", "data", "bytes"]
"""In what of a file something was found: the words of a page as programs copy them, the strings of drawing commands,
the numbers of drawing commands, the dots of a picture, a font, a name, title or note inside the file, other data of it,
or the bytes between all of that."""

WHERE: dict[Where, str] = {
    "words": "in the words of the page",
    "drawing": "in what the page draws as letters",
    "numbers": "in the measures by which the page is drawn",
    "picture": "in the dots of a picture",
    "font": "in the tables of a font",
    "names": "in a name, title or note inside the file",
    "data": "in other data of the file",
    "bytes": "in the file beside its pages",
}

WHAT_NOW = (
    "Look at these places. What is personal: take it out by hand in the viewer, or unlink that paper from the bill; "
    "then export again."
)
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True, order=True)
class LeftOver:
    """So many times (`count`) something of a kind is left on a page of the packet (from 1; 0: on none of them).

    `paper` says which paper that page is of.
    """

    page: int
    kind: RedactionKind
    where: Where
    count: int
    paper: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """By which the command line is told that this place may stay: `7:account_number:picture:1`."""
        return f"{self.page}:{self.kind}:{self.where}:{self.count}"


def left_named(name: str, paper: str = "") -> LeftOver:
    """The place of such a name, on that paper. Raises `UserError` for anything else."""
    parts = name.strip().split(":")
    numbers = [part for part in (parts[0], parts[-1]) if part.isascii() and part.isdecimal()]
    if len(parts) == 4 and len(numbers) == 2:
        for kind in get_args(RedactionKind):
            for where in get_args(Where):
                if parts[1:3] == [kind, where]:
                    return LeftOver(int(parts[0]), kind, where, int(parts[3]), paper)
    raise UserError(
        f"“{name}” names no place of a packet.", "Copy the name of the place as the refusal gives it, and nothing else."
    )


def kind_in_words(kind: str) -> str:
    """`account number`: a kind inside a sentence."""
    return REDACTION_KIND[kind].lower().replace("social security", "Social Security")


def page_in_words(left: LeftOver) -> str:
    """`on page 7`."""
    return f"on page {left.page}" if left.page else "beside the pages"


def in_words(left: LeftOver) -> str:
    """`on page 7 (Exhibit C, page 2; kind: account number; in the dots of a picture)`."""
    often = f", {left.count} times" if left.count > 1 else ""
    paper = f"{left.paper}; " if left.paper else ""
    return f"{page_in_words(left)} ({paper}kind: {kind_in_words(left.kind)}; {WHERE[left.where]}{often})"


def all_in_words(left: Sequence[LeftOver]) -> str:
    """Some places one after the other, the first ones in full."""
    told = ", ".join(map(in_words, left[:_MOST_NAMED]))
    more = len(left) - _MOST_NAMED
    return f"{told} and in {more} more places" if more > 0 else told


def kept_in_words(kept: Sequence[LeftOver]) -> str:
    """`2 places kept after looking: page 7, page 9.`"""
    pages = dict.fromkeys(f"page {each.page}" if each.page else "beside the pages" for each in kept)
    places = "1 place" if len(kept) == 1 else f"{len(kept)} places"
    return f"{places} kept after looking: {', '.join(pages)}."


class StillThereError(UserError):
    """A packet in which something personal was found, so that it was not written. `left` are the places, none where it
    could not be searched."""

    def __init__(self, what: str, todo: str, left: Sequence[LeftOver] = ()) -> None:
        super().__init__(what, todo)
        self.left = tuple(left)


def still_there(found: Sequence[LeftOver], kept: Sequence[LeftOver]) -> StillThereError:
    """The refusal for what was found and is not among what may stay: page, kind and in what of the file, never what."""
    left = [each for each in found if each not in kept]
    return StillThereError(
        f"Something personal may still be in the packet: {all_in_words(left)}. No file was written.", WHAT_NOW, found
    )
