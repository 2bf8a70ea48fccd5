from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.checks.person_names import may_be
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Organization, Person, Record, Visit
from tests.support.small_cases import findings, make, one_bill

WRONG = "wrong-person"
UNKNOWN = "unknown-visit"


def printed(*names: str | None, others: Any = ()) -> Case:
    rows = [{} if name is None else {"patient_name_as_printed": name} for name in names]
    return one_bill(statements=rows, others=others)


def test_another_name_on_a_statement_is_asked_about() -> None:
    (finding,) = findings(printed("Sam Other", "Pat Example"), WRONG)
    assert (finding.level, finding.amount, finding.statement_ids) == ("strong", None, (1,))
    assert finding.title == (
        "The statement of May 1, 2025 names “Sam Other” as the patient; this bill is kept for Pat Example."
    )


def test_statements_with_the_same_name_are_one_finding_and_a_known_person_is_named() -> None:
    other = Person(id=9, name="Sam Other")
    (finding,) = findings(printed("Sam Other", "SAM  OTHER", others=[other]), WRONG)
    assert finding.statement_ids == (1, 2)
    assert "That is the name of Sam Other, who is entered here as well." in finding.explanation


@pytest.mark.parametrize(
    "name", [None, "", "PAT EXAMPLE", "EXAMPLE, PAT Q", "P. Example", "Patricia Example", "Example"]
)
def test_the_patients_name_in_any_form_is_left_alone(name: str | None) -> None:
    assert findings(printed(name), WRONG) == []


def test_mail_for_a_child_may_name_a_parent() -> None:
    child = make(Person, {"name": "Noemi Example", "date_of_birth": "2018-06-30"}, id=9)
    case = one_bill(bill={"person_id": 9}, statements=[{"patient_name_as_printed": "Pat Example"}], others=[child])
    assert findings(case, WRONG) == []
    stranger = one_bill(bill={"person_id": 9}, statements=[{"patient_name_as_printed": "Lee Other"}], others=[child])
    assert len(findings(stranger, WRONG)) == 1
    grown = one_bill(
        bill={"person_id": 9},
        statements=[{"patient_name_as_printed": "Pat Example", "date": "2036-06-30"}],
        others=[child],
    )
    assert len(findings(grown, WRONG)) == 1


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("OKAFOR-REYES, TOMAS", "Tomás Okafor-Reyes"),
        ("Tomas Okafor", "Tomás Okafor-Reyes"),
        ("TOMAS OKAFORREYES", "Tomás Okafor-Reyes"),
        ("OKAFOR-REY, TOMA", "Tomás Okafor-Reyes"),
        ("Mr. T. Okafor-Reyes Jr.", "Tomás Okafor-Reyes"),
        ("ZAK, LUCJA", "Łucja Żak"),
        ("NGUYEN MAI", "Mai Nguyễn"),
        ("O'Neil, Liam", "Liam ONeil"),
        ("BOB SMITH", "Robert Smith"),
        ("Smith, William J", "Bill Smith"),
        ("JONH SMITH", "John Smith"),
        ("SMITH JOHN", "Jon Smith"),
        ("BABY GIRL EXAMPLE", "Noemi Example"),
        ("EXAMPLE, BABYBOY A", "Lee Example"),
        ("Parent of Noemi Example", "Noemi Example"),
        ("ANA MARIA RUIZ LOPEZ", "Ana Ruiz"),
        ("JAMES SMITH", "Robert James Smith"),
        ("Okafor Reyes, Tomás", "Okafor-Reyes, Tomas A."),
        ("Smith, Jr., John", "John Smith"),
        ("123456", "Ana Ruiz"),
        ("王小明", "王小明"),
    ],
)
def test_names_that_may_be_the_same(paper: str, name: str) -> None:
    assert may_be(paper, name)


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("Sam Other", "Pat Example"),
        ("ADAEZE OKAFOR-REYES", "Tomás Okafor-Reyes"),
        ("OKAFOR REYES, ADAEZE", "Tomás Okafor Reyes"),
        ("Smith, Mary Ann", "Smith, John Q"),
        ("Pat Sample", "Pat Example"),
        ("P E", "Quentin Doe"),
        ("BABY GIRL OTHER", "Noemi Example"),
        ("Other", "Pat Example"),
        ("JOHN EXAMPLE", "Pat Example"),
    ],
)
def test_names_that_are_not_the_same(paper: str, name: str) -> None:
    assert not may_be(paper, name)


