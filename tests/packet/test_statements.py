"""The table of promises in docs/packet.md: each number once, and each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([\d, ]+) \| (.+) \| (`.+`) \|$", re.MULTILINE)


def _rows() -> list[tuple[str, str, str]]:
    _, table = (ROOT / "docs" / "packet.md").read_text(encoding="utf-8").split("## What a test holds")
    return ROW.findall(table)


def test_every_promise_has_its_row() -> None:
    numbers = [int(number) for row in _rows() for number in row[0].split(",")]
    assert len(numbers) >= 45
    assert numbers == sorted(set(numbers))
    assert set(range(1, 46)) <= set(numbers)


@pytest.mark.parametrize(("number", "tests"), [(row[0], row[2]) for row in _rows()])
def test_each_test_that_the_table_names_is_there(number: str, tests: str) -> None:
    for named in re.findall(r"`([^`]+)`", tests):
        file, name = named.split("::")
        assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE), named
