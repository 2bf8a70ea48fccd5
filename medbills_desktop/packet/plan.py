"""On which page of the finished packet each part begins; known before the last pass over the front pages draws it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

SLIP = "exhibit:"
"""Keys of exhibits are this and the place in the order, counted from 0; their first page is the slip sheet."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section or the slip sheet of an exhibit: `local_first` and `local_pages` count pages of the front file.

    `exhibit_pages` are those of the paper that follow the slip sheet.
    """

    key: str
    title: str
    local_first: int
    local_pages: int
    exhibit_pages: int = 0


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

    def packet_page(self, local: int) -> int:
        """The page in the packet of a page of the front file; unknown ones count as they come."""
        for part in self.parts:
            if part.local_first <= local < part.local_first + part.local_pages:
                return self.firsts[part.key] + local - part.local_first
        return local

    def exhibit_page(self, place: int, page: int) -> int | None:
        """The page in the packet of a page of an exhibit; its slip sheet where it has no such page."""
        part = next((part for part in self.parts if part.key == f"{SLIP}{place}"), None)
        if part is None:
            return None
        first = self.firsts[part.key]
        return first + part.local_pages + page - 1 if 1 <= page <= part.exhibit_pages else first


def plan_of(parts: list[tuple[str, str, int]], local_pages: int, exhibit_pages: tuple[int, ...]) -> Plan:
    """The plan that follows from where the parts began in one pass (key, title, local page) and the papers' pages."""
    planned = []
    ends = [first for _, _, first in parts[1:]] + [local_pages + 1]
    for (key, title, first), end in zip(parts, ends, strict=True):
        own = exhibit_pages[int(key.removeprefix(SLIP))] if key.startswith(SLIP) else 0
        planned.append(Part(key, title, first, end - first, own))
    return Plan(tuple(planned))
