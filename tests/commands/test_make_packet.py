"""A packet of the sample library: what is decided stays out, what is missing is told, and nothing else is touched."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.letters import WriteLetter
from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.packet_preview import PreviewPacket
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill, FindingDecision, Line
from medbills_desktop.packet.order import PacketCancelledError, Progress
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from tests.support.small_papers import small_pdf

DAY = date(2026, 3, 20)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def request_of_hospital(library: Library, tmp_path: Path) -> PacketRequest:
    bill = library.read(lambda reader: reader.find(Bill))[0]
    out = tmp_path / "out"
    out.mkdir()
    return PacketRequest((bill.id,), "biller", DAY, out / "packet.pdf")


def quiet(_: Progress) -> None:
    return None


def going_on() -> bool:
    return False


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages[:12]).split())


def test_a_finding_that_is_not_a_problem_stays_out(library: Library, request_of_hospital: PacketRequest) -> None:
    case = library.read(load_case)
    finding = next(
        one for one in run_checks(case, DAY, request_of_hospital.bill_ids) if one.check == "statement-equation"
    )
    make_packet(library, request_of_hospital, quiet, going_on)
    assert "balance is $2,548.13" in text_of(request_of_hospital.out)
    decision = FindingDecision(
        bill_id=finding.bill_id, check=finding.check, fingerprint=finding.fingerprint, decision="not_a_problem"
    )
    Desk(library).perform(AddRecord(decision))
    make_packet(library, request_of_hospital, quiet, going_on)
    assert "balance is $2,548.13" not in text_of(request_of_hospital.out)


def test_a_paper_that_is_gone_is_told_and_does_not_stop_the_packet(
    library: Library, request_of_hospital: PacketRequest
) -> None:
    whole = make_packet(library, request_of_hospital, quiet, going_on)
    for path in (library.folder / "vault").glob("??/*"):
        path.unlink()
    made = make_packet(library, request_of_hospital, quiet, going_on)
    assert len(made.not_shown) == len(made.exhibits) == len(whole.exhibits)
    assert [path.name for path in request_of_hospital.out.parent.iterdir()] == ["packet.pdf"]


def test_papers_that_were_changed_or_can_not_be_read_are_named_and_never_shown(
    library: Library, request_of_hospital: PacketRequest
) -> None:
    """Their bytes are held against their hash: what somebody put in their place is no exhibit."""
    asked = dataclasses.replace(request_of_hospital, parts=frozenset({"exhibits"}))
    changed, locked, *_ = sorted((library.folder / "vault").glob("??/*"), key=lambda path: path.stat().st_size)
    changed.chmod(0o600)
    changed.write_bytes(small_pdf("PUT IN ITS PLACE"))
    locked.chmod(0)
    made = make_packet(library, asked, quiet, going_on)
    reasons = [line.split(": ", 1)[1] for line in made.not_shown]
    assert "This paper is not as it was received: its file was changed or damaged after it was received." in reasons
    assert len(reasons) == 1 if os.access(locked, os.R_OK) else "can't be read" in " ".join(reasons)
    pages = [page.extract_text() for page in pypdf.PdfReader(asked.out).pages]
    assert not any("PUT IN ITS PLACE" in text for text in pages)
    assert any("not as it was received" in " ".join(text.split()) for text in pages)
    assert changed.read_bytes() == small_pdf("PUT IN ITS PLACE")


@pytest.mark.parametrize("steps", [0, 3, 12])
def test_a_packet_that_is_cancelled_leaves_the_old_one_and_nothing_else(
    library: Library, request_of_hospital: PacketRequest, steps: int
) -> None:
    request_of_hospital.out.write_bytes(b"old")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > steps

    with pytest.raises(PacketCancelledError):
        make_packet(library, request_of_hospital, quiet, cancelled)
    assert request_of_hospital.out.read_bytes() == b"old"
    assert len(list(request_of_hospital.out.parent.iterdir())) == 1


def test_a_packet_of_no_bill_is_refused(library: Library, request_of_hospital: PacketRequest) -> None:
    with pytest.raises(UserError, match="No bill"):
        make_packet(library, dataclasses.replace(request_of_hospital, bill_ids=()), quiet, going_on)


def test_a_day_for_the_answer_that_is_past_or_would_not_be_printed_is_refused(
    library: Library, request_of_hospital: PacketRequest
) -> None:
    day = request_of_hospital.prepared_on
    asked = dataclasses.replace(request_of_hospital, reply_by=day, audience="insurer")
    for wrong, said in (
        (dataclasses.replace(asked, reply_by=date(day.year - 1, 12, 31)), "lies before the packet is prepared"),
        (dataclasses.replace(asked, audience="court"), "never for a court"),
        (dataclasses.replace(asked, parts=frozenset({"lines"})), "on the cover and the summary"),
    ):
        with pytest.raises(UserError, match=said):
            make_packet(library, wrong, quiet, going_on)
        assert not asked.out.exists()


def test_the_same_library_gives_the_same_packet(library: Library, request_of_hospital: PacketRequest) -> None:
    first = make_packet(library, request_of_hospital, quiet, going_on)
    second = make_packet(library, request_of_hospital, quiet, going_on)
    assert first.sha256 == second.sha256


def test_what_is_disputed_is_the_same_in_the_records_the_packet_and_the_letter(
    library: Library, request_of_hospital: PacketRequest
) -> None:
    bill_id = request_of_hospital.bill_ids[0]
    letter = Desk(library).perform(WriteLetter("billing_dispute", bill_id))
    lines = library.read(load_case).of(Line, "bill_id", bill_id)
    figure = dollars(sum(line.disputed or 0 for line in lines))
    assert figure == "$525.95"
    assert f"In total, I dispute {figure}." in (letter.body or "")
    make_packet(library, request_of_hospital, quiet, going_on)
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(request_of_hospital.out).pages[:8]]
    for part in ("Evidence packet", "Summary", "Disputed lines"):
        assert any(figure in page for page in pages if part in page), part


@pytest.mark.parametrize("parts", [None, frozenset({"money", "offers", "timeline", "letters", "index"})])
def test_a_court_is_told_of_no_offer_that_was_not_taken_unless_asked(
    parts: frozenset[str] | None, library: Library, request_of_hospital: PacketRequest
) -> None:
    asked = dataclasses.replace(request_of_hospital, audience="court", parts=parts, redact=False)
    made = make_packet(library, asked, quiet, going_on)
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(made.path).pages).split())
    for said in ("Offer by provider: $1,900.00", "Offer by patient", "An offer to settle your account", "$1,900.00"):
        assert (said in text) is (parts is not None), said
    content = library.read(PreviewPacket(asked.bill_ids))
    assert (content.offers_not_taken, content.offer_letters) == (2, 2)
    assert content.without_offers is not None
    gone = {"Hospital's offer, photographed", "Our counter-offer"}
    assert set(content.papers) - set(content.without_offers.papers) == gone
    assert len(content.without_offers.sizes) == len(content.sizes) - 2
    if parts is None:
        assert sorted(one.title for one in made.exhibits) == sorted(content.without_offers.papers)
