"""What will be taken out of a packet, paper by paper, before it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QListWidget, QWidget
from shiboken6 import isValid

from medbills_desktop.commands.redaction_preview import PaperToRedact, PreviewRedaction
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import column, counted, label

KINDS: dict[str, tuple[str, str]] = {
    "birth_date": ("1 date of birth", "{n} dates of birth"),
    "member_number": ("1 member or group number", "{n} member or group numbers"),
    "account_number": ("1 account number", "{n} account numbers"),
    "social_security_number": ("1 Social Security number", "{n} Social Security numbers"),
    "diagnosis": ("1 diagnosis", "{n} diagnoses"),
    "other": ("1 area", "{n} areas"),
}
_LONGEST_TITLE = 60


class RedactionList(QWidget):
    """A tick, and below it what it will do. `changed` says that the tick was set or taken away by the person, `told`
    that something else is said now and may need more room."""

    changed = Signal()
    told = Signal()

    def __init__(self, session: Session, chosen: Callable[[], list[int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = chosen
        self._asked: tuple[int, ...] | None = None
        self.tick = QCheckBox(self.tr("Take out &personal numbers"))
        self.tick.toggled.connect(self.look)
        self.tick.clicked.connect(self.changed)
        self.said = label("", "muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What will be taken out"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setWordWrap(True)
        fit_rows(self.list, 6)
        self.setLayout(column(self.tick, self.said, self.list, gap=4, margins=(0, 0, 0, 0)))
        self.look()

    @Slot()
    def look(self) -> None:
        """Look anew what will be taken out of the papers of the chosen bills, beside the window."""
        on = self.tick.isChecked()
        self.list.setVisible(on)
        self.said.setVisible(on)
        bill_ids = tuple(self._chosen()) if on else ()
        self._asked = bill_ids
        self.list.clear()
        if not on:
            return
        if not bill_ids:
            self.said.setText(self.tr("Tick a bill to see what will be taken out of its papers."))
            return
        self.said.setText(self.tr("Looking through the papers …"))
        library, query = self._session.library, PreviewRedaction(bill_ids)
        self._session.tasks.start(lambda _task: (bill_ids, library.read(query)), self._take)

    def _take(self, found: tuple[tuple[int, ...], list[PaperToRedact]]) -> None:
        bill_ids, papers = found
        if not isValid(self) or bill_ids != self._asked:
            return
        self.list.clear()
        self.list.addItems([in_words(paper) for paper in papers])
        self.list.setVisible(bool(papers))
        usual = self.tr(
            "Of birth dates the year stays, of member and account numbers the last four characters. The papers "
            "themselves stay whole. Bar codes, handwriting and pictures are not read: mark them in the viewer (T)."
        )
        none = self.tr("Nothing was found in these papers that would be taken out.")
        self.said.setText(usual if papers else f"{none} {usual}")
        self.told.emit()


def fit_rows(shown: QListWidget, rows: int) -> None:
    """Room for so many rows, at any text size; long rows break or are cut, nothing scrolls sideways."""
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.setResizeMode(QListWidget.ResizeMode.Adjust)
    shown.setFixedHeight(rows * (shown.fontMetrics().height() + px(8)) + px(8))


def in_words(paper: PaperToRedact) -> str:
    """One paper: what goes, and what can't be searched."""
    parts = [*_counts(paper.by_rule), *(_tr("{what} by hand").format(what=each) for each in _counts(paper.by_hand))]
    if paper.unread:
        pages = ", ".join(map(str, paper.unread[:12])) + (" …" if len(paper.unread) > 12 else "")
        parts.append(_tr("can't be searched, look through: page {pages}").format(pages=pages))
    title = paper.title if len(paper.title) <= _LONGEST_TITLE else f"{paper.title[:_LONGEST_TITLE]}…"
    return f"{title}: {', '.join(parts)}"


def _counts(kinds: Mapping[str, int]) -> list[str]:
    return [counted(count, *map(_tr, KINDS[kind])) for kind, count in kinds.items()]


def _tr(text: str) -> str:
    return QCoreApplication.translate("RedactionList", text)
