"""Each field of each scenario taken away in turn: no check trips, and no figures part that did not part before."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.exchange.case_reading import read_case
from tests.checks.test_shared_cases import NAMES
from tests.support.small_cases import TODAY, raise_fault

Way = tuple[str | int, ...]
FIELDS_AT_LEAST = 10
"""Of every scenario so many fields can be missing; fewer would mean that the test looks at nothing."""


def ways(part: Any, before: Way = ()) -> Iterator[Way]:
    """The way to every field and to every record of a list, the outer ones first."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield (*before, key)
        yield from ways(value, (*before, key))


def without(raw: dict[str, Any], way: Way) -> tuple[dict[str, Any], bool]:
    """The scenario without one field, and whether that was a single value rather than a record or a list of them."""
    changed = copy.deepcopy(raw)
    home: Any = changed
    for key in way[:-1]:
        home = home[key]
    value = home[way[-1]]
    del home[way[-1]]
    return changed, not isinstance(value, dict | list)


def facts_of(case: Case) -> set[tuple[str, int | None]]:
    found = run_checks(case, case.today or TODAY, on_fault=raise_fault)
    return {(one.check, one.amount) for one in found if one.level == "fact"}


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_is_missing_is_not_known_and_makes_no_new_fact(shared: Path, name: str) -> None:
    raw = json.loads((shared / "cases" / name / "case.json").read_text("utf-8"))
    before = facts_of(read_case(json.dumps(raw).encode()))
    looked_at = 0
    for way in ways(raw):
        changed, single = without(raw, way)
        try:
            case = read_case(json.dumps(changed).encode())
        except UserError:
            continue
        looked_at += 1
        found = facts_of(case)
        assert not single or found <= before, (way, found - before)
    assert looked_at >= FIELDS_AT_LEAST
