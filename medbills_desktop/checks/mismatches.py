"""The lines of the bill against the lines of its EOBs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_pairs import Pair, differing_pairs
from medbills_desktop.checks.papers_held import eob_name, eob_paper, itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, number_text, on_day, on_one_line, service_key
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, ClaimLine


@check("bill-eob-line-mismatch", "strong")
def bill_eob_line_mismatch(facts: BillFacts) -> Iterator[Finding]:
    """Report lines that stand on the bill and on an EOB with another code, number of units, charge or date.

    Only lines that belong together beyond doubt are compared (see `line_pairs`). The EOBs of each policy are taken
    together; those withdrawn are passed over. The amount is that by which the charges differ.
    """
    if not facts.lines or not facts.claims:
        return
    by_policy: dict[int, list[Claim]] = {}
    for claim in facts.claims:
        if claim not in facts.counted.withdrawn:
            by_policy.setdefault(claim.policy_id, []).append(claim)
    for claims in by_policy.values():
        rows = [row for claim in claims for row in facts.claim_lines(claim) if row.billed]
        if rows:
            of = {claim.id: claim for claim in claims}
            for pair in differing_pairs(facts.lines, rows):
                yield _finding(facts, of[pair.row.claim_id], pair)


def _finding(facts: BillFacts, claim: Claim, pair: Pair) -> Finding:
    line, row = pair.line, pair.row
    differs = [_words(pair, field) for field in pair.fields]
    shown = ", ".join(f"{bill} on the bill, {eob} on the EOB" for bill, eob in differs)
    amount = Cents(abs((line.charge or 0) - (row.billed or 0))) if "charge" in pair.fields else None
    return Finding(
        check="bill-eob-line-mismatch",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        claim_ids=(claim.id,),
        amount=amount,
        title=f"{named(line)}{on_day(line)}: {shown}.",
        explanation="\n".join(
            [
                *(
                    f"{field.capitalize()}: {bill} on the bill, {eob} on the {eob_name(claim)}."
                    for field, (bill, eob) in zip(pair.fields, differs, strict=True)
                ),
                "The insurer decides on what it was sent, so both papers should show the same line.",
            ]
        ),
        ask=f"Which is right for {named(line)}{on_day(line)}: {' and '.join(bill for bill, _ in differs)}, or "
        f"{' and '.join(eob for _, eob in differs)} as on the {eob_name(claim)}? Could the other paper be corrected?",
        evidence=(itemised_bill(facts, (line,)), eob_paper(facts, claim)),
        fingerprint=fingerprint(
            "bill-eob-line-mismatch",
            service_key(line),
            line.date,
            line.units,
            line.charge,
            row.code,
            row.date,
            row.units,
            row.billed,
        ),
    )


def _words(pair: Pair, field: str) -> tuple[str, str]:
    line, row = pair.line, pair.row
    if field == "code":
        return f"code {on_one_line(line.code) or '–'}", f"code {on_one_line(row.code) or '–'}"
    if field == "units":
        return _units(line.units), _units(row.units)
    if field == "charge":
        return dollars(line.charge), dollars(row.billed)
    return plain_day(line.date.day if line.date else None), _row_day(row)


def _units(units: Decimal | None) -> str:
    return f"{number_text(units or Decimal(0))} {'unit' if units == 1 else 'units'}"


def _row_day(row: ClaimLine) -> str:
    return plain_day(row.date.day if row.date else None)
