"""The sheet for a call: the numbers they will ask for, what was promised, what to ask; no blanks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.letter_facts import bill_policy, latest_placement
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import asked_statement, money_views
from medbills_desktop.domain.records import Bill, Collection, Organization, Person, Visit


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the sheet: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The part as plain text."""
        return "\n".join((self.heading, *self.lines))


def sheet_text(parts: Iterable[SheetPart]) -> str:
    """The whole sheet as plain text, to be copied or read aloud."""
    return "\n\n".join(part.text for part in parts if part.lines)


def numbers_part(case: Case, bill_id: int) -> SheetPart:
    """Account and claim numbers, patient, days of service, the amounts of biller, insurer and collector."""
    bill = case.get(Bill, bill_id)
    biller = case.find(Organization, bill.biller_id)
    lines = (*_who(case, bill, biller), *_amounts(case, bill), *_collector(latest_placement(case, bill)))
    return SheetPart(biller.name if biller else "", tuple(line for line in lines if line))


def promise_line(text: str, by: str | None, due: Day | None, today: Day) -> str:
    """An open promise in one line, with whether its day is over."""
    parts = [" ".join(text.split()).rstrip("."), by or ""]
    if due is not None:
        late = (today - due).days
        parts.append(f"due {plain_day(due)}" + (f", {_days(late)} late" if late > 0 else ""))
    return " · ".join(part for part in parts if part)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _who(case: Case, bill: Bill, biller: Organization | None) -> Iterable[str]:
    claims = dict.fromkeys(claim.number.strip() for claim in case.claims(bill.id) if claim.number)
    person, policy = case.find(Person, bill.person_id), bill_policy(case, bill)
    insurer = case.find(Organization, policy.insurer_id) if policy else None
    yield f"Account {bill.account_number}" if bill.account_number else ""
    yield f"Claim {', '.join(claims)}" if claims else ""
    if person:
        born = person.date_of_birth
        yield f"Patient {person.name}" + (f", born {born.month}/{born.day}/{born.year}" if born else "")
    yield _service(case.find(Visit, bill.visit_id))
    if insurer and policy:
        yield f"Plan {insurer.name}" + (f", member {policy.member_id}" if policy.member_id else "")
    yield f"Phone {biller.phone}" if biller and biller.phone else ""


def _service(visit: Visit | None) -> str:
    if visit is None or visit.start is None:
        return ""
    first, last = visit.start.day, (visit.end or visit.start).day
    return f"Service {plain_day(first)}" + (f" to {plain_day(last)}" if last > first else "")


def _amounts(case: Case, bill: Bill) -> Iterable[str]:
    statement, share = asked_statement(case, bill.id), money_views(case, bill.id).insurer_says.your_share
    if statement is not None and statement.balance is not None:
        yield f"Asked {dollars(statement.balance)}" + (f" on {plain_day(statement.date)}" if statement.date else "")
    yield f"EOB: your share {dollars(share)}" if share is not None else ""


def _collector(placed: Collection | None) -> Iterable[str]:
    if placed is not None:
        yield f"Collector’s reference {placed.reference}" if placed.reference else ""
        yield f"Collector asks {dollars(placed.amount)}" if placed.amount is not None else ""
