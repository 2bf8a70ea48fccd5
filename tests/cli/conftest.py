"""The command line as a person meets it: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.cli.main import parse, run


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Medbills = Callable[..., Ended]


@pytest.fixture
def medbills(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Medbills:
    """Run one command in this process, as the installed program would."""
    monkeypatch.setenv("MEDBILLS_HOME", str(tmp_path / "home"))

    def call(*arguments: Any) -> Ended:
        capsys.readouterr()
        try:
            code = run(parse([str(argument) for argument in arguments]))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        told = capsys.readouterr()
        return Ended(code, told.out, told.err)

    return call
