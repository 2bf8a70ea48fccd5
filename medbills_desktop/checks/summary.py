"""Bills that give totals where an itemized bill would show what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.records import Letter, Line, Promise

ANSWER_DAYS = 30
"""Days that a biller is given for an itemized bill where the letter names no day."""


@check("summary-only", "strong", "info")
def summary_only(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill without lines, or whose charges stand mostly on lines that have neither a code nor a date.

    Silent where nothing is asked for, and where an itemized bill is held and only its lines are not typed in yet. For
    information only while an itemized bill has been asked for and is not yet due.
    """
    bare = [line for line in facts.lines if not (line.code or line.revenue_code or line.date)]
    charged = sum(abs(line.charge or 0) for line in facts.lines)
    on_bare = sum(abs(line.charge or 0) for line in bare)
    if facts.lines:
        if charged > 0 and 2 * on_bare > charged:
            yield _finding(facts, _title(bare, Cents(on_bare), Cents(charged)), bare)
        return
    statement = asked_statement(facts.case, facts.bill.id)
    if statement is None or (statement.balance or 0) <= 0 or _held(facts):
        return
    day = plain_day(statement.date)
    title = f"The statement of {day} asks for {dollars(statement.balance)} and no single service is listed."
    yield _finding(facts, title, [])


def _title(bare: list[Line], on_bare: Cents, charged: Cents) -> str:
    where = f"{dollars(on_bare)} of {dollars(charged)}" if on_bare < charged else f"All {dollars(charged)}"
    return (
        f"{where} charged {'stands' if len(bare) == 1 else 'stand'} on {_lines(bare)} with neither a code nor a date."
    )


def _lines(bare: list[Line]) -> str:
    return count(len(bare), "line", "lines")


def _held(facts: BillFacts) -> bool:
    papers = facts.papers("bill", facts.bill.id)
    return any(statement.itemized for statement in facts.statements) or any(
        paper.kind == "itemized_bill" for paper in papers
    )


def _finding(facts: BillFacts, title: str, bare: list[Line]) -> Finding:
    asked, due, calls = _asked_for(facts)
    waiting = asked and (due is None or facts.today <= due)
    note = "Without the single services nobody can tell whether the total is right."
    if waiting:
        note = "An itemized bill has been asked for" + (f"; it is due by {plain_day(due)}." if due else ".")
    elif asked:
        note = f"An itemized bill was asked for and was due by {plain_day(due)}."
    charges = sorted(line.charge or 0 for line in bare)
    latest = facts.statements[-1:]
    return Finding(
        check="summary-only",
        level="info" if waiting else "strong",
        bill_id=facts.bill.id,
        line_ids=tuple(sorted(line.id for line in bare)),
        call_ids=calls,
        amount=None,
        title=title,
        explanation=note,
        ask="Please send an itemized bill that lists each service with its date, code, units and charge. "
        "Could you put the account on hold until it arrives?",
        evidence=(itemised_bill(facts, bare), *(statement_paper(facts, statement) for statement in latest)),
        statement_ids=tuple(statement.id for statement in latest),
        fingerprint=fingerprint("summary-only", tuple(charges), bool(waiting)),
    )


def _asked_for(facts: BillFacts) -> tuple[bool, date | None, tuple[int, ...]]:
    """Whether an itemized bill was asked for, the latest day on which it is due (`None`: not known), and the calls."""
    dues = [_due(letter) for letter in facts.letters if _asks_for_itemization(letter)]
    promises = [promise for call in facts.calls for promise in facts.promises(call) if _promises_itemization(promise)]
    dues += [promise.due for promise in promises]
    known = [due for due in dues if due is not None]
    asked = bool(dues) or facts.bill.status == "itemization_requested"
    return asked, max(known) if known else None, tuple(dict.fromkeys(promise.call_id for promise in promises))


def _asks_for_itemization(letter: Letter) -> bool:
    return letter.status == "sent" and "itemi" in letter.kind.casefold()


def _promises_itemization(promise: Promise) -> bool:
    return "itemi" in promise.text.casefold() and promise.status != "kept" and promise.due is not None


def _due(letter: Letter) -> date | None:
    if letter.reply_due or letter.date is None:
        return letter.reply_due
    return letter.date + timedelta(days=ANSWER_DAYS)
