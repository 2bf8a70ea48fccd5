"""Reading the sheet for a call from the library: what to say, numbers, their promises, open questions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from medbills_desktop.checks.chosen import chosen_findings
from medbills_desktop.domain.call_scripts import script_lines
from medbills_desktop.domain.call_sheet import SheetPart, numbers_part, promise_line
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.letter_templates import LANGUAGE
from medbills_desktop.domain.points import Point, points_of
from medbills_desktop.qt.session import Session
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.promises import OpenPromisesWith, PromiseRow

MOST_BILLS = 3
MOST_QUESTIONS = 5
MOST_PROMISES = 6


class SheetReader(QObject):
    """Reads sheets of one open library."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def read(
        self,
        bill_ids: list[int],
        purpose: str,
        organization: str,
        script: tuple[str, ...] = (),
        language: str = LANGUAGE,
    ) -> list[SheetPart]:
        """The parts of the sheet in the order in which a call needs them; empty parts are left out.

        `script` are lines to say in place of those of the purpose, which are in `language`.
        """
        bill_ids = bill_ids[:MOST_BILLS]
        cases = {bill_id: self._case(bill_id) for bill_id in bill_ids}
        say = script or (script_lines(purpose, cases[bill_ids[0]], bill_ids[0], language) if bill_ids else ())
        questions = [words for bill_id, case in cases.items() for words in self._questions(case, bill_id)]
        parts = [
            SheetPart(self.tr("You could say"), say),
            *(numbers_part(case, bill_id) for bill_id, case in cases.items()),
            self._promises(organization, bill_ids),
            SheetPart(self.tr("To ask"), tuple(f"• {words}" for words in dict.fromkeys(questions))),
        ]
        return [part for part in parts if part.lines]

    def _case(self, bill_id: int) -> Case:
        return self._session.read(lambda reader: load_bills(reader, {bill_id}))

    def _promises(self, organization: str, bill_ids: list[int]) -> SheetPart:
        found = self._session.read(OpenPromisesWith(organization, bill_ids, self._session.today))
        lines = tuple(f"• {self._promise(row)}" for row in found[:MOST_PROMISES])
        return SheetPart(self.tr("What they promised"), lines)

    def _promise(self, row: PromiseRow) -> str:
        line = promise_line(row.text, row.by, row.due, self._session.today)
        return self.tr("{promise} · not kept").format(promise=line) if row.state == "broken" else line

    def _questions(self, case: Case, bill_id: int) -> list[str]:
        """What to ask about a bill: first the points without a full answer (those asked in vain at the top), then what
        is not decided yet."""
        found = self._session.findings.of(bill_id) or ()
        asked = [self._asked(point) for point in points_of(case, bill_id, chosen_findings(found)) if point.waits]
        new = [one.finding.ask for one in found if one.open and one.finding.level != "info"]
        return [*asked, *new][:MOST_QUESTIONS]

    def _asked(self, point: Point) -> str:
        if point.asked is None:
            return point.ask
        return self.tr("{question} (asked {day})").format(question=point.ask, day=plain_day(point.asked))
