"""Everything that is known about one bill, gathered once and handed to every check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from medbills_desktop.checks.line_reading import ReadLines, read_line
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.claims_counted import CountedClaims, counted_claims
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import (
    Bill,
    Call,
    Claim,
    ClaimLine,
    Collection,
    Document,
    Estimate,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    Policy,
    Promise,
    Statement,
    Visit,
)


@dataclass(frozen=True)
class BillFacts:
    """One bill and all that belongs to it, read from a case on first use and kept.

    No check reads a clock, a file or the network: `today` is the day on which the checks are run. Records come in file
    order, statements oldest first.
    """

    case: Case
    bill: Bill
    today: Day

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return self.case.statements(self.bill.id)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that still stand on the bill: those that the biller removed are left out."""
        return tuple(line for line in self.all_lines if line.mark != "removed_by_biller")

    @cached_property
    def read(self) -> ReadLines:
        """The lines that still stand, in paper order, read into the form that compares."""
        return ReadLines(tuple(map(read_line, sorted(self.lines, key=lambda line: (line.position, line.id)))))

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        return self.case.lines(self.bill.id)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return self.case.claims(self.bill.id)

    @cached_property
    def counted(self) -> CountedClaims:
        """The claims sorted by whether their figures count now."""
        return counted_claims(self.case, self.bill)

    def claim_lines(self, claim: Claim) -> tuple[ClaimLine, ...]:
        return self.case.of(ClaimLine, "claim_id", claim.id)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        return self.case.of(Payment, "bill_id", self.bill.id)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return self.case.of(Offer, "bill_id", self.bill.id)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        return self.case.of(Letter, "bill_id", self.bill.id)

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        return self.case.of(Collection, "bill_id", self.bill.id)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls about this bill that are in the case."""
        found = (self.case.find(Call, id) for id in self.case.call_ids(self.bill.id))  # noqa: A001
        return tuple(call for call in found if call is not None)

    def promises(self, call: Call) -> tuple[Promise, ...]:
        return self.case.of(Promise, "call_id", call.id)

    @cached_property
    def visit(self) -> Visit | None:
        return self.case.find(Visit, self.bill.visit_id)

    @cached_property
    def biller(self) -> Organization | None:
        return self.case.find(Organization, self.bill.biller_id)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The patient's policies."""
        return self.case.of(Policy, "person_id", self.bill.person_id)

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """What was quoted before the visit, by whomever."""
        visit = self.bill.visit_id
        return () if visit is None else self.case.of(Estimate, "visit_id", visit)

    def papers(self, kind: str, id: int, document_id: int | None = None) -> tuple[Document, ...]:  # noqa: A002
        """The papers of one record: the one that it names itself, then those linked to it."""
        wanted = [document_id, *(link.document_id for link in self.case.links_to(kind, id))]
        found = (self.case.find(Document, one) for one in dict.fromkeys(wanted))
        return tuple(paper for paper in found if paper is not None)
