"""Bills and lines for tests of the window, entered through the desk."""

from __future__ import annotations

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Line
from medbills_desktop.qt.bill.line_cells import BY_NAME
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle


def enter(window: MainWindow, biller: str = "Blue Mesa Imaging", count: int = 0) -> Bill:
    """Enter a bill with so many lines, through the desk, and let the window show it."""
    desk = window.session.desk
    bill = desk.perform(EnterBill(biller, "imaging", "Ana Ruiz", "000123"))
    if count:
        desk.perform(AddLines(bill.id, tuple(line(number) for number in range(1, count + 1))))
    settle(window)
    window.bills.show_bill(bill.id)
    settle(window)
    return bill


def line(number: int, **fields: object) -> Line:
    """One of our plain lines: `Supply 3`, code `A4215`, three dollars."""
    values: dict[str, object] = {"code": "A4215", "description": f"Supply {number}", "charge": Cents(number * 100)}
    return Line(bill_id=0, **{**values, **fields})  # type: ignore[arg-type]


def lines_of(window: MainWindow) -> list[Line]:
    """The lines of the shown bill as the library has them."""
    bill_id = window.bills.bill.bill_id
    return window.session.read(lambda reader: reader.find(Line, bill_id=bill_id))


def go_to_cell(window: MainWindow, row: int, name: str) -> None:
    """Put the keyboard into a cell of the grid."""
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.lines)
    settle(window)
    grid = window.bills.bill.lines.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.lines_model.index(row, BY_NAME[name]))


def cell(window: MainWindow, row: int, name: str) -> str:
    """What a cell of the grid shows."""
    model = window.bills.bill.lines.grid.lines_model
    return str(model.index(row, BY_NAME[name]).data() or "")
