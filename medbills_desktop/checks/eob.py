"""The arithmetic of an EOB, on its lines and on its totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, count, sentence, sum_lines
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, ClaimLine, MoneyColumns, Policy
from medbills_desktop.domain.records.claims import MONEY_COLUMNS

_PARTS = ("deductible", "copay", "coinsurance")
_COLUMN_WORDS = {
    "billed": "billed",
    "discount": "discount",
    "plan_paid": "plan paid",
    "other_insurance_paid": "other insurance paid",
    "deductible": "deductible",
    "copay": "copay",
    "coinsurance": "coinsurance",
    "patient_responsibility": "your share",
}


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where the figures of one row part: what they come to, what is allowed, and the figures in order."""

    comes_to: int
    allowed: int
    terms: tuple[tuple[str, str, int], ...]

    @property
    def amount(self) -> int:
        return abs(self.comes_to - self.allowed)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What changes how the columns of an EOB are read: denied, out of network, from a secondary policy."""

    denied: bool
    out_of_network: bool
    secondary: bool


Equation = Callable[[MoneyColumns, _Setting], _Gap | None]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One equation of an EOB and how it is put in words; `key` stands for it in fingerprints."""

    key: str
    gap: Equation
    left_side: str
    verb: str
    verb_not: str
    ask: str


@check("eob-arithmetic", "fact")
def eob_arithmetic(facts: BillFacts) -> Iterator[Finding]:
    """Report EOBs whose columns don't add up to the allowed amount, a finding for each EOB and equation.

    The amount is that by which the totals part, or where the totals agree or aren't stated, the sum over the lines.
    EOBs that the insurer has withdrawn are passed over.
    """
    for claim in facts.claims:
        if claim in facts.counted.withdrawn:
            continue
        setting = _setting(facts, claim)
        for kind in _KINDS:
            of_lines = [
                (line, gap)
                for line in facts.claim_lines(claim)
                if (gap := kind.gap(line, replace(setting, denied=True) if line.denied else setting))
            ]
            of_total = kind.gap(claim, setting)
            if of_total or of_lines:
                yield _finding(facts, claim, kind, of_total, of_lines)


def _setting(facts: BillFacts, claim: Claim) -> _Setting:
    policy = facts.case.find(Policy, claim.policy_id)
    secondary = policy is not None and policy.order == "secondary"
    return _Setting(claim.status == "denied", claim.network == "out", secondary)


def _discount_gap(row: MoneyColumns, setting: _Setting) -> _Gap | None:
    """Billed − discount against allowed; agrees too where what is not covered has been taken off as well."""
    if row.billed is None or row.discount is None or row.allowed is None or (setting.denied and row.allowed == 0):
        return None
    readings = [row.billed - row.discount, row.billed - abs(row.discount)]
    readings += [reading - (row.not_covered or 0) for reading in readings]
    if row.allowed in readings:
        return None
    discount = row.discount if row.billed < 0 else abs(row.discount)
    return _Gap(row.billed - discount, row.allowed, (("", "billed", row.billed), ("−", "discount", discount)))


def _sharing_gap(row: MoneyColumns, setting: _Setting) -> _Gap | None:
    """Allowed against plan paid and the patient's deductible, copay and coinsurance.

    Where one of the three is not stated the patient's share stands for them. Other insurance counts where stated, but a
    secondary insurer may allow only what the first left. What is not covered may be inside or outside the allowed
    amount, and a denied or out-of-network EOB may share out the whole billed amount.
    """
    parts = [getattr(row, name) for name in _PARTS]
    names = _PARTS if None not in parts else ("patient_responsibility",)
    shares = [getattr(row, name) for name in names]
    if row.allowed is None or row.plan_paid is None or None in shares:
        return None
    plain = row.plan_paid + sum(shares)
    outside = (row.not_covered or 0) * (1 if names is _PARTS else -1)
    comes_to = plain + (row.other_insurance_paid or 0)
    readings = {base + extra for base in (comes_to, plain if setting.secondary else comes_to) for extra in (0, outside)}
    whole = setting.denied or setting.out_of_network
    if row.allowed in readings or (whole and row.billed is not None and row.billed in readings):
        return None
    columns = ["plan_paid", *names, *(["other_insurance_paid"] if row.other_insurance_paid else [])]
    terms = tuple(("+" if at else "", _COLUMN_WORDS[name], getattr(row, name)) for at, name in enumerate(columns))
    return _Gap(comes_to, row.allowed, terms)


_KINDS = (
    _Kind(
        "discount",
        _discount_gap,
        "billed less discount",
        "comes",
        "does not",
        "Could you explain how the allowed amount was reached from the billed amount and the discount?",
    ),
    _Kind(
        "sharing",
        _sharing_gap,
        "what the plan paid and your part",
        "come",
        "do not",
        "Could you explain, line by line, how the allowed amount was split between the plan and me?",
    ),
)


def _finding(
    facts: BillFacts, claim: Claim, kind: _Kind, of_total: _Gap | None, of_lines: list[tuple[ClaimLine, _Gap]]
) -> Finding:
    amount = Cents(of_total.amount if of_total else sum(gap.amount for _, gap in of_lines))
    name = eob_name(claim)
    if of_total or len(of_lines) == 1:
        gap = of_total or of_lines[0][1]
        place = "On the" if of_total else "On one line of the"
        title = (
            f"{place} {name} {kind.left_side} {kind.verb} to {dollars(gap.comes_to)}, "
            f"but {dollars(gap.allowed)} is allowed: "
            f"{dollars(gap.amount)} {'more' if gap.comes_to > gap.allowed else 'less'}."
        )
    else:
        number = count(len(of_lines), "line", "lines")
        title = (
            f"On {number} of the {name} {kind.left_side} {kind.verb_not} come to the allowed amount: "
            f"{dollars(amount)} in all."
        )
    sums = [_explained("Totals", of_total)] if of_total else []
    sums += [_explained(_line_name(line), gap) for line, gap in of_lines]
    return Finding(
        check="eob-arithmetic",
        level="fact",
        bill_id=facts.bill.id,
        claim_ids=(claim.id,),
        amount=amount,
        title=title,
        explanation="\n".join(sums),
        ask=f"About the {name}: {kind.ask[0].lower()}{kind.ask[1:]}",
        evidence=(eob_paper(facts, claim),),
        fingerprint=fingerprint("eob-arithmetic", kind.key, claim.number, claim.date, *_inputs(facts, claim)),
    )


def _explained(heading: str, gap: _Gap) -> str:
    rows: list[Row] = [*gap.terms, ("=", "together", gap.comes_to), ("", "allowed", gap.allowed)]
    return f"{sentence(heading)}:\n{sum_lines([*rows, ('', 'difference', gap.amount)])}"


def _line_name(line: ClaimLine) -> str:
    words = [line.description or line.code or "one line"]
    if line.date:
        words.append(f"on {plain_day(line.date.day)}")
    return " ".join(words)


def _inputs(facts: BillFacts, claim: Claim) -> tuple[tuple[Cents | None, ...], ...]:
    """The money columns of the totals and of the lines, the lines in an order of their own."""
    lines = [_values(line) for line in facts.claim_lines(claim)]
    return _values(claim), *sorted(lines, key=lambda row: [(value is not None, value or 0) for value in row])


def _values(row: MoneyColumns) -> tuple[Cents | None, ...]:
    return tuple(getattr(row, name) for name in MONEY_COLUMNS)
