"""Bills that stand beside one another: the same service on two bills of a visit, and a statement that came again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from medbills_desktop.checks.duplicates import ASSISTANTS, REPEATS, SIDES
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids
from medbills_desktop.checks.papers_held import itemised_bill, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count
from medbills_desktop.domain.charge_history import MANY_THINGS
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Bill, Line, Organization, Statement

_HOUSES = frozenset({"hospital", "facility"})
_CLINICIANS = frozenset({"physician", "imaging", "dental"})

Pair = tuple[ReadLine, ReadLine]


@check("duplicate-across-bills", "question", "info")
def duplicate_across_bills(facts: BillFacts) -> Iterator[Finding]:
    """Report services with the same code and day on this bill and an earlier one of the same visit.

    Of two bills the later one has the finding. A house and a clinician normally both bill one service, each a part:
    then for information. Silent where modifiers say that the services are two, for codes under which many things are
    billed, for own codes of two billers, and for two papers of one account (see `repeat-statement`).
    """
    if facts.bill.visit_id is None or not facts.read.codes - {""}:
        return
    mine = _by_key(facts.read.lines)
    for other in facts.case.of(Bill, "visit_id", facts.bill.visit_id):
        if _comes_before(facts, other, facts.bill) and not _same_account(other, facts.bill):
            theirs = _by_key(BillFacts(facts.case, other, facts.today).read.lines)
            pairs = [(mine[key], theirs[key]) for key in sorted(mine.keys() & theirs.keys())]
            pairs = [pair for pair in pairs if _may_be_one(facts, other, pair)]
            if pairs:
                yield _across(facts, other, pairs)


def _by_key(lines: Iterable[ReadLine]) -> dict[tuple[str, date], ReadLine]:
    """The first line of each code and day."""
    found: dict[tuple[str, date], ReadLine] = {}
    for read in lines:
        if key := _key(read):
            found.setdefault(key, read)
    return found


def _key(read: ReadLine) -> tuple[str, date] | None:
    """Code and day of a line that is charged; `None` where one is missing or the code tells too little."""
    if not read.code or read.day is None or not read.charged or read.code in MANY_THINGS:
        return None
    return (read.code, read.day) if read.line.code_system != "revenue" else None


def _may_be_one(facts: BillFacts, other: Bill, pair: Pair) -> bool:
    mine, theirs = pair
    if "other" in (mine.line.code_system, theirs.line.code_system) and other.biller_id != facts.bill.biller_id:
        return False
    apart = REPEATS | ASSISTANTS | {"62", "66"}
    return apart.isdisjoint(mine.modifiers | theirs.modifiers) and mine.modifiers & SIDES == theirs.modifiers & SIDES


def _first_day(facts: BillFacts, bill: Bill) -> date:
    days = [statement.date for statement in facts.case.statements(bill.id)]
    return min([*days, *([bill.first_bill_date] if bill.first_bill_date else [])], default=date.max)


def _comes_before(facts: BillFacts, other: Bill, bill: Bill) -> bool:
    """Whether another bill came earlier; of two that came on one day, the one that stands first in the case."""
    return (_first_day(facts, other), other.id) < (_first_day(facts, bill), bill.id)


def _are_parts(one: Organization | None, other: Organization | None, pairs: list[Pair]) -> bool:
    kinds = {organization.kind for organization in (one, other) if organization}
    if kinds & _HOUSES and kinds & _CLINICIANS:
        return True
    return all(bool({"26", "TC"} & (mine.modifiers ^ theirs.modifiers)) for mine, theirs in pairs)


def _across(facts: BillFacts, other: Bill, pairs: list[Pair]) -> Finding:
    biller, theirs = facts.biller, facts.case.find(Organization, other.biller_id)
    parts = _are_parts(biller, theirs, pairs)
    names = [organization.name if organization else "the other biller" for organization in (biller, theirs)]
    lesser = Cents(sum(min(mine.line.charge or 0, that.line.charge or 0) for mine, that in pairs))
    first = pairs[0][0]
    what = f"Code {first.code}" if len(pairs) == 1 else count(len(pairs), "code", "codes")
    day = f" for {plain_day(first.day)}" if len({mine.day for mine, _ in pairs}) == 1 else ""
    rows = "\n".join(
        f"{mine.code}, {plain_day(mine.day)}: {dollars(mine.line.charge)} by {names[0]}, "
        f"{dollars(that.line.charge)} by {names[1]}"
        for mine, that in pairs
    )
    note = (
        "The house and the clinician normally send two bills for one service: one for the place, one for the person."
        if parts
        else "Two billers may each have done a part; it may also be one service on two bills."
    )
    mine_read, their_read = [mine for mine, _ in pairs], [that for _, that in pairs]
    looks = sorted(f"{a.code} {a.day} {a.line.charge} {b.line.charge}" for a, b in pairs)
    return Finding(
        check="duplicate-across-bills",
        level="info" if parts else "question",
        bill_id=facts.bill.id,
        line_ids=(*line_ids(mine_read), *line_ids(their_read)),
        amount=None if parts else lesser,
        title=f"{what}{day} {'stands' if len(pairs) == 1 else 'stand'} on two bills of this visit, from {names[0]} and "
        f"from {names[1]}{'; they are normally two bills' if parts else ''}.",
        explanation=f"{rows}\n{note}",
        ask=f"{what}{day} {'stands' if len(pairs) == 1 else 'stand'} on your bill and on that of {names[1]}. "
        "Which part of the service is yours?",
        evidence=(
            itemised_bill(facts, [read.line for read in mine_read]),
            _other_paper(facts, other, [read.line for read in their_read]),
        ),
        fingerprint=fingerprint("duplicate-across-bills", parts, tuple(looks)),
    )


def _other_paper(facts: BillFacts, other: Bill, lines: list[Line]) -> str:
    biller = facts.case.find(Organization, other.biller_id)
    paper = itemised_bill(BillFacts(facts.case, other, facts.today), lines)
    return paper.replace(
        "The itemized bill", f"The itemized bill of {biller.name if biller else 'the other biller'}", 1
    )


def _account(bill: Bill) -> str:
    return "".join(character for character in (bill.account_number or "") if character.isalnum()).upper()


def _same_account(one: Bill, other: Bill) -> bool:
    same = one.biller_id == other.biller_id and one.person_id == other.person_id
    return same and bool(_account(one)) and _account(one) == _account(other)


@check("repeat-statement", "info")
def repeat_statement(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill that is a follow-up of another one (same biller, account and patient), and a statement that was
    entered twice (same number and day).

    Of two the later one has the finding. Several statements of one bill are as it should be. Silent for accounts that
    stay the same over visits: where the two bills name two visits, or have lines of other days.
    """
    if _account(facts.bill):
        for other in facts.case.of(Bill, "biller_id", facts.bill.biller_id):
            if _same_account(other, facts.bill) and _comes_before(facts, other, facts.bill) and _one_care(facts, other):
                yield _follow_up(facts, other)
                break
    seen: dict[tuple[str, date], Statement] = {}
    for statement in facts.statements:
        number = (statement.number or "").strip().casefold()
        if not number:
            continue
        first = seen.setdefault((number, statement.date), statement)
        if first is not statement and _figures_agree(first, statement):
            yield _second_scan(facts, first, statement)


