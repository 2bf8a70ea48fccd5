"""What is not a case file is refused whole, at the right place, in plain words, and never with anything else."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import CaseFileError
from medbills_desktop.exchange import json_text
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from tests.exchange.oracle import Oracle
from tests.support.cases import cases

HOSPITAL = {"id": "H", "name": "Example Hospital", "kind": "hospital"}
BASE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "people": [{"id": "P1", "name": "Pat Example"}],
    "organizations": [HOSPITAL, {"id": "I", "name": "Example Health", "kind": "insurer"}],
    "policies": [{"id": "POL1", "person": "P1", "insurer": "I"}],
    "visits": [{"id": "V1", "person": "P1", "start": "2025-01-02T09:30", "answers": {"days_present": 2}}],
    "bills": [
        {
            "id": "B1",
            "biller": "H",
            "person": "P1",
            "visit": "V1",
            "statements": [{"id": "ST1", "date": "2025-02-01", "balance": "10.00"}],
            "lines": [
                {"id": "L1", "description": "Film", "charge": "4.00", "units": "2", "modifiers": ["RT"]},
                {
                    "id": "L2",
                    "description": "Swab",
                    "date": "2025-01-02",
                    "evidence": [{"document": "D1", "page": 1, "rect": [1, 2, 3, 4.5]}],
                },
            ],
        }
    ],
    "claims": [
        {"id": "C1", "policy": "POL1", "totals": {"billed": "10.00"}, "lines": [{"id": "CL1", "billed": "1.00"}]}
    ],
    "calls": [
        {
            "id": "CALL1",
            "started": "2025-02-03T10:00",
            "minutes": 12.5,
            "bills": ["B1"],
            "claims": ["C1"],
            "promises": [{"id": "PR1", "text": "Send it", "due": "2025-02-10"}],
        }
    ],
    "letters": [{"id": "LT1", "kind": ""}, {"id": "LT2", "kind": "dispute", "answers_to": "LT1"}],
    "offers": [
        {"id": "OF1", "bill": "B1", "date": "2025-03-01", "amount": "5.00", "installments": 3, "lump_sum": False}
    ],
    "prices": [{"code": "A4215", "amount": "1.00", "source": "a list"}],
    "documents": [{"id": "D1", "file": "a.pdf", "tags": ["x"], "links": [{"type": "bill", "id": "B1", "page": 1}]}],
}


def changed(*steps: str | int, to: Any) -> str:
    tree = copy.deepcopy(BASE)
    at: Any = tree
    for step in steps[:-1]:
        at = at[step]
    if to is ...:
        del at[steps[-1]]
    else:
        at[steps[-1]] = to
    return json.dumps(tree)


REFUSED: list[tuple[tuple[str | int, ...], Any, str, str]] = [
    (("format",), "other", "$.format", "does not say that it is a case"),
    (("format",), ..., "$.format", "does not say that it is a case"),
    (("version",), ..., "$.version", "missing"),
    (("version",), True, "$.version", "missing"),
    (("version",), "1", "$.version", "reads version 1"),
    (("version",), 7, "$.version", "version 7 is newer"),
    (("surprise",), 1, "$.surprise", "not known"),
    (("today",), "2/30/2025", "$.today", "not a date"),
    (("today",), "2025-02-30", "$.today", "not a day that exists"),
    (("title",), 3, "$.title", "must be text, not a number"),
    (("people",), {}, "$.people", "must be a list, not an object"),
    (("people", 0), "Pat", "$.people[0]", "must be an object, not text"),
    (("people", 0, "name"), ..., "$.people[0]", "“name” is missing"),
    (("people", 0, "name"), "", "$.people[0].name", "empty"),
    (("people", 0, "name"), None, "$.people[0].name", "must be text, not null"),
    (("people", 0, "id"), "", "$.people[0].id", "empty"),
    (("people", 0, "odd key"), 1, '$.people[0]["odd key"]', "not known"),
    (("organizations", 1, "id"), "H", "$.organizations[1].id", "given twice"),
    (("organizations", 0, "kind"), "castle", "$.organizations[0].kind", "not one of: hospital"),
    (("organizations", 0, "nonprofit"), 1, "$.organizations[0].nonprofit", "true or false"),
    (("policies", 0, "person"), "P9", "$.policies[0].person", "no person with the id “P9”"),
    (("visits", 0, "start"), "2025-13-01", "$.visits[0].start", "not a date"),
    (("visits", 0, "start"), "2025-01-01T25:00", "$.visits[0].start", "not a date"),
    (("visits", 0, "answers", "a"), [1], "$.visits[0].answers.a", "must be a number"),
    (("visits", 0, "answers", "a"), None, "$.visits[0].answers.a", "must be a number"),
    (("bills", 0, "lines", 0, "charge"), "4.005", "$.bills[0].lines[0].charge", "two decimal places"),
    (("bills", 0, "lines", 0, "charge"), 4.0, "$.bills[0].lines[0].charge", "two decimal places"),
    (("bills", 0, "lines", 0, "charge"), "1,234.00", "$.bills[0].lines[0].charge", "two decimal places"),
    (("bills", 0, "lines", 0, "charge"), "4.00\n", "$.bills[0].lines[0].charge", "two decimal places"),
    (("bills", 0, "lines", 0, "charge"), "٤.٠٠", "$.bills[0].lines[0].charge", "two decimal places"),
    (("bills", 0, "lines", 0, "charge"), "9" * 40 + ".00", "$.bills[0].lines[0].charge", "too large"),
    (("bills", 0, "lines", 0, "units"), 2, "$.bills[0].lines[0].units", "quantity in text"),
    (("bills", 0, "lines", 0, "units"), "1e5", "$.bills[0].lines[0].units", "quantity in text"),
    (("bills", 0, "lines", 0, "units"), "1" * 99, "$.bills[0].lines[0].units", "too many digits"),
    (("bills", 0, "lines", 0, "number"), True, "$.bills[0].lines[0].number", "must be a number"),
    (("bills", 0, "lines", 0, "number"), 1.5, "$.bills[0].lines[0].number", "whole number"),
    (("bills", 0, "lines", 0, "number"), 10**18 * 99, "$.bills[0].lines[0].number", "can be kept"),
    (("bills", 0, "lines", 0, "modifiers", 0), 59, "$.bills[0].lines[0].modifiers[0]", "must be text"),
    (("bills", 0, "lines", 1, "id"), "L1", "$.bills[0].lines[1].id", "given twice"),
    (("bills", 0, "lines", 1, "description"), ..., "$.bills[0].lines[1]", "“description” is missing"),
    (("bills", 0, "lines", 1, "evidence", 0, "page"), 0, "$.bills[0].lines[1].evidence[0].page", "less than 1"),
    (("bills", 0, "lines", 1, "evidence", 0, "rect"), [1, 2], "$.bills[0].lines[1].evidence[0].rect", "2 numbers"),
    (("bills", 0, "lines", 1, "evidence", 0, "document"), "D2", "$.bills[0].lines[1].evidence[0].document", "no paper"),
    (("claims", 0, "totals", "tax"), "1.00", "$.claims[0].totals.tax", "not known"),
    (("claims", 0, "lines", 0, "tax"), "1.00", "$.claims[0].lines[0].tax", "not known"),
    (("claims", 0, "billed"), "1.00", "$.claims[0].billed", "not known"),
    (("calls", 0, "minutes"), -1, "$.calls[0].minutes", "less than 0"),
    (("calls", 0, "minutes"), "12", "$.calls[0].minutes", "must be a number, not text"),
    (("calls", 0, "bills", 0), "B2", "$.calls[0].bills[0]", "no bill with the id “B2”"),
    (("calls", 0, "bills"), ["B1", "B1"], "$.calls[0].bills[1]", "given twice"),
    (("letters", 1, "answers_to"), "LT9", "$.letters[1].answers_to", "no letter"),
    (("documents", 0, "links", 0, "type"), "castle", "$.documents[0].links[0].type", "not a kind of record"),
    (("documents", 0, "links", 0, "id"), "L1", "$.documents[0].links[0].id", "no bill with the id “L1”"),
    (("prices", 0, "id"), "X", "$.prices[0].id", "not known"),
    (("prices", 0, "source"), "", "$.prices[0].source", "empty"),
]


def test_the_case_that_is_spoiled_below_is_taken_as_it_is() -> None:
    assert json.loads(write_case(read_case(json.dumps(BASE)))) == BASE


@pytest.mark.parametrize(("steps", "to", "path", "reason"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_spoiled_case_is_refused_with_its_path_and_reason(steps: Any, to: Any, path: str, reason: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        read_case(changed(*steps, to=to))
    assert caught.value.path == path
    assert reason in caught.value.reason


HEAD = b'{"format": "medbills-case", "version": 1'
CALL = HEAD + b', "calls": [{"id": "A", "started": "2025-01-01", "minutes": %s}]}'

RAW: list[tuple[bytes, str]] = [
    (b"", "not JSON"),
    (b"\xff\xfe{}", "not UTF-8"),
    (HEAD + b",", "not JSON (line 1"),
    (b"[]", "must be an object, not a list"),
    (b"null", "must be an object, not null"),
    (b"[" * 100_000, "nested too deep"),
    (b'{"a":' * 100_000, "nested too deep"),
    (HEAD + b', "version": 1}', "given twice"),
    (HEAD + b', "people": [{"id": "A", "id": "A", "name": "x"}]}', "given twice"),
    (b'{"format": "medbills-case", "version": NaN}', "reads version 1"),
    (CALL % b"NaN", "can be kept"),
    (CALL % b"-Infinity", "can be kept"),
    (CALL % b"1e999", "can be kept"),
    (CALL % b"1e99999999999999999999", "can be kept"),
    (CALL % (b"9" * 5000), "can be kept"),
    (HEAD + b', "title": "\\ud800"}', "lone surrogate"),
    (HEAD + b', "title": "x"} more', "not JSON"),
]


@pytest.mark.parametrize(("raw", "reason"), RAW, ids=range(len(RAW)))
def test_bytes_that_are_no_case_are_refused_in_words(raw: bytes, reason: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        read_case(raw)
    assert reason in caught.value.reason


def test_a_text_over_the_limit_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "LARGEST_TEXT", 1024 * 1024)
    with pytest.raises(CaseFileError, match="larger than 1 MB"):
        read_case(b" " * (1024 * 1024 + 1))
    with pytest.raises(CaseFileError, match="larger than 1 MB"):
        read_case("é" * (600 * 1024))


def with_an_unclear_link() -> dict[str, Any]:
    tree = copy.deepcopy(BASE)
    tree["bills"].append({"id": "B2", "biller": "H", "person": "P1", "lines": [{"id": "L1", "description": "x"}]})
    tree["documents"][0]["links"] = [{"type": "line", "id": "L1"}]
    return tree


def test_a_link_by_an_id_that_two_bills_use_is_refused_as_unclear() -> None:
    with pytest.raises(CaseFileError, match="more than one line"):
        read_case(json.dumps(with_an_unclear_link()))


def test_the_second_opinion_refuses_such_a_link_too(oracle: Oracle) -> None:
    assert oracle.acceptable(BASE)
    assert not oracle.acceptable(with_an_unclear_link())


MOMENTS = ["2025-02-03", "2025-02-30", "2025-02-03T09:05", "2025-02-03T09:05:07", "2025-02-03T24:61"]
REFS = ["H", "P1", "B1", "bill", "lines", "D1", "X1", "X2", "hospital", "open", "", "x"]
SCALARS = [None, True, False, 0, 1, -1, 2.0, 1.5, "1.50", "-0.50", "1.505", "2", "0.333"]
HOLDERS = [[], {}, ["B1"], [1], [{}], {"id": "Z"}, [1, 2, 3, 4]]
ODD = st.sampled_from([*MOMENTS, *REFS, *SCALARS, *HOLDERS]).map(copy.deepcopy)
KEYS = st.sampled_from(["id", "name", "notes", "bill", "document", "date", "amount", "lines", "totals", "page", "type"])


@st.composite
def spoiled(draw: Any, trees: st.SearchStrategy[Any]) -> Any:
    """A tree with one to three random changes anywhere in it."""
    tree = copy.deepcopy(draw(trees))
    for _ in range(draw(st.integers(1, 3))):
        holders = list(_holders(tree))
        holder = holders[draw(st.integers(0, len(holders) - 1))]
        act = draw(st.sampled_from(["replace", "replace", "remove", "add", "double"]))
        if isinstance(holder, dict):
            key = draw(KEYS) if act == "add" or not holder else draw(st.sampled_from(list(holder)))
            if act == "remove" and holder:
                del holder[key]
            else:
                holder[key] = draw(ODD)
        elif act == "double" and holder:
            holder.append(copy.deepcopy(draw(st.sampled_from(holder))))
        elif act == "add" or not holder:
            holder.append(draw(ODD))
        elif act == "remove":
            holder.pop(draw(st.integers(0, len(holder) - 1)))
        else:
            holder[draw(st.integers(0, len(holder) - 1))] = draw(ODD)
    return tree


def _holders(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)


def _read(tree: Any) -> Case | None:
    try:
        return read_case(json.dumps(tree))
    except CaseFileError:
        return None


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=spoiled(st.just(BASE)))
def test_it_takes_and_refuses_exactly_what_the_schema_and_the_references_say(oracle: Oracle, tree: Any) -> None:
    assert oracle.acceptable(tree) == (_read(tree) is not None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tree=spoiled(cases().map(lambda case: json.loads(write_case(case)))))
def test_it_agrees_with_the_schema_on_any_spoiled_case(oracle: Oracle, tree: Any) -> None:
    assert oracle.acceptable(tree) == (_read(tree) is not None)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled(st.just(BASE)))
def test_what_is_left_of_a_spoiled_case_and_is_taken_comes_back_the_same(tree: Any) -> None:
    case = _read(tree)
    if case is not None:
        written = write_case(case)
        assert write_case(read_case(written)) == written


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_refused_or_read_and_nothing_else_happens(raw: bytes) -> None:
    with pytest.raises(CaseFileError):
        read_case(raw)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_case_file_with_bytes_changed_is_refused_or_read_and_nothing_else_happens(data: Any) -> None:
    raw = bytearray(json.dumps(BASE, ensure_ascii=False).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CaseFileError):
        read_case(bytes(raw))
