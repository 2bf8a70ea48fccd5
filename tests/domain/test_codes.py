from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain import codes

NDC_MORE = ["12345–6789–01", "123456-7890-12", "123456789012"]
RIGHT = {
    codes.cpt_warning: ["00000", "0000F", "0000t", " 00 000 ", "0000U", "0000M"],
    codes.hcpcs_warning: ["G0463", "j1885", "A 4550", "V0000"],
    codes.cdt_warning: ["D0000", "d 0000"],
    codes.revenue_warning: ["0450", "450", " 0001"],
    codes.modifier_warning: ["25", "rt", "X E"],
    codes.icd10cm_warning: ["S52.501A", "s52501a", "Z00", "U07.1", "C7A.00", "M1A.0110"],
    codes.icd10pcs_warning: ["0000000", "0bh 17ez"],
    codes.ndc_warning: ["1234-5678-90", "12345-678-90", "12345-6789-0", "12345-6789-01", "12345678901", *NDC_MORE],
    codes.npi_warning: ["1234567893", "1558598797", "1245319599", "12345 67893", "1234-567-893"],
}
OTHER = {
    codes.cpt_warning: ["G0463", "000", "000000", "0000X", "A0000", "00.00", "five"],
    codes.hcpcs_warning: ["0463", "GG463", "I0000", "D0000", "00000", "W0000", "G04633"],
    codes.cdt_warning: ["0000", "D000", "E0000"],
    codes.revenue_warning: ["45", "04500", "04A0"],
    codes.modifier_warning: ["2", "255", "R*", "1 2 3"],
    codes.icd10cm_warning: ["52.501", "S5", "S52.50123", "S52..1", "SS2.1"],
    codes.icd10pcs_warning: ["0BH17E", "OBH17EZ0", "0IH17EZ"],
    codes.ndc_warning: ["1234567890", "123-4567-89", "12345-678-9", "1234567890123", "12345-67890-1", "abc"],
    codes.npi_warning: ["1234567890", "123456789", "3234567893", "12345678933", "l234567893"],
}


@pytest.mark.parametrize(("warn", "text"), [(warn, text) for warn, texts in RIGHT.items() for text in texts])
def test_a_code_of_the_right_shape_gives_no_warning(warn, text: str) -> None:
    assert warn(text) is None


@pytest.mark.parametrize(("warn", "text"), [(warn, text) for warn, texts in OTHER.items() for text in texts])
def test_a_code_of_another_shape_gives_a_plain_sentence_with_what_was_typed(warn, text: str) -> None:
    said = warn(text)
    assert said is not None
    assert f"“{text}”" in said
    assert said.endswith((".", "?"))
    assert not any(word in said.lower() for word in ("error", "wrong", "invalid", "illegal"))


@pytest.mark.parametrize("warn", list(RIGHT))
@pytest.mark.parametrize("nothing", ["", " ", "\t\n"])
def test_nothing_typed_gives_no_warning(warn, nothing: str) -> None:
    assert warn(nothing) is None


def test_the_normal_form_is_offered_and_long_texts_are_cut() -> None:
    assert codes.normal_form(" g 0463 ") == "G0463"
    assert codes.normal_form("12345–6789‑01") == "12345-6789-01"
    said = codes.cpt_warning("x" * 500)
    assert said is not None
    assert len(said) < 150


@pytest.mark.parametrize(
    ("warn", "text", "offered"),
    [
        (codes.hcpcs_warning, "G046E", None),
        (codes.hcpcs_warning, "GO463", "G0463"),
        (codes.hcpcs_warning, "JI885", "J1885"),
        (codes.revenue_warning, "O45O", "0450"),
        (codes.npi_warning, "l234567893", "1234567893"),
        (codes.icd10cm_warning, "SS2.501A", "S52.501A"),
    ],
)
def test_letters_that_a_scan_reads_for_digits_are_offered_as_digits(warn, text: str, offered: str | None) -> None:
    said = warn(text)
    assert said is not None
    assert said.endswith(f"Is it {offered}?") if offered else "Is it" not in said


def test_a_code_of_another_kind_is_named() -> None:
    assert "dental" in (codes.hcpcs_warning("D0000") or "")
    assert "CPT" in (codes.hcpcs_warning("00000") or "")
    assert "hyphens" in (codes.ndc_warning("1234567890") or "")
    assert "check digit" in (codes.npi_warning("1234567890") or "")
    assert "begins with 1 or 2" in (codes.npi_warning("3234567893") or "")


@pytest.mark.parametrize(
    ("text", "eleven"),
    [
        ("1234-5678-90", "01234-5678-90"),
        ("12345-678-90", "12345-0678-90"),
        ("12345-6789-0", "12345-6789-00"),
        ("12345678901", "12345-6789-01"),
        ("12345-6789-01", "12345-6789-01"),
        ("1234567890", None),
        ("123456-7890-12", None),
        ("", None),
    ],
)
def test_a_package_number_is_brought_to_five_four_two(text: str, eleven: str | None) -> None:
    assert codes.ndc_in_eleven_digits(text) == eleven


def test_the_code_system_says_which_rule_counts() -> None:
    assert codes.code_warning("G0463", "hcpcs") is None
    assert codes.code_warning("G0463", "cpt") is not None
    assert codes.code_warning("LH-45005", "other") is None
    assert codes.code_warning("LH-45005", None) is None
    assert codes.code_warning(None, "cpt") is None
    assert codes.code_warning("45", "revenue") is not None
    assert codes.code_warning("0BH17EZ", "icd10pcs") is None
    assert codes.code_warning("1234-5678-90", "ndc") is None
    assert codes.code_warning("D0000", "cdt") is None


def test_modifiers_are_looked_at_one_by_one() -> None:
    assert codes.modifiers_warning(None) is None
    assert codes.modifiers_warning(("25", "RT")) is None
    assert codes.modifiers_warning(("25", "R")) == (
        "“R” has another shape. A modifier has two digits or letters, like 25 or RT."
    )
    assert codes.modifiers_warning(("rt", "RT ")) == "The modifier RT is typed twice."


def luhn_by_hand(nine: str) -> str:
    """The check digit as the sheet says it: every second digit doubled from the right, plus 24."""
    total = 24
    for at, digit in enumerate(reversed(nine)):
        double = int(digit) * 2 if at % 2 == 0 else int(digit)
        total += double // 10 + double % 10
    return str(-total % 10)


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True), st.integers(1, 9))
def test_one_check_digit_fits_and_no_other(nine: str, off: int) -> None:
    right = luhn_by_hand(nine)
    assert codes.npi_warning(nine + right) is None
    assert codes.npi_warning(nine + str((int(right) + off) % 10)) is not None


@given(st.text(max_size=30), st.sampled_from(list(RIGHT)))
def test_any_text_gives_a_sentence_or_nothing(text: str, warn) -> None:
    said = warn(text)
    assert said is None or (said and "\n" not in said)
    codes.ndc_in_eleven_digits(text)
