"""What a letter says on paper: from whom, to whom, its text and copies, and every blank that is left in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_drafts import own_name
from medbills_desktop.domain.letter_paper import LetterPage
from medbills_desktop.domain.letter_templates import LetterWords, kind_name, letter_language, letter_words
from medbills_desktop.domain.records import Document, Enclosure, Letter, Organization, Person
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.reader import Reader

MAILED = frozenset({"mail", "certified_mail"})
"""Ways that need both addresses on the paper."""

Where = Literal["text", "sender", "recipient"]
"""Where something that is missing is entered: in the letter itself, in one's own name, or at the organization."""


@dataclass(frozen=True, slots=True)
class Going:
    """How a letter goes out: on which day, in which way, under which number."""

    day: Day
    method: str | None = None
    tracking: str | None = None


def sender_lines(reader: Reader, words: LetterWords) -> tuple[str, ...]:
    """The user's name and address; what is not kept is a blank."""
    lines = find_sender(reader).lines
    name = lines[0] if lines else own_name(case_of(reader.find(Person))) or words.blank("sender")
    return (name, *(lines[1:] or (words.blank("sender_address"),)))


def recipient_lines(reader: Reader, letter: Letter, words: LetterWords) -> tuple[str, ...]:
    """The name and address of the one that a letter goes to; what is not known is a blank."""
    office = reader.get(Organization, letter.recipient_id) if letter.recipient_id else None
    name = office.name.strip() if office else ""
    address = tuple(line.strip() for line in (office.address or "").splitlines() if line.strip()) if office else ()
    return (name or words.blank("recipient"), *(address or (words.blank("recipient_address"),)))


def letter_blanks(reader: Reader, letter: Letter, *typed: str) -> tuple[str, ...]:
    """Every blank of a letter on paper: in its text (or in the text as it is being typed), and in the addresses."""
    texts = typed or (letter.subject or "", letter.body or "")
    words = words_of(letter, *typed)
    return words.blanks_in(*texts, *sender_lines(reader, words), *recipient_lines(reader, letter, words))


def words_of(letter: Letter, *typed: str) -> LetterWords:
    """The words of the language that a letter is written in."""
    return letter_words(letter_language("\n".join(typed) if typed else letter.body or ""))


def missing_for(reader: Reader, letter: Letter, method: str | None) -> dict[Where, tuple[str, ...]]:
    """What a letter lacks before it can go out that way, by the place where it is entered; nothing where it is ready.

    By mail both addresses are needed; handed over, faxed or put into a portal it needs names only, and where the way
    is not said nothing but its own text is looked at.
    """
    words = words_of(letter)
    last = None if method in MAILED else 0 if method is None else 1
    found: dict[Where, tuple[str, ...]] = {
        "text": words.blanks_in(letter.subject or "", letter.body or ""),
        "sender": words.blanks_in(*sender_lines(reader, words)[:last]),
        "recipient": words.blanks_in(*recipient_lines(reader, letter, words)[:last]),
    }
    return {where: blanks for where, blanks in found.items() if blanks}


def enclosed_papers(reader: Reader, letter_id: int) -> list[Document]:
    """The papers that go with a letter as copies, in their order."""
    kept = sorted(reader.find(Enclosure, letter_id=letter_id), key=lambda one: (one.position, one.id))
    return [reader.get(Document, one.document_id) for one in kept]


def read_letter_page(
    reader: Reader, letter_id: int, today: Day, going: Going | None = None, typed: tuple[str, str] | None = None
) -> LetterPage:
    """The paper of a letter. A draft bears today's date and says which blanks are left; a sent one its own date.

    With `going` it is the paper that goes out: an address that this way does not need and nobody knows is left out.
    `typed` is subject and text as they stand on screen, where they are not kept yet.
    """
    letter = reader.get(Letter, letter_id)
    if typed is not None:
        letter = replace(letter, subject=typed[0], body=typed[1])
    words = words_of(letter)
    sender, recipient = sender_lines(reader, words), recipient_lines(reader, letter, words)
    is_draft = letter.status in ("draft", None)
    blanks: tuple[str, ...] = ()
    if going is not None or not is_draft:
        sender, recipient = _without_blanks(sender, words), _without_blanks(recipient, words)
    else:
        blanks = words.blanks_in(letter.subject or "", letter.body or "", *sender, *recipient)
    went = going or Going(today if is_draft else letter.date or today, letter.method, letter.tracking)
    return LetterPage(
        sender=sender,
        day=words.day(went.day),
        recipient=(*(_way(went, words) if going or letter.status == "sent" else ()), *recipient),
        about=f"{words.texts['subject']} {letter.subject}" if letter.subject else "",
        body=letter.body or "",
        note=words.say("draft", blanks=", ".join(blanks)) if blanks else "",
        title=letter.subject or kind_name(letter.kind),
        enclosures=_enclosures(enclosed_papers(reader, letter.id), words),
    )


def letter_file(subject: str) -> str:
    """A name for the file of a letter that every system takes."""
    plain = " ".join(re.sub(r"[^\w\- ]+", " ", subject).split())[:80]
    return f"{plain or 'Letter'}.pdf"


def _without_blanks(lines: tuple[str, ...], words: LetterWords) -> tuple[str, ...]:
    return tuple(line for line in lines if not words.blanks_in(line))


def _way(went: Going, words: LetterWords) -> tuple[str, ...]:
    """How a letter goes out, with its number, as the line above the address."""
    way = words.methods.get(went.method or "", "")
    tracking = (went.tracking or "").strip()
    return (f"{way}, {tracking}" if tracking else way,) if way else ()


def _enclosures(papers: list[Document], words: LetterWords) -> tuple[str, ...]:
    if not papers:
        return ()
    return (words.texts["enclosures"], *(_named(paper, words) for paper in papers))


def _named(paper: Document, words: LetterWords) -> str:
    day = words.day(paper.date) if paper.date else ""
    return ", ".join(part for part in (paper.shown_title, day) if part)
