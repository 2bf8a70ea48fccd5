"""What was promised, written, answered, appealed and offered, as the packet tells it; rules and numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Authorization,
    Call,
    CallBill,
    Claim,
    Collection,
    Document,
    DocumentLink,
    Enclosure,
    Evidence,
    FindingDecision,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    PointAnswer,
    Policy,
    Promise,
    PromiseProof,
    Record,
    Statement,
)
from medbills_desktop.packet.order import ExhibitSource, PacketFinding, PacketOrder, PacketReport, PacketRule
from tests.packet.packets import build, links, order, paper, small_case, texts, whole_text

CALL = Call(id=1, started=Moment(date(2025, 3, 1)), minutes=Decimal(70), channel="phone", reference_number="R-1188")
ABOUT = CallBill(id=1, call_id=1, bill_id=1)


def _with_papers(folder: Path, *names: str) -> tuple[list[Record], list[ExhibitSource]]:
    """Papers that are linked to the bill, numbered from 1."""
    documents = [
        Document(id=place, ref=f"D{place}", file=f"{name}.pdf", sha256=f"{place:064x}", kind="bill", title=name)
        for place, name in enumerate(names, 1)
    ]
    linked = [DocumentLink(id=each.id, document_id=each.id, type="bill", target_id=1) for each in documents]
    sources = [ExhibitSource(each, paper(folder / each.file)) for each in documents]
    return [*documents, *linked], sources


def test_a_promise_is_shown_with_what_proves_how_it_came_out(tmp_path: Path) -> None:
    records, sources = _with_papers(tmp_path, "answer")
    records += [
        CALL,
        ABOUT,
        Promise(id=1, call_id=1, text="Send a list", due=date(2025, 3, 9), status="kept", closed=date(2025, 3, 8)),
        Promise(id=2, call_id=1, text="Call back", due=date(2025, 3, 9), status="broken", closed=date(2025, 3, 10)),
        Promise(id=3, call_id=1, text="Look again", due=date(2025, 3, 30)),
        PromiseProof(id=1, promise_id=1, document_id=1, note="The list came by mail."),
        PromiseProof(id=2, promise_id=2, call_id=1),
    ]
    made = build(order(small_case(*records), sources), tmp_path)
    text = whole_text(made.path)
    assert "3 promises: 1 kept, 1 not kept, 1 open past the day." in text
    page = made.exhibits[0].first_page + 1
    assert f"Kept, Mar 8, 2025 shown by A, {page} The list came by mail." in text
    assert re.search(r"Not kept, Mar 10, 2025 shown by Contact log, \d+", text)
    assert any(link.words == f"A, {page}" and link.target == page for link in links(made.path))


def test_the_time_on_the_phone_is_summed(tmp_path: Path) -> None:
    fax = Call(id=2, started=Moment(date(2025, 3, 2)), minutes=Decimal(5), channel="fax")
    case = small_case(CALL, fax, ABOUT, CallBill(id=2, call_id=2, bill_id=1))
    assert "75 minutes in all (1 h 15 min), 70 of them on the phone." in whole_text(build(order(case), tmp_path).path)
    alone = small_case(CALL, ABOUT)
    assert "70 minutes in all (1 h 10 min), all on the phone." in whole_text(build(order(alone), tmp_path).path)


def test_letters_tell_method_tracking_copies_and_the_reply(tmp_path: Path) -> None:
    records, sources = _with_papers(tmp_path, "sent letter", "their answer", "statement")
    sent = Letter(
        id=1, kind="dispute", bill_id=1, status="sent", date=date(2025, 2, 1), subject="Dispute", document_id=1,
        reply_due=date(2025, 3, 1), method="certified_mail", tracking="9407 22",
    )  # fmt: skip
    late = Letter(
        id=2, kind="dispute", bill_id=1, status="sent", date=date(2025, 2, 2), subject="Once more", body="Text.",
        reply_due=date(2025, 3, 21),
    )  # fmt: skip
    answer = Letter(
        id=3, kind="answer", bill_id=1, status="received", date=date(2025, 2, 20), subject="Our answer", document_id=2,
        answers_to_id=1,
    )  # fmt: skip
    records += [sent, late, answer, Enclosure(id=1, letter_id=1, document_id=3, position=1)]
    made = build(order(small_case(*records), sources), tmp_path)
    text = whole_text(made.path)
    pages = {exhibit.title: f"{exhibit.letter}, {exhibit.first_page + 1}" for exhibit in made.exhibits}
    assert f"Dispute With copies of: {pages['statement']}" in text
    assert "Certified mail, 9407 22" in text
    assert f"due Mar 1, 2025 answered Feb 20, 2025 ({pages['their answer']})" in text
    assert "due Mar 21, 2025 none noted, 10 days past" in text


def test_replies_stand_point_by_point_and_what_was_asked_in_vain_is_told(tmp_path: Path) -> None:
    records, sources = _with_papers(tmp_path, "their answer")
    lines = [
        Line(id=n, bill_id=1, position=n, number=n, description=f"Item {n}", mark="overpriced", disputed=500)  # type: ignore[arg-type]
        for n in (1, 2, 3)
    ]
    asks = "Please look at this charge again. What is it based on?"
    records += [
        *lines,
        CALL,
        ABOUT,
        Letter(id=1, kind="dispute", bill_id=1, status="sent", date=date(2025, 2, 1), body=f"We ask.\n\n{asks}"),
        Letter(id=2, kind="answer", bill_id=1, status="received", date=date(2025, 2, 20), document_id=1),
        PointAnswer(id=1, bill_id=1, line_id=1, letter_id=2, answer="partly", said="Half of it.", amount_off=250),  # type: ignore[arg-type]
        PointAnswer(id=2, bill_id=1, line_id=2, call_id=1, answer="not_answered"),
        PointAnswer(id=3, bill_id=1, check="sums", fingerprint="f1", letter_id=2, answer="answered", said="A slip."),
        FindingDecision(id=1, bill_id=1, check="sums", fingerprint="f1", decision="asked"),
    ]
    finding = PacketFinding("The sums differ.", "fact", 100, "Why.", "Could you?", 1, check="sums", fingerprint="f1")  # type: ignore[arg-type]
    made = build(order(small_case(*records), sources, findings=(finding,)), tmp_path)
    text = whole_text(made.path)
    replies = text[text.index("Replies, point by point") :]
    proof = f"A, {made.exhibits[0].first_page + 1}"
    assert f"Partly Feb 20, 2025 Half of it. $2.50 {proof}" in replies
    assert re.search(r"Line 2: Item 2 \(Too high\) .*?Not answered Mar 1, 2025 Contact log, \d+", replies)
    assert re.search(r"Line 3: Item 3 \(Too high\) Feb 1, 2025 Not answered No answer is noted\.", replies)
    assert f"The sums differ. Feb 20, 2025 Answered Feb 20, 2025 A slip. {proof}" in replies


def test_appeals_applications_offers_and_collectors_stand_on_the_money_page_and_in_the_timeline(tmp_path: Path) -> None:
    records, sources = _with_papers(tmp_path, "decision")
    records += [
        Organization(id=2, name="Example Plan", kind="insurer"),
        Organization(id=3, name="Example Collectors", kind="collector"),
        Policy(id=1, person_id=1, insurer_id=2),
        Claim(id=1, policy_id=1, bill_id=1, number="CL-9", status="denied"),
        Appeal(
            id=1, claim_id=1, level="internal", filed=date(2025, 2, 3), decided=date(2025, 3, 3), outcome="partly",
            document_id=1,
        ),
        Assistance(
            id=1, bill_id=1, organization_id=1, applied=date(2025, 2, 5), status="approved", decided=date(2025, 3, 5),
            discount_percent=Decimal(40),
        ),
        AssistancePaper(id=1, assistance_id=1, text="Last tax return", asked=date(2025, 2, 6), sent=date(2025, 2, 7)),
        AssistancePaper(id=2, assistance_id=1, text="Pay stubs"),
        Offer(
            id=1, bill_id=1, date=date(2025, 3, 7), amount=5000, status="accepted", written_confirmation=True,  # type: ignore[arg-type]
            zero_balance_letter=True,
        ),
        Collection(
            id=1, bill_id=1, collector_id=3, reference="K-77", notice_date=date(2025, 3, 8), amount=9000,  # type: ignore[arg-type]
            disputed_on=date(2025, 3, 9), validated_on=date(2025, 3, 20),
        ),
    ]  # fmt: skip
    made = build(order(small_case(*records), sources), tmp_path)
    text = whole_text(made.path)
    proof = f"A, {made.exhibits[0].first_page + 1}"
    assert f"Internal appeal CL-9 Feb 3, 2025 Mar 3, 2025 Partly won {proof}" in text
    assert f"Decision on the appeal, Internal appeal, claim CL-9: partly won {proof}" in text
    assert "Last tax return: sent Feb 7, 2025, asked Feb 6, 2025 Pay stubs: not sent" in text
    assert "Mar 5, 2025 Approved, 40% off" in text
    assert "Paper sent for the application: Last tax return" in text
    assert "Confirmed in writing, letter of a zero balance received" in text
    assert "$50.00, accepted, confirmed in writing" in text
    assert "K-77 Disputed Mar 9, 2025 Proved Mar 20, 2025 $90.00" in text
    assert "Collector sent proof of the debt" in text
    assert not any("tax return" in exhibit.title for exhibit in made.exhibits)


def test_rules_are_told_with_source_day_and_sureness_and_not_as_advice(tmp_path: Path) -> None:
    rule = PacketRule(
        "r.apply", "Time to apply", "A hospital takes applications for 240 days.", "26 CFR 1.501(r)-6", "ecfr.gov",
        date(2026, 1, 5), "The text of the rule was read.", "nonprofit hospitals", "It starts on Jan 1, 2025.",
        "Until Aug 29, 2025.", corrected=True, bill_id=1,
    )  # fmt: skip
    text = whole_text(build(order(small_case(), rules=(rule,)), tmp_path).path)
    section = text[text.index("These rules stand behind") :]
    for said in (
        "no legal advice",
        "Time to apply",
        "It starts on Jan 1, 2025. Until Aug 29, 2025.",
        "Source 26 CFR 1.501(r)-6",
        "To be read at ecfr.gov",
        "Checked on Jan 5, 2026",
        "How sure The text of the rule was read.",
        "Changed by the user",
    ):
        assert said in section
    assert "These rules stand behind" not in whole_text(build(order(small_case()), tmp_path).path)


def test_the_index_leads_from_each_number_to_its_pages(tmp_path: Path) -> None:
    records, sources = _with_papers(tmp_path, "statement", "EOB", "receipt")
    records += [
        CALL,
        ABOUT,
        Statement(id=1, bill_id=1, date=date(2025, 1, 2), document_id=1),
        Organization(id=2, name="Example Plan", kind="insurer"),
        Policy(id=1, person_id=1, insurer_id=2),
        Claim(id=1, policy_id=1, bill_id=1, number="CL-9", document_id=2),
        Payment(id=1, bill_id=1, date=date(2025, 1, 5), amount=5_000, number="CHK 204", document_id=3),  # type: ignore[arg-type]
    ]
    made = build(order(small_case(*records), sources), tmp_path)
    shown = texts(made.path)
    page = next(place for place, text in enumerate(shown, 1) if "Index of numbers" in text and "Account with" in text)
    index = re.sub(r"\s+", " ", shown[page - 1])
    pages = {exhibit.title: f"{exhibit.letter}, {exhibit.first_page + 1}" for exhibit in made.exhibits}
    assert re.search(rf"0100-2234 Account with Example General Hospital page \d+, {pages['statement']}", index)
    assert re.search(rf"CL-9 EOB, bill of Example General Hospital page \d+, {pages['EOB']}", index)
    assert re.search(r"R-1188 Contact of Mar 1, 2025, contact Contact log, \d+", index)
    assert f"CHK 204 Payment of $50.00 on Jan 5, 2025 {pages['receipt']}" in index
    for link in links(made.path):
        if link.page == page:
            assert int(re.findall(r"\d+", link.words)[-1]) == link.target


def test_an_advocate_sees_on_the_cover_who_may_speak_for_the_patient(tmp_path: Path) -> None:
    helper = Organization(id=2, name="Example Advocates", kind="advocate")
    holds = Authorization(id=1, person_id=1, helper_id=2, begins=date(2025, 1, 1), ends=date(2025, 12, 31))
    over = Authorization(id=2, person_id=1, helper_id=2, ends=date(2024, 12, 31))
    case = small_case(helper, holds, over)
    cover = re.sub(r"\s+", " ", texts(build(order(case, audience="advocate"), tmp_path).path)[0])
    assert "Example Advocates may speak for Pat Example until Dec 31, 2025." in cover
    assert "no longer" not in cover
    assert "Advocates" not in texts(build(order(case, audience="court"), tmp_path).path)[0]


def test_a_link_to_a_line_leads_to_the_frame_around_it(sample: tuple[PacketOrder, PacketReport]) -> None:
    asked, made = sample
    line = next(
        line
        for line in asked.case.all(Line)
        if line.disputed and any(one.rect and one.rect[1] > 250 for one in asked.case.of(Evidence, "line_id", line.id))
    )
    evidence = next(one for one in asked.case.of(Evidence, "line_id", line.id) if one.rect)
    exhibit = next(
        each for each in made.exhibits if each.title == asked.case.get(Document, evidence.document_id).shown_title
    )
    page = exhibit.first_page + evidence.page
    tops = {link.top for link in links(made.path) if link.target == page and link.page < exhibit.first_page}
    with pikepdf.open(made.path) as pdf:
        height = float(pdf.pages[page - 1].MediaBox[3])
    assert evidence.rect is not None
    expected = height - evidence.rect[1] * 0.93
    assert any(top is not None and 0 < top - expected < 60 for top in tops), (tops, expected)
