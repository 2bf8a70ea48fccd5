"""One worker for the tests of a file: starting it is what costs most."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from medbills_desktop.papers.client import PaperReader


@pytest.fixture(scope="module")
def reader() -> Iterator[PaperReader]:
    with PaperReader() as reader:
        yield reader
