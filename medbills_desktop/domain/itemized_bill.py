"""Whether the itemized bill of an account is there, asked for, overdue, or not asked for yet.

Nothing can be checked before it has come. A request is what the records say: a letter of that kind that was sent, a
call in which it was asked for, or a promise to send it. The days for an answer are the ones that the letter or the
promise names, else those of a rule card; where no rule was found nothing is ever overdue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.claims_counted import charges_of_lines
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.itemized_rules import request_deadline
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Bill,
    Call,
    Document,
    Letter,
    Line,
    Organization,
    Promise,
    Visit,
)
from medbills_desktop.domain.rules.deadlines import Deadline
from medbills_desktop.domain.rules.in_force import shipped_on
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import CLOSED

State = Literal["held", "asked", "overdue", "not_asked"]
NAME = "itemi"
"""What a kind of letter, a question or a promise has in it that is about the itemized bill, in either spelling."""


@dataclass(frozen=True, slots=True)
class Request:
    """One time that the itemized bill was asked for: the letter or call that says so, and the day named for it.

    `due` is the day that the letter or the promise itself names; `promised` marks that they named it.
    """

    kind: Literal["letter", "call"]
    id: int
    day: Day | None
    way: str | None = None
    written: bool = False
    due: Day | None = None
    promised: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class ItemizedBill:
    """Where the itemized bill of one account stands on a day.

    `papers` are those that are held; `line_count` counts the lines that stand on the bill. `lines_total` is their sum
    and `printed_total` the latest total charges of a statement, each `None` where it is not known. `requests` come
    oldest first. `due` is the last day that was named or that follows from `rule`, `None` where neither is known.
    `kept` is the day on which a promise to send it was noted as kept though no paper is held.
    """

    state: State
    papers: tuple[Document, ...] = ()
    statement_ids: tuple[int, ...] = ()
    line_count: int = 0
    lines_total: Cents | None = None
    printed_total: Cents | None = None
    requests: tuple[Request, ...] = ()
    due: Day | None = None
    rule: Deadline | None = None
    kept: Day | None = None

    @property
    def first(self) -> Request | None:
        return self.requests[0] if self.requests else None

    @property
    def latest(self) -> Request | None:
        return self.requests[-1] if self.requests else None

    @property
    def missing(self) -> Cents | None:
        """Printed total less the entered lines, in cents; below zero where the lines come to more."""
        if self.lines_total is None or self.printed_total is None:
            return None
        return Cents(self.printed_total - self.lines_total)


def itemized_bill(
    case: Case,
    bill_id: int,
    today: Day,
    its_lines: Iterable[Line] | None = None,
    cards: Mapping[str, RuleCard] | None = None,
) -> ItemizedBill:
    """Where the itemized bill stands on `today`. Raises `KeyError` if the case has no such bill.

    Held where a paper of that kind, a statement marked as itemized, or lines with codes or dates for most of the
    charges are there. Never overdue on a bill that is settled, paid, refunded or closed. `its_lines` are the lines of
    the bill where the case is without them; `cards` the rule cards that are on, by id, where they are not as shipped.
    """
    bill = case.get(Bill, bill_id)
    every = case.lines(bill_id) if its_lines is None else its_lines
    lines = [line for line in every if line.mark != "removed_by_biller"]
    papers = itemized_papers(case, bill_id)
    marked = tuple(one.id for one in case.statements(bill_id) if one.itemized)
    requests = requests_for(case, bill_id)
    due, rule = _due(case, bill, requests, shipped_on() if cards is None else cards)
    kept = max((one.closed for one in _promises(case, bill_id) if one.status == "kept" and one.closed), default=None)
    totals = [one.total_charges for one in case.statements(bill_id) if one.total_charges is not None]
    held = bool(papers or marked or _lists_services(lines))
    return ItemizedBill(
        state="held" if held else _waiting(bill, requests, due, today, kept),
        papers=papers,
        statement_ids=marked,
        line_count=len(lines),
        lines_total=charges_of_lines(lines),
        printed_total=totals[-1] if totals else None,
        requests=requests,
        due=due,
        rule=rule,
        kept=kept,
    )


def _waiting(bill: Bill, requests: tuple[Request, ...], due: Day | None, today: Day, kept: Day | None) -> State:
    if not requests and bill.status != "itemization_requested":
        return "asked" if kept else "not_asked"
    late = (due is not None and due < today) or (bool(requests) and requests[-1].broken)
    return "overdue" if late and bill.status not in CLOSED and not kept else "asked"


def itemized_papers(case: Case, bill_id: int) -> tuple[Document, ...]:
    """The papers of that kind that are linked to the bill or to one of its statements, each once."""
    found: dict[int, Document] = {}
    wanted = [link.document_id for link in case.links_to("bill", bill_id)]
    for statement in case.statements(bill_id):
        wanted += [link.document_id for link in case.links_to("statement", statement.id)]
        wanted += [statement.document_id] if statement.document_id is not None else []
    for document_id in wanted:
        paper = case.find(Document, document_id)
        if paper is not None and paper.kind == "itemized_bill":
            found[paper.id] = paper
    return tuple(found.values())


def requests_for(case: Case, bill_id: int) -> tuple[Request, ...]:
    """Every time that the itemized bill was asked for or promised, oldest first; those without a day come first."""
    found = [
        Request("letter", letter.id, letter.date, letter.method, True, letter.reply_due)
        for letter in case.of(Letter, "bill_id", bill_id)
        if letter.status == "sent" and NAME in letter.kind.casefold()
    ]
    promises = _promises(case, bill_id)
    for call_id in case.call_ids(bill_id):
        call = case.find(Call, call_id)
        theirs = [one for one in promises if one.call_id == call_id and one.status != "kept"]
        if call is not None and (theirs or _asks(call)):
            found.append(_by_call(call, theirs))
    return tuple(sorted(found, key=lambda one: (one.day is not None, one.day or Day.min, one.id)))


def _asks(call: Call) -> bool:
    return call.direction != "in" and NAME in (call.asked or "").casefold()


def _by_call(call: Call, promises: list[Promise]) -> Request:
    days = [one.due for one in promises if one.due is not None]
    return Request(
        "call",
        call.id,
        call.started.day,
        call.channel,
        call.channel in ("letter", "email", "fax", "portal"),
        max(days) if days else None,
        promised=bool(promises),
        broken=any(one.status == "broken" for one in promises),
    )


def _promises(case: Case, bill_id: int) -> tuple[Promise, ...]:
    """What was promised about it in calls about this bill."""
    found = (one for call_id in case.call_ids(bill_id) for one in case.of(Promise, "call_id", call_id))
    return tuple(one for one in found if NAME in one.text.casefold())


def _due(
    case: Case, bill: Bill, requests: tuple[Request, ...], cards: Mapping[str, RuleCard]
) -> tuple[Day | None, Deadline | None]:
    """The last day named, or the one that a rule gives for the first request that names none."""
    named = [one.due for one in requests if one.due is not None]
    unnamed = next((one for one in requests if one.due is None and one.day is not None), None)
    rule = None
    if unnamed is not None and unnamed.day is not None:
        visit = case.find(Visit, bill.visit_id)
        biller = case.find(Organization, bill.biller_id)
        left = visit.end.day if visit and visit.end else None
        asked = Moment(max(unnamed.day, left or unnamed.day))
        rule = request_deadline(cards, biller, visit, asked, unnamed.written)
    days = [*named, *([rule.due] if rule else [])]
    due = max(days) if days else None
    return due, rule if rule is not None and rule.due == due else None


def _lists_services(lines: list[Line]) -> bool:
    """Whether most of what is charged stands on lines with a code or a date."""
    bare = [line for line in lines if not (line.code or line.revenue_code or line.date)]
    charged = sum(abs(line.charge or 0) for line in lines)
    if charged == 0:
        return len(lines) > 2 * len(bare)
    return 2 * sum(abs(line.charge or 0) for line in bare) <= charged
