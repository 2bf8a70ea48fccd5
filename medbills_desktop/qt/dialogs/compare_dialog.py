"""Records that somebody else changed, beside one's own: field by field, with a choice for each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QWidget

from medbills_desktop.commands.comparing import Choice, Comparison, Difference, Key
from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.qt.dialogs.compared_words import ComparedField, compared_fields_of, compared_row, titled
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep, open_at
from medbills_desktop.qt.reading_pane import ReadingPane
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, one_above_other, panel

WIDTH, HEIGHT = 860, 680
CHOSEN = {"ours": "Mine stays", "theirs": "Take theirs", "both": "Keep both"}
TONES = {"ours": None, "theirs": "amber", "both": "accent"}
COLUMNS = (
    Column("What", lambda row: row.kind, lambda row: row.kind.casefold(), width=120, rank=1),
    Column("Which", lambda row: row.name, lambda row: row.name.casefold()),
    Column("Differs in", lambda row: row.fields, lambda row: row.fields.casefold(), width=200, sentence=True, rank=2),
    Column(
        "On import",
        lambda row: CHOSEN[row.choice],
        lambda row: row.choice,
        width=110,
        pill=lambda row: TONES[row.choice],
    ),
)


_LONG = re.compile(r"(\S{10})(?=\S)")


class CompareDialog(QDialog):
    """Nothing changes until it is accepted, and mine stays wherever nothing else is chosen.

    Signals: `chosen` carries the choices by record of theirs, when the import is wanted.
    """

    chosen = Signal(object)

    def __init__(self, compared: Comparison, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Changed elsewhere"))
        self._compared = compared
        self.choices: dict[Key, Choice] = {one.key: "ours" for one in compared.differences}
        """What is chosen for each record so far."""
        self._told = label(self._words(name), "", wrap=True)
        self.view = RowsView(COLUMNS, self.tr("Records that differ"), self.tr("Nothing differs."))
        self.view.chosen.connect(self._show_record)
        self.view.opened.connect(self._next_choice)
        self.fields = ReadingPane()
        self._acts = self._make_acts()
        self._build()
        self._show_rows()
        self.view.setCurrentIndex(self.view.rows_model.index(0, 0))
        self.view.setFocus()
        open_at(self, WIDTH, HEIGHT)

    def _make_acts(self) -> dict[Choice, QPushButton]:
        """The buttons, for all chosen rows. Their keys act at once, where a mnemonic waits a moment."""
        made: dict[Choice, QPushButton] = {
            "ours": button(self.tr("Mine stays"), self._ours, tip="Alt+M"),
            "theirs": button(self.tr("Take theirs"), self._theirs, tip="Alt+T"),
            "both": button(self.tr("Keep both"), self._both, tip="Alt+B"),
        }
        for one, act in ((made["ours"], self._ours), (made["theirs"], self._theirs), (made["both"], self._both)):
            QShortcut(QKeySequence(one.toolTip()), self).activated.connect(act)
        return made

    def _build(self) -> None:
        listing, detail = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        inside = column(margins=(8, 4, 8, 6))
        inside.addWidget(self.fields, 1)
        inside.addLayout(Flow(tuple(self._acts.values())))
        detail.setLayout(inside)
        keep(self.view, least_height=76)
        keep(self.fields, least_height=84)
        buttons = QDialogButtonBox()
        take = buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = column(self._told, gap=12, margins=(16, 16, 16, 16))
        layout.addWidget(one_above_other(listing, detail, (2, 3)), 1)
        layout.addWidget(buttons)
        self.setLayout(layout)
        take.setDefault(True)

    def _words(self, name: str) -> str:
        count = len(self._compared.differences)
        whence = self.tr("“{file}” was changed elsewhere.").format(file=name)
        one, many = self.tr("1 record is here too and differs."), self.tr("{n} records are here too and differ.")
        differ = f"{whence} {counted(count, one, many)}"
        stays = self.tr("Mine stays unless you choose otherwise.")
        new = ", ".join(f"{number} × {titled(KIND_BY_NAME[kind])}" for kind, number in self._compared.added.items())
        comes = self.tr("New, and coming in: {what}.").format(what=new) if new else self.tr("Nothing in it is new.")
        return f"{differ} {stays}\n{comes}"

    def _show_rows(self) -> None:
        rows = [
            compared_row(self._compared, number, self.choices[one.key])
            for number, one in enumerate(self._compared.differences)
        ]
        self.view.set_rows(rows)

    @property
    def _current(self) -> Difference | None:
        number = self.view.current_id()
        return None if number is None else self._compared.differences[number]

    @Slot(object)
    def _show_record(self, _number: object) -> None:
        difference = self._current
        if difference is None:
            return
        rows = compared_fields_of(self._compared, difference)
        spoken = ". ".join(
            self.tr("{field}: mine {ours}, theirs {theirs}").format(field=row.label, ours=row.ours, theirs=row.theirs)
            for row in rows
            if row.differs
        )
        self.fields.show_page(self._page(rows), self.tr("Mine and theirs"), spoken)
        self._acts["both"].setEnabled("both" in difference.choices)

    def _page(self, rows: list[ComparedField]) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        keep(grid, margins=(6, 4, 6, 6), across=16, down=6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, title in ((1, self.tr("Mine")), (2, self.tr("Theirs"))):
            grid.addWidget(label(title, "muted"), 0, place)
        for number, row in enumerate(rows, 1):
            mark = self.tr("{field} ≠").format(field=row.label) if row.differs else row.label
            name = label(mark, "amber" if row.differs else "muted", wrap=True)
            parts = (name, *(label(_breakable(text), wrap=True) for text in (row.ours, row.theirs)))
            for place, part in enumerate(parts):
                grid.addWidget(part, number, place, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(rows) + 1, 1)
        return page

    @Slot()
    def _ours(self) -> None:
        self._choose("ours", self.view.chosen_ids())

    @Slot()
    def _theirs(self) -> None:
        self._choose("theirs", self.view.chosen_ids())

    @Slot()
    def _both(self) -> None:
        self._choose("both", self.view.chosen_ids())

    @Slot(object)
    def _next_choice(self, number: int) -> None:
        """Enter on a record goes round its choices."""
        difference = self._compared.differences[number]
        place = difference.choices.index(self.choices[difference.key])
        self._choose(difference.choices[(place + 1) % len(difference.choices)], [number])

    def _choose(self, choice: Choice, numbers: Iterable[int]) -> None:
        for number in numbers:
            difference = self._compared.differences[number]
            if choice in difference.choices:
                self.choices[difference.key] = choice
        self._show_rows()

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        self.chosen.emit(dict(self.choices))
        super().accept()


def _breakable(text: str) -> str:
    """A text whose long words (addresses, numbers) may go on in the next line, so that two columns always fit."""
    return _LONG.sub("\\1\u200b", text)
