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
    for turn in reversed(turns):
        shown = _before(shown, turn)
    return shown


def _before(rect: Rect, turn: _Turn) -> Rect:
    left, top, right, bottom = rect
    match turn:
        case _Turn.FLIP_LEFT_RIGHT:
            return 1 - right, top, 1 - left, bottom
        case _Turn.FLIP_TOP_BOTTOM:
            return left, 1 - bottom, right, 1 - top
        case _Turn.ROTATE_180:
            return 1 - right, 1 - bottom, 1 - left, 1 - top
        case _Turn.TRANSPOSE:
            return top, left, bottom, right
        case _Turn.TRANSVERSE:
            return 1 - bottom, 1 - right, 1 - top, 1 - left
        case _Turn.ROTATE_270:
            return top, 1 - right, bottom, 1 - left
        case _Turn.ROTATE_90:
            return 1 - bottom, left, 1 - top, right
    raise ValueError(turn)
