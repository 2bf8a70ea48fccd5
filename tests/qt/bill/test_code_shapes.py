"""A code of another shape than its kind has is marked quietly in the grid, and kept as it was typed."""

from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.commands.lines import AddLines, EditLines
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import BY_NAME, shape_warning
from medbills_desktop.qt.bill.lines_model import LinesModel
from medbills_desktop.qt.rows_model import Role
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import token
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter, go_to_cell
from tests.support.bills import line as bare
from tests.support.windows import settle, wait_for

CODE = BY_NAME["code"]


def line(**fields: Any) -> Line:
    return Line(id=1, bill_id=1, description="Something", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "G04O3", "code_system": "hcpcs"},
        {"code": "G0403", "code_system": "hcpcs", "modifiers": ("2",)},
        {"code": "G0403", "code_system": "hcpcs", "revenue_code": "45"},
    ],
)
def test_an_unusual_shape_is_told_at_the_code(session: Session, fields: dict[str, Any]) -> None:
    model = LinesModel(session)
    model.set_lines(1, [line(**fields)])
    index = model.index(0, CODE)
    warning = shape_warning(line(**fields), CODE)
    assert warning
    assert model.data(index, Role.DisplayRole) == fields["code"]
    assert model.data(index, Role.EditRole) == fields["code"]
    assert model.data(index, Role.ToolTipRole) == warning
    assert model.data(index, Role.ForegroundRole) == token("amber")
    assert model.data(index, Role.FontRole).underline()
    assert model.data(index, Role.AccessibleTextRole) == f"Code: {fields['code']}. {warning}"
    assert model.data(model.index(0, BY_NAME["charge"]), Role.ForegroundRole) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "g0403 ", "code_system": "hcpcs", "modifiers": ("rt",), "revenue_code": "0450"},
        {"code": "HOUSE-7"},
        {"code": "HOUSE-7", "code_system": "other"},
        {},
    ],
)
def test_a_usual_shape_and_a_code_of_the_house_are_left_alone(session: Session, fields: dict[str, Any]) -> None:
    model = LinesModel(session)
    model.set_lines(1, [line(**fields)])
    index = model.index(0, CODE)
    assert model.data(index, Role.FontRole) is None
    assert model.data(index, Role.ForegroundRole) is None


def test_below_the_lines_the_code_of_the_current_cell_is_told_and_stays_in_sight(window: MainWindow) -> None:
    enter(window)
    fields = [{"code": "G0403"}] * 60 + [{"code": "G04O3"}]
    lines = tuple(bare(number, code_system="hcpcs", **each) for number, each in enumerate(fields))
    window.session.desk.perform(AddLines(1, lines))
    settle(window)
    lines_tab, last = window.bills.bill.lines, len(fields) - 1
    go_to_cell(window, last, "description")
    assert not lines_tab.shape.isVisible()
    go_to_cell(window, last, "code")
    settle(window)
    assert lines_tab.shape.isVisible()
    assert lines_tab.shape.text() == shape_warning(lines_tab.grid.current_line(), CODE)
    assert "Is it G0403?" in lines_tab.shape.text()
    grid = lines_tab.grid
    wait_for(lambda: grid.viewport().rect().contains(grid.visualRect(grid.currentIndex())))
    window.session.desk.perform(EditLines(((last + 1, (("code", "G0403"),)),)))
    settle(window)
    assert not lines_tab.shape.isVisible()
