"""The day by which a packet asks for an answer: typed as dates are elsewhere, or left empty."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from medbills_desktop.domain.dates import Day, day_from_text
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.lengths import keep


class ReplyDay(QLineEdit):
    """A line for one date."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("An answer is asked for by"))
        self.setPlaceholderText(self.tr("a date, or nothing"))
        self.setClearButtonEnabled(True)
        keep(self, least_width=124, most_width=170)

    @property
    def day(self) -> Day | None:
        """The date, nothing where the line is empty or can't be read."""
        try:
            return day_from_text(self.text()) if self.text().strip() else None
        except UserError:
            return None

    def problem_of(self, audience: str, today: Day) -> str:
        """What to say where what was typed is no date, or none that can be asked for."""
        if not self.text().strip():
            return ""
        try:
            day = day_from_text(self.text())
        except UserError as refusal:
            return f"{refusal.what} {refusal.todo}".strip()
        if audience == "court":
            return self.tr("A court is given no day for its answer. Empty the line.")
        return self.tr("That day is past. Choose a later one, or none.") if day and day < today else ""
