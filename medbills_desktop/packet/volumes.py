"""Where a packet is cut so that each of its files stays below a size: between exhibits, else between their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.plan import SLIP, VOLUME, Break, Part, Plan
from medbills_desktop.packet.weights import Weights

MEGABYTE = 1_000_000
"""Upload limits are told in MB without saying which; this is the smaller reading, so a file fits with either."""


def limit_in_bytes(limit_mb: int) -> int:
    """The size below which each file stays. Raises `UserError` for a limit that hardly any page would fit."""
    if limit_mb < 1:
        raise UserError("The limit is less than one megabyte.", "Give a limit of 1 MB or more.")
    return limit_mb * MEGABYTE


def volume_path(out: Path, number: int, of: int) -> Path:
    """The name of one volume: `Packet - volume 2 of 3.pdf` beside where `Packet.pdf` would be."""
    return out.with_name(f"{out.stem} - volume {number:0{len(str(of))}} of {of}{out.suffix}")


def others_of_that_name(out: Path, made: Sequence[Path] = ()) -> list[Path]:
    """Files of an earlier packet of that name, whole or in volumes, that a new one would leave beside it."""
    if not out.parent.is_dir():
        return []
    start = f"{out.stem} - volume "
    found = [path for path in out.parent.iterdir() if path == out or _is_volume(path, start, out.suffix)]
    return sorted(path for path in found if path not in made)


def _is_volume(path: Path, start: str, suffix: str) -> bool:
    number, _, of = path.stem.removeprefix(start).partition(" of ")
    return path.name.startswith(start) and path.suffix == suffix and number.isdecimal() and of.isdecimal()


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stays together if it can. `pages` are those of the packet; the first `fixed` of them are never parted.

    `part` is where it begins. The pages after the fixed ones are those of the paper, from its first to its last.
    """

    part: Part
    pages: tuple[int, ...]
    fixed: int


class Cutting:
    """Fills volume after volume. `budget` is the most that one may weigh by `weights`, in bytes; a little less than
    `limit`, which is told, where files came out larger than they were weighed."""

    def __init__(self, plan: Plan, exhibits: Sequence[Exhibit], weights: Weights, budget: float, limit: int) -> None:
        self._plan, self._exhibits, self._weights = plan, exhibits, weights
        self._budget, self._limit = budget, limit
        self._base = weights.base
        self._empty = weights.of_file() + weights.of_objects(self._base)
        self._breaks: list[Break] = []
        self._there, self._size = set(self._base), self._empty

    def breaks(self) -> tuple[Break, ...]:
        """Where the second and each further volume begins.

        An exhibit stays whole where it fits into a volume of its own; one that doesn't begins where the volume before
        has room left. Raises `UserError` for a page that is larger than the limit, and for front pages that are.
        """
        before, *units = self._units()
        if not self._add(before.pages):
            raise self._too_large(
                "The packet’s own pages alone make", self._weigh(before.pages), "Choose fewer parts, or "
            )
        for unit in units:
            if self._add(unit.pages):
                continue
            if self._empty + self._weights.more(unit.pages, self._base)[0] <= self._budget:
                self._begin(Break(unit.part.key))
                self._add(unit.pages)
            elif unit.part.place is None:
                raise self._too_large(
                    f"The part “{unit.part.title}” alone makes", self._weigh(unit.pages), "Leave that part out, or "
                )
            else:
                self._part(unit, self._exhibits[unit.part.place])
        return tuple(self._breaks)

    def _part(self, unit: _Unit, exhibit: Exhibit) -> None:
        """Spread an exhibit over volumes, page by page; its slip sheet stays with its first page."""
        start = unit.fixed + 1
        if not self._add(unit.pages[:start]):
            self._begin(Break(unit.part.key))
            if not self._add(unit.pages[:start]):
                raise self._page_too_large(exhibit, 1, unit.pages[:start])
        for own, page in enumerate(unit.pages[start:], 2):
            if not self._add((page,)):
                self._begin(Break(unit.part.key, own))
                if not self._add((page,)):
                    raise self._page_too_large(exhibit, own, (page,))

    def _add(self, pages: Sequence[int]) -> bool:
        size, found = self._weights.more(pages, self._there)
        if self._size + size > self._budget:
            return False
        self._size += size
        self._there |= found
        return True

    def _begin(self, where: Break) -> None:
        self._breaks.append(where)
        self._there, self._size = set(self._base), self._empty

    def _weigh(self, pages: Sequence[int]) -> int:
        return self._empty + self._weights.more(pages, self._base)[0]

    def _page_too_large(self, exhibit: Exhibit, own: int, pages: Sequence[int]) -> UserError:
        which = f"Page {own} of exhibit {exhibit.letter} ({exhibit.title}) alone makes"
        return self._too_large(which, self._weigh(pages), "Scan it again with fewer dots per inch or in gray, or ")

    def _too_large(self, which: str, size: int, todo: str) -> UserError:
        return UserError(
            f"{which} a file of {megabytes(size)}; the limit is {megabytes(self._limit)}.",
            f"{todo}choose a larger limit.",
        )

    def _units(self) -> Iterator[_Unit]:
        """The front pages up to the first exhibit, then each exhibit and each part behind them."""
        plan, front = self._plan, list[int]()
        places = [part for part in plan.parts if not part.key.startswith(VOLUME)]
        behind = next((at for at, part in enumerate(places) if part.key.startswith(SLIP)), len(places))
        for part in places[:behind]:
            front += _own_pages(plan, part)
        yield _Unit(places[0], tuple(front), len(front))
        for part in places[behind:]:
            own = _own_pages(plan, part)
            paper = [] if part.place is None else self._pages_of(part.place)
            yield _Unit(part, (*own, *paper), len(own))

    def _pages_of(self, place: int) -> list[int]:
        return [page for first, last in self._plan.stretches(place) for page in range(first, last + 1)]


def _own_pages(plan: Plan, part: Part) -> list[int]:
    first = plan.firsts[part.key]
    return list(range(first, first + part.local_pages))


def megabytes(size: int) -> str:
    """A size in MB with one place, rounded up, so that a refusal never names the limit itself."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10:,}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10:,} MB"


def estimated(front: int, sizes: Sequence[int], limit: int) -> list[list[tuple[int, int]]]:
    """About which exhibits (their places from 0) come into which volume with how many bytes, by the same rule.

    `front` is about what a volume takes without exhibits, `limit` is in bytes. An exhibit that is split stands in
    several volumes.
    """
    room = max(limit - front, 1)
    volumes: list[list[tuple[int, int]]] = [[]]
    left = room
    for place, size in enumerate(sizes):
        if size > left and size <= room:
            volumes.append([])
            left = room
        while size > left:
            if left:
                volumes[-1].append((place, left))
            size -= left
            volumes.append([])
            left = room
        volumes[-1].append((place, size))
        left -= size
    return volumes
