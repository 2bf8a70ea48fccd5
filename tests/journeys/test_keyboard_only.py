"""From an empty library to an exported packet by the keyboard alone; the packet is read back by other libraries."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QTabWidget, QWidget

from medbills_desktop.domain.records import Bill, Call, Document, DocumentLink, Evidence, Line, Promise
from medbills_desktop.qt.window import MainWindow
from tests.packet.scanned_papers import scanned
from tests.support.keys import focus, press, type_text
from tests.support.small_papers import small_pdf
from tests.support.windows import settle, wait_for

TYPED = (
    ("1/14/2026", "A4215", "NEEDLE STERILE", "2", "5.00", "10.00"),
    ("1/14/2026", "J1885", "KETOROLAC 15MG", "1", "40.00", "40.00"),
    ("1/14/2026", "J1885", "KETOROLAC 15MG", "1", "40.00", "40.00"),
    ("1/14/2026", "", "EMERGENCY ROOM CARE", "1", "1160.00", "1160.00"),
)


@pytest.fixture
def names_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that takes a typed name, in place of the system's file dialog, which takes none from a test.

    Qt's own file dialog would, but opens a folder instead once its list was read and something in it was chosen.
    """
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", _asked)


def _asked(parent: QWidget, title: str, _folder: str, kinds: str) -> tuple[list[str], str]:
    name, chosen = QInputDialog.getText(parent, title, title)
    return [name] if chosen else [], kinds


def cells(*texts: str) -> None:
    """Type texts into fields that Tab leads through; a blank one is passed by."""
    for text in texts:
        if text:
            type_text(text)
        press("Tab")


def enter_the_bill(window: MainWindow) -> None:
    press("Ctrl+N")
    cells("Example General Hospital", "Hospital", "Robin Example", "000123-45", "1/14/2026", "2/3/2026", "3/5/2026")
    cells("1250.00", "", "", "")
    type_text("1250.00")
    press("Return")
    settle(window)
    assert focus() is window.bills.view


def type_the_lines(window: MainWindow) -> None:
    press("Ctrl+K")
    for line in TYPED:
        cells(*line)
    press("Up", "Up")
    press("Alt+T")
    settle(window)


def log_the_call(window: MainWindow) -> None:
    press("Ctrl+L")
    assert focus().accessibleName() == "Name"
    cells("Ms. Field", "REF-0077", "900.00")
    cells("Why is the injection on the bill twice?", "They will look into it.")
    cells("Send a corrected bill", "Ms. Field")
    type_text("4/2/2026")
    press("Alt+M")
    cells("", "Billing", "")
    type_text("12")
    press("Ctrl+Return")
    settle(window)
    assert not window.call.isVisible()


def add_the_paper(window: MainWindow, paper: Path) -> None:
    def answer() -> None:
        if isinstance(QApplication.activeModalWidget(), QInputDialog):
            asking.stop()  # typing lets time go by, and two that type at once mix their letters
            type_text(str(paper))
            press("Return")

    asking = QTimer()
    asking.timeout.connect(answer)
    asking.start(50)
    press("Ctrl+P")
    settle(window)


def link_the_region(window: MainWindow) -> None:
    """From the line to its place on the paper, and back to the line."""
    press("Ctrl+K", "Up", "F7")
    assert window.viewer.isAncestorOf(focus())
    settle(window)
    press("Down", "Return")
    settle(window)
    assert focus() is window.bills.bill.lines.grid


def look_at_findings(window: MainWindow) -> str:
    """The words of the Findings tab, reached from the grid."""
    press("Ctrl+Tab")
    tab = window.bills.bill.findings
    tabs = window.bills.bill.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.currentWidget() is tab
    return " ".join(part.accessibleName() for part in tab.findChildren(QWidget) if part.objectName() == "card")


def tab_to(words: str) -> None:
    """Press Tab until what has the keyboard is called so."""
    for _ in range(90):
        if words in (focus().accessibleName(), str(focus().property("text")).replace("&", "")):
            return
        press("Tab")
    raise AssertionError(f"{words} is not reached by Tab")


def export(window: MainWindow, target: Path) -> None:
    press("Ctrl+E")
    export_as(window, target)


def export_as(window: MainWindow, target: Path) -> None:
    """Say where to in the dialog that is open, and make it."""
    tab_to("Save as")
    press("Ctrl+A")
    type_text(str(target))
    press("Return")
    assert window.acts.packets.running
    wait_for(lambda: not window.acts.packets.running and window.viewer.source.opened is not None, 120)
    settle(window)


def export_in_volumes(window: MainWindow, target: Path) -> None:
    press("Ctrl+E")
    tab_to("More choices")
    press("Space")
    tab_to("Fit a size limit")
    press("End", "Tab", "Ctrl+A")
    type_text("1")
    export_as(window, target)


