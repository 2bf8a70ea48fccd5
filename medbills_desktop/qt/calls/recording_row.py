"""Whether a call is recorded, who agreed, where both sides are, which rule that calls for, and the sound itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from medbills_desktop.domain.call_wording import CONSENT, RECORDED
from medbills_desktop.domain.records import Document
from medbills_desktop.domain.rules.recording import card_line, recording_rule, recording_words, strictest_card
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.calls.call_draft import CallDraft
from medbills_desktop.qt.flow import EvenColumns, Flow
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import ElidedLabel, button, column, label
from medbills_desktop.store.queries.calls import StateOf
from medbills_desktop.store.queries.rule_cards import ReadableCards

NOT_KNOWN = "–"
STATE_CARDS = "state.recording."


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One choice: its name in the draft, its title, and the values with their words."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...] = ()


CHOICES = (
    ChoiceField("recording", "Recorded", tuple(RECORDED.items())),
    ChoiceField("consent", "Did they agree?", tuple(CONSENT.items())),
    ChoiceField("my_state", "My state"),
    ChoiceField("their_state", "Their state"),
)


class RecordingRow(QWidget):
    """Signals: `edited` carries nothing; `attach_wanted` nothing; `play_wanted` the id of the recording, `rule_wanted`
    that of a rule card."""

    edited = Signal()
    attach_wanted = Signal()
    play_wanted = Signal(object)
    rule_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document_id: int | None = None
        self._card: RuleCard | None = None
        self._organization = ""
        self._choices = {field.name: self._combo(field) for field in CHOICES}
        self._words = label("", "", wrap=True)
        self._source = label("", "muted", wrap=True)
        self._show_rule = button(self.tr("Show the rule"), self._rule, "flat")
        self.attach = button(self.tr("Attach a sound file…"), self.attach_wanted.emit, enabled=session.writable)
        self._name = ElidedLabel("")
        self.play = button(self.tr("Play"), self._play, "", self.tr("Opens a copy in the system’s player"))
        self.take_off = button(self.tr("Take off the call"), self._take_off, "flat", enabled=session.writable)
        layout = column(gap=4)
        layout.addLayout(EvenColumns([self._titled(field) for field in CHOICES], least=112))
        layout.addWidget(self._words)
        layout.addWidget(self._source)
        layout.addWidget(self._name)
        layout.addLayout(Flow((self.attach, self.play, self.take_off, self._show_rule)))
        self.setLayout(layout)

    def _combo(self, field: ChoiceField) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(field.title)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(NOT_KNOWN, "")
        for value, shown in field.options or self._states():
            combo.addItem(shown, value)
        combo.currentIndexChanged.connect(self._chosen)
        return combo

    def _states(self) -> tuple[tuple[str, str], ...]:
        """The states that there are cards for, by their two letters."""
        cards = self._session.read(ReadableCards()).values()
        found = sorted(card.jurisdiction for card in cards if card.id.startswith(STATE_CARDS))
        return tuple((state, state) for state in dict.fromkeys(found))

    def _titled(self, field: ChoiceField) -> QWidget:
        cell = QWidget()
        title = label(field.title, "muted")
        title.setBuddy(self._choices[field.name])
        cell.setLayout(column(title, self._choices[field.name], gap=2))
        return cell

    def show_draft(self, draft: CallDraft) -> None:
        """Show what a draft says of the recording; a blank state of theirs begins with that of the organization."""
        self._organization = draft.organization
        for name, combo in self._choices.items():
            self._set(combo, getattr(draft, name))
        self._document_id = draft.document_id
        self.offer_state()
        self._show()

    def fill(self, draft: CallDraft) -> None:
        """Write what is chosen here into a draft; states only where something else is noted of a recording."""
        for name, combo in self._choices.items():
            setattr(draft, name, combo.currentData())
        draft.document_id = self._document_id
        if not (draft.recording or draft.consent or draft.document_id or draft.my_state):
            draft.their_state = ""

    def show_other(self, organization: str) -> None:
        """Say whom the call is with, whose state is offered."""
        if organization != self._organization:
            self._organization = organization
            self._set(self._choices["their_state"], "")
            self.offer_state()
            self._show()

    def offer_state(self) -> None:
        """Begin with the state that is known of the organization, where none is chosen."""
        combo = self._choices["their_state"]
        if not combo.currentData() and self._organization.strip():
            self._set(combo, self._session.read(StateOf(self._organization)))

    def show_recording(self, document_id: int) -> None:
        """A sound file was attached; it is a recording of one's own unless something else is chosen."""
        self._document_id = document_id
        if self._choices["recording"].currentData() in ("", "none"):
            self._set(self._choices["recording"], "mine")
        self._show()
        self.edited.emit()

    def focus_first(self) -> None:
        """Put the keyboard into the first choice."""
        self._choices["recording"].setFocus()

    @staticmethod
    def _set(combo: QComboBox, value: str) -> None:
        with QSignalBlocker(combo):
            combo.setCurrentIndex(max(combo.findData(value.strip().upper() if len(value) == 2 else value), 0))

    @Slot()
    def _chosen(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        mine, theirs = (self._choices[name].currentData() or None for name in ("my_state", "their_state"))
        found = recording_rule(mine, theirs, self._session.read(ReadableCards()))
        self._card = strictest_card(found)
        self._words.setText(recording_words(found))
        self._source.setText(card_line(self._card) if self._card else "")
        self._show_rule.setVisible(self._card is not None)
        name = self._document_name()
        self._name.set_text(name)
        for part in (self._name, self.play, self.take_off):
            part.setVisible(bool(name))
        self.attach.setVisible(not name)

    def _document_name(self) -> str:
        number = self._document_id
        found = self._session.read(lambda reader: reader.find(Document, id=number)) if number is not None else []
        if not found:
            return ""
        return " · ".join(part for part in (found[0].paper_number, found[0].shown_title) if part)

    @Slot()
    def _play(self) -> None:
        self.play_wanted.emit(self._document_id)

    @Slot()
    def _take_off(self) -> None:
        self._document_id = None
        self._show()
        self.edited.emit()
        self.attach.setFocus()

    @Slot()
    def _rule(self) -> None:
        if self._card is not None:
            self.rule_wanted.emit(self._card.id)
