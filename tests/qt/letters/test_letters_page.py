"""Letters by hand: written, filled in, kept while one types, saved as a paper, sent and answered."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtWidgets import QApplication

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.letters import AddPointToLetter, EditLetter, WriteLetter
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.records import Letter, Organization
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.drafts import find_draft
from medbills_desktop.store.own_name import keep_sender, sender_of
from tests.support.dialogs import fill, form_in_front, go_to
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle, wait_for

DAY = date(2025, 5, 4)


@pytest.fixture
def written(window: MainWindow) -> MainWindow:
    """A window on a bill with a draft of the request for its itemized bill, in front."""
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, None))
    perform(WriteLetter("itemization_request", 1))
    window.going.show_page("letters")
    settle(window)
    window.letters.view.choose(1)
    window.letters.editor.body.setFocus()
    return window


def letter(window: MainWindow, number: int = 1) -> Letter:
    return window.session.read(lambda reader: reader.get(Letter, number))


def test_by_keys_a_letter_is_written_from_the_records_and_comes_up(window: MainWindow) -> None:
    window.session.desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, None))
    press("Ctrl+Shift+W")
    form = form_in_front()
    go_to(form, "kind")
    press("Home")
    go_to(form, "bill_id")
    press("Down")
    press("Return")
    in_front(window)
    settle(window)
    assert letter(window).kind == "itemization_request"
    assert "account 000123, patient Ana Ruiz" in window.letters.editor.body.toPlainText()
    assert QApplication.focusWidget() is window.letters.editor.body


def test_what_is_left_to_fill_in_is_listed_and_the_next_blank_is_chosen_to_be_typed_over(written: MainWindow) -> None:
    editor = written.letters.editor
    assert editor.blanks == ("your name", "your address", "their address")
    editor.next_blank()
    assert editor.body.textCursor().selectedText() == "[your name]"
    type_text("Ana Ruiz")
    assert editor.body.toPlainText().endswith("Sincerely,\n\n\n\nAna Ruiz")
    keep_sender(written.session.library, sender_of("Ana Ruiz\n12 Elm Street"))
    written.session.desk.perform(EditRecord(Organization, 1, (("address", "1 Main Street\nMesa"),)))
    settle(written)
    assert editor.blanks == ()


def test_what_is_typed_is_on_the_disk_and_becomes_the_letter_when_one_leaves_it(written: MainWindow) -> None:
    editor = written.letters.editor
    press("Ctrl+Home")
    type_text("Hello. ")
    wait_for(lambda: find_draft(written.session.library, "letter:1") is not None)
    assert not (letter(written).body or "").startswith("Hello.")
    written.going.show_page("bills")
    assert (letter(written).body or "").startswith("Hello. To the billing office")
    assert find_draft(written.session.library, "letter:1") is None
    assert written.session.desk.undo_label == "Edit letter"
    written.going.show_page("letters")
    written.session.desk.undo()
    settle(written)
    assert editor.body.toPlainText().startswith("To the billing office")


def test_typing_that_was_never_kept_comes_back(written: MainWindow) -> None:
    editor = written.letters.editor
    press("Ctrl+Home")
    type_text("Hello. ")
    editor.drafts.keep()
    editor.letter = None
    editor.show_letter(letter(written))
    assert editor.body.toPlainText().startswith("Hello. ")


def test_a_point_added_elsewhere_never_costs_what_is_being_typed(written: MainWindow) -> None:
    editor = written.letters.editor
    press("Ctrl+Home")
    type_text("Typed. ")
    editor.keep_typed()
    written.session.desk.perform(AddPointToLetter(1, LetterPoint("Why twice?")))
    settle(written)
    text = editor.body.toPlainText()
    assert text.startswith("Typed. ")
    assert "1. Why twice?" in text


def test_a_letter_changed_elsewhere_while_one_types_is_told_and_both_wordings_are_kept(written: MainWindow) -> None:
    editor = written.letters.editor
    press("Ctrl+Home")
    type_text("Typed. ")
    written.session.desk.perform(AddPointToLetter(1, LetterPoint("Why twice?")))
    settle(written)
    assert "changed elsewhere while you typed" in written.notices.text
    assert editor.body.toPlainText().startswith("Typed. ")
    assert editor.keep_typed()
    assert (letter(written).body or "").startswith("Typed. ")
    written.session.desk.undo()
    assert "1. Why twice?" in (letter(written).body or "")


def test_a_letter_is_saved_as_a_paper_with_everything_on_it(written: MainWindow, tmp_path: Path) -> None:
    keep_sender(written.session.library, sender_of("Ana Ruiz\n12 Elm Street\nMesa, AZ"))
    written.session.desk.perform(EditRecord(Organization, 1, (("address", "1 Main Street\nMesa"),)))
    body = "One <b>& two.\n\n1. First?\nMore.\n\nNguyễn 你好\n\nSincerely,\n\n\n\nAna Ruiz"
    written.session.desk.perform(EditLetter(1, "About account 000123", body))
    target = tmp_path / "letter.pdf"
    settle(written)
    written.letters.save_to(target)
    wait_for(target.exists)
    settle(written)
    with pymupdf.open(target) as paper:
        text = paper[0].get_text()
        assert paper.page_count == 1
    for line in ("Ana Ruiz", "12 Elm Street", "1 Main Street", "Re: About account 000123", "One <b>& two.", "First?"):
        assert line in text
    assert "Nguyễn 你好" in text
    assert "Draft" not in text
    places = [text.index(part) for part in ("12 Elm", "1 Main", "Re:", "One", "Sincerely,")]
    assert places == sorted(places)


def test_a_draft_with_blanks_says_so_on_paper(written: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    written.letters.save_to(target)
    wait_for(target.exists)
    settle(written)
    with pymupdf.open(target) as paper:
        text = " ".join(paper[0].get_text().split())
    assert "Draft. Still to fill in: your name, your address, their address" in text
    assert "[their address]" in text


def test_a_letter_longer_than_a_page_goes_on_and_keeps_its_closing_together(
    written: MainWindow, tmp_path: Path
) -> None:
    long = "\n\n".join(f"{number}. Point {number} is here.\nWhat is it for?" for number in range(1, 60))
    written.session.desk.perform(EditLetter(1, "Long", f"{long}\n\nSincerely,\n\n\n\nAna Ruiz"))
    settle(written)
    target = tmp_path / "letter.pdf"
    written.letters.save_to(target)
    wait_for(target.exists)
    settle(written)
    with pymupdf.open(target) as paper:
        pages = [page.get_text() for page in paper]
    assert len(pages) > 2
    assert "Sincerely," in pages[-1]
    assert "Ana Ruiz" in pages[-1]
    assert all(f"Point {number} is here" in " ".join(pages) for number in range(1, 60))


def test_sent_and_answered(written: MainWindow) -> None:
    written.session.desk.perform(EditLetter(1, "Mine", "Please answer."))
    settle(written)
    written.letters._acts["sent"].click()
    form = form_in_front()
    press("Return")
    assert letter(written).status == "draft", "a day is needed, and none is invented"
    fill(form, day="5/6/2025", tracking="9407")
    press("Return")
    in_front(written)
    settle(written)
    assert (letter(written).status, letter(written).reply_due) == ("sent", date(2025, 6, 5))
    assert written.letters.editor.body.isReadOnly()
    written.letters._acts["reply"].click()
    form = form_in_front()
    fill(form, day="5/20/2025", subject="Your letter")
    press("Return")
    in_front(written)
    settle(written)
    assert letter(written, 2).answers_to_id == 1
    row = next(row for row in written.letters.view.rows_model.rows if row.id == 1)
    assert (row.replies, row.answered, row.overdue) == (1, date(2025, 5, 20), False)


def test_drafts_come_first_and_an_overdue_answer_is_said(written: MainWindow) -> None:
    perform = written.session.desk.perform
    perform(EditRecord(Letter, 1, (("status", "sent"), ("date", DAY), ("reply_due", date(2025, 6, 3)))))
    perform(WriteLetter("bill_questions", 1))
    settle(written)
    rows = written.letters.view.rows_model.rows
    assert [row.status for row in rows] == ["draft", "sent"]
    texts = [written.letters.view.rows_model.index(1, number).data() for number in range(6)]
    assert "Overdue Jun 3, 2025" in texts
    assert re.search(r"1 draft · 1 answer awaited", written.letters._sum.text())


def test_a_bill_lists_its_own_letters_and_leads_to_them(written: MainWindow) -> None:
    perform = written.session.desk.perform
    perform(EnterBill("Quiet Lab", "laboratory", "Ana Ruiz", "9", DAY, None))
    perform(WriteLetter("bill_questions", 2))
    written.going.show_page("bills")
    written.bills.show_bill(1)
    panel = written.bills.bill
    settle(written)
    panel.tabs.setCurrentWidget(panel.letters)
    settle(written)
    assert panel.tabs.tabText(panel.tabs.indexOf(panel.letters)) == "Letters 1"
    assert [row.id for row in panel.letters.view.rows_model.rows] == [1]
    panel.letters.view.setFocus()
    press("Return")
    settle(written)
    assert written.going.page_name == "letters"
    assert written.letters.view.current_id() == 1
