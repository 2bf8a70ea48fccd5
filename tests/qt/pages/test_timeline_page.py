"""The Timeline page: whose it is, kinds, period and words; months above their events; opened, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from medbills_desktop.commands.calls import ClosePromise
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Organization, Payment, Person
from medbills_desktop.domain.timeline import KIND, MonthHeading, TimelineEvent
from medbills_desktop.qt.forms.form_dialog import FormDialog
from medbills_desktop.qt.pages import timeline_page
from medbills_desktop.qt.pages.timeline_page import TimelinePage
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.timeline import EVERYTHING, ListEvents, TimelineScope
from medbills_desktop.store.work import Work
from tests.support.windows import PLAY_DAY, settle


def shown(window: MainWindow) -> TimelinePage:
    window.going.show_page("timeline")
    settle(window)
    return window.timeline


def events(page: TimelinePage) -> list[TimelineEvent]:
    return [row for row in page.view.rows_model.rows if isinstance(row, TimelineEvent)]


def headings(page: TimelinePage) -> list[str]:
    return [row.words for row in page.view.rows_model.rows if isinstance(row, MonthHeading)]


def test_months_stand_above_their_events_newest_first_and_turn_round(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    assert headings(page)[:2] == ["April 2026", "March 2026"]
    assert page.count.text() == f"{len(events(page))} entries"
    page.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    settle(sample_window)
    assert headings(page)[:2] == ["October 2025", "November 2025"]
    assert isinstance(page.view.rows_model.row_at(0), MonthHeading)
    page.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    settle(sample_window)
    assert headings(page) == []
    page.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    settle(sample_window)
    assert headings(page)[0] == "April 2026"


def test_the_timeline_of_a_bill_is_reached_from_its_menu(sample_window: MainWindow) -> None:
    bill_id = sample_window.bills.bill.bill_id
    sample_window.actions_by_id["timeline_of_bill"].trigger()
    settle(sample_window)
    page = sample_window.timeline
    assert sample_window.going.page_name == "timeline"
    assert page.filters.chosen == TimelineScope("bill", bill_id or 0)
    expected = sample_window.session.read(ListEvents(TimelineScope("bill", bill_id or 0)))
    assert events(page) == expected
    assert 0 < len(expected) < len(sample_window.session.read(ListEvents()))


def test_kinds_are_narrowed_and_deadlines_are_there_when_asked_for(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    assert not any(event.kind == "deadline" for event in events(page))
    page.filters.show_kinds(("deadline",))
    settle(sample_window)
    assert {event.kind for event in events(page)} == {"deadline"}
    assert page.filters.kinds.text() == "Deadline"
    page.filters.show_kinds(KIND)
    settle(sample_window)
    assert page.filters.kinds.text() == "15 of 15 kinds"
    page.filters.kinds.menu().actions()[0].trigger()
    settle(sample_window)
    assert page.filters.kinds.text() == "All that happened"


def test_a_period_is_typed_and_a_day_that_cant_be_read_is_said(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    page.filters.first.setText("3/1/2026")
    page.filters.last.setText("3/13/2026")
    settle(sample_window)
    days = [event.when.day for event in events(page) if event.when]
    assert days
    assert min(days) >= date(2026, 3, 1)
    assert max(days) <= date(2026, 3, 13)
    page.filters.last.setText("soon")
    settle(sample_window)
    assert "soon" in page.filters.problem.text()
    page.filters.last.setText("2/1/2026")
    settle(sample_window)
    assert "ends before it begins" in page.filters.problem.text()
    page.view.step_wanted.emit()
    settle(sample_window)
    assert not page.filters.problem.isVisible()
    assert page.filters.chosen == EVERYTHING


def test_a_broken_promise_is_in_the_timeline_at_once(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    before = {event.what for event in events(page) if event.state == "broken"}
    sample_window.session.perform(ClosePromise(2, "broken", date(2026, 3, 10)))
    settle(sample_window)
    (broken,) = (event for event in events(page) if event.state == "broken" and event.what not in before)
    assert broken.what.startswith("Broken: ")
    assert broken.when is not None
    assert broken.when.day == date(2026, 3, 10)


def test_a_row_opens_its_record_and_a_heading_opens_nothing(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    wanted: list[object] = []
    page.place_wanted.connect(wanted.append)
    page.view.opened.emit(page.view.rows_model.row_at(0).id)
    assert wanted == []
    assert sample_window.going.page_name == "timeline"
    for event in events(page):
        sample_window.going.show_page("timeline")
        page.view.opened.emit(event.id)
        settle(sample_window)
        if sample_window.call.isVisible():
            sample_window.call.close_panel()
        forms = page.findChildren(FormDialog)
        assert sample_window.going.page_name != "timeline" or len(forms) == 1, event
        for form in forms:
            form.done(0)
            form.deleteLater()


def test_the_paper_of_a_row_is_shown_beside_it(sample_window: MainWindow) -> None:
    page = shown(sample_window)
    page.view.setFocus()
    event = next(event for event in events(page) if event.document_id == 15)
    page.view.choose(event.id)
    settle(sample_window)
    assert sample_window.going.page_name == "timeline"
    assert sample_window.showing.document_id == 15


def test_a_list_is_saved_whole_and_made_ready_for_the_printer(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(sample_window)
    page.filters.show_kinds(("call",))
    settle(sample_window)
    monkeypatch.setattr(timeline_page, "ask_target", lambda *_: tmp_path / "calls")
    page.save.click()
    settle(sample_window)
    assert (tmp_path / "calls.pdf").read_bytes().startswith(b"%PDF")
    ready: list[Path] = []
    page.print_wanted.disconnect()
    page.print_wanted.connect(ready.append)
    page.print.click()
    settle(sample_window)
    assert ready[0].read_bytes() == (tmp_path / "calls.pdf").read_bytes()
    monkeypatch.setattr(timeline_page, "ask_target", lambda *_: tmp_path / "calls.csv")
    page.save.click()
    settle(sample_window)
    assert len((tmp_path / "calls.csv").read_text("utf-8-sig").splitlines()) == len(events(page)) + 1


def test_of_a_large_library_the_first_events_are_listed_and_all_where_wanted(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    def fill(work: Work) -> None:
        work.add(Person(name="Ana"))
        work.add(Organization(name="Blue Mesa", kind="hospital"))
        work.add(Bill(biller_id=1, person_id=1))
        for number in range(2100):
            work.add(Payment(bill_id=1, date=date(2020, 1, 1) + timedelta(number), amount=Cents(number)))

    library.perform("Fill", fill)
    window = open_window(library, PLAY_DAY)
    page = shown(window)
    assert page.count.text() == "2,000 of 2,100 entries"
    assert events(page)[0].amount == 2099
    page.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    settle(window)
    assert events(page)[0].amount == 0
    page.more.click()
    settle(window)
    assert page.count.text() == "2,100 entries"
    assert not page.more.isVisible()
