"""Faults of the reading engines turned into the closed set of reasons. Used only where papers are opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from medbills_desktop.papers.reasons import PaperRefusedError, Why, refused

_MEMORY_WORDS = ("malloc", "calloc", "realloc", "out of memory", "overly large", "too large", "decompression bomb")


@contextmanager
def refusing(otherwise: Why) -> Iterator[None]:
    """Whatever an engine raises inside becomes PaperRefusedError: `too-large` for want of memory, else
    `otherwise`.

    The engines document no closed list of exceptions (an HTML page renamed .pdf raised AssertionError),
    hence the broad catch, here and nowhere else.
    """
    try:
        yield
    except PaperRefusedError:
        raise
    except MemoryError as fault:
        raise refused(Why.TOO_LARGE) from fault
    except Exception as fault:
        said = str(fault).lower()
        raise refused(Why.TOO_LARGE if any(word in said for word in _MEMORY_WORDS) else otherwise) from fault
