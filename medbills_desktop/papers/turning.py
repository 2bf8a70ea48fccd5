"""The eight ways a picture can lie, for photographs that say which way is up and for turned views. Pure
Pillow."""

from __future__ import annotations

from PIL import Image

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the width and height, 0 to 1."""

_Turn = Image.Transpose

EXIF: dict[int, _Turn] = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""What makes a stored picture upright, by the orientation number of the Exif standard (1 and unknown:
nothing)."""

VIEW: dict[int, _Turn] = {90: _Turn.ROTATE_270, 180: _Turn.ROTATE_180, 270: _Turn.ROTATE_90}
"""What turns a picture clockwise by so many degrees (Pillow counts the other way round)."""

_SIDEWAYS = frozenset({_Turn.TRANSPOSE, _Turn.ROTATE_270, _Turn.TRANSVERSE, _Turn.ROTATE_90})

ORIENTATION_TAG = 0x0112


def turns_for(orientation: int, rotation: int) -> list[_Turn]:
    """The steps from the stored picture to the one shown, in order."""
    return [step for step in (EXIF.get(orientation), VIEW.get(rotation % 360)) if step is not None]


def is_sideways(turns: list[_Turn]) -> bool:
    """Whether width and height change places."""
    return sum(turn in _SIDEWAYS for turn in turns) % 2 == 1


def stored_rect(shown: Rect, turns: list[_Turn]) -> Rect:
    """Where in the stored picture a rectangle of the shown one comes from."""
    left, top, right, bottom = shown
    for turn in reversed(turns):
        step = _AFFINE[_INVERSE.get(turn, turn)]
        (x0, y0), (x1, y1) = _applied(step, left, top), _applied(step, right, bottom)
        left, top, right, bottom = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return left, top, right, bottom


def shown_point(x: float, y: float, turns: list[_Turn]) -> tuple[float, float]:
    """Where a point of the stored picture is shown; both as shares of width and height, from the top left."""
    for turn in turns:
        x, y = _applied(_AFFINE[turn], x, y)
    return x, y


_AFFINE: dict[_Turn, tuple[int, int, int, int, int, int]] = {
    _Turn.FLIP_LEFT_RIGHT: (-1, 0, 1, 0, 1, 0),
    _Turn.FLIP_TOP_BOTTOM: (1, 0, 0, 0, -1, 1),
    _Turn.ROTATE_180: (-1, 0, 1, 0, -1, 1),
    _Turn.TRANSPOSE: (0, 1, 0, 1, 0, 0),
    _Turn.TRANSVERSE: (0, -1, 1, -1, 0, 1),
    _Turn.ROTATE_270: (0, -1, 1, 1, 0, 0),
    _Turn.ROTATE_90: (0, 1, 0, -1, 0, 1),
}
"""(a, b, c, d, e, f): a point (x, y) goes to (a x + b y + c, d x + e y + f)."""

_INVERSE = {_Turn.ROTATE_270: _Turn.ROTATE_90, _Turn.ROTATE_90: _Turn.ROTATE_270}


def _applied(step: tuple[int, int, int, int, int, int], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = step
    return a * x + b * y + c, d * x + e * y + f
