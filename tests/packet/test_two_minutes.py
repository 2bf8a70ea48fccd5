"""Somebody with two minutes: on the summary stand what is disputed, why, by when an answer is asked for, and where."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import (
    Assistance,
    Collection,
    Document,
    DocumentLink,
    Letter,
    Line,
    Organization,
    Statement,
)
from medbills_desktop.packet.figures import known_sum
from medbills_desktop.packet.order import PacketFinding, PacketOrder, PacketReport
from tests.packet.packets import DAY, Link, build, links, order, paper, papers_case, small_case, texts

_POINT = re.compile(r"^(\d{1,2}) (.+) (\$[\d,]+\.\d\d|–)((?: (?:[A-Z]|Contact log), \d+)+)$")
_PLACE = re.compile(r"^([A-Z]+), (\d+)$")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


@pytest.fixture(scope="module")
def pages(sample: tuple[PacketOrder, PacketReport]) -> list[str]:
    return [_flat(text) for text in texts(sample[1].path)]


@pytest.fixture(scope="module")
def found(sample: tuple[PacketOrder, PacketReport]) -> list[Link]:
    return links(sample[1].path)


def _disputed(asked: PacketOrder) -> list[Line]:
    return [line for line in asked.case.all(Line) if is_disputed(line)]


def test_the_summary_says_how_much_is_disputed_and_accepted_as_the_records_do(
    sample: tuple[PacketOrder, PacketReport], pages: list[str]
) -> None:
    case, page = sample[0].case, pages[1]
    disputed = dollars(known_sum(line.disputed for line in case.all(Line)))
    accepted = dollars(known_sum(line.accepted for line in case.all(Line)))
    assert re.search(rf"Together \S+ \S+ {re.escape(disputed)} {re.escape(accepted)}", page)
    assert f"Disputed on lines {disputed}" in page


def test_what_is_asked_for_comes_before_the_points_with_the_day_of_the_answer(
    sample: tuple[PacketOrder, PacketReport], pages: list[str]
) -> None:
    case, page = sample[0].case, pages[1]
    asked, _, points = page.partition(" points Point Amount")
    amount = dollars(known_sum(line.disputed for line in case.all(Line)))
    assert f"Please review the {len(_disputed(sample[0]))} disputed lines ({amount})" in asked
    assert "Please answer in writing" in asked
    sent = [each for each in case.all(Letter) if each.status == "sent" and each.reply_due]
    open_letter = next(each for each in sent if each.reply_due and each.reply_due > sample[0].prepared_on)
    assert f"My letter of {plain_day(open_letter.date)}" in asked
    assert f"asks for an answer by {plain_day(open_letter.reply_due)}" in asked
    assert "What is asked for" not in points


def test_every_point_on_the_summary_has_its_amount_and_leads_to_its_exhibit_page(
    sample: tuple[PacketOrder, PacketReport], pages: list[str], found: list[Link]
) -> None:
    heads = re.search(r"(\d+) points Point Amount Exhibit, page (.*) (\d+) further points, page (\d+)", pages[1])
    assert heads is not None
    rows = re.sub(r" Disputed on lines \$[\d,.]+", "", heads[2])
    told = re.split(r" (?=\d{1,2} (?:Line \d|The |On ))", f" {rows}")[1:]
    assert len(told) + int(heads[3]) == int(heads[1])
    lines = {f"Line {line.number}": line for line in _disputed(sample[0])}
    for number, each in enumerate(told, 1):
        point = _POINT.match(each)
        assert point is not None, each
        assert int(point[1]) == number
        line = next((line for name, line in lines.items() if point[2].startswith(f"{name},")), None)
        if line is not None:
            assert point[3] == dollars(line.disputed)
            assert line.reason is None or line.reason[:30] in point[2]
            place = re.search(r"[A-Z], \d+", point[4])
            assert place is not None
            assert line.description in pages[int(place[0].split(", ")[1]) - 1]
        for place in re.findall(r"[A-Z], \d+", point[4]):
            assert any(link.page == 2 and link.words == place for link in found)


@pytest.mark.parametrize("heading", ["Summary", "Disputed lines", "Timeline", "Index of numbers"])
def test_a_link_names_the_page_that_it_leads_to_and_that_page_bears_the_name(
    heading: str, sample: tuple[PacketOrder, PacketReport], pages: list[str], found: list[Link]
) -> None:
    place = next(at for at, page in enumerate(pages, 1) if heading in page and at != 3)
    named = [(link, match) for link in found if link.page == place and (match := _PLACE.match(link.words))]
    assert named
    for link, match in named:
        assert link.target == int(match[2])
        assert f"Exhibit {match[1]} · " in pages[link.target - 1]
        assert f"page {match[2]} of {sample[1].pages}" in pages[link.target - 1]


def test_the_weightiest_point_is_never_among_the_further_ones(tmp_path: Path) -> None:
    findings = [PacketFinding(f"Small matter {n}.", "fact", n, "Because.", "Why?", 1) for n in range(1, 40)]
    findings += [PacketFinding("The great difference.", "fact", 900_000, "Because.", "Why?", 1)]  # type: ignore[arg-type]
    page = _flat(texts(build(order(small_case(), findings=findings), tmp_path).path)[1])
    assert "1 The great difference. $9,000.00" in page
    assert "Please answer the 40 points of the summary." in page
    assert "10 Small matter" in page  # two figures stand on one line


def test_the_cover_says_where_the_answer_goes(tmp_path: Path) -> None:
    sender = ("Ana Reyes", "118 Quarry Lane", "Ashgrove, OH 44998")
    asked = order(small_case(), parts=frozenset({"cover"}), sender=sender)
    text = " ".join(texts(build(asked, tmp_path).path)[0].split())
    assert "From Ana Reyes 118 Quarry Lane Ashgrove, OH 44998 Patient" in text


def test_the_day_of_the_answer_is_printed_where_one_is_asked_for(tmp_path: Path) -> None:
    until = date(2025, 4, 30)
    line = Line(id=1, bill_id=1, position=1, description="Item", mark="not_mine", disputed=700)  # type: ignore[arg-type]
    for audience in ("biller", "insurer"):
        made = build(order(small_case(line), reply_by=until, audience=audience), tmp_path)
        for page in texts(made.path)[:2]:
            assert "Please answer in writing by Apr 30, 2025" in _flat(page)


def test_a_packet_in_which_nothing_is_disputed_says_so_and_asks_for_nothing(tmp_path: Path) -> None:
    line = Line(id=1, bill_id=1, position=1, description="Item", mark="ok", accepted=700)  # type: ignore[arg-type]
    made = build(order(small_case(line)), tmp_path)
    cover, page = (_flat(text) for text in texts(made.path)[:2])
    assert "No line is disputed, and nothing was found that does not add up." in page
    assert "asked for" not in cover + page


@pytest.mark.parametrize(("days", "told"), [(9, True), (0, True), (-1, False)])
def test_a_letter_asks_for_its_answer_until_its_day_has_passed(days: int, told: bool, tmp_path: Path) -> None:
    letter = Letter(
        id=1,
        kind="dispute",
        bill_id=1,
        recipient_id=1,
        status="sent",
        date=DAY - timedelta(20),
        reply_due=DAY + timedelta(days),
        subject="My dispute",
    )
    finding = PacketFinding("A sum.", "fact", None, "Because.", "Why?", 1)
    page = texts(build(order(small_case(letter), findings=[finding]), tmp_path).path)[1]
    assert ("My letter of Mar 11, 2025 asks for an answer by" in _flat(page)) is told
    answer = replace(letter, id=2, status="received", answers_to_id=1, date=DAY, reply_due=None)
    page = texts(build(order(small_case(letter, answer), findings=[finding]), tmp_path).path)[1]
    assert "My letter of" not in page


def test_findings_about_a_collector_or_an_application_lead_to_those_papers(tmp_path: Path) -> None:
    files = [paper(tmp_path / f"{name}.pdf") for name in ("statement", "notice", "application")]
    case, sources = papers_case(files)
    extra = [
        Organization(id=2, name="Example Collector", kind="collector"),
        Statement(id=1, bill_id=1, date=DAY, balance=5000, document_id=1),  # type: ignore[arg-type]
        Collection(id=1, bill_id=1, collector_id=2, amount=5000, document_id=2),  # type: ignore[arg-type]
        Assistance(id=1, bill_id=1, status="applied", applied=DAY),
        DocumentLink(id=9, document_id=3, type="assistance", target_id=1),
    ]
    case = small_case(*case.all(Document), *case.all(DocumentLink), *extra)
    findings = [
        PacketFinding("Example Collector asks for more.", "strong", 1, "Why.", "Why?", 1, check="collector-notice"),  # type: ignore[arg-type]
        PacketFinding("Not decided yet.", "question", 2, "Why.", "Decided?", 1, check="assistance-window"),  # type: ignore[arg-type]
    ]
    made = build(order(case, sources, findings=findings), tmp_path)
    titles = {exhibit.first_page + 1: exhibit.title for exhibit in made.exhibits}
    shown = [titles.get(link.target, "") for link in links(made.path) if link.page == 2]
    assert [title.rsplit("/", 1)[-1].partition(".")[0] for title in shown] == ["notice", "application"]


def test_all_lines_of_a_bill_are_one_sum(tmp_path: Path) -> None:
    marks = [("duplicate", 600, 400), ("ok", None, 1000), (None, None, None)]
    lines = [
        Line(
            id=at,
            bill_id=1,
            position=at,
            description="Item",
            charge=1000,  # type: ignore[arg-type]
            mark=mark,  # type: ignore[arg-type]
            disputed=disputed,  # type: ignore[arg-type]
            accepted=accepted,  # type: ignore[arg-type]
        )
        for at, (mark, disputed, accepted) in enumerate(marks, 1)
    ]
    page = _flat(" ".join(texts(build(order(small_case(*lines)), tmp_path).path)))
    assert "Disputed lines 1 $10.00 $6.00 $4.00" in page
    assert "Accepted lines 1 $10.00 – $10.00" in page
    assert "Neither disputed nor accepted yet 1 $10.00 – –" in page
    assert "Together 3 $30.00 $6.00 $14.00" in page


def test_no_total_stands_alone_at_the_head_of_a_page(tmp_path: Path) -> None:
    for number in range(34, 37):
        lines = [
            Line(id=at, bill_id=1, position=at, number=at, description=f"Item {at}", disputed=100)  # type: ignore[arg-type]
            for at in range(1, number)
        ]
        for text in map(_flat, texts(build(order(small_case(*lines), parts=frozenset({"lines"})), tmp_path).path)):
            if f"Disputed, {number - 1} lines" in text:
                assert f"Item {number - 1} " in text


def test_every_point_that_does_not_fit_is_found_by_its_number_among_the_findings(pages: list[str]) -> None:
    heads = re.search(r"(\d+) points Point Amount", pages[1])
    further = re.search(r"(\d+) further points, page (\d+)", pages[1])
    assert heads is not None
    assert further is not None
    told = " ".join(pages[int(further[2]) - 1 :])
    for number in range(int(heads[1]) - int(further[1]) + 1, int(heads[1]) + 1):
        assert told.count(f"Point {number} of the summary · ") == 1
    greatest = re.search(r" 7 (The statement of .{20})", pages[1])
    assert greatest is not None
    assert re.search(rf"{re.escape(greatest[1])}.{{1,200}}Point 7 of the summary", told)


def test_a_page_that_goes_on_with_a_part_names_it_at_its_foot(pages: list[str]) -> None:
    first = next(at for at, page in enumerate(pages) if "Disputed lines" in page and "No. Date Code" in page)
    assert "Evidence packet · prepared" in pages[first]
    assert "Evidence packet · Disputed lines · prepared" in pages[first + 1]
