"""Choosing what is handed over to somebody who helps: which bills, and what will be in the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from medbills_desktop.commands.handing_over import FindBillsBeside, HandedOver, ReadHandOver
from medbills_desktop.domain.records import Document, Redaction
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.dialogs.compared_words import titled
from medbills_desktop.qt.lengths import keep, open_at
from medbills_desktop.qt.reading_pane import ReadingPane, readable
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, counted, label, panel, row
from medbills_desktop.store.queries.bills import ListBillChoices

WIDTH, HEIGHT = 600, 620


@dataclass(frozen=True, slots=True)
class HandOverWish:
    """What is to be handed over, and where to."""

    bill_ids: tuple[int, ...]
    private_notes: bool
    target: Path


class HandOverDialog(QDialog):
    """Signals: `wished` carries a `HandOverWish`."""

    wished = Signal(object)

    def __init__(self, session: Session, bill_id: int | None, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Hand over one case"))
        self._session = session
        self._bills = self._make_bills(bill_id)
        self.contents = ReadingPane()
        self.private = QCheckBox(self.tr("With my private notes on calls"))
        self.private.toggled.connect(self._show_contents)
        self._target = QLineEdit(str(folder / "MedBills case.zip"))
        self._target.setAccessibleName(self.tr("Save as"))
        self._replacing: Path | None = None
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._build()
        self._bills.itemChanged.connect(self._show_contents)
        self._show_contents()
        open_at(self, WIDTH, HEIGHT)

    def _make_bills(self, bill_id: int | None) -> QListWidget:
        beside = set() if bill_id is None else self._session.read(FindBillsBeside(bill_id))
        made = QListWidget()
        made.setAccessibleName(self.tr("Bills to hand over"))
        for choice in self._session.read(ListBillChoices()):
            item = QListWidgetItem(choice.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if choice.id in beside else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            made.addItem(item)
        made.setWordWrap(True)
        made.setResizeMode(QListWidget.ResizeMode.Adjust)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        write = buttons.addButton(self.tr("Hand over"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        keep(self._bills, least_height=64)
        keep(self.contents, least_height=64)
        layout = column(gap=6, margins=(16, 14, 16, 14))
        layout.addWidget(label(self.tr("Bills (space ticks one)"), "muted"))
        layout.addWidget(self._bills, 2)
        layout.addWidget(label(self.tr("What will be in the file"), "muted"))
        told = panel()
        told.setLayout(column(self.contents, margins=(2, 2, 2, 2)))
        layout.addWidget(told, 3)
        layout.addWidget(self.private)
        choose = button(self.tr("Choose…"), self._choose)
        choose.setAutoDefault(True)  # Enter on it chooses; elsewhere it hands over
        layout.addLayout(row(self._target, choose))
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        self.setLayout(layout)
        write.setDefault(True)

    def _chosen(self) -> tuple[int, ...]:
        items = (self._bills.item(number) for number in range(self._bills.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)

    @Slot()
    def _show_contents(self) -> None:
        handed = self._session.read(ReadHandOver(self._chosen(), self.private.isChecked()))
        told = self._told(handed) if self._chosen() else [self.tr("No bill is ticked yet.")]
        page = QWidget()
        page.setLayout(column(*map(readable, told), None, gap=6, margins=(8, 6, 8, 6)))
        self.contents.show_page(page, self.tr("What will be in the file"), " ".join(told))

    def _told(self, handed: HandedOver) -> list[str]:
        counts = [f"{titled(kind)}: {count}" for kind, count in handed.counted.items() if kind is not Document]
        papers = [document.shown_title for document in handed.case.all(Document)]
        told = [" · ".join(counts)]
        head = counted(len(papers), self.tr("1 paper"), self.tr("{n} papers"))
        told.append(f"{head}: {'; '.join(papers)}" if papers else self.tr("No paper is linked to it."))
        if handed.case.all(Redaction):
            told.append(self.tr("Papers go along as they came, with the areas that are taken out of packets."))
        if handed.notes_left_out:
            one, many = (
                self.tr("The private note of 1 call stays here."),
                self.tr("Private notes of {n} calls stay here."),
            )
            told.append(counted(handed.notes_left_out, one, many))
        if handed.patients_left_out:
            names = ", ".join(handed.patients_left_out)
            told.append(self.tr("Nothing of other patients is in it: {names}.").format(names=names))
        return told

    @property
    def told(self) -> str:
        """What is said about the file."""
        return self.contents.accessibleDescription()

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._problem.text()

    @Slot()
    def _choose(self) -> None:
        target = ask_target(self, self.tr("Save the case as"), self._target.text(), "Zip (*.zip)")
        if target is not None:
            self._target.setText(str(target))
            self._replacing = target  # the system's dialog has asked

    def _refuse(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bills.doItemsLayout()  # rows have their height only in the look of the window that they are in

    @Slot()
    def accept(self) -> None:
        target = Path(self._target.text().strip()).expanduser()
        if not self._chosen() or not target.name:
            self._refuse(self.tr("Tick at least one bill, and say where to save the case."))
            return
        if target.suffix.lower() != ".zip":
            target = target.with_name(f"{target.name}.zip")
        if target.exists() and target != self._replacing:
            self._replacing = target
            self._refuse(self.tr("There is a file of that name. Press Hand over once more to replace it."))
            return
        self.wished.emit(HandOverWish(self._chosen(), self.private.isChecked(), target))
        super().accept()
