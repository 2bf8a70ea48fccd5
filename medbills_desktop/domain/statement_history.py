"""The statements of a bill in a row: what changed from one to the next, and where they left the EOBs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.claims_counted import counted_claims, summed_column
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.paid import paid_by_statement
from medbills_desktop.domain.records import Bill, Payment, Statement

FIGURES = {
    "total_charges": "charges",
    "adjustments": "adjustments",
    "insurer_paid": "insurer paid",
    "patient_paid": "I paid",
    "balance": "asked",
}
"""The figures of a statement by their field, in the order of the paper, and what they are called in a sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that two statements give differently; `None` where one of them does not state it."""

    field: str
    before: Cents | None
    after: Cents | None

    @property
    def sentence(self) -> str:
        name = FIGURES[self.field]
        if self.before is None:
            return f"{name} {dollars(self.after)}, not stated before"
        if self.after is None:
            return f"{name} not stated any more"
        step = self.after - self.before
        return f"{name} {'+' if step > 0 else '−'}{dollars(Cents(abs(step)))}"


@dataclass(frozen=True, slots=True)
class StatementStep:
    """One statement in the history of a bill.

    `gap` is its balance less what the EOBs and my payments leave as of that day, in cents; `None` where nothing can be
    compared. `before_eob` marks a statement older than the newest EOB that counts: its balance is not compared, for the
    biller could not know. `parts_here` marks the first that is compared and differs.
    """

    statement: Statement
    first: bool
    changes: tuple[Change, ...] = ()
    gap: Cents | None = None
    before_eob: bool = False
    parts_here: bool = False

    @property
    def id(self) -> int:
        return self.statement.id

    @property
    def changed(self) -> str:
        """What changed since the statement before, in a few words."""
        if self.first:
            return "First statement"
        if not self.changes:
            return "Same figures"
        gone = [FIGURES[change.field] for change in self.changes if change.after is None]
        parts = [change.sentence for change in self.changes if change.after is not None]
        if gone:
            parts.append(f"not stated any more: {', '.join(gone)}")
        text = "; ".join(parts)
        return text[0].upper() + text[1:]

    @property
    def compared(self) -> str:
        """How its balance stands to what the EOBs leave, in a few words; empty where nothing can be compared."""
        if self.before_eob:
            return "Before the EOB"
        if self.gap is None:
            return ""
        if self.gap == 0:
            return "Agrees"
        return f"{dollars(Cents(abs(self.gap)))} {'more' if self.gap > 0 else 'less'}"


def statement_history(case: Case, bill_id: int) -> tuple[StatementStep, ...]:
    """Every statement of a bill, oldest first. Raises `KeyError` if the case has no such bill."""
    share, since = _share(case, case.get(Bill, bill_id))
    payments = case.of(Payment, "bill_id", bill_id)
    found: list[StatementStep] = []
    before: Statement | None = None
    parted = False
    for statement in case.statements(bill_id):
        early = since is not None and statement.date < since
        gap: Cents | None = None
        if share is not None and statement.balance is not None and not early:
            gap = Cents(statement.balance - (share - paid_by_statement(payments, statement).counted))
        here = bool(gap) and not parted
        parted = parted or here
        changes = () if before is None else _changes(before, statement)
        asks = statement.balance is not None and share is not None
        found.append(StatementStep(statement, before is None, changes, gap, early and asks, here))
        before = statement
    return tuple(found)


def _share(case: Case, bill: Bill) -> tuple[Cents | None, Day | None]:
    """My share by the EOBs that count, and the day of the newest of them; nothing while one is pending."""
    claims = counted_claims(case, bill)
    if claims.pending:
        return None, None
    days: list[date] = [claim.date for claim in claims.counted if claim.date is not None]
    return summed_column(case, claims, "patient_responsibility"), max(days) if days else None


def _changes(before: Statement, after: Statement) -> tuple[Change, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in FIGURES)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)
