"""Takes what is personal out of the copy of a paper: characters, parts of pictures and drawings, not only the view.

Works on the PDF that was prepared for the packet, never on the original. What comes out is a new file that is read
and looked at again; a page on which anything is left, or on which something else has changed, is drawn as a picture
instead, and a paper of which even that can't be said is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.domain.redaction import Needles, takes_in
from medbills_desktop.papers.camera_data import take_camera_data
from medbills_desktop.papers.page_letters import can_be_read, inked_spots, readings, text_of
from medbills_desktop.papers.pdf_pages import MupdfPaper
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.reasons import PaperRefusedError, Why, refused
from medbills_desktop.papers.redacted_images import images_of, jpegs_of, pack_again
from medbills_desktop.papers.redacted_pictures import write_covered
from medbills_desktop.papers.redaction_areas import Area, Drawn, area_by_hand, areas_by_rule, inked
from medbills_desktop.papers.redaction_check import Checked, all_one_colour
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.spots import Spot, meet, middle, moved

_CENTRE = 0.1
_ROUNDS = 4
_BESIDE = 0.4
"""Of the height of words laid over a picture: so far beside them what they say may be seen."""


@dataclass(frozen=True, slots=True)
class Taken:
    """So many things of a kind were taken out of a page (from 1), by rule or by hand."""

    page: int
    kind: RedactionKind
    by_rule: bool
    count: int


@dataclass(frozen=True)
class RedactedCopy:
    """A copy without what is personal. On `unread` pages (from 1) no text can be searched: only what was drawn there by
    hand is gone. `pictured` pages are pictures now."""

    path: Path
    taken: tuple[Taken, ...]
    unread: tuple[int, ...]
    pictured: tuple[int, ...]


def redact(prepared: Path, needles: Needles, drawn: Mapping[int, Sequence[Drawn]], target: Path) -> RedactedCopy:
    """Write the copy of a prepared PDF without what is personal to `target`.

    Raises PaperRefusedError, `not-redacted` where it can't be shown that all of it is gone.
    """
    with refusing(Why.NOT_REDACTED):
        job = _Job(prepared, needles, drawn, target)
        try:
            return job.run()
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        finally:
            job.close()


@dataclass
class _Job:
    """One PDF; `pictured` and `silent` pages (pictures without words) grow until nothing is left to be found."""

    prepared: Path
    needles: Needles
    drawn: Mapping[int, Sequence[Drawn]]
    target: Path
    areas: dict[int, list[Area]] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    pictured: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.paper = MupdfPaper(self.prepared, None)
        try:
            self.second: PdfiumPaper | None = PdfiumPaper(self.prepared, None, ())
        except PaperRefusedError:
            self.second = None

    def close(self) -> None:
        self.paper.close()
        if self.second is not None:
            self.second.close()

    def run(self) -> RedactedCopy:
        self._find()
        for _ in range(_ROUNDS):
            self._write()
            bad = set(Checked(self.paper, self.target, self.needles, self.areas, self.pictured).bad_pages())
            if not bad:
                return self._told()
            self.silent |= bad & self.pictured
            self.pictured |= bad
        raise refused(Why.NOT_REDACTED)

    def _find(self) -> None:
        document = _opened(self.prepared)
        try:
            for number in range(1, document.page_count + 1):
                read = list(readings(document[number - 1], self.second, number, self._is_wanted))
                areas = areas_by_rule(read, self.needles, _pictures(document[number - 1]))
                areas += [area_by_hand(each, read) for each in self.drawn.get(number, ())]
                if areas:
                    self.areas[number] = areas
                if not any(can_be_read(each) for each in read) and _shows_something(document[number - 1]):
                    self.unread.append(number)
        finally:
            document.close()

    def _is_wanted(self, text: str) -> bool:
        return bool(takes_in(text, self.needles))

    def _write(self) -> None:
        document = _opened(self.prepared)
        try:
            changed: set[int] = set()
            for number in sorted(set(self.areas) - self.pictured):
                if not self._take_out(document, document[number - 1], number, changed):
                    self.pictured.add(number)
            self._share_no_image(document, changed)
            for number in sorted(self.pictured):
                self._insert_picture(document, number)
            _save(document, self.target)
        finally:
            document.close()

    def _take_out(self, document: Any, page: Any, number: int, changed: set[int]) -> bool:
        """False where something is still seen in an area after all was taken out of it."""
        areas = self.areas[number]
        before = images_of(page)
        jpegs = jpegs_of(document, before)
        for area in areas:
            area.covers = [tuple(self._cover(page, area, box)) for box in area.boxes]
        covers = [pymupdf.Rect(cover) for area in areas for cover in area.covers]
        letters = [*_outside(page), *(letter for area in areas for letter in area.letters)]
        with _unturned(page) as to_page:
            for letter in dict.fromkeys(letters):
                page.add_redact_annot(pymupdf.Rect(_centre(letter)) * to_page, fill=False, cross_out=False)
            page.apply_redactions(images=0, graphics=0, text=0)
            for cover in covers:
                page.add_redact_annot(cover * to_page, fill=False, cross_out=False)
            page.apply_redactions(
                images=pymupdf.PDF_REDACT_IMAGE_PIXELS,
                graphics=pymupdf.PDF_REDACT_LINE_ART_REMOVE_IF_COVERED,
                text=pymupdf.PDF_REDACT_TEXT_NONE,
            )
        if not all_one_colour(page, covers):
            return False
        after = images_of(page)
        for image in set(after) - set(before):
            source = jpegs.get(after[image])
            if source is not None:
                pack_again(document, image, source)
        if set(after) - set(before):
            changed |= set(before) - set(after)
        page.wrap_contents()
        with _unturned(page) as to_page:
            for cover in covers:
                page.draw_quad((cover * to_page).quad, color=None, fill=(0, 0, 0), width=0, overlay=True)
        return True

    def _cover(self, page: Any, area: Area, box: Spot) -> Any:
        """What is covered: of printed text its ink only, of pictures a little more than the words over them say."""
        if not area.by_rule:
            return pymupdf.Rect(box) & page.rect
        if not any(meet(each, box) for each in _pictures(page)):
            return pymupdf.Rect(inked(box))
        left, top, right, bottom = box
        beside = (bottom - top) * _BESIDE
        return pymupdf.Rect(left - beside, top - 1, right + beside, bottom + 1) & page.rect

    def _share_no_image(self, document: Any, changed: set[int]) -> None:
        """A picture of which a part is gone on one page must not come along whole on another page."""
        if changed:
            for number in range(1, document.page_count + 1):
                if number not in self.pictured and changed & set(images_of(document[number - 1])):
                    self.pictured.add(number)

    def _insert_picture(self, document: Any, number: int) -> None:
        aside = self.target.with_name(self.target.name + ".picture")
        areas = self.areas.get(number, [])
        boxes = [box for area in areas for box in area.boxes]
        try:
            write_covered(self.paper, number, boxes, aside, words=number not in self.silent)
            picture = pymupdf.open(filename=str(aside), filetype="pdf")
            document.delete_page(number - 1)
            document.insert_pdf(picture, start_at=number - 1, links=False, annots=False, widgets=False)
            picture.close()
        finally:
            aside.unlink(missing_ok=True)

    def _told(self) -> RedactedCopy:
        counts: dict[tuple[int, RedactionKind, bool], int] = {}
        for number, areas in self.areas.items():
            for area in areas:
                key = (number, area.kind, area.by_rule)
                counts[key] = counts.get(key, 0) + 1
        taken = tuple(Taken(page, kind, rule, counts[page, kind, rule]) for page, kind, rule in sorted(counts))
        return RedactedCopy(self.target, taken, tuple(self.unread), tuple(sorted(self.pictured)))


class _unturned:  # noqa: N801
    """A page without its own turn for a while; gives the matrix from the page as shown."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def __enter__(self) -> Any:
        self._turn = self._page.rotation
        matrix = pymupdf.Matrix(self._page.derotation_matrix)
        if self._turn:
            self._page.set_rotation(0)
        return matrix

    def __exit__(self, *_: object) -> None:
        if self._turn:
            self._page.set_rotation(self._turn)


