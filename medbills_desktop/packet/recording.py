"""What is noted while front pages are drawn: where each part begins, where links lie and where they lead.

The PDF writer's own links can't reach pages that are merged later, so rectangles are kept here and become links in the
finished file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from medbills_desktop.packet.fonts import REGULAR
from medbills_desktop.packet.tagging import DECORATION, END, Element, TaggedText, Tags

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A rectangle on a front page (counted from 1 in the front file) and the name of the place where it leads."""

    page: int
    rectangle: Rectangle
    target: str


@dataclass
class Recorder:
    """Collects parts, anchors and links of one pass over the front pages, and the code bytes of stamps."""

    parts: list[tuple[str, str, int]] = field(default_factory=list)
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)
    links: list[DrawnLink] = field(default_factory=list)
    tags: Tags = field(default_factory=Tags)


class RecordingCanvas(Canvas):  # type: ignore[misc]
    """A canvas that records links instead of writing them, and puts marks around all that it draws.

    `drawn_as` says what text drawn next is: a node, or an operator for what is none; without it, a paragraph.
    """

    recorder: Recorder
    tags: Tags
    drawn_as: Element | str | None = None
    whole_link: Element | None = None
    """The link to which the next rectangles belong; those of links inside a text wait in `waiting_links`."""
    waiting_links: list[Element]

    def drawText(self, text: Any) -> None:
        if isinstance(text, TaggedText):
            super().drawText(text)
            return
        node = self.drawn_as or self.tags.here.add("P")
        self._code.append(node if isinstance(node, str) else self.tags.mark(node, self.getPageNumber()))
        super().drawText(text)
        self._code.append(END)

    def line(self, *ends: float) -> None:
        self._code.append(DECORATION)
        super().line(*ends)
        self._code.append(END)

    def rect(self, *sides: float, **options: Any) -> None:
        self._code.append(DECORATION)
        super().rect(*sides, **options)
        self._code.append(END)

    def linkRect(
        self, _text: str, target: str, rectangle: Rectangle, *_: object, relative: int = 1, **__: object
    ) -> None:
        left, bottom, right, top = rectangle
        if relative:
            left, bottom = self.absolutePosition(left, bottom)
            right, top = self.absolutePosition(right, top)
        link = self.waiting_links.pop(0) if self.waiting_links else self.whole_link or self.tags.here.add("Link")
        link.kids.append(len(self.recorder.links))
        self.recorder.links.append(DrawnLink(self.getPageNumber(), (left, bottom, right, top), target))


class PartStart(Flowable):  # type: ignore[misc]
    """Takes no room; notes that a part of the packet begins on this page."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self.key, self.title = key, title
        self.width = self.height = 0

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.tags.begin_part(self.title)
        self.canv.recorder.parts.append((self.key, self.title, self.canv.getPageNumber()))


class Anchor(Flowable):  # type: ignore[misc]
    """Takes no room; notes a place to which links can lead."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.width = self.height = 0
        self.keepWithNext = 1

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        top = self.canv.absolutePosition(0, 0)[1]
        self.canv.recorder.anchors.setdefault(self.name, (self.canv.getPageNumber(), top))


def canvas_maker(recorder: Recorder) -> Any:
    """A factory of canvases, as the PDF writer wants one, all of which note into `recorder`."""

    def make(*args: Any, **options: Any) -> RecordingCanvas:
        canvas = RecordingCanvas(*args, **{**options, "initialFontName": REGULAR})
        canvas.recorder, canvas.tags, canvas.waiting_links = recorder, recorder.tags, []
        return canvas

    return make
