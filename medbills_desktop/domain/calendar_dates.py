"""The days that belong into a person's own calendar: deadlines, promises, tasks, answers and offers, from today on.

A title names the biller and what is due and nothing else, since calendars are shared and shown on lock screens; what it
is about stands in the detail, which goes along only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from medbills_desktop.domain.assistance_way import next_call
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_templates import kind_name
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import (
    Assistance,
    Authorization,
    Bill,
    Call,
    CallBill,
    Letter,
    Offer,
    Organization,
    Person,
    Promise,
    Task,
)
from medbills_desktop.domain.rules.clock_words import cited, counted_words
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import CLOSED, Clock, clocks_of_bill, counts_still


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One whole day. `key` names what it comes from and stays the same when the day moves, so that a calendar which
    takes the file in again moves its entry.
    """

    key: str
    day: Day
    who: str
    what: str
    detail: str
    bill_id: int | None = None

    @property
    def title(self) -> str:
        """`Lakeside Hospital: an offer ends`."""
        return f"{self.who}: {self.what}" if self.who else f"{self.what[:1].upper()}{self.what[1:]}"


def calendar_dates(case: Case, cards: Mapping[str, RuleCard], today: Day) -> tuple[CalendarDate, ...]:
    """All that is due from today on, in the order of the days; of bills that are done with only what came since."""
    found = [*_tasks(case), *_promises(case), *_helpers(case)]
    for bill in case.all(Bill):
        found += [*_clocks(case, bill, cards), *_letters(case, bill)]
        if bill.status not in CLOSED:
            found += [*_offers(case, bill), *_aid(case, bill)]
    return tuple(sorted((one for one in found if one.day >= today), key=lambda one: (one.day, one.title, one.key)))


def _tasks(case: Case) -> Iterator[CalendarDate]:
    for task in case.all(Task):
        bill = case.find(Bill, task.bill_id)
        if task.due and not task.done:
            yield _date(case, f"task-{task.id}", task.due, bill, "a task of yours", task.text)


def _helpers(case: Case) -> Iterator[CalendarDate]:
    for one in case.all(Authorization):
        helper, patient = case.find(Organization, one.helper_id), case.find(Person, one.person_id)
        if one.ends and not one.revoked and helper and patient:
            detail = f"{helper.name} may speak for {patient.name} until then."
            yield _date(case, f"helper-{one.id}", one.ends, None, "a helper's authorization ends", detail, helper)


def _promises(case: Case) -> Iterator[CalendarDate]:
    for promise in case.all(Promise):
        if not promise.due or promise.status not in (None, "open"):
            continue
        call = case.find(Call, promise.call_id)
        links = case.of(CallBill, "call_id", promise.call_id)
        bills = [bill for link in links if (bill := case.find(Bill, link.bill_id))]
        if bills and not any(counts_still(case, bill, call.started.day if call else None) for bill in bills):
            continue
        whom = case.find(Organization, call.organization_id if call else None)
        detail = f"They promised: {' '.join(promise.text.split())}"
        bill = bills[0] if bills else None
        yield _date(case, f"promise-{promise.id}", promise.due, bill, "a promise is due", detail, whom)


def _clocks(case: Case, bill: Bill, cards: Mapping[str, RuleCard]) -> Iterator[CalendarDate]:
    for clock in clocks_of_bill(case, bill, cards):
        if clock.deadline is None or _by_letter(case, clock):
            continue
        mine = clock.card.whose == "you"
        what = f"last day, {_lowered(clock.card.name)}" if mine else "an answer of theirs is due"
        name = clock.card.name.rstrip(".")
        doubt = f" {clock.deadline.doubt}" if clock.deadline.doubt else ""
        detail = f"{name}. {counted_words(clock)}{doubt} {cited(clock.card)} Information, not legal advice."
        key = f"clock-{clock.card.id}-{clock.about[0]}-{clock.about[1]}"
        yield _date(case, key, clock.deadline.due, bill, what, detail)


def _by_letter(case: Case, clock: Clock) -> bool:
    """Whether the answer to this letter is there by the day that the letter itself names."""
    letter = case.find(Letter, clock.about[1]) if clock.about[0] == "letter" else None
    return letter is not None and letter.reply_due is not None


def _letters(case: Case, bill: Bill) -> Iterator[CalendarDate]:
    letters = case.of(Letter, "bill_id", bill.id)
    answered = {one.answers_to_id for one in letters if one.status == "received"}
    for letter in letters:
        if letter.status != "sent" or letter.id in answered or not letter.reply_due:
            continue
        if not counts_still(case, bill, letter.date):
            continue
        whom = case.find(Organization, letter.recipient_id)
        detail = f"Letter: {' '.join((letter.subject or '').split()) or kind_name(letter.kind)}"
        what = "the answer to your letter is due"
        yield _date(case, f"letter-{letter.id}", letter.reply_due, bill, what, detail, whom)


def _offers(case: Case, bill: Bill) -> Iterator[CalendarDate]:
    for offer in case.of(Offer, "bill_id", bill.id):
        if offer.expires and offer.status in (None, "open"):
            what = "your offer ends" if offer.direction == "from_me" else "an offer ends"
            yield _date(case, f"offer-ends-{offer.id}", offer.expires, bill, what, f"Offer of {dollars(offer.amount)}")
        if offer.pay_by and offer.status == "accepted":
            detail = f"Agreed amount: {dollars(offer.amount)}"
            if not offer.written_confirmation:
                detail += ". No written confirmation is noted yet"
            yield _date(case, f"offer-due-{offer.id}", offer.pay_by, bill, "day of the agreement", detail)


def _aid(case: Case, bill: Bill) -> Iterator[CalendarDate]:
    for one in case.of(Assistance, "bill_id", bill.id):
        if call := next_call(case, one):
            yield _date(case, f"application-{one.id}", call.first, bill, "time to ask how it stands", call.sentence)


def _date(
    case: Case, key: str, day: Day, bill: Bill | None, what: str, detail: str, whom: Organization | None = None
) -> CalendarDate:
    biller = whom or case.find(Organization, bill.biller_id if bill else None)
    patient = case.find(Person, bill.person_id) if bill else None
    account = f"Account {bill.account_number}" if bill and bill.account_number else ""
    about = " · ".join(part for part in (patient.name if patient else "", account) if part)
    detail = " ".join(detail.split())
    return CalendarDate(
        key, day, biller.name if biller else "", what, f"{detail}\n{about}".strip(), bill.id if bill else None
    )


def _lowered(name: str) -> str:
    """A name of a rule inside a title, where its first word is no abbreviation."""
    first = name.split(" ", 1)[0]
    return name.rstrip(".") if first.isupper() else f"{name[:1].lower()}{name[1:]}".rstrip(".")
