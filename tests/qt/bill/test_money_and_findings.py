"""The Money and Findings tabs say exactly what the domain's money views and the checks say, and follow every change."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from medbills_desktop.checks import run_checks
from medbills_desktop.commands.lines import AddLines, EditLines
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import money_views
from medbills_desktop.domain.records import Bill, Line, Payment
from medbills_desktop.qt.bill.money_tab import MoneyCard
from medbills_desktop.qt.findings.finding_card import FindingCard
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.case_loading import load_bills
from tests.support.bills import line
from tests.support.windows import settle

INSURER = (
    "billed",
    "allowed",
    "plan_paid",
    "deductible",
    "copay",
    "coinsurance",
    "not_covered",
    "your_share",
)


def bills(window: MainWindow) -> list[Bill]:
    return window.session.read(lambda reader: reader.find(Bill))


def case_of(window: MainWindow, bill_id: int) -> Any:
    return window.session.read(lambda reader: load_bills(reader, {bill_id}))


def cards(window: MainWindow) -> list[set[str]]:
    """The texts of the three cards."""
    found = window.bills.bill.money.findChildren(MoneyCard)
    return [{each.text() for each in card.findChildren(QLabel) if not each.isHidden()} for card in found]


def said_by_the_domain(window: MainWindow, bill_id: int) -> list[set[str]]:
    views = money_views(case_of(window, bill_id), bill_id)
    says, eob, mine = views.provider_says, views.insurer_says, views.i_say
    return [
        {dollars(each) for each in (says.charges, says.adjustments, says.insurer_paid, says.patient_paid, says.asked)},
        {dollars(getattr(eob, name)) for name in INSURER},
        {dollars(mine.disputed), dollars(mine.accepted), dollars(mine.paid), dollars(mine.still_open)},
    ]


def test_money_is_what_the_domain_says_for_every_bill(sample_window: MainWindow) -> None:
    for bill in bills(sample_window):
        sample_window.bills.show_bill(bill.id)
        settle(sample_window)
        for shown, said in zip(cards(sample_window), said_by_the_domain(sample_window, bill.id), strict=True):
            assert said <= shown


def test_money_follows_a_payment_at_once(sample_window: MainWindow) -> None:
    bill = bills(sample_window)[0]
    sample_window.bills.show_bill(bill.id)
    settle(sample_window)
    before = cards(sample_window)
    day = sample_window.session.today
    sample_window.session.perform(AddRecord(Payment(bill_id=bill.id, date=day, amount=4_321)))  # type: ignore[arg-type]
    settle(sample_window)
    assert cards(sample_window)[2] != before[2]
    assert said_by_the_domain(sample_window, bill.id)[2] <= cards(sample_window)[2]
    sample_window.guard(sample_window.session.desk.undo)
    settle(sample_window)
    assert cards(sample_window) == before


def titles(window: MainWindow) -> list[str]:
    found = window.bills.bill.findings.findChildren(FindingCard)
    return [card.shown.finding.title for card in found if not card.isHidden()]


def test_findings_are_those_of_the_checks_for_every_bill(sample_window: MainWindow) -> None:
    panel = sample_window.bills.bill
    panel.tabs.setCurrentWidget(panel.findings)
    for bill in bills(sample_window):
        sample_window.bills.show_bill(bill.id)
        settle(sample_window)
        found = run_checks(case_of(sample_window, bill.id), sample_window.session.today, {bill.id})
        assert sorted(titles(sample_window)) == sorted(each.title for each in found)
        waiting = sum(each.level != "info" for each in found)
        assert panel.tabs.tabText(2).split()[1:] == ([str(waiting)] if waiting else [])


def test_a_finding_comes_and_goes_with_the_line_that_causes_it(sample_window: MainWindow) -> None:
    bill = bills(sample_window)[0]
    panel = sample_window.bills.bill
    sample_window.bills.show_bill(bill.id)
    panel.tabs.setCurrentWidget(panel.findings)
    settle(sample_window)
    before = titles(sample_window)
    wrong = line(1, description="GAUZE PACK", units=2, unit_price=1_000, charge=5_000)
    added: list[Line] = sample_window.session.perform(AddLines(bill.id, (wrong,)))
    settle(sample_window)
    assert any("GAUZE PACK" in title for title in titles(sample_window))
    sample_window.session.perform(EditLines(((added[0].id, (("charge", 2_000),)),)))
    settle(sample_window)
    assert not any("GAUZE PACK" in title and "×" in title for title in titles(sample_window))
    sample_window.guard(sample_window.session.desk.undo)
    sample_window.guard(sample_window.session.desk.undo)
    settle(sample_window)
    assert sorted(titles(sample_window)) == sorted(before)
