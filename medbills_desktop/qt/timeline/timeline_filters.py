"""What the timeline is narrowed by: whose it is, kinds of events, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QWidget

from medbills_desktop.domain.dates import Day, day_from_text
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.timeline import KIND, Kind, Narrowing, period_words
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.form import Choice
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import column, label
from medbills_desktop.store.queries.timeline import EVERYTHING, TimelineChoice, TimelineScope

HAPPENED: frozenset[Kind] = frozenset(kind for kind in KIND if kind != "deadline")
"""Kinds that are shown unless others are chosen."""


class TimelineFilters(QWidget):
    """Signals: `changed` (nothing) when something else is to be shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = self._make_scope()
        self.kinds = QPushButton()
        self.kinds.setAutoDefault(False)
        self._boxes: dict[Kind, QAction] = {}
        self._make_menu()
        self.first = self._day(self.tr("From"), self.tr("from 3/1/2026"))
        self.last = self._day(self.tr("To"), self.tr("to 3/31/2026"))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        line = QWidget()
        line.setLayout(Flow([self.scope, self.kinds, self.first, self.last], gap=8))
        self.setLayout(column(line, self.problem, gap=2))
        self._name_kinds()

    def _make_scope(self) -> QComboBox:
        scope = Choice()
        scope.setAccessibleName(self.tr("Whose timeline"))
        scope.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        keep(scope, least_width=150)
        keep(scope.view(), least_width=380)
        scope.addItem(self.tr("Everything"), EVERYTHING)
        scope.currentIndexChanged.connect(self._tell)
        return scope

    def _make_menu(self) -> None:
        menu = self._menu = QMenu(self.kinds)
        every = QAction(self.tr("All that happened"), self)
        every.triggered.connect(self._all_kinds)
        menu.addAction(every)
        menu.addSeparator()
        for kind, words in KIND.items():
            if kind == "deadline":
                menu.addSeparator()
            box = QAction(words, self)  # of this widget, which outlives the menu
            box.setCheckable(True)
            box.setChecked(kind in HAPPENED)
            box.toggled.connect(self._kinds_changed)
            self._boxes[kind] = box
            menu.addAction(box)
        self.kinds.setMenu(menu)

    def _day(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._tell)
        keep(field, least_width=124, most_width=170)
        return field

    def offer(self, choices: Iterable[TimelineChoice]) -> None:
        """Offer what a timeline can be of; the one that was chosen stays."""
        chosen = self.chosen
        with QSignalBlocker(self.scope):
            self.scope.clear()
            self.scope.addItem(self.tr("Everything"), EVERYTHING)
            for _, group in groupby(choices, lambda choice: choice.scope.kind):
                self.scope.insertSeparator(self.scope.count())
                for choice in group:
                    self.scope.addItem(self._words(choice), choice.scope)
            self._select(chosen)

    def _words(self, choice: TimelineChoice) -> str:
        heads = {"person": self.tr("Patient: {name}"), "visit": self.tr("Visit: {name}")}
        return heads.get(choice.scope.kind, self.tr("Bill: {name}")).format(name=choice.words)

    def _select(self, scope: TimelineScope) -> bool:
        places = (place for place in range(self.scope.count()) if self.scope.itemData(place) == scope)
        place = next(places, 0)
        self.scope.setCurrentIndex(place)
        return place > 0

    def show_scope(self, scope: TimelineScope) -> None:
        """Show all that happened in a scope, whatever was narrowed before."""
        with QSignalBlocker(self.scope):
            self._select(scope)
        self.clear()

    @property
    def chosen(self) -> TimelineScope:
        """Whose timeline is shown."""
        found = self.scope.currentData()
        return found if isinstance(found, TimelineScope) else EVERYTHING

    def narrowing(self, words: str) -> Narrowing:
        """What is shown now; a day that can't be read narrows nothing and is said so."""
        problems: list[str] = []
        first, last = (self._typed(field, problems) for field in (self.first, self.last))
        if first and last and last < first:
            problems.append(self.tr("The period ends before it begins."))
        self.problem.setText(" ".join(problems))
        self.problem.setVisible(bool(problems))
        return Narrowing(self._kinds(), first, last, words)

    @staticmethod
    def _typed(field: QLineEdit, problems: list[str]) -> Day | None:
        if not field.text().strip():
            return None
        try:
            return day_from_text(field.text())
        except UserError as error:
            problems.append(str(error))
            return None

    def _kinds(self) -> frozenset[Kind]:
        kinds = frozenset(kind for kind, box in self._boxes.items() if box.isChecked())
        return frozenset() if kinds == HAPPENED else kinds

    def words(self, narrowing: Narrowing) -> str:
        """What is left out, to stand on a printed list; empty where all that happened is on it."""
        kinds = ", ".join(KIND[kind] for kind in KIND if kind in narrowing.kinds)
        parts = (
            period_words(narrowing.first, narrowing.last),
            self.tr("only {kinds}").format(kinds=kinds) if kinds else "",
            self.tr("with the words “{words}”").format(words=narrowing.words.strip())
            if narrowing.words.strip()
            else "",
        )
        said = "; ".join(part for part in parts if part)
        return f"{said[:1].upper()}{said[1:]}"

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self._kinds() or self.first.text() or self.last.text() or self.chosen != EVERYTHING)

    def clear(self) -> None:
        """Leave nothing out of the scope that is chosen."""
        with QSignalBlocker(self.first), QSignalBlocker(self.last):
            self.first.clear()
            self.last.clear()
        self._all_kinds()

    @Slot()
    def _all_kinds(self) -> None:
        for kind, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(kind in HAPPENED)
        self._kinds_changed()

    @Slot()
    def _kinds_changed(self) -> None:
        self._name_kinds()
        self._tell()

    def _name_kinds(self) -> None:
        kinds = self._kinds()
        if not kinds:
            self.kinds.setText(self.tr("All that happened"))
        else:
            count = self.tr("{some} of {all} kinds").format(some=len(kinds), all=len(KIND))
            self.kinds.setText(KIND[next(iter(kinds))] if len(kinds) == 1 else count)

    def show_kinds(self, kinds: Iterable[Kind]) -> None:
        """Show only some kinds."""
        wanted = set(kinds)
        for kind, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(kind in wanted)
        self._kinds_changed()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()
