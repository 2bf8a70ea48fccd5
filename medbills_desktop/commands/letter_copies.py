"""A letter with its enclosures in one file: the paper of the letter, then the pages of each copy."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from medbills_desktop.commands.letter_heads import enclosed_papers
from medbills_desktop.commands.letter_pdf import make_letter_pdf
from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document, PageView
from medbills_desktop.exchange.whole_files import whole_file
from medbills_desktop.packet.letter_copies import letter_with_copies
from medbills_desktop.store.library import Library


def save_with_enclosures(
    library: Library, letter_id: int, today: Day, target: Path, cancelled: Callable[[], bool] = bool
) -> tuple[str, ...]:
    """Save the letter with its copies behind it; the file is there whole or not at all.

    Gives a sentence for each copy that can't be shown and is therefore not in the file. Raises `UserError` where the
    letter is gone, nothing can be written, or `cancelled` says so.
    """
    made, _ = make_letter_pdf(library, letter_id, today)
    papers = library.read(lambda reader: enclosed_papers(reader, letter_id))
    with whole_file(target) as aside, _folder(target.parent) as folder:
        copies, missing = _prepared(library, papers, folder, cancelled)
        left_out = letter_with_copies(made, [path for path, _ in copies], aside)
    damaged = tuple(_not_in_it(copies[place][1], "Its pages are damaged.") for place in left_out)
    return (*missing, *damaged)


@contextmanager
def _folder(place: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=".medbills-", suffix=".part", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(
    library: Library, papers: Sequence[Document], folder: Path, cancelled: Callable[[], bool]
) -> tuple[list[tuple[Path, Document]], tuple[str, ...]]:
    copies: list[tuple[Path, Document]] = []
    missing: list[str] = []
    with ExhibitPreparer(folder, cancelled=cancelled) as preparer:
        for paper in papers:
            if cancelled():
                raise UserError("Saving was stopped.", "No file was written.")
            turns = {view.page: view.rotation for view in _views(library, paper)}
            original = library.vault.path(paper.sha256) if library.vault.holds(paper.sha256) and paper.sha256 else None
            source = preparer.prepare(paper, original, turns)
            if isinstance(source.content, Path):
                copies.append((source.content, paper))
            else:
                missing.append(_not_in_it(paper, source.content.what))
    return copies, tuple(missing)


def _views(library: Library, paper: Document) -> list[PageView]:
    return library.read(lambda reader: reader.find(PageView, document_id=paper.id))


def _not_in_it(paper: Document, why: str) -> str:
    return f"“{paper.shown_title}” is not in the file: {why}"
