"""Reading the text of papers into the search index: derived data, so outside journal and undo."""

from __future__ import annotations

from collections.abc import Callable

from medbills_desktop.domain.records import Document
from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.reasons import PaperRefusedError, Why, cant_show
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.papers import ListUnread

MOST_CHARACTERS_A_PAGE = 100_000
"""Text beyond this is left out of the search index."""


def read_unread(library: Library, go_on: Callable[[int, int], bool]) -> int:
    """Read every paper whose text is not kept yet; gives how many were read.

    `go_on(done, whole)` is asked before each paper and stops the work with False. A paper that can't be read is kept
    with the reason; it is not tried again until its bytes change.
    """
    unread = library.read(ListUnread())
    done = 0
    with PaperReader() as reader:
        for number, document in enumerate(unread):
            if not go_on(number, len(unread)):
                break
            read_paper(library, reader, document)
            done += 1
    return done


def read_paper(library: Library, reader: PaperReader, document: Document, password: str | None = None) -> None:
    """Read one paper's text, or note why it can't be read. One that opens with a password stays noted as locked."""
    if document.sha256 is None or not library.vault.holds(document.sha256):
        return
    key = str(library.vault.path(document.sha256))
    pages: list[tuple[int, str]] = []
    count: int | None = None
    reason = sentence = todo = None
    try:
        opened = reader.open(library.vault.path(document.sha256), password)
        count = opened.pages
        if password is not None:
            locked = cant_show(Why.PASSWORD)
            reason, sentence, todo = str(locked.code), locked.sentence, locked.what_to_do
        pages = [(number, text[:MOST_CHARACTERS_A_PAGE]) for number, text in enumerate(reader.texts(key), 1)]
        reader.forget(key)
    except PaperRefusedError as refusal:
        shown = refusal.reason
        reason, sentence, todo = str(shown.code), shown.sentence, shown.what_to_do
    with library.working() as work:
        if not work.find(Document, id=document.id):
            return
        work.rows_written("DELETE FROM reading WHERE document_id = ?", document.id)
        work.rows_written(
            "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)", document.id, document.sha256, count, reason, sentence, todo
        )
        work.put_page_texts(document.id, pages)
