"""The size below which every file of a packet stays, and about how it will be split, before it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from medbills_desktop.commands.packet_preview import OWN_PAGES, AboutVolume, about_volumes
from medbills_desktop.packet.volumes import MEGABYTE
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import column, counted, label, row

_OTHER = -1
_MOST_TOLD = 8
LIMITS = (
    (0, "No limit: one file", ""),
    (10, "10 MB a file", "10 MB is what the appeals portal of Arizona’s insurance regulator takes."),
    (25, "25 MB a file", "25 MB is what California’s courts of appeal take."),
    (35, "35 MB a file", "35 MB is what several federal district courts take, as in southern New York."),
    (_OTHER, "Another limit", "The reader’s own page says what it takes."),
)
"""Megabytes, and who asks for them: only readers of whom that is known. Others ask for other sizes."""
_LARGEST = 9_999


class PacketSize(QWidget):
    """A list of limits, a field for another one, and what will come of it by the sizes of the papers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: Sequence[int] | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Fit a size limit"))
        for megabytes, text, _who in LIMITS:
            self.choice.addItem(_tr(text), megabytes)
        self.other = QLineEdit("20")
        self.other.setAccessibleName(self.tr("Another limit, in megabytes"))
        self.other.setMaxLength(len(str(_LARGEST)))
        keep(self.other, most_width=96)
        self._unit = label(self.tr("MB a file"), "muted")
        self.said = label("", "muted", wrap=True)
        layout = column(gap=4, margins=(0, 0, 0, 0))
        layout.addLayout(row(self.choice, self.other, self._unit))
        layout.addWidget(self.said)
        self.setLayout(layout)
        self.choice.currentIndexChanged.connect(self._show)
        self.other.textChanged.connect(self._show)
        self._show()

    @property
    def limit_mb(self) -> int | None:
        """The size in megabytes (1,000,000 bytes) below which every file stays; 0 for a packet in one file, `None`
        where what was typed is no such number."""
        chosen = int(self.choice.currentData())
        if chosen != _OTHER:
            return chosen
        typed = self.other.text().strip()
        return int(typed) if typed.isascii() and typed.isdecimal() and int(typed) else None

    def foretell(self, sizes: Sequence[int] | None) -> None:
        """Tell what will come of papers of these sizes, in bytes; nothing is told while they are not known."""
        self._sizes = sizes
        self._show()

    @Slot()
    def _show(self) -> None:
        for part in (self.other, self._unit):
            part.setVisible(self.choice.currentData() == _OTHER)
        told = "" if self._sizes is None else self._told(self._sizes)
        who = _tr(LIMITS[self.choice.currentIndex()][2])
        self.said.setText(" ".join(filter(None, (told, who))))
        self.said.setVisible(bool(self.said.text()))

    def _told(self, sizes: Sequence[int]) -> str:
        whole = _about(sum(sizes) + OWN_PAGES)
        limit = self.limit_mb
        if limit is None:
            return self.tr("How many megabytes may a file have? A whole number, 1 or more.")
        if not limit:
            return self.tr("{size}, by the sizes of the papers.").format(size=whole)
        volumes = about_volumes(sizes, limit * MEGABYTE)
        if len(volumes) == 1:
            return self.tr("{size}, so it will be one file.").format(size=whole)
        head = self.tr(
            "{size}, so it will come in about {n} volumes, each a file with a sheet that says what is in it:"
        )
        told = [_volume(number, volume) for number, volume in enumerate(volumes[:_MOST_TOLD], 1)]
        if (more := len(volumes) - _MOST_TOLD) > 0:
            told.append(counted(more, self.tr("and 1 more"), self.tr("and {n} more")))
        return f"{head.format(size=whole, n=len(volumes))} {'; '.join(told)}."


def _volume(number: int, volume: AboutVolume) -> str:
    letters = volume.exhibits
    if not letters:
        what = _tr("no exhibit")
    elif len(letters) == 1:
        what = _tr("exhibit {letter}").format(letter=letters[0])
    elif len(letters) == 2:
        what = _tr("exhibits {first} and {last}").format(first=letters[0], last=letters[1])
    else:
        what = _tr("exhibits {first} to {last}").format(first=letters[0], last=letters[-1])
    own = _tr("the first pages, ") if number == 1 else ""
    return f"{number}: {own}{what} ({_tr('about {n} MB').format(n=_megabytes(volume.size))})"


def _about(size: int) -> str:
    return _tr("About {n} MB").format(n=_megabytes(size))


def _megabytes(size: int) -> str:
    return f"{max(1, -(-size // MEGABYTE)):,}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PacketSize", text)
