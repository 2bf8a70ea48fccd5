"""What the program finds in the sample case: what was planted, to the cent, and nothing of that kind besides."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.cli.main import parse, run
from medbills_desktop.commands.sample import make_sample

PLANTED = json.loads((Path(__file__).parent / "expected_findings.json").read_text("utf-8"))
NAMED = ("lines", "claims", "payments", "calls")


@pytest.fixture
def found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, Any]]]:
    """The findings of `medbills check` on the sample case, as other programs read them."""
    make_sample(tmp_path / "sample")

    def check() -> list[dict[str, Any]]:
        capsys.readouterr()
        assert run(parse(["check", "--library", str(tmp_path / "sample"), "--json"])) == 0
        findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
        return findings

    return check


def test_the_program_finds_exactly_what_was_planted(found: Callable[[], list[dict[str, Any]]]) -> None:
    findings, planted = found(), PLANTED["expect"]
    kinds = {row["check"] for row in planted}
    of_these = [row for row in findings if row["check"] in kinds]
    assert len(of_these) == len(planted), [row["title"] for row in of_these]
    for row in planted:
        wanted = {key: value for key, value in row.items() if key not in NAMED}
        named = {key: set(row[key]) for key in NAMED if key in row}
        hits = [
            finding
            for finding in of_these
            if wanted == {key: finding[key] for key in wanted}
            and all(ids <= set(finding[key]) for key, ids in named.items())
        ]
        assert len(hits) == 1, row


def test_the_bill_that_is_right_in_everything_is_not_complained_about(
    found: Callable[[], list[dict[str, Any]]],
) -> None:
    loud = [
        row["title"] for row in found() if row["bill"] in PLANTED["silent_bills"] and row["level"] in ("fact", "strong")
    ]
    assert PLANTED["silent_bills"]
    assert loud == []
