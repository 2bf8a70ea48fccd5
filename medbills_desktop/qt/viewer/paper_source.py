"""The paper that a viewer shows, as the worker tells of it: its sizes, pieces of pages, words, hits, refusals.

It asks for what the views in front of it need at the moment the worker is free (see `asking`).
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from medbills_desktop.papers.protocol import (
    Answer,
    DrawPage,
    DrawThumbnail,
    OpenPaper,
    PageDrawn,
    PaperOpened,
    ReadWords,
    Refused,
    Request,
    SearchText,
    TextFound,
    Word,
    WordsRead,
)
from medbills_desktop.papers.reasons import CantShow
from medbills_desktop.qt.viewer.asking import Urgency
from medbills_desktop.qt.viewer.page_images import PageImages, SmallPictures, image_of
from medbills_desktop.qt.viewer.paper_search import PaperSearch
from medbills_desktop.qt.viewer.tiles import Tile
from medbills_desktop.qt.viewer.worker_link import WorkerLink

_MOST_PAGES_OF_WORDS = 200


class Needs(Protocol):
    """What a view needs of the paper now, the most wanted first."""

    def needed_tiles(self, ahead: bool) -> Iterable[tuple[Tile, float]]:
        """Pieces, each with its scale in device pixels per point: those in sight, or those next in sight."""

    def needed_words(self) -> Iterable[int]:
        """Pages whose words are needed."""

    def needed_thumbnails(self) -> Iterable[int]:
        """Pages whose small picture is in sight."""

    def needed_stand_ins(self) -> Iterable[int]:
        """Pages whose small picture may be needed soon."""


class PaperSource(QObject):
    """One paper at a time. `changed`: another paper, or it was opened or refused; `drawn` carries the page
    number of a new picture, `words_read` of new words; `found` that the search went on."""

    changed = Signal()
    drawn = Signal(object)
    words_read = Signal(object)
    found = Signal(object)

    def __init__(self, link: WorkerLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.images = PageImages()
        self.small = SmallPictures()
        self.document = ""
        self.opened: PaperOpened | None = None
        self.refusal: CantShow | None = None
        self.refused_pages: dict[int, CantShow] = {}
        self.search: PaperSearch | None = None
        self.rotations: dict[int, int] = {}
        self._link = link
        self._path = Path()
        self._password: str | None = None
        self._needs: list[Needs] = []
        self._without_small: set[int] = set()
        self._words: OrderedDict[int, tuple[Word, ...]] = OrderedDict()
        link.join(self)

    def serve(self, needs: Needs) -> None:
        """Ask for what a view needs, from now on."""
        self._needs.append(needs)

    def close(self) -> None:
        """Ask for nothing any more."""
        self._link.leave(self)
        self._needs.clear()

    def wake(self) -> None:
        """The views need something else now."""
        if self.document:
            self._link.wake()

    @property
    def pages(self) -> int:
        return self.opened.pages if self.opened is not None else 0

    def shows(self, path: Path) -> bool:
        """Whether this file, as it is now, is shown (or refused) already."""
        return self.document == _document_key(path)

    def show(self, path: Path) -> None:
        """Change to another paper; one that was opened before in this session is there at once."""
        self.document = _document_key(path)
        self._path = path
        self._password = None
        self._reset()
        self.opened = self._link.opened(self.document)
        self._link.join(self)
        self.changed.emit()

    def leave(self) -> None:
        """Show no paper."""
        self.document = ""
        self._reset()
        self.changed.emit()

    def try_again(self, password: str | None = None) -> None:
        """Open the paper anew, with a password when one was typed."""
        self._link.forget(self.document)
        self._password = password
        self._reset()
        self.changed.emit()
        self._link.wake()

    def _reset(self) -> None:
        self.opened = None
        self.refusal = None
        self.search = None
        self.refused_pages = {}
        self._without_small.clear()
        self._words.clear()

    def look_for(self, needle: str, first_page: int) -> None:
        """Search the paper, from its start; the first hit from `first_page` on is pointed out."""
        self.search = PaperSearch(self.document, needle, self.pages, first_page) if needle.strip() else None
        self.found.emit(False)
        self.wake()

    def words(self, page: int) -> tuple[Word, ...] | None:
        """The words of a page; None as long as they are not known."""
        words = self._words.get(page)
        if words is not None:
            self._words.move_to_end(page)
        return words

    def wish(self, urgency: Urgency) -> Request | None:
        if not self.document or self.refusal is not None:
            return None
        if self.opened is None:
            return self._opening() if urgency is Urgency.OPENING else None
        match urgency:
            case Urgency.VISIBLE:
                return next(self._missing_tiles(ahead=False), None)
            case Urgency.AHEAD:
                return next(self._missing_tiles(ahead=True), None)
            case Urgency.WORDS:
                return next(self._missing_words(), None)
            case Urgency.SEARCH:
                return self.search.request() if self.search is not None else None
            case Urgency.THUMBNAILS:
                return next(self._missing_small(need.needed_thumbnails() for need in self._needs), None)
            case Urgency.STAND_INS:
                return next(self._missing_small(need.needed_stand_ins() for need in self._needs), None)
        return None

    def still_wants(self, request: Request) -> bool:
        if getattr(request, "document", None) != self.document:
            return False
        if isinstance(request, DrawPage):
            return self._tile_of(request) is not None
        if isinstance(request, SearchText):
            return self.search is not None and self.search.needle == request.needle
        return True

    def take(self, request: Request, answer: Answer) -> None:
        if getattr(request, "document", None) != self.document:
            self._keep_late(request, answer)
            return
        match request, answer:
            case OpenPaper(), PaperOpened():
                self._now_open(answer)
            case OpenPaper(), Refused():
                self.opened, self.refusal = None, answer.reason
                self.changed.emit()
            case ((DrawPage() | DrawThumbnail()), PageDrawn()):
                self._keep(request, answer)
                self.drawn.emit(answer.page)
            case ((DrawPage() | DrawThumbnail()), Refused()):
                self._without_small.add(request.page)
                self.refused_pages[request.page] = answer.reason
                self.drawn.emit(request.page)
            case ReadWords(), (WordsRead() | Refused()):
                self._keep_words(request.page, answer.words if isinstance(answer, WordsRead) else ())
            case SearchText(), (TextFound() | Refused()):
                self._search_on(request, answer)

    def _opening(self) -> OpenPaper:
        return OpenPaper(number=0, document=self.document, path=str(self._path), password=self._password)

    def _now_open(self, answer: PaperOpened) -> None:
        again = self.opened is not None
        self.opened, self.refusal, self._password = answer, None, None
        if not again:
            self.changed.emit()

    def _tiles(self, ahead: bool) -> Iterator[tuple[Tile, float]]:
        for need in self._needs:
            yield from need.needed_tiles(ahead)

    def _missing_tiles(self, ahead: bool) -> Iterator[DrawPage]:
        """Pieces not held; those ahead only while they fit beside what is in sight."""
        room = self.images.most_bytes * 3 // 4
        if ahead:
            room -= sum(tile.bytes for tile, _ in self._tiles(ahead=False))
        for tile, scale in self._tiles(ahead):
            room -= tile.bytes
            if ahead and room < 0:
                return
            if self.images.get(tile) is None and tile.page not in self.refused_pages:
                yield tile.request(scale)

    def _missing_words(self) -> Iterator[ReadWords]:
        for need in self._needs:
            for page in need.needed_words():
                if self.words(page) is None and page not in self.refused_pages:
                    yield ReadWords(number=0, document=self.document, page=page)

    def _missing_small(self, needs: Iterable[Iterable[int]]) -> Iterator[DrawThumbnail]:
        for page in itertools.chain.from_iterable(needs):
            rotation = self.rotations.get(page, 0)
            if page in self._without_small or self.small.get(self.document, page, rotation) is not None:
                continue
            yield DrawThumbnail(number=0, document=self.document, page=page, side=self.small.side, rotation=rotation)

    def _keep(self, request: DrawPage | DrawThumbnail, drawn: PageDrawn) -> None:
        image = image_of(drawn)
        if isinstance(request, DrawThumbnail):
            self.small.put(drawn.document, drawn.page, request.rotation, image)
            return
        own = Tile(
            drawn.document,
            drawn.page,
            drawn.rotation,
            drawn.page_width,
            drawn.page_height,
            drawn.left,
            drawn.top,
            drawn.width,
            drawn.height,
        )
        self.images.put(self._tile_of(request) or own, image)

    def _tile_of(self, request: DrawPage) -> Tile | None:
        """The tile, in sight or next, that a request was made for; None when nobody needs it any more."""
        asked = dataclasses.replace(request, number=0)
        for tile, scale in itertools.chain(self._tiles(ahead=False), self._tiles(ahead=True)):
            if tile.page == asked.page and tile.request(scale) == asked:
                return tile
        return None

    def _keep_late(self, request: Request, answer: Answer) -> None:
        if isinstance(answer, PageDrawn) and isinstance(request, DrawPage | DrawThumbnail):
            self._keep(request, answer)

    def _keep_words(self, page: int, words: tuple[Word, ...]) -> None:
        self._words[page] = words
        while len(self._words) > _MOST_PAGES_OF_WORDS:
            self._words.popitem(last=False)
        self.words_read.emit(page)

    def _search_on(self, request: SearchText, answer: TextFound | Refused) -> None:
        search = self.search
        if search is None or search.needle != request.needle:
            return
        arrived = search.take(answer) if isinstance(answer, TextFound) else search.skip()
        self.found.emit(arrived)


def _document_key(path: Path) -> str:
    """The file as it is now: one that is written anew under the same name is another document."""
    try:
        facts = path.stat()
    except OSError:
        return f"{path}\n?"
    return f"{path}\n{facts.st_mtime_ns}\n{facts.st_size}"
