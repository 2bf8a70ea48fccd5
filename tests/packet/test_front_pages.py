"""What the front pages say: for whom, in which order, with which figures, and nothing that is private."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    Claim,
    Letter,
    Line,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Statement,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.packet import front_matter
from medbills_desktop.packet.order import PacketFinding, PacketOrder, PacketReport
from medbills_desktop.packet.plan import Plan, plan_of
from medbills_desktop.packet.verification import verify_packet
from tests.packet.packets import DAY, build, order, paper, papers_case, reader, small_case, texts, whole_text


def _titles(path: Path) -> list[str]:
    return [re.sub(r" \(p\. \d+\)$", "", entry.title) for entry in reader(path).outline]  # type: ignore[union-attr]


def _lines(number: int, **fields: object) -> list[Line]:
    return [
        Line(
            id=place,
            bill_id=1,
            position=place,
            number=place,
            date=Moment(DAY),
            code=f"A{place:04}",
            description=f"Item {place}",
            units=Decimal(1),
            charge=1000,  # type: ignore[arg-type]
            **fields,  # type: ignore[arg-type]
        )
        for place in range(1, number + 1)
    ]


def test_a_bill_without_anything_makes_a_packet_of_what_there_is(tmp_path: Path) -> None:
    made = build(order(small_case()), tmp_path)
    assert _titles(made.path) == [
        "Cover",
        "Summary",
        "Contents",
        "What each side says",
        "Index of numbers",
        "Not held",
        "Statement of copies",
    ]
    assert verify_packet(made.path) == []


ORDERS = {
    "biller": ["Disputed lines", "What each side says", "What does not add up", "Timeline", "Contact log", "Letters"],
    "insurer": ["What each side says", "What does not add up", "Disputed lines", "Letters", "Timeline", "Contact log"],
    "court": ["What each side says", "Disputed lines", "What does not add up", "Timeline", "Contact log", "Letters"],
}


@pytest.mark.parametrize("audience", ORDERS)
def test_each_reader_gets_the_sections_in_an_own_order(
    audience: str, sample: tuple[PacketOrder, PacketReport], tmp_path: Path
) -> None:
    made = build(replace(sample[0], audience=audience, exhibits=()), tmp_path)  # type: ignore[arg-type]
    assert _titles(made.path)[3:9] == ORDERS[audience]


def test_private_notes_stay_out_unless_they_are_asked_for(tmp_path: Path) -> None:
    call = Call(id=1, started=Moment(DAY), said="They said so.", private_note="SECRET plan")
    case = small_case(call, CallBill(id=1, call_id=1, bill_id=1))
    assert "SECRET" not in whole_text(build(order(case), tmp_path).path)
    assert "SECRET plan" in whole_text(build(order(case, include_private_notes=True), tmp_path).path)


def test_birth_dates_are_never_printed_and_member_ids_only_for_insurers(tmp_path: Path) -> None:
    people = [
        Person(id=2, name="Kim", date_of_birth=date(1987, 6, 5)),
        Organization(id=2, name="Plan", kind="insurer"),
        Policy(id=1, person_id=1, insurer_id=2, member_id="MEM-77"),
        Claim(id=1, policy_id=1, bill_id=1),
    ]
    for audience, told in (("biller", False), ("court", False), ("insurer", True)):
        text = whole_text(build(order(small_case(*people), audience=audience), tmp_path).path)
        assert ("MEM-77" in text) is told
        assert not re.search(r"\b1987\b", text)  # the packet id may have these figures in it


def test_the_summary_is_one_page_however_much_there_is(tmp_path: Path) -> None:
    findings = [
        PacketFinding("A long title that goes on " * 8, "strong", 100, "Because.", "Could you explain it? " * 9, 1)
        for _ in range(40)
    ]
    lines = _lines(60, mark="overpriced", disputed=500, reason="too much " * 20)
    made = build(order(small_case(*lines), findings=findings), tmp_path)
    contents = next(entry for entry in reader(made.path).outline if "Contents" in str(entry))
    assert "(p. 3)" in str(contents["/Title"])  # type: ignore[index]
    page = re.sub(r"\s+", " ", texts(made.path)[1])
    assert "Too high: lines 1–60" in page
    assert "$300.00" in page
    assert re.search(r"\d+ further points, page \d+", page)


def test_few_disputed_lines_are_points_of_their_own_and_add_up(tmp_path: Path) -> None:
    lines = [replace(line, mark="duplicate", disputed=1000, reason="Same as line 1") for line in _lines(3)]
    page = re.sub(r"\s+", " ", texts(build(order(small_case(*lines)), tmp_path).path)[1])
    for number in (1, 2, 3):
        assert f"Line {number}, Mar 31, 2025, A000{number}: Item {number}. Twice: Same as line 1 $10.00" in page
    assert "Disputed on lines $30.00" in page


def test_subtotals_by_reason_and_accepted_lines_add_up(tmp_path: Path) -> None:
    marks = ["duplicate", "not_received", "duplicate", "ok"]
    lines = [
        replace(line, mark=mark, disputed=None if mark == "ok" else 600, accepted=1000 if mark == "ok" else None)
        for line, mark in zip(_lines(4), marks, strict=True)
    ]
    text = whole_text(build(order(small_case(*lines)), tmp_path).path)
    assert "Disputed, 3 lines $30.00 $18.00" in text
    assert "Twice 2 $20.00 $12.00" in text
    assert "Not received 1 $10.00 $6.00" in text
    assert "Together 3 $30.00 $18.00" in text
    assert "Accepted, 1 line $10.00 $10.00" in text


def test_the_header_row_stands_on_every_page_of_a_long_table(tmp_path: Path) -> None:
    lines = _lines(400, mark="overpriced", disputed=500)
    made = build(order(small_case(*lines)), tmp_path)
    shown = [text for text in texts(made.path) if re.search(r"\bA0\d\d\d\b", text)]
    assert len(shown) > 8
    for text in shown:
        assert "Description and reason" in text
    found = re.findall(r"Item (\d+)\b", " ".join(shown))
    assert [int(number) for number in found] == list(range(1, 401))


def test_money_page_shows_three_sides_and_where_they_part(tmp_path: Path) -> None:
    case = small_case(
        Organization(id=2, name="Plan", kind="insurer"),
        Policy(id=1, person_id=1, insurer_id=2),
        Statement(id=1, bill_id=1, date=DAY, total_charges=100_000, insurer_paid=50_000, balance=30_000),  # type: ignore[arg-type]
        Claim(
            id=1,
            policy_id=1,
            bill_id=1,
            status="paid",
            billed=100_000,  # type: ignore[arg-type]
            allowed=70_000,  # type: ignore[arg-type]
            plan_paid=50_000,  # type: ignore[arg-type]
            patient_responsibility=20_000,  # type: ignore[arg-type]
        ),
        Payment(id=1, bill_id=1, date=date(2025, 1, 5), amount=5_000),  # type: ignore[arg-type]
    )
    text = whole_text(build(order(case), tmp_path).path)
    assert "Provider says Insurer says I say" in text
    assert "Charges $1,000.00 $1,000.00" in text
    assert "Asked; patient’s share; still open $300.00 $200.00 $150.00" in text
    assert "$50.00 was paid by then, which leaves $150.00" in text
    assert "The provider asks for $300.00, which is $150.00 more." in text
    assert "What is disputed is not taken off it." not in text


def test_what_is_still_open_is_never_read_as_if_the_disputed_lines_were_owed(tmp_path: Path) -> None:
    claim = Claim(id=1, policy_id=1, bill_id=1, status="paid", patient_responsibility=20_000)  # type: ignore[arg-type]
    people = (Organization(id=2, name="Plan", kind="insurer"), Policy(id=1, person_id=1, insurer_id=2))
    lines = _lines(3, mark="overpriced", disputed=500)
    asked = order(small_case(*people, claim, *lines), parts=frozenset({"summary", "money"}))
    text = whole_text(build(asked, tmp_path).path)
    assert "Still open goes by the EOBs, less what was paid; what is disputed is not taken off it." in text
    assert "by the EOBs, less what was paid. What is disputed is not taken off it." in text


def test_minor_rows_of_stated_zeros_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    insurer = Organization(id=2, name="Example Health Plan", kind="insurer")
    policy = Policy(id=1, insurer_id=2, person_id=1)
    amounts = {"billed": 7000, "copay": 0, "deductible": 2500, "patient_responsibility": 2500}
    claim = Claim(id=1, bill_id=1, policy_id=1, date=DAY, **amounts)  # type: ignore[arg-type]
    page = _page_of(build(order(small_case(insurer, policy, claim)), tmp_path).path, "What each side says")
    assert "Deductible $25.00" in page
    assert "Copay" not in page
    assert "Rows of stated zeros are left out." in page
    without = replace(claim, copay=None)
    page = _page_of(build(order(small_case(insurer, policy, without)), tmp_path).path, "What each side says")
    assert "Copay" not in page
    assert "left out" not in page


def test_what_is_only_a_note_is_no_point_of_the_summary(tmp_path: Path) -> None:
    findings = [
        PacketFinding(f"A {level} title.", level, None, "Why.", f"Ask of {level}?", 1)  # type: ignore[arg-type]
        for level in ("fact", "strong", "question", "info")
    ]
    made = build(order(small_case(), findings=findings), tmp_path)
    summary = texts(made.path)[1]
    assert all(f"A {level} title." in summary for level in ("fact", "strong", "question"))
    assert "A info title." not in summary
    assert "A info title." in _page_of(made.path, "What does not add up")


def _page_of(path: Path, heading: str) -> str:
    """The text of the page that begins with a heading, with all white space drawn together."""
    found = (re.sub(r"\s+", " ", text) for text in texts(path)[3:])
    return next(text for text in found if heading in text)


def test_an_amount_that_nobody_states_is_a_dash_and_never_zero(tmp_path: Path) -> None:
    page = re.sub(r"\s+", " ", texts(build(order(small_case()), tmp_path).path)[0])
    assert re.search("Billed (– )?Asked (– )?Disputed on lines –", page)
    assert "$0.00" not in page


def test_promises_say_what_became_of_them_on_the_day_of_the_packet(tmp_path: Path) -> None:
    call = Call(id=1, started=Moment(date(2025, 3, 1), time(14, 5)), minutes=Decimal("12.5"), representative="Sue")
    promises = [
        Promise(id=1, call_id=1, text="Correct it", due=date(2025, 3, 24), status="open"),
        Promise(id=2, call_id=1, text="Call back", due=date(2025, 4, 24)),
        Promise(id=3, call_id=1, text="Send a list", status="kept", closed=date(2025, 3, 9)),
        Promise(id=4, call_id=1, text="Wait", status="broken"),
    ]
    case = small_case(call, CallBill(id=1, call_id=1, bill_id=1), *promises)
    text = whole_text(build(order(case), tmp_path).path)
    assert "Correct it Mar 24, 2025 Open, 7 days past its day" in text
    assert "Call back Apr 24, 2025 Open" in text
    assert "Kept, Mar 9, 2025" in text
    assert "Wait – Not kept" in text
    assert "1 contact from Mar 1, 2025; 12.5 minutes in all." in text
    assert "Mar 1, 2025 2:05 pm" in text


def test_a_sent_letter_without_paper_is_printed_and_a_draft_is_not(tmp_path: Path) -> None:
    letters = [
        Letter(
            id=1, kind="dispute", bill_id=1, status="sent", date=DAY, subject="Dispute", body="Dear all,\n\nplease."
        ),
        Letter(id=2, kind="dispute", bill_id=1, status="draft", date=DAY, subject="Not sent yet", body="Hidden"),
    ]
    text = whole_text(build(order(small_case(*letters)), tmp_path).path)
    assert "Dear all, please" in text
    assert "Text of the letter sent on Mar 31, 2025" in text
    assert "Hidden" not in text
    assert "Not sent yet" not in text


def test_no_text_calls_a_bill_wrong(sample: tuple[PacketOrder, PacketReport]) -> None:
    front = " ".join(texts(sample[1].path)[:16]).lower()
    for word in ("fraud", "illegal", "overcharge"):
        assert word not in front


def test_three_hundred_exhibits_have_letters_and_places(tmp_path: Path) -> None:
    one = paper(tmp_path / "one.pdf")
    case, sources = papers_case([one] * 300)
    made = build(order(case, sources), tmp_path)
    assert made.exhibits[-1].letter == "KN"
    assert len({exhibit.first_page for exhibit in made.exhibits}) == 300
    shown = texts(made.path)
    for exhibit in made.exhibits[::50]:
        assert (
            f"Exhibit {exhibit.letter} · 1 of 1 · page {exhibit.first_page + 1} of {made.pages}"
            in shown[exhibit.first_page]
        )
    assert verify_packet(made.path) == []


def test_several_bills_are_listed_on_cover_and_summary(tmp_path: Path) -> None:
    second = [
        Organization(id=2, name="Example Physicians", kind="physician"),
        Bill(id=2, biller_id=2, person_id=1, account_number="E-1"),
        Statement(id=2, bill_id=2, date=DAY, total_charges=5000, balance=5000),  # type: ignore[arg-type]
        Statement(id=1, bill_id=1, date=DAY, total_charges=7000, balance=7000),  # type: ignore[arg-type]
    ]
    made = build(order(small_case(*second)), tmp_path)
    cover, page = (re.sub(r"\s+", " ", text) for text in texts(made.path)[:2])
    assert "About 2 bills of Example General Hospital and Example Physicians" in cover
    assert "$120.00" in cover
    assert "Together $120.00" in page


def test_every_scenario_makes_a_whole_packet(shared: Path, tmp_path: Path) -> None:
    for folder in sorted((shared / "cases").iterdir()):
        case = read_case((folder / "case.json").read_bytes())
        made = build(order(case), tmp_path)
        assert verify_packet(made.path) == []
        assert len(texts(made.path)) == made.pages


def test_page_numbers_that_never_settle_end_the_export_after_five_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[int] = []

    def never_the_same(*told: object) -> Plan:
        passes.append(len(passes))
        plan = plan_of(*told)  # type: ignore[arg-type]
        return replace(plan, parts=(replace(plan.parts[0], title=str(len(passes))), *plan.parts[1:]))

    monkeypatch.setattr(front_matter, "plan_of", never_the_same)
    with pytest.raises(front_matter.PassesDisagreeError):
        build(order(small_case()), tmp_path)
    assert len(passes) == 5
    assert list(tmp_path.iterdir()) == []
