"""The text of a letter by hand: looks and lists come back as typed, keys work, undo takes whole steps back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.letter_markup import plain_text
from medbills_desktop.qt.letters.letter_text import LetterText
from tests.support.keys import press, type_text

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "[b]bold[/b] not",
            "[i]x[/i][b]y[/b]",
            "• one",
            "1. two",
            "\\[b]",
            "a * b ** c",
            "  in",
            "<b>&amp;</b>",
            "[b",
        ]
    ),
    max_size=8,
)


@pytest.fixture
def text(qapp: QApplication) -> Iterator[LetterText]:
    text = LetterText()
    text.show()
    text.activateWindow()
    text.setFocus()
    yield text
    text.close()
    text.deleteLater()


def choose(text: LetterText, words: str) -> None:
    place = text.toPlainText().index(words)
    cursor = text.textCursor()
    cursor.setPosition(place)
    cursor.setPosition(place + len(words), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


@given(LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_shown_is_kept_as_it_was(text: LetterText, lines: list[str]) -> None:
    body = "\n".join(lines)
    text.set_markup(body)
    assert text.toPlainText() == plain_text(body)
    kept = text.markup()
    assert plain_text(kept) == plain_text(body)
    text.set_markup(kept)
    assert text.markup() == kept


def test_keys_make_bold_and_italic_and_take_them_back(text: LetterText) -> None:
    text.set_markup("Please answer me.")
    choose(text, "answer")
    press("Ctrl+B")
    assert text.markup() == "Please [b]answer[/b] me."
    assert text.bold
    press("Ctrl+I")
    assert text.markup() == "Please [b][i]answer[/b][/i] me."
    press("Ctrl+B")
    assert text.markup() == "Please [i]answer[/i] me."
    press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert text.markup() == "Please answer me."


def test_bold_can_be_typed(text: LetterText) -> None:
    text.set_markup("")
    press("Ctrl+B")
    type_text("Now")
    press("Ctrl+B")
    type_text(" or later")
    assert text.markup() == "[b]Now[/b] or later"


def test_lines_become_items_and_lines_again(text: LetterText) -> None:
    text.set_markup("Two:\n\none\ntwo\n\nEnd")
    choose(text, "one\ntwo")
    text.toggle_bullets()
    assert text.markup() == "Two:\n\n• one\n• two\n\nEnd"
    choose(text, "one\n• two")
    text.toggle_numbers()
    assert text.markup() == "Two:\n\n1. one\n2. two\n\nEnd"
    choose(text, "one\n2. two")
    text.toggle_numbers()
    assert text.markup() == "Two:\n\none\ntwo\n\nEnd"


def test_a_numbered_item_goes_on_from_the_one_above(text: LetterText) -> None:
    text.set_markup("1. First?\nMore.\n\n2. Second?\n\nThird?")
    choose(text, "Third?")
    text.toggle_numbers()
    assert text.markup().endswith("3. Third?")


def test_enter_goes_on_with_a_list_and_ends_it_on_an_empty_item(text: LetterText) -> None:
    text.set_markup("1. one")
    press("Ctrl+End", "Return")
    type_text("two")
    press("Return", "Return")
    type_text("after")
    assert text.markup() == "1. one\n2. two\nafter"


def test_items_stand_in_and_undo_takes_text_and_indent_back_together(text: LetterText) -> None:
    text.set_markup("one")
    text.selectAll()
    text.toggle_bullets()
    block = text.document().firstBlock()
    assert block.blockFormat().leftMargin() > 0
    press("Ctrl+Z")
    assert text.markup() == "one"
    assert text.document().firstBlock().blockFormat().leftMargin() == 0
    press("Ctrl+Shift+Z")
    assert text.markup() == "• one"


def test_what_is_pasted_brings_words_only(text: LetterText) -> None:
    text.set_markup("A ")
    press("Ctrl+End")
    mime = QMimeData()
    mime.setHtml("<b>bold</b> <script>x</script>")
    mime.setText("**bold** [b]tag[/b]")
    text.insertFromMimeData(mime)
    assert text.toPlainText() == "A **bold** [b]tag[/b]"
    assert plain_text(text.markup()) == "A **bold** [b]tag[/b]"
    assert "[b]tag" not in text.markup().replace("\\[b]", "")


def test_a_letter_that_went_out_is_not_changed_by_its_keys(text: LetterText) -> None:
    text.set_markup("Sent.")
    text.setReadOnly(True)
    text.selectAll()
    press("Ctrl+B")
    text.toggle_bullets()
    assert text.markup() == "Sent."
