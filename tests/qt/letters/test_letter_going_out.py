"""From a draft to a sent letter by hand: formatted, previewed, addressed, with copies, printed, frozen, answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.letter_copies import save_with_enclosures
from medbills_desktop.commands.letter_parts import EncloseInLetter
from medbills_desktop.commands.letters import EditLetter, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.points import RecordAnswers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import (
    Call,
    Document,
    Letter,
    Organization,
    PointAnswer,
    Promise,
)
from medbills_desktop.qt.letters.enclosures_dialog import EnclosuresDialog
from medbills_desktop.qt.letters.letter_columns import answer_of
from medbills_desktop.qt.printing import PrintJob, letter_printer
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.own_name import keep_sender, sender_of
from medbills_desktop.store.queries.letters import ListLetters
from tests.support.dialogs import fill, form_in_front, go_to
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle, wait_for

DAY = date(2025, 5, 4)
SENT = date(2025, 5, 6)
BODY = "Please [b]send[/b] the bill.\n\n• each charge\n• each payment\n\nSincerely,\n\n\n\nAna Ruiz"


@pytest.fixture
def written(window: MainWindow) -> MainWindow:
    """A window on a draft that lacks nothing but their address."""
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, None))
    perform(WriteLetter("itemization_request", 1))
    perform(EditLetter(1, "About account 000123", BODY))
    keep_sender(window.session.library, sender_of("Ana Ruiz\n12 Elm Street"))
    window.going.show_page("letters")
    settle(window)
    window.letters.view.choose(1)
    window.letters.editor.body.setFocus()
    return window


def letter(window: MainWindow, number: int = 1) -> Letter:
    return window.session.read(lambda reader: reader.get(Letter, number))


def with_papers(window: MainWindow, folder: Path) -> None:
    for name, pages in (("eob", 2), ("bill", 1)):
        with pymupdf.open() as paper:
            for number in range(pages):
                paper.new_page().insert_text((72, 72), f"{name} page {number + 1}")
            paper.save(folder / f"{name}.pdf")
        received = receive_file(window.session.library, folder / f"{name}.pdf")
        window.session.desk.perform(AddPapers((received,), bill_id=1))


def test_bold_by_key_becomes_the_letter_and_never_opens_the_form_of_the_bill(written: MainWindow) -> None:
    press("Ctrl+Home", "Ctrl+Shift+Right", "Ctrl+B")
    assert QApplication.activeModalWidget() is None
    assert written.letters.editor.looks.bold.isChecked()
    written.letters.editor.keep_typed()
    assert (letter(written).body or "").startswith("[b]Please send[/b]")
    press("Ctrl+Z")
    written.letters.editor.keep_typed()
    assert letter(written).body == BODY


def test_showing_a_letter_is_never_taken_for_typing(written: MainWindow) -> None:
    odd = "a[b]x[/b][b]y[/b]\r\n\\\\[b] * ** [/i]\n\n[b]1. Both[/b]"
    written.session.desk.perform(EditLetter(1, "Odd", odd))
    settle(written)
    head = written.session.library.journal_head()
    assert written.letters.editor._typed() is None
    written.going.show_page("bills")
    assert written.session.library.journal_head() == head
    assert letter(written).body == odd


def test_the_preview_follows_what_is_typed_and_stops_for_another_paper(written: MainWindow, tmp_path: Path) -> None:
    with_papers(written, tmp_path)
    written.letters._acts["preview"].click()
    source = written.viewer.source
    wait_for(lambda: source.opened is not None and "letter-1" in source.document)
    wait_for(lambda: written.letters.editor.looks.pages.text() == "1 page on paper")
    first = source.document
    press("Ctrl+Home")
    type_text("Hello. ")
    wait_for(lambda: source.opened is not None and source.document != first)
    with pymupdf.open(source.document.split("\n")[0]) as paper:
        assert "Hello. Please send" in paper[0].get_text()
    written.showing.show_paper(1)
    assert not written.letters.preview.on
    assert not written.letters._acts["preview"].isChecked()
    type_text("More. ")
    settle(written)
    assert written.showing.document_id == 1


def test_only_one_preview_is_left_and_none_after_the_program(written: MainWindow) -> None:
    written.letters._acts["preview"].click()
    settle(written)
    folder = written.letters.preview._folder.place()
    for word in ("One. ", "Two. "):
        before = set(folder.iterdir())
        type_text(word)
        wait_for(lambda before=before: set(folder.iterdir()) != before and written.session.tasks.idle)
    assert len(list(folder.iterdir())) == 1
    assert folder.stat().st_mode & 0o077 == 0


def test_a_letter_by_mail_to_nobodys_address_is_refused_in_the_form_and_what_was_typed_stays(
    written: MainWindow,
) -> None:
    acts = written.letters._acts
    acts["sent"].click()
    form = form_in_front()
    fill(form, day="5/6/2025", tracking="9407")
    go_to(form, "method")
    press("M")
    wait_for(lambda: "No address of Blue Mesa Imaging" in form.form.notice("method"))
    press("Return")
    assert "Their side is missing: their address." in form.problem
    assert "“Their address…”" in form.problem
    assert letter(written).status == "draft"
    written.session.desk.perform(EditRecord(Organization, 1, (("address", "1 Main Street"),)))
    press("Return")
    in_front(written)
    settle(written)
    assert (letter(written).status, letter(written).tracking) == ("sent", "9407")


def test_what_was_sent_is_opened_from_the_original_and_no_longer_changed(written: MainWindow, tmp_path: Path) -> None:
    written.letters._acts["sent"].click()
    form = form_in_front()
    fill(form, day="5/6/2025")
    press("Return")
    in_front(written)
    settle(written)
    sent = letter(written)
    document = written.session.read(lambda reader: reader.get(Document, sent.document_id or 0))
    assert document.kind == "letter_sent"
    editor, acts = written.letters.editor, written.letters._acts
    assert editor.body.isReadOnly()
    assert editor.looks.isHidden()
    assert acts["sent"].isHidden()
    acts["paper"].click()
    settle(written)
    assert written.showing.document_id == document.id
    written.session.desk.perform(EditRecord(Organization, 1, (("name", "Renamed"),)))
    written.letters.save_to(tmp_path / "copy.pdf")
    wait_for((tmp_path / "copy.pdf").exists)
    settle(written)
    assert (tmp_path / "copy.pdf").read_bytes() == written.session.library.vault.path(
        document.sha256 or ""
    ).read_bytes()


def test_copies_are_ticked_ordered_and_saved_behind_the_letter(written: MainWindow, tmp_path: Path) -> None:
    with_papers(written, tmp_path)
    written.letters._acts["enclose"].click()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, EnclosuresDialog))
    assert [dialog.papers.item(number).text().split(" · ")[0] for number in range(2)] == ["bill.pdf", "eob.pdf"]
    for number in range(2):
        dialog.papers.item(number).setCheckState(Qt.CheckState.Checked)
    dialog.papers.setCurrentRow(1)
    dialog._up()
    dialog.accept()
    in_front(written)
    settle(written)
    assert "eob.pdf; bill.pdf" in written.letters.editor._copies.text()
    assert written.letters.more_acts["copies"].isVisible()
    target = tmp_path / "whole.pdf"
    written.letters.saving.save_with_copies(1, target)
    wait_for(target.exists)
    settle(written)
    with pymupdf.open(target) as paper:
        texts = [page.get_text() for page in paper]
    assert len(texts) == 4
    assert "1. eob.pdf" in " ".join(texts[0].split())
    assert ["eob page 1" in texts[1], "eob page 2" in texts[2], "bill page 1" in texts[3]] == [True] * 3


def test_a_copy_that_cannot_be_shown_is_named(written: MainWindow, tmp_path: Path) -> None:
    with_papers(written, tmp_path)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing here")
    received = receive_file(written.session.library, tmp_path / "broken.pdf")
    written.session.desk.perform(AddPapers((received,), bill_id=1))
    written.session.desk.perform(EncloseInLetter(1, (3, 2)))
    told = save_with_enclosures(written.session.library, 1, DAY, tmp_path / "whole.pdf")
    assert len(told) == 1
    assert "“broken.pdf” is not in the file" in told[0]
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert "/Annots" not in pdf.pages[1]


def test_who_gets_a_complaint_is_chosen_or_entered_anew(written: MainWindow) -> None:
    written.session.desk.perform(WriteLetter("complaint", 1))
    written.letters.show_letter(2)
    settle(written)
    assert written.letters.editor._to.whole == "To nobody yet"
    written.letters.editor._choose_to.click()
    form = form_in_front()
    go_to(form, "recipient_id")
    press("End")
    press("Return")
    assert "name is needed" in form.form.problem("name").text()
    fill(form, address="2 Capitol Way", name="State Insurance Office")
    press("Return")
    in_front(written)
    settle(written)
    office = written.session.read(lambda reader: reader.get(Organization, letter(written, 2).recipient_id or 0))
    assert (office.name, office.kind, office.address) == ("State Insurance Office", "regulator", "2 Capitol Way")
    assert (letter(written, 2).body or "").startswith("To State Insurance Office:")
    assert "their address" not in written.letters.editor.blanks


def test_a_broken_promise_is_offered_and_put_in(written: MainWindow) -> None:
    acts = written.letters._acts
    assert acts["promises"].isHidden()
    promise = Promise(call_id=0, text="Send the bill", due=SENT, status="broken")
    written.session.desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa Imaging", (1,), (), (promise,)))
    settle(written)
    assert not acts["promises"].isHidden()
    acts["promises"].click()
    settle(written)
    assert "Blue Mesa Imaging promised: Send the bill." in written.letters.editor.body.toPlainText()


def test_the_list_says_how_many_points_a_reply_answered(written: MainWindow) -> None:
    perform = written.session.desk.perform
    perform(EditLetter(1, "Points", "1. One?\n\n2. Two?\n\n3. Three?"))
    perform(MarkLetterSent(1, SENT))
    perform(RecordReply(1, SENT))
    perform(
        RecordAnswers(
            1,
            (
                PointAnswer(bill_id=1, check="a", fingerprint="1", answer="answered"),
                PointAnswer(bill_id=1, check="a", fingerprint="2", answer="partly"),
            ),
            letter_id=2,
        )
    )
    rows = {row.id: row for row in written.session.read(ListLetters(SENT))}
    assert answer_of(rows[1]) == "Answered 1 of 3 points"


def test_a_letter_is_printed_page_by_page_as_it_looks(written: MainWindow, tmp_path: Path) -> None:
    long = "\n\n".join(f"{number}. Point {number}.\nWhy?" for number in range(1, 40))
    written.session.desk.perform(EditLetter(1, "Long", long))
    settle(written)
    written.letters.save_to(tmp_path / "letter.pdf")
    wait_for((tmp_path / "letter.pdf").exists)
    settle(written)
    printer = letter_printer("Letter")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    told: list[str] = []
    job = PrintJob(written.link, printer, tmp_path / "letter.pdf", written)
    job.ended.connect(told.append)
    job.begin()
    wait_for(lambda: bool(told))
    assert told == [""]
    with pymupdf.open(tmp_path / "letter.pdf") as made, pymupdf.open(tmp_path / "printed.pdf") as printed:
        assert printed.page_count == made.page_count > 1
        for number in range(made.page_count):
            ink = [page.get_pixmap(dpi=30, colorspace="gray").samples for page in (made[number], printed[number])]
            differing = sum(abs(one - two) > 90 for one, two in zip(*ink, strict=True))
            assert differing < len(ink[0]) * 0.01


def test_a_file_that_cannot_be_printed_says_why(written: MainWindow, tmp_path: Path) -> None:
    printer = letter_printer("Letter")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    (tmp_path / "no.pdf").write_bytes(b"no paper at all")
    told: list[str] = []
    job = PrintJob(written.link, printer, tmp_path / "no.pdf", written)
    job.ended.connect(told.append)
    job.begin()
    wait_for(lambda: bool(told))
    assert told[0]
