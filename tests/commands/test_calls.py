"""Calls: their recordings, the letter that confirms them, the day to look again, and promises with what shows them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medbills_desktop.commands.after_calls import ConfirmCall, follow_up_day
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import CorrectCall, LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.proving import ProvePromise
from medbills_desktop.commands.recordings import AddRecording, RecordingNote, receive_recording
from medbills_desktop.commands.records import AddRecord, RemoveRecord
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Call,
    Document,
    DocumentLink,
    Letter,
    Organization,
    Payment,
    Promise,
    PromiseProof,
    RecordingPlaces,
)
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.papers import CountInbox, ListUnread
from medbills_desktop.store.queries.promises import ListPromises, OpenPromisesWith

DAY, LATER = Day(2026, 3, 2), Day(2026, 3, 12)
SOUND = b"RIFF\x24\0\0\0WAVEfmt " + bytes(64)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        found = Desk(library)
        found.perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "000123", DAY, None))
        yield found


def library_of(desk: Desk) -> Library:
    return desk._library


def log(desk: Desk, said: str = "We will send it", **fields: object) -> Call:
    call = Call(started=Moment(DAY), said=said, representative="Ms. Field", **fields)  # type: ignore[arg-type]
    promise = Promise(call_id=0, text="Send a corrected bill.", by="Ms. Field", due=Day(2026, 3, 9))
    logged: Call = desk.perform(LogCall(call, "Blue Mesa", (1,), (), (promise,)))
    return logged


def sound(desk: Desk, tmp_path: Path, name: str = "call.wav", content: bytes = SOUND) -> Document:
    path = tmp_path / name
    path.write_bytes(content)
    document: Document = desk.perform(AddRecording(receive_recording(library_of(desk), path), DAY))
    return document


# Recordings


def test_a_recording_is_kept_as_it_came_and_cannot_be_written_to(desk: Desk, tmp_path: Path) -> None:
    document = sound(desk, tmp_path)
    assert (document.kind, document.media_type, document.file, document.size) == (
        "recording",
        "audio/wav",
        "call.wav",
        len(SOUND),
    )
    kept = library_of(desk).vault.path(document.sha256 or "")
    assert kept.read_bytes() == SOUND
    if os.name == "posix":
        assert not kept.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_nobody_tries_to_read_a_text_in_a_recording(desk: Desk, tmp_path: Path) -> None:
    sound(desk, tmp_path)
    assert library_of(desk).read(ListUnread()) == []


def test_the_same_sound_is_kept_once(desk: Desk, tmp_path: Path) -> None:
    assert sound(desk, tmp_path, "one.wav").id == sound(desk, tmp_path, "two.wav").id


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bill.pdf", b"%PDF-1.7\n", "is not a sound file"),
        ("call.mp3", b"<html>Not found</html>", "is not a sound file"),
        ("call.wav", b"", "is empty"),
    ],
)
def test_what_is_no_sound_is_refused_by_name(desk: Desk, tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=words) as refused:
        receive_recording(library_of(desk), path)
    assert name in refused.value.what
    assert refused.value.todo


def test_a_missing_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        receive_recording(library_of(desk), tmp_path / "gone.wav")


def test_a_cancelled_copy_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(SOUND)
    before = library_of(desk).vault.all_hashes()
    with pytest.raises(UserError, match="cancelled"):
        receive_recording(library_of(desk), path, lambda _done: False)
    assert library_of(desk).vault.all_hashes() == before
    assert [path.name for path in (library_of(desk).folder / "vault").rglob("*") if path.is_file()] == []


def test_who_recorded_and_agreed_and_where_is_kept_with_the_call(desk: Desk, tmp_path: Path) -> None:
    document = sound(desk, tmp_path)
    assert library_of(desk).read(CountInbox()) == 1
    note = RecordingNote("mine", "asked_yes", document.id, "TX", "CA")
    call = desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa", (1,), recording=note))
    assert (call.recording, call.consent, call.document_id) == ("mine", "asked_yes", document.id)
    places = library_of(desk).read(lambda reader: reader.find(RecordingPlaces, call_id=call.id))
    assert [(one.my_state, one.their_state) for one in places] == [("TX", "CA")]
    assert library_of(desk).read(CountInbox()) == 0


def test_a_correction_without_a_note_leaves_the_recording_alone(desk: Desk, tmp_path: Path) -> None:
    note = RecordingNote("mine", "asked_yes", sound(desk, tmp_path).id, "TX", "CA")
    call = desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa", (1,), recording=note))
    kept = desk.perform(CorrectCall(replace(call, said="More", recording=None, document_id=None), None, (1,)))
    assert (kept.recording, kept.consent, kept.document_id) == ("mine", "asked_yes", call.document_id)


def test_taking_a_recording_off_its_call_keeps_the_recording(desk: Desk, tmp_path: Path) -> None:
    document = sound(desk, tmp_path)
    call = desk.perform(
        LogCall(Call(started=Moment(DAY)), "Blue Mesa", (1,), recording=RecordingNote("mine", None, document.id, "TX"))
    )
    desk.perform(CorrectCall(call, None, (1,), recording=RecordingNote()))
    read = library_of(desk).read
    assert read(lambda reader: reader.get(Call, call.id)).document_id is None
    assert read(lambda reader: reader.find(DocumentLink)) == []
    assert read(lambda reader: reader.find(RecordingPlaces)) == []
    assert read(lambda reader: reader.get(Document, document.id)).sha256 == document.sha256


def test_a_recording_that_is_gone_refuses_the_call_and_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa", (1,), recording=RecordingNote("mine", None, 99)))
    assert library_of(desk).read(lambda reader: reader.find(Call)) == []


# What follows from a call


def promise(due: Day | None, status: str = "open") -> Promise:
    return Promise(call_id=1, text="x", due=due, status=status)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("promises", "day"),
    [
        ((), Day(2026, 3, 16)),
        ((promise(None),), Day(2026, 3, 16)),
        ((promise(Day(2026, 3, 9)), promise(Day(2026, 3, 5))), Day(2026, 3, 6)),
        ((promise(Day(2026, 3, 5), "kept"), promise(Day(2026, 3, 9))), Day(2026, 3, 10)),
        ((promise(Day(2100, 12, 31)),), Day(2026, 3, 16)),
    ],
)
def test_one_looks_again_the_day_after_the_earliest_promise_else_in_two_weeks(
    promises: tuple[Promise, ...], day: Day
) -> None:
    assert follow_up_day(DAY, promises) == day


def test_the_confirmation_is_of_this_call_and_not_of_the_latest(desk: Desk) -> None:
    first = log(desk, reference_number="REF-1")
    later = Call(started=Moment(Day(2026, 3, 20)), said="Something else", representative="Mr. Late")
    desk.perform(LogCall(later, "Red Fork Recovery", (1,)))
    letter: Letter = desk.perform(ConfirmCall(first.id, 1))
    body = letter.body or ""
    assert letter.status == "draft"
    assert letter.kind == "call_confirmation"
    for words in ("March 2, 2026", "Ms. Field", "REF-1", "Send a corrected bill (by March 9, 2026)", "000123"):
        assert words in f"{letter.subject} {body}"
    assert "Mr. Late" not in body
    read = library_of(desk).read
    assert read(lambda reader: reader.get(Organization, letter.recipient_id or 0)).name == "Blue Mesa"
    assert "None" not in body


# Promises with what shows them


def rows(desk: Desk, today: Day = LATER) -> list[tuple[str, str, str]]:
    found = library_of(desk).read(ListPromises(today))
    return [(row.text, row.state, row.shown.words if row.shown else "") for row in found]


def test_a_promise_is_late_after_its_day_and_not_on_it(desk: Desk) -> None:
    log(desk)
    states = [rows(desk, day)[0][1] for day in (Day(2026, 3, 8), Day(2026, 3, 9), Day(2026, 3, 10))]
    assert states == ["open", "open", "late"]
    assert library_of(desk).read(ListPromises(Day(2026, 3, 10)))[0].late == 1


def test_what_shows_a_promise_is_kept_with_it_in_words(desk: Desk, tmp_path: Path) -> None:
    call = log(desk)
    paper = sound(desk, tmp_path)
    letter = desk.perform(AddRecord(Letter(kind="reply", bill_id=1, subject="Your bill", status="received")))
    payment = desk.perform(AddRecord(Payment(bill_id=1, date=DAY, amount=Cents(40_00))))
    shown = {
        "P0001 · call.wav": {"document_id": paper.id},
        "Call of Mar 2, 2026": {"call_id": call.id},
        "Letter: Your bill": {"letter_id": letter.id},
        "Payment of $40.00, Mar 2, 2026": {"payment_id": payment.id},
        "It came by mail": {"note": " It came by\nmail "},
    }
    for words, fields in shown.items():
        proof = PromiseProof(promise_id=1, **fields)  # type: ignore[arg-type]
        desk.perform(ProvePromise(1, "kept", Day(2026, 3, 8), proof))
        assert rows(desk) == [("Send a corrected bill.", "kept", words)]
    kept = library_of(desk).read(lambda reader: reader.find(PromiseProof))
    assert len(kept) == 1, "one proof takes the place of the other"


def test_a_blank_proof_is_none_and_takes_the_old_one_away(desk: Desk) -> None:
    log(desk)
    desk.perform(ProvePromise(1, "broken", DAY, PromiseProof(promise_id=1, note="No letter came")))
    desk.perform(ProvePromise(1, "broken", DAY, PromiseProof(promise_id=1, note="  ")))
    assert rows(desk) == [("Send a corrected bill.", "broken", "")]


def test_a_proof_that_is_not_there_is_refused_and_nothing_changes(desk: Desk) -> None:
    log(desk)
    with pytest.raises(NotFoundError):
        desk.perform(ProvePromise(1, "kept", DAY, PromiseProof(promise_id=1, letter_id=77)))
    with pytest.raises(UserError, match="day"):
        desk.perform(ProvePromise(1, "kept", None))
    assert rows(desk) == [("Send a corrected bill.", "late", "")]


def test_opened_again_a_promise_has_no_day_on_which_it_was_closed(desk: Desk) -> None:
    log(desk)
    desk.perform(ProvePromise(1, "kept", DAY))
    desk.perform(ProvePromise(1, "open", DAY))
    (kept,) = library_of(desk).read(lambda reader: reader.find(Promise))
    assert (kept.status, kept.closed) == ("open", None)


def test_a_removed_paper_leaves_the_promise_kept(desk: Desk, tmp_path: Path) -> None:
    log(desk)
    paper = sound(desk, tmp_path)
    desk.perform(ProvePromise(1, "kept", DAY, PromiseProof(promise_id=1, document_id=paper.id)))
    desk.perform(RemoveRecord(Document, paper.id))
    assert rows(desk) == [("Send a corrected bill.", "kept", "")]


def test_open_promises_are_found_by_the_other_side_and_by_the_bill(desk: Desk) -> None:
    log(desk)
    today = Day(2026, 3, 12)
    read = library_of(desk).read
    assert len(read(OpenPromisesWith("blue mesa ", (), today))) == 1
    assert len(read(OpenPromisesWith("", (1,), today))) == 1
    assert read(OpenPromisesWith("Somebody", (), today)) == []
    desk.perform(ProvePromise(1, "broken", today))
    assert [row.state for row in read(OpenPromisesWith("Blue Mesa", (1,), today))] == ["broken"]
    desk.perform(ProvePromise(1, "kept", today))
    assert read(OpenPromisesWith("Blue Mesa", (1,), today)) == []
