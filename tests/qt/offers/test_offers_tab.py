"""The Offers tab by hand: a chain both ways, a calculator that adds up, and nothing settled without its paper."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.offers import AnswerOffer, MakeOffer, RecordConfirmation
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Letter, Offer, Organization, Payment, Statement
from medbills_desktop.qt.offers.offers_tab import OffersTab
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import Answer, fill, form_in_front, go_to, problem_at, shown
from tests.support.keys import press, type_text
from tests.support.libraries import received
from tests.support.windows import in_front, settle

DAY, LATER = date(2026, 3, 1), date(2026, 3, 8)


@pytest.fixture
def tab(window: MainWindow) -> OffersTab:
    """The Offers tab of a bill that asks for $25,000.00."""
    statement = Statement(bill_id=0, date=DAY, balance=Cents(25_000_00))
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY, statement))
    window.bills.show_bill(1)
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.offers)
    settle(window)
    return window.bills.bill.offers


def offers(window: MainWindow) -> list[Offer]:
    return window.session.read(lambda reader: reader.find(Offer))


def agree(window: MainWindow, amount: int = 2_832_00) -> None:
    perform = window.session.desk.perform
    perform(MakeOffer(Offer(bill_id=1, date=DAY, amount=Cents(amount), direction="from_them", lump_sum=True)))
    perform(AnswerOffer(1, "accepted"))


def cells(tab: OffersTab) -> list[list[str]]:
    model = tab.view.rows_model
    return [[column.text(row) for column in model.columns] for row in model.rows]


def kinds(tab: OffersTab) -> list[str]:
    return [card.warning.kind for card in tab.warnings.cards]


def test_a_chain_is_typed_from_the_first_offer_to_the_agreement(window: MainWindow, tab: OffersTab) -> None:
    press("Ctrl+Shift+F")
    form = form_in_front()
    fill(form, date="3/1/2026", amount="1500")
    press("Return")
    in_front(window)
    settle(window)
    tab.acts["counter"].click()
    form = form_in_front()
    assert form.windowTitle() == "Their counter-offer"
    fill(form, date="3/8/2026", amount="2832.00", installments="12", installment_amount="236")
    press("Return")
    in_front(window)
    settle(window)
    assert [row[1:4] for row in cells(tab)] == [
        ["I offered", "$1,500.00", "6.0 %"],
        ["They offered", "$2,832.00", "11.3 %"],
    ]
    assert [row[4] for row in cells(tab)] == ["Countered", "Open"]
    assert cells(tab)[1][5] == "12 × $236.00"
    assert cells(tab)[1][8] == "Mine of Mar 1, 2026, $1,500.00"
    assert window.bills.bill.tabs.tabText(6) == "Offers 2"
    tab.view.choose(2)
    tab.acts["accept"].click()
    settle(window)
    assert cells(tab)[1][4] == "Accepted"
    assert tab.outcome.said == "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %) once it is settled."
    assert not any(tab.acts[name].isEnabled() for name in ("accept", "decline", "counter"))
    window.session.desk.undo()
    settle(window)
    assert cells(tab)[1][4] == "Open"
    assert tab.acts["accept"].isEnabled()


def test_what_is_typed_is_told_as_a_share_and_what_does_not_fit_is_said_below(
    window: MainWindow, tab: OffersTab
) -> None:
    tab.acts["theirs"].click()
    form = form_in_front()
    assert {raw for raw in form.form.raw().values() if raw not in ("", None)} == set(), "nothing is invented"
    fill(form, date="3/2/2026", amount="12500", installments="12", installment_amount="1041")
    fill(form, pay_by="5/1/2026", expires="4/1/2026")
    form.form._notice()
    assert form.form.notice("amount") == "50.0 % of the $25,000.00 that the latest statement asks for."
    assert form.form.notice("installment_amount") == "12 × $1,041.00 = $12,492.00, $8.00 less than $12,500.00."
    assert form.form.notice("pay_by") == "That is after the last day on which the offer stands."
    fill(form, amount="25000.01", installments="0")
    form.form._notice()
    assert form.form.notice("amount") == "That is more than the $25,000.00 that the latest statement asks for."
    press("Return")
    assert problem_at(form, "installments").startswith("0 installments make no plan.")
    fill(form, amount="0", installments="")
    press("Return")
    assert problem_at(form, "amount").startswith("An offer needs an amount above zero.")
    assert offers(window) == []
    answer = Answer("Close without saving")
    press("Escape")
    assert answer.asked
    in_front(window)


def test_the_calculator_adds_up_and_begins_an_offer(window: MainWindow, tab: OffersTab) -> None:
    calculator = tab.calculator
    assert calculator.balance.text() == "25000.00"
    assert calculator.shares == ["$10,000.00", "$12,500.00", "$15,000.00", "$18,750.00", "–"]
    calculator.own.setText("33.3 %")
    assert calculator.shares[4] == "$8,325.00"
    calculator.takes[4].click()
    assert calculator.amount.text() == "8325.00"
    calculator.amount.setText("100.00")
    calculator.count.setFocus()
    type_text("7")
    assert calculator.said.text() == (
        "$100.00 is 0.4 % of the balance. 4 payments of $14.29, then 3 of $14.28: $100.00 together."
    )
    calculator.each.setText("14")
    assert calculator.gap.text() == "7 × $14.00 = $98.00, $2.00 less than $100.00."
    calculator.use.click()
    form = form_in_front()
    assert [shown(form, name) for name in ("amount", "installments", "installment_amount", "lump_sum")] == [
        "100.00",
        "7",
        "14.29",
        "No",
    ]
    assert shown(form, "conditions").startswith("4 payments of $14.29")
    fill(form, date="3/2/2026")
    press("Return")
    in_front(window)
    settle(window)
    assert [(one.amount, one.installments, one.direction) for one in offers(window)] == [(100_00, 7, "from_me")]
    assert "gap" not in kinds(tab)


def test_a_plan_of_twelve_that_is_eight_dollars_short_is_told(window: MainWindow, tab: OffersTab) -> None:
    """Scenario S7."""
    calculator = tab.calculator
    calculator.amount.setText("550,124.00")
    calculator.count.setText("12")
    calculator.each.setText("45843")
    assert calculator.gap.text() == "12 × $45,843.00 = $550,116.00, $8.00 less than $550,124.00."
    plan = Offer(
        bill_id=1,
        date=DAY,
        amount=Cents(550_124_00),
        direction="from_them",
        installments=12,
        installment_amount=Cents(45_843_00),
    )
    window.session.desk.perform(MakeOffer(plan))
    settle(window)
    assert "gap" in kinds(tab)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("own", "0", "no share of a balance"),
        ("own", "101", "no share of a balance"),
        ("amount", "12,34", "can't be read as a dollar amount"),
        ("count", "x", "can't be read as a number"),
        ("balance", "1.234,50", "can't be read as a dollar amount"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_guessed(tab: OffersTab, field: str, text: str, said: str) -> None:
    getattr(tab.calculator, field).setText(text)
    assert said in tab.calculator.problem
    assert not tab.calculator.use.isEnabled()
    getattr(tab.calculator, field).clear()
    assert tab.calculator.problem == ""


def test_more_installments_than_make_sense_are_refused(tab: OffersTab) -> None:
    tab.calculator.amount.setText("100")
    tab.calculator.count.setText("361")
    assert tab.calculator.problem == "361 installments make no plan. Type a number from 1 to 360."
    assert not tab.calculator.use.isEnabled()
    tab.calculator.count.setText("360")
    assert tab.calculator.use.isEnabled()


def test_without_a_stated_balance_the_calculator_is_blank_and_says_why(window: MainWindow, tab: OffersTab) -> None:
    window.session.desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "7", DAY))
    window.bills.show_bill(2)
    settle(window)
    assert tab.calculator.balance.text() == ""
    assert set(tab.calculator.shares) == {"–"}
    tab.calculator.balance.setText("200")
    assert tab.calculator.shares[1] == "$100.00"
    assert kinds(tab) == []
    assert tab.agreement.isHidden()
    assert tab.outcome.said == ""


def test_assistance_is_asked_about_first_and_its_button_leads_to_its_tab(window: MainWindow, tab: OffersTab) -> None:
    assert kinds(tab) == ["assistance"]
    wanted: list[object] = []
    tab.tab_wanted.connect(wanted.append)
    act = tab.warnings.cards[0].act
    assert act is not None
    act.click()
    assert wanted == ["assistance"]


def test_the_rule_on_old_debts_has_its_source_and_leads_to_its_card(window: MainWindow, tab: OffersTab) -> None:
    perform = window.session.desk.perform
    perform(EditRecord(Bill, 1, (("first_bill_date", date(2023, 1, 1)),)))
    perform(EditRecord(Organization, 1, (("state", "TX"),)))
    settle(window)
    card = next(card for card in tab.warnings.cards if card.warning.kind == "limitation")
    assert "Checked on" in card.warning.source
    assert card.act is not None
    card.act.click()
    settle(window)
    assert window.going.page_name == "rules"
    assert window.rules.card.card is not None
    assert window.rules.card.card.id == "state.limitation.tx"


def test_an_offer_past_its_day_is_shown_as_expired_and_marked_only_by_hand(window: MainWindow, tab: OffersTab) -> None:
    window.session.desk.perform(
        MakeOffer(Offer(bill_id=1, date=DAY, amount=Cents(100), direction="from_them", expires=date(2026, 1, 2)))
    )
    settle(window)
    assert cells(tab)[0][4] == "Expired"
    assert offers(window)[0].status == "open"
    card = next(card for card in tab.warnings.cards if card.warning.kind == "lapsed")
    assert card.act is not None
    card.act.click()
    settle(window)
    assert offers(window)[0].status == "expired"
    assert "lapsed" not in kinds(tab)


def test_settling_is_refused_until_the_confirmation_is_attached(window: MainWindow, tab: OffersTab) -> None:
    window.session.desk.perform(AddPapers((received(window.session.library, "confirmation"),)))
    agree(window)
    settle(window)
    assert tab.agreement.said == {
        "confirmation": "Missing",
        "paid": "$0.00 of $2,832.00",
        "zero": "Missing",
        "settled": "Not yet",
    }
    refused: list[str] = []
    window.session.noticed.connect(lambda notice: refused.append(notice.text))
    tab.agreement.settle.click()
    assert "not confirmed in writing" in refused[-1]
    status = window.bills.bill._status
    status.setCurrentIndex(status.findData("settled"))
    status.activated.emit(status.findData("settled"))
    settle(window)
    assert status.currentData() == "new", "the choice goes back to what holds"
    tab.agreement.confirm.click()
    form = form_in_front()
    press("Return")
    assert problem_at(form, "document_id").startswith("No paper is chosen.")
    go_to(form, "document_id")
    press("Down", "Return")
    in_front(window)
    settle(window)
    assert tab.agreement.said["confirmation"] == "Attached"
    tab.agreement.settle.click()
    settle(window)
    assert window.session.read(lambda reader: reader.get(Bill, 1)).status == "settled"
    assert tab.agreement.said["settled"] == "Yes"


def test_a_payment_under_an_unconfirmed_agreement_is_asked_about_and_never_blocked(
    window: MainWindow, tab: OffersTab
) -> None:
    agree(window)
    settle(window)
    tab.agreement.pay.click()
    form = form_in_front()
    fill(form, date="3/2/2026", amount="2832")
    form.form._notice()
    assert "is not confirmed in writing here yet" in form.form.notice("amount")
    answer = Answer("Go back")
    press("Return")
    assert "The agreement on $2,832.00" in answer.asked
    assert form.problem.startswith("The payment is not kept yet.")
    assert window.session.read(lambda reader: reader.find(Payment)) == []
    in_front(form)
    answer = Answer("Keep the payment")
    press("Return")
    assert answer.asked
    in_front(window)
    settle(window)
    assert len(window.session.read(lambda reader: reader.find(Payment))) == 1
    assert kinds(tab)[:2] == ["paid_early", "zero_balance"]
    assert tab.agreement.said["paid"] == "$2,832.00 of $2,832.00"


def test_a_payment_under_a_confirmed_agreement_or_from_before_it_is_kept_at_once(
    window: MainWindow, tab: OffersTab
) -> None:
    window.session.desk.perform(AddPapers((received(window.session.library, "confirmation"),)))
    agree(window)
    settle(window)
    tab.agreement.pay.click()
    fill(form_in_front(), date="2/28/2026", amount="5")
    press("Return")
    in_front(window)
    window.session.desk.perform(RecordConfirmation(1, 1))
    settle(window)
    tab.agreement.pay.click()
    fill(form_in_front(), date="3/2/2026", amount="7")
    press("Return")
    in_front(window)
    assert [one.amount for one in window.session.read(lambda reader: reader.find(Payment))] == [500, 700]


def test_the_letters_that_end_it_open_ready_to_be_sent(window: MainWindow, tab: OffersTab) -> None:
    agree(window)
    window.session.desk.perform(AddRecord(Payment(bill_id=1, date=LATER, amount=Cents(2_832_00))))
    settle(window)
    tab.agreement.draft.click()
    settle(window)
    assert window.going.page_name == "letters"
    window.going.show_page("bills")
    settle(window)
    tab.agreement.ask.click()
    settle(window)
    kinds_of_letters = [one.kind for one in window.session.read(lambda reader: reader.find(Letter))]
    assert kinds_of_letters == ["settlement_confirmation", "zero_balance_request"]


def test_my_open_offer_becomes_a_letter_and_an_answer_to_theirs_a_counter_offer(
    window: MainWindow, tab: OffersTab
) -> None:
    perform = window.session.desk.perform
    perform(MakeOffer(Offer(bill_id=1, date=DAY, amount=Cents(5_000_00), direction="from_them")))
    settle(window)
    assert tab.acts["write"].isHidden(), "theirs is not mine to write"
    perform(AnswerOffer(1, "countered", Offer(bill_id=1, date=LATER, amount=Cents(900_00))))
    settle(window)
    tab.view.choose(2)
    tab.acts["write"].click()
    settle(window)
    (letter,) = window.session.read(lambda reader: reader.find(Letter))
    assert letter.kind == "counter_offer"
    assert "$5,000.00" in (letter.body or "")
    assert "$900.00" in (letter.body or "")


def test_tab_order_reaches_every_button_of_the_calculator(tab: OffersTab) -> None:
    tab.calculator.amount.setText("10")
    for each in (*tab.calculator.takes[:4], tab.calculator.use):
        assert isinstance(each, QPushButton)
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert each.isEnabled()
        assert each.accessibleName() or each.text()
