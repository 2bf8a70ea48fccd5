"""The points of a bill: what was asked or disputed, when it was asked, and how far their answers covered it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.disputed import NOT_DISPUTING, is_disputed
from medbills_desktop.domain.letter_drafts import LetterPoint, said_in
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, Letter, Line, Organization, PointAnswer
from medbills_desktop.domain.words import MARK

State = Literal["not_answered", "open", "partly", "answered"]
STATES: tuple[State, ...] = ("not_answered", "open", "partly", "answered")
"""What is still without an answer comes first: asked in vain, not asked yet, half answered, answered."""

Key = tuple[int | None, str | None, str | None]
"""By what a point is known: the id of its line, or the check and the fingerprint of its finding."""


@dataclass(frozen=True, slots=True)
class ChosenFinding:
    """A finding that the user asked about or disputes, as far as a point needs it; `listed` is the day of that."""

    check: str
    fingerprint: str
    title: str
    ask: str
    amount: Cents | None
    line_ids: tuple[int, ...]
    statement_ids: tuple[int, ...]
    listed: Day | None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer of theirs to a point: who gave it and on which day, by a call or a letter."""

    kept: PointAnswer
    day: Day | None
    by: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a bill. `asked` is the first day on which it is known to have been put to them: in a letter that was
    sent, in a call, or by the day of an answer; `listed` the day on which it was put on the list. `answers` are in the
    order in which they came.
    """

    key: Key
    title: str
    ask: str
    amount: Cents | None
    line_ids: tuple[int, ...]
    statement_ids: tuple[int, ...]
    listed: Day | None
    asked: Day | None
    answers: tuple[GivenAnswer, ...]

    @property
    def state(self) -> State:
        """How far it is answered by the newest answer."""
        if self.answers:
            return self.answers[-1].kept.answer
        return "not_answered" if self.asked else "open"

    @property
    def waits(self) -> bool:
        """Whether it is still without a full answer."""
        return self.state != "answered"

    def for_letter(self) -> LetterPoint:
        """The point as a letter puts it."""
        return LetterPoint(self.ask, self.line_ids, self.statement_ids, self.amount, self.asked)


def points_of(case: Case, bill_id: int, chosen: Iterable[ChosenFinding]) -> tuple[Point, ...]:
    """The points of a bill, those without an answer first, then by the amount at stake.

    A disputed line that a chosen finding speaks of is told by that finding and is no point of its own.
    """
    bare = [_of_finding(one) for one in chosen]
    told = {line_id for point in bare for line_id in point.line_ids}
    bare += [point for line in case.lines(bill_id) if line.id not in told and (point := _of_line(line))]
    answers = tuple(_given(case, bill_id))
    found = (_dated(case, bill_id, point, answers) for point in bare)
    return tuple(sorted(found, key=lambda point: (STATES.index(point.state), -(point.amount or 0))))


def _of_finding(one: ChosenFinding) -> Point:
    key = (None, one.check, one.fingerprint)
    return Point(key, one.title, one.ask, one.amount, one.line_ids, one.statement_ids, one.listed, None, ())


def _of_line(line: Line) -> Point | None:
    if not is_disputed(line):
        return None
    name = " ".join(line.description.split())
    number = f"Line {line.number}: " if line.number is not None else ""
    word = line.mark or "unreviewed"
    mark = "" if word in NOT_DISPUTING else MARK[word]
    reason = " ".join((line.reason or "").split()).rstrip(".")
    title = f"{number}{name}" + (f" ({mark})" if mark else "")
    why = f" {reason}." if reason else ""
    ask = f"Please look at this charge again.{why} What is it based on?"
    return Point((line.id, None, None), title, ask, line.disputed or None, (line.id,), (), None, None, ())


def _given(case: Case, bill_id: int) -> Iterator[GivenAnswer]:
    for kept in case.of(PointAnswer, "bill_id", bill_id):
        call, letter = case.find(Call, kept.call_id), case.find(Letter, kept.letter_id)
        office = (call.organization_id if call else None) or (letter.recipient_id if letter else None)
        by = case.find(Organization, office)
        day = call.started.day if call else letter.date if letter else None
        yield GivenAnswer(kept, day, by.name if by else "")


def _dated(case: Case, bill_id: int, point: Point, given: tuple[GivenAnswer, ...]) -> Point:
    mine = [one for one in given if _key(one.kept) == point.key or (one.kept.line_id in point.line_ids)]
    mine.sort(key=lambda one: (one.day is not None, one.day or Day.min, one.kept.id))
    days = [*_asked_on(case, bill_id, point.ask), *(one.day for one in mine if one.day)]
    return Point(
        point.key,
        point.title,
        point.ask,
        point.amount,
        point.line_ids,
        point.statement_ids,
        point.listed,
        min(days, default=None),
        tuple(mine),
    )


def _key(kept: PointAnswer) -> Key:
    return (kept.line_id, kept.check, kept.fingerprint)


def _asked_on(case: Case, bill_id: int, ask: str) -> Iterator[Day]:
    """Days on which the question was put to them in its own words: in letters that went out, and in calls."""
    question = " ".join(ask.split())
    if question:
        said = case.once(("said", bill_id), lambda: tuple(_said(case, bill_id)))
        yield from (day for day, words in said if question in words)


def _said(case: Case, bill_id: int) -> Iterator[tuple[Day, str]]:
    """What the user wrote and asked about a bill, with its day."""
    for letter in case.of(Letter, "bill_id", bill_id):
        if letter.status == "sent" and letter.date and letter.body:
            yield letter.date, said_in(letter.body)
    for call_id in case.call_ids(bill_id):
        call = case.find(Call, call_id)
        if call and call.asked:
            yield call.started.day, said_in(call.asked)
