"""Finding and lining up printed words, without any PDF."""

from __future__ import annotations

import pytest

from medbills_desktop.papers.protocol import Word
from medbills_desktop.papers.text import Place, folded, in_lines, lines_of, places_of, without_shadows


def typed(*lines: str) -> list[Place]:
    """Characters of 10 x 10 points, lines 20 points apart."""
    return [
        (char, 10.0 * column, 20.0 * row, 10.0 * column + 10, 20.0 * row + 10, row)
        for row, line in enumerate(lines)
        for column, char in enumerate(line)
    ]


def test_letter_case_accents_blanks_dashes_and_quotes_do_not_matter() -> None:
    assert folded(" Muñoz\u00a0—  O’NEILL ") == "munoz - o'neill"
    assert folded("Straße ﬁne") == "strasse fine"


def test_a_hit_is_exactly_the_characters_searched_for() -> None:
    (hit,) = places_of("1,204.12", typed("Total $1,204.12 due"), 10)
    assert [(box.left, box.right) for box in hit] == [(70, 150)]


def test_a_hit_over_a_line_end_has_a_box_on_each_line() -> None:
    (hit,) = places_of("office VISIT", typed("new office", "visit today"), 10)
    assert [(box.left, box.top, box.right) for box in hit] == [(40, 0, 100), (0, 20, 50)]


def test_ligature_and_sharp_s_count_as_their_letters() -> None:
    assert len(places_of("fi", typed("ﬁne"), 10)) == 1
    assert len(places_of("ss", typed("Straße"), 10)) == 1


@pytest.mark.parametrize(("needle", "count"), [("a", 3), ("aa", 1), ("", 0), ("  ", 0), ("b", 0)])
def test_hits_do_not_overlap_and_nothing_is_found_for_nothing(needle: str, count: int) -> None:
    assert len(places_of(needle, typed("aaa"), 10)) == count


def test_no_more_hits_than_asked_for() -> None:
    assert len(places_of("a", typed("a a a a"), 2)) == 2


def test_text_printed_twice_to_look_bold_is_found_once() -> None:
    chars = typed("Total")
    shadow = [(char, left + 0.4, top, right + 0.4, bottom, 7) for char, left, top, right, bottom, _ in chars]
    assert len(places_of("total", [*chars, *shadow], 10)) == 1


def test_a_row_is_one_line_whatever_the_order_and_the_gaps() -> None:
    words = [
        Word("418.53", 500, 101, 540, 111, 0),
        Word("Second", 10, 120, 60, 130, 0),
        Word("J1885", 10, 100, 40, 110, 0),
        Word("Injection", 60, 100, 120, 110, 0),
    ]
    assert lines_of(in_lines(words)) == ["J1885 Injection 418.53", "Second"]


def test_a_code_printed_up_the_margin_does_not_swallow_the_rows_beside_it() -> None:
    rows = [Word(f"row{row}", 10, 20.0 * row, 50, 20.0 * row + 10, 0) for row in range(10)]
    margin = Word("016379-AB", 600, 0, 608, 190, 0)
    lines = lines_of(in_lines([*rows, margin]))
    assert sorted(lines) == sorted([*(f"row{row}" for row in range(10)), "016379-AB"])


def test_shadow_words_are_dropped_and_equal_words_elsewhere_kept() -> None:
    words = [Word("BAL", 0, 0, 30, 10, 0), Word("BAL", 0.5, 0.3, 30.5, 10.3, 0), Word("BAL", 200, 0, 230, 10, 0)]
    assert len(without_shadows(words)) == 2
