"""The Findings page: everything that does not add up, over all bills, and what was decided about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from medbills_desktop.checks.decided import DecidedFinding
from medbills_desktop.checks.findings import LEVELS
from medbills_desktop.domain import words
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.findings.finding_cards import FindingCards
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, counted, label, one_above_other, panel, row
from medbills_desktop.store.queries.bills import ListBillChoices


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as the list shows it."""

    id: int
    bill: str
    shown: DecidedFinding


def _level(row: FindingRow) -> str:
    return words.LEVEL[row.shown.finding.level]


def _decision(row: FindingRow) -> str:
    return words.DECISION.get(row.shown.decision.decision, "") if row.shown.decision else ""


FINDING_COLUMNS = (
    Column("Bill", lambda row: row.bill, lambda row: row.bill.casefold(), width=190, rank=1),
    Column(
        "Kind",
        _level,
        lambda row: LEVELS.index(row.shown.finding.level),
        width=120,
        pill=lambda row: words.LEVEL_TONE[row.shown.finding.level],
    ),
    Column("What", lambda row: row.shown.finding.title, lambda row: row.shown.finding.title.casefold(), sentence=True),
    Column(
        "Amount",
        lambda row: dollars(row.shown.finding.amount, ""),
        lambda row: row.shown.finding.amount,
        right=True,
        width=90,
    ),
    Column("Decided", _decision, _decision, width=96, rank=2),
)
CHOICES = (
    ("open", "To decide"),
    ("asked", "To ask"),
    ("disputed", "Disputed"),
    ("not_a_problem", "Set aside"),
    ("", "All"),
)


class FindingsPage(Page):
    """Signals: `line_wanted` carries the id of a line, `place_wanted` a `PaperPlace`, `counted` how many are open."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"bill", "organization"})
    TITLE = "Findings"
    line_wanted = Signal(object)
    place_wanted = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        empty = self.tr("Nothing here. What does not add up on your bills is listed as soon as their figures are in.")
        self.view = RowsView(FINDING_COLUMNS, self.tr("Findings"), empty)
        self.view.chosen.connect(self._chosen)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which findings"))
        for word, shown in CHOICES:
            self.which.addItem(self.tr(shown), word)
        self.which.activated.connect(self.mark_stale)
        self._sum = label("", "muted")
        self.cards = FindingCards(session)
        self.cards.line_wanted.connect(self.line_wanted)
        self.cards.place_wanted.connect(self.place_wanted)
        listing, detail = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        detail.setLayout(column(self.cards, margins=(12, 4, 4, 4)))
        splitter = one_above_other(listing, detail, (1, 2))
        layout = column(gap=8)
        layout.addLayout(row(self.which, self._sum, None))
        layout.addWidget(splitter, 1)
        self.setLayout(layout)
        session.findings.changed.connect(self._found)

    def refresh(self) -> None:
        bills = {choice.id: choice.biller for choice in self.session.read(ListBillChoices())}
        wanted = self.which.currentData()
        found = [one for one in self.session.findings.all_found if one.finding.bill_id in bills]
        fitting = [one for one in found if not wanted or _state(one) == wanted]
        self.view.set_rows(_numbered(fitting, bills))
        self._sum.setText(counted(len(fitting), self.tr("1 finding"), self.tr("{n} findings")) if fitting else "")
        self._chosen(self.view.current_id())

    @Slot(object)
    def _found(self, _bill_ids: frozenset[int]) -> None:
        self.counted.emit(self.session.findings.open_count)
        self.mark_stale()

    @Slot(object)
    def _chosen(self, key: int | None) -> None:
        number = self.view.rows_model.number_of(key)
        shown = (self.view.rows_model.rows[number].shown,) if number >= 0 else ()
        self.cards.show_findings(shown, self.tr("Choose a finding above to see how it was worked out."))


def _state(one: DecidedFinding) -> str:
    return one.decision.decision if one.decision else "open"


def _numbered(found: list[DecidedFinding], bills: dict[int, str]) -> list[FindingRow]:
    """Rows with ids that stay the same while the figures do, so that what is chosen stays chosen."""
    met: Counter[tuple[int, str]] = Counter()
    rows = []
    for one in found:
        finding = one.finding
        key = (finding.bill_id, finding.fingerprint)
        number = hash((*key, met[key])) & (2**53 - 1)
        met[key] += 1
        rows.append(FindingRow(number, bills[finding.bill_id], one))
    return rows
