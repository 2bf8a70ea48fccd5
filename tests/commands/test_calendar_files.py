"""The dates of a library as a calendar file: the same bytes for the same records, entries known again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from medbills_desktop.commands.calendar_files import export_dates
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Task
from medbills_desktop.store.library import Library

DAY = date(2026, 3, 20)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        yield made


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Library]:
    make_sample(tmp_path / "sample")
    with Library.open(tmp_path / "sample") as opened:
        yield opened


def uids(path: Path) -> dict[str, date]:
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["UID"]): event.decoded("DTSTART") for event in events}


def test_the_same_records_give_the_same_bytes(sample: Library, tmp_path: Path) -> None:
    first, again = tmp_path / "a.ics", tmp_path / "b.ics"
    count = export_dates(sample, first, DAY)
    assert export_dates(sample, again, DAY) == count > 3
    assert first.read_bytes() == again.read_bytes()
    assert len(uids(first)) == count
    assert min(uids(first).values()) >= DAY


def test_an_entry_keeps_its_name_when_its_day_moves(library: Library, tmp_path: Path) -> None:
    desk, target = Desk(library), tmp_path / "dates"
    task = desk.perform(AddRecord(Task(text="Call", due=DAY)))
    export_dates(library, target, DAY)
    before = uids(tmp_path / "dates.ics")
    desk.perform(EditRecord(Task, task.id, (("due", DAY + timedelta(days=9)),)))
    export_dates(library, target, DAY)
    after = uids(tmp_path / "dates.ics")
    assert before.keys() == after.keys()
    assert list(after.values()) == [DAY + timedelta(days=9)]


def test_two_libraries_never_share_the_name_of_an_entry(library: Library, tmp_path: Path) -> None:
    target, other = tmp_path / "a.ics", tmp_path / "b.ics"
    Desk(library).perform(AddRecord(Task(text="Call", due=DAY)))
    export_dates(library, target, DAY)
    with Library.create(tmp_path / "second") as second:
        Desk(second).perform(AddRecord(Task(text="Call", due=DAY)))
        export_dates(second, other, DAY)
    assert not uids(target).keys() & uids(other).keys()


def test_a_library_without_dates_gives_an_empty_calendar(library: Library, tmp_path: Path) -> None:
    assert export_dates(library, tmp_path / "none.ics", DAY) == 0
    assert uids(tmp_path / "none.ics") == {}


def test_a_target_inside_the_library_is_refused(library: Library) -> None:
    with pytest.raises(UserError):
        export_dates(library, library.folder / "dates.ics", DAY)
