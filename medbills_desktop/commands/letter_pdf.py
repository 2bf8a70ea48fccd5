"""A letter as it is handed over: its PDF, saved as a file, or frozen among the originals when it goes out."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.letter_heads import Going, letter_file, read_letter_page
from medbills_desktop.commands.letters import MarkLetterSent
from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_paper import LetterPage
from medbills_desktop.domain.records import Document, Letter
from medbills_desktop.exchange.whole_files import whole_file
from medbills_desktop.packet.letter_page import letter_pdf
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader


def make_letter_pdf(library: Library, letter_id: int, today: Day) -> tuple[bytes, LetterPage | None]:
    """The PDF of a letter: of one that was sent the very bytes that went out, where they are held.

    With it comes what stands on the page, or `None` for those bytes. Raises `UserError` where the letter is gone.
    """
    frozen = library.read(lambda reader: _frozen(reader, letter_id))
    if frozen is not None and library.vault.holds(frozen.sha256):
        return library.vault.path(frozen.sha256 or "").read_bytes(), None
    page = library.read(lambda reader: read_letter_page(reader, letter_id, today))
    return letter_pdf(page).pdf, page


def save_letter_pdf(library: Library, letter_id: int, today: Day, target: Path) -> LetterPage | None:
    """Save a letter as a PDF; the file is there whole or not at all. Gives what `make_letter_pdf` gives of the page.

    Raises `UserError` where the letter is gone or the disk refuses.
    """
    made, page = make_letter_pdf(library, letter_id, today)
    with whole_file(target) as aside:
        aside.write_bytes(made)
    return page


def write_typed_letter(library: Library, letter_id: int, typed: tuple[str, str], today: Day, target: Path) -> int:
    """Write the PDF of a letter as it is being typed (subject and text); gives how many pages it has.

    For a look at it only: the file is not synced. Raises `UserError` where the letter is gone or the disk refuses.
    """
    made = letter_pdf(library.read(lambda reader: read_letter_page(reader, letter_id, today, typed=typed)))
    try:
        target.write_bytes(made.pdf)
    except OSError as error:
        raise UserError(
            f"The letter can't be shown as a paper: {error.strerror or error}.",
            "Make room on the disk.",
        ) from error
    return made.pages


def send_letter(library: Library, desk: Desk, command: MarkLetterSent) -> Letter:
    """Freeze the PDF of a draft as an original and note that it went out, so that both belong together for good.

    The bytes are in the vault before the record names them; where the command is refused they are no paper of the
    library. Raises `UserError` with a list of what is missing, and where the disk refuses.
    """
    library.read(command.check)
    going = Going(command.day, command.method, command.tracking)
    page = library.read(lambda reader: read_letter_page(reader, command.letter_id, command.day, going))
    held = library.vault.take(io.BytesIO(letter_pdf(page).pdf))
    paper = ReceivedPaper(letter_file(page.title), held.sha256, held.size, "application/pdf")
    sent: Letter = desk.perform(replace(command, paper=paper, page=page))
    return sent


def _frozen(reader: Reader, letter_id: int) -> Document | None:
    letter = reader.get(Letter, letter_id)
    if letter.status != "sent" or letter.document_id is None:
        return None
    document = reader.get(Document, letter.document_id)
    return document if document.media_type == "application/pdf" else None
