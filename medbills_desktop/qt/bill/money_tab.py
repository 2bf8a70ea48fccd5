"""The Money tab: provider says, insurer says, I say, and where they part; below it what the figures are from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_gaps import money_gaps
from medbills_desktop.domain.money_views import MoneyViews, money_views
from medbills_desktop.domain.records import Claim, Offer, Payment, Record, Statement
from medbills_desktop.domain.refunds import due_back
from medbills_desktop.domain.statement_history import statement_history
from medbills_desktop.qt.bill.itemized_strip import ItemizedStrip
from medbills_desktop.qt.bill.money_tables import CLAIMS, OFFERS, PAYMENTS, STATEMENTS
from medbills_desktop.qt.bill.parting_card import PartingCard
from medbills_desktop.qt.flow import EvenColumns, Flow
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.offers.offer_forms import offer_form
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.payments.payment_form import Kind, enter_payment
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label, row, scrolling
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.itemized import ITEMIZED_KINDS

ROW_HEIGHT = 34
_RIGHT = Qt.AlignmentFlag.AlignRight


class MoneyCard(QFrame):
    """One of the three views: a few figures, the one that matters large, and where it is from."""

    def __init__(self, title: str, names: tuple[str, ...], main: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._figures = [label("–") for _ in names]
        self._main = label("–", "figure")
        self._note = label("", "muted", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(14), px(12), px(14), px(12))
        grid.setVerticalSpacing(px(2))
        grid.addWidget(word_label(title, "muted"), 0, 0, 1, 2)
        for number, (name, figure) in enumerate(zip(names, self._figures, strict=True), 1):
            grid.addWidget(word_label(name), number, 0)
            grid.addWidget(figure, number, 1, _RIGHT)
            figure.setAccessibleDescription(name)
        grid.addLayout(row(word_label(main), None, self._main), len(names) + 1, 0, 1, 2)
        self._main.setAccessibleDescription(main)
        grid.addWidget(self._note, len(names) + 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(names) + 3, 1)

    def show_figures(
        self, figures: tuple[Cents | None, ...], main: Cents | None, note: str, tone: str = "muted"
    ) -> None:
        """Show the figures in order, the main one, and the note in a tone."""
        for widget, amount in zip(self._figures, figures, strict=True):
            widget.setText(dollars(amount))
        self._main.setText(dollars(main))
        self._note.setText(note)
        self._note.setObjectName(tone)
        self._note.style().polish(self._note)

    @property
    def shown(self) -> list[str]:
        """The figures as they stand in the card, from the top, the main one last."""
        return [widget.text() for widget in (*self._figures, self._main)]


class MoneyTab(Page):
    """The money page of one bill."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {*ITEMIZED_KINDS, "line", "claim", "claim_line", "payment", "offer", "policy", "collection"}
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        tr = self.tr
        self._provider = MoneyCard(
            tr("The provider says"),
            (tr("Charges"), tr("Adjustments"), tr("Paid by insurer"), tr("Paid by me")),
            tr("Asked"),
        )
        self._insurer = MoneyCard(
            tr("The insurer says"),
            (
                tr("Billed"),
                tr("Allowed"),
                tr("Plan paid"),
                tr("Deductible"),
                tr("Copay"),
                tr("Coinsurance"),
                tr("Not covered"),
            ),
            tr("Your share"),
        )
        self._mine = MoneyCard(tr("I say"), (tr("Disputed"), tr("Accepted"), tr("Paid")), tr("Still open"))
        self.parting, self.itemized = PartingCard(session.writable), ItemizedStrip(session)
        self._lists: dict[type[Record], RowsView] = {
            Statement: RowsView(
                STATEMENTS, tr("Statements"), tr("No statement yet. Add the figures of each paper that came.")
            ),
            Claim: RowsView(CLAIMS, tr("EOBs"), tr("No EOB yet. Add what the insurer says about this bill.")),
            Payment: RowsView(PAYMENTS, tr("Payments"), tr("No payment yet.")),
            Offer: RowsView(OFFERS, tr("Offers"), tr("No offer yet.")),
        }
        self.due = label("", "muted", wrap=True)
        self.due.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.due.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setLayout(self._layout())
        self.setLayout(column(scrolling(inside)))

    def _layout(self) -> Any:
        cards = EvenColumns((self._provider, self._insurer, self._mine), least=196)
        layout = column(gap=8, margins=(0, 8, 8, 8))
        layout.addWidget(self.parting)
        layout.addLayout(cards)
        layout.addWidget(self.itemized)
        adders = {
            Statement: self._add_statement,
            Claim: self._add_claim,
            Payment: self._add_payment,
            Offer: self._add_offer,
        }
        titles = {
            Statement: self.tr("Statements"),
            Claim: self.tr("EOBs"),
            Payment: self.tr("Payments"),
            Offer: self.tr("Offers"),
        }
        adds = {
            Statement: self.tr("Add statement"),
            Claim: self.tr("Add EOB"),
            Payment: self.tr("Add payment"),
            Offer: self.tr("Add offer"),
        }
        more: dict[type[Record], tuple[tuple[str, Callable[[], None]], ...]] = {
            Payment: (
                (self.tr("Add refund"), self._add_refund),
                (self.tr("Add reimbursement"), self._add_reimbursement),
            )
        }
        for kind, view in self._lists.items():
            view.opened.connect(self._open)
            view.remove_wanted.connect(self._remove)
            others = more.get(kind, ())
            shown = [button(text, act, "flat", enabled=self.session.writable) for text, act in others]
            add = button(adds[kind], adders[kind], "flat", enabled=self.session.writable)
            head = Flow((word_label(titles[kind], "strong"),), (*shown, add))
            keep(head, margins=(0, 8, 0, 0))
            layout.addLayout(head)
            layout.addWidget(view)
            if kind is Payment:
                layout.addWidget(self.due)
        layout.addStretch(1)
        return layout

    def show_bill(self, bill_id: int | None) -> None:
        """Show the money of a bill."""
        self.bill_id = bill_id
        self.mark_stale()

    def refresh(self) -> None:
        bill_id = self.bill_id
        if bill_id is None:
            return
        case = self.session.read(lambda reader: load_bills(reader, {bill_id}))
        views = money_views(case, bill_id)
        self.parting.show_parting(bill_id, views, money_gaps(case, bill_id, views))
        self._show_cards(views, case)
        self.itemized.show_case(case, bill_id)
        self._fill(Statement, list(reversed(statement_history(case, bill_id))))
        self._fill(Claim, list(case.claims(bill_id)))
        self._fill(Payment, list(case.of(Payment, "bill_id", bill_id)))
        found = due_back(case, bill_id)
        self.due.setText(found.sentence if found else "")
        self.due.setVisible(found is not None)
        self._fill(Offer, list(case.of(Offer, "bill_id", bill_id)))

    def _show_cards(self, views: MoneyViews, case: Case) -> None:
        says, eob, mine = views.provider_says, views.insurer_says, views.i_say
        where = self.tr("Statement of {day}").format(day=plain_day(says.statement_date)) if says.statement_date else ""
        self._provider.show_figures(
            (says.charges, says.adjustments, says.insurer_paid, says.patient_paid), says.asked, where
        )
        numbers = ", ".join(case.get(Claim, claim_id).number or "–" for claim_id in eob.claim_ids)
        note = (
            self.tr("Claim {numbers}").format(numbers=numbers) if eob.claim_ids else self.tr("No EOB that counts yet")
        )
        parts = (eob.deductible, eob.copay, eob.coinsurance, eob.not_covered)
        self._insurer.show_figures((eob.billed, eob.allowed, eob.plan_paid, *parts), eob.your_share, note)
        self._mine.show_figures((mine.disputed, mine.accepted, mine.paid), mine.still_open, self._basis(mine.basis))

    def _basis(self, basis: str | None) -> str:
        """What “still open” is worked out from."""
        return {
            "offer": self.tr("Still open: the accepted offer, less what you paid since"),
            "share": self.tr("Still open: your share by the EOBs, less what you paid"),
            "lines": self.tr("Still open: what you accept of the lines, less what you paid"),
        }.get(basis or "", "")

    def _fill(self, kind: type[Record], rows: list[Any]) -> None:
        view = self._lists[kind]
        view.set_rows(rows)
        shown = max(1, min(len(rows), 8))
        view.setFixedHeight(px(ROW_HEIGHT) * shown + px(36) + (0 if rows else px(8)))

    def _add(self, kind: type[Record]) -> None:
        if self.bill_id is not None:
            new_record(self.session, self, kind, {"bill_id": self.bill_id})

    @Slot()
    def _add_statement(self) -> None:
        self._add(Statement)

    @Slot()
    def _add_claim(self) -> None:
        if self.bill_id is not None:
            enter_claim(self.session, self, self.bill_id)

    @Slot()
    def _add_payment(self) -> None:
        self._money_moved("payment")

    @Slot()
    def _add_refund(self) -> None:
        self._money_moved("refund")

    @Slot()
    def _add_reimbursement(self) -> None:
        self._money_moved("reimbursement")

    def _money_moved(self, kind: Kind) -> None:
        if self.bill_id is not None:
            enter_payment(self.session, self, self.bill_id, kind)

    @Slot()
    def _add_offer(self) -> None:
        if self.bill_id is not None:
            offer_form(self.session, self, self.bill_id)

    @Slot(object)
    def _open(self, record_id: int) -> None:
        kind = self._kind_of(self.sender())
        if kind:
            edit_record(self.session, self, kind, record_id)

    @Slot()
    def _remove(self) -> None:
        view = self.sender()
        kind = self._kind_of(view)
        if kind and isinstance(view, RowsView) and (record_id := view.current_id()) is not None:
            self.session.perform(RemoveRecord(kind, record_id))

    def _kind_of(self, view: object) -> type[Record] | None:
        return next((kind for kind, found in self._lists.items() if found is view), None)
