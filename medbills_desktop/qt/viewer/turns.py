"""Points of a page to points of the page as the person turned it, and back. Pure arithmetic."""

from __future__ import annotations

from medbills_desktop.papers.protocol import Box, PageSize


def turned_point(x: float, y: float, size: PageSize, rotation: int) -> tuple[float, float]:
    """Where (x, y) of an unturned page of `size` lies when the page is turned clockwise by `rotation`."""
    match rotation % 360:
        case 90:
            return size.height - y, x
        case 180:
            return size.width - x, size.height - y
        case 270:
            return y, size.width - x
    return x, y


def unturned_point(x: float, y: float, size: PageSize, rotation: int) -> tuple[float, float]:
    """The way back: `size` is still that of the unturned page."""
    match rotation % 360:
        case 90:
            return y, size.height - x
        case 180:
            return size.width - x, size.height - y
        case 270:
            return size.width - y, x
    return x, y


def turned_box(box: Box, size: PageSize, rotation: int) -> Box:
    """A rectangle of the unturned page as it lies on the turned one."""
    one = turned_point(box.left, box.top, size, rotation)
    other = turned_point(box.right, box.bottom, size, rotation)
    return box_between(one, other)


def unturned_box(box: Box, size: PageSize, rotation: int) -> Box:
    """The way back."""
    one = unturned_point(box.left, box.top, size, rotation)
    other = unturned_point(box.right, box.bottom, size, rotation)
    return box_between(one, other)


def box_between(one: tuple[float, float], other: tuple[float, float]) -> Box:
    """The rectangle with two opposite corners, whichever they are."""
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
