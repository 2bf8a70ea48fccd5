"""A case file comes back as it was: for the shared scenarios and for any case at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Call, CallBill, Claim, DocumentLink, Line, Person, Visit
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.exchange.layout import CASE_KINDS, GroupEntry, ListEntry, plan_of
from tests.exchange.oracle import Oracle
from tests.support.cases import cases


def case_files(shared: Path) -> list[Path]:
    found = sorted(shared.glob("cases/*/case.json"))
    assert len(found) >= 16
    return found


def test_every_shared_case_comes_back_equal_and_then_byte_for_byte(shared: Path) -> None:
    for path in case_files(shared):
        text = path.read_bytes().decode("utf-8")
        written = write_case(read_case(text))
        assert json.loads(written) == json.loads(text), path
        assert write_case(read_case(written)) == written, path


def test_a_shared_case_with_its_keys_in_the_order_of_the_schema_comes_back_byte_for_byte(
    shared: Path, schema: dict[str, Any]
) -> None:
    as_they_are = 0
    for path in case_files(shared):
        text = path.read_bytes().decode("utf-8")
        ordered = (
            json.dumps(in_schema_order(json.loads(text), schema, columns_of(schema)), indent=1, ensure_ascii=False)
            + "\n"
        )
        assert write_case(read_case(text)) == ordered, path
        as_they_are += ordered == text
    assert as_they_are >= 13, "the scenarios are written in the order of the schema, but for three"


def columns_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The money columns that totals and lines of an EOB share."""
    found: dict[str, Any] = schema["$defs"]["money_columns"]["properties"]
    return found


def in_schema_order(value: Any, schema: dict[str, Any], columns: dict[str, Any]) -> Any:
    """The same value with the keys of every object as the schema has them; EOB columns before the remark codes."""
    if isinstance(value, list):
        return [in_schema_order(item, schema["items"], columns) for item in value]
    if not isinstance(value, dict) or ("properties" not in schema and "$ref" not in schema):
        return value
    known = dict(columns if "$ref" in schema else schema["properties"])
    if "allOf" in schema:
        tail = {key: known.pop(key) for key in ("remark_codes", "denied")}
        known = {**known, **columns, **tail}
    return {key: in_schema_order(value[key], known[key], columns) for key in known if key in value}


def test_the_layout_has_every_field_of_the_schema_and_no_other(schema: dict[str, Any]) -> None:
    for kind in CASE_KINDS:
        if kind.PLURAL:
            compare(kind, schema["properties"][kind.PLURAL]["items"], columns_of(schema))


