"""Which of my points did their answer cover: points of a bill, when they were asked, and what was answered to each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.checks.chosen import chosen_findings
from medbills_desktop.checks.decided import decided
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.findings import AskAboutFinding, AskFindingInLetter
from medbills_desktop.commands.letters import EditLetter, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.commands.lines import AddLines, MarkLines
from medbills_desktop.commands.points import RecordAnswers
from medbills_desktop.commands.records import EditRecord, RemoveRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.points import Point, points_of
from medbills_desktop.domain.records import Call, FindingDecision, Letter, Line, PointAnswer, Statement
from medbills_desktop.store.case_loading import load_checked
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader

DAY, CALLED, SENT, CAME = date(2025, 5, 4), date(2025, 5, 20), date(2025, 5, 12), date(2025, 6, 3)
TWICE = Line(bill_id=0, date=Moment(DAY), code="J1885", description="Injection", charge=Cents(4200))
FILM = Line(bill_id=0, number=9, description="Film, large", charge=Cents(500))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    desk = Desk(library)
    desk.perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "001", DAY, Statement(bill_id=0, date=DAY)))
    desk.perform(AddLines(1, (TWICE, FILM, TWICE)))
    return desk


def read(reader: Reader) -> tuple[Point, ...]:
    case = load_checked(reader, {1})
    found = decided(run_checks(case, DAY, {1}), case.all(FindingDecision))
    return points_of(case, 1, chosen_findings(found))


def points(library: Library) -> tuple[Point, ...]:
    return library.read(read)


def twice(library: Library):  # type: ignore[no-untyped-def]
    def find(reader: Reader):  # type: ignore[no-untyped-def]
        return next(one for one in run_checks(load_checked(reader, {1}), DAY, {1}) if one.check == "duplicate-line")

    return library.read(find)


def film(library: Library) -> int:
    return library.read(lambda reader: reader.find(Line, description="Film, large")[0].id)


def answer(point: Point, word: str, said: str | None = None, off: int | None = None) -> PointAnswer:
    line_id, check, fingerprint = point.key
    return PointAnswer(
        bill_id=1,
        line_id=line_id,
        check=check,
        fingerprint=fingerprint,
        answer=word,  # type: ignore[arg-type]
        said=said,
        amount_off=None if off is None else Cents(off),
    )


def call(desk: Desk, day: date = CALLED, asked: str | None = None) -> int:
    return int(desk.perform(LogCall(Call(started=Moment(day), asked=asked), "Blue Mesa", (1,))).id)


def test_nothing_is_a_point_that_was_neither_asked_nor_disputed(library: Library, desk: Desk) -> None:
    assert points(library) == ()
    desk.perform(MarkLines((film(library),), "ok", None))
    assert points(library) == ()


def test_a_disputed_line_and_an_asked_finding_are_points_and_a_line_is_told_once(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    desk.perform(MarkLines((film(library), 1), "not_received", "nobody gave it"))
    first, second = points(library)
    assert (first.key[1], first.amount, first.listed, first.asked) == ("duplicate-line", 4200, DAY, None)
    assert second.title == "Line 9: Film, large (Not received)"
    assert "nobody gave it." in second.ask
    assert {first.state, second.state} == {"open"}


def test_the_day_asked_is_that_of_the_letter_that_went_out_or_the_call_that_asked(library: Library, desk: Desk) -> None:
    finding = twice(library)
    desk.perform(AskFindingInLetter(finding, DAY))
    assert points(library)[0].asked is None, "a draft asks nobody"
    body = (library.read(lambda reader: reader.get(Letter, 1)).body or "").replace("[your name]", "Ana")
    desk.perform(EditLetter(1, "Mine", body))
    desk.perform(MarkLetterSent(1, SENT))
    assert (points(library)[0].asked, points(library)[0].state) == (SENT, "not_answered")
    call(desk, date(2025, 5, 8), asked=f"Hello.\n{finding.ask}")
    assert points(library)[0].asked == date(2025, 5, 8)


def test_answers_are_noted_for_a_call_and_the_unanswered_point_comes_first(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    desk.perform(MarkLines((film(library),), "not_received", None))
    first, second = points(library)
    number = call(desk)
    desk.perform(
        RecordAnswers(
            1, (answer(first, "answered", " Taken off ", 4200), answer(second, "not_answered")), call_id=number
        )
    )
    one, two = points(library)
    assert (one.key, one.state, one.asked) == (second.key, "not_answered", CALLED)
    assert (two.key, two.state) == (first.key, "answered")
    (given,) = two.answers
    assert (given.day, given.by, given.kept.said, given.kept.amount_off) == (CALLED, "Blue Mesa", "Taken off", 4200)
    line = library.read(lambda reader: reader.find(Line)[2])
    assert (line.disputed, line.mark) == (None, None), "what they say changes no figure of mine"


def test_the_newest_answer_counts_by_its_day_not_by_when_it_was_typed(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    (point,) = points(library)
    late, early = call(desk, CAME), call(desk, CALLED)
    desk.perform(RecordAnswers(1, (answer(point, "answered"),), call_id=late))
    desk.perform(RecordAnswers(1, (answer(point, "partly"),), call_id=early))
    (point,) = points(library)
    assert [given.kept.answer for given in point.answers] == ["partly", "answered"]
    assert point.state == "answered"


def test_noting_again_replaces_what_was_noted_for_that_call_only(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    (point,) = points(library)
    one, two = call(desk), call(desk, CAME)
    desk.perform(RecordAnswers(1, (answer(point, "partly"),), call_id=one))
    desk.perform(RecordAnswers(1, (answer(point, "not_answered"),), call_id=two))
    desk.perform(RecordAnswers(1, (answer(point, "answered"),), call_id=one))
    assert [given.kept.answer for given in points(library)[0].answers] == ["answered", "not_answered"]
    desk.perform(RecordAnswers(1, (), call_id=two))
    assert [given.kept.answer for given in points(library)[0].answers] == ["answered"]
    desk.undo()
    assert len(points(library)[0].answers) == 2


def test_a_received_letter_answers_too_and_takes_its_answers_along_when_removed(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    desk.perform(WriteLetter("itemization_request", 1))
    desk.perform(EditLetter(1, "Mine", "Please."))
    desk.perform(MarkLetterSent(1, SENT))
    reply = desk.perform(RecordReply(1, CAME))
    (point,) = points(library)
    desk.perform(RecordAnswers(1, (answer(point, "partly"),), letter_id=reply.id))
    assert (points(library)[0].state, points(library)[0].answers[0].day) == ("partly", CAME)
    desk.perform(RemoveRecord(Letter, reply.id))
    assert points(library)[0].answers == ()
    desk.undo()
    assert points(library)[0].state == "partly"


def test_an_answer_needs_one_contact_about_this_bill(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    (point,) = points(library)
    other = int(desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa", ())).id)
    desk.perform(WriteLetter("itemization_request", 1))
    given = (answer(point, "answered"),)
    for command, words in (
        (RecordAnswers(1, given), "where the answer"),
        (RecordAnswers(1, given, call_id=other, letter_id=1), "where the answer"),
        (RecordAnswers(1, given, call_id=other), "not about this bill"),
        (RecordAnswers(1, given, letter_id=1), "no letter that came"),
        (RecordAnswers(1, (answer(point, "answered", off=-1),), call_id=call(desk)), "below zero"),
        (RecordAnswers(1, given * 2, call_id=call(desk)), "twice"),
    ):
        with pytest.raises(UserError, match=words):
            desk.perform(command)
    assert library.read(lambda reader: reader.find(PointAnswer)) == []


def test_a_point_that_was_asked_before_says_so_in_the_next_letter(library: Library, desk: Desk) -> None:
    desk.perform(AskAboutFinding(twice(library), DAY))
    (point,) = points(library)
    desk.perform(RecordAnswers(1, (answer(point, "not_answered"),), call_id=call(desk)))
    (point,) = points(library)
    desk.perform(WriteLetter("bill_questions", 1, (point.for_letter(),)))
    body = library.read(lambda reader: reader.get(Letter, 1)).body or ""
    assert f"{point.ask}\nI asked this on May 20, 2025 and am still waiting for a full answer." in body


def test_removing_a_line_takes_its_answers_along(library: Library, desk: Desk) -> None:
    desk.perform(MarkLines((film(library),), "overpriced", None))
    (point,) = points(library)
    desk.perform(RecordAnswers(1, (answer(point, "partly"),), call_id=call(desk)))
    desk.perform(RemoveRecord(Line, film(library)))
    assert points(library) == ()
    desk.undo()
    assert points(library)[0].state == "partly"
    desk.perform(EditRecord(Line, film(library), (("mark", "removed_by_biller"),)))
    assert points(library) == ()
