"""What a point or a finding rests on is one click away: the paper, or the contact where nothing is on paper."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Bill, Call, CallBill, Offer, Payment, Record
from medbills_desktop.packet.order import PacketFinding
from medbills_desktop.store.library import Library
from tests.packet.packets import DAY, Link, build, links, never, order, paper, papers_case, quiet, small_case, texts

CALLS: tuple[Record, ...] = (
    *(
        Call(id=place, organization_id=1, started=Moment(DAY), said=f"Words of contact {place}. " + "More. " * 300)
        for place in range(1, 7)
    ),
    *(CallBill(id=place, call_id=place, bill_id=1) for place in range(1, 7)),
)
PROMISED = PacketFinding("A promise was due.", "strong", None, "They promised it.", "When?", 1, call_ids=(5,))


def _cited(path: Path, words: str) -> list[Link]:
    return [link for link in links(path) if link.words.startswith(words)]


def test_a_finding_that_rests_on_a_call_leads_to_its_place_in_the_log(tmp_path: Path) -> None:
    made = build(order(small_case(*CALLS), findings=(PROMISED,)), tmp_path)
    shown = texts(made.path)
    [in_summary] = [link for link in _cited(made.path, "Contact log, ") if link.page == 2]
    [in_findings] = _cited(made.path, "Contact log, page ")
    for link in (in_summary, in_findings):
        assert "Words of contact 5." in shown[link.target - 1]
        assert link.words.endswith(f" {link.target}")
    assert in_findings.top is not None
    assert in_findings.top > 0


def test_a_call_that_the_packet_does_not_speak_of_is_not_cited(tmp_path: Path) -> None:
    other = (Bill(id=2, biller_id=1, person_id=1), CallBill(id=9, call_id=9, bill_id=2))
    call = Call(id=9, organization_id=1, started=Moment(DAY), said="Of another bill")
    case = small_case(*CALLS, *other, call)
    asked = dataclasses.replace(order(case, findings=(dataclasses.replace(PROMISED, call_ids=(9,)),)), bill_ids=(1,))
    made = build(asked, tmp_path)
    assert not _cited(made.path, "Contact log, page ")
    assert "Of another bill" not in " ".join(texts(made.path))


def test_a_finding_about_a_payment_leads_to_the_proof_of_payment(tmp_path: Path) -> None:
    payment = Payment(id=1, bill_id=1, date=DAY, amount=5000, document_id=2)  # type: ignore[arg-type]
    files = [paper(tmp_path / "bill.pdf"), paper(tmp_path / "receipt.pdf", text="receipt")]
    case, sources = papers_case(files, payment)
    finding = PacketFinding("Not credited.", "strong", None, "Paid.", "Where is it?", 1, payment_ids=(1,))
    made = build(order(case, sources, findings=(finding,)), tmp_path)
    receipt = next(place for place in made.exhibits if place.title == "receipt.pdf")
    [cited] = _cited(made.path, f"Exhibit {receipt.letter}, page ")
    assert cited.target == receipt.first_page + 1


def test_an_offer_without_a_paper_leads_to_the_call_in_which_it_was_made(tmp_path: Path) -> None:
    offer = Offer(id=1, bill_id=1, date=DAY, amount=5000, call_id=6, direction="from_them")  # type: ignore[arg-type]
    made = build(order(small_case(*CALLS, offer)), tmp_path)
    shown = texts(made.path)
    money = next(number for number, text in enumerate(shown, 1) if "What each side says" in text and number > 3)
    [cited] = [link for link in _cited(made.path, "Contact log, ") if link.page == money]
    assert "Words of contact 6." in shown[cited.target - 1]


def test_the_findings_of_the_sample_lead_to_calls_and_papers(tmp_path: Path) -> None:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        bills = library.read(lambda reader: reader.find(Bill))
        wanted = PacketRequest(tuple(bill.id for bill in bills), "biller", DAY.replace(year=2026), tmp_path / "a.pdf")
        make_packet(library, wanted, quiet, never)
    calls = _cited(tmp_path / "a.pdf", "Contact log, page ")
    assert calls
    assert all(link.words == f"Contact log, page {link.target}" for link in calls)
    papers = _cited(tmp_path / "a.pdf", "Exhibit ")
    assert len(papers) > 5
    assert all(link.words.endswith(f", page {link.target}") for link in papers)
