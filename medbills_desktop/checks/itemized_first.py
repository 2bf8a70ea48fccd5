"""State rules by which nobody may collect before an itemized bill was given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Collection
from medbills_desktop.domain.resource_files import resource


@dataclass(frozen=True, slots=True)
class StateRule:
    """One state's rule, with the kinds of billers that it binds, its first day and where its text is."""

    state: str
    name: str
    since: date
    billers: tuple[str, ...]
    citation: str
    checked: date


def _rules() -> dict[str, StateRule]:
    cards = json.loads(resource("checks/itemized_first.json").read_text("utf-8"))
    return {
        card["state"]: StateRule(
            card["state"],
            card["name"],
            date.fromisoformat(card["from"]),
            tuple(card["billers"]),
            card["citation"],
            date.fromisoformat(card["checked"]),
        )
        for card in cards
    }


RULES = _rules()


@check("collection-before-itemization", "strong")
def collection_before_itemization(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill that is with a collector in a state where an itemized bill has to come first, and none came.

    One came where a statement of that day or before is marked itemized, an itemized paper is held, or lines with codes
    or dates are entered (unless the first itemized paper is younger than the notice). Silent where the day of the
    placement is not known.
    """
    biller = facts.biller
    rule = RULES.get((biller.state or "").strip().upper()) if biller else None
    placement = next((one for one in facts.collections if _day(one)), None)
    day = _day(placement) if placement else None
    if rule is None or biller is None or biller.kind not in rule.billers or placement is None or day is None:
        return
    first = facts.bill.first_bill_date or min((one.date for one in facts.statements), default=day)
    if first >= rule.since and not _itemised_by(facts, day):
        yield _finding(facts, rule, placement, day)


def _day(placement: Collection) -> date | None:
    return placement.notice_date or placement.notice_received


def _itemised_by(facts: BillFacts, day: date) -> bool:
    papers = [paper for paper in facts.papers("bill", facts.bill.id) if paper.kind == "itemized_bill"]
    came = [statement.date for statement in facts.statements if statement.itemized]
    came += [paper.received or paper.date or day for paper in papers]
    if came:
        return min(came) <= day
    return any(line.code or line.revenue_code or line.date for line in facts.lines)


def _finding(facts: BillFacts, rule: StateRule, placement: Collection, day: date) -> Finding:
    biller = facts.biller.name if facts.biller else "the provider"
    return Finding(
        check="collection-before-itemization",
        level="strong",
        bill_id=facts.bill.id,
        amount=None,
        title=f"A collector wrote on {plain_day(day)} and no itemized bill from before that day is entered; "
        f"in {rule.name} one has to come first.",
        explanation=f"Since {plain_day(rule.since)} a hospital or other facility has to give an "
        "itemized bill in plain words before it may have a bill collected. If one came, enter it or mark its statement "
        f"as itemized.\n{source(rule.citation, rule.checked)}",
        ask="Was an itemized bill sent to me before this account went to a collector, and when? "
        f"If not, could {biller} take the account back and send one?",
        evidence=(itemised_bill(facts, ()),),
        fingerprint=fingerprint("collection-before-itemization", rule.state, day, placement.reference),
    )
