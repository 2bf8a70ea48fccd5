"""`medbills import FILE…`: cases and papers into a library, which is made where there is none."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medbills_desktop.cli.command_line import DONE, REFUSED, CommandLine
from medbills_desktop.cli.telling import told_on_one_line
from medbills_desktop.commands.case_files import compare_with, import_opened, is_case_file, open_case_file
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportReport
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import KIND_BY_NAME, Document
from medbills_desktop.exchange.library_records import LIBRARY_KINDS
from medbills_desktop.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="case JSON or zip; PDF or picture for the inbox"
    )


def _run(asked: argparse.Namespace) -> int:
    refused = 0
    with _opened(asked.library) as library:
        desk = Desk(library)
        for path in asked.files:
            try:
                told = _case(library, desk, path) if is_case_file(path) else _paper(library, desk, path)
                print(f"{path.name}: {told}")
            except UserError as error:
                refused += 1
                print(told_on_one_line(error, path), file=sys.stderr)
    return REFUSED if refused else DONE


def _case(library: Library, desk: Desk, path: Path) -> str:
    opened = open_case_file(path)
    differing = 0
    if library.journal_head()[0]:
        found = compare_with(library, opened).differences
        differing = sum(one.kind not in LIBRARY_KINDS for one in found)
        library.back_up()
    return _told(import_opened(library, desk, opened), differing)


def _paper(library: Library, desk: Desk, path: Path) -> str:
    received = receive_file(library, path)
    before = len(library.read(lambda reader: reader.find(Document, sha256=received.sha256)))
    (document,) = desk.perform(AddPapers((received,)))
    if before:
        return f"there already, as paper {document.paper_number}."
    return f"in the inbox, as paper {document.paper_number}."


def _told(report: ImportReport, differing: int) -> str:
    """What an import did. Records that differ stand beside those that are here: only a window can ask which holds."""
    came = f" {report.received} papers that were known by name only are here now." if report.received else ""
    if not report.added:
        return f"everything in it was there already; nothing was added.{came}"
    parts = [_counted(kind, count) for kind, count in report.added.items() if KIND_BY_NAME[kind].PREFIX]
    told = f"added {', '.join(parts)}." if parts else "added."
    known = sum(report.known.values())
    if known:
        told += f" {known} records were there already."
    if report.renamed:
        ids = ", ".join(f"{old} is now {new}" for _, old, new in report.renamed[:8])
        told += f" Ids that were taken: {ids}{' …' if len(report.renamed) > 8 else ''}."
    if differing and report.renamed:
        one = "1 record differs from the one that is here and stands beside it."
        many = f"{differing} records differ from those that are here and stand beside them."
        told += f" {one if differing == 1 else many} Nothing that was here was changed."
    return told + came


def _counted(kind: str, count: int) -> str:
    title = KIND_BY_NAME[kind].TITLE
    return f"{count} {title}" if count == 1 else f"{count} {_plural(title)}"


def _plural(title: str) -> str:
    if title == "person":
        return "people"
    return f"{title[:-1]}ies" if title.endswith("y") else f"{title}s"


@contextmanager
def _opened(folder: Path) -> Iterator[Library]:
    """The library, made new where there is none; a new one that stays empty is taken away again."""
    if (folder / "library.db").exists():
        with Library.open(folder) as library:
            yield library
        return
    was_there = folder.exists()
    with Library.create(folder) as library:
        yield library
        empty = not library.journal_head()[0]
    if empty:
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        if not was_there:
            folder.rmdir()


IMPORT = CommandLine(_arguments, _run)
