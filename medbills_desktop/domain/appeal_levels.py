"""The levels of an appeal by kind of plan, and which clock each of them starts from what the records say.

A card counts the days; this module only says which card, from which dates, on which record. The date that a notice
prints goes before every counted one (`Event.printed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Appeal, Claim, ClaimLine, Organization, Policy
from medbills_desktop.domain.records.keeping_on import AppealLevel
from medbills_desktop.domain.rules.deadlines import Event
from medbills_desktop.domain.rules.plan_kinds import PlanKind, plan_kind

WON = frozenset({"overturned", "withdrawn"})
"""Outcomes after which no further level is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: what it is called, who decides, and its cards (empty where the program has no rule for it).

    `filing` counts the days to ask for it, `decision` those of whoever decides, `urgent` where it can't wait. `letter`
    is the kind of letter that asks for it; a court needs a lawyer and has none.
    """

    level: AppealLevel
    name: str
    decides: str
    filing: str = ""
    decision: str = ""
    urgent: str = ""
    letter: str = ""


_MEDICARE_TOP = (
    Level(
        level="hearing",
        name="Hearing",
        decides="A judge of Medicare's appeals office",
        filing="mc.3",
        decision="mc.3d",
        letter="medicare_appeal",
    ),
    Level(
        level="council",
        name="Appeals Council",
        decides="The Medicare Appeals Council",
        filing="mc.4",
        decision="mc.4d",
        letter="medicare_appeal",
    ),
    Level(level="court", name="Court", decides="A federal court", filing="mc.5"),
)
_PLAN_TOP = tuple(replace(level, filing="", decision="") for level in _MEDICARE_TOP)
"""As with original Medicare, but the program has no card that counts their days for a plan."""

LEVELS: Mapping[PlanKind, tuple[Level, ...]] = {
    "private": (
        Level(
            level="internal",
            name="Internal appeal",
            decides="The plan",
            filing="ap.int.file",
            decision="ap.int.post",
            urgent="ap.int.urgent",
            letter="internal_appeal",
        ),
        Level(
            level="second_internal",
            name="Second internal appeal",
            decides="The plan, where it has a second level",
            decision="ap.int.post2",
            urgent="ap.int.urgent",
            letter="internal_appeal",
        ),
        Level(
            level="external",
            name="External review",
            decides="An independent reviewer",
            filing="ap.ext.file",
            decision="ap.ext.decide",
            urgent="ap.ext.urgent",
            letter="external_review",
        ),
        Level(level="court", name="Court", decides="A court"),
    ),
    "medicare": (
        Level(
            level="redetermination",
            name="Redetermination",
            decides="Medicare's contractor",
            filing="mc.1",
            decision="mc.1d",
            letter="medicare_appeal",
        ),
        Level(
            level="reconsideration",
            name="Reconsideration",
            decides="An independent contractor",
            filing="mc.2",
            decision="mc.2d",
            letter="medicare_appeal",
        ),
        *_MEDICARE_TOP,
    ),
    "medicare_advantage": (
        Level(
            level="reconsideration",
            name="Reconsideration by the plan",
            decides="The plan",
            filing="ma.1",
            decision="ma.1d",
            letter="medicare_appeal",
        ),
        Level(level="external", name="Independent review", decides="An independent contractor"),
        *_PLAN_TOP,
    ),
    "part_d": (
        Level(
            level="redetermination",
            name="Redetermination by the plan",
            decides="The drug plan",
            filing="pd.1",
            decision="pd.1d",
            letter="medicare_appeal",
        ),
        Level(
            level="reconsideration",
            name="Independent review",
            decides="An independent contractor",
            letter="medicare_appeal",
        ),
        *_PLAN_TOP,
    ),
    "medicaid": (
        Level(
            level="internal",
            name="Appeal to a Medicaid plan",
            decides="The plan, where one manages the care",
            filing="md.mco",
            decision="md.mcod",
            letter="medicare_appeal",
        ),
        Level(
            level="hearing",
            name="Fair hearing",
            decides="The state",
            filing="md.hear",
            decision="md.heard",
            letter="medicare_appeal",
        ),
    ),
    "tricare": (
        Level(
            level="reconsideration",
            name="Reconsideration",
            decides="TRICARE's contractor",
            filing="tri.1",
            letter="internal_appeal",
        ),
        Level(level="hearing", name="Hearing", decides="TRICARE", letter="internal_appeal"),
    ),
    "va": (),
    "unknown": (),
}
OTHER = Level(level="other", name="Appeal", decides="Whom the notice names", letter="internal_appeal")
"""A level that the notice describes and the program does not know."""

FIRST: Mapping[PlanKind, AppealLevel] = {"medicaid": "hearing"}
"""Where the first level is not the first of the list: only some have a plan whose appeal comes before the hearing."""

_OPTIONAL: frozenset[AppealLevel] = frozenset({"second_internal"})
"""Levels that only some plans have: no clock points to them by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealStart:
    """A card to start for a claim, from `event`, with the words for the date that is missing if none is there."""

    card_id: str
    level: AppealLevel
    about: tuple[str, int]
    event: Event
    missing: str


def kind_of_claim(case: Case, claim: Claim) -> PlanKind:
    """The kind of plan that decided a claim; `unknown` without a policy."""
    policy = case.find(Policy, claim.policy_id)
    return plan_kind(policy, case.find(Organization, policy.insurer_id)) if policy else "unknown"


