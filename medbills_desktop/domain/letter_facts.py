"""What the records of a bill say of the things that letters name beyond account, patient and statement.

Each fact is the text that stands in the letter, or empty where the records say nothing: then the letter has a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_history import chronology
from medbills_desktop.domain.letter_lines import price_lines
from medbills_desktop.domain.letter_promises import broken_promises
from medbills_desktop.domain.letter_templates import LetterWords
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import MoneyViews, asked_statement, money_views
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import (
    Assistance,
    Authorization,
    Bill,
    Call,
    Collection,
    Estimate,
    Letter,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Visit,
)
from medbills_desktop.domain.rules.running import ESTIMATE_MARGIN

DISPUTES = frozenset({"billing_dispute", "bill_questions", "second_dispute", "rebill_request"})
"""Kinds of letter that a second letter looks back on."""


def more_facts(case: Case, bill_id: int, words: LetterWords) -> dict[str, str]:
    """Every further fact by its name in the templates."""
    found: dict[str, str] = {}
    for group in _GROUPS:
        found.update(group(case, case.get(Bill, bill_id), words))
    return found


def _parties(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    visit = case.find(Visit, bill.visit_id)
    policy, patient = bill_policy(case, bill), case.find(Person, bill.person_id)
    return {
        "provider": _name(case, bill.biller_id),
        "facility": _name(case, visit.facility_id) if visit else "",
        "insurer": _name(case, policy.insurer_id) if policy else "",
        "member_id": (policy.member_id or "").strip() if policy else "",
        "group_number": (policy.group_number or "").strip() if policy else "",
        "birth_date": _day(patient.date_of_birth if patient else None, words),
        "original_creditor": _name(case, bill.biller_id),
        "self_pay": words.texts["self_pay"] if visit and visit.self_pay else "",
    } | _denial(case, bill, words)


def bill_policy(case: Case, bill: Bill) -> Policy | None:
    """The policy of the bill's EOBs, else the patient's only one: of two nobody knows which."""
    billed = [policy for claim in case.claims(bill.id) if (policy := case.find(Policy, claim.policy_id))]
    own = case.of(Policy, "person_id", bill.person_id)
    first = [policy for policy in billed if policy.order != "secondary"] or billed
    if first:
        return first[-1]
    return own[0] if len(own) == 1 else None


def latest_placement(case: Case, bill: Bill) -> Collection | None:
    """The collector's latest notice about a bill."""
    placements = case.of(Collection, "bill_id", bill.id)
    return max(placements, key=lambda one: one.notice_date or one.notice_received or date.min, default=None)


def latest_call(case: Case, bill: Bill) -> Call | None:
    """The latest entry of the contact log about a bill."""
    calls = [call for one in case.call_ids(bill.id) if (call := case.find(Call, one))]
    return max(calls, key=lambda call: call.started, default=None)


