"""Everything that the Assistance tab shows of a bill, read at once and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medbills_desktop.domain.assistance_way import AssistanceCall, next_call
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import asked
from medbills_desktop.domain.poverty_share import PovertyShare, poverty_shares, what_is_missing, years_note
from medbills_desktop.domain.records import Assistance, AssistancePaper, Bill, Document, Organization
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import Clock, first_bill_day, hospital_windows
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.rule_cards import CardsOn, ReadableCards
from medbills_desktop.store.reader import Reader

WINDOWS = ("r.notify", "r.apply")


@dataclass(frozen=True, slots=True)
class AssistanceFacts:
    """What is known of assistance for one bill. `application` is the one that is shown, of `applications`."""

    case: Case
    bill: Bill
    hospital: Organization
    applications: tuple[Assistance, ...]
    application: Assistance | None
    papers: tuple[AssistancePaper, ...]
    copies: tuple[Document, ...]
    windows: tuple[Clock, ...]
    first_bill: Day | None
    shares: tuple[PovertyShare, ...]
    years: str
    missing: tuple[str, ...]
    mandates: tuple[RuleCard, ...]
    rules: tuple[RuleCard, ...]
    asked: Cents | None
    call: AssistanceCall | None
    today: Day


def read_assistance(reader: Reader, bill_id: int, chosen: int | None, today: Day) -> AssistanceFacts:
    """The facts of a bill; of several applications those of the `chosen` one, else of the latest."""
    case = load_bills(reader, {bill_id})
    bill = case.get(Bill, bill_id)
    found = case.of(Assistance, "bill_id", bill_id)
    application = next((one for one in found if one.id == chosen), found[-1] if found else None)
    hospital = case.get(Organization, (application.organization_id if application else None) or bill.biller_id)
    size = application.household_size if application else None
    income = application.annual_income if application else None
    day = (application.applied if application else None) or today
    cards, readable = CardsOn()(reader), ReadableCards()(reader)
    papers = case.of(AssistancePaper, "assistance_id", application.id) if application else ()
    copies = [case.find(Document, one.document_id) for one in papers]
    return AssistanceFacts(
        case=case,
        bill=bill,
        hospital=hospital,
        applications=found,
        application=application,
        papers=papers,
        copies=tuple(one for one in copies if one is not None),
        windows=tuple(hospital_windows(case, bill, cards, WINDOWS)),
        first_bill=first_bill_day(case, bill),
        shares=poverty_shares(hospital.state, size, income, day),
        years=years_note(hospital.state, day),
        missing=what_is_missing(size, income),
        mandates=_of_state(cards, hospital.state) if hospital.kind == "hospital" else (),
        rules=tuple(readable[name] for name in ("r.suspend", "r.refund") if name in readable),
        asked=asked(case, bill_id),
        call=next_call(case, application) if application else None,
        today=today,
    )


def _of_state(cards: Mapping[str, RuleCard], state: str | None) -> tuple[RuleCard, ...]:
    code = (state or "").strip().casefold()
    start = f"state.mandate.{code}"
    return tuple(card for name, card in cards.items() if code and (name == start or name.startswith(f"{start}.")))
