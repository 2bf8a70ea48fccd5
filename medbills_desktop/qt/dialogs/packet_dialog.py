"""Choosing what goes into a packet: which bills, for whom, and what will be in it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
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
from medbills_desktop.qt.dialogs.packet_parts import PacketParts
from medbills_desktop.qt.dialogs.packet_size import PacketSize
from medbills_desktop.qt.dialogs.packet_variants import PacketVariants
from medbills_desktop.qt.dialogs.redaction_list import RedactionList, fit_rows
from medbills_desktop.qt.dialogs.reply_day import ReplyDay
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.session import Session
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


REDACTED = frozenset({"regulator", "court"})
"""Readers whose files others can see: for them personal numbers are taken out unless the person says otherwise."""


def refs_of(reader: Reader, bill_ids: list[int]) -> tuple[str, ...]:
    """The case-file ids of bills."""
    return tuple(str(reader.get(Bill, bill_id).ref) for bill_id in bill_ids)


def free_name(folder: Path) -> Path:
    """A name for a packet that is not taken in a folder: `Packet.pdf`, `Packet 2.pdf` …"""
    names = (folder / ("Packet.pdf" if number == 1 else f"Packet {number}.pdf") for number in itertools.count(1))
    return next(name for name in names if not name.exists())


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
        self._said_so = False
        self._target = QLineEdit(str(free_name(folder)))
        self._replacing: tuple[Path, bool] | None = None
        self._asked_for: Path | None = None
        self._target.setAccessibleName(self.tr("Save as"))
        self._problem = label("", "problem", wrap=True)
        self._build()
        self._bills.itemChanged.connect(self._bills_changed)
        self._audience.currentIndexChanged.connect(self._audience_changed)
        self.redaction.changed.connect(self._tick_changed)
        self.parts.changed.connect(self._foretell)
        self.variants.changed.connect(self._variant_changed)
        self._audience_changed()
        self.parts.look()
        open_at(self, 640, 680)

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        export = buttons.addButton(self.tr("Export packet"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        choose = button(self.tr("Choose…"), self._choose)
        choose.setAutoDefault(True)  # Enter on it chooses; elsewhere it exports
        parts = QWidget()
        inner = column(
            label(self.tr("Bills (space ticks one)"), "muted"),
            self._bills,
            label(self.tr("Who will read it"), "muted"),
            self._audience,
            label(self.tr("An answer is asked for by (may stay empty)"), "muted"),
            self.reply_by,
            label(self.tr("What will be in it (space ticks one)"), "muted"),
            self.parts,
            self.redaction,
            label(self.tr("Make it as"), "muted"),
            self.variants,
            label(self.tr("Fit a size limit"), "muted"),
            self.size_limit,
            label(self.tr("Save as"), "muted"),
            margins=(0, 0, 8, 0),
        )
        inner.addLayout(row(self._target, choose))
        inner.addStretch(1)
        parts.setLayout(inner)
        self.setLayout(column(scrolling(parts), self._problem, buttons, margins=(16, 16, 16, 16)))
        export.setDefault(True)  # only a button that is in its dialog becomes the one that Enter presses

    @property
    def problem(self) -> str:
        """What stands in the way of the export, in words."""
        return self._problem.text()

    @Slot()
    def _choose(self) -> None:
        target = ask_target(self, self.tr("Save packet as"), self._target.text(), "PDF (*.pdf)")
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

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        bill_ids = self._chosen()
        target = Path(self._target.text().strip()).expanduser()
        parts = self.parts.ticked()
        if not parts:
            self._problem.setText(self.tr("Tick at least one part of the packet."))
            return
        if not bill_ids or not target.name:
            self._problem.setText(self.tr("Tick at least one bill, and say where to save the packet."))
            return
        target = self.variants.named(target)
        limit_mb = self.size_limit.limit_mb
        if limit_mb is None:
            self._problem.setText(self.tr("Say how many megabytes a file may have, or choose no limit."))
            return
        redact = self.redaction.tick.isChecked()
        problem = (
            self.reply_by.problem
            or self.variants.problem(redact, bool(limit_mb))
            or self._in_the_way(target, bool(limit_mb))
        )
        if problem:
            self._problem.setText(problem)
            return
        refs = self._session.read(lambda reader: refs_of(reader, bill_ids))
        private = self.parts.private.isChecked() and self.parts.private.isEnabled()
        wish = PacketWish(refs, self._audience.currentData(), target, private, redact, parts, limit_mb=limit_mb)
        wish = replace(wish, reply_by=self.reply_by.day)
        self.wished.emit(replace(wish, variant=self.variants.key, print_it=self.variants.prints))
        super().accept()
