"""Rectangles of characters as plain tuples, since a page has thousands: left, top, right, bottom in points."""

from __future__ import annotations

from collections.abc import Sequence

Spot = tuple[float, float, float, float]
Matrix = Sequence[float]
"""Six numbers as PDF has them: a point (x, y) goes to (a x + c y + e, b x + d y + f)."""


def moved(spot: Spot, matrix: Matrix) -> Spot:
    """The rectangle under a matrix of quarter turns."""
    a, b, c, d, e, f = matrix
    x0, y0 = a * spot[0] + c * spot[1] + e, b * spot[0] + d * spot[1] + f
    x1, y1 = a * spot[2] + c * spot[3] + e, b * spot[2] + d * spot[3] + f
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def around(one: Spot, other: Spot) -> Spot:
    """The smallest rectangle that holds both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def shared(one: Spot, other: Spot) -> float:
    """The area that two rectangles share, in square points."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def meet(one: Spot, other: Spot) -> bool:
    """Whether two rectangles share anything."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def middle(spot: Spot) -> tuple[float, float]:
    """The point in the middle."""
    return (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2


def holds(spot: Spot, x: float, y: float) -> bool:
    """Whether a point lies in a rectangle."""
    return spot[0] <= x <= spot[2] and spot[1] <= y <= spot[3]


def inside(one: Spot, other: Spot) -> bool:
    """Whether the first lies in the second."""
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]
