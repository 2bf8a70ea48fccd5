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
from medbills_desktop.commands.case_files import import_case_file, is_case_file
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportReport
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import KIND_BY_NAME, Document
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
    if library.journal_head()[0]:
        library.back_up()
    return _told(import_case_file(library, desk, path))


def _paper(library: Library, desk: Desk, path: Path) -> str:
    received = receive_file(library, path)
    before = len(library.read(lambda reader: reader.find(Document, sha256=received.sha256)))
    (document,) = desk.perform(AddPapers((received,)))
    if before:
        return f"there already, as paper {document.paper_number}."
    return f"in the inbox, as paper {document.paper_number}."


def _told(report: ImportReport) -> str:
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
