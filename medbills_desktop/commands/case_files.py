"""Case files in and out of a library: what the window and the command line both do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medbills_desktop.commands.comparing import Choice, Comparison, Key, compare_cases
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportCase, ImportReport, with_hashes
from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.exchange.case_zip_reading import ZipPaper, read_case_zip
from medbills_desktop.exchange.case_zip_writing import write_case_zip
from medbills_desktop.exchange.csv_writing import write_csv_folder
from medbills_desktop.exchange.whole_files import whole_file
from medbills_desktop.exchange.xlsx_writing import write_workbook
from medbills_desktop.papers.reasons import PaperRefusedError
from medbills_desktop.papers.sniffing import kind_of_file
from medbills_desktop.papers.sounds import kind_of_sound_file
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_place import keep_out_of

LARGEST_CASE_BYTES = 64 << 20
"""The largest case JSON taken, in bytes."""


def is_case_file(path: Path) -> bool:
    """Whether a file is meant as a case (by its ending), not as a paper."""
    return path.suffix.lower() in (".json", ".zip")


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case file that was read whole and is not taken in yet; `papers` are those in its zip, by their document."""

    path: Path
    case: Case
    papers: Mapping[int, ZipPaper]


def open_case_file(path: Path) -> OpenedCase:
    """Read a case JSON or zip; a refusal is a `UserError`. Nothing is written."""
    if path.suffix.lower() == ".zip":
        case, papers = read_case_zip(path)
        hashes = {number: paper.sha256 for number, paper in papers.items()}
        return OpenedCase(path, with_hashes(case, hashes), papers)
    return OpenedCase(path, read_case(_text_of(path)), {})


def compare_with(library: Library, opened: OpenedCase) -> Comparison:
    """What of an opened case is here already, and in what it differs from what is here."""
    return compare_cases(library.read(load_case), opened.case)


def import_opened(
    library: Library, desk: Desk, opened: OpenedCase, choices: Mapping[Key, Choice] | None = None
) -> ImportReport:
    """Take an opened case into the library in one step; a refusal is a `UserError` and changes nothing.

    Without `choices` (also none made) a record that differs from the one that is here comes in beside it.
    """
    case = opened.case
    papers = {key: _receive(library, case.get(Document, key).file, paper) for key, paper in opened.papers.items()}
    report = desk.perform(ImportCase(case, papers, choices))
    if not isinstance(report, ImportReport):
        raise TypeError(type(report).__name__)
    return report


def import_case_file(library: Library, desk: Desk, path: Path) -> ImportReport:
    """Take a case file into the library without asking: what differs comes in beside what is here."""
    return import_opened(library, desk, open_case_file(path))


def export_library(library: Library, target: Path) -> str:
    """Write everything by the target's ending: `.json`, `.zip` (with papers), `.xlsx`, or a folder of CSV files.

    Gives one sentence on what was written. Raises `UserError` where the target can't be written or lies in the library;
    an old file stays.
    """
    keep_out_of(library.folder, target)
    case = library.read(load_case)
    ending = target.suffix.lower()
    if ending == ".json":
        with whole_file(target) as aside:
            aside.write_text(write_case(case), encoding="utf-8", newline="\n")
    elif ending == ".zip":
        missing = write_case_zip(case, lambda document: _path_of(library, document), target)
        if missing:
            return f"Written to {target}, without {len(missing)} papers whose bytes are not held."
    elif ending == ".xlsx":
        write_workbook(case, target)
    elif ending in ("", ".csv"):
        write_csv_folder(case, target)
    else:
        raise UserError(f"“{target.name}” has an ending that can't be written.", "Use .json, .zip, .csv or .xlsx.")
    return f"Written to {target}."


def _path_of(library: Library, document: Document) -> Path | None:
    return library.vault.path(document.sha256) if document.sha256 and library.vault.holds(document.sha256) else None


def _text_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_CASE_BYTES:
            raise UserError(
                f"“{path.name}” is larger than 64 MB.", "A case file holds no papers; use the zip for those."
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}” can't be read: {error.strerror or error}.", "Check the file, then import it again."
        ) from error


def _receive(library: Library, file: str, paper: ZipPaper) -> ReceivedPaper:
    with paper.opened() as stream:
        held = library.vault.take(stream)
    kept = library.vault.path(held.sha256)
    try:
        media_type: str | None = str(kind_of_file(kept))
    except PaperRefusedError:
        media_type = kind_of_sound_file(kept)
    return ReceivedPaper(file, held.sha256, held.size, media_type)
