"""The days in which a nonprofit hospital takes applications for financial assistance and holds back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.checks.wording import count
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import asked
from medbills_desktop.domain.records import Assistance

NO_ACTION_DAYS = 120
"""Days after the first bill in which no extraordinary collection action may begin (26 CFR 1.501(r)-6(c)(3)(i))."""

APPLICATION_DAYS = 240
"""Days after the first bill in which an application has to be taken (26 CFR 1.501(r)-1(b)(3))."""

IN_FORCE = date(2016, 1, 1)
"""The first year for which the rule binds every nonprofit hospital."""

_DECIDED = ("approved", "denied", "appealed")
_OVER = ("paid", "refunded", "settled", "closed")


@dataclass(frozen=True, slots=True)
class _Window:
    """The first bill and the last days of both windows."""

    first: date
    day: int

    @property
    def no_action_until(self) -> date:
        return self.first + timedelta(days=NO_ACTION_DAYS)

    @property
    def apply_until(self) -> date:
        return self.first + timedelta(days=APPLICATION_DAYS)


@check("assistance-window", "info")
def assistance_window(facts: BillFacts) -> Iterator[Finding]:
    """Tell of the windows of a nonprofit hospital while they are open, counted from the first bill after discharge.

    Silent where that day is not entered (a statement that happens to be here may be a later one), where nothing is
    asked any more, and once an application was decided.
    """
    biller, first = facts.biller, facts.bill.first_bill_date
    if biller is None or biller.kind != "hospital" or not biller.nonprofit or first is None or first < IN_FORCE:
        return
    balance, age = asked(facts.case, facts.bill.id), (facts.today - first).days
    over = facts.bill.status in _OVER or (balance is not None and balance <= 0)
    applications = facts.case.of(Assistance, "bill_id", facts.bill.id)
    decided = any(one.status in _DECIDED or one.decided for one in applications)
    if 0 <= age < APPLICATION_DAYS and not over and not decided:
        applied = next((one for one in applications if one.applied and one.status != "considering"), None)
        yield _finding(facts, _Window(first, age), applied)


def _finding(facts: BillFacts, window: _Window, applied: Assistance | None) -> Finding:
    name = facts.biller.name if facts.biller else "The hospital"
    last = plain_day(window.apply_until)
    held = window.day < NO_ACTION_DAYS
    if applied is not None:
        title = f"Your application for assistance of {plain_day(applied.applied)} is not decided yet."
        ask = "Has my application for financial assistance been decided, and is the account on hold until then?"
    else:
        title = f"{name} is a nonprofit hospital: you can apply for financial assistance until {last}."
        ask = "Could you send me the financial assistance policy, its summary and the application form?"
    balance = asked(facts.case, facts.bill.id)
    of = f" of {dollars(balance)}" if balance is not None else ""
    notes = [f"First bill: {plain_day(window.first)}. Today is day {window.day} after it."]
    if held:
        notes.append(
            f"Until {plain_day(window.no_action_until)} ({NO_ACTION_DAYS} days) no suit, lien, garnishment, sale of "
            f"the debt or report to a credit bureau may begin for the balance{of}."
        )
    notes.append(
        f"Until {last} ({APPLICATION_DAYS} days) an application has to be taken; a later day in a letter counts."
    )
    if applied is not None:
        notes.append("While a complete application is being decided, suits and reports to credit bureaus have to wait.")
    notices = len(facts.collections)
    if notices and held:
        notes.append(f"{count(notices, 'notice', 'notices')} of a collector came for this bill; ask what was begun.")
    return Finding(
        check="assistance-window",
        level="info",
        bill_id=facts.bill.id,
        amount=None,
        title=title,
        explanation="\n".join([*notes, source("26 CFR 1.501(r)-1 and 1.501(r)-6")]),
        ask=ask,
        evidence=("The first bill after care, with its date, would settle this, and the hospital's policy.",),
        fingerprint=fingerprint("assistance-window", window.first, applied.applied if applied else None),
    )