def compare(kind: Any, schema: dict[str, Any], columns: dict[str, Any]) -> None:
    entries = {entry.key: entry for entry in plan_of(kind).entries}
    known = dict(schema["properties"])
    if "allOf" in schema:
        known |= columns
    assert set(entries) == set(known), kind
    required = {key for key, entry in entries.items() if getattr(entry, "required", False)}
    assert required == set(schema.get("required", [])), kind
    for key, entry in entries.items():
        if isinstance(entry, ListEntry) and not entry.only:
            compare(entry.kind, known[key]["items"], columns)
        elif isinstance(entry, GroupEntry):
            assert [inner.key for inner in entry.fields] == list(columns)
        elif not isinstance(entry, ListEntry) and entry.field.choices:
            assert list(entry.field.choices) == known[key]["enum"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_any_case_reads_back_the_same(case: Case) -> None:
    text = write_case(case)
    assert read_case(text) == case
    assert read_case(text.encode("utf-8")) == case
    assert write_case(read_case(text)) == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_any_case_is_valid_by_the_schema(oracle: Oracle, case: Case) -> None:
    oracle.validate(json.loads(write_case(case)))


def make(**lists: Any) -> str:
    return json.dumps({"format": "medbills-case", "version": 1, **lists})


def test_ids_count_from_one_in_file_order_and_lines_leave_gaps_between_them() -> None:
    organization = {"id": "H", "name": "Example Hospital", "kind": "hospital"}
    bills = [
        {
            "id": ref,
            "biller": "H",
            "person": "P",
            "lines": [{"id": "L1", "description": "a"}, {"id": "L2", "description": "b"}],
        }
        for ref in ("B9", "B4")
    ]
    case = read_case(make(people=[{"id": "P", "name": "Pat"}], organizations=[organization], bills=bills))
    assert [(bill.id, bill.ref) for bill in case.all(Bill)] == [(1, "B9"), (2, "B4")]
    read = [(line.id, line.ref, line.bill_id, line.position) for line in case.all(Line)]
    assert read == [(1, "L1", 1, 1024), (2, "L2", 1, 2048), (3, "L1", 2, 1024), (4, "L2", 2, 2048)]


def test_numbers_keep_their_form() -> None:
    text = (
        '{"format": "medbills-case", "version": 1, "people": [{"id": "P", "name": "Pat"}], "visits": [{"id": "V",'
        ' "person": "P", "answers": {"a": 30, "b": 2.5, "c": true, "d": "x"}}],'
        ' "calls": [{"id": "A", "started": "2025-01-02", "minutes": 12},'
        ' {"id": "B", "started": "2025-01-02T10:00:05", "minutes": 12.5}]}'
    )
    case = read_case(text)
    written = write_case(case)
    assert '"minutes": 12,' not in written
    assert '"minutes": 12\n' in written
    assert '"minutes": 12.5\n' in written
    assert case.all(Visit)[0].answers == {"a": 30, "b": 2.5, "c": True, "d": "x"}
    assert json.loads(written)["visits"][0]["answers"] == {"a": 30, "b": 2.5, "c": True, "d": "x"}
    assert [call.started.text() for call in case.all(Call)] == ["2025-01-02", "2025-01-02T10:00:05"]


def test_a_link_to_a_line_whose_id_two_bills_use_names_the_bill_too() -> None:
    bills = [
        {"id": ref, "biller": "H", "person": "P", "lines": [{"id": "L1", "description": "a"}]} for ref in ("B1", "B2")
    ]
    case = read_case(
        make(
            people=[{"id": "P", "name": "Pat"}],
            organizations=[{"id": "H", "name": "Example Hospital", "kind": "hospital"}],
            bills=bills,
            documents=[{"id": "D", "file": "a.pdf", "links": [{"type": "lines", "id": "B2/L1", "page": 3}]}],
        )
    )
    (link,) = case.all(DocumentLink)
    assert (link.type, link.target_id, link.page) == ("line", 2, 3)
    assert json.loads(write_case(case))["documents"][0]["links"] == [{"type": "line", "id": "B2/L1", "page": 3}]


def test_the_bills_of_a_call_and_the_totals_of_a_claim_keep_their_places() -> None:
    text = make(
        people=[{"id": "P", "name": "Pat"}],
        organizations=[{"id": "H", "name": "H", "kind": "hospital"}, {"id": "I", "name": "I", "kind": "insurer"}],
        policies=[{"id": "POL", "person": "P", "insurer": "I"}],
        bills=[{"id": "B1", "biller": "H", "person": "P"}, {"id": "B2", "biller": "H", "person": "P"}],
        claims=[{"id": "C", "policy": "POL", "totals": {"billed": "10.00", "allowed": "0.00"}}],
        calls=[{"id": "X", "started": "2025-01-02", "bills": ["B2", "B1"], "claims": ["C"]}],
    )
    case = read_case(text)
    assert [link.bill_id for link in case.all(CallBill)] == [2, 1]
    claim = case.all(Claim)[0]
    assert (claim.billed, claim.allowed, claim.plan_paid) == (1000, 0, None)
    written = json.loads(write_case(case))
    assert written["calls"][0]["bills"] == ["B2", "B1"]
    assert written["claims"][0]["totals"] == {"billed": "10.00", "allowed": "0.00"}


def test_a_byte_order_mark_and_leading_zeros_do_no_harm() -> None:
    case = read_case(b"\xef\xbb\xbf" + make(people=[{"id": "007", "name": "Pat"}]).encode())
    assert case.all(Person)[0].ref == "007"


@pytest.mark.parametrize("key", ["title", "notes"])
def test_title_and_notes_are_kept_even_when_blank(key: str) -> None:
    text = write_case(read_case(make(**{key: ""})))
    assert json.loads(text)[key] == ""
