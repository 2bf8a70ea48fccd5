"""The call panel: beside whatever is being done, the time running, what one needs in sight, nothing typed ever lost."""

from __future__ import annotations

import time
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from medbills_desktop.commands.bills import same_name
from medbills_desktop.domain.call_scripts import call_scripts
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.dates import Moment, moment_from_datetime, plain_moment
from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.qt.calls.about_card import AboutCard
from medbills_desktop.qt.calls.call_draft import CallDraft, draft_of, new_draft
from medbills_desktop.qt.calls.call_fields import CallFields
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.calls.changed_card import ChangedCard, differences
from medbills_desktop.qt.calls.sound_files import SOUND_FILES, SoundFiles
from medbills_desktop.qt.calls.wordings_dialog import WordingsDialog
from medbills_desktop.qt.dialogs.ask import ask_files
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label, panel, row, scrolling
from medbills_desktop.store.drafts import drop_draft, find_draft, keep_draft
from medbills_desktop.store.queries.bills import ListNames
from medbills_desktop.store.queries.wordings import ListWordings, Wording

DRAFT_KEY = "call"
CALL_KINDS = frozenset({"call", "call_bill", "call_claim", "promise", "recording_places", "organization"})
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
WANTED_HEIGHT = 440
"""Pixels at 100 % text that the panel takes when it opens, where the window has them."""
KEEP_AFTER_MILLISECONDS = 700
"""How long after the last key the typed text is safe on the disk."""


