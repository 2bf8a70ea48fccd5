"""Where things stand on a page of any size and rotation: the page as it is seen, and the way back to its own units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BAND = 0.0588
"""Height of the band for the stamp, as a share of the measure of the page: 36 points on a Letter page."""

MARKED_BAND = 0.09
"""The same on a page with marks, whose line numbers stand in the wider margin that it leaves."""

_STRIP, _MOST = 0.55, 2.0
"""What a wide strip is measured by: this share of its width, but at most so many times its height."""

_LEFT_SHARE = 0.8
_DEEPEST = 60
_SMALLEST, _LARGEST = 0.1, 1e6
_LETTER = (0.0, 0.0, 612.0, 792.0)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible box of a page in its own units, and its rotation (0, 90, 180 or 270 degrees clockwise).

    *Seen* coordinates have their origin in the lower left corner of the page as a reader shows it, x to the right and y
    up, in the page's own units (which `user_unit` multiplies to points).
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    user_unit: float = 1.0
    band: float = BAND

    @property
    def width(self) -> float:
        """Seen width."""
        return self.top - self.bottom if self.rotation % 180 else self.right - self.left

    @property
    def height(self) -> float:
        """Seen height."""
        return self.right - self.left if self.rotation % 180 else self.top - self.bottom

    @property
    def shorter(self) -> float:
        return min(self.width, self.height)

    @property
    def measure(self) -> float:
        """What the sizes of the stamp are shares of: the shorter side, more on a wide strip.

        A strip that is printed is made to fit the sheet by its width; measured by its height its stamp would be too
        small to be read there.
        """
        return min(max(self.shorter, _STRIP * self.width), _MOST * self.shorter)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The matrix from seen coordinates to the page's own."""
        if self.rotation == 90:
            return (0, 1, -1, 0, self.right, self.bottom)
        if self.rotation == 180:
            return (-1, 0, 0, -1, self.right, self.top)
        if self.rotation == 270:
            return (0, -1, 1, 0, self.left, self.top)
        return (1, 0, 0, 1, self.left, self.bottom)

    def own(self, x: float, y: float) -> tuple[float, float]:
        """A seen point in the page's own coordinates."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    # The page made smaller, so that the stamp has a band of its own

    @property
    def shrink(self) -> float:
        """The factor by which the page is made smaller: about 0.95, on pages with marks about 0.93."""
        return 1 - self.band * self.measure / self.height

    def shrunk(self, x: float, y: float) -> tuple[float, float]:
        """Where a seen point of the whole page stands on the page made smaller: at the top, towards the right."""
        return self.shrink * x + self.left_margin, self.shrink * y + self.height * (1 - self.shrink)

    @property
    def left_margin(self) -> float:
        """What is free at the left of the page made smaller: most of the room won, for line numbers and holes."""
        return self.width * (1 - self.shrink) * _LEFT_SHARE

    @property
    def shrink_matrix(self) -> tuple[float, float, float, float, float, float]:
        """The same as a matrix in the page's own coordinates."""
        factor = self.shrink
        before_x, before_y = self.own(0, 0)
        after_x, after_y = self.own(*self.shrunk(0, 0))
        return (factor, 0, 0, factor, after_x - factor * before_x, after_y - factor * before_y)


def page_frame(page: Any) -> PageFrame:
    """The frame of a page dictionary; boxes that make no sense are replaced by the next best."""
    media = _box(inherited(page, "/MediaBox")) or _LETTER
    crop = _box(inherited(page, "/CropBox")) or media
    shared = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    box = shared if _is_sane(shared) else media
    return PageFrame(*box, rotation=_rotation(inherited(page, "/Rotate")), user_unit=_unit(page.get("/UserUnit")))


def inherited(page: Any, key: str) -> Any:
    """A page's entry, or that of the nearest node above it in the page tree that has one."""
    node = page
    for _ in range(_DEEPEST):
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
        if node is None:
            return None
    return None


def _box(value: Any) -> tuple[float, float, float, float] | None:
    try:
        numbers = [float(number) for number in value]
    except (TypeError, ValueError):
        return None
    if len(numbers) != 4:
        return None
    left, right = sorted((numbers[0], numbers[2]))
    bottom, top = sorted((numbers[1], numbers[3]))
    box = (left, bottom, right, top)
    return box if _is_sane(box) else None


def _is_sane(box: tuple[float, float, float, float]) -> bool:
    return all(_SMALLEST < side < _LARGEST for side in (box[2] - box[0], box[3] - box[1]))


def _rotation(value: Any) -> int:
    try:
        return round(float(value) / 90) * 90 % 360
    except (TypeError, ValueError):
        return 0


def _unit(value: Any) -> float:
    try:
        unit = float(value)
    except (TypeError, ValueError):
        return 1.0
    return unit if 0 < unit < _LARGEST else 1.0
