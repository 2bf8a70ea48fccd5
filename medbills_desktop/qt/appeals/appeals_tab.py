"""The Appeals tab: every claim of a bill, what it denies, and each level of its appeal with the days that count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.appeals import WriteAppealLetter
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain import words
from medbills_desktop.domain.appeal_words import appeal_days, appeal_state, claim_days, notice_question, printed_words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Appeal, Claim, Policy
from medbills_desktop.domain.rules.clock_words import cited
from medbills_desktop.domain.rules.running import Clock
from medbills_desktop.qt.appeals.appeal_facts import AppealFacts, ClaimFacts, LevelFacts, read_appeals
from medbills_desktop.qt.appeals.appeal_forms import ask_decided, ask_filed, edit_appeal, start_appeal
from medbills_desktop.qt.bill.cards_tab import CardsTab, card, told
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.rules.clock_row import ClockRow
from medbills_desktop.qt.session import Place
from medbills_desktop.qt.widgets import ElidedLabel, Pill, column, panel, row
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.reader import Reader

MOST_LINES = 8
"""Denied lines that are told one by one."""
TONES = {"denied": "red", "pending": "accent", "paid": "green", "adjusted": "accent", "reversed": "amber"}


class AppealsTab(CardsTab):
    """The appeals against what insurers decided on one bill."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"appeal", "bill", "claim", "claim_line", "document", "letter", "organization", "own_card", "policy"}
        | {"rule_choice"}
    )

    def read_facts(self, reader: Reader, bill_id: int) -> AppealFacts:
        return read_appeals(reader, bill_id, self.session.today)

    def count_of(self, facts: AppealFacts) -> int:
        return sum(len(one.levels) for one in facts.claims)

    def read_count(self, reader: Reader, bill_id: int) -> int:
        claims = {claim.id for claim in reader.find(Claim, bill_id=bill_id)}
        return len(reader.find_any(Appeal, "claim_id", claims))

    def parts(self, facts: AppealFacts) -> Sequence[QWidget]:
        if not facts.claims:
            return (self._empty(),)
        return [self._claim(facts, one) for one in facts.claims]

    def _empty(self) -> QWidget:
        text = self.tr(
            "An appeal asks an insurer to decide again. It starts from an EOB that denies something: add the EOB, and "
            "the days for each level are counted here."
        )
        return card(self.tr("Appeals"), (self.act(self.tr("Add EOB"), self._add, role="primary"),), told(text))

    def _claim(self, facts: AppealFacts, one: ClaimFacts) -> QWidget:
        claim = one.claim
        pill = Pill()
        pill.show_word(words.CLAIM_STATUS.get(claim.status or "", ""), TONES.get(claim.status or "", "accent"))
        acts: list[QWidget] = []
        if one.coming:
            role = "primary" if one.refused and not one.levels else ""
            start = self.tr("Next level…") if one.levels else self.tr("Start the appeal…")
            acts.append(self.act(start, self._start, one, role))
        acts.append(self.act(self.tr("Edit EOB…"), self._edit_claim, claim.id))
        acts.append(self.act(self.tr("Policy…"), self._edit_policy, claim.policy_id, "flat"))
        parts = [told(claim_days(claim), "" if claim.date and claim.received else "caution")]
        if odd := notice_question(claim.date, claim.received):
            parts.append(told(odd, "amber"))
        shown = one.lines[:MOST_LINES]
        parts += [told(text) for text in shown]
        if len(one.lines) > len(shown):
            parts.append(told(self.tr("And {n} more lines.").format(n=len(one.lines) - len(shown)), "muted"))
        parts.append(
            told(one.plan if one.refused or one.levels else self.tr("It denies nothing that is entered."), "muted")
        )
        if one.alone is not None:
            text = self.tr("A letter of appeal went out on {day}. Start the level to count the days from here.")
            parts.append(told(text.format(day=plain_day(one.alone.date)), "amber"))
        parts += [self._clock(facts, clock) for clock in one.clocks]
        parts += [self._level(facts, each) for each in one.levels]
        return card(ElidedLabel(one.name, "strong"), acts, *parts, pill=pill)

    def _level(self, facts: AppealFacts, one: LevelFacts) -> QWidget:
        appeal = one.appeal
        pill = Pill()
        pill.show_word(*appeal_state(appeal))
        head = QWidget()
        head.setLayout(row(word_label(one.level.name, "strong"), pill, None))
        acts = QWidget()
        acts.setLayout(Flow(self._level_acts(one), gap=8))
        parts = [head, told(self.tr("Who decides: {name}.").format(name=one.level.decides), "muted")]
        parts += [told(text, role) for text, role in self._level_words(facts, one)]
        parts += [self._clock(facts, clock) for clock in one.clocks]
        frame = panel()
        frame.setLayout(column(*parts, acts, gap=4, margins=(12, 8, 8, 10)))
        return frame

    def _level_words(self, facts: AppealFacts, one: LevelFacts) -> list[tuple[str, str]]:
        appeal = one.appeal
        found = [(appeal_days(appeal), "")]
        if not (appeal.decided or appeal.outcome):
            found.append((notice_question(appeal.notice_date, appeal.notice_received), "amber"))
        if appeal.reason:
            found.append((self.tr("Why it is not right: {reason}").format(reason=appeal.reason), ""))
        if appeal.notes:
            found.append((appeal.notes, "muted"))
        if one.urgent is not None and not (appeal.decided or appeal.outcome):
            urgent = self.tr("Where it can't wait, ask for it to be urgent. {text} {source}")
            found.append((urgent.format(text=one.urgent.text, source=cited(one.urgent)), "muted"))
        if not one.clocks and not (appeal.decided or appeal.outcome):
            found.append((printed_words(appeal, facts.today), "strong"))
            found.append((self.tr("The program has no rule that counts days here: the notice says how many."), "muted"))
        return [(text, role) for text, role in found if text]

    def _level_acts(self, one: LevelFacts) -> list[QWidget]:
        appeal, acts = one.appeal, []
        done = appeal.decided or appeal.outcome
        if not appeal.filed:
            acts.append(self.act(self.tr("Filed…"), self._filed, appeal))
        if not done:
            acts.append(self.act(self.tr("Decided…"), self._decided, appeal))
        if one.letter is not None:
            acts.append(self.way(self.tr("Show the letter"), self._show, Place("letter", one.letter.id)))
        elif one.level.letter and not done:
            acts.append(self.act(self.tr("Write the letter"), self._write, appeal))
        if one.paper is not None:
            acts.append(self.way(self.tr("Show the paper"), self._show, Place("document", one.paper.id), "flat"))
        acts.append(self.act(self.tr("Edit…"), self._edit, appeal, "flat"))
        acts.append(self.act(self.tr("Remove"), self._remove, appeal, "flat"))
        for each in acts:
            each.setAccessibleName(f"{each.text()} – {one.level.name}")
        return list(acts)

    def _clock(self, facts: AppealFacts, clock: Clock) -> QWidget:
        line = ClockRow(clock, facts.today, self.session.writable, doubt_told=True)
        line.rule_wanted.connect(self.rule_wanted)
        line.date_wanted.connect(self._enter_date)
        return line

    @Slot(object)
    def _add(self, _value: Any = None) -> None:
        if self.bill_id is not None:
            enter_claim(self.session, self.window(), self.bill_id)

    @Slot(object)
    def _start(self, one: ClaimFacts) -> None:
        last = one.levels[-1].appeal if one.levels else None
        start_appeal(self.session, self.window(), one.claim, one.coming, last)

    @Slot(object)
    def _edit_claim(self, claim_id: int) -> None:
        edit_record(self.session, self.window(), Claim, claim_id)

    @Slot(object)
    def _edit_policy(self, policy_id: int) -> None:
        edit_record(self.session, self.window(), Policy, policy_id)

    @Slot(object)
    def _enter_date(self, about: tuple[str, int]) -> None:
        if about[0] == "claim":
            self._edit_claim(about[1])
            return
        levels = (one for claim in self.facts.claims for one in claim.levels)
        found = next((one.appeal for one in levels if one.appeal.id == about[1]), None)
        if found is not None:
            self._edit(found)

    @Slot(object)
    def _filed(self, appeal: Appeal) -> None:
        ask_filed(self.session, self.window(), appeal)

    @Slot(object)
    def _decided(self, appeal: Appeal) -> None:
        ask_decided(self.session, self.window(), appeal)

    @Slot(object)
    def _edit(self, appeal: Appeal) -> None:
        edit_appeal(self.session, self.window(), appeal)

    @Slot(object)
    def _remove(self, appeal: Appeal) -> None:
        self.session.perform(RemoveRecord(Appeal, appeal.id))

    @Slot(object)
    def _write(self, appeal: Appeal) -> None:
        letter = self.session.perform(WriteAppealLetter(appeal.id))
        if letter is not None:
            self.session.go_to(Place("letter", letter.id))

    @Slot(object)
    def _show(self, place: Place) -> None:
        self.session.go_to(place)
