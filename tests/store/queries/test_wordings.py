"""Every wording of a call is in the journal and can be read back, with its day and its promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import ClosePromise, CorrectCall, LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord, EditRecord, RemoveRecord
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Call, Promise, Task
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.wordings import ListWordings, Wording

DAY = Day(2026, 3, 2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        found = Desk(library)
        found.perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "000123", DAY, None))
        yield found


def wordings(desk: Desk, call_id: int = 1) -> list[Wording]:
    return desk._library.read(ListWordings(call_id))


def log(desk: Desk, said: str = "First", *promises: str) -> Call:
    call: Call = desk.perform(
        LogCall(
            Call(started=Moment(DAY), said=said),
            "Blue Mesa",
            (1,),
            (),
            tuple(Promise(call_id=0, text=one) for one in promises),
        )
    )
    return call


def test_a_call_that_was_never_corrected_has_one_wording(desk: Desk) -> None:
    log(desk, "First", "Call back")
    (only,) = wordings(desk)
    assert only.call is not None
    assert (only.call.said, only.organization, only.bill_ids) == ("First", "Blue Mesa", (1,))
    assert [promise.text for promise in only.promises] == ["Call back"]


def test_every_correction_adds_one_and_nothing_is_lost(desk: Desk) -> None:
    call = log(desk)
    for said in ("Second", "Third"):
        desk.perform(CorrectCall(replace(call, said=said), None, (1,)))
    assert [one.call.said for one in wordings(desk) if one.call] == ["First", "Second", "Third"]
    assert [one.label for one in wordings(desk)] == ["Log call", "Correct call", "Correct call"]


def test_changes_by_other_ways_undo_among_them_are_there_too(desk: Desk) -> None:
    call = log(desk, "First", "Call back")
    desk.perform(EditRecord(Call, call.id, (("reference_number", "REF-1"),)))
    desk.perform(ClosePromise(1, "kept", DAY))
    desk.perform(CorrectCall(replace(call, reference_number="REF-1"), None, ()))
    desk.undo()
    found = wordings(desk)
    assert [one.call.reference_number for one in found if one.call] == [None, "REF-1", "REF-1", "REF-1", "REF-1"]
    assert [[promise.status for promise in one.promises] for one in found][2:] == [["kept"], [], ["kept"]]
    assert [one.bill_ids for one in found][-2:] == [(), (1,)]


def test_a_removed_call_can_still_be_read(desk: Desk) -> None:
    call = log(desk, "First", "Call back")
    desk.perform(RemoveRecord(Call, call.id))
    found = wordings(desk)
    assert found[0].call is not None
    assert found[-1].call is None
    assert found[-1].promises == ()


def test_other_calls_and_words_that_look_alike_are_not_mixed_in(desk: Desk) -> None:
    log(desk)
    other = log(desk, 'A note with "id":1,"kind":"call" and "call_id":1, in it', "Not mine")
    desk.perform(AddRecord(Task(text='"id":1,"kind":"call"')))
    desk.perform(CorrectCall(replace(other, said="Corrected"), None, (1,)))
    assert [one.label for one in wordings(desk)] == ["Log call"]
    assert len(wordings(desk, other.id)) == 2


def test_a_call_that_is_not_there_has_none(desk: Desk) -> None:
    assert wordings(desk, 99) == []