def _opened(path: Path) -> Any:
    return pymupdf.open(filename=str(path), filetype="pdf")


def _centre(letter: Spot) -> Spot:
    """A small box in the middle of a character: it touches no other."""
    x, y = middle(letter)
    across, down = max((letter[2] - letter[0]) * _CENTRE, 0.05), max((letter[3] - letter[1]) * _CENTRE, 0.05)
    return x - across, y - down, x + across, y + down


def _outside(page: Any) -> Iterator[Spot]:
    """Characters beside the page, which nobody sees and anybody can copy."""
    seen = tuple(page.rect)
    for reading in readings(page):
        for spot in inked_spots(reading):
            if not meet(spot, seen):
                yield spot


def _pictures(page: Any) -> list[Spot]:
    """Where pictures are on a page, as it is shown."""
    shown = tuple(page.rotation_matrix)
    return [moved(info["bbox"], shown) for info in page.get_image_info()]


def _shows_something(page: Any) -> bool:
    return bool(page.get_images(full=True) or text_of(next(readings(page), [])).strip() or page.get_drawings())


def _save(document: Any, target: Path) -> None:
    """Everything anew: nothing that no page needs comes along, and no earlier revision."""
    aside = target.with_name(target.name + ".part")
    try:
        document.scrub(hidden_text=False, reset_responses=False)
        take_camera_data(document)
        document.save(str(aside), garbage=3, deflate=True, no_new_id=True)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
