"""What each piece of a front page is – heading, paragraph, cell, link – noted while it is drawn, for screen readers.

The PDF writer can't tag. What it draws is therefore put between marks here, and the tree of what the marks stand for is
kept beside it; `structure.py` writes the tree. Whatever nobody names is a paragraph if it is text, and decoration if it
is not, so that a new kind of page can't hide its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph

from medbills_desktop.packet.bidi import has_rtl

Mark = tuple[int, int]
"""A page of the front file, from 1, and the number of a marked stretch of its content, from 0."""

DECORATION = "/Artifact BMC"
HEADER_AGAIN = "/Artifact <</Type/Pagination/Subtype/Header>> BDC"
FOOTER = "/Artifact <</Type/Pagination/Subtype/Footer>> BDC"
END = "EMC"

HEADINGS = {
    "title": "H1",
    "section": "H1",
    "slip title": "H1",
    "heading": "H2",
    "bill heading": "H2",
    "subheading": "H3",
}
"""The level of each style of `look.py` that is a heading; all other paragraphs are paragraphs."""


@dataclass(slots=True)
class Element:
    """A node of the tree. `kids` are nodes, marks, and links by their place in the recorder's list.

    `attributes` is written as it is into the file; `spoken` is how it is read where it is drawn in another order.
    """

    role: str
    kids: list[Element | Mark | int] = field(default_factory=list)
    attributes: str = ""
    title: str = ""
    spoken: str = ""
    number: int = 0
    """The number of its object, once it is written."""

    def add(self, role: str, attributes: str = "") -> Element:
        """A new node at the end of this one."""
        kid = Element(role, attributes=attributes)
        self.kids.append(kid)
        return kid


@dataclass
class Tags:
    """The tree of one pass over the front pages."""

    document: Element = field(default_factory=lambda: Element("Document"))
    marked: dict[int, list[Element]] = field(default_factory=dict)
    """For each page, the node of each of its marks."""
    turned: Mapping[str, str] = field(default_factory=dict)
    """What lines are as they are read that are drawn in another order."""

    def begin_part(self, title: str) -> None:
        self.document.add("Sect").title = title

    @property
    def here(self) -> Element:
        """The node of the part that is being drawn."""
        last = self.document.kids[-1] if self.document.kids else self.document
        return last if isinstance(last, Element) else self.document

    def speak(self, element: Element, lines: Iterable[Sequence[str]]) -> None:
        """Note how a node is read if any of its lines, each given in pieces, has words that read from the right.

        A node with a link in it is left as it is drawn, since its words would stand for the link as well.
        """
        drawn = [list(line) for line in lines]
        if any(has_rtl(piece) for line in drawn for piece in line):
            told = " ".join(self._read(line) for line in drawn)
            element.spoken = f"{element.spoken} {told}".strip()

    def _read(self, pieces: list[str]) -> str:
        """A line as it is read; what was turned may be the whole of it or some of its pieces."""
        for length in range(len(pieces), 0, -1):
            for first in range(len(pieces) - length + 1):
                found = self.turned.get(" ".join("".join(pieces[first : first + length]).split()))
                if found is not None:
                    before, after = pieces[:first], pieces[first + length :]
                    return "".join([*before, found, *after])
        return "".join(pieces)

    def mark(self, element: Element, page: int) -> str:
        """The operator that begins a new stretch of a node on a page."""
        marks = self.marked.setdefault(page, [])
        element.kids.append((page, len(marks)))
        marks.append(element)
        return _begin(element, len(marks) - 1)

    def hand_over(self, element: Element, page: int) -> str:
        """Give the stretch that was marked last to another node."""
        number = len(self.marked[page]) - 1
        self.marked[page][number].kids.pop()
        self.marked[page][number] = element
        element.kids.append((page, number))
        return _begin(element, number)


def _begin(element: Element, number: int) -> str:
    return f"/{element.role} <</MCID {number}>> BDC"


class TaggedText(PDFTextObject):  # type: ignore[misc]
    """The text of a paragraph, cut into stretches where links begin and end."""

    def __init__(self, canvas: Any, x: float, y: float, element: Element) -> None:
        super().__init__(canvas, x, y)
        self._element = element
        self._links: dict[Any, Element] = {}
        self._is_open = self._opened_now = False
        self._began = 0

    def _textOut(self, text: str, at_end: int = 0) -> None:
        self._began = len(self._code)
        self._opened_now = bool(text) and not self._is_open
        if self._opened_now:
            self._code.append(self._canvas.tags.mark(self._element, self._canvas.getPageNumber()))
            self._is_open = True
        # without a space at its end the last word of a line and the first of the next are read as one
        super()._textOut(f"{text} " if at_end and text and not has_rtl(text) else text, at_end)

    def _linkRecord(self, link: Any, what: str) -> None:
        """The writer tells after the first words of a link that it has begun, and after the last that it ends."""
        if what == "end":
            self._close()
            return
        canvas = self._canvas
        found = self._links.get(link)
        begins = [END] if self._is_open and not self._opened_now else []
        if self._opened_now:
            del self._code[self._began]
        if found is None:
            found = self._links[link] = Element("Link")
            place = len(self._element.kids) - (1 if self._opened_now else 0)
            self._element.kids.insert(place, found)
        page = canvas.getPageNumber()
        operator = canvas.tags.hand_over(found, page) if self._opened_now else canvas.tags.mark(found, page)
        self._code[self._began : self._began] = [*begins, operator]
        self._is_open = True
        canvas.waiting_links.append(found)

    def _close(self) -> None:
        if self._is_open:
            self._code.append(END)
        self._is_open = False

    def getCode(self) -> str:
        self._close()
        return str(super().getCode())


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that notes what it is; its parts on several pages are one.

    Entries of one list share `lists`, which holds the node of the list as soon as there is one.
    """

    parts: list[Element] | None = None
    lists: list[Element] | None = None

    def split(self, width: float, height: float) -> list[Any]:
        found: list[Any] = super().split(width, height)
        if len(found) > 1:
            shared = [] if self.parts is None else self.parts
            for part in found:
                part.parts, part.lists = shared, self.lists
        return found

    def beginText(self, x: float, y: float) -> Any:
        canvas = self.canv
        if getattr(canvas, "tags", None) is None:
            return super().beginText(x, y)
        element = canvas.drawn_as or self._element(canvas.tags)
        if not isinstance(element, Element):
            return super().beginText(x, y)
        if self.blPara.kind == 0 and self.blPara.link:
            element = canvas.whole_link = element.add("Link")
        canvas.tags.speak(element, _lines(self.blPara))
        return TaggedText(canvas, x, y, element)

    def drawPara(self, debug: int = 0) -> None:
        super().drawPara(debug)
        self.canv.whole_link = None

    def _element(self, tags: Tags) -> Element:
        if self.parts:
            return self.parts[0]
        element = self._new_element(tags)
        if self.parts is not None:
            self.parts.append(element)
        return element

    def _new_element(self, tags: Tags) -> Element:
        if self.lists is None:
            return tags.here.add(HEADINGS.get(self.style.name.removesuffix(" rtl"), "P"))
        if not self.lists:
            self.lists.append(tags.here.add("L"))
        return self.lists[0].add("LI").add("LBody")


def _lines(broken: Any) -> Iterable[Sequence[str]]:
    """The lines of a paragraph that is ready to be drawn, each in the pieces of one look; none where one is a link."""
    if broken.kind == 0:
        return [] if broken.link else [[" ".join(words)] for _, words in broken.lines]
    if any(getattr(piece, "link", None) for line in broken.lines for piece in line.words):
        return []
    return [[getattr(piece, "text", "") for piece in line.words] for line in broken.lines]
