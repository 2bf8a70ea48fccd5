"""The Offers tab of a bill: the chain of offers, what an agreement still needs, and the calculator beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from medbills_desktop.commands.letters import WriteLetter
from medbills_desktop.commands.offers import (
    AnswerOffer,
    AskConfirmation,
    AskZeroBalance,
    MarkExpired,
    SettleBill,
)
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.agreement import agreement_of
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.offer_warnings import OfferWarning, offer_warnings
from medbills_desktop.domain.offers import OfferStep, is_open, offer_chain
from medbills_desktop.domain.outcome import outcome, outcome_history
from medbills_desktop.domain.records import Bill, Letter, Offer
from medbills_desktop.qt.flow import EvenColumns, Flow
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.offers.agreement_card import AgreementCard
from medbills_desktop.qt.offers.calculator import Calculator, Reckoning
from medbills_desktop.qt.offers.offer_columns import OFFER_COLUMNS
from medbills_desktop.qt.offers.offer_forms import attach_form, counter_form, offer_form
from medbills_desktop.qt.offers.outcome_card import OutcomeCard
from medbills_desktop.qt.offers.warning_cards import WarningCards
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.payments.payment_form import enter_payment
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import ROW, TITLES, RowsView
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, scrolling
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.rule_cards import CARD_KINDS, CardsOn

MOST_ROWS, EMPTY_ROWS = 8, 3
"""Rows of the chain that are seen at once; how many an empty one is high."""


class OffersTab(Page):
    """Signals: `counted` carries how many offers; `rule_wanted` the id of a rule card; `tab_wanted` the name of another
    tab of the bill."""

    KINDS: ClassVar[frozenset[str]] = (
        frozenset(
            {
                "bill",
                "statement",
                "offer",
                "payment",
                "assistance",
                "collection",
                "document",
                "document_link",
                "organization",
            }
        )
        | CARD_KINDS
    )
    counted = Signal(object)
    rule_wanted = Signal(object)
    tab_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self._begin = False
        self._steps: dict[int, OfferStep] = {}
        writable = session.writable
        empty = self.tr(
            "No offer yet. Work out what you could pay at once or in installments, and offer it; an offer is not an "
            "admission that the amount is owed."
        )
        self.view = RowsView(OFFER_COLUMNS, self.tr("Offers on this bill"), empty)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self.outcome, self.warnings = OutcomeCard(), WarningCards(writable)
        self.warnings.wanted.connect(self._act_on)
        self.agreement, self.calculator = AgreementCard(writable), Calculator(writable)
        self.calculator.wanted.connect(self._use)
        self.acts = self._make_acts(writable)
        self._connect_agreement()
        inside = QWidget()
        inside.setLayout(self._lay_out())
        self.setLayout(column(scrolling(inside)))
        self._show_acts()

    def _make_acts(self, writable: bool) -> dict[str, QPushButton]:
        return {
            "accept": button(self.tr("Accept"), self._accept, "", self.tr("The chosen offer is agreed to"), writable),
            "decline": button(self.tr("Decline"), self._decline, "", self.tr("The chosen offer is turned down")),
            "counter": button(self.tr("Counter…"), self._counter, "", self.tr("Answers the chosen offer with another")),
            "write": button(self.tr("Write it"), self._write, "", self.tr("Drafts the letter of my open offer")),
            "theirs": button(self.tr("They offered…"), self._they_offered, enabled=writable),
            "mine": button(self.tr("Offer…"), self.offer, enabled=writable),
        }

    def _lay_out(self) -> Any:
        layout = column(gap=8, margins=(0, 8, 8, 8))
        layout.addWidget(self.outcome)
        on_one = [self.acts[name] for name in ("accept", "decline", "counter", "write")]
        layout.addLayout(Flow(on_one, [self.acts[name] for name in ("theirs", "mine")]))
        layout.addWidget(self.view)
        layout.addWidget(self.warnings)
        layout.addLayout(EvenColumns((self.agreement, self.calculator), least=320))
        layout.addStretch(1)
        return layout

    def _connect_agreement(self) -> None:
        card = self.agreement
        card.draft_wanted.connect(self._draft)
        card.confirm_wanted.connect(self._confirm)
        card.pay_wanted.connect(self._pay)
        card.settle_wanted.connect(self._settle)
        card.ask_wanted.connect(self._ask_zero)
        card.zero_wanted.connect(self._zero)

    def show_bill(self, bill_id: int | None) -> None:
        """Show the offers on a bill, the newest open one chosen."""
        self.bill_id = bill_id
        self._begin = True
        self.mark_stale()

    def mark_stale(self) -> None:
        """Offers are counted on the tab, so they are counted at once; the rest is read when the tab is seen."""
        super().mark_stale()
        offers = self.session.read(lambda reader: reader.find(Offer, bill_id=self.bill_id)) if self.bill_id else []
        self.counted.emit(len(offers))

    def rescale(self) -> None:
        """Take the heights of the text size in use."""
        self._fit()

    def refresh(self) -> None:
        bill_id = self.bill_id
        if bill_id is None or not self.session.read(lambda reader: reader.find(Bill, id=bill_id)):
            self._steps = {}
            self.view.set_rows([])
            return
        case, cards = self.session.read(lambda reader: (load_bills(reader, {bill_id}), CardsOn()(reader)))
        today = self.session.today
        chain = offer_chain(case, bill_id, today)
        self._steps = {step.id: step for step in chain}
        self.outcome.show_outcome(outcome(case, bill_id), outcome_history(case, bill_id))
        self.warnings.show_warnings(offer_warnings(case, bill_id, today, cards))
        self.view.set_rows(chain)
        self.agreement.show_agreement(agreement_of(case, bill_id))
        statement = asked_statement(case, bill_id)
        self.calculator.show_balance(statement.balance if statement else None, statement.date if statement else None)
        self._fit()
        self._choose_standing()
        self._show_acts()

    def _choose_standing(self) -> None:
        """Where a bill comes up, its newest open offer is the one that waits for an answer."""
        standing = [step.id for step in self._steps.values() if step.state == "open"]
        if self._begin and standing:
            self.view.choose(standing[-1])
        self._begin = False

    def _fit(self) -> None:
        rows = len(self._steps)
        self.view.setFixedHeight(px(ROW) * (min(rows, MOST_ROWS) or EMPTY_ROWS) + px(TITLES) + px(12))

    @Slot(object)
    def _chosen(self, _offer_id: int | None) -> None:
        self._show_acts()

    def _show_acts(self) -> None:
        offer = self.current
        answerable = offer is not None and (is_open(offer) or offer.status == "expired")
        for name in ("accept", "decline", "counter"):
            self.acts[name].setEnabled(answerable and self.session.writable)
            self.acts[name].setVisible(bool(self._steps))
        mine = offer is not None and is_open(offer) and offer.direction == "from_me"
        self.acts["write"].setVisible(mine)
        self.acts["write"].setEnabled(self.session.writable)

    @property
    def current(self) -> Offer | None:
        """The chosen offer; where only one is open, that one without being chosen."""
        chosen = self._steps.get(self.view.current_id() or 0)
        if chosen is not None:
            return chosen.offer
        standing = [step.offer for step in self._steps.values() if is_open(step.offer)]
        return standing[0] if len(standing) == 1 else None

    # Offers

    @Slot()
    def offer(self) -> None:
        """Open the form of an offer, with what the calculator has worked out."""
        if self.bill_id is not None:
            found = self.calculator.reckoning
            offer_form(self.session, self, self.bill_id, "from_me", found.start() if found else None)

    @Slot()
    def _they_offered(self) -> None:
        if self.bill_id is not None:
            offer_form(self.session, self, self.bill_id, "from_them")

    @Slot(object)
    def _use(self, found: Reckoning) -> None:
        """What was worked out becomes an offer of mine; where one of theirs is open and chosen, the answer to it."""
        offer = self.current
        if offer is not None and offer.direction == "from_them" and is_open(offer):
            counter_form(self.session, self, offer, found.start())
        elif self.bill_id is not None:
            offer_form(self.session, self, self.bill_id, "from_me", found.start())

    @Slot()
    def _counter(self) -> None:
        if (offer := self.current) is not None:
            counter_form(self.session, self, offer)

    @Slot()
    def _write(self) -> None:
        """Draft the letter of my open offer; one that answers theirs names it."""
        if self.bill_id is not None and (offer := self.current) is not None:
            kind = "counter_offer" if offer.answers_to_id is not None else "settlement_offer"
            self._show_letter(self.session.perform(WriteLetter(kind, self.bill_id)))

    @Slot()
    def _accept(self) -> None:
        if (offer := self.current) is not None and self.session.perform(AnswerOffer(offer.id, "accepted")):
            self.session.tell(self.tr("Accepted. Before you pay, ask for it in writing. Ctrl+Z takes it back."))

    @Slot()
    def _decline(self) -> None:
        if (offer := self.current) is not None:
            self.session.perform(AnswerOffer(offer.id, "declined"))

    @Slot(object)
    def _edit(self, offer_id: int) -> None:
        edit_record(self.session, self, Offer, offer_id)

    @Slot()
    def _remove(self) -> None:
        offer_id = self.view.current_id()
        if offer_id is not None and self.session.writable:
            self.session.perform(RemoveRecord(Offer, offer_id))
            self.session.tell(self.tr("The offer was removed. Ctrl+Z brings it back."))

    # What ends it

    @Slot(object)
    def _act_on(self, warning: OfferWarning) -> None:
        """Do what the button of a reminder says."""
        if warning.kind == "assistance":
            self.tab_wanted.emit("assistance")
        elif warning.kind == "limitation":
            self.rule_wanted.emit(warning.card_id)
        elif warning.kind in ("unconfirmed", "paid_early"):
            self._draft()
        elif warning.kind == "zero_balance":
            self._ask_zero()
        elif warning.kind == "lapsed" and self.bill_id is not None:
            self.session.perform(MarkExpired(self.bill_id, self.session.today))

    @Slot()
    def _draft(self) -> None:
        if self.bill_id is not None:
            self._show_letter(self.session.perform(AskConfirmation(self.bill_id)))

    @Slot()
    def _ask_zero(self) -> None:
        if self.bill_id is not None:
            self._show_letter(self.session.perform(AskZeroBalance(self.bill_id)))

    def _show_letter(self, letter: Letter | None) -> None:
        if letter is not None:
            self.session.go_to(Place("letter", letter.id))

    @Slot()
    def _confirm(self) -> None:
        if (offer := self._agreed()) is not None:
            attach_form(self.session, self, offer.id, "confirmation")

    @Slot()
    def _zero(self) -> None:
        if (offer := self._agreed()) is not None:
            attach_form(self.session, self, offer.id, "zero")

    @Slot()
    def _pay(self) -> None:
        if self.bill_id is not None:
            enter_payment(self.session, self, self.bill_id)

    @Slot()
    def _settle(self) -> None:
        if self.bill_id is not None and self.session.perform(SettleBill(self.bill_id)):
            self.session.tell(self.tr("The bill is settled. Keep the confirmation and ask for a zero-balance letter."))

    def _agreed(self) -> Offer | None:
        agreed = [step.offer for step in self._steps.values() if step.state == "accepted"]
        return max(agreed, key=lambda offer: offer.date, default=None)
