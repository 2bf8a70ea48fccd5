"""Sending: the exact paper is frozen as an original, refusals name what is missing, copies and promises stand in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.letter_heads import Going, read_letter_page
from medbills_desktop.commands.letter_parts import AddressLetter, EncloseInLetter, TellBrokenPromises
from medbills_desktop.commands.letter_pdf import make_letter_pdf, save_letter_pdf, send_letter
from medbills_desktop.commands.letters import EditLetter, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import (
    Bill,
    Call,
    Document,
    DocumentLink,
    Enclosure,
    Letter,
    Organization,
    Promise,
    Statement,
)
from medbills_desktop.domain.rules.in_force import shipped_on
from medbills_desktop.domain.rules.running import clocks_of_bill
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import keep_sender, sender_of

DAY = date(2025, 5, 4)
SENT = date(2025, 6, 2)
EOB = ReceivedPaper("eob.pdf", "a" * 64, 900, "application/pdf")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    """A bill with a letter that lacks nothing but what stands above it."""
    desk = Desk(library)
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, Statement(bill_id=0, date=DAY)))
    desk.perform(WriteLetter("records_request", 1))
    desk.perform(EditLetter(1, "Records", "Please [b]send[/b] them.\n\nSincerely,\n\n\n\nAna Ruiz"))
    return desk


def ready(library: Library, desk: Desk) -> None:
    keep_sender(library, sender_of("Ana Ruiz\n12 Elm Street\nMesa, AZ"))
    desk.perform(EditRecord(Organization, 1, (("address", "1 Main Street\nMesa"),)))


def letter(library: Library, number: int = 1) -> Letter:
    return library.read(lambda reader: reader.get(Letter, number))


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as paper:
        return "\n".join(page.get_text() for page in paper)


def test_sending_freezes_the_very_paper_as_an_original_of_the_bill(library: Library, desk: Desk) -> None:
    ready(library, desk)
    sent = send_letter(library, desk, MarkLetterSent(1, SENT, "certified_mail", "9407"))
    document = library.read(lambda reader: reader.get(Document, sent.document_id or 0))
    frozen = library.vault.path(document.sha256 or "").read_bytes()
    assert hashlib.sha256(frozen).hexdigest() == document.sha256
    assert (document.kind, document.title, document.date, document.sender) == (
        "letter_sent",
        "Records",
        SENT,
        "Ana Ruiz",
    )
    assert document.paper_number == "P0001"
    assert library.read(lambda reader: reader.find(DocumentLink, type="bill", target_id=1, document_id=document.id))
    said = text_of(frozen)
    for line in ("12 Elm Street", "By certified mail, 9407", "1 Main Street", "June 2, 2025", "Please send them."):
        assert line in said
    assert "Draft" not in said


def test_a_sent_letter_keeps_its_paper_whatever_is_changed_later(library: Library, desk: Desk, tmp_path: Path) -> None:
    ready(library, desk)
    send_letter(library, desk, MarkLetterSent(1, SENT, "mail"))
    before, page = make_letter_pdf(library, 1, date(2030, 1, 1))
    assert page is None
    desk.perform(EditRecord(Organization, 1, (("address", "9 Elsewhere"), ("name", "Another Name"))))
    keep_sender(library, sender_of("Somebody Else\nFar away"))
    save_letter_pdf(library, 1, date(2030, 1, 1), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == before


def test_the_same_records_on_the_same_day_give_the_same_bytes(library: Library, desk: Desk, tmp_path: Path) -> None:
    ready(library, desk)
    first = make_letter_pdf(library, 1, SENT)[0]
    assert make_letter_pdf(library, 1, SENT)[0] == first
    assert make_letter_pdf(library, 1, DAY)[0] != first
    with Library.create(tmp_path / "other") as other:
        desk = Desk(other)
        desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, None))
        desk.perform(WriteLetter("records_request", 1))
        desk.perform(EditLetter(1, "Records", letter(library).body or ""))
        ready(other, desk)
        assert make_letter_pdf(other, 1, SENT)[0] == first


def test_mail_needs_both_addresses_and_says_where_each_is_entered(library: Library, desk: Desk) -> None:
    with pytest.raises(UserError, match=r"your name, your address.*their address") as refused:
        send_letter(library, desk, MarkLetterSent(1, SENT, "mail"))
    assert "“Your name and address…”" in refused.value.todo
    assert "“Their address…”" in refused.value.todo
    assert letter(library).status == "draft"
    assert not library.vault.all_hashes()


def test_a_letter_to_nobody_is_refused(library: Library, desk: Desk) -> None:
    keep_sender(library, sender_of("Ana Ruiz\n12 Elm Street"))
    desk.perform(WriteLetter("complaint", 1))
    desk.perform(EditLetter(2, "Complaint", "Please look."))
    with pytest.raises(UserError, match="name of the office"):
        send_letter(library, desk, MarkLetterSent(2, SENT, "portal"))


@pytest.mark.parametrize("method", ["portal", "hand", "fax", "email"])
def test_other_ways_do_without_addresses_and_leave_them_off_the_paper(
    library: Library, desk: Desk, method: str
) -> None:
    keep_sender(library, sender_of("Ana Ruiz"))
    send_letter(library, desk, MarkLetterSent(1, SENT, method))  # type: ignore[arg-type]
    said = text_of(make_letter_pdf(library, 1, SENT)[0])
    assert "Blue Mesa Imaging" in said
    assert "[" not in said


def test_a_letter_that_was_changed_while_its_paper_was_made_is_not_sent(library: Library, desk: Desk) -> None:
    ready(library, desk)
    page = library.read(lambda reader: read_letter_page(reader, 1, SENT, Going(SENT, "mail")))
    desk.perform(EditLetter(1, "Records", "Something else."))
    with pytest.raises(UserError, match="changed while"):
        desk.perform(MarkLetterSent(1, SENT, "mail", paper=EOB, page=page))
    assert letter(library).status == "draft"
    assert not library.read(lambda reader: reader.find(Document))


def test_undo_takes_the_paper_back_with_the_sending_and_a_second_sending_is_a_new_one(
    library: Library, desk: Desk
) -> None:
    ready(library, desk)
    send_letter(library, desk, MarkLetterSent(1, SENT, "mail"))
    desk.undo()
    assert (letter(library).status, letter(library).document_id) == ("draft", None)
    assert not library.read(lambda reader: reader.find(Document))
    desk.redo()
    assert letter(library).document_id == 1


def test_sending_starts_the_clock_of_its_answer(library: Library, desk: Desk) -> None:
    ready(library, desk)
    cards = shipped_on()

    def clocks() -> list[tuple[str, bool]]:
        case = library.read(lambda reader: load_bills(reader, {1}))
        found = clocks_of_bill(case, case.get(Bill, 1), cards)
        return [(one.card.id, one.deadline is not None) for one in found if one.about == ("letter", 1)]

    assert clocks() == []
    send_letter(library, desk, MarkLetterSent(1, SENT, "mail"))
    assert clocks() == [("hipaa.access", True)]


def test_copies_are_listed_in_order_numbered_and_stay_with_the_sent_letter(library: Library, desk: Desk) -> None:
    ready(library, desk)
    desk.perform(AddPapers((EOB, ReceivedPaper("bill.pdf", "b" * 64, 900, "application/pdf")), bill_id=1))
    desk.perform(EditRecord(Document, 2, (("title", "Bill of May"), ("date", DAY))))
    desk.perform(EncloseInLetter(1, (2, 1, 2)))
    said = " ".join(text_of(make_letter_pdf(library, 1, SENT)[0]).split())
    assert said.endswith("Enclosures (copies): 1. Bill of May, May 4, 2025 2. eob.pdf")
    desk.perform(EncloseInLetter(1, (1,)))
    kept = library.read(lambda reader: reader.find(Enclosure))
    assert [(one.document_id, one.position) for one in kept] == [(1, 1)]
    send_letter(library, desk, MarkLetterSent(1, SENT, "mail"))
    with pytest.raises(UserError, match="no draft any more"):
        desk.perform(EncloseInLetter(1, ()))


def test_a_letter_is_addressed_and_its_blank_filled(library: Library, desk: Desk) -> None:
    desk.perform(AddRecord(Organization(name="Office of [b]Care[/b]", kind="regulator")))
    desk.perform(AddRecord(Organization(name="Other Office", kind="regulator")))
    desk.perform(WriteLetter("complaint", 1))
    desk.perform(AddressLetter(2, 2))
    assert text_of(make_letter_pdf(library, 2, SENT)[0]).count("Office of [b]Care[/b]") == 2
    desk.perform(AddressLetter(2, 3))
    body = letter(library, 2).body or ""
    assert body.startswith("To Other Office:")
    assert "Care" not in body


def test_a_broken_promise_is_told_as_it_was_noted_and_once(library: Library, desk: Desk) -> None:
    promises = (
        Promise(call_id=0, text="Send the itemized bill.", due=date(2025, 5, 20), status="broken"),
        Promise(call_id=0, text="Hold the account", status="kept"),
        Promise(call_id=0, text="Call back", status="broken"),
    )
    call = Call(started=Moment(DAY), representative="J. Doe", reference_number="123")
    desk.perform(LogCall(call, "Blue Mesa Imaging", (1,), (), promises))
    told = (
        "On May 4, 2025, J. Doe of Blue Mesa Imaging (reference 123) promised: Send the itemized bill. "
        "This was to be done by May 20, 2025. As of the date of this letter, it has not been done."
    )
    desk.perform(WriteLetter("second_dispute", 1))
    body = letter(library, 2).body or ""
    assert body.count(told) == 1
    assert "Hold the account" not in body
    assert "promised: Call back. As of the date" in body
    desk.perform(TellBrokenPromises(2))
    assert letter(library, 2).body == body
    desk.perform(TellBrokenPromises(1))
    after = letter(library, 1).body or ""
    assert after.index("send") < after.index(told) < after.index("Sincerely,")


def test_without_a_broken_promise_nothing_is_said_of_one(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("second_dispute", 1))
    assert "promise" not in (letter(library, 2).body or "")
    with pytest.raises(UserError, match="marked as not kept"):
        desk.perform(TellBrokenPromises(1))


def test_a_spanish_letter_has_a_spanish_head(library: Library, desk: Desk) -> None:
    ready(library, desk)
    desk.perform(WriteLetter("itemization_request", 1, language="es"))
    desk.perform(EditLetter(2, "Factura", re.sub(r"\[[^\]]+\]", "x", letter(library, 2).body or "")))
    send_letter(library, desk, MarkLetterSent(2, SENT, "mail"))
    said = text_of(make_letter_pdf(library, 2, SENT)[0])
    for line in ("2 de junio de 2025", "Por correo", "Asunto: Factura"):
        assert line in said


def test_the_paper_of_a_reply_belongs_to_the_bill(library: Library, desk: Desk) -> None:
    desk.perform(MarkLetterSent(1, SENT))
    desk.perform(AddPapers((EOB,)))
    desk.perform(RecordReply(1, SENT, document_id=1))
    assert library.read(lambda reader: reader.find(DocumentLink, document_id=1, type="bill", target_id=1))
