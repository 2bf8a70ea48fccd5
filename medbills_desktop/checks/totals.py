"""The sums of a bill: its lines against the stated total, and the equation of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, count, named, service_key, sum_lines
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Line, Statement

_MOST_LINES_SHOWN = 12
_EQUATION = ("total_charges", "adjustments", "insurer_paid", "patient_paid")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to add up the lines: which of them, and what is left out."""

    lines: tuple[Line, ...]
    left_out: str = ""

    @property
    def sum(self) -> int:
        return sum(line.charge or 0 for line in self.lines)


@check("lines-vs-total", "fact")
def lines_vs_total(facts: BillFacts) -> Iterator[Finding]:
    """Report lines that don't add up to the total charges of the statement that they belong to.

    They belong to the latest itemized statement that states a total, since that is the paper they were read from; where
    none is marked itemized, to the latest that states a total. Silent where a charge is missing; where the sum is the
    total of another statement that they may come from, or of several (each listing its own lines); and where it agrees
    once payments and adjustments among the lines are left out, or lines since taken off by the biller are counted.
    """
    stating = [statement for statement in facts.statements if statement.total_charges is not None]
    pool = [statement for statement in stating if statement.itemized] or stating
    if not pool or not facts.lines or any(line.charge is None for line in facts.all_lines):
        return
    totals = {statement.total_charges or Cents(0) for statement in pool}
    accepted = totals | ({sum(totals)} if len(totals) > 1 else set())
    readings = _readings(facts)
    if any(reading.sum in accepted for reading in readings):
        return
    total = pool[-1].total_charges or Cents(0)
    nearest = min(readings, key=lambda reading: abs(total - reading.sum))
    yield _lines_finding(facts, pool[-1], nearest)


def _readings(facts: BillFacts) -> list[_Reading]:
    found: list[_Reading] = []
    lists = (facts.lines, facts.all_lines) if len(facts.lines) < len(facts.all_lines) else (facts.lines,)
    for lines in lists:
        found.append(_Reading(lines))
        if any((line.charge or 0) < 0 for line in lines):
            charges = tuple(line for line in lines if (line.charge or 0) >= 0)
            found.append(_Reading(charges, "credits"))
            found.append(_Reading(charges + _reversals(lines), "payments and adjustments"))
    return found


