"""Tables over many pages: measured once, cut between rows, and inside a row only when it is taller than a page."""

from __future__ import annotations

from medbills_desktop.packet.cells import PlainCell, broken_lines, cell_of
from medbills_desktop.packet.fonts import register, width
from medbills_desktop.packet.look import CELL, CELL_RIGHT
from medbills_desktop.packet.tables import Column, Row, RowsTable
from medbills_desktop.packet.typesetting import Typesetter

COLUMNS = (Column("No.", 40), Column("Text", 160), Column("Amount", 80, right=True))


def _table(rows: list[Row], frame: float = 300) -> RowsTable:
    register()
    return RowsTable(COLUMNS, rows, Typesetter(), frame_height=frame)


def _row(number: int, text: str = "short") -> Row:
    return Row((str(number), text, "$1.00"))


def _parts(table: RowsTable, height: float) -> list[RowsTable]:
    """The parts of a table on pages of one height, as the page maker would cut it."""
    parts = []
    rest: RowsTable | None = table
    while rest is not None:
        if rest.wrap(280, height)[1] <= height:
            parts.append(rest)
            break
        cut = rest.split(280, height)
        assert cut, "a whole page is always enough for something"
        parts.append(cut[0])
        rest = cut[1] if len(cut) > 1 else None
    return parts


def test_every_row_stands_on_exactly_one_page() -> None:
    table = _table([_row(number, "words " * (number % 40)) for number in range(100)])
    parts = _parts(table, 300)
    assert len(parts) > 5
    assert [place for part in parts for place in range(part.first, part.end)] == list(range(100))
    assert all(part.wrap(280, 300)[1] <= 300 for part in parts)
    assert all(not part.cut for part in parts)


def test_a_row_taller_than_a_page_is_cut_and_loses_nothing() -> None:
    text = " ".join(str(number) for number in range(2000))
    parts = _parts(_table([_row(1), Row(("2", text, "")), _row(3)]), 300)
    told = []
    for part in parts:
        for place in range(part.first, part.end):
            if place == 1:
                cell = part.cut[1].cells[1]
                assert isinstance(cell, PlainCell)
                told += " ".join(cell.lines).split()
    assert told == [str(number) for number in range(2000)]
    assert all(part.wrap(280, 300)[1] <= 300 for part in parts)


def test_nothing_is_put_on_a_page_that_has_no_room_for_a_row() -> None:
    assert _table([_row(1), _row(2)]).split(280, 20) == []


def test_lines_fit_into_the_column_and_hold_every_character() -> None:
    register()
    text = "A few words, averyveryverylongwordthatfitsnowhereatallinthiscolumn and\nanother  line"
    lines = list(broken_lines(text, CELL, 90))
    assert all(width(line, CELL.fontName, CELL.fontSize) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_figure_too_wide_for_its_column_is_set_smaller_not_broken() -> None:
    register()
    cell = cell_of("$999,999,999,999.99", CELL_RIGHT, 70, Typesetter())
    assert isinstance(cell, PlainCell)
    assert cell.lines == ("$999,999,999,999.99",)
    assert cell.size < CELL_RIGHT.fontSize
    assert width(cell.lines[0], CELL_RIGHT.fontName, cell.size) <= 70.01


def test_time_grows_with_the_rows_and_not_faster() -> None:
    table = _table([_row(number) for number in range(3000)])
    measured: list[int] = []
    original = table.sheet.row

    def counting(place: int) -> object:
        measured.append(place)
        return original(place)

    table.sheet.row = counting  # type: ignore[method-assign, assignment]
    parts = _parts(table, 300)
    assert len(measured) < 3000 * 8
    assert len(parts) > 100
