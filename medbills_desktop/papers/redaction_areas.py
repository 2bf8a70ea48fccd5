"""What is to be taken out of a page, and where: found by rule in its characters, or drawn by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.domain.redaction import Needles, takes_in
from medbills_desktop.papers.page_letters import Letter, inked_spots, text_of
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.spots import Spot, around, holds, inside, meet, middle, shared
from medbills_desktop.papers.turning import shown_point, turns_for

_TOUCHED = 0.25
"""A character of which so much lies in an area drawn by hand goes with it."""

_ABOVE, _BELOW = 0.14, 0.1
"""Shares of a character's box that hold no ink of letters and digits: what is above and below stays clear of it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area drawn by hand, in points of the page as the copy shows it."""

    kind: RedactionKind
    box: Spot


def drawn_on(kind: RedactionKind, rect: Sequence[float], shown: PageSize, turned: int) -> Drawn:
    """An area as it was drawn on the page before the person turned it, on the copy, which is `shown` turned."""
    width, height = (shown.height, shown.width) if turned % 180 else (shown.width, shown.height)
    turns = turns_for(1, turned)
    corners = [shown_point(x / width, y / height, turns) for x, y in (rect[:2], rect[2:4])]
    across, down = sorted(x * shown.width for x, _ in corners), sorted(y * shown.height for _, y in corners)
    return Drawn(kind, (across[0], down[0], across[1], down[1]))


@dataclass
class Area:
    """One thing that is taken out: its boxes and those of its characters, as the page is shown.

    `covers` are what is made black for it, known once it has been taken out.
    """

    kind: RedactionKind
    by_rule: bool
    boxes: list[Spot] = field(default_factory=list)
    letters: list[Spot] = field(default_factory=list)
    covers: list[Spot] = field(default_factory=list)


def areas_by_rule(readings: Iterable[Sequence[Letter]], needles: Needles, pictures: Sequence[Spot] = ()) -> list[Area]:
    """What the readings of a page hold that has to go. What two readings find in one place is one thing.

    Words over one of the `pictures` stand only about where they are seen, so that nothing of a number stays there.
    """
    found: list[Area] = []
    for reading in readings:
        for take in takes_in(text_of(reading), needles):
            letters = reading[take.start : take.end]
            boxes = _boxes(letters)
            if any(meet(box, picture) for box in boxes for picture in pictures):
                letters = reading[take.whole[0] : take.whole[1]]
                boxes = _boxes(letters)
            if not boxes:
                continue
            point = middle(boxes[0])
            known = next(
                (area for area in found if area.kind == take.kind and any(holds(box, *point) for box in area.boxes)),
                None,
            )
            if known is None:
                known = Area(take.kind, by_rule=True)
                found.append(known)
            known.boxes += [box for box in boxes if not any(inside(box, other) for other in known.boxes)]
            known.letters += inked_spots(letters)
    return found


def area_by_hand(drawn: Drawn, readings: Iterable[Sequence[Letter]]) -> Area:
    """The area with the characters that lie in it."""
    area = Area(drawn.kind, by_rule=False, boxes=[drawn.box])
    for reading in readings:
        area.letters += [spot for spot in inked_spots(reading) if goes_with(spot, drawn.box)]
    return area


def goes_with(letter: Spot, box: Spot) -> bool:
    """Whether enough of a character lies in a box for it to be taken out with it."""
    size = max((letter[2] - letter[0]) * (letter[3] - letter[1]), 1e-6)
    return shared(letter, box) / size >= _TOUCHED


def inked(box: Spot) -> Spot:
    """The part of a box of upright text that letters can reach, so that the lines above and below stay whole."""
    left, top, right, bottom = box
    height = bottom - top
    if height > (right - left) * 3:
        return box
    return left, top + height * _ABOVE, right, bottom - height * _BELOW


def _boxes(letters: Sequence[Letter]) -> list[Spot]:
    """One box for each stretch of characters in a line, upright, lying or slanted."""
    boxes: list[Spot] = []
    joined = False
    for char, spot in letters:
        if spot is None or char.isspace():
            joined = joined and char != "\n"
            continue
        if joined and _in_line(boxes[-1], spot):
            boxes[-1] = around(boxes[-1], spot)
        else:
            boxes.append(spot)
        joined = True
    return boxes


def _in_line(box: Spot, letter: Spot) -> bool:
    x, y = middle(letter)
    return box[0] <= x <= box[2] or box[1] <= y <= box[3]
