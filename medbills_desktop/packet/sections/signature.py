"""The place where a person signs for the copies; the program never signs for anybody."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import REGULAR
from medbills_desktop.packet.order import Audience

_HEIGHT = 92.0
_TEXT = "I state that the exhibits are true copies of the papers that I hold."


class SignatureLine(Flowable):  # type: ignore[misc]
    """A sentence with two lines to write on. Advocates get the packet without, since they file nothing themselves."""

    def __init__(self, audience: Audience) -> None:
        super().__init__()
        self.wanted = audience != "advocate"
        self.width, self.height = look.TEXT_WIDTH, _HEIGHT if self.wanted else 0.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        if not self.wanted:
            return
        self.canv.setFillGray(look.BLACK)
        self.canv.setFont(REGULAR, 9.5)
        self.canv.drawString(0, self.height - 26, _TEXT)
        self.canv.setLineWidth(look.RULE)
        self.canv.setStrokeGray(look.BLACK)
        self.canv.setFont(REGULAR, 8.3)
        self.canv.setFillGray(look.MUTED)
        for left, right, label in ((0.0, 280.0, "Signature"), (304.0, 420.0, "Date")):
            self.canv.line(left, 16, right, 16)
            self.canv.drawString(left, 5, label)
