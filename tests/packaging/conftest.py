"""The set-up scripts as modules, loaded from where they lie (they belong to no package)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("system_libraries", "environment", "run", "test")


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """The four scripts, freshly loaded; the standard library's own `test` is left as it was."""
    before = {name: sys.modules.pop(name, None) for name in SCRIPTS}
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    yield {name: importlib.import_module(name) for name in SCRIPTS}
    for name, module in before.items():
        sys.modules.pop(name, None)
        if module is not None:
            sys.modules[name] = module
