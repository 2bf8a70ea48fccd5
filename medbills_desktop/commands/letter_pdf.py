"""A letter as it is handed over: the paper of a kept letter, saved as a PDF."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.commands.letter_heads import recipient_lines, sender_lines
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_templates import LetterWords, kind_name, letter_words
from medbills_desktop.domain.records import Letter
from medbills_desktop.exchange.whole_files import whole_file
from medbills_desktop.packet.letter_page import LetterPage, letter_pdf
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader


def read_letter_page(reader: Reader, letter_id: int, today: Day) -> LetterPage:
    """The paper of a letter. A draft bears today's date and says which blanks are left; a sent one its own date."""
    letter, words = reader.get(Letter, letter_id), letter_words()
    sender, recipient = sender_lines(reader, words), recipient_lines(reader, letter, words)
    blanks = words.blanks_in(letter.subject or "", letter.body or "", *sender, *recipient)
    is_draft = letter.status in ("draft", None)
    return LetterPage(
        sender=sender,
        day=words.day(today if is_draft else letter.date or today),
        recipient=(*_way(letter, words), *recipient),
        about=f"{words.texts['subject']} {letter.subject}" if letter.subject else "",
        body=letter.body or "",
        note=words.say("draft", blanks=", ".join(blanks)) if blanks and is_draft else "",
        title=letter.subject or kind_name(letter.kind),
    )


def save_letter_pdf(library: Library, letter_id: int, today: Day, target: Path) -> LetterPage:
    """Save a letter as a PDF; the file is there whole or not at all. Gives what stands on it.

    Raises `UserError` where the letter is gone or the disk refuses.
    """
    page = library.read(lambda reader: read_letter_page(reader, letter_id, today))
    made = letter_pdf(page)
    with whole_file(target) as aside:
        aside.write_bytes(made)
    return page


def _way(letter: Letter, words: LetterWords) -> tuple[str, ...]:
    """How a letter went out, with its number, as the line above the address; nothing for a draft."""
    way = words.methods.get(letter.method or "", "") if letter.status == "sent" else ""
    return (f"{way}, {letter.tracking}" if letter.tracking else way,) if way else ()