class CallPanel(QWidget):
    """Signals: `opened` and `closed` carry nothing; `kept` the id of a call that was kept, `logged` that of a new one;
    `rule_wanted` the id of a rule card."""

    opened = Signal()
    closed = Signal()
    kept = Signal(object)
    logged = Signal(object)
    rule_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._began: float | None = None
        self._dirty = False
        self._purpose = ""
        self._clock = label("", "figure")
        self._clock.setAccessibleName(self.tr("Time of the call"))
        self._title = label(self.tr("Call"), "heading")
        self._state = label("", "muted")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.fields = CallFields(session)
        self.about = AboutCard(session)
        self.sounds = SoundFiles(session, self)
        self.changed = ChangedCard()
        self._earlier = button(self.tr("Earlier wordings…"), self.show_wordings, "flat")
        self._stop = button(self.tr("Stop the time"), self.stop_time)
        self._save = button(self.tr("Save call"), self.save, "primary", "Ctrl+Return")
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER_MILLISECONDS)
        self._keeping.timeout.connect(self.keep_typed)
        self._build()
        self._connect()
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Escape", self.close_panel),
            ("Alt+M", self.fields.turn_more),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(_WITHIN)
            shortcut.activated.connect(act)
        for number, purpose in enumerate(("", *call_scripts())):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(_WITHIN)
            shortcut.activated.connect(partial(self.about.choose_purpose, purpose))

    def _connect(self) -> None:
        fields, recording = self.fields, self.fields.recording
        fields.edited.connect(self._edited)
        fields.other_named.connect(self.about.show_other)
        self.about.chosen.connect(self._edited)
        self.about.purpose_chosen.connect(self._purpose_chosen)
        fields.grown.connect(self._show_end)
        recording.rule_wanted.connect(self.rule_wanted)
        recording.play_wanted.connect(self.sounds.play)
        recording.attach_wanted.connect(self._choose_sound)
        self.sounds.attached.connect(self._sound_attached)
        self.changed.mine_wanted.connect(self._keep_mine)
        self.changed.theirs_wanted.connect(self._take_theirs)
        self.changed.editing_wanted.connect(self._go_on)
        self._session.herald.changed.connect(self._news)

    def _build(self) -> None:
        frame = panel()
        close = button(self.tr("Close"), self.close_panel, "", "Esc")
        turns = (self.fields.more, self.fields.record)
        head = Flow((self._title, self._clock, *turns, self._state, self._earlier), (self._stop, close, self._save))
        self._body = QWidget()
        body = row(gap=16)
        fields = self._scroll = scrolling(self.fields)
        keep(fields, least_height=200)
        keep(self.about, least_width=210)
        body.addWidget(fields, 5)
        body.addWidget(self.about, 2)
        layout = column(gap=8, margins=(16, 12, 16, 12))
        layout.addLayout(head)
        layout.addWidget(self._problem)
        layout.addWidget(self.changed, 1)
        self._body.setLayout(body)
        layout.addWidget(self._body, 1)
        frame.setLayout(layout)
        self.setLayout(column(frame))
        QWidget.setTabOrder(self.fields.promises.last, self.fields.more)
        QWidget.setTabOrder(self.fields.more, self.fields.record)

    @property
    def busy(self) -> bool:
        """Whether a call is being typed."""
        return self.isVisible()

    def begin(self, bill_id: int | None = None) -> None:
        """Start a call: the time runs from now. A call that is already open, or was left behind, comes back instead."""
        if not self._came_back():
            self._start(new_draft(_now(), self.about.biller_of(bill_id), (bill_id,) if bill_id else ()))

    @Slot(object)
    def begin_about(self, wish: CallWish) -> None:
        """Start a call that another page asks for, with whom and what to ask filled in.

        A call that is already open, or was left behind, comes back instead; the question joins what it asks where it is
        with the same people.
        """
        if self._came_back():
            self._join(wish)
        else:
            draft = new_draft(_now(), self._other(wish), (wish.bill_id,) if wish.bill_id else ())
            draft.asked, draft.claim_ids = _question(wish), list(wish.claim_ids)
            draft.purpose = wish.purpose
            self._start(draft)
        if wish.script:
            self.about.show_script(wish.script)

    def _other(self, wish: CallWish) -> str:
        return wish.organization or self.about.other_side(wish.purpose, wish.bill_id)

    def _came_back(self) -> bool:
        """Whether there is a call already: the open one, or one that was left behind."""
        if self.isVisible():
            self.fields.focus_first()
            return True
        left = find_draft(self._session.library, DRAFT_KEY) if self._session.library.mode == "write" else None
        if left is None:
            return False
        self._show(CallDraft.from_plain(left), self.tr("What you typed before was kept."))
        return True

    def _join(self, wish: CallWish) -> None:
        typed = self.draft()
        wanted = self._other(wish)
        if typed.call_id or (typed.organization.strip() and not same_name(typed.organization, wanted)):
            self._session.tell(self.tr("Save or close the open call first."))
            return
        if wish.bill_id is not None:
            self.about.tick(wish.bill_id)
        if wish.purpose:
            with QSignalBlocker(self.about):
                self.about.choose_purpose(wish.purpose)
        if _question(wish).strip() not in typed.asked:
            self.fields.add_question(_question(wish))

    @Slot(object)
    def _purpose_chosen(self, purpose: str) -> None:
        """What the call is for was chosen: fill in whom it is with and what to ask, where nothing else is typed."""
        scripts, before, bill_id = call_scripts(), self._purpose, next(iter(self.about.bill_ids()), None)
        self._purpose = purpose
        asked, asked_before = (scripts[one].ask if one in scripts else "" for one in (purpose, before))
        self.fields.set_question(asked, asked_before)
        name = self.about.other_side(purpose, bill_id)
        if name and self.fields.other.strip() in ("", self.about.other_side(before, bill_id)):
            self.fields.set_other(name)
        self._edited()

    def _start(self, draft: CallDraft) -> None:
        self._show(draft, "")
        self._began = time.monotonic()
        self._second.start()
        self._tick()

    def correct(self, call_id: int) -> None:
        """Open a kept call for correction; the journal keeps both wordings."""
        if self.isVisible() and self._dirty:
            self._session.tell(self.tr("Save or close the open call first."))
            return
        self._show(self._session.read(lambda reader: draft_of(reader, call_id)), "")

    def come_back(self) -> bool:
        """After a crash: show again what was typed, if anything was."""
        if self._session.library.mode == "write" and find_draft(self._session.library, DRAFT_KEY) is not None:
            self.begin()
            return True
        return False

    def _show(self, draft: CallDraft, state: str) -> None:
        self._began = None
        self._second.stop()
        self._problem.hide()
        with QSignalBlocker(self.fields), QSignalBlocker(self.about):
            self.fields.show_names(self._session.read(ListNames("organization")))
            self.fields.show_draft(draft)
            self.about.show_choices(draft.bill_ids, draft.claim_ids, draft.purpose, draft.organization)
        self._dirty, self._purpose = False, draft.purpose
        self.changed.hide()
        self._body.show()
        self._title.setText(self.tr("Correct call") if draft.call_id else self.tr("Call"))
        self._clock.setText("")
        self._state.setText(state or self._corrected_words(draft.call_id))
        self._earlier.setVisible(bool(draft.call_id) and bool(self._corrections(draft.call_id)))
        self._stop.setVisible(not draft.call_id)
        self.show()
        self.opened.emit()
        self.fields.focus_first()

    def draft(self) -> CallDraft:
        """What stands in the panel now."""
        found = self.fields.draft()
        found.bill_ids, found.claim_ids = self.about.bill_ids(), self.about.claim_ids()
        found.purpose = self.about.purpose
        return found

    @Slot()
    def keep_typed(self) -> None:
        """Make what is typed safe on the disk, as a draft."""
        if self.isVisible() and self._dirty and self._session.library.mode == "write":
            keep_draft(self._session.library, DRAFT_KEY, self.draft().plain())
            self._state.setText(self.tr("Kept as you type"))

    @Slot()
    def stop_time(self) -> None:
        """Stop the clock; the minutes stay as counted."""
        self._second.stop()
        self._count_minutes()
        self._began = None

    @Slot()
    def save(self) -> None:
        """Keep the call; on a field that can't be read, say which and keep everything as typed."""
        if self._began is not None:
            self._count_minutes()
        draft = self.draft()
        if not self._changed_elsewhere(draft):
            self._keep(draft)

    def _keep(self, draft: CallDraft) -> None:
        try:
            call = self._session.desk.perform(draft.command())
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self._end()
        self._session.tell(self.tr("The call is saved."))
        self.kept.emit(call.id)
        if not draft.call_id:
            self.logged.emit(call.id)

    def _changed_elsewhere(self, draft: CallDraft) -> bool:
        """Whether the library has another wording than the one that was opened; both are shown then."""
        if not draft.call_id:
            return False
        now = self._now(draft.call_id)
        if now is None:
            self.changed.show_gone()
            self._body.hide()
        elif draft.seen is not None and now.kept_values() != draft.seen:
            found = differences(draft.kept_values(), now.kept_values())
            if not found:
                return False
            self.changed.show_differences(found)
            self._body.hide()
        else:
            return False
        return True

    def _now(self, call_id: int) -> CallDraft | None:
        """The call as the library has it, or `None` where it is gone."""
        try:
            return self._session.read(lambda reader: draft_of(reader, call_id))
        except NotFoundError:
            return None

    @Slot()
    def _keep_mine(self) -> None:
        """Save what is typed in place of what was changed elsewhere; the journal keeps both."""
        self._go_on()
        draft = self.draft()
        now = self._now(draft.call_id)
        self._keep(draft.over(now) if now else draft.as_new())

    @Slot()
    def _go_on(self) -> None:
        """Back to what is typed; the next attempt to save asks again."""
        self.changed.hide()
        self._body.show()
        self.fields.focus_first()

    @Slot()
    def _take_theirs(self) -> None:
        """Show the call as it is now; what was typed is let go."""
        self._drop()
        self._reload()

    def _reload(self) -> None:
        now = self._now(self.draft().call_id)
        if now is not None:
            self._show(now, self.tr("Shown as it is now."))

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        """Where the open call was changed elsewhere: show it anew, or both wordings where something is typed."""
        call_id = self.fields.call_id
        if not call_id or not self.isVisible() or not changes.kinds & CALL_KINDS:
            return
        now, seen = self._now(call_id), self.draft().seen
        if now is not None and now.kept_values() == seen:
            return
        if self._dirty or now is None:
            self._changed_elsewhere(self.draft())
        else:
            self._reload()

    @Slot()
    def close_panel(self) -> None:
        """Close the panel. What was typed stays as a draft and comes back with the next Ctrl+L."""
        if self._dirty and self.draft().typed:
            self.keep_typed()
            self._session.tell(self.tr("The call is not saved yet; Ctrl+L brings it back as you left it."))
            self._hide()
        else:
            self._end()

    def _end(self) -> None:
        self._drop()
        self._hide()

    def _drop(self) -> None:
        if self._session.library.mode == "write":
            drop_draft(self._session.library, DRAFT_KEY)

    def _hide(self) -> None:
        self._keeping.stop()
        self._second.stop()
        self._dirty = False
        self.hide()
        self.closed.emit()

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self._keeping.start()

    @Slot()
    def _tick(self) -> None:
        if self._began is None:
            return
        seconds = int(time.monotonic() - self._began)
        self._clock.setText(f"{seconds // 60}:{seconds % 60:02d}")

    @Slot()
    def _show_end(self) -> None:
        QApplication.sendPostedEvents()
        self._scroll.verticalScrollBar().setValue(self._scroll.verticalScrollBar().maximum())

    @Slot()
    def _choose_sound(self) -> None:
        if paths := ask_files(self, self.tr("Attach a recording"), SOUND_FILES):
            self.sounds.attach(paths[0])

    @Slot(object)
    def _sound_attached(self, document_id: int) -> None:
        if self.isVisible():
            self.fields.recording.show_recording(document_id)
            self._show_end()
            self._session.tell(self.tr("The recording is in the library. Save the call to keep it with the call."))
        else:
            self._session.tell(self.tr("The recording is in the library, with the papers that are not filed yet."))

    def _corrections(self, call_id: int) -> list[Wording]:
        """What was changed of a call after it was logged, the oldest first."""
        return self._session.read(ListWordings(call_id))[1:] if call_id else []

    def _corrected_words(self, call_id: int) -> str:
        found = self._corrections(call_id)
        if not found:
            return ""
        return self.tr("Corrected on {day}").format(day=plain_moment(moment_from_datetime(found[-1].at)))

    @Slot()
    def show_wordings(self) -> None:
        """Show what stood in the call before it was corrected."""
        WordingsDialog(self._session, self.fields.call_id, self.window()).open()

    def _count_minutes(self) -> None:
        if self._began is not None:
            minutes = max(1, round((time.monotonic() - self._began) / 60))
            self.fields.set_minutes_if_blank(str(minutes))

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(WANTED_HEIGHT))


def _question(wish: CallWish) -> str:
    """What to ask: what the wish says, else what its purpose does."""
    scripts = call_scripts()
    return wish.asked or (scripts[wish.purpose].ask if wish.purpose in scripts else "")


def _now() -> Moment:
    return moment_from_datetime(datetime.now())  # noqa: DTZ005 - the user's own clock is what the log says
