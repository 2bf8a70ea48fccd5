"""The figures of the money page are the same to the cent on screen, in every export and in the packet."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from medbills_desktop.commands.case_files import export_library, import_case_file
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import InsurerSays, ISay, MoneyViews, ProviderSays, money_views
from medbills_desktop.domain.records import Bill, Claim, Line, Payment, Record, Statement
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.tables import table_name
from medbills_desktop.packet.sections.money_table import _LAST, _ROWS, _cells
from medbills_desktop.qt.bill.lines_tab import LinesTab
from medbills_desktop.qt.bill.money_tab import MoneyCard, MoneyTab
from medbills_desktop.qt.session import Session
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from tests.packet.packets import SAMPLE, build, order
from tests.support.small_cases import one_bill

SHARED = Path(os.environ.get("MEDBILLS_SHARED", SAMPLE.parents[2] / "shared"))
CASES = [SAMPLE / "case.json", *sorted(SHARED.glob("cases/*/case.json"))]
SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("provider_says", ("charges", "adjustments", "insurer_paid", "patient_paid", "asked")),
    (
        "insurer_says",
        ("billed", "allowed", "plan_paid", "deductible", "copay", "coinsurance", "not_covered", "your_share"),
    ),
    ("i_say", ("disputed", "accepted", "paid", "still_open")),
)
"""The figures of each card, from the top."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Library.create(tmp_path / "library") as made:
        opened = Session(made)
        yield opened
        opened.close()


def amounts(views: MoneyViews) -> tuple[Any, ...]:
    """Every amount of the money page; ids of claims differ from one library to another."""
    says = astuple(views.provider_says)
    eob = [value for name, value in vars_of(views.insurer_says) if not name.endswith("_ids")]
    return says, tuple(eob), astuple(views.i_say), views.difference, views.lines


def vars_of(record: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(record, name)) for name in record.__dataclass_fields__]


def said_by(views: MoneyViews) -> list[list[str]]:
    return [[dollars(getattr(getattr(views, side), name)) for name in names] for side, names in SHOWN]


def on_screen(tab: MoneyTab) -> list[list[str]]:
    """The figures of the three cards as they stand there, from the top."""
    return [card.shown for card in tab.findChildren(MoneyCard)]


def by_bill(case: Case) -> dict[str, tuple[Any, ...]]:
    return {bill.ref: amounts(money_views(case, bill.id)) for bill in case.all(Bill)}


def in_workbook(path: Path, kind: type[Record], heading: str) -> list[Cents | None]:
    sheet = openpyxl.load_workbook(path, read_only=True)
    name = next((each for each in sheet.sheetnames if each.casefold() == table_name(kind).casefold()), None)
    rows = list(sheet[name].values) if name else []
    at = list(rows[0]).index(heading) if rows and heading in rows[0] else None
    return [] if at is None else [_cents(row[at]) for row in rows[1:]]


def in_csv(folder: Path, kind: type[Record], heading: str) -> list[Cents | None]:
    path = folder / f"{table_name(kind)}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_cents(row[heading]) for row in rows] if rows and heading in rows[0] else []


def _cents(value: Any) -> Cents | None:
    return None if value in (None, "") else Cents(round(Decimal(str(value)) * 100))


HEADINGS: tuple[tuple[type[Record], str], ...] = (
    (Statement, "balance"),
    (Statement, "total_charges"),
    (Claim, "patient_responsibility"),
    (Claim, "allowed"),
    (Payment, "amount"),
    (Line, "charge"),
    (Line, "disputed"),
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_screen_exports_and_packet_say_the_same(path: Path, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    import_case_file(session.library, session.desk, path)
    case = session.read(load_case)
    assert by_bill(case) == by_bill(read_case(path.read_bytes()))
    _held_by_screen(session, case, qtbot)
    _held_by_exports(session.library, case, tmp_path)
    _held_by_packet(case, tmp_path)


def _held_by_screen(session: Session, case: Case, qtbot: QtBot) -> None:
    tab, lines = MoneyTab(session), LinesTab(session)
    for each in (tab, lines):
        qtbot.addWidget(each)
    for bill in case.all(Bill):
        views = money_views(case, bill.id)
        for each in (tab, lines):
            each.show_bill(bill.id)
            each.refresh()
        assert on_screen(tab) == said_by(views)
        amount = views.difference.amount
        assert tab.parting.said == ("–" if amount is None else dollars(Cents(abs(amount))), views.difference.sentence)
        if case.lines(bill.id):
            shown = {each.text() for each in lines.findChildren(QLabel)}
            assert {dollars(views.i_say.disputed), dollars(views.i_say.accepted)} <= shown
            assert f"{dollars(views.lines.charged)} charged" in shown


def _held_by_exports(library: Library, case: Case, folder: Path) -> None:
    for name in ("out.json", "out.xlsx", "out.csv"):
        export_library(library, folder / name)
    assert by_bill(read_case((folder / "out.json").read_bytes())) == by_bill(case)
    for kind, name in HEADINGS:
        kept = sorted((getattr(record, name) for record in case.all(kind)), key=str)
        if any(value is not None for value in kept):
            assert sorted(in_workbook(folder / "out.xlsx", kind, name), key=str) == kept
            assert sorted(in_csv(folder / "out.csv", kind, name), key=str) == kept


def _held_by_packet(case: Case, folder: Path) -> None:
    build(order(case), folder)
    with pymupdf.open(folder / "packet.pdf") as packet:
        text = " ".join(page.get_text() for page in packet)
    words = set(text.split())
    for bill in case.all(Bill):
        views = money_views(case, bill.id)
        for row in (*_ROWS, (*_LAST, True)):
            cells = [cell for cell in _cells(views, *row[1:4]) if cell]
            if row[-1] or set(cells) != {"$0.00"}:
                assert set(cells) <= words


FIGURE = st.none() | st.integers(-99_999_999, 99_999_999).map(Cents)


@given(st.data())
def test_a_figure_is_written_alike_on_screen_and_in_the_packet(data: st.DataObject) -> None:
    def some(kind: Any, names: tuple[str, ...]) -> Any:
        return kind(**{name: data.draw(FIGURE) for name in names})

    blank = money_views(one_bill(), 1)
    views = MoneyViews(
        some(ProviderSays, SHOWN[0][1]),
        some(InsurerSays, SHOWN[1][1]),
        some(ISay, SHOWN[2][1]),
        blank.difference,
        blank.lines,
    )
    printed = {cell for row in (*_ROWS, (*_LAST, True)) for cell in _cells(views, *row[1:4]) if cell}
    shown = {cell for card in said_by(views) for cell in card}
    assert printed - {"–"} == shown - {"–"}
