"""What is said between the program and its paper worker, as frozen values. Pure: no process, no Qt
(`framing` puts them on a pipe).

The worker (`medbills_desktop.papers.worker`) is the only process that opens papers in daily use. It reads
requests from its standard input and answers them **one at a time, in order of arrival**; whoever talks to
it decides what is asked next (visible pages first), so keep few requests under way. Each request carries a
`number` chosen by the asker; every answer repeats it. `ReadText` and `SearchText` are answered in several
pieces, the last with `done=True`; every other request gets exactly one answer. Any request may be answered
by `Refused` instead.

Conventions
    page        counted from 1, as in the case format.
    points      1/72 inch, floats, origin top left of the page *as its own file shows it* (the file's
                rotation, crop box and UserUnit applied; the viewer's extra rotation not applied).
    pixels      device pixels of the page at `zoom` (pixels per point) after the extra `rotation`; origin
                top left.
    rotation    the person's own turn of the view: 0, 90, 180 or 270 degrees clockwise on top of what the
                file says.
    document    a key of the asker's choice, for example the SHA-256 of the paper. The worker keeps a few
                papers open and reopens others by itself; after a restart of the worker each must be opened
                again.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from medbills_desktop.papers.reasons import CantShow, Notice

MAX_PIXELS = 40_000_000
"""No picture of a page is larger; a request for more is answered at a lower zoom, which the answer states."""

OPEN_SECONDS = 20.0
PAGE_SECONDS = 15.0
DOCUMENT_SECONDS = 20.0
"""How long to wait for: opening; one page (draw, thumbnail, words); the next piece of a whole-document
answer."""


class PixelFormat(enum.StrEnum):
    """Byte order of a drawn page: `bgra` is QImage.Format_ARGB32_Premultiplied (opaque), `rgb` is
    Format_RGB888."""

    BGRA = "bgra"
    RGB = "rgb"


@dataclass(frozen=True)
class PixelBox:
    """A rectangle in pixels of the zoomed, rotated page; a part outside the page is cut off."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """A rectangle in points of the page as its file shows it, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PageSize:
    """Width and height in points of the page as its file shows it (extra rotation not applied)."""

    width: float
    height: float


@dataclass(frozen=True)
class Word:
    """One printed word, its place in points, and the running number of its printed line on the page (from 0)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int


@dataclass(frozen=True)
class Hit:
    """One place where a searched text stands; more than one box when it runs over a line's end."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class OpenPaper:
    """Open the file at the absolute `path`; the worker tells its kind by the bytes. Answer: PaperOpened.

    Opening a `document` again with another password replaces it.
    """

    number: int
    document: str
    path: str
    password: str | None = None


@dataclass(frozen=True, kw_only=True)
class DrawPage:
    """Draw a page or the part `clip` of it. Answer: PageDrawn."""

    number: int
    document: str
    page: int
    zoom: float
    rotation: int = 0
    clip: PixelBox | None = None
    pixels: PixelFormat = PixelFormat.BGRA


@dataclass(frozen=True, kw_only=True)
class DrawThumbnail:
    """Draw the whole page so that its longer side has `side` pixels. Answer: PageDrawn."""

    number: int
    document: str
    page: int
    side: int = 120
    rotation: int = 0
    pixels: PixelFormat = PixelFormat.BGRA


@dataclass(frozen=True, kw_only=True)
class ReadWords:
    """The words of a page with their places. Answer: WordsRead (no words on a picture without text)."""

    number: int
    document: str
    page: int


@dataclass(frozen=True, kw_only=True)
class ReadText:
    """Plain text of `pages` pages (None: to the end) from `first_page` on. Answers: TextRead pieces."""

    number: int
    document: str
    first_page: int = 1
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class SearchText:
    """Find `needle`, letter case and runs of blanks ignored, in `pages` pages from `first_page` on.

    Stops after `limit` hits. Answers: TextFound pieces in page order.
    """

    number: int
    document: str
    needle: str
    first_page: int = 1
    pages: int | None = None
    limit: int = 1000


@dataclass(frozen=True, kw_only=True)
class ClosePaper:
    """Forget the document and free its memory. Answer: PaperClosed, also when it was not open."""

    number: int
    document: str


@dataclass(frozen=True, kw_only=True)
class Ping:
    """Ask for a sign of life. Answer: Pong."""

    number: int


@dataclass(frozen=True, kw_only=True)
class PaperOpened:
    """`sizes[i]` is the size of page i + 1; `media_type` is what the bytes are, for example application/pdf."""

    number: int
    document: str
    media_type: str
    sizes: tuple[PageSize, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True, kw_only=True)
class PageDrawn:
    """Pixels of a page or of a part of it, white where the page is empty.

    `zoom` is the one drawn with: lower than asked for when the picture would exceed MAX_PIXELS. `left`,
    `top`, `width` and `height` tell which part of the `page_width` x `page_height` pixels of the whole page
    this is. Rows are `stride` bytes apart.
    """

    number: int
    document: str
    page: int
    zoom: float
    rotation: int
    left: int
    top: int
    width: int
    height: int
    page_width: int
    page_height: int
    stride: int
    pixel_format: PixelFormat
    pixels: bytes


@dataclass(frozen=True, kw_only=True)
class WordsRead:
    """The words of a page in reading order."""

    number: int
    document: str
    page: int
    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class TextRead:
    """A piece: `texts[i]` is the text of page `first_page + i`; empty where a page has none or can't be read."""

    number: int
    document: str
    first_page: int
    texts: tuple[str, ...]
    done: bool


@dataclass(frozen=True, kw_only=True)
class TextFound:
    """A piece: hits up to and with page `through_page`."""

    number: int
    document: str
    through_page: int
    hits: tuple[Hit, ...]
    done: bool


@dataclass(frozen=True, kw_only=True)
class PaperClosed:
    """The document is forgotten."""

    number: int
    document: str


@dataclass(frozen=True, kw_only=True)
class Pong:
    """A sign of life: papers open now, and bytes in the drawing engine's own store."""

    number: int
    open_papers: int
    store_bytes: int


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The request can't be met. `document` is empty when it was about none."""

    number: int
    document: str
    reason: CantShow


Request = OpenPaper | DrawPage | DrawThumbnail | ReadWords | ReadText | SearchText | ClosePaper | Ping
Answer = PaperOpened | PageDrawn | WordsRead | TextRead | TextFound | PaperClosed | Pong | Refused


def is_last(answer: Answer) -> bool:
    """Whether no further answer to the same request follows."""
    return answer.done if isinstance(answer, TextRead | TextFound) else True
