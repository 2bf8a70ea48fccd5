"""Drawing without Python's search for objects that only hold each other.

That search goes through all there is, again and again, while the tree of tags grows to a million objects of which none
can go yet: a quarter of the time of a long bill, and more for each line the more lines there are.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000


@contextmanager
def kept_until_drawn() -> Iterator[None]:
    """Nothing is searched for inside; what nothing refers to any more still goes at once."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def let_go() -> None:
    """Throw away what a finished pass left behind, if it made so much that the search is worth its time."""
    if gc.get_count()[0] > _MANY:
        gc.collect()