def _one_care(facts: BillFacts, other: Bill) -> bool:
    visits = {facts.bill.visit_id, other.visit_id} - {None}
    days = [
        {line.date.day for line in facts.case.lines(bill.id) if line.date is not None} for bill in (facts.bill, other)
    ]
    return len(visits) < 2 and (not days[0] or not days[1] or bool(days[0] & days[1]))


def _figures_agree(one: Statement, other: Statement) -> bool:
    names = ("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    return all(mine == theirs or None in (mine, theirs) for mine, theirs in pairs)


def _follow_up(facts: BillFacts, other: Bill) -> Finding:
    name = facts.biller.name if facts.biller else "this biller"
    account = (facts.bill.account_number or "").strip()
    latest, before = facts.statements[-1:], facts.case.statements(other.id)[-1:]
    dates = [plain_day(statement.date) for statement in (*before, *latest)]
    return Finding(
        check="repeat-statement",
        level="info",
        bill_id=facts.bill.id,
        amount=None,
        title=f"Account {account} of {name} is entered as two bills; this one looks like a follow-up statement.",
        explanation="Same biller, same account number, same patient"
        + (f"; statements of {' and '.join(dates)}." if len(dates) > 1 else ".")
        + "\nA follow-up asks for the same money again. Entered as a second bill it counts twice in your sums.",
        ask=f"Is the latest statement for account {account} a reminder of the earlier one, or are there new charges?",
        evidence=tuple(statement_paper(facts, statement) for statement in (*before, *latest))
        or ("Both papers side by side would settle this.",),
        statement_ids=tuple(statement.id for statement in (*before, *latest)),
        fingerprint=fingerprint("repeat-statement", _account(facts.bill), tuple(dates)),
    )


def _second_scan(facts: BillFacts, first: Statement, second: Statement) -> Finding:
    number = (second.number or "").strip()
    return Finding(
        check="repeat-statement",
        level="info",
        bill_id=facts.bill.id,
        amount=None,
        title=f"Statement {number} of {plain_day(second.date)} is entered twice; the second looks like another scan.",
        explanation=f"Both have the number {number} and the date {plain_day(second.date)}, and no figure of one parts "
        "from the other.",
        ask=f"Is there one statement with the number {number} of {plain_day(second.date)}, or are there two?",
        evidence=tuple(dict.fromkeys(statement_paper(facts, statement) for statement in (first, second))),
        statement_ids=(first.id, second.id),
        fingerprint=fingerprint("repeat-statement", number.casefold(), second.date, second.balance),
    )