def _denial(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    denied = [claim for claim in case.claims(bill.id) if claim.status == "denied"]
    latest = max(denied, key=lambda claim: claim.date or date.min, default=None)
    return {"denial_day": _day(latest.date if latest else None, words)}


def _money(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    views: MoneyViews = money_views(case, bill.id)
    statement = asked_statement(case, bill.id)
    paid, share = views.i_say.paid, views.insurer_says.your_share
    back = Cents(paid - share) if paid is not None and share is not None and paid > share else None
    payments = sorted(case.of(Payment, "bill_id", bill.id), key=lambda one: one.date)
    return {
        "billed": dollars(statement.total_charges, "") if statement else "",
        "insurer_share": dollars(share, ""),
        "disputed": _some(views.lines.disputed),
        "accepted": _some(views.lines.accepted),
        "paid": _some(paid),
        "refund": dollars(back, ""),
        "payments": "; ".join(
            words.say("payment", amount=dollars(one.amount), day=words.day(one.date))
            for one in payments
            if not came_back(one)
        ),
    } | _estimate(case, bill, words)


def _estimate(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    every = case.of(Estimate, "visit_id", bill.visit_id) if bill.visit_id else ()
    own = [one for one in every if one.kind == "good_faith_estimate" and one.provider_id == bill.biller_id]
    latest = max(own, key=lambda one: one.date or date.min, default=None)
    statement = asked_statement(case, bill.id)
    over = None
    if latest and latest.amount is not None and statement and statement.total_charges is not None:
        over = statement.total_charges - latest.amount
    return {
        "estimate_amount": dollars(latest.amount, "") if latest else "",
        "estimate_day": _day(latest.date if latest else None, words),
        "over_estimate": dollars(over) if over is not None and over >= ESTIMATE_MARGIN else "",
    }


def _collector(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    latest = latest_placement(case, bill)
    if latest is None:
        return {}
    return {
        "collector_reference": (latest.reference or "").strip(),
        "notice_day": _day(latest.notice_date, words),
        "notice_amount": dollars(latest.amount, ""),
    }


def _offers(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    offers = sorted(case.of(Offer, "bill_id", bill.id), key=lambda one: one.date)
    agreed = [one for one in offers if one.status == "accepted"]
    mine = [one for one in offers if one.direction == "from_me" and one.status in (None, "open")]
    theirs = [one for one in offers if one.direction == "from_them"]
    one = next(iter([*agreed[-1:], *mine[-1:]]), None)
    found = {"their_offer": dollars(theirs[-1].amount) if theirs else ""}
    if one is not None:
        found |= {
            "offer_amount": dollars(one.amount),
            "offer_basis": (one.basis or "").strip().rstrip("."),
            "offer_expires": _day(one.expires, words),
            "pay_by": _day(one.pay_by, words),
            "monthly": dollars(one.installment_amount, ""),
        }
    return found


def _last_call(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    latest = latest_call(case, bill)
    if latest is None:
        return {}
    promises = case.of(Promise, "call_id", latest.id)
    name, number = (latest.representative or "").strip(), (latest.representative_id or "").strip()
    return {
        "call_day": words.day(latest.started.day),
        "call_time": words.clock(latest.started.time) if latest.started.time else "",
        "representative": words.say("with_id", name=name, number=number) if name and number else name or number,
        "reference_number": (latest.reference_number or "").strip(),
        "said": (latest.said or "").strip(),
        "promises": "\n".join(f"• {_promise(one, words)}" for one in promises),
    }


def _broken(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    return {"broken_promises": "\n\n".join(broken_promises(case, bill.id, words))}


def _promise(promise: Promise, words: LetterWords) -> str:
    text = " ".join(promise.text.split()).rstrip(".")
    return words.say("promise_until", text=text, day=words.day(promise.due)) if promise.due else text


def _letters(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    letters = [one for one in case.of(Letter, "bill_id", bill.id) if one.date]
    sent = [one.date for one in letters if one.status == "sent" and one.kind in DISPUTES and one.date]
    disputes = {one.id for one in letters if one.status == "sent" and one.kind in DISPUTES}
    came = [one.date for one in letters if one.status == "received" and one.date and one.answers_to_id in disputes]
    return {
        "first_letter_day": _day(min(sent, default=None), words),
        "reply_day": _day(max(came, default=None), words),
    }


def _assistance(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    found = case.of(Assistance, "bill_id", bill.id)
    if not found:
        return {}
    latest = found[-1]
    return {
        "application_day": _day(latest.applied, words),
        "decision_day": _day(latest.decided, words),
        "household_size": str(latest.household_size) if latest.household_size else "",
        "income": dollars(latest.annual_income, ""),
    }


def _history(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    return {"chronology": chronology(case, bill, words), "prices": price_lines(case, bill, words)}


def _helper(case: Case, bill: Bill, words: LetterWords) -> dict[str, str]:
    """Whom the patient lets speak: the newest authorization that was not taken back."""
    given = [one for one in case.of(Authorization, "person_id", bill.person_id) if one.revoked is None]
    if not given:
        return {}
    helper = case.find(Organization, given[-1].helper_id)
    return {
        "helper": helper.name.strip() if helper else "",
        "helper_address": ", ".join((helper.address or "").split("\n")).strip() if helper else "",
        "helper_scope": (given[-1].scope or "").strip().rstrip("."),
        "helper_until": _day(given[-1].ends, words),
    }


def _name(case: Case, organization_id: int | None) -> str:
    found = case.find(Organization, organization_id)
    return found.name.strip() if found else ""


def _some(amount: Cents | None) -> str:
    """An amount that there is something of; nobody questions or accepts nothing."""
    return dollars(amount) if amount is not None and amount > 0 else ""


def _day(day: Day | None, words: LetterWords) -> str:
    return words.day(day) if day else ""


_GROUPS: tuple[Callable[[Case, Bill, LetterWords], dict[str, str]], ...] = (
    _parties,
    _money,
    _collector,
    _offers,
    _last_call,
    _broken,
    _letters,
    _assistance,
    _history,
    _helper,
)
