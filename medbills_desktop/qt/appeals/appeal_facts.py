"""Everything that the Appeals tab shows of a bill, read at once and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.appeal_levels import (
    Level,
    appeals_in_order,
    kind_of_claim,
    level_named,
    next_levels,
    refused,
)
from medbills_desktop.domain.appeal_words import claim_name, plan_sentence, refused_lines
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Appeal, Bill, Claim, Document, Letter
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import APPEAL_LETTERS, Clock, clocks_of_bill
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.rule_cards import CardsOn, ReadableCards
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """One level that was begun: its clocks, its letter, its paper, and the card for what can't wait."""

    appeal: Appeal
    level: Level
    clocks: tuple[Clock, ...]
    letter: Letter | None
    paper: Document | None
    urgent: RuleCard | None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim with its levels. `clocks` run on the claim itself; `alone` is a letter of appeal of no level."""

    claim: Claim
    name: str
    plan: str
    refused: bool
    lines: tuple[str, ...]
    levels: tuple[LevelFacts, ...]
    clocks: tuple[Clock, ...]
    coming: tuple[Level, ...]
    alone: Letter | None


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """The claims of a bill, those that were refused or appealed first."""

    bill_id: int
    claims: tuple[ClaimFacts, ...]
    today: Day


def read_appeals(reader: Reader, bill_id: int, today: Day) -> AppealFacts:
    """The claims of a bill with their levels and clocks."""
    case = load_bills(reader, {bill_id})
    clocks = clocks_of_bill(case, case.get(Bill, bill_id), CardsOn()(reader))
    cards = dict(ReadableCards()(reader))
    found = [_claim(case, claim, clocks, cards) for claim in case.claims(bill_id)]
    return AppealFacts(bill_id, tuple(sorted(found, key=lambda one: not (one.refused or one.levels))), today)


def _claim(case: Case, claim: Claim, clocks: tuple[Clock, ...], cards: dict[str, RuleCard]) -> ClaimFacts:
    kind = kind_of_claim(case, claim)
    levels = tuple(
        LevelFacts(
            appeal=one,
            level=(level := level_named(kind, one.level)),
            clocks=_about(clocks, "appeal", one.id),
            letter=case.find(Letter, one.letter_id),
            paper=case.find(Document, one.document_id),
            urgent=cards.get(level.urgent),
        )
        for one in appeals_in_order(case, claim)
    )
    return ClaimFacts(
        claim=claim,
        name=claim_name(case, claim),
        plan=plan_sentence(case, claim),
        refused=refused(case, claim),
        lines=refused_lines(case, claim),
        levels=levels,
        clocks=_about(clocks, "claim", claim.id),
        coming=next_levels(case, claim),
        alone=None if levels else _alone(case, claim),
    )


def _about(clocks: tuple[Clock, ...], kind: str, number: int) -> tuple[Clock, ...]:
    return tuple(clock for clock in clocks if clock.about == (kind, number))


def _alone(case: Case, claim: Claim) -> Letter | None:
    """A letter of appeal about the bill that was sent and belongs to no level."""
    named = {one.letter_id for one in case.all(Appeal)}
    letters = case.of(Letter, "bill_id", claim.bill_id or 0)
    sent = [one for one in letters if one.kind in APPEAL_LETTERS and one.status == "sent" and one.id not in named]
    return sent[-1] if sent else None
