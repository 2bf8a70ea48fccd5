"""The sample case as it is committed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "resources" / "sample"


@pytest.fixture(scope="session")
def case(sample: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((sample / "case.json").read_text("utf-8"))
    return loaded
