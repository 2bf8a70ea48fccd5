"""A code of another shape than its kind has is marked quietly in the grid, and kept as it was typed."""

from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import BY_NAME, shape_warning
from medbills_desktop.qt.bill.lines_model import LinesModel
from medbills_desktop.qt.rows_model import Role
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import token

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
