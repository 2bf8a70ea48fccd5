"""Which papers would settle a finding, and which of them are already attached, a sentence for each."""

from __future__ import annotations

from collections.abc import Iterable

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Claim, Document, Evidence, Line, Payment, Statement


def itemised_bill(facts: BillFacts, lines: Iterable[Line]) -> str:
    """The itemized bill on which lines stand: by the lines' own links, else by a paper of that kind, else by statement.

    Links are looked for on the bill and on its itemized statements.
    """
    found: dict[int, Document] = {}
    for line in lines:
        for region in facts.case.of(Evidence, "line_id", line.id):
            _add(found, facts.papers("evidence", region.id, region.document_id))
        _add(found, facts.papers("line", line.id))
    if not found:
        _add(found, (paper for paper in facts.papers("bill", facts.bill.id) if paper.kind == "itemized_bill"))
    for statement in facts.statements:
        if statement.itemized and not found:
            _add(found, facts.papers("statement", statement.id, statement.document_id))
    return _sentence("The itemized bill", tuple(found.values()))


def statement_paper(facts: BillFacts, statement: Statement) -> str:
    """The paper of a statement."""
    papers = facts.papers("statement", statement.id, statement.document_id)
    return _sentence(f"The statement of {plain_day(statement.date)}", papers)


def eob_paper(facts: BillFacts, claim: Claim) -> str:
    """The paper of an EOB."""
    return _sentence(f"The {eob_name(claim)}", facts.papers("claim", claim.id, claim.document_id))


def payment_paper(facts: BillFacts, payment: Payment) -> str:
    """What proves a payment."""
    name = f"A receipt for the payment of {plain_day(payment.date)}"
    return _sentence(name, facts.papers("payment", payment.id, payment.document_id))


def eob_name(claim: Claim) -> str:
    """What an EOB is called in a sentence: by its claim number, else by its date."""
    if claim.number:
        return f"EOB for claim {claim.number}"
    return f"EOB of {plain_day(claim.date)}" if claim.date else "EOB"


def _add(found: dict[int, Document], papers: Iterable[Document]) -> None:
    found.update({paper.id: paper for paper in papers})


def _sentence(name: str, papers: tuple[Document, ...]) -> str:
    if not papers:
        return f"{name} would settle this; it is not attached yet."
    return f"{name} would settle this; attached: {', '.join(_shown(paper) for paper in papers)}."


def _shown(paper: Document) -> str:
    number = f" (paper {paper.paper_number})" if paper.paper_number else ""
    return f"“{paper.shown_title}”{number}"