def refused(case: Case, claim: Claim) -> bool:
    """Whether a claim was denied, or any line of it."""
    return claim.status == "denied" or any(line.denied for line in case.of(ClaimLine, "claim_id", claim.id))


def level_named(kind: PlanKind, level: AppealLevel) -> Level:
    """A level of a kind of plan; of any other kind, without its clocks, where this kind has no such level."""
    own = next((one for one in LEVELS[kind] if one.level == level), None)
    if own is not None or level == "other":
        return own or OTHER
    found = next((one for levels in LEVELS.values() for one in levels if one.level == level), OTHER)
    return replace(found, filing="", decision="", urgent="")


def appeals_in_order(case: Case, claim: Claim) -> tuple[Appeal, ...]:
    """The appeals of a claim by level, then as they were entered."""
    order = [one.level for one in LEVELS[kind_of_claim(case, claim)]]
    found = case.of(Appeal, "claim_id", claim.id)
    return tuple(sorted(found, key=lambda one: (order.index(one.level) if one.level in order else len(order), one.id)))


def next_levels(case: Case, claim: Claim) -> tuple[Level, ...]:
    """The levels that can be begun now: after the last one, an optional one with the one behind it; `OTHER` is last.

    None while a level is not decided, and after one that was won or withdrawn.
    """
    kind, appeals = kind_of_claim(case, claim), appeals_in_order(case, claim)
    levels = LEVELS[kind]
    if any(one.decided is None and one.outcome is None for one in appeals) or any(
        one.outcome in WON for one in appeals
    ):
        return ()
    place = -1 if appeals else _first_place(kind) - 1
    if appeals:
        place = max((at for at, one in enumerate(levels) for own in appeals if own.level == one.level), default=-1)
    rest = levels[place + 1 :]
    count = next((at for at, one in enumerate(rest) if one.level not in _OPTIONAL), len(rest)) + 1
    before = levels[: _first_place(kind)] if not appeals else ()
    return (*rest[:count], *before, OTHER)


def _first_place(kind: PlanKind) -> int:
    first = FIRST.get(kind)
    return next((at for at, one in enumerate(LEVELS[kind]) if one.level == first), 0)


def appeal_starts(case: Case, claim: Claim) -> Iterator[AppealStart]:
    """The clocks of a claim that was refused: of each level that is open, else of the next one."""
    kind, appeals = kind_of_claim(case, claim), appeals_in_order(case, claim)
    if not appeals:
        levels = LEVELS[kind]
        if levels and levels[_first_place(kind)].filing:
            level = levels[_first_place(kind)]
            event = _from_notice(level.filing, claim_event(claim))
            yield _filing(level, ("claim", claim.id), event)
        return
    for place, appeal in enumerate(appeals):
        if appeal.decided is None and appeal.outcome is None:
            yield from _open(case, claim, appeals[:place], appeal)
    yield from _after(case, claim, appeals)


def _open(case: Case, claim: Claim, before: Sequence[Appeal], appeal: Appeal) -> Iterator[AppealStart]:
    level, about = level_named(kind_of_claim(case, claim), appeal.level), ("appeal", appeal.id)
    if appeal.filed is None:
        if level.filing:
            event = _from_notice(level.filing, appeal_event(claim, before, appeal))
            yield _filing(level, about, event)
        return
    two = appeal.level == "internal" and any(
        one.level == "second_internal" for one in case.of(Appeal, "claim_id", claim.id)
    )
    card = "ap.int.post2" if two and level.decision else level.decision
    if card:
        event = Event(received=Moment(appeal.filed))
        yield AppealStart(card_id=card, level=appeal.level, about=about, event=event, missing="")


def _after(case: Case, claim: Claim, appeals: tuple[Appeal, ...]) -> Iterator[AppealStart]:
    """The time for the next level after the last decision, where none was begun."""
    last = appeals[-1]
    coming = [one for one in next_levels(case, claim) if one.level not in _OPTIONAL]
    if coming and coming[0].filing:
        yield _filing(coming[0], ("appeal", last.id), Event(dated=last.decided))


def _filing(level: Level, about: tuple[str, int], event: Event) -> AppealStart:
    dated = level.filing in DATED_CARDS
    if about[0] == "appeal" and event.dated is None and event.received is None and not dated:
        missing = "the day on which the decision came"
    else:
        missing = "the date on the denial" if dated else "the day on which the denial came"
    return AppealStart(card_id=level.filing, level=level.level, about=about, event=event, missing=missing)


DATED_CARDS = frozenset({"md.hear", "md.mco", "tri.1"})
"""Cards that count from the date on the notice, whenever it came."""


def _from_notice(card_id: str, event: Event) -> Event:
    """For a card that counts from the date on the notice the day on which it came is no start: it would be too late."""
    return replace(event, received=None) if card_id in DATED_CARDS else event


def claim_event(claim: Claim) -> Event:
    """What an appeal against a claim's decision counts from."""
    received = Moment(claim.received) if claim.received else None
    return Event(received=received, dated=claim.date, printed=claim.appeal_deadline)


def appeal_event(claim: Claim, before: Sequence[Appeal], appeal: Appeal) -> Event:
    """What a level counts from: its own notice; where that is not entered, the decision before it."""
    received = Moment(appeal.notice_received) if appeal.notice_received else None
    own = Event(received=received, dated=appeal.notice_date, printed=appeal.printed_deadline)
    if own.received or own.dated:
        return own
    found = Event(dated=before[-1].decided) if before else claim_event(claim)
    return replace(found, printed=appeal.printed_deadline or found.printed)
