"""A library full of records that nobody would type: every page and tab shows it, and nothing is refused or logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KINDS, Bill, CodeTable, Organization, OwnCard, Person, Policy, RuleChoice
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.calendar_dates import ListCalendarDates
from tests.support.random_commands import Giver
from tests.support.widgets_seen import places
from tests.support.windows import settle

TODAY = date(2026, 3, 20)
WORDS = (
    "",
    " ",
    "x" * 10_000,
    "مستشفى الأمل للحسابات",
    "שלום ועליכם",
    "東京都立病院の請求書",
    "👩‍👩‍👧‍👦🏥🧾",
    "\u202eright to left override",
    "Zoë\u0301\u0301\u0301\u0301",
    "<b>&amp; [account number]</b>",
    "=SUM(A1:A9)",
    "line\nline\r\n\tline",
)
DAYS = (
    date(1900, 1, 1),
    date(2024, 2, 29),
    date(2025, 12, 31),
    date(2026, 3, 20),
    date(2026, 4, 1),
    date(2199, 12, 31),
    date(2999, 12, 31),
)
AMOUNTS = (0, -1, 1, 33, -5_000_00, 9_999_999_999_99)


class ExtremeGiver(Giver):
    """Draws records from the edges of what can be kept."""

    def word(self) -> str:
        return self.draw.choice(WORDS)

    def day(self) -> date:
        return self.draw.choice(DAYS)

    def cents(self) -> Cents:
        return Cents(self.draw.choice(AMOUNTS))


def fill(library: Library, seed: int, rounds: int = 12) -> int:
    """Some records of every kind that a person types; gives how many were kept. What is refused is left out."""
    giver, kept = ExtremeGiver(library, seed), 0
    typed = [kind for kind in KINDS if kind not in (CodeTable, OwnCard, RuleChoice)]
    for kind in (Person, Organization, Policy, Bill, *typed * rounds):
        try:
            record = giver.record(kind)
            if record is not None:
                library.perform("Fill", AddRecord(record).run)
                kept += 1
        except UserError:
            continue
    return kept


@pytest.mark.parametrize("seed", range(3))
def test_every_page_and_tab_shows_them(library: Library, open_window: Callable[..., MainWindow], seed: int) -> None:
    assert fill(library, seed) > 100
    window = open_window(library, TODAY)
    for bill in window.session.read(lambda reader: reader.find(Bill))[:3]:
        window.bills.show_bill(bill.id)
        for _ in places(window):
            settle(window)
            assert window.notices.text == ""
    dates: list[Any] = window.session.read(ListCalendarDates(TODAY))
    assert all(one is not None for one in dates)
