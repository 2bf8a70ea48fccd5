"""What stands above a letter on paper, from whom and to whom, and every blank that is left in it."""

from __future__ import annotations

from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.letter_drafts import own_name
from medbills_desktop.domain.letter_templates import LetterWords, letter_words
from medbills_desktop.domain.records import Letter, Organization, Person
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.reader import Reader


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
    words = letter_words()
    texts = typed or (letter.subject or "", letter.body or "")
    return words.blanks_in(*texts, *sender_lines(reader, words), *recipient_lines(reader, letter, words))
