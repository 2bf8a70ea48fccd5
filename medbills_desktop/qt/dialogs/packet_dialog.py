"""Choosing what goes into a packet: which bills, for whom, and what will be in it."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from medbills_desktop.domain.records import Bill
from medbills_desktop.packet.volumes import others_of_that_name
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.dialogs.packet_more import PacketMore, headed
from medbills_desktop.qt.dialogs.packet_parts import PacketParts
from medbills_desktop.qt.dialogs.packet_size import PacketSize
from medbills_desktop.qt.dialogs.packet_variants import PacketVariants
from medbills_desktop.qt.dialogs.redaction_list import RedactionList, fit_rows
from medbills_desktop.qt.dialogs.reply_day import ReplyDay
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label, row, scrolling
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.reader import Reader

AUDIENCES = (
    ("biller", "The biller"),
    ("insurer", "The insurer"),
    ("regulator", "A regulator"),
    ("court", "A court"),
    ("advocate", "An advocate or counselor"),
)

WIDTH, HEIGHT = 640, 520
"""In pixels at 100 % text; it grows with what is unfolded."""

REDACTED = frozenset({"regulator", "court"})
"""Readers whose files others can see: for them personal numbers are taken out unless the person says otherwise."""


def refs_of(reader: Reader, bill_ids: list[int]) -> tuple[str, ...]:
    """The case-file ids of bills."""
    return tuple(str(reader.get(Bill, bill_id).ref) for bill_id in bill_ids)


def free_name(folder: Path) -> Path:
    """A name for a packet that is not taken in a folder: `Packet.pdf`, `Packet 2.pdf` …"""
    names = (folder / ("Packet.pdf" if number == 1 else f"Packet {number}.pdf") for number in itertools.count(1))
    return next(name for name in names if not name.exists())


def refused_folder(folder: Path) -> str:
    """What to say of a folder in which no packet can be saved; empty where one can, as far as is known before."""
    if not folder.is_dir():
        words = QCoreApplication.translate("PacketDialog", "There is no folder {folder}. Choose one that is there.")
    elif not os.access(folder, os.W_OK):
        words = QCoreApplication.translate("PacketDialog", "Nothing can be saved in {folder}. Choose another folder.")
    else:
        return ""
    return words.format(folder=folder)


class PacketDialog(QDialog):
    """Signals: `wished` carries a `PacketWish`."""

    wished = Signal(object)

    def __init__(self, session: Session, bill_id: int | None, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export packet"))
        self._session = session
        self._bills = QListWidget()
        self._bills.setAccessibleName(self.tr("Bills in the packet"))
        for choice in session.read(ListBillChoices()):
            item = QListWidgetItem(choice.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            chosen = choice.id == bill_id
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            self._bills.addItem(item)
            if chosen:
                self._bills.setCurrentItem(item)
        fit_rows(self._bills, min(max(self._bills.count(), 3), 6))
        self._audience = QComboBox()
        self._audience.setAccessibleName(self.tr("Who will read it"))
        for value, text in AUDIENCES:
            self._audience.addItem(text, value)
        self.reply_by = ReplyDay()
        self.parts = PacketParts(session, self._chosen)
        self.redaction = RedactionList(session, self._chosen)
        self.variants = PacketVariants()
        self.size_limit = PacketSize()
        self.more = PacketMore(self.parts, self.variants, self.size_limit, self.reply_by)
        self._said_so = False
        self._target = QLineEdit(str(free_name(folder)))
        self._replacing: tuple[Path, bool] | None = None
        self._asked_for: Path | None = None
        self._target.setAccessibleName(self.tr("Save as"))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._build()
        self._bills.itemChanged.connect(self._bills_changed)
        self._audience.currentIndexChanged.connect(self._audience_changed)
        self.redaction.changed.connect(self._tick_changed)
        self.parts.changed.connect(self._foretell)
        self.variants.changed.connect(self._variant_changed)
        self.size_limit.choice.currentIndexChanged.connect(self._limit_changed)
        self.more.opened.connect(self._lead_to_more)
        self.redaction.told.connect(self._make_room)
        application = cast("QApplication", QApplication.instance())
        application.focusChanged.connect(self._keep_in_view)
        self._audience_changed()
        self.parts.look()
        open_at(self, WIDTH, HEIGHT)

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        export = buttons.addButton(self.tr("Export packet"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        choose = button(self.tr("&Choose…"), self._choose)
        choose.setAutoDefault(True)  # Enter on it chooses; elsewhere it exports
        choices = QWidget()
        inner = column(
            headed(self.tr("&Bills (space ticks one)"), self._bills),
            self._bills,
            headed(self.tr("&Who will read it"), self._audience),
            self._audience,
            self.parts.papers,
            self.redaction,
            self.more,
            None,
            margins=(0, 0, 0, 0),
        )
        choices.setLayout(inner)
        self._inside, self._choices = choices, scrolling(choices)
        whole = column(self._choices, margins=(16, 16, 16, 16))
        whole.addLayout(row(headed(self.tr("&Save as"), self._target), self._target, choose))
        whole.addWidget(self._problem)
        whole.addWidget(buttons)
        self.setLayout(whole)
        export.setDefault(True)  # only a button that is in its dialog becomes the one that Enter presses

    @property
    def problem(self) -> str:
        """What stands in the way of the export, in words."""
        return self._problem.text()

    @Slot()
    def _choose(self) -> None:
        kinds = "Zip (*.zip)" if self._named().suffix == ".zip" else "PDF (*.pdf)"
        target = ask_target(self, self.tr("Save packet as"), str(self._named()), kinds)
        if target is not None:
            self._target.setText(str(target))
            self._asked_for = target  # the system's dialog has asked

    @Slot()
    def _bills_changed(self) -> None:
        self.redaction.look()
        self.parts.look()

    @Slot()
    def _audience_changed(self) -> None:
        """Follow the reader, as long as the person has not set or taken away a tick."""
        self.parts.follow(self._audience.currentData())
        if not self._said_so:
            self.redaction.tick.setChecked(self._audience.currentData() in REDACTED)

    @Slot()
    def _variant_changed(self) -> None:
        """Give the target the ending and the name that go with it."""
        target = Path(self._target.text().strip()).expanduser()
        if target.name and self.variants.named(target) != target:
            self._target.setText(str(self.variants.named(target)))

    @Slot()
    def _limit_changed(self) -> None:
        self.variants.limit(self.size_limit.limit_mb != 0)

    @Slot()
    def _tick_changed(self) -> None:
        self._said_so = True

    @Slot()
    def _foretell(self) -> None:
        self.size_limit.foretell(self.parts.sizes)

    def _chosen(self) -> list[int]:
        items = [self._bills.item(number) for number in range(self._bills.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _in_the_way(self, target: Path, in_volumes: bool) -> str:
        """What to say before files of that name are replaced; nothing when it was said, or where there are none."""
        there = others_of_that_name(target) if in_volumes else [path for path in (target,) if path.exists()]
        if not there or self._replacing == (target, in_volumes) or (there == [target] and self._asked_for == target):
            return ""
        self._replacing = (target, in_volumes)
        if there == [target]:
            return self.tr("There is a file of that name. Export once more to replace it.")
        words = self.tr("There is a packet of that name in volumes ({name} …). Export once more to replace those.")
        return words.format(name=next(path.name for path in there if path != target))

    def _named(self) -> Path:
        """Where to, with the ending and the name that go with what is chosen."""
        return self.variants.named(Path(self._target.text().strip()).expanduser())

    def _asks(self) -> bool:
        """Say what stands in the way, and lead to where it can be changed; whether there was anything."""
        asked, where = self._in_question()
        self._problem.setText(asked)
        self._problem.setVisible(bool(asked))
        if asked:
            if self.more.box.isAncestorOf(where):
                self.more.unfold()
            where.setFocus()
            QAccessible.updateAccessibility(QAccessibleEvent(self._problem, QAccessible.Event.Alert))
        return bool(asked)

    def _in_question(self) -> tuple[str, QWidget]:
        """What has to be asked before the packet is made, and the field that it is about; an empty text for nothing."""
        limit_mb = self.size_limit.limit_mb
        redact = self.redaction.tick.isChecked()
        if not self._chosen():
            return self.tr("Tick at least one bill."), self._bills
        if not self._target.text().strip() or not Path(self._target.text().strip()).name:
            return self.tr("Say where to save the packet."), self._target
        if refused := refused_folder(self._named().parent):
            return refused, self._target
        if not self.parts.ticked():
            return self.tr("Tick at least one part of the packet."), self.parts.list
        if limit_mb is None:
            return self.tr("Say how many megabytes a file may have, or choose no limit."), self.size_limit.other
        if refused := self.reply_by.problem_of(self._audience.currentData(), self._session.today):
            return refused, self.reply_by
        if self.reply_by.day and not {"cover", "summary"} & set(self.parts.ticked()):
            what = self.tr("The day of the answer is printed on the cover and the summary.")
            return f"{what} {self.tr('Tick one of them, or empty the line.')}", self.reply_by
        if asked := self.variants.problem(redact, bool(limit_mb)):
            return asked, self.variants.choice
        return self._in_the_way(self._named(), bool(limit_mb)), self._target

    @Slot()
    def _lead_to_more(self) -> None:
        """Bring what was unfolded into view."""
        QTimer.singleShot(0, self, self._show_more)

    @Slot()
    def _make_room(self) -> None:
        """Grow with what is shown now, as far as the screen has room."""
        QTimer.singleShot(0, self, self._grow)

    @Slot(QWidget, QWidget)
    def _keep_in_view(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what an underlined letter or a question led to; Tab alone would do so by itself."""
        if now is not None and self._choices.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._choices.ensureWidgetVisible(now))

    def _grow(self) -> None:
        view, room = self._choices.viewport(), self.screen().availableGeometry()
        missing = self._inside.heightForWidth(view.width()) - view.height()
        if missing > 0:
            self.resize(self.width(), max(self.height(), min(self.height() + missing, room.height() - px(48))))
            below = self.frameGeometry().bottom() - room.bottom()
            if below > 0:
                self.move(self.x(), max(self.y() - below, room.top()))

    def _show_more(self) -> None:
        self._grow()
        self._choices.verticalScrollBar().setValue(self.more.y())

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        if self._asks():
            return
        refs = self._session.read(lambda reader: refs_of(reader, self._chosen()))
        wish = PacketWish(
            refs,
            self._audience.currentData(),
            self._named(),
            self.parts.shows_private_notes,
            self.redaction.tick.isChecked(),
            self.parts.ticked(),
            limit_mb=self.size_limit.limit_mb or 0,
            variant=self.variants.key,
            print_it=self.variants.prints,
            reply_by=self.reply_by.day,
        )
        self.wished.emit(wish)
        super().accept()
