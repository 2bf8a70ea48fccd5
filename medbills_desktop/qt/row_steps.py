"""How one list of rows becomes another with the fewest signals, so that what is chosen on screen stays chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowSteps:
    """First `replaced` rows from `first` on get other contents, then `inserted` rows come in after them, or `removed`
    rows after them go. At most one of the two is above zero.
    """

    first: int
    replaced: int
    inserted: int
    removed: int


def row_steps(old: Sequence[int], new: Sequence[int], blank: int = 0) -> RowSteps | None:
    """The steps from one list of ids to another; `None` where they are the same.

    The blank row (with the id `blank`) is where new lines are typed. A line that appears right before it is the blank
    row turned into a line, with a fresh blank row below; a line that goes from right before it is the opposite.
    """
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    if first == len(old) == len(new):
        return None
    same = 0
    while same < min(len(old), len(new)) - first and old[len(old) - 1 - same] == new[len(new) - 1 - same]:
        same += 1
    gone, come = len(old) - first - same, len(new) - first - same
    if same and old[len(old) - same] == blank and not (gone and come):
        gone, come = gone + 1, come + 1
    both = min(gone, come)
    return RowSteps(first, both, come - both, gone - both)
