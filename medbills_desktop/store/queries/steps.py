"""The next step of every bill that is open, each in one sentence with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.itemized_bill import ItemizedBill, itemized_bill
from medbills_desktop.domain.next_step import NextStep, StepFacts, next_step
from medbills_desktop.domain.points import ChosenFinding, points_of
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    CallBill,
    Claim,
    ClaimLine,
    Document,
    DocumentLink,
    Estimate,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    Person,
    PointAnswer,
    Policy,
    Promise,
    Record,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.domain.records import (
    Collection as CollectionNotice,
)
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import CLOSED, clocks_of_bill
from medbills_desktop.store.queries.clocks import CLOCK_KINDS
from medbills_desktop.store.queries.itemized import ITEMIZED_KINDS
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.reader import Reader

STEP_KINDS = (
    CLOCK_KINDS
    | ITEMIZED_KINDS
    | {kind.KIND for kind in (AssistancePaper, Line, Offer, Payment, Person, PointAnswer, Task)}
)
"""Kinds of record that a next step follows from, apart from findings."""

_OF_BILL: tuple[type[Record], ...] = (
    Statement,
    Line,
    Claim,
    Payment,
    Offer,
    Letter,
    Assistance,
    CollectionNotice,
    PointAnswer,
    CallBill,
    Task,
)


@dataclass(frozen=True, slots=True)
class FoundOnBill:
    """What the checks found on a bill: how many findings wait for a decision, and those that became points."""

    open: int = 0
    chosen: tuple[ChosenFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class StepRow:
    """A bill on which there is something to do or to wait for, with its next step; `whom` is the name of the one to call, empty for the biller."""

    bill_id: int
    biller: str
    patient: str
    account_number: str | None
    step: NextStep
    whom: str = ""


@dataclass(frozen=True, slots=True)
class ListNextSteps:
    """The next step of every bill that has one, or of the named ones, in the order of entry.

    `found` is what the checks found, by bill; a bill that is not in it has not been checked yet.
    """

    today: Day
    found: Mapping[int, FoundOnBill] = field(default_factory=dict)
    bill_ids: Collection[int] | None = None

    def __call__(self, reader: Reader) -> list[StepRow]:
        case, cards = read_for_steps(reader, self.bill_ids), CardsOn()(reader)
        rows = []
        for bill in case.all(Bill):
            step = next_step(self._facts(case, bill, cards))
            if step is not None:
                biller, patient = case.get(Organization, bill.biller_id), case.get(Person, bill.person_id)
                whom = case.find(Organization, step.with_id)
                name = whom.name if whom else ""
                rows.append(StepRow(bill.id, biller.name, patient.name, bill.account_number, step, name))
        return rows

    def _facts(self, case: Case, bill: Bill, cards: Mapping[str, RuleCard]) -> StepFacts:
        if bill.status in CLOSED:
            return StepFacts(case, bill, self.today, clocks_of_bill(case, bill, cards), ItemizedBill("held"))
        found = self.found.get(bill.id, FoundOnBill())
        points = points_of(case, bill.id, found.chosen)
        return StepFacts(
            case=case,
            bill=bill,
            today=self.today,
            clocks=clocks_of_bill(case, bill, cards),
            itemized=itemized_bill(case, bill.id, self.today, cards=cards),
            open_findings=found.open,
            unanswered_points=sum(point.waits and point.asked is not None for point in points),
            unasked_points=sum(point.waits and point.asked is None for point in points),
        )


def read_for_steps(reader: Reader, bill_ids: Collection[int] | None = None) -> Case:
    """All bills or the named ones, with all that their next steps and clocks follow from."""
    bills = reader.find(Bill) if bill_ids is None else reader.find_any(Bill, "id", bill_ids)
    ids = {bill.id for bill in bills}
    visits = {bill.visit_id for bill in bills if bill.visit_id}
    of_bill: dict[type[Record], list[Record]] = {kind: list(reader.find_any(kind, "bill_id", ids)) for kind in _OF_BILL}
    claims = {one.id for one in of_bill[Claim]}
    calls = {one.call_id for one in of_bill[CallBill] if isinstance(one, CallBill)}
    applications = {one.id for one in of_bill[Assistance]}
    papers = _papers(reader, ids, [one for one in of_bill[Statement] if isinstance(one, Statement)])
    found: chain[Record] = chain(
        reader.find(Person),
        reader.find(Organization),
        reader.find(Policy),
        reader.find_any(Visit, "id", visits),
        bills,
        *of_bill.values(),
        reader.find_any(ClaimLine, "claim_id", claims),
        reader.find_any(Appeal, "claim_id", claims),
        reader.find_any(AssistancePaper, "assistance_id", applications),
        reader.find_any(Estimate, "visit_id", visits),
        reader.find_any(Call, "id", calls),
        reader.find_any(Promise, "call_id", calls),
        papers,
    )
    return case_of(found)


def _papers(reader: Reader, bill_ids: Collection[int], statements: Collection[Statement]) -> list[Record]:
    """The papers of the bills and their statements, with the links between them: among them the itemized bills."""
    links = [one for one in reader.find_any(DocumentLink, "target_id", bill_ids) if one.type == "bill"]
    stated = reader.find_any(DocumentLink, "target_id", {one.id for one in statements})
    links += [one for one in stated if one.type == "statement"]
    wanted = {one.document_id for one in links} | {one.document_id for one in statements if one.document_id}
    kept = [one for one in reader.find_any(Document, "id", wanted) if one.kind == "itemized_bill"]
    return [*kept, *links]
