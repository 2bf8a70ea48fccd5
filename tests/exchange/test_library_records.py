"""What only a library keeps travels beside the case in a zip, and a reader of cases alone loses nothing by it."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import CaseFileError, UserError
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    KINDS,
    Authorization,
    Bill,
    Enclosure,
    FindingDecision,
    Organization,
    PageView,
    Person,
    PointAnswer,
    Record,
    fields_of,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.exchange.case_zip_reading import read_case_zip
from medbills_desktop.exchange.case_zip_writing import write_case_zip
from medbills_desktop.exchange.layout import KEPT_IN_LIBRARY
from medbills_desktop.exchange.library_records import (
    LIBRARY_KINDS,
    OF_THE_LIBRARY,
    with_library_records,
    write_library_records,
)
from tests.support.cases import BY_TYPE, cases, words

SMALL = Case(
    {
        Person: (Person(id=1, ref="P1", name="Ana"),),
        Organization: (
            Organization(id=1, ref="H", name="Blue Mesa", kind="imaging"),
            Organization(id=2, ref="M", name="Maria", kind="advocate"),
        ),
        Bill: (Bill(id=1, ref="B1", biller_id=1, person_id=1),),
        FindingDecision: (FindingDecision(id=1, bill_id=1, check="late-fee", fingerprint="f", decision="asked"),),
        Authorization: (Authorization(id=1, person_id=1, helper_id=2, scope="all"),),
    }
)


def library_text(**changes: Any) -> str:
    root = json.loads(write_library_records(SMALL) or "")
    return json.dumps({**root, **changes})


@st.composite
def cases_of_libraries(draw: Any) -> Case:
    """A random case with up to two records of each kind that only a library keeps."""
    case = draw(cases())
    made: dict[type[Record], tuple[Record, ...]] = {}
    for kind in LIBRARY_KINDS:
        found = [one for number in (1, 2) if (one := draw(_record(kind, number, case))) is not None]
        if found:
            made[kind] = tuple(dataclasses.replace(one, id=at) for at, one in enumerate(found, 1))
    ordered = {**case.records, **made}
    return dataclasses.replace(case, records={kind: ordered[kind] for kind in KINDS if kind in ordered})


@st.composite
def _record(draw: Any, kind: type[Record], number: int, case: Case) -> Record | None:
    values: dict[str, Any] = {"id": number}
    for info in fields_of(kind):
        if info.name in ("id", "ref") or (info.optional and draw(st.booleans())):
            continue
        if info.refers_to:
            ids = [record.id for record in case.all(KIND_BY_NAME[info.refers_to])]
            if not ids and not info.optional:
                return None
            values[info.name] = draw(st.sampled_from(ids)) if ids else None
        elif kind is PageView and info.name == "rotation":
            values[info.name] = draw(st.sampled_from((0, 90, 180, 270)))
        elif info.choices:
            values[info.name] = draw(st.sampled_from(info.choices))
        else:
            values[info.name] = draw(words if info.type is str else BY_TYPE[info.type])
    return kind(**values)


def test_every_kind_without_a_place_in_the_case_format_travels_or_is_of_the_library() -> None:
    assert set(LIBRARY_KINDS) | OF_THE_LIBRARY == KEPT_IN_LIBRARY
    assert not set(LIBRARY_KINDS) & OF_THE_LIBRARY


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases_of_libraries())
def test_any_records_of_a_library_come_back_as_they_went(case: Case) -> None:
    text = write_library_records(case)
    plain = read_case(write_case(case))
    back = plain if text is None else with_library_records(plain, text)
    assert back == case
    assert write_library_records(back) == text


def test_a_zip_carries_them_beside_the_case_and_the_case_alone_is_as_before(tmp_path: Path) -> None:
    write_case_zip(SMALL, lambda _: None, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["case.json", "library.json"]
        alone = read_case(archive.read("case.json"))
    assert {kind.KIND for kind in alone.records} == {"person", "organization", "bill"}
    back, _ = read_case_zip(tmp_path / "out.zip")
    assert back == SMALL
    write_case_zip(back, lambda _: None, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_a_case_without_them_has_no_second_file(tmp_path: Path) -> None:
    kept = {kind: found for kind, found in SMALL.records.items() if kind not in LIBRARY_KINDS}
    write_case_zip(dataclasses.replace(SMALL, records=kept), lambda _: None, tmp_path / "out.zip")
    assert zipfile.ZipFile(tmp_path / "out.zip").namelist() == ["case.json"]


def test_no_other_file_is_let_in_beside_the_case(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("case.json", write_case(SMALL))
        archive.writestr("Library.json", library_text())
    with pytest.raises(UserError, match="not a paper that the case names"):
        read_case_zip(tmp_path / "in.zip")


def test_a_later_version_is_passed_over_and_the_case_is_whole() -> None:
    case = read_case(write_case(SMALL))
    assert with_library_records(case, library_text(version=2, records={"dreams": 7})) == case


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"format": "medbills-case"}, r"library\.json:\$\.format"),
        ({"version": True}, r"\$\.version"),
        ({"records": {"own_card": []}}, r"\$\.records\.own_card"),
        ({"records": {"bill": []}}, r"\$\.records\.bill"),
        ({"records": {"authorization": [{"person": "P9", "helper": "M"}]}}, r"authorization\[0\]\.person"),
        ({"records": {"authorization": [{"helper": "M"}]}}, "“person” is missing"),
        ({"records": {"authorization": [{"person": "P1", "helper": "M", "id": "A"}]}}, r"\[0\]\.id"),
        ({"records": {"authorization": [{"person": "P1", "helper": "M", "ends": "soon"}]}}, r"\[0\]\.ends"),
        ({"records": {"point_answer": [{"bill": "B1", "answer": "maybe"}]}}, r"\[0\]\.answer"),
    ],
)
def test_what_is_not_allowed_refuses_the_whole_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(CaseFileError, match=place):
        with_library_records(read_case(write_case(SMALL)), library_text(**changes))


def test_a_record_that_names_what_is_not_in_the_case_is_left_out() -> None:
    loose = {**SMALL.records, Enclosure: (Enclosure(id=1, letter_id=5, document_id=6, position=1),)}
    loose[PointAnswer] = (PointAnswer(id=1, bill_id=1, call_id=9, answer="partly"),)
    root = json.loads(write_library_records(dataclasses.replace(SMALL, records=loose)) or "")
    assert "enclosure" not in root["records"]
    assert root["records"]["point_answer"] == [{"bill": "B1", "answer": "partly"}]
