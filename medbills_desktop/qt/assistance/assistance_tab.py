"""The Assistance tab: who applies, until when, with which papers, when to call, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from medbills_desktop.commands.assistance import ConsiderAssistance
from medbills_desktop.commands.letters import WriteLetter
from medbills_desktop.domain import words
from medbills_desktop.domain.assistance_way import (
    DECIDED,
    NEXT_STATES,
    QUESTION,
    RHYTHM_SOURCE,
    SCRIPT,
    STATE,
    STATE_TONE,
)
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.poverty_share import guideline_source, share_sentence
from medbills_desktop.domain.records import KIND_BY_NAME, Assistance, Letter, Organization
from medbills_desktop.domain.rules.clock_words import cited
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.assistance.assistance_facts import AssistanceFacts, read_assistance
from medbills_desktop.qt.assistance.assistance_forms import ask_household, ask_step
from medbills_desktop.qt.assistance.discount_card import DiscountWords
from medbills_desktop.qt.assistance.guideline_table import GuidelineTable
from medbills_desktop.qt.assistance.paper_list import PaperList
from medbills_desktop.qt.bill.cards_tab import CardsTab, card, told
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.rules.clock_row import ClockRow
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.widgets import Pill
from medbills_desktop.store.reader import Reader


class AssistanceTab(CardsTab):
    """The way of an application for assistance with one bill."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {
            "assistance",
            "assistance_paper",
            "bill",
            "call",
            "call_bill",
            "document",
            "organization",
            "own_card",
            "payment",
            "rule_choice",
            "statement",
        }
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._chosen: int | None = None
        self._table_shown = False
        self._paper: int | None = None

    def show_bill(self, bill_id: int | None) -> None:
        self._chosen = self._paper = None
        super().show_bill(bill_id)

    def read_facts(self, reader: Reader, bill_id: int) -> AssistanceFacts:
        return read_assistance(reader, bill_id, self._chosen, self.session.today)

    def count_of(self, facts: AssistanceFacts) -> int:
        return len(facts.applications)

    def read_count(self, reader: Reader, bill_id: int) -> int:
        return len(reader.find(Assistance, bill_id=bill_id))

    def parts(self, facts: AssistanceFacts) -> Sequence[QWidget]:
        found = [self._way(facts), self._share(facts), self._windows(facts)]
        if facts.application is not None:
            found += [self._papers(facts), self._calls(facts)]
        return [*found, self._meaning(facts)]

    def _way(self, facts: AssistanceFacts) -> QWidget:
        one = facts.application
        if one is None:
            text = self.tr(
                "Many hospitals take off part or all of a bill for patients whose income is below a limit. "
                "Think about it before you agree to pay: an application costs nothing."
            )
            acts = (
                self.act(self.tr("Think about applying"), self._consider, role="primary"),
                self.act(self.tr("Ask for policy and form"), self._write, "assistance_request"),
            )
            return card(self.tr("Financial assistance"), acts, told(text))
        pill = Pill()
        status = one.status or "considering"
        pill.show_word(STATE[status], STATE_TONE[status])
        steps = [
            self.act(self._step_name(status, each), self._step, each, "primary" if status == "considering" else "")
            for each in NEXT_STATES[status]
        ]
        parts: list[QWidget] = []
        if len(facts.applications) > 1:
            parts.append(self._choice(facts))
        parts.append(told(self._stands(facts, one)))
        if one.notes:
            parts.append(told(one.notes, "muted"))
        parts += [told(f"{rule.text} {cited(rule)}", "muted") for rule in self._rules(facts, "r.suspend", status)]
        return card(self.tr("Financial assistance"), steps + self._letters(status), *parts, pill=pill)

    def _letters(self, status: str) -> list[QWidget]:
        if status in ("approved", "denied", "appealed"):
            return [self.act(self.tr("Write the appeal"), self._write, "assistance_appeal")]
        return [self.act(self.tr("Ask for policy and form"), self._write, "assistance_request")]

    def _rules(self, facts: AssistanceFacts, name: str, status: str) -> list[RuleCard]:
        bound = facts.hospital.kind == "hospital" and facts.hospital.nonprofit is not False
        open_ = status in ("applied", "more_information") and bound
        return [rule for rule in facts.rules if rule.id == name and open_]

    def _step_name(self, status: str, step: str) -> str:
        if step == "applied" and status == "more_information":
            return self.tr("All was sent…")
        if step == "applied" and status == "denied":
            return self.tr("Applied again…")
        names = {
            "applied": self.tr("Applied…"),
            "more_information": self.tr("They want more…"),
            "approved": self.tr("Approved…"),
            "denied": self.tr("Denied…"),
            "appealed": self.tr("Appealed…"),
        }
        return names[step]

    def _choice(self, facts: AssistanceFacts) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(self.tr("Application"))
        for number, one in enumerate(facts.applications, 1):
            text = self.tr("Application {number}, {state}").format(number=number, state=STATE[one.status or "applied"])
            combo.addItem(text, one.id)
        combo.setCurrentIndex(combo.findData(facts.application.id if facts.application else 0))
        combo.activated.connect(self._choose)
        return combo

    def _stands(self, facts: AssistanceFacts, one: Assistance) -> str:
        who = facts.hospital.name
        if one.status in DECIDED and one.decided:
            what = self.tr("{who} decided on {day}: {state}.").format(
                who=who, day=plain_day(one.decided), state=STATE[one.status].lower()
            )
            off = one.discount_percent
            return what if off is None else f"{what} {self.tr('{percent} percent off.').format(percent=f'{off:f}')}"
        if one.status == "appealed":
            return self.tr("The decision of {day} is appealed.").format(
                day=plain_day(one.decided, self.tr("no known day"))
            )
        if one.applied:
            return self.tr("Applied to {who} on {day}. Not decided yet.").format(who=who, day=plain_day(one.applied))
        if one.status in (None, "considering"):
            return self.tr("Not applied to {who} yet.").format(who=who)
        return self.tr("Applied to {who}; the day is not entered.").format(who=who)

    def _share(self, facts: AssistanceFacts) -> QWidget:
        parts = [told(share_sentence(one), "strong" if one.in_force else "") for one in facts.shares]
        if facts.missing:
            parts.append(
                told(self.tr("Enter {what} to see the share.").format(what=self.tr(" and ").join(facts.missing)))
            )
        if not facts.hospital.state:
            parts.append(
                told(self.tr("The state of the hospital is not entered; the 48 states and DC are shown."), "amber")
            )
        parts.append(told(facts.years, "muted"))
        parts += [told(f"{one.name}: {one.text} {cited(one)}", "muted") for one in facts.mandates]
        if self._table_shown:
            size = facts.application.household_size if facts.application else None
            parts.append(GuidelineTable(facts.hospital.state, size))
        else:
            parts += [told(guideline_source(share.guideline), "muted") for share in facts.shares if share.in_force]
        table = self.tr("Hide the guidelines") if self._table_shown else self.tr("Show the guidelines")
        acts = (self.act(self.tr("Household and income…"), self._household), self.way(table, self._table, role="flat"))
        return card(self.tr("Poverty guideline"), acts, *parts)

    def _windows(self, facts: AssistanceFacts) -> QWidget:
        parts: list[QWidget] = []
        hospital = facts.hospital
        kind = words.ORGANIZATION_KIND.get(hospital.kind, hospital.kind)
        if hospital.kind != "hospital":
            text = self.tr(
                "The federal windows bind nonprofit hospitals; {name} is noted as “{kind}”. A hospital's policy lists "
                "which doctors working there it covers: ask for it."
            )
            parts.append(told(text.format(name=hospital.name, kind=kind)))
        elif hospital.nonprofit is False:
            text = self.tr(
                "{name} is noted as no nonprofit: the federal windows do not bind it. It may have a policy of its own, "
                "and the state may ask for one."
            )
            parts.append(told(text.format(name=hospital.name)))
        if facts.first_bill and facts.bill.first_bill_date is None and facts.windows:
            text = self.tr(
                "Counted from the oldest statement here, {day}. If an earlier bill came first, enter its day: "
                "the windows would end sooner."
            )
            parts.append(told(text.format(day=plain_day(facts.first_bill)), "amber"))
        for clock in facts.windows:
            line = ClockRow(clock, facts.today, self.session.writable)
            line.rule_wanted.connect(self.rule_wanted)
            line.date_wanted.connect(self._enter_date)
            parts.append(line)
        if any(clock.card.id == "r.apply" and clock.deadline for clock in facts.windows):
            parts.append(
                told(self.tr("If a notice before collection names a later last day, that one counts."), "muted")
            )
        acts = (
            self.act(self.tr("About the hospital…"), self._hospital),
            self.act(self.tr("First bill…"), self._enter_date, ("bill", facts.bill.id)),
        )
        return card(self.tr("Until when"), acts, *parts)

    def _papers(self, facts: AssistanceFacts) -> QWidget:
        number = facts.application.id if facts.application else 0
        papers = PaperList(self.session, number, facts.papers, facts.copies)
        if self._paper is not None:
            papers.view.choose(self._paper)
        papers.chosen.connect(self._paper_chosen)
        return card(self.tr("Papers to send"), (), papers)

    def _calls(self, facts: AssistanceFacts) -> QWidget:
        call = facts.call
        if call is not None:
            role = "amber" if call.first <= facts.today else "strong"
            text = told(call.sentence, role)
        elif facts.application and facts.application.status in (*DECIDED, "appealed"):
            text = told(self.tr("It was decided; there is no call to make by the calendar."))
        else:
            text = told(self.tr("Once you have applied, the day of the next call stands here."))
        act = self.act(self.tr("Log this call"), self._call, tip=QUESTION)
        act.setAccessibleName(self.tr("Log a call: {question}").format(question=QUESTION))
        return card(self.tr("Next call"), (act,), text, told(RHYTHM_SOURCE, "muted"))

    def _meaning(self, facts: AssistanceFacts) -> QWidget:
        granted = facts.application.discount_percent if facts.application else None
        parts: list[QWidget] = [DiscountWords(facts.case, facts.bill.id, granted)]
        statement = asked_statement(facts.case, facts.bill.id)
        decided = facts.application.decided if facts.application else None
        if granted is not None and decided and statement and statement.date > decided:
            text = self.tr("The statement of {day} is from after the decision: the discount may be in it already.")
            parts.append(told(text.format(day=plain_day(statement.date)), "amber"))
        if facts.hospital.kind == "hospital" and facts.hospital.nonprofit is not False:
            parts += [told(f"{rule.text} {cited(rule)}", "muted") for rule in facts.rules if rule.id == "r.refund"]
        title = self.tr("What the decision means") if granted is not None else self.tr("What a discount would leave")
        return card(title, (), *parts)

    @Slot(object)
    def _consider(self, _value: Any = None) -> None:
        if self.bill_id is not None:
            self.session.perform(ConsiderAssistance(self.bill_id))

    @Slot(object)
    def _step(self, status: str) -> None:
        if self.facts and self.facts.application:
            ask_step(self.session, self.window(), self.facts.application, status)

    @Slot(object)
    def _household(self, _value: Any = None) -> None:
        if self.facts and self.facts.application is None:
            self._consider()
        if self.facts and self.facts.application:
            ask_household(self.session, self.window(), self.facts.application)

    @Slot(object)
    def _table(self, _value: Any = None) -> None:
        self._table_shown = not self._table_shown
        self.rescale()

    @Slot(int)
    def _choose(self, number: int) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self._chosen = combo.itemData(number)
            self.mark_stale()

    @Slot(object)
    def _paper_chosen(self, paper_id: int | None) -> None:
        self._paper = paper_id if paper_id is not None else self._paper

    @Slot(object)
    def _hospital(self, _value: Any = None) -> None:
        if self.facts:
            edit_record(self.session, self.window(), Organization, self.facts.hospital.id)

    @Slot(object)
    def _enter_date(self, about: tuple[str, int]) -> None:
        edit_record(self.session, self.window(), KIND_BY_NAME[about[0]], about[1])

    @Slot(object)
    def _call(self, _value: Any = None) -> None:
        if self.facts:
            self.call_wanted.emit(CallWish(self.facts.bill.id, self.facts.hospital.name, QUESTION, SCRIPT))

    @Slot(object)
    def _write(self, kind: str) -> None:
        """Go to the open draft of that kind, or make one."""
        bill_id = self.bill_id
        if bill_id is None:
            return
        drafts = self.session.read(lambda reader: reader.find(Letter, bill_id=bill_id, kind=kind, status="draft"))
        letter = drafts[-1] if drafts else self.session.perform(WriteLetter(kind, bill_id))
        if letter is not None:
            self.session.go_to(Place("letter", letter.id))
