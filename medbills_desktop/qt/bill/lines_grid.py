"""The grid that one types lines into: keyboard ways, marks by one key, inserting, clearing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from medbills_desktop.commands.lines import EditLines, MarkLines, RemoveLines
from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.qt.bill.line_acts import MARK_PREFIX, MENU, SEPARATOR, build_line_actions, is_writing
from medbills_desktop.qt.bill.line_cells import BY_NAME, CELLS, LAST_ENTRY, MARK, MARK_KEYS, cell_text
from medbills_desktop.qt.bill.line_clipboard import LineClipboard
from medbills_desktop.qt.bill.lines_editor import LinesDelegate
from medbills_desktop.qt.bill.lines_model import BLANK, LinesModel
from medbills_desktop.qt.column_widths import MOST_WHOLE, text_width
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.words.header_words import offer_words
from medbills_desktop.store.queries.lines import EarlierLine

LEAST_DESCRIPTION = 180
"""Pixels at 100 % text that "What the bill says" keeps at least; the rest scrolls sideways."""
ROW = 32
FOCUS_FRAME = 6
"""Pixels that the frame of the current cell takes from its text."""

FILLED = ("code_system", "revenue_code", "unit")
"""What type-ahead fills in beside code and description, where the line has none yet. Never a figure."""


class LinesGrid(QTableView):
    """Signals: `line_chosen` carries the id of the current line or None; `paste_refused` a tuple of sentences;
    `refused` a `UserError`; `mended` nothing, once what was refused is put right.
    """

    line_chosen = Signal(object)
    paste_refused = Signal(object)
    refused = Signal(object)
    mended = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Lines of the bill"))
        self.lines_model = LinesModel(session, self)
        self.setModel(self.lines_model)
        self.delegate = LinesDelegate(self)
        self.setItemDelegate(self.delegate)
        self.clipboard = LineClipboard(self)
        self._dress()
        self.delegate.moved.connect(self.move_on)
        self.delegate.filled.connect(self._fill)
        self.delegate.refused.connect(self.refused)
        self.delegate.mended.connect(self.mended)
        self.lines_model.refused.connect(self.refused)
        self.lines_model.accepted.connect(self.mended)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        handlers = {name: getattr(self, name) for name in ("insert_below", "insert_above", "clear", "remove")}
        handlers |= {"copy": self.clipboard.copy, "paste": self.paste, "mark": self._mark_triggered}
        self.actions_by_id = build_line_actions(self, handlers)
        for id_, action in self.actions_by_id.items():
            action.setEnabled(self.writable or not is_writing(id_))

    def _dress(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        offer_words(self.horizontalHeader())
        self.rescale()

    def rescale(self) -> None:
        """Take the heights and widths of the text size in use."""
        header = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        header.setMinimumSectionSize(px(40))
        for number in range(len(CELLS)):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column its width: a date, a code or a figure is never cut, what the bill says takes the rest."""
        header, lines = self.horizontalHeader(), self.lines_model.lines
        for number, cell in enumerate(CELLS):
            wanted = px(cell.width or LEAST_DESCRIPTION)
            if cell.whole:
                widest = max((cell_text(line, number) for line in lines), key=len, default="")
                wanted = max(wanted, min(text_width(widest) + FOCUS_FRAME, px(MOST_WHOLE)))
            header.resizeSection(number, wanted)
        self._share_width()

    def _share_width(self) -> None:
        header, wide = self.horizontalHeader(), BY_NAME["description"]
        before = sum(header.sectionSize(number) for number in range(BY_NAME["accepted"]) if number != wide)
        header.resizeSection(wide, max(px(LEAST_DESCRIPTION), self.viewport().width() - before))

    @property
    def writable(self) -> bool:
        """Whether lines can be typed at all."""
        return self._session.library.mode == "write"

    @property
    def session(self) -> Session:
        """The session whose library is shown."""
        return self._session

    def chosen_lines(self) -> list[Line]:
        """The lines in which a cell is chosen, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [line for line in map(self.lines_model.line_at, rows) if line is not None]

    def current_line(self) -> Line | None:
        """The line of the current cell."""
        return self.lines_model.line_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def choose(self, line_id: int) -> bool:
        """Make a line current; False where the bill has it not."""
        number = self.lines_model.number_of(line_id)
        if number >= 0:
            self.setCurrentIndex(self.lines_model.index(number, max(self.currentIndex().column(), 0)))
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        return number >= 0

    def begin_new(self) -> None:
        """Go to the blank row's first cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(self.lines_model.index(self.lines_model.blank_row, 0))

    def put_away(self) -> None:
        """Hold what stands in an open editor, before another bill is shown or the window goes."""
        typed = self.delegate.typed()
        if typed is not None:
            index, text = typed
            self.lines_model.setData(index, text)

    def mark(self, mark: Mark) -> None:
        """Set the mark of the chosen lines, as one step."""
        lines = self.chosen_lines()
        if lines:
            self._session.perform(MarkLines(tuple(line.id for line in lines), mark))
        elif self.currentIndex().isValid() and self.lines_model.bill_id is not None:
            index = self.lines_model.index(self.currentIndex().row(), MARK)
            self.lines_model.setData(index, mark)

    def remove(self) -> None:
        """Take the chosen lines off the bill; undo brings them back."""
        lines = self.chosen_lines()
        if lines:
            self._session.perform(RemoveLines(tuple(line.id for line in lines)))

    def clear(self) -> None:
        """Clear the chosen cells; lines that are chosen from end to end are removed."""
        chosen = self.selectionModel().selectedIndexes()
        count = len({index.row() for index in chosen})
        if chosen and len(chosen) == count * len(CELLS):
            self.remove()
            return
        edits: dict[int, list[tuple[str, Any]]] = {}
        for index in chosen:
            self.lines_model.let_go(index)
            line, name = self.lines_model.line_at(index.row()), CELLS[index.column()].field.name
            if line and name != "description" and getattr(line, name) is not None:
                edits.setdefault(line.id, []).append((name, "unreviewed" if name == "mark" else None))
        if edits:
            self._session.perform(EditLines(tuple((key, tuple(fields)) for key, fields in edits.items())))

    def insert_below(self) -> None:
        """Put the blank row below the current line."""
        line = self.current_line()
        self._go_to_blank(self.lines_model.put_blank(line.id if line else None))

    def insert_above(self) -> None:
        """Put the blank row above the current line."""
        row = self.currentIndex().row()
        if self.current_line() is not None:
            above = self.lines_model.line_at(row - 1)
            row = self.lines_model.put_blank(above.id if above else BLANK)
        self._go_to_blank(row)

    def _go_to_blank(self, row: int) -> None:
        self.setCurrentIndex(self.lines_model.index(row, 0))

    def paste(self) -> None:
        """Paste rows from a spreadsheet at the current cell, all or nothing."""
        refused = self.clipboard.paste()
        if refused:
            self.paste_refused.emit(refused)
        else:
            self.mended.emit()

    @Slot()
    def _mark_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.mark(action.data())

    @Slot(object)
    def move_on(self, way: str) -> None:
        """Go from the current cell: next (after the charge to the next line), previous, below or above."""
        index, model = self.currentIndex(), self.lines_model
        row, column = index.row(), index.column()
        if way == "next":
            row, column = (row + 1, 0) if column == LAST_ENTRY or column + 1 >= len(CELLS) else (row, column + 1)
        elif way == "previous":
            row, column = (row - 1, LAST_ENTRY) if column == 0 else (row, column - 1)
        else:
            row += 1 if way == "below" else -1
        if way == "next" and index.row() == model.blank_row and row > index.row() and model.held.of(BLANK):
            row, column = index.row(), BY_NAME["description"]
            self.refused.emit(UserError(self.tr("This line needs what the bill says."), self.tr("Type it here.")))
        if 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, column))

    @Slot(object)
    def _fill(self, earlier: EarlierLine) -> None:
        """Fill what goes with the chosen code or description, where the line has none yet."""
        index, model = self.currentIndex(), self.lines_model
        line = model.line_at(index.row())
        other = "description" if CELLS[index.column()].field.name == "code" else "code"
        if line is None:
            if getattr(earlier, other) and not model.held.get(BLANK, other):
                model.held.put(BLANK, other, getattr(earlier, other))
            model.tag({name: getattr(earlier, name) for name in FILLED})
            return
        wanted = {name: getattr(earlier, name) for name in (other, *FILLED)}
        fields = tuple((name, value) for name, value in wanted.items() if value and not getattr(line, name))
        if fields:
            self._session.perform(EditLines(((line.id, fields),)))

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.lines_model.line_at(current.row()) if current.isValid() else None
        self.line_chosen.emit(line.id if line else None)

    def select_row(self, number: int) -> None:
        """Choose a whole line."""
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(self.lines_model.index(number, 0), rows)

    # Qt's own names from here on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        key = chr(event.key()) if 0x20 < event.key() < 0x7F else ""
        if key in MARK_KEYS and plain and self.currentIndex().column() == MARK and self.writable:
            self.mark(MARK_KEYS[key])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_on("previous" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "next")
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().column() == MARK:
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self.lines_model.blank_moved:
            self.lines_model.put_blank(None)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        if not self.hasFocus():  # not Tab: Qt looks where the keyboard goes from an editor that has just closed
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        index, model = self.currentIndex(), self.lines_model
        last = index.row() == model.rowCount() - 1 and (index.column() >= LAST_ENTRY or not model.held.of(BLANK))
        first = index.row() == 0 and index.column() == 0
        if not index.isValid() or (last if next else first):
            return QAbstractItemView.focusNextPrevChild(self, next)
        self.move_on("next" if next else "previous")
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in MENU:
            if id_ == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self.actions_by_id[id_])
        marks = menu.addMenu(self.tr("&Mark"))
        for mark in words.MARK:
            marks.addAction(self.actions_by_id[f"{MARK_PREFIX}{mark}"])
        menu.popup(event.globalPos())
