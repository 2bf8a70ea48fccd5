"""On which page of the finished packet each part begins; known before the last pass over the front pages draws it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

SLIP = "exhibit:"
"""Keys of exhibits are this and the place in the order, counted from 0; their first page is the slip sheet."""
VOLUME = "volume:"
"""Keys of the sheets with which further volumes begin are this and the number of the volume, from 2."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a volume begins: before the part with that key, or (`own` above 0) before that page of its exhibit."""

    key: str
    own: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of a packet, with its first and last page; pages count through all volumes."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section or the slip sheet of an exhibit: `local_first` and `local_pages` count pages of the front file.

    `exhibit_pages` are those of the paper at `place` that follow, from its page `own_first`: behind a slip sheet, or
    behind the sheet of a volume that goes on with the exhibit before.
    """

    key: str
    title: str
    local_first: int
    local_pages: int
    exhibit_pages: int = 0
    place: int | None = None
    own_first: int = 1


@dataclass(frozen=True)
class Plan:
    """The order of pages. All pages count from 1."""

    parts: tuple[Part, ...] = ()

    @cached_property
    def firsts(self) -> dict[str, int]:
        """The first page of each part in the packet."""
        firsts, page = {}, 1
        for part in self.parts:
            firsts[part.key] = page
            page += part.local_pages + part.exhibit_pages
        return firsts

    @cached_property
    def pages(self) -> int:
        return sum(part.local_pages + part.exhibit_pages for part in self.parts)

    def part_at(self, page: int) -> int:
        """The place among the parts of the one in which a page of the packet stands."""
        return bisect_right(self._first_pages, page) - 1

    @cached_property
    def _first_pages(self) -> list[int]:
        return [self.firsts[part.key] for part in self.parts]

    def packet_page(self, local: int) -> int:
        """The page in the packet of a page of the front file; unknown ones count as they come."""
        for part in self.parts:
            if part.local_first <= local < part.local_first + part.local_pages:
                return self.firsts[part.key] + local - part.local_first
        return local

    def exhibit_page(self, place: int, page: int) -> int | None:
        """The page in the packet of a page of an exhibit; its slip sheet where it has no such page."""
        parts = self._holding.get(place)
        if parts is None:
            return None
        for part in parts:
            if part.own_first <= page < part.own_first + part.exhibit_pages:
                return self.firsts[part.key] + part.local_pages + page - part.own_first
        return self.firsts[parts[0].key]

    def stretches(self, place: int) -> list[tuple[int, int]]:
        """First and last packet page of each unbroken row of pages of an exhibit; more than one where it is split."""
        first = [(self.firsts[each.key] + each.local_pages, each) for each in self._holding.get(place, ())]
        return [(page, page + each.exhibit_pages - 1) for page, each in first if each.exhibit_pages]

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The files of the packet, one or more."""
        firsts = [1, *(self.firsts[part.key] for part in self.parts if part.key.startswith(VOLUME))]
        lasts = [first - 1 for first in firsts[1:]] + [self.pages]
        return tuple(Volume(number, *ends) for number, ends in enumerate(zip(firsts, lasts, strict=True), 1))

    def volume_of(self, page: int) -> int:
        """The number of the volume in which a page of the packet stands."""
        return bisect_right([volume.first for volume in self.volumes], page)

    @cached_property
    def _holding(self) -> dict[int, list[Part]]:
        """The parts that hold pages of each exhibit, its slip sheet first."""
        found: dict[int, list[Part]] = {}
        for part in self.parts:
            if part.place is not None:
                found.setdefault(part.place, []).append(part)
        return found


def plan_of(
    parts: list[tuple[str, str, int]], local_pages: int, exhibit_pages: tuple[int, ...], breaks: tuple[Break, ...] = ()
) -> Plan:
    """The plan that follows from where the parts began in one pass (key, title, local page) and the papers' pages.

    `breaks` say where the volumes from the second on begin.
    """
    planned = []
    ends = [first for _, _, first in parts[1:]] + [local_pages + 1]
    for (key, title, first), end in zip(parts, ends, strict=True):
        place, own_first, own = _held(key, exhibit_pages, breaks)
        planned.append(Part(key, title, first, end - first, own, place, own_first))
    return Plan(tuple(planned))


def parts_in(plan: Plan, volume: Volume) -> list[Part]:
    """The parts that begin in a volume, its sheet first."""
    return [part for part in plan.parts if volume.first <= plan.firsts[part.key] <= volume.last]


def _held(key: str, exhibit_pages: tuple[int, ...], breaks: tuple[Break, ...]) -> tuple[int | None, int, int]:
    """The exhibit whose pages follow a part, from which of its pages on, and how many."""
    exhibit, own_first = key, 1
    if key.startswith(VOLUME):
        begins = breaks[int(key.removeprefix(VOLUME)) - 2]
        if not begins.own:
            return None, 1, 0
        exhibit, own_first = begins.key, begins.own
    if not exhibit.startswith(SLIP):
        return None, 1, 0
    place = int(exhibit.removeprefix(SLIP))
    later = [each.own for each in breaks if each.key == exhibit and each.own > own_first]
    return place, own_first, min(later, default=exhibit_pages[place] + 1) - own_first
