"""Quantities far above what is usual."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, number_text, on_day
from medbills_desktop.domain.code_tables import LimitSetting, UnitLimit
from medbills_desktop.domain.money import dollars

MANY = 100
"""Units from which a thing that is counted one by one is asked about, where no table says what is usual."""

_DOSED = ("J", "Q", "A9", "C9", "P9", "S", "T")
"""Beginnings of HCPCS Level II codes whose units are a dose or minutes: hundreds are usual."""

_BY_THE_MONTH = ("A4", "A5", "A6", "A7", "B", "K")
"""Beginnings of codes for supplies that are sent for a month at a time, unless a house of care used them."""

_HOUSES = ("hospital", "facility", "physician")


@check("high-quantity", "question")
def high_quantity(facts: BillFacts) -> Iterator[Finding]:
    """Report lines with more units than the loaded table of unit limits has for the code.

    Without an entry for the code, only 100 units and more of a thing counted one by one are asked about: not time,
    miles, mg or mL, nothing whose name or code is measured or dosed, nothing delivered over a period, and nothing that
    an equipment supplier or a pharmacy sent.
    """
    tables = facts.case.tables
    for read in facts.read.lines:
        units = read.line.units
        if units is None or units <= 0 or (read.line.charge is not None and read.line.charge < 0):
            continue
        limits = tables.limits_of.get(read.code, ()) if read.code and tables.limits else ()
        limit = _limit(facts, read, limits) if limits else None
        if limit is not None:
            if units > limit.limit:
                yield _finding(facts, read, units, limit)
        elif units >= MANY and _is_counted(facts, read):
            yield _finding(facts, read, units, None)


def _limit(facts: BillFacts, read: ReadLine, limits: tuple[UnitLimit, ...]) -> UnitLimit | None:
    """The newest limit in force for this sort of biller; `None` for inpatients at a hospital, who have no limits."""
    setting = setting_of(facts)
    fitting = [limit for limit in limits if limit.setting in (setting, "any") and _in_force(limit, read)]
    return _newest(fitting) if setting and fitting else None


def setting_of(facts: BillFacts) -> LimitSetting | None:
    """Which tables speak of this sort of biller; `None` for inpatients at a hospital, of whom none does."""
    kind = facts.biller.kind if facts.biller else "other"
    if kind in ("hospital", "facility"):
        inpatient = facts.visit is not None and facts.visit.kind == "inpatient"
        return None if inpatient else "outpatient_hospital"
    return "equipment" if kind == "equipment" else "practitioner"


def _newest(fitting: list[UnitLimit]) -> UnitLimit:
    return max(fitting, key=lambda limit: (limit.setting == "any", str(limit.effective or ""), limit.limit))


def _in_force(limit: UnitLimit, read: ReadLine) -> bool:
    return limit.effective is None or (read.day is not None and limit.effective <= read.day)


def _is_counted(facts: BillFacts, read: ReadLine) -> bool:
    if read.line.unit not in (None, "each") or read.line.end is not None or read.is_kind("measured"):
        return False
    kind = facts.biller.kind if facts.biller else "other"
    if read.code.startswith(_DOSED if kind in _HOUSES else (*_DOSED, *_BY_THE_MONTH)):
        return False
    by_time = len(read.code) == 5 and read.code.isdecimal() and "00100" <= read.code <= "01999"
    by_revenue = any(read.revenue_is(first, first + 9) for first in (250, 370, 630))
    sent = kind in ("equipment", "pharmacy", "ambulance", "air_ambulance")
    return not (by_time or by_revenue or sent or read.line.code_system == "ndc")


def _finding(facts: BillFacts, read: ReadLine, units: Decimal, limit: UnitLimit | None) -> Finding:
    line = read.line
    billed = number_text(units)
    charge = f" for {dollars(line.charge)}" if line.charge else ""
    if limit is None:
        usual = "That is a large number for a thing that is counted one by one; it may be right, or a digit too many."
        known = ""
    else:
        source = limit.source or facts.case.tables.source or "the table that is loaded"
        usual = f"Units billed: {billed}\nMost that are usual on one line, by {source}: {limit.limit}"
        known = f"; {limit.limit} are the most that are usual"
    return Finding(
        check="high-quantity",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=None,
        title=f"{billed} units of {named(line)} are billed{on_day(line)}{charge}{known}.",
        explanation=usual,
        ask=f"Could you check the quantity of {named(line)}{on_day(line)}: were {billed} units used?",
        evidence=(itemised_bill(facts, (line,)), "The medical record of that day would settle this."),
        fingerprint=fingerprint(
            "high-quantity", read.code, read.name.words, line.date, units, line.charge, limit.limit if limit else None
        ),
    )
