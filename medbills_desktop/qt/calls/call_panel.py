"""The call panel: beside whatever is being done, the time running, what one needs in sight, nothing typed ever lost."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from medbills_desktop.commands.bills import same_name
from medbills_desktop.domain.dates import Moment, moment_from_datetime
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.calls.about_card import AboutCard
from medbills_desktop.qt.calls.call_draft import CallDraft, draft_of, new_draft
from medbills_desktop.qt.calls.call_fields import CallFields
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, label, panel, row
from medbills_desktop.store.drafts import drop_draft, find_draft, keep_draft
from medbills_desktop.store.queries.bills import ListNames

DRAFT_KEY = "call"
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
KEEP_AFTER_MILLISECONDS = 700
"""How long after the last key the typed text is safe on the disk."""


class CallPanel(QWidget):
    """Signals: `closed` carries nothing; `kept` the id of the call that was kept."""

    closed = Signal()
    kept = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._began: float | None = None
        self._dirty = False
        self._clock = label("", "figure")
        self._clock.setAccessibleName(self.tr("Time of the call"))
        self._title = label(self.tr("Call"), "heading")
        self._state = label("", "muted")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.fields = CallFields()
        self.fields.edited.connect(self._edited)
        self.about = AboutCard(session)
        self.about.chosen.connect(self._edited)
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
        for keys, act in (("Ctrl+Return", self.save), ("Escape", self.close_panel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(_WITHIN)
            shortcut.activated.connect(act)

    def _build(self) -> None:
        frame = panel()
        head = row(
            self._title,
            self._clock,
            self._state,
            None,
            self._stop,
            button(self.tr("Close"), self.close_panel, "", "Esc"),
            self._save,
        )
        body = row(gap=16)
        fields = QScrollArea()
        fields.setWidgetResizable(True)
        fields.setWidget(self.fields)
        fields.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep(fields, least_height=200)
        keep(self.about, least_width=190)
        body.addWidget(fields, 3)
        body.addWidget(self.about, 1)
        layout = column(gap=8, margins=(16, 12, 16, 12))
        layout.addLayout(head)
        layout.addWidget(self._problem)
        layout.addLayout(body, 1)
        frame.setLayout(layout)
        self.setLayout(column(frame))

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
            name = wish.organization or self.about.biller_of(wish.bill_id)
            draft = new_draft(_now(), name, (wish.bill_id,))
            draft.asked, draft.claim_ids = wish.asked, list(wish.claim_ids)
            self._start(draft)
        self.about.show_script(wish.script)

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
        wanted = wish.organization or self.about.biller_of(wish.bill_id)
        if typed.call_id or (typed.organization.strip() and not same_name(typed.organization, wanted)):
            self._session.tell(self.tr("Save or close the open call first."))
            return
        self.about.tick(wish.bill_id)
        if wish.asked.strip() not in typed.asked:
            self.fields.add_question(wish.asked)

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
            self.about.show_choices(draft.bill_ids, draft.claim_ids)
        self._dirty = False
        self._title.setText(self.tr("Correct call") if draft.call_id else self.tr("Call"))
        self._clock.setText("")
        self._state.setText(state)
        self._stop.setVisible(not draft.call_id)
        self.show()
        self.fields.focus_first()

    def draft(self) -> CallDraft:
        """What stands in the panel now."""
        found = self.fields.draft()
        found.bill_ids, found.claim_ids = self.about.bill_ids(), self.about.claim_ids()
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
        try:
            call = self._session.desk.perform(self.draft().command())
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self._end()
        self._session.tell(self.tr("The call is saved."))
        self.kept.emit(call.id)

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
        if self._session.library.mode == "write":
            drop_draft(self._session.library, DRAFT_KEY)
        self._hide()

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

    def _count_minutes(self) -> None:
        if self._began is not None:
            minutes = max(1, round((time.monotonic() - self._began) / 60))
            self.fields.set_minutes_if_blank(str(minutes))


def _now() -> Moment:
    return moment_from_datetime(datetime.now())  # noqa: DTZ005 - the user's own clock is what the log says