CARE = {"date": "2025-03-04", "charge": "71.00"}


def seen(*visits: dict[str, Any], kind: str = "physician", lines: Any = (CARE,), **given: Any) -> Case:
    records: list[Record] = [Organization(id=5, name="Example Clinic", kind=kind)]  # type: ignore[arg-type]
    records += [make(Visit, {"person_id": 1, "facility_id": 1, **visit}, id=20 + at) for at, visit in enumerate(visits)]
    return one_bill(**{"bill": {"biller_id": 5}, "lines": lines, "others": records, **given})


def test_care_at_a_place_and_on_a_day_of_no_visit_is_asked_about() -> None:
    (finding,) = findings(seen({"start": "2025-01-10"}, {"start": "2025-04-01"}), UNKNOWN)
    assert (finding.level, finding.amount, finding.line_ids) == ("strong", None, (1,))
    assert finding.title == (
        "Example Clinic bills care of Mar 4, 2025, and no visit at that place or on that day is entered."
    )
    assert "that of Apr 1, 2025" in finding.explanation


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (seen(), "no visits are entered"),
        (seen({"start": "2025-03-04"}), "a visit of that day"),
        (seen({"start": "2025-03-01", "end": "2025-03-09"}), "within a stay"),
        (seen({"start": "2025-03-05T00:10"}), "the ambulance before midnight"),
        (seen({"start": "2025-02-25"}, kind="laboratory"), "the laboratory worked on it later"),
        (seen({"start": "2025-01-10", "facility_id": 5}), "a visit at that place"),
        (seen({"start": "2025-01-10"}, kind="pharmacy"), "a pharmacy"),
        (seen({"start": "2025-01-10"}, kind="equipment"), "things that were sent"),
        (seen({}), "a visit without a day"),
        (seen({"start": "2025-01-10"}, lines=[{"charge": "71.00"}]), "no day on the lines"),
        (seen({"start": "2025-01-10"}, lines=[{**CARE, "charge": "0.00"}]), "nothing charged"),
        (seen({"start": "2025-01-10"}, lines=[CARE, {**CARE, "date": "2025-01-10"}]), "one of the days is known"),
    ],
)
def test_a_bill_that_may_be_for_a_visit_is_left_alone(case: Case, why: str) -> None:
    assert findings(case, UNKNOWN) == [], why


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (seen({"start": "2024-03-04"}), "Mar 4, 2025"),
        (seen({"start": "2025-01-10"}, kind="laboratory"), "Mar 4, 2025"),
        (seen({"start": "2025-01-10"}, lines=[CARE, {**CARE, "date": "2025-03-06"}]), "Mar 4, 2025 to Mar 6, 2025"),
        (seen({"start": "2025-01-10", "end": "2025-01-12"}, lines=[{**CARE, "charge": "0.01"}]), "Mar 4, 2025"),
    ],
)
def test_the_days_of_unknown_care_are_named(case: Case, words: str) -> None:
    (finding,) = findings(case, UNKNOWN)
    assert (finding.level, finding.amount) == ("strong", None)
    assert (
        finding.title == f"Example Clinic bills care of {words}, and no visit at that place or on that day is entered."
    )


def test_a_bill_that_is_linked_to_a_visit_has_one() -> None:
    assert findings(seen({"start": "2025-01-10"}, visit={"start": "2025-01-10"}), UNKNOWN) == []


def test_the_visits_of_somebody_else_do_not_count() -> None:
    other = Person(id=9, name="Sam Other")
    theirs = make(Visit, {"person_id": 9, "facility_id": 1, "start": "2025-03-04"}, id=30)
    case = one_bill(bill={"biller_id": 1}, lines=[CARE], others=[other, theirs])
    assert findings(case, UNKNOWN) == []
