"""What each difference on the money page means in a plain sentence, whom to call about it, and what to ask.

The program asks, it never accuses: a piece says which two figures differ, not whose fault it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_parting import Piece, pieces
from medbills_desktop.domain.money_views import MoneyViews, asked_statement, money_views
from medbills_desktop.domain.records import Bill, Claim, Collection, Organization, Policy, Visit

Role = Literal["billing_office", "member_line", "collector"]
ROLES: dict[Role, str] = {
    "billing_office": "the billing office of {name}",
    "member_line": "the member line of {name}",
    "collector": "the collector {name}",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: an organization in a role, its phone number if it is entered, and what they will ask for."""

    role: Role
    organization_id: int
    name: str
    phone: str | None = None
    number: str = ""

    @property
    def sentence(self) -> str:
        """`Call the billing office of Example Hospital, 555-0100 (account 000123).`"""
        who = ROLES[self.role].format(name=self.name)
        phone = f", {self.phone}" if self.phone else ""
        number = f" ({self.number})" if self.number else ""
        return f"Call {who}{phone}{number}."


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps the sides apart. `amount` is in cents, `None` where none belongs to it.

    `part` marks those that together make up the difference; such a part is below zero where it makes the balance lower.
    """

    kind: str
    amount: Cents | None
    meaning: str
    question: str
    contact: Contact | None = None
    part: bool = False


def money_gaps(case: Case, bill_id: int, views: MoneyViews | None = None) -> tuple[Gap, ...]:
    """Everything that keeps the sides of a bill apart: first the pieces of the difference, then what is still open.

    Raises `KeyError` if the case has no such bill.
    """
    bill = case.get(Bill, bill_id)
    found = views or money_views(case, bill_id)
    biller = billing_office(case, bill)
    return (
        *_difference(case, bill, found, biller),
        *_undecided(case, bill, found, biller),
        *_not_covered(case, bill),
        *_disputed(found, biller),
        *_collectors(case, bill, found),
    )


def billing_office(case: Case, bill: Bill) -> Contact | None:
    """The biller's office that answers for the bill."""
    account = f"account {bill.account_number}" if bill.account_number else ""
    return _contact(case, "billing_office", bill.biller_id, account)


def _contact(case: Case, role: Role, organization_id: int | None, number: str) -> Contact | None:
    found = case.find(Organization, organization_id)
    return None if found is None else Contact(role, found.id, found.name, found.phone, number)


def _member_line(case: Case, policy_id: int | None, claim: Claim | None = None) -> Contact | None:
    policy = case.find(Policy, policy_id)
    if policy is None:
        return None
    numbers = [f"claim {claim.number}" if claim and claim.number else ""]
    numbers.append(f"member {policy.member_id}" if policy.member_id else "")
    return _contact(case, "member_line", policy.insurer_id, ", ".join(filter(None, numbers)))


def _difference(case: Case, bill: Bill, views: MoneyViews, biller: Contact | None) -> Iterator[Gap]:
    amount, statement = views.difference.amount, asked_statement(case, bill.id)
    if not amount or statement is None:
        return
    decided = [claim.date for claim in _counted(case, views) if claim.date is not None]
    if amount > 0 and decided and max(decided) > statement.date:
        day, newest = plain_day(statement.date), plain_day(max(decided))
        yield Gap(
            "older_statement",
            None,
            f"The statement of {day} is older than the EOB of {newest}, so the biller may not have known it yet.",
            f"The insurer decided on {newest}, after your statement of {day}. Could you send a new statement?",
            biller,
        )
    if amount < 0:
        yield _asks_less(views, amount, biller)
        return
    over = Cents(amount - (statement.balance or 0))
    if over > 0:
        yield from _overpaid(over, views, biller)
        return
    for piece in pieces(case, bill.id, views):
        meaning, question = _piece_words(piece)
        yield Gap(piece.kind, piece.effect, meaning, question, biller, part=True)


def _overpaid(over: Cents, views: MoneyViews, biller: Contact | None) -> Iterator[Gap]:
    """More was paid than the share: what is due back, and what is asked for on top of it."""
    share = dollars(views.insurer_says.your_share)
    yield Gap(
        "overpaid",
        over,
        f"By the EOBs and your payments you paid {dollars(over)} more than your share of {share}.",
        f"By the EOBs my share is {share} and I have paid {dollars(over)} more. When will that be sent back to me?",
        biller,
        part=True,
    )
    asked = views.provider_says.asked
    if asked:
        yield Gap(
            "asked_though_paid",
            asked,
            f"The biller still asks for {dollars(asked)} though your share is paid.",
            f"By the EOBs my share of {share} is paid. What are the {dollars(asked)} for?",
            biller,
            part=True,
        )


def _counted(case: Case, views: MoneyViews) -> list[Claim]:
    return [case.get(Claim, claim_id) for claim_id in views.insurer_says.claim_ids]


def _asks_less(views: MoneyViews, amount: Cents, biller: Contact | None) -> Gap:
    less, asked = dollars(Cents(-amount)), dollars(views.provider_says.asked)
    return Gap(
        "asks_less",
        amount,
        f"The biller asks for {less} less than the EOBs leave you. That may be a discount, or a bill that is not "
        "complete yet.",
        f"Is {asked} all that is asked for on this account, or will another bill follow?",
        biller,
        part=True,
    )