def _reversals(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The credits that take back a charge of the same service: they belong to the charges, as payments don't."""
    charged = {(service_key(line), line.charge) for line in lines}
    return tuple(line for line in lines if line.charge and line.charge < 0 and _taken_back(line) in charged)


def _taken_back(line: Line) -> tuple[str, int]:
    return service_key(line), -(line.charge or 0)


def _lines_finding(facts: BillFacts, statement: Statement, reading: _Reading) -> Finding:
    total, added = statement.total_charges or Cents(0), Cents(reading.sum)
    rest = Cents(abs(total - added))
    number = count(len(reading.lines), "line comes", "lines add up")
    outcome = f"{dollars(rest)} stands on no line" if total > added else f"the lines come to {dollars(rest)} more"
    rows: list[Row] = []
    if len(reading.lines) <= _MOST_LINES_SHOWN:
        rows += [("+" if at else "", named(line), line.charge or 0) for at, line in enumerate(reading.lines)]
    left_out = f", {reading.left_out} left out" if reading.left_out else ""
    rows.append(("=", f"sum of {count(len(reading.lines), 'line', 'lines')}{left_out}", added))
    rows.append(("", f"total charges on the statement of {plain_day(statement.date)}", total))
    rows.append(("", "difference", rest))
    charges = tuple(sorted(line.charge or 0 for line in reading.lines))
    return Finding(
        check="lines-vs-total",
        level="fact",
        bill_id=facts.bill.id,
        line_ids=tuple(sorted(line.id for line in reading.lines)),
        amount=rest,
        title=f"The {number} to {dollars(added)}, but the statement of {plain_day(statement.date)} "
        f"states total charges of {dollars(total)}: {outcome}.",
        explanation=sum_lines(rows),
        ask=_lines_ask(total, added, rest),
        evidence=(itemised_bill(facts, reading.lines), statement_paper(facts, statement)),
        statement_ids=(statement.id,),
        fingerprint=fingerprint("lines-vs-total", statement.date, total, charges),
    )


def _lines_ask(total: int, added: int, rest: int) -> str:
    if total > added:
        return (
            f"Which services make up the other {dollars(rest)} of the total charges? "
            "Could you send an itemized bill whose lines add up to the total?"
        )
    return (
        f"The lines come to {dollars(added)}, the total charges to {dollars(total)}. "
        "Could you tell me which lines are not part of the total?"
    )


@check("statement-equation", "fact")
def statement_equation(facts: BillFacts) -> Iterator[Finding]:
    """Report statements on which charges − adjustments − insurer paid − patient paid is not the balance.

    Silent unless all five figures are stated; where credits printed with a minus sign agree; where a refund makes up
    the difference; and where the figures are those of one period that carries on the balance of the one before.
    Statements with the same five figures (reminders) give one finding, which speaks of the latest.
    """
    groups: dict[tuple[int, ...], list[Statement]] = {}
    agreeing: list[Statement] = []
    before: Cents | None = None
    for statement in facts.statements:
        figures = _figures(statement)
        if figures and _agrees(figures, before, _refunded(facts, statement)):
            agreeing.append(statement)
        elif figures:
            groups.setdefault(figures, []).append(statement)
        before = before if statement.balance is None else statement.balance
    for figures, statements in groups.items():
        later = next((good for good in reversed(agreeing) if good.date > statements[-1].date), None)
        yield _equation_finding(facts, figures, statements, later)


def _figures(statement: Statement) -> tuple[int, ...] | None:
    """Charges, adjustments, insurer paid, patient paid and balance, if all are stated."""
    values = [getattr(statement, name) for name in (*_EQUATION, "balance")]
    return None if None in values else tuple(values)


def _comes_to(figures: tuple[int, ...]) -> tuple[int, int]:
    """The balance by the figures as printed, and with a minus sign before a credit read as just marking it."""
    charges, *less, _ = figures
    return charges - sum(less), charges - sum(abs(credit) for credit in less)


def _agrees(figures: tuple[int, ...], before: Cents | None, refunded: int) -> bool:
    readings = _comes_to(figures)
    return any(figures[-1] in (reading, reading + (before or 0), reading + refunded) for reading in readings)


def _refunded(facts: BillFacts, statement: Statement) -> int:
    """What the biller had sent back by then: it leaves a balance above what the other figures come to."""
    back = (one for one in facts.payments if one.kind == "refund" and one.date <= statement.date)
    return sum(abs(one.amount) for one in back)


def _equation_finding(
    facts: BillFacts, figures: tuple[int, ...], statements: list[Statement], later: Statement | None
) -> Finding:
    balance = Cents(figures[-1])
    expected = Cents(min(_comes_to(figures), key=lambda reading: abs(balance - reading)))
    amount = Cents(abs(balance - expected))
    signless = expected != _comes_to(figures)[0]
    charges, *less = (abs(figure) if signless and at else figure for at, figure in enumerate(figures[:-1]))
    day = plain_day(statements[-1].date)
    rows: list[Row] = [("", "total charges", charges)]
    rows += [("−", what, credit) for credit, what in zip(less, _CREDIT_WORDS, strict=True)]
    rows += [("=", "by the figures", expected), ("", "balance stated", balance), ("", "difference", amount)]
    note = f"\nThe later statement of {plain_day(later.date)} adds up." if later else ""
    return Finding(
        check="statement-equation",
        level="fact",
        bill_id=facts.bill.id,
        amount=amount,
        title=f"On the statement of {day} the charges less adjustments and payments come to {dollars(expected)}, "
        f"but the balance is {dollars(balance)}: {dollars(amount)} {'more' if balance > expected else 'less'}.",
        explanation=sum_lines(rows) + note,
        ask=f"Could you show how the balance of {dollars(balance)} on the statement of {day} was reached? "
        f"By the figures printed there it comes to {dollars(expected)}.",
        evidence=tuple(statement_paper(facts, statement) for statement in statements),
        statement_ids=tuple(statement.id for statement in statements),
        fingerprint=fingerprint("statement-equation", statements[0].date, figures),
    )


_CREDIT_WORDS = ("adjustments", "insurer paid", "patient paid")
