"""A filled library, made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from medbills_desktop.store.library import Library
from tests.support.libraries import fill


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "library"
    with Library.create(folder) as library:
        fill(library, bills=30)
        library.back_up()
    return folder


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    """A closed library of thirty bills with a backup, for one test to do with as it likes."""
    return Path(shutil.copytree(filled_once, tmp_path / "library"))
