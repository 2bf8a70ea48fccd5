"""The worked sample case as a library of its own."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportCase
from medbills_desktop.commands.reading_papers import read_unread
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.domain.records import Document
from medbills_desktop.domain.resource_files import resource
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.store.library import Library


def make_sample(folder: Path) -> None:
    """Make a library with the sample case in a new or empty folder, papers and their text included.

    Raises `UserError` where the folder is not empty.
    """
    source = resource("sample")
    with Library.create(folder) as library:
        case = read_case((source / "case.json").read_bytes())
        papers = {
            document.id: receive_file(library, source / "documents" / document.file) for document in case.all(Document)
        }
        Desk(library).perform(ImportCase(case, papers))
        read_unread(library, lambda _done, _whole: True)