def _piece_words(piece: Piece) -> tuple[str, str]:
    """What a piece means, and what to ask about it."""
    step = dollars(Cents(abs(piece.effect)))
    so = f"{step} more is asked for that reason." if piece.effect > 0 else f"{step} less is asked for that reason."
    theirs, other = dollars(piece.theirs), dollars(piece.other)
    if piece.kind == "charges":
        return (
            f"The bill charges {theirs}, the EOBs are for {other}: {so}",
            f"The EOBs show charges of {other}, your bill {theirs}. Was everything on the bill sent to the insurer?",
        )
    if piece.kind == "adjustments":
        return (
            f"The EOBs take {other} off as discount, the statement takes off {theirs}: {so}",
            f"The EOBs show a discount of {other}; your statement takes off {theirs}. Could you take off the same?",
        )
    if piece.kind == "insurer_paid":
        return (
            f"The EOBs say that insurance paid {other}, the statement credits {theirs}: {so}",
            f"The EOBs show {other} paid to you; your statement credits {theirs}. Could you look for the payment?",
        )
    if piece.kind == "credits":
        return (
            f"By the EOBs {other} comes off as discount and insurer's payment, on the statement {theirs}: {so}",
            f"Discount and payment come to {other} on the EOBs and {theirs} on your statement. What makes them differ?",
        )
    if piece.kind == "patient_paid":
        return (
            f"By your payments {other} counts as paid, the statement credits {theirs}: {so}",
            f"I count {other} as paid on this account; your statement credits {theirs}. Could you send me the list of "
            "payments?",
        )
    side = "more" if piece.effect > 0 else "less"
    return (
        f"{step} {side} is asked than the figures entered here explain.",
        f"What is the {step} for that your statement's own figures don't show? Could you send the history of the "
        "account, with every charge, payment and adjustment?",
    )


def _undecided(case: Case, bill: Bill, views: MoneyViews, biller: Contact | None) -> Iterator[Gap]:
    """Why nothing can be compared yet, and who can tell."""
    eob = views.insurer_says
    name = biller.name if biller else "the biller"
    for claim_id in eob.pending_ids:
        claim = case.get(Claim, claim_id)
        yield Gap(
            "pending",
            None,
            "The insurer has not decided this claim yet, so what you owe is not known.",
            "When will this claim be decided, and is anything missing that you need from me or from the biller?",
            _member_line(case, claim.policy_id, claim),
        )
    if eob.pending_ids or views.provider_says.asked is None:
        return
    policies = case.of(Policy, "person_id", bill.person_id)
    if not eob.claim_ids and policies and not _pays_alone(case, bill):
        yield Gap(
            "no_eob",
            None,
            "No EOB is entered, so what the insurer decided is not known. If none came, ask whether the claim did.",
            f"Did you receive a claim from {name} for this visit? If so, could you send me the EOB?",
            _member_line(case, policies[0].id),
        )
    elif eob.claim_ids and eob.your_share is None and not any(True for _ in _not_covered(case, bill)):
        claim = case.get(Claim, eob.claim_ids[0])
        yield Gap(
            "no_share",
            None,
            "The EOBs entered here don't state your share.",
            "What is my share of this claim: deductible, copay, coinsurance and what is not covered?",
            _member_line(case, claim.policy_id, claim),
        )


def _pays_alone(case: Case, bill: Bill) -> bool:
    visit = case.find(Visit, bill.visit_id)
    return bool(visit and visit.self_pay)


def _not_covered(case: Case, bill: Bill) -> Iterator[Gap]:
    for claim in case.claims(bill.id):
        refused = stated_column(case, claim, "not_covered")
        if claim.status in ("reversed", "pending") or not (claim.status == "denied" or (refused or 0) > 0):
            continue
        what = f"does not cover {dollars(refused)} of this claim" if refused else "denied this claim"
        until = f" An appeal is open until {plain_day(claim.appeal_deadline)}." if claim.appeal_deadline else ""
        amount = refused if refused and refused > 0 else None
        yield Gap(
            "not_covered",
            amount,
            f"The insurer {what}. Ask why before you pay it.{until}",
            f"Why {'was this claim denied' if not amount else f'are {dollars(amount)} of this claim not covered'}? "
            "Which rule of the plan is it, and how and until when can I appeal?",
            _member_line(case, claim.policy_id, claim),
        )


def _disputed(views: MoneyViews, biller: Contact | None) -> Iterator[Gap]:
    disputed = views.i_say.disputed
    if disputed:
        yield Gap(
            "disputed",
            disputed,
            f"You dispute {dollars(disputed)} on the lines. That stays open until the biller has answered.",
            f"I have questions about {dollars(disputed)} of the charges. Who can go through them with me line by line?",
            biller,
        )


def _collectors(case: Case, bill: Bill, views: MoneyViews) -> Iterator[Gap]:
    asked = views.provider_says.asked
    for placed in case.of(Collection, "bill_id", bill.id):
        if placed.amount is None or asked is None or placed.amount == asked:
            continue
        step = dollars(Cents(abs(placed.amount - asked)))
        side = "more" if placed.amount > asked else "less"
        number = f"reference {placed.reference}" if placed.reference else ""
        yield Gap(
            "collector",
            Cents(abs(placed.amount - asked)),
            f"The collector asks for {dollars(placed.amount)}, the biller's last statement for {dollars(asked)}: "
            f"{step} {side}.",
            f"What does your {dollars(placed.amount)} consist of? The last statement I have asks for {dollars(asked)}.",
            _contact(case, "collector", placed.collector_id, number),
        )
