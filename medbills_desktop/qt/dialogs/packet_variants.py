"""What a packet is made as: the plain file unless the person says otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from medbills_desktop.domain.plain_names import plain_name
from medbills_desktop.qt.widgets import column, label

PLAIN, EMAIL, FAX, ORIGINALS = "", "email", "fax", "originals"

VARIANTS = (
    (PLAIN, "A PDF", ""),
    (
        EMAIL,
        "A lighter PDF, for e-mail and upload forms",
        "Scans and photographs are made smaller on the copies, and the packet says so. Its size is told at the end.",
    ),
    (
        FAX,
        "A PDF for a fax machine",
        "Letter, black and white, wide pages turned. Colours are lost, and its text can’t be searched.",
    ),
    (
        ORIGINALS,
        "A zip with the papers as they came",
        "The packet and its originals. These may hold what a copy does not show, such as the place of a photograph.",
    ),
)
"""What can be chosen: its key, its words, and what is said below once it is chosen."""


class PacketVariants(QWidget):
    """Signals: `changed` says that something else was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Make it as"))
        for key, text, _ in VARIANTS:
            self.choice.addItem(_tr(text), key)
        self.said = label("", "muted", wrap=True)
        self.print_it = QCheckBox(self.tr("P&rint it when it is made"))
        self.why_not = label("", "muted", wrap=True)
        self._limited = False
        self.setLayout(column(self.choice, self.said, self.print_it, self.why_not, gap=4, margins=(0, 0, 0, 0)))
        self.choice.currentIndexChanged.connect(self._picked)
        self._show()

    @property
    def key(self) -> str:
        """What is chosen: `email`, `fax`, `originals`, or empty for the plain file."""
        return str(self.choice.currentData())

    @property
    def prints(self) -> bool:
        """Whether the finished packet is to be printed."""
        return self.print_it.isChecked() and self.print_it.isEnabled()

    def limit(self, limited: bool) -> None:
        """Take note whether there is a size limit: what comes in several files is not printed."""
        self._limited = limited
        self._show()
        self.changed.emit()

    def named(self, target: Path) -> Path:
        """The target with the ending of what is chosen; for e-mail with a name that every mail program takes."""
        ending = ".zip" if self.key == ORIGINALS else ".pdf"
        if target.suffix.lower() not in (".zip", ".pdf"):
            target = target.with_name(f"{target.name}{ending}")
        target = target.with_suffix(target.suffix if target.suffix.lower() == ending else ending)
        return target.with_name(plain_name(target.name)) if self.key == EMAIL else target

    def problem(self, redacted: bool, limited: bool) -> str:
        """What stands in the way of it, in words; empty where nothing does."""
        if self.key in (FAX, ORIGINALS) and limited:
            return self.tr("A fax or a zip is one file: choose no size limit.")
        if self.key == ORIGINALS and redacted:
            return self.tr("Nothing is taken out of originals: choose one of the two.")
        return ""

    @Slot()
    def _picked(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if self.key == ORIGINALS:
            why_not = self.tr("A zip can’t be printed; the packet without the originals can.")
        elif self._limited:
            why_not = self.tr("What may come in several files isn’t printed at once. On paper no limit is needed.")
        else:
            why_not = ""
        self.print_it.setEnabled(not why_not)
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.print_it.setAccessibleDescription(why_not)
        told = next(_tr(text) if text else "" for key, _, text in VARIANTS if key == self.key)
        self.said.setText(told)
        self.said.setVisible(bool(told))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PacketVariants", text)
