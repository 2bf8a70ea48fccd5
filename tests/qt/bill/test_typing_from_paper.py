"""Typing lines from the paper: a click on a printed word fills the cell and links the place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from medbills_desktop.commands.lines import AddLines, RemoveLines
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Document, Evidence, Line, Statement
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import cell, go_to_cell, lines_of
from tests.support.keys import focus, press
from tests.support.windows import settle, wait_for


def prepare(window: MainWindow) -> None:
    """The hospital's bill with its lines taken off, its itemized bill shown beside, taking switched on."""
    session = window.session
    (bill,) = [one for one in session.read(lambda reader: reader.find(Bill)) if one.account_number == "0048213907"]
    session.perform(RemoveLines(tuple(line.id for line in session.read(lambda r: r.find(Line, bill_id=bill.id)))))
    window.bills.show_bill(bill.id)
    settle(window)
    (paper,) = session.read(lambda reader: reader.find(Document, paper_number="P0012"))
    window.showing.show_paper(paper.id)
    settle(window)
    press("F9")
    wait_for(lambda: focus() is window.bills.bill.lines.grid)


def word(window: MainWindow, text: str, nth: int = 0) -> QPoint:
    """Where the nth printed word of that text stands in the view; it is scrolled into sight first."""
    view, source = window.viewer.view, window.viewer.source
    QTest.mouseMove(view.viewport(), QPoint(40, 80))
    QTest.mouseMove(view.viewport(), QPoint(60, 90))
    wait_for(lambda: source.words(1) is not None)
    found = [one for one in source.words(1) or () if one.text == text][nth]
    box = Box(found.left, found.top, found.right, found.bottom)
    view.go_to(1, box)
    settle(window)
    assert view.layout_of_pages is not None
    left, top, width, height = view.layout_of_pages.place(1).pixels_of(box)
    across, down = left + width / 2 - view.sight.left, top + height / 2 - view.sight.top
    return QPoint(round(across / view.ratio), round(down / view.ratio))


def click(window: MainWindow, text: str, nth: int = 0) -> None:
    """Click a printed word."""
    QTest.mouseClick(window.viewer.view.viewport(), Qt.MouseButton.LeftButton, pos=word(window, text, nth))
    settle(window)


def test_clicks_fill_a_line_and_link_its_place(sample_window: MainWindow) -> None:
    window = sample_window
    prepare(window)
    click(window, "10/17/25")
    click(window, "LH-45005")
    assert lines_of(window) == []
    click(window, "EMERGENCY", 1)
    (line,) = lines_of(window)
    assert (line.date and line.date.text(), line.code, line.description) == ("2025-10-17", "LH-45005", "EMERGENCY")
    click(window, "1", 1)
    click(window, "1,486.00")
    click(window, "1,486.00", 1)
    (line,) = lines_of(window)
    assert (str(line.units), line.unit_price, line.charge) == ("1", 148600, 148600)
    (place,) = window.session.read(lambda reader: reader.find(Evidence, line_id=line.id))
    assert place.page == 1
    left, top, right, bottom = place.rect or (0, 0, 0, 0)
    assert right - left > 300
    assert 0 < bottom - top < 30
    assert focus() is window.bills.bill.lines.grid
    assert window.bills.bill.lines.grid.currentIndex().row() == 1


def test_each_click_is_one_step_of_undo(sample_window: MainWindow) -> None:
    window = sample_window
    prepare(window)
    go_to_cell(window, 0, "description")
    click(window, "EMERGENCY", 1)
    go_to_cell(window, 0, "charge")
    click(window, "1,486.00")
    assert window.session.desk.undo_label == "Take from paper"
    window.session.desk.undo()
    settle(window)
    assert lines_of(window)[0].charge is None
    assert cell(window, 0, "description") == "EMERGENCY"


def test_a_word_that_is_no_amount_is_held_and_told(sample_window: MainWindow) -> None:
    window = sample_window
    prepare(window)
    go_to_cell(window, 0, "description")
    click(window, "EMERGENCY", 1)
    go_to_cell(window, 0, "charge")
    click(window, "EMERGENCY", 1)
    assert "EMERGENCY" in window.bills.bill.lines.problem
    assert lines_of(window)[0].charge is None
    assert cell(window, 0, "charge") == "EMERGENCY"


def test_off_again_a_click_takes_nothing(sample_window: MainWindow) -> None:
    window = sample_window
    prepare(window)
    press("F9")
    go_to_cell(window, 0, "description")
    click(window, "EMERGENCY", 1)
    assert lines_of(window) == []


def test_the_balance_says_what_is_missing_to_the_printed_total(sample_window: MainWindow) -> None:
    window, session = sample_window, sample_window.session
    bill_id = window.bills.bill.bill_id or 0
    tab = window.bills.bill.lines
    window.bills.bill.tabs.setCurrentWidget(tab)
    settle(window)
    assert tab.balance == "$212.40 still missing to the printed $14,215.05"
    session.perform(AddLines(bill_id, (Line(bill_id=0, description="Rest", charge=Cents(21240)),)))
    settle(window)
    assert tab.balance == "equals the printed total"
    session.perform(AddLines(bill_id, (Line(bill_id=0, description="More", charge=Cents(1)),)))
    settle(window)
    assert tab.balance == "$0.01 more than the printed $14,215.05"
    for statement in session.read(lambda reader: reader.find(Statement, bill_id=bill_id)):
        session.perform(EditRecord(Statement, statement.id, (("total_charges", None),)))
    settle(window)
    assert tab.balance == ""
