"""The timeline on paper and as a spreadsheet: every event, under its month, read back by another library."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

from pypdf import PdfReader

from medbills_desktop.commands.timeline_files import save_timeline
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.timeline import TimelineEvent
from medbills_desktop.packet.timeline_pages import TimelineSheet, timeline_pdf

DAY = date(2026, 3, 2)
EVENTS = (
    TimelineEvent(1, "call", "call", 1, Moment(DAY), "Blue Mesa", "They look into it", Cents(123450)),
    TimelineEvent(
        2, "promise", "promise", 1, Moment(date(2026, 4, 1)), "Blue Mesa", "Broken: Call back", None, "broken"
    ),
    TimelineEvent(3, "task", "task", 1, None, "", "Ask again"),
)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_every_event_is_printed_under_its_month_and_what_has_no_day_too() -> None:
    (page,) = texts(timeline_pdf(TimelineSheet(EVENTS, "Bill: Blue Mesa", "From Mar 1, 2026", DAY)))
    for words in (
        "Bill: Blue Mesa",
        "From Mar 1, 2026. 3 entries. Made on Mar 2, 2026.",
        "March 2026",
        "April 2026",
        "No day known",
        "$1,234.50",
        "Broken: Call back",
        "Ask again",
        "page 1 of 1",
    ):
        assert words in page, words
    assert page.index("March 2026") < page.index("They look") < page.index("April 2026") < page.index("No day known")


def test_the_same_sheet_gives_the_same_bytes_and_a_long_one_runs_over_pages() -> None:
    many = tuple(
        TimelineEvent(
            number, "call", "call", number, Moment(DAY + timedelta(number)), "Blue Mesa", f"Call no. {number}."
        )
        for number in range(1, 401)
    )
    sheet = TimelineSheet(many, "Everything", "", DAY)
    made = timeline_pdf(sheet)
    assert made == timeline_pdf(sheet)
    pages = texts(made)
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert "Timeline · " in page
    whole = "\n".join(pages)
    assert all(f"Call no. {number}." in whole for number in range(1, 401))
    assert all("What happened" in page for page in pages)


def test_an_empty_list_says_so() -> None:
    assert "0 entries" in texts(timeline_pdf(TimelineSheet((), "Everything", "", DAY)))[0]


def test_a_spreadsheet_has_a_row_for_each_event(tmp_path: Path) -> None:
    out = save_timeline(TimelineSheet(EVENTS, "Everything", "", DAY), tmp_path / "list.csv")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["when"] for row in rows] == ["2026-03-02", "2026-04-01", ""]
    assert [row["amount"] for row in rows] == ["1234.50", "", ""]
    assert rows[1]["state"] == "broken"
    saved = save_timeline(TimelineSheet(EVENTS, "Everything", "", DAY), tmp_path / "list.pdf")
    assert saved.read_bytes().startswith(b"%PDF")


def test_no_month_is_the_last_thing_on_a_page() -> None:
    for count in range(1, 12):
        days = [DAY] * count + [DAY + timedelta(31 * number) for number in range(40)]
        many = tuple(TimelineEvent(n, "call", "call", n, Moment(day), "Mesa", "Call") for n, day in enumerate(days, 1))
        for page in texts(timeline_pdf(TimelineSheet(many, "Everything", "", DAY))):
            lines = [line.strip() for line in page.splitlines() if line.strip() and not line.startswith("Page ")]
            assert not re.fullmatch(r"[A-Z][a-z]+ \d{4}", lines[-1]), lines[-3:]
