"""Papers come in by drop and paste, many at once: bytes unchanged, progress shown, all of it found or told."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.records import Document
from medbills_desktop.qt.intake import Taken
from medbills_desktop.qt.tasks import Progress
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.papers import ListPapers
from medbills_desktop.store.queries.searching import Search
from tests.support.keys import press, type_text
from tests.support.small_papers import small_pdf
from tests.support.windows import settle, wait_for

MOST_WORDS, MOST_AMOUNTS = 10, 6
"""Looked for in each statement, taken evenly from its text."""


def drop(window: MainWindow, paths: Iterable[Path]) -> bool:
    """Drop files on the window as the desktop does; gives whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(500, 300), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(window, dropped)
    return dropped.isAccepted()


@pytest.fixture
def taken(window: MainWindow) -> list[Taken]:
    """What came of each drop, in turn."""
    heard: list[Taken] = []
    window.intake.taken.connect(heard.append)
    return heard


def documents(window: MainWindow) -> list[Document]:
    return window.session.read(lambda reader: reader.find(Document))


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kept_bytes(library: Library, document: Document) -> bytes:
    assert document.sha256 is not None
    return library.vault.path(document.sha256).read_bytes()


def printed(path: Path) -> tuple[list[str], list[str]]:
    """Words and amounts that a paper prints, by another library, some of each from all over it."""
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    words = dict.fromkeys(re.findall(r"(?<![\w.,-])[A-Za-z0-9]{4,}(?![\w.,-])", text))
    amounts = dict.fromkeys(re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d\d(?![\d.,])", text))
    return _some(list(words), MOST_WORDS), _some(list(amounts), MOST_AMOUNTS)


def _some(all_: list[str], most: int) -> list[str]:
    return all_[:: max(1, len(all_) // most)][:most]


def test_statements_dropped_at_once_are_kept_unchanged_and_found_by_what_they_print(
    window: MainWindow, shared: Path, taken: list[Taken]
) -> None:
    papers = sorted((shared / "samples" / "statements").glob("*.pdf"))
    progress: list[Progress] = []
    window.intake.progressed.connect(lambda one: progress.append(one) if one else None)
    assert drop(window, papers)
    wait_for(lambda: bool(taken))
    settle(window, 120)

    assert taken[0].refused == ()
    kept = {document.file: document for document in documents(window)}
    assert len(kept) == len(papers)
    for path in papers:
        assert kept[path.name].sha256 == sha256_of(path)
        assert kept_bytes(window.session.library, kept[path.name]) == path.read_bytes()
    assert {one.whole for one in progress if one.what == "Adding papers"} == {len(papers)}
    assert [one.done for one in progress if one.what == "Reading papers"] == list(range(len(papers)))

    missed, with_amounts = [], 0
    for path in papers:
        words, amounts = printed(path)
        assert words, path.name
        with_amounts += bool(amounts)
        for sought in (*words, *amounts, *(amount.replace(",", "") for amount in amounts)):
            hits = window.session.read(Search(sought, 100_000))
            if not any(hit.kind == "document" and hit.id == kept[path.name].id for hit in hits):
                missed.append((path.name, sought))
    assert missed == []
    assert with_amounts >= len(papers) * 3 // 4  # the others print cents in a column of their own


def test_a_found_paper_is_shown_at_its_page_as_one_goes_down_the_list(window: MainWindow, shared: Path) -> None:
    path = shared / "samples" / "statements" / "d03-0.pdf"
    drop(window, [path])
    settle(window)
    amount = printed(path)[1][-1]
    press("Ctrl+F")
    type_text(amount)
    settle(window)
    press("Return")
    settle(window)
    assert window.showing.document_id == documents(window)[0].id
    assert window.viewer.source.opened is not None


def test_odd_papers_dropped_at_once_are_each_shown_or_said_why_not(
    window: MainWindow, shared: Path, taken: list[Taken]
) -> None:
    papers = sorted((shared / "samples" / "odd-pdfs").glob("*.pdf"))
    assert len(papers) == 139
    drop(window, papers)
    wait_for(lambda: bool(taken), 60)
    settle(window, 300)
    kept = documents(window)
    assert {document.sha256 for document in kept} == {sha256_of(path) for path in papers}
    trouble = {row.id: row.trouble for row in window.session.read(ListPapers())}
    for document in kept:
        window.showing.show_paper(document.id)
        source = window.viewer.source
        wait_for(lambda: bool(window.viewer.source.opened or window.viewer.source.refusal), 60)
        assert (source.opened is None) != (source.refusal is None), document.file
        if source.refusal is not None:
            assert source.refusal.sentence
            assert window.viewer.message.sentence.text() == source.refusal.sentence
            assert trouble[document.id] == source.refusal.sentence
    settle(window, 60)
    assert window.isVisible()


def test_a_pasted_picture_becomes_a_paper(window: MainWindow) -> None:
    image = QImage(300, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    press("Ctrl+Shift+V")
    settle(window)
    (document,) = documents(window)
    assert document.media_type == "image/png"
    path = window.session.library.vault.path(document.sha256 or "")
    with Image.open(path) as kept:
        assert kept.size == (300, 400)
        assert kept.convert("RGB").getpixel((150, 200)) == (0, 128, 0)
    assert window.viewer.source.pages == 1


def test_files_copied_in_a_file_manager_are_pasted(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(small_pdf("A letter"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)
    press("Ctrl+Shift+V")
    settle(window)
    assert [document.file for document in documents(window)] == ["letter.pdf"]


def test_the_same_bytes_twice_are_one_paper(window: MainWindow, tmp_path: Path, taken: list[Taken]) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for path in (first, second):
        path.write_bytes(small_pdf("The same"))
    drop(window, [first, second])
    settle(window)
    drop(window, [second])
    settle(window)
    (document,) = documents(window)
    assert [one.document_ids for one in taken] == [(document.id, document.id), (document.id,)]
    assert [one.new for one in taken] == [1, 0]
    assert window.notices.text == "1 is in the library already."


def test_a_folder_brings_its_files(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "from the portal"
    folder.mkdir()
    for name in ("one.pdf", "two.pdf", ".hidden.pdf"):
        (folder / name).write_bytes(small_pdf(name))
    drop(window, [folder])
    settle(window)
    assert sorted(document.file or "" for document in documents(window)) == ["one.pdf", "two.pdf"]


def bomb(path: Path) -> None:
    """A picture of a few kilobytes that would unpack to gigabytes: 40,000 by 40,000 white dots of one bit."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * 5_000
    rows = b"".join(packer.compress(row * 1_000) for _ in range(40)) + packer.flush()
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def text_as_pdf(path: Path) -> None:
    path.write_text("Dear patient, this is no PDF at all.")


def web_page_as_pdf(path: Path) -> None:
    path.write_text("<!DOCTYPE html><html><body>Please sign in</body></html>")


def gone(path: Path) -> None:
    """A file that is named and not there any more."""


@pytest.mark.parametrize("make", [text_as_pdf, web_page_as_pdf, gone])
def test_what_is_no_paper_is_refused_by_name_and_the_others_come_in(
    window: MainWindow, tmp_path: Path, taken: list[Taken], make: Callable[[Path], None]
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(small_pdf("A good one"))
    make(bad)
    drop(window, [bad, good])
    settle(window)
    assert [document.file for document in documents(window)] == ["good.pdf"]
    (sentence,) = taken[0].refused
    assert "bad.pdf" in sentence
    assert sentence in window.notices.text


def test_a_picture_that_would_unpack_without_end_is_kept_and_not_drawn(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    bomb(path)
    drop(window, [path])
    settle(window, 60)
    (document,) = documents(window)
    assert kept_bytes(window.session.library, document) == path.read_bytes()
    assert window.viewer.source.refusal is not None
    assert window.viewer.message.sentence.text()
    assert window.isVisible()


def test_a_file_that_vanishes_while_the_drop_is_read_leaves_the_others(
    window: MainWindow, tmp_path: Path, taken: list[Taken]
) -> None:
    papers = [tmp_path / f"{number}.pdf" for number in range(20)]
    for number, path in enumerate(papers):
        path.write_bytes(small_pdf(f"Paper {number}"))
    assert drop(window, papers)
    papers[-1].unlink()
    wait_for(lambda: bool(taken))
    settle(window)
    assert len(documents(window)) + len(taken[0].refused) == 20
    assert len(documents(window)) >= 19


def test_a_library_open_for_reading_takes_no_papers(
    library: Library, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    folder = library.folder
    library.close()
    path = tmp_path / "letter.pdf"
    path.write_bytes(small_pdf("A letter"))
    with Library.open(folder, "read") as reading:
        window = open_window(reading)
        drop(window, [path])
        settle(window)
        assert documents(window) == []
        assert "reading" in window.notices.text
        assert [path for path in (folder / "vault").rglob("*") if path.is_file()] == []
        window.close()
