"""Where every page of a paper lies on one long strip of device pixels. Pure arithmetic, no widget.

Everything here is in device pixels (whole numbers), so that a drawn page is put on the screen without being
stretched by a fraction; the widget multiplies its own logical pixels by the screen's ratio before asking.
"""

from __future__ import annotations

import bisect
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medbills_desktop.papers.geometry import page_pixels
from medbills_desktop.papers.protocol import Box, PageSize, PixelBox
from medbills_desktop.qt.viewer.turns import turned_box, unturned_box, unturned_point

PIXELS_PER_POINT = 96 / 72
"""Logical pixels per point at 100 %."""

SMALLEST_ZOOM = 0.1
LARGEST_ZOOM = 8.0
LARGEST_FITTED = 3.0
"""Zoom 1.0 is 100 %. A page is fitted at most so large that a receipt does not fill the wall."""

LARGEST_SIDE = 200_000
"""Device pixels of a page's side; a page with a monstrous size is shown smaller instead."""


class Fit(enum.Enum):
    """How the zoom is chosen: by hand, or anew for each page whenever the view changes its size."""

    NONE = "none"
    WIDTH = "width"
    PAGE = "page"


@dataclass(frozen=True)
class Frame:
    """What the strip is laid out for: the view's size, margin and gap in device pixels, and the screen's ratio."""

    width: int
    height: int
    ratio: float = 1.0
    margin: int = 12
    gap: int = 12


@dataclass(frozen=True)
class PagePlace:
    """One page on the strip: where it lies (device pixels), its scale (device pixels per point) and turn."""

    page: int
    left: int
    top: int
    width: int
    height: int
    scale: float
    rotation: int
    size: PageSize

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def pixels_of(self, box: Box) -> tuple[float, float, float, float]:
        """Left, top, width, height on the strip of a rectangle of the unturned page, in points."""
        turned = turned_box(box, self.size, self.rotation)
        scale = self.scale
        return (
            self.left + turned.left * scale,
            self.top + turned.top * scale,
            (turned.right - turned.left) * scale,
            (turned.bottom - turned.top) * scale,
        )

    def point_of(self, x: float, y: float) -> tuple[float, float]:
        """The point of the unturned page under (x, y) of the strip; may lie outside the page."""
        across, down = (x - self.left) / self.scale, (y - self.top) / self.scale
        return unturned_point(across, down, self.size, self.rotation)

    def box_of(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The rectangle of the unturned page, in points and cut to the page, under one of the strip."""
        scale = self.scale
        turned = Box(
            (left - self.left) / scale,
            (top - self.top) / scale,
            (right - self.left) / scale,
            (bottom - self.top) / scale,
        )
        box = unturned_box(turned, self.size, self.rotation)
        width, height = self.size.width, self.size.height
        return Box(
            min(max(box.left, 0.0), width),
            min(max(box.top, 0.0), height),
            min(max(box.right, 0.0), width),
            min(max(box.bottom, 0.0), height),
        )

    def seen_part(self, left: int, top: int, right: int, bottom: int) -> PixelBox | None:
        """The part of the page inside a rectangle of the strip, in the page's own pixels; None if outside."""
        x0, y0 = max(left, self.left), max(top, self.top)
        x1, y1 = min(right, self.left + self.width), min(bottom, self.bottom)
        if x0 >= x1 or y0 >= y1:
            return None
        return PixelBox(x0 - self.left, y0 - self.top, x1 - x0, y1 - y0)


class PageLayout:
    """The strip of a paper: pages one below the other, each in the middle of the strip's width."""

    def __init__(
        self,
        sizes: Sequence[PageSize],
        frame: Frame,
        fit: Fit = Fit.WIDTH,
        zoom: float = 1.0,
        rotations: Mapping[int, int] | None = None,
    ) -> None:
        self.frame = frame
        self._sizes = sizes
        self._rotations = rotations or {}
        self._scales: list[float] = []
        self._pixels: list[tuple[int, int]] = []
        self._tops: list[int] = []
        self._lay(fit, zoom)
        self.pages = len(sizes)

    def _lay(self, fit: Fit, zoom: float) -> None:
        top = self.frame.margin
        widest = 0
        for page, size in enumerate(self._sizes, start=1):
            rotation = self._rotations.get(page, 0)
            scale = self._scale(size, rotation, fit, zoom)
            pixels = page_pixels(size, scale, rotation)
            self._scales.append(scale)
            self._pixels.append(pixels)
            self._tops.append(top)
            widest = max(widest, pixels[0])
            top += pixels[1] + self.frame.gap
        self.width = max(self.frame.width, widest + 2 * self.frame.margin)
        self.height = max(self.frame.height, top - self.frame.gap + self.frame.margin) if self._tops else 0

    def _scale(self, size: PageSize, rotation: int, fit: Fit, zoom: float) -> float:
        unit = PIXELS_PER_POINT * self.frame.ratio
        width, height = (size.height, size.width) if rotation % 180 else (size.width, size.height)
        scale = zoom * unit
        if fit is not Fit.NONE:
            scale = max(1, self.frame.width - 2 * self.frame.margin) / max(width, 1e-3)
            if fit is Fit.PAGE:
                scale = min(scale, max(1, self.frame.height - 2 * self.frame.margin) / max(height, 1e-3))
            scale = min(scale, LARGEST_FITTED * unit)
        return max(1e-4, min(scale, LARGEST_SIDE / max(width, height, 1e-3)))

    def place(self, page: int) -> PagePlace:
        """Where a page lies. Raises IndexError for a page that the paper does not have."""
        if not 1 <= page <= self.pages:
            raise IndexError(page)
        width, height = self._pixels[page - 1]
        left = max(self.frame.margin, (self.width - width) // 2)
        return PagePlace(
            page=page,
            left=left,
            top=self._tops[page - 1],
            width=width,
            height=height,
            scale=self._scales[page - 1],
            rotation=self._rotations.get(page, 0) % 360,
            size=self._sizes[page - 1],
        )

    def zoom_of(self, page: int) -> float:
        """The zoom of a page, 1.0 being 100 %."""
        return self._scales[page - 1] / (PIXELS_PER_POINT * self.frame.ratio)

    def page_at(self, y: float) -> int:
        """The page at height `y` of the strip; the one above it in a gap, the first or last one outside."""
        return max(1, bisect.bisect_right(self._tops, y)) if self._tops else 0

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages of which some part lies between two heights."""
        if not self._tops or bottom <= top:
            return range(0)
        first = self.page_at(top)
        if self._tops[first - 1] + self._pixels[first - 1][1] <= top:
            first += 1
        last = bisect.bisect_left(self._tops, bottom)
        return range(first, last + 1)

    def page_under(self, x: float, y: float) -> PagePlace | None:
        """The page under a point of the strip, None between pages."""
        if not self._tops:
            return None
        place = self.place(self.page_at(y))
        inside = place.left <= x < place.left + place.width and place.top <= y < place.bottom
        return place if inside else None

    def current_page(self, top: float, height: float) -> int:
        """The page that a person would say is in front of them: the one a third down the view."""
        return self.page_at(top + height / 3)
