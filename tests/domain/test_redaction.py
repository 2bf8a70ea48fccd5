"""What is personal is found however it is written, and what a packet has to prove with is left alone."""

from __future__ import annotations

import json
import string
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medbills_desktop.domain.records import Bill, Line, Person, Policy
from medbills_desktop.domain.redaction import KEPT, Needles, Number, masked, needles_of, needles_told, takes_in

BORN = date(1980, 5, 1)
CASE = (
    Person(id=1, name="Pat Example", date_of_birth=BORN),
    Policy(id=1, person_id=1, insurer_id=1, member_id="XQZ123456789", group_number="70-1185"),
    Bill(id=1, biller_id=1, person_id=1, account_number="0088213407"),
    Line(id=1, bill_id=1, description="Injection", code="J1885"),
)
NEEDLES = needles_of(CASE)
BREAKS = (
    " ", "-", ".", "/", "\n", " - ", "\N{NO-BREAK SPACE}", "\N{EN DASH}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}",
    "\n        ",
)  # fmt: skip
WIDE = str.maketrans(string.digits, "０１２３４５６７８９")


def kinds_in(text: str) -> list[str]:
    return [take.kind for take in takes_in(text, NEEDLES)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Account No. 0088213407", "Account No. •••• 3407"),
        ("ACCT 88213407 due", "ACCT •••• 3407 due"),
        ("acct 8821\n  3407", "acct ••••\n  3407"),
        ("scan line 000088213407000254813", "scan line 00•••• 3407000254813"),
        ("Member ID: xqz 123-456-789", "Member ID: •••• 6-789"),
        ("Subscriber 123456789 01", "Subscriber •••• 6789 01"),
        ("Group 70-1185", "Group ••••-1185"),
        ("Ｎｏ. ８８２１３４０７", "Ｎｏ. •••• ３４０７"),
        ("DOB 05/01/1980", "DOB ••/••/1980"),
        ("born 1980-05-01", "born 1980-••-••"),
        ("SSN 123-45-6789", "SSN •••-••-••••"),
        ("Social Security number 123 45 6789", "Social Security number •••-••-••••"),
        ("Dx M54.50 and U07.1", "Dx ••• and •••"),
        ("Diagnosis codes: M545, E119", "Diagnosis codes: •••, •••"),
    ],
)
def test_what_is_personal_is_masked(written: str, shown: str) -> None:
    assert masked(written, NEEDLES) == shown


@pytest.mark.parametrize(
    "written",
    [
        "05/01/80", "5/1/1980", "5-1-80", "5.1.1980", "05 01 1980", "05 01 80", "05011980", "19800501", "1980/5/1",
        "May 1, 1980", "MAY 1st 1980", "May. 01 1980", "1 May 1980", "01-MAY-1980", "1MAY1980", "May1,1980", "1-May-80",
        "0 5 / 0 1 / 1 9 8 0", "05/01/\n1980", "1st of May 1980", "1 de mayo de 1980", "５/１/１９８０", "05–01–1980",
    ],
)  # fmt: skip
def test_a_birth_date_is_found_in_every_usual_form(written: str) -> None:
    assert kinds_in(f"Patient born {written}, seen 06/02/2024") == ["birth_date"]


@pytest.mark.parametrize(
    "written",
    [
        "Date of service 05/01/2024", "15/01/1980", "05/01/19801", "May 1 80.00", "105/01/1980", "May 11, 1980",
        "Claim 2024-1180-7731", "J1885 KETOROLAC 15 MG 99213 150.00", "phone (614) 555-0118", "ZIP 44998-0023",
        "TAX ID 00-4417720", "$1,985.00 12.50 4.25", "group of 1185", "855701185", "A4550 C1713 Q4022", "v10.2",
        "number 3407", "070118", "321-54-98760", "Room B12.", "0088213",
    ],
)  # fmt: skip
def test_dates_of_service_codes_amounts_and_other_numbers_stay(written: str) -> None:
    assert masked(written, NEEDLES) == written


@given(st.text("0123456789ABCXYZ", min_size=7, max_size=16), st.lists(st.sampled_from(("", *BREAKS)), min_size=16))
def test_a_number_is_found_however_it_is_broken(value: str, breaks: list[str]) -> None:
    needles = Needles((Number("account_number", value, like_date=True),))
    broken = "".join(char + gap for char, gap in zip(value, breaks, strict=False)).strip()
    for written in (broken, broken.lower(), broken.translate(WIDE)):
        text = f"Nr: {written} :end"
        assert any(take.kind == "account_number" for take in takes_in(text, needles))
        shown = masked(text, needles)
        assert value not in "".join(char for char in shown if char.isalnum()).upper()


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(1, 40_000))
def test_another_day_is_never_taken(born: date, apart: int) -> None:
    other = born + timedelta(days=apart)
    assume(other.year <= 9000 and (other.month, other.day, other.year % 100) != (born.month, born.day, born.year % 100))
    needles = Needles(births=(born,))
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%m-%d-%y"):
        written = f"on {other.strftime(form)} seen"
        assert masked(written, needles) == written


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.sampled_from(BREAKS))
def test_a_birth_date_leaves_its_year_and_nothing_else(born: date, gap: str) -> None:
    needles = Needles(births=(born,))
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%d %b %Y"):
        shown = masked(f"DOB{gap}{born.strftime(form)}{gap}x", needles)
        assert str(born.year) in shown
        assert takes_in(shown, needles) == []


@given(st.text("05/1980-.May, SN:3407882xqz\n12345679", max_size=80))
def test_what_is_masked_holds_nothing_any_more_and_takes_never_overlap(text: str) -> None:
    takes = takes_in(text, NEEDLES)
    assert all(one.end <= other.start for one, other in pairwise(takes))
    assert all(0 <= take.start < take.end <= len(text) for take in takes)
    shown = text
    for _ in range(3):
        shown = masked(shown, NEEDLES)
    assert takes_in(shown, NEEDLES) == []


def test_the_last_four_characters_stay_and_short_numbers_hold_nothing_to_take() -> None:
    needles = needles_of([Bill(id=1, biller_id=1, person_id=1, account_number="3407")])
    assert needles.numbers == ()
    for number in NEEDLES.numbers:
        assert masked(number.value, NEEDLES)[-KEPT:] == number.value[-KEPT:]


def test_words_and_codes_of_services_are_no_numbers() -> None:
    records = (
        Bill(id=1, biller_id=1, person_id=1, account_number="unknown"),
        Bill(id=2, biller_id=1, person_id=1, account_number="99213"),
        Line(id=1, bill_id=1, description="Visit", code="99213"),
    )
    assert needles_of(records).numbers == ()


def test_a_number_like_a_day_takes_no_day_with_it() -> None:
    account = needles_of([Bill(id=1, biller_id=1, person_id=1, account_number="04242025")])
    assert masked("seen 04/24/2025, account 04242025", account) == "seen 04/24/2025, account •••• 2025"
    written = needles_of([Bill(id=1, biller_id=1, person_id=1, account_number="04-24-2025")])
    assert masked("account 04-24-2025", written) == "account ••••-2025"


def test_needles_reach_another_process_whole() -> None:
    assert needles_told(json.loads(json.dumps(NEEDLES.told()))) == NEEDLES
