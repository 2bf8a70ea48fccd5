"""What most packets leave as it is, folded away behind one button that says what is set in there."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from medbills_desktop.packet.parts import PARTS
from medbills_desktop.qt.dialogs.packet_parts import PacketParts
from medbills_desktop.qt.dialogs.packet_size import PacketSize
from medbills_desktop.qt.dialogs.packet_variants import PacketVariants
from medbills_desktop.qt.dialogs.reply_day import ReplyDay
from medbills_desktop.qt.widgets import button, column, label, row


def headed(text: str, field: QWidget) -> QLabel:
    """The words above a field; the letter after `&` leads to it."""
    head = label(text, "muted")
    head.setBuddy(field)
    return head


class PacketMore(QWidget):
    """Signals: `opened` says that the choices were unfolded."""

    opened = Signal()

    def __init__(self, parts: PacketParts, variants: PacketVariants, size: PacketSize, reply_by: ReplyDay) -> None:
        super().__init__()
        self._parts, self._variants, self._size, self._reply_by = parts, variants, size, reply_by
        self.turn = button("", self._turn)
        self._told = label("", "muted", wrap=True)
        self.box = QWidget()
        inner = column(
            headed(self.tr("M&ake it as"), variants.choice),
            variants,
            headed(self.tr("Fit a size &limit"), size.choice),
            size,
            headed(self.tr("What will be &in it (space ticks one)"), parts.list),
            parts,
            headed(self.tr("An answer is asked &for by"), reply_by),
            reply_by,
            margins=(0, 4, 0, 0),
        )
        self.box.setLayout(inner)
        head = row(self.turn, self._told, gap=12)
        head.addStretch(0)
        head.setStretchFactor(self._told, 1)
        self.turn.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        whole = column(gap=4)
        whole.addLayout(head)
        whole.addWidget(self.box)
        self.setLayout(whole)
        self.box.hide()
        for changed in (variants.changed, variants.print_it.toggled, size.choice.currentIndexChanged,
                        size.other.textChanged, parts.changed, reply_by.textChanged):  # fmt: skip
            changed.connect(self._tell)
        self._tell()

    @property
    def told(self) -> str:
        """What is said beside the button."""
        return self._told.text()

    def unfold(self) -> None:
        """Show the choices."""
        if not self.box.isVisibleTo(self):
            self._turn()

    @Slot()
    def _turn(self) -> None:
        shown = not self.box.isVisibleTo(self)
        self.box.setVisible(shown)
        self._tell()
        if shown:
            self.opened.emit()

    @Slot()
    def _tell(self) -> None:
        shown = self.box.isVisibleTo(self)
        self.turn.setText(self.tr("Hide &more choices") if shown else self.tr("&More choices"))
        usual = self.tr("One PDF with the usual parts. Also for e-mail, as a fax, below a size limit, on paper.")
        self._told.setText("; ".join(self._set_by_hand()) or usual)
        self._told.setVisible(not shown)
        self.turn.setAccessibleDescription(self._told.text())

    def _set_by_hand(self) -> list[str]:
        """What is not as usual, in words."""
        parts, limit = self._parts, self._size.limit_mb
        ticked = len(parts.ticked())
        return [
            words
            for words, is_so in (
                (self._variants.choice.currentText(), bool(self._variants.key)),
                (self.tr("below {n} MB a file").format(n=limit), bool(limit)),
                (self.tr("{n} of {whole} parts").format(n=ticked, whole=len(PARTS)), not parts.usual),
                (self.tr("with private notes"), parts.shows_private_notes),
                (self.tr("an answer by {day}").format(day=self._reply_by.text()), bool(self._reply_by.text().strip())),
                (self.tr("printed when it is made"), self._variants.prints),
            )
            if is_so
        ]
