"""The published schema of the case format, read where it is published; tests that need it skip without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.oracle import Oracle


@pytest.fixture(scope="session")
def schema(shared: Path) -> dict[str, Any]:
    path = shared / "spec" / "case.schema.json"
    if not path.is_file():
        pytest.skip(f"the published schema of the case format is not at {path}")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def oracle(schema: dict[str, Any]) -> Oracle:
    return Oracle(schema)