def export_without_numbers(window: MainWindow, target: Path) -> None:
    press("Ctrl+E")
    tab_to("Take out personal numbers")
    press("Space")
    export_as(window, target)


def export_with_originals(window: MainWindow, target: Path) -> None:
    press("Ctrl+E")
    tab_to("More choices")
    press("Space")
    tab_to("Make it as")
    press("End")
    export_as(window, target)


def show_the_folder(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Go on to the folder of what was made, two areas further; the folders that the system is asked to show."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or True)
    press("F6", "F6", "Space")
    return asked


def words_of(path: Path) -> list[str]:
    """The text of each page, runs of blanks as one."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        found.append(" ".join(text.get_text_bounded().split()))
        text.close()
        page.close()
    document.close()
    return found


def pages_with(pages: Sequence[str], *words: str) -> list[int]:
    """Pages, from 1, that hold all of the words."""
    return [number for number, text in enumerate(pages, 1) if all(word in text for word in words)]


@pytest.mark.usefixtures("names_are_typed")
def test_from_an_empty_library_to_a_packet_by_the_keyboard_alone(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, target = tmp_path / "itemized.pdf", tmp_path / "for the hospital.pdf"
    paper.write_bytes(small_pdf("ACCOUNT 000123-45 EMERGENCY ROOM CARE 1,160.00"))
    enter_the_bill(window)
    type_the_lines(window)
    log_the_call(window)
    add_the_paper(window, paper)
    link_the_region(window)
    findings = look_at_findings(window)
    export(window, target)

    read = window.session.read
    (bill,), lines = read(lambda r: r.find(Bill)), read(lambda r: r.find(Line))
    assert bill.account_number == "000123-45"
    assert [line.charge for line in lines] == [1000, 4000, 4000, 116000]
    assert [line.mark for line in lines] == [None, None, "duplicate", None]
    (call,), (promise,) = read(lambda r: r.find(Call)), read(lambda r: r.find(Promise))
    assert (call.representative, call.reference_number, call.amount_quoted) == ("Ms. Field", "REF-0077", 90000)
    assert (promise.text, promise.due) == ("Send a corrected bill", date(2026, 4, 2))
    (document,), (link,) = read(lambda r: r.find(Document)), read(lambda r: r.find(DocumentLink))
    assert (link.document_id, link.type, link.target_id) == (document.id, "bill", bill.id)
    (region,) = read(lambda r: r.find(Evidence))
    assert (region.line_id, region.document_id, region.page) == (lines[3].id, document.id, 1)
    assert "KETOROLAC" in findings

    assert window.viewer.source.document.startswith(str(target))
    pages = words_of(target)
    assert pages_with(pages, "Example General Hospital", "000123-45", "Robin Example")
    assert pages_with(pages, "$1,250.00")
    assert pages_with(pages, "KETOROLAC 15MG", "$40.00")
    assert pages_with(pages, "Ms. Field", "REF-0077", "They will look into it.", "$900.00")
    assert pages_with(pages, "Send a corrected bill")
    (exhibit,) = pages_with(pages, "ACCOUNT 000123-45 EMERGENCY ROOM CARE 1,160.00")
    with pikepdf.open(target) as packet:
        assert len(packet.pages) == len(pages)
        with packet.open_outline() as outline:
            assert any("Exhibit A" in str(item.title) for item in _items(outline.root))
    assert "Exhibit A" in pages[exhibit - 1]
    assert show_the_folder(monkeypatch) == [str(tmp_path)]
    make_the_others(window, tmp_path, paper)


def make_the_others(window: MainWindow, folder: Path, paper: Path) -> None:
    """With a large paper: in volumes, without personal numbers, and with the originals."""
    add_the_paper(window, scanned(folder / "scan.pdf", 2, side=900))
    export_in_volumes(window, folder / "small.pdf")
    volumes = sorted(folder.glob("small - volume * of *.pdf"))
    assert len(volumes) > 1
    assert all(path.stat().st_size < 1_000_000 for path in volumes)
    export_without_numbers(window, folder / "public.pdf")
    shown = words_of(folder / "public.pdf")
    assert pages_with(shown, "EMERGENCY ROOM CARE 1,160.00")
    assert not pages_with(shown, "000123-45")
    export_with_originals(window, folder / "all.pdf")
    with zipfile.ZipFile(folder / "all.zip") as archive:
        originals = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {hashlib.sha256(each.read_bytes()).hexdigest() for each in (paper, folder / "scan.pdf")} <= originals


def _items(items: Sequence[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [found for item in items for found in (item, *_items(item.children))]
