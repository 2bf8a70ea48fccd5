"""A packet without personal numbers: nothing can be got out of its papers, own pages, outline, names or manifest."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pytest

from medbills_desktop.commands import make_packet as making
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.commands.redacted_case import library_needles, redacted
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.domain.redaction import takes_in
from medbills_desktop.packet.order import Progress
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import keep_sender, sender_of
from tests.papers.attacks import everything_in

DAY = date(2026, 3, 20)
PERSONAL = ("0048213907", "48213907", "CEP-771204-2", "5530918", "HVX442077", "44207719", "04/22/1987", "1987-04-22")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def asked(library: Library, tmp_path: Path) -> PacketRequest:
    bills = library.read(lambda reader: reader.find(Bill))
    out = tmp_path / "out"
    out.mkdir()
    return PacketRequest(tuple(bill.id for bill in bills), "court", DAY, out / "packet.pdf", redact=True)


def quiet(_: Progress) -> None:
    return None


def going_on() -> bool:
    return False


def test_no_personal_number_can_be_got_out_of_the_sample_packet(library: Library, asked: PacketRequest) -> None:
    sums = {path: path.read_bytes() for path in (library.folder / "vault").glob("??/*")}
    keep_sender(library, sender_of("Ana Reyes\n118 Quarry Lane\nMember HVX 4420 7719 02"))
    make_packet(library, asked, quiet, going_on)
    assert verify_packet(asked.out) == []
    assert "118 Quarry Lane" in pypdf.PdfReader(asked.out).pages[0].extract_text()
    for where, data in everything_in(asked.out):
        squeezed = bytes(byte for byte in data if byte not in b" -\n.") if where.startswith("text") else data
        assert [each for each in PERSONAL if each.encode() in data or each.replace("-", "").encode() in squeezed] == []
    needles = library.read(library_needles)
    for page in pypdf.PdfReader(asked.out).pages:
        assert takes_in(page.extract_text(), needles) == []
    assert asked.out.read_bytes().count(b"%%EOF") == 1
    assert sums == {path: path.read_bytes() for path in (library.folder / "vault").glob("??/*")}


def test_the_log_tells_kinds_and_places_and_which_pages_cannot_be_searched(
    library: Library, asked: PacketRequest
) -> None:
    make_packet(library, asked, quiet, going_on)
    pages = [page.extract_text() for page in pypdf.PdfReader(asked.out).pages]
    (first,) = [at for at, text in enumerate(pages) if "were taken out of the copies" in " ".join(text.split())]
    statement = next(" ".join(text.split()) for text in pages if "I state that the exhibits" in text)
    assert "On the copies personal numbers are taken out" in statement, "what is signed has to be true"
    log = " ".join(pages[first : first + 2])
    for words in ("Account number", "Date of birth", "Member or group number", "by rule", "can’t be searched"):
        assert words in log
    with pikepdf.open(asked.out) as pdf:
        told = json.loads(pdf.Root["/MedBillsManifest"].read_bytes())
    assert told["redacted"] is True
    kinds = {each["kind"] for exhibit in told["exhibits"] for each in exhibit["redactions"]}
    assert kinds == {"account_number", "member_number", "birth_date"}
    assert any(exhibit["unread_pages"] for exhibit in told["exhibits"])
    said = [notice for exhibit in told["exhibits"] for notice in exhibit["notices"]]
    assert "What is personal was taken out of this copy, on its pages: 1, 2." in said


def test_dates_of_service_codes_and_amounts_are_all_still_there(library: Library, asked: PacketRequest) -> None:
    def words(path: Path) -> str:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)

    make_packet(library, asked, quiet, going_on)
    redacted = words(asked.out)
    make_packet(library, dataclasses.replace(asked, redact=False), quiet, going_on)
    whole = words(asked.out)
    for each in ("10/17/25", "LH-37015", "G0378", "2,548.13", "14,215.05", "J1885"):
        assert redacted.count(each) == whole.count(each) > 0
    assert "0048213907" in whole


def test_an_area_drawn_by_hand_is_taken_out_and_told(library: Library, asked: PacketRequest) -> None:
    photo = next(
        document
        for document in library.read(lambda reader: reader.find(Document))
        if (document.media_type or "").startswith("image/")
    )
    Desk(library).perform(AddRecord(Redaction(document_id=photo.id, page=1, rect=(20, 20, 200, 90), kind="diagnosis")))
    make_packet(library, asked, quiet, going_on)
    log = next(page.extract_text() for page in pypdf.PdfReader(asked.out).pages if "by hand" in page.extract_text())
    assert "Diagnosis" in log


def test_a_packet_that_is_not_redacted_leaves_areas_alone(library: Library, asked: PacketRequest) -> None:
    document = library.read(lambda reader: reader.find(Document))[0]
    plain = dataclasses.replace(asked, redact=False)
    make_packet(library, plain, quiet, going_on)
    before = [page.extract_text() for page in pypdf.PdfReader(asked.out).pages]
    Desk(library).perform(AddRecord(Redaction(document_id=document.id, page=1, rect=(0, 0, 600, 700), kind="other")))
    make_packet(library, plain, quiet, going_on)
    after = [page.extract_text() for page in pypdf.PdfReader(asked.out).pages]
    assert len(before) == len(after)
    assert not any("were taken out of the copies" in " ".join(text.split()) for text in after)
    assert [len(text) for text in before[1:-2]] == [len(text) for text in after[1:-2]]


def test_where_something_is_left_no_file_is_written_and_the_value_is_never_said(
    library: Library, asked: PacketRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The masks of the packet's own pages are switched off, as if they had a fault."""
    asked.out.write_bytes(b"what was there before")
    monkeypatch.setattr(making, "redacted_case", lambda case, needles: case)
    with pytest.raises(UserError) as refusal:
        make_packet(library, asked, quiet, going_on)
    said = str(refusal.value)
    assert "on page 1 (kind: account number; in the words of the page" in said
    assert not any(each in said for each in PERSONAL)
    assert asked.out.read_bytes() == b"what was there before"
    assert [path.name for path in asked.out.parent.iterdir()] == ["packet.pdf"]


def test_names_of_files_and_titles_are_masked_too(library: Library, asked: PacketRequest) -> None:
    document = library.read(lambda reader: reader.find(Document))[0]
    Desk(library).perform(EditRecord(Document, document.id, (("title", "Bill 0048213907 of 04/22/1987"),)))
    make_packet(library, asked, quiet, going_on)
    titles = [str(each.title) for each in pypdf.PdfReader(asked.out).outline]
    assert any("Bill •••• 3907 of ••/••/1987" in title for title in titles)
    needles = library.read(library_needles)
    named = redacted(dataclasses.replace(document, file="documents/bill-0048213907.pdf"), needles)
    assert (named.file, named.sha256) == ("documents/bill-•••• 3907.pdf", document.sha256)


def test_the_same_order_gives_the_same_bytes(library: Library, asked: PacketRequest) -> None:
    make_packet(library, asked, quiet, going_on)
    first = asked.out.read_bytes()
    make_packet(library, asked, quiet, going_on)
    assert asked.out.read_bytes() == first
