"""Text of any script and any mischief: it stands on the page as typed, and is found there again."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pymupdf
import pypdf
import pytest

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Call, CallBill, Line, Organization, Person
from medbills_desktop.packet.bidi import starts_rtl, visual_order
from medbills_desktop.packet.fonts import font_for
from medbills_desktop.packet.order import PacketFinding
from medbills_desktop.packet.shaping import shape_arabic
from medbills_desktop.packet.typesetting import Typesetter, cleaned
from tests.packet.packets import DAY, SMALL, build, case_of, order, small_case, texts, whole_text

NAMES = {
    "Spanish": "Núñez Peña de la O",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Polish": "Łucja Żółć-Wiśniewska",
    "Chinese": "王小明",
    "Japanese": "さくら 山田",
    "Korean": "김철수",
    "Russian": "Пётр Щёголев",
    "Greek": "Ελένη Παπαδοπούλου",
    "Arabic": "محمد علي السلام",
    "Persian": "پژمان گلچین",
    "Hebrew": "שלום כהן",
    "Thai": "สมชาย",
}


def _named(name: str, folder: Path) -> Path:
    return build(order(case_of([Person(id=1, name=name), *SMALL[1:]])), folder).path


def _told(text: str, folder: Path) -> str:
    call = Call(id=1, started=Moment(DAY), said=text)
    return whole_text(build(order(small_case(call, CallBill(id=1, call_id=1, bill_id=1))), folder).path)


@pytest.mark.parametrize("script", NAMES)
def test_names_are_drawn_with_real_glyphs_and_found_again(script: str, tmp_path: Path) -> None:
    name = NAMES[script]
    packet = build(order(case_of([Person(id=1, name=name), *SMALL[1:]])), tmp_path)
    assert packet.missing_characters == ()
    cover = _composed(texts(packet.path)[0])
    assert name in cover
    other = _composed(pypdf.PdfReader(packet.path).pages[0].extract_text())
    assert name in other or " ".join(reversed(name.split())) in other


def _composed(text: str) -> str:
    """Text as it is compared: composed letters, no marks of direction."""
    return unicodedata.normalize("NFKC", re.sub("[\u200e\u200f\u202a-\u202e]", "", text))


MISCHIEF = [
    "A & B < C",
    "John <john@x.com> wrote",
    "<b>not bold</b> &lt; &amp;lt;",
    '<img src="http://example.com/x.png"/>',
    "</para><para>",
    "% \\ ( ) [ ] { }",
    "”“‘’–—…·×−≤≥€£½",
]


@pytest.mark.parametrize("text", MISCHIEF)
def test_what_looks_like_markup_is_printed_as_typed(text: str, tmp_path: Path) -> None:
    assert text in _told(text, tmp_path)


def test_control_characters_and_lone_surrogates_are_shown_by_number(tmp_path: Path) -> None:
    told = _told("a\x00b \ud800 c\x07\x1b", tmp_path)
    assert "a[U+0000]b [U+D800] c[U+0007][U+001B]" in told


def test_a_character_without_glyph_is_shown_by_number_and_reported(tmp_path: Path) -> None:
    made = build(order(case_of([Person(id=1, name="Ann 😀 Bee 𓀀"), *SMALL[1:]])), tmp_path)
    assert made.missing_characters == ("[U+13000]", "[U+1F600]")
    assert "Ann [U+1F600] Bee [U+13000]" in texts(made.path)[0]


def test_four_hundred_letters_without_a_space_are_broken_not_cut(tmp_path: Path) -> None:
    word = "".join(chr(ord("a") + place % 26) for place in range(400))
    assert word in _told(word, tmp_path).replace(" ", "")


def test_a_note_of_twenty_thousand_letters_runs_over_pages_whole(tmp_path: Path) -> None:
    note = " ".join(f"word{number}" for number in range(2500))[:20_000]
    told = _told(note, tmp_path)
    assert note[-40:] in told
    numbers = [int(found) for found in re.findall(r"word(\d+)", told)]
    assert sorted(set(numbers))[-2] >= 2100
    assert len(set(numbers)) > 2190


def test_long_arabic_text_is_broken_into_lines_that_read_from_the_top(tmp_path: Path) -> None:
    lines = [f"السطر رقم {number} من هذه الملاحظة الطويلة" for number in range(20)]
    told = _told(" ".join(lines), tmp_path)
    told = told[told.index("Contacts") :]
    places = [told.find(f" {number} ") for number in range(20)]
    assert places == sorted(places)
    assert -1 not in places


def test_a_sentence_of_the_program_reads_from_the_left_whatever_the_name(tmp_path: Path) -> None:
    hospital = Organization(id=1, name="مستشفى المدينة", kind="hospital")
    lines = [
        Line(id=1, bill_id=1, number=1, description="محمد", mark="duplicate", disputed=500),  # type: ignore[arg-type]
    ]
    finding = PacketFinding("“محمد” is listed twice.", "strong", None, "“محمد”, 2 lines.", "Was it given twice?", 1)
    case = case_of([SMALL[0], hospital, SMALL[2], *lines])
    made = build(order(case, findings=(finding,)), tmp_path)
    as_drawn = pymupdf.TEXTFLAGS_WORDS | pymupdf.TEXT_IGNORE_ACTUALTEXT
    with pymupdf.open(made.path) as pdf:
        for number, word in ((4, "account"), (6, "listed"), (6, "lines.")):
            words = pdf[number - 1].get_text("words", flags=as_drawn)
            left, top = next((each[0], each[1]) for each in words if each[4] == word)
            arabic = [
                each for each in words if abs(each[1] - top) < 9 and any("\u0600" < char < "\u06ff" for char in each[4])
            ]
            assert arabic, word
            assert all(each[2] <= left + 1 for each in arabic), word


def test_whom_a_contact_was_with_is_told_in_full_however_long(tmp_path: Path) -> None:
    name = "Saint Bartholomew and Holy Trinity Regional Medical Center and Teaching Hospital of the South"
    hospital = Organization(id=1, name=name, kind="hospital")
    call = Call(id=1, organization_id=1, department="Patient Accounts", started=Moment(DAY), said="x")
    case = case_of([SMALL[0], hospital, SMALL[2], call, CallBill(id=1, call_id=1, bill_id=1)])
    assert f"{name}, Patient Accounts" in whole_text(build(order(case), tmp_path).path)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("abc אבג def", "abc גבא def"),
        ("אבג abc", "abc גבא"),
        ("אבג 123", "123 גבא"),
        ("abc אבג (123) def", "abc (123) גבא def"),
        ("(אבג)", "(גבא)"),
        ("אבג, abc!", "!abc ,גבא"),
        ("abc אבג דהו xyz", "abc והד גבא xyz"),
    ],
)
def test_right_to_left_text_is_put_into_the_order_in_which_it_is_drawn(typed: str, drawn: str) -> None:
    assert visual_order(typed) == drawn


def test_a_paragraph_takes_the_direction_of_its_first_letter() -> None:
    assert starts_rtl("12 אב")
    assert not starts_rtl("a אב")
    assert not starts_rtl("12")


def test_arabic_letters_are_joined() -> None:
    assert shape_arabic("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert shape_arabic("سلام") == "\ufeb3\ufefc\ufee1"
    assert shape_arabic("دار") == "\ufea9\ufe8d\ufead"
    assert shape_arabic("abc") == "abc"


def test_every_joined_form_has_a_glyph() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىپچژگ"
    for first in letters:
        for char in shape_arabic(f"ب{first}ب{first}"):
            assert font_for(char, "MedBillsSans") == "Arabic"


def test_text_is_composed_and_line_ends_are_alike() -> None:
    assert cleaned("e\u0301\r\nx\ry\tz\u200b") == "é\nx\ny z"


def test_a_typesetter_leaves_plain_text_alone() -> None:
    assert Typesetter().markup("plain, text") == "plain, text"
