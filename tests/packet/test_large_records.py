"""Records of any size: every line is there, sums agree, and what is asked for each line costs no more for many."""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from benchmarks.make_scans import make_scans
from medbills_desktop.domain import points
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, CallBill, Line
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.front_matter import draw_front_matter
from medbills_desktop.packet.lettering import lettered
from medbills_desktop.packet.order import PacketCancelledError, PacketReport, Progress
from tests.packet.packets import DAY, build, never, order, paper, papers_case, small_case, texts, whole_text

LINES = 3000


def _lines(number: int) -> list[Line]:
    return [
        Line(
            id=place,
            bill_id=1,
            position=place,
            number=place,
            code=f"A{place:05}",
            description=f"Item {place}",
            charge=Cents(1000),
            mark="overpriced" if place % 3 else "ok",
            disputed=Cents(place) if place % 3 else None,
        )
        for place in range(1, number + 1)
    ]


@pytest.fixture(scope="module")
def long_bill(tmp_path_factory: pytest.TempPathFactory) -> PacketReport:
    return build(order(small_case(*_lines(LINES))), tmp_path_factory.mktemp("long"))


def test_every_line_of_a_long_bill_is_printed_and_the_sum_is_theirs(long_bill: PacketReport) -> None:
    shown = texts(long_bill.path)
    found = re.findall(r"\bA(\d{5})\b", " ".join(shown))
    assert sorted(map(int, found)) == list(range(1, LINES + 1))
    cents = sum(place for place in range(1, LINES + 1) if place % 3)
    assert sum(f"${cents / 100:,.2f}" in text for text in shown) >= 3, "cover, summary and lines name one sum"


def test_the_head_of_the_table_stands_on_every_page_of_a_long_bill(long_bill: PacketReport) -> None:
    pages = [text for text in texts(long_bill.path) if len(re.findall(r"\bA\d{5}\b", text)) > 5]
    assert len(pages) > 60
    assert all("Description" in text and "Charge" in text for text in pages)


def test_a_row_taller_than_a_page_is_printed_whole_in_the_packet(tmp_path: Path) -> None:
    reason = " ".join(f"reason{number}" for number in range(1500))
    line = replace(_lines(1)[0], reason=reason)
    told = whole_text(build(order(small_case(line)), tmp_path).path)
    assert {int(each) for each in re.findall(r"reason(\d+)", told)} == set(range(1500))


def test_what_was_said_is_read_once_for_all_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [
        each
        for place in range(1, 31)
        for each in (
            Call(id=place, started=Moment(DAY), asked=f"Why is line {place} there?", minutes=Decimal(1)),
            CallBill(id=place, call_id=place, bill_id=1),
        )
    ]
    read: list[str] = []

    def reading(text: str) -> str:
        read.append(text)
        return text

    monkeypatch.setattr(points, "said_in", reading)
    assert len(points.points_of(small_case(*_lines(90), *calls), 1, ())) == 60
    assert len(read) == 30


@pytest.mark.parametrize(("pages", "shown"), [(7, "000"), (980, "000"), (990, "0000"), (12_000, "00000")])
def test_the_first_pass_leaves_room_for_page_numbers_as_long_as_they_will_be(
    tmp_path: Path, pages: int, shown: str
) -> None:
    """Else lines break otherwise in the second pass, and a long bill needs a third."""
    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    book = Book(order(case, sources), lettered(case, (1,), ((sources[0], pages),)), "")
    assert book.page("nowhere yet") == shown


def test_python_searches_for_what_can_go_only_between_passes(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    book = Book(order(case, sources), lettered(case, (1,), ((sources[0], 1),)), "")
    searching: set[bool] = set()

    def told(_progress: Progress) -> None:
        searching.add(gc.isenabled())

    draw_front_matter(book, told, never)
    assert searching == {False}
    assert gc.isenabled()
    with pytest.raises(PacketCancelledError):
        draw_front_matter(book, told, lambda: True)
    assert gc.isenabled()


def test_a_packet_is_as_large_as_its_papers_and_its_own_pages(tmp_path: Path) -> None:
    case, sources = papers_case(make_scans(tmp_path / "scans", 18))
    without = build(order(small_case()), tmp_path).size
    papers = sum(source.document.size or 0 for source in sources)
    assert build(order(case, sources), tmp_path).size - without < 1.005 * papers


def test_the_only_date_of_a_packet_without_dated_records_is_the_day_of_preparation(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    made = build(order(case, sources), tmp_path)
    told = whole_text(made.path)
    days = re.findall(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}", told)
    assert days
    assert set(days) == {f"{DAY:%b} {DAY.day}, {DAY.year}"}
    read = pypdf.PdfReader(made.path)
    assert read.metadata is not None
    assert not {"/CreationDate", "/ModDate"} & set(read.metadata)
    raw = b"".join(object_.get_data() for object_ in _streams(read))
    assert b"D:2" not in raw + made.path.read_bytes()


def _streams(read: pypdf.PdfReader) -> list[pypdf.generic.StreamObject]:
    found = (read.get_object(number) for number in range(1, read.trailer["/Size"]))
    return [each for each in found if isinstance(each, pypdf.generic.DecodedStreamObject | pypdf.generic.StreamObject)]


def test_names_of_files_may_be_as_long_as_a_disk_takes_them(tmp_path: Path) -> None:
    stem = "Statement of account and itemized bill " * 5
    long = paper(tmp_path / f"{stem[:196]}.pdf")
    case, sources = papers_case([long])
    target = tmp_path / ("P" * 200)
    target.mkdir()
    made = build(order(case, sources), target)
    assert made.exhibits[0].shown
    assert long.name.replace(" ", "") in whole_text(made.path).replace(" ", "")
