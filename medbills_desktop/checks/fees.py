"""Fees for paying late, for billing again or for collection, standing among the charges for care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, on_day, words_of
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line

_WORDS = re.compile(
    r"\b(?:late (?:payment )?(?:fee|charge|penalty)|finance (?:fee|charge)|interest (?:fee|charge)|"
    r"(?:re ?billing|statement|collection|collections|past due|delinquency) (?:fee|charge|cost)|"
    r"late pmt (?:fee|chg)|finance chg|returned (?:check|payment) (?:fee|charge))s?\b"
)
"""Names of such fees, looked for in the printed name without case and punctuation."""

_SAMPLES = re.compile(
    r"\b(?:specimen|sample|blood|venous|venipuncture|phlebotomy|capillary|urine|stool|sputum|swab|saliva|tissue|marrow|"
    r"cell|cells|plasma|lab|laboratory|handling|covid\w*)\b"
)
"""Words that tell of the collection of a sample, which is care."""


@check("late-fee", "question")
def late_fee(facts: BillFacts) -> Iterator[Finding]:
    """Report lines whose printed name is that of a late, finance, rebilling or collection fee, credits aside.

    The collection of a blood sample and the like is care.
    """
    for read in facts.read.lines:
        if (read.line.charge is None or read.line.charge > 0) and _is_fee(read.name.words):
            yield _finding(facts, read.line)


@lru_cache(maxsize=8192)
def _is_fee(words: str) -> bool:
    found = _WORDS.search(words)
    return bool(found) and not ("collection" in words and _SAMPLES.search(words))


def _finding(facts: BillFacts, line: Line) -> Finding:
    of = f" of {dollars(line.charge)}" if line.charge else ""
    return Finding(
        check="late-fee",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=line.charge,
        title=f"{named(line)}{of} stands among the charges{on_day(line)}.",
        explanation="A fee for paying late or for collection is no charge for care. "
        "It needs a reason: a paper that was agreed to, or a rule of the state.",
        ask=f"What is {named(line)}{of} based on? Could you take it off while the bill is being reviewed?",
        evidence=(itemised_bill(facts, (line,)), "The paper that was signed before care would settle this."),
        fingerprint=fingerprint("late-fee", words_of(line), line.date, line.charge),
    )
