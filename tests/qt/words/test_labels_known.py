"""Every word for money, EOBs and claims that the window shows has an entry in the glossary."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from medbills_desktop.domain import records
from medbills_desktop.domain.glossary import term_of
from medbills_desktop.qt.bill import money_tables
from medbills_desktop.qt.bill.line_cells import CELLS
from medbills_desktop.qt.bill.money_tab import MoneyCard
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import enter_bill
from medbills_desktop.qt.forms.record_forms import LABELS, form_fields
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.qt.words.word_label import WordLabel
from medbills_desktop.store.library import Library
from tests.support.windows import settle

EVERYDAY = {
    *("Date", "Kind", "How", "Note", "Notes", "From", "Conditions", "Why", "Member", "Description", "Reason", "Memo"),
    *("Method", "Direction", "Expires", "By", "Organization", "Decided", "End", "Code system", "My words"),
    *("Received units", "They are a", "Department", "What changed"),
}
"""Words of everyday speech, which need no entry."""
LISTS = {
    "Statements": money_tables.STATEMENTS,
    "EOBs": money_tables.CLAIMS,
    "Payments": money_tables.PAYMENTS,
    "Offers": money_tables.OFFERS,
}
KINDS = (
    records.Statement,
    records.Claim,
    records.ClaimLine,
    records.Policy,
    records.Estimate,
    records.Payment,
    records.Offer,
    records.Collection,
    records.Assistance,
    records.Line,
    records.Bill,
)


@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_the_money_page_has_an_entry(name: str) -> None:
    lacking = [column.title for column in LISTS[name] if term_of(column.title, name) is None]
    assert set(lacking) <= EVERYDAY


def test_every_column_of_the_lines_has_an_entry() -> None:
    assert {cell.title for cell in CELLS if term_of(cell.title) is None} <= EVERYDAY


@pytest.mark.parametrize("label", LABELS.values())
def test_every_label_of_the_forms_table_has_an_entry(label: str) -> None:
    assert term_of(label) is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_every_field_of_money_and_insurance_has_an_entry(library: Library, kind: type[records.Record]) -> None:
    fields = library.read(form_fields(kind))
    assert fields
    assert {field.label for field in fields if term_of(field.label, field.of) is None} <= EVERYDAY
    assert all(field.of == kind.TITLE for field in fields)


def test_no_everyday_word_hides_an_entry() -> None:
    assert [word for word in EVERYDAY if term_of(word) is not None] == []


def test_every_word_of_the_money_cards_is_a_way_to_its_entry(sample_window: MainWindow) -> None:
    money = sample_window.bills.bill.money
    sample_window.bills.bill.tabs.setCurrentWidget(money)
    settle(sample_window)
    cards = money.findChildren(MoneyCard)
    assert len(cards) == 3
    for card in cards:
        names = {figure.accessibleDescription() for figure in card.findChildren(QLabel)} - {""}
        ways = {way.text() for way in card.findChildren(WordLabel)}
        plain = {each.text() for each in card.findChildren(QLabel) if not isinstance(each, WordLabel)}
        assert {way for way in ways if term_of(way) is None} == set()
        assert not names & plain
        assert len(ways) >= 4
    headings = {each.text() for each in money.findChildren(WordLabel) if each.objectName() == "strong"}
    assert headings >= {"Statements", "EOBs", "Payments", "Offers"}


def test_the_lists_are_named_as_the_glossary_knows_them(sample_window: MainWindow) -> None:
    shown = {view.accessibleName(): view for view in sample_window.bills.bill.money.findChildren(RowsView)}
    assert set(shown) == set(LISTS)
    for name, view in shown.items():
        titles = [view.model().headerData(n, Qt.Orientation.Horizontal) for n in range(view.model().columnCount())]
        assert titles == [column.title for column in LISTS[name]]
        assert term_of(name) is not None


def test_the_labels_of_forms_are_ways_to_their_entries(sample_window: MainWindow) -> None:
    bill = sample_window.session.read(lambda reader: reader.find(records.Bill))[0]
    for dialog in (
        enter_bill(sample_window.session, sample_window),
        enter_claim(sample_window.session, sample_window, bill.id),
    ):
        labels = [each for each in dialog.form.findChildren(QLabel) if each.buddy() is not None]
        plain = {each.text() for each in labels if not isinstance(each, WordLabel)}
        assert plain <= EVERYDAY
        assert len(labels) - len(plain) >= 8
        dialog.close()
