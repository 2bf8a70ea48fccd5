from __future__ import annotations

from decimal import Decimal

import pytest

from medbills_desktop.checks.wording import (
    count,
    named,
    number_text,
    quantity,
    sentence,
    service_key,
    shortened,
    sum_lines,
)
from medbills_desktop.domain.records import Line


def line(**given: object) -> Line:
    return Line(bill_id=1, **{"description": "Example item", **given})  # type: ignore[arg-type]


def test_a_line_is_named_as_printed_and_long_names_are_cut_after_a_word() -> None:
    assert named(line()) == "“Example item”"
    assert named(line(description=" ", code="G0463")) == "“G0463”"
    assert named(line(description=" ")) == "“a line”"
    assert named(line(description="word " * 30)) == f"“{' '.join(['word'] * 12)}…”"
    assert shortened("x" * 100, 10) == "x" * 9 + "…"
    assert shortened("two,  words", 9) == "two…"


@pytest.mark.parametrize(
    ("units", "unit", "text"),
    [
        ("57", "hours", "57 hours"),
        ("1.0", "days", "1 day"),
        ("1415", "miles", "1,415 miles"),
        ("0.333", None, "0.333"),
        ("2", "each", "2"),
    ],
)
def test_quantities_are_written_as_one_writes_them(units: str, unit: str | None, text: str) -> None:
    assert quantity(line(units=Decimal(units), unit=unit)) == text
    assert number_text(Decimal("1E+3")) == "1,000"


def test_a_service_is_told_by_its_code_or_else_by_its_name() -> None:
    assert service_key(line(code=" g 0463")) == "code G0463"
    assert service_key(line(code=" ", description="IV  Start-Kit.")) == "name iv start kit"


def test_a_sum_has_a_line_for_each_figure() -> None:
    assert sum_lines([("", "charged", 10000), ("−", "paid", -50)]) == "Charged: $100.00\n− paid: -$0.50"
    assert sentence("") == ""
    assert (count(1, "line", "lines"), count(2000, "line", "lines")) == ("1 line", "2,000 lines")
