"""PDFs as exhibits: what is visible becomes fixed, what is active or hidden is left behind.

Pages are copied into a new file by a list of allowed entries (contents, resources, boxes, rotation), so
that scripts, actions, forms, attachments and earlier revisions of the original can't come along, whatever
they are called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from pymupdf import mupdf

from medbills_desktop.papers.camera_data import has_camera_data, take_camera_data
from medbills_desktop.papers.exhibit_needs import Needs, needs_of
from medbills_desktop.papers.exhibits import PreparedExhibit, target_in
from medbills_desktop.papers.page_pictures import looks_alike, shown_size, write_pictures
from medbills_desktop.papers.pdf_facts import at
from medbills_desktop.papers.pdf_pages import MupdfPaper, open_pdf
from medbills_desktop.papers.reading import Paper
from medbills_desktop.papers.reasons import Notice, PaperRefusedError, Why, Worth, notice, refused
from medbills_desktop.papers.refusing import refusing


def prepare_pdf(
    path: Path,
    rotations: Mapping[int, int],
    password: str | None,
    target_dir: Path,
    rewrite: bool,
    visible_only: bool = False,
) -> PreparedExhibit:
    """See exhibits.prepare_exhibit."""
    paper = open_pdf(path, password)
    try:
        for remark in paper.notices:
            if remark.code is Worth.PORTFOLIO:
                raise refused(Why.PORTFOLIO, remark.details)
        turns = {page: turn % 360 for page, turn in rotations.items() if turn % 360}
        job = _Job(path, password, paper, turns, target_in(target_dir, path))
        if not isinstance(paper, MupdfPaper):
            return job.as_pictures()
        with refusing(Why.DAMAGED):
            needs = needs_of(mupdf.PdfDocument(_opened(path, password).this), len(paper.sizes))
            job.camera_data = has_camera_data(path, password)
        if visible_only and needs.outside:
            needs = replace(needs, pictured=needs.pictured | set(needs.outside), rewrite=True)
        if not (needs.rewrite or job.camera_data or turns or rewrite):
            return PreparedExhibit(path, paper.sizes, (*paper.notices, *_outside(needs.outside)), is_original=True)
        with refusing(Why.DAMAGED):
            return job.as_copy(needs)
    finally:
        paper.close()


@dataclass
class _Job:
    """One PDF on its way into the packet; `pictured` and `missing` grow while it is worked on."""

    path: Path
    password: str | None
    paper: Paper
    turns: dict[int, int]
    target: Path
    camera_data: bool = False
    pictured: set[int] = field(default_factory=set)
    missing: list[int] = field(default_factory=list)

    def as_pictures(self) -> PreparedExhibit:
        """Every page drawn: for a file that only the second engine opens."""
        self.pictured = set(self._pages)
        self.missing = write_pictures(self.paper, self._pages, self.turns, self.target)
        return self._prepared(flattened=False)

    def as_copy(self, needs: Needs) -> PreparedExhibit:
        """Copy the pages; then look at those that were worked on, and draw the ones that came out different."""
        self.pictured = set(needs.pictured)
        suspect = set(self._pages) if needs.repaired else set(needs.marked)
        while True:
            self._write(needs)
            different = set(self._different(suspect - self.pictured))
            if needs.repaired:
                different |= set(_unreadable(self.target)) - self.pictured
            if not different:
                return self._prepared(bool(needs.marked), needs.attached, needs.outside)
            self.pictured |= different

    @property
    def _pages(self) -> range:
        return range(1, len(self.paper.sizes) + 1)

    def _prepared(
        self, flattened: bool, attached: tuple[str, ...] = (), outside: tuple[int, ...] = ()
    ) -> PreparedExhibit:
        if len(self.missing) == len(self.paper.sizes):
            self.target.unlink(missing_ok=True)
            raise refused(Why.DAMAGED)
        notices = list(_with_attached(self.paper.notices, attached))
        if flattened:
            notices.append(notice(Worth.FLATTENED))
        pictured = sorted(self.pictured - set(self.missing))
        for code, pages in ((Worth.PICTURED_PAGES, pictured), (Worth.MISSING_PAGES, self.missing)):
            if pages:
                notices.append(notice(code, tuple(map(str, pages))))
        notices += _outside(tuple(page for page in outside if page not in self.pictured))
        sizes = [
            shown_size(size, self.turns.get(page, 0)) for page, size in zip(self._pages, self.paper.sizes, strict=True)
        ]
        return PreparedExhibit(self.target, tuple(sizes), tuple(notices), is_original=False)

    def _different(self, pages: set[int]) -> Iterator[int]:
        if not pages:
            return
        copy = MupdfPaper(self.target, None)
        try:
            for page in sorted(pages):
                if not looks_alike(self.paper, self.turns.get(page, 0), copy, page):
                    yield page
        finally:
            copy.close()

    def _write(self, needs: Needs) -> None:
        source = _opened(self.path, self.password)
        if needs.marked and not _baked(source):
            self.pictured |= needs.marked
            source = _opened(self.path, self.password)
        output = pymupdf.open()
        for first, last in _runs(self._pages, self.pictured):
            if first in self.pictured:
                self._insert_pictures(output, first, last)
            elif not _inserted(output, source, first, last):
                for page in range(first, last + 1):
                    if not _inserted(output, source, page, page):
                        self.pictured.add(page)
                        self._insert_pictures(output, page, page)
        for page, turn in self.turns.items():
            if page in self._pages and page not in self.pictured:
                _turn(output, page, turn)
        if self.camera_data:
            take_camera_data(output)
        _save(output, self.target)

    def _insert_pictures(self, output: Any, first: int, last: int) -> None:
        """Drawn pages come by way of a file of their own, turned already."""
        aside = self.target.with_name(self.target.name + ".pictures")
        try:
            missing = write_pictures(self.paper, range(first, last + 1), self.turns, aside)
            self.missing = sorted({*self.missing, *missing})
            pictures = pymupdf.open(filename=str(aside), filetype="pdf")
            output.insert_pdf(pictures, links=False, annots=False, widgets=False)
            pictures.close()
        finally:
            aside.unlink(missing_ok=True)


def _unreadable(copy: Path) -> Iterator[int]:
    """Pages (from 1) whose drawing commands can't be unpacked: each engine draws what it can of them, or nothing."""
    try:
        with pikepdf.open(copy, suppress_warnings=True) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                content = page.obj.get("/Contents")
                parts = content if isinstance(content, pikepdf.Array) else (content,)
                if not all(_unpacks(part) for part in parts if isinstance(part, pikepdf.Stream)):
                    yield number
    except (pikepdf.PdfError, OSError):
        return  # whoever asked for the copy sees that it can't be opened


def _unpacks(stream: pikepdf.Stream) -> bool:
    try:
        stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return False
    return True


def _with_attached(notices: tuple[Notice, ...], pinned: tuple[str, ...]) -> Iterator[Notice]:
    """The remarks on a paper, those files among the attached ones that are pinned to its pages."""
    names: tuple[str, ...] = ()
    for remark in notices:
        if remark.code is Worth.ATTACHMENTS:
            names = remark.details
        else:
            yield remark
    if names or pinned:
        yield notice(Worth.ATTACHMENTS, tuple(dict.fromkeys((*names, *pinned))))


def _outside(pages: tuple[int, ...]) -> list[Notice]:
    return [notice(Worth.OUTSIDE_WORDS, tuple(map(str, pages)))] if pages else []


def _opened(path: Path, password: str | None) -> Any:
    document = pymupdf.open(filename=str(path), filetype="pdf")
    if not document.is_pdf or (document.needs_pass and not document.authenticate(password or "")):
        raise refused(Why.DAMAGED)
    return document


def _baked(source: Any) -> bool:
    """Make form entries, notes and highlights part of their pages; False when the engine can't."""
    try:
        with refusing(Why.DAMAGED):
            source.bake()
    except PaperRefusedError:
        return False
    return True


def _inserted(output: Any, source: Any, first: int, last: int) -> bool:
    """Append pages `first` to `last` (from 1) to `output`; when one can't be copied, none is, and it says
    False."""
    before = output.page_count
    try:
        with refusing(Why.DAMAGED_PAGE):
            output.insert_pdf(
                source, from_page=first - 1, to_page=last - 1, links=False, annots=False, widgets=False, final=0
            )
            if output.page_count == before + last - first + 1:
                _keep_groups(output, source, before, range(first - 1, last))
                return True
    except PaperRefusedError:
        pass
    if output.page_count > before:
        output.delete_pages(before, output.page_count - 1)
    return False


_OF_GROUP = ("S", "CS", "I", "K")


def _keep_groups(output: Any, source: Any, first: int, pages: range) -> None:
    """Give copied pages the transparency group of their originals (`pages`, from 0), which the engine leaves behind.

    Without it colours that are mixed with what lies below come out different.
    """
    target, origin = mupdf.PdfDocument(output.this), mupdf.PdfDocument(source.this)
    carried = mupdf.pdf_new_graft_map(target)
    for place, page in enumerate(pages, start=first):
        group = at(mupdf.pdf_lookup_page_obj(origin, page), "Group")
        if not mupdf.pdf_is_dict(group):
            continue
        own = mupdf.pdf_new_dict(target, len(_OF_GROUP))
        for key in _OF_GROUP:
            value = at(group, key)
            if not mupdf.pdf_is_null(value):
                mupdf.pdf_dict_puts(own, key, mupdf.pdf_graft_mapped_object(carried, value))
        mupdf.pdf_dict_puts(mupdf.pdf_lookup_page_obj(target, place), "Group", own)


def _turn(output: Any, page: int, turn: int) -> None:
    leaf = mupdf.pdf_lookup_page_obj(mupdf.PdfDocument(output.this), page - 1)
    own = mupdf.pdf_to_int(mupdf.pdf_dict_gets(leaf, "Rotate"))
    mupdf.pdf_dict_puts(leaf, "Rotate", mupdf.pdf_new_int(round((own + turn) / 90) % 4 * 90))


def _runs(pages: range, pictured: set[int]) -> list[tuple[int, int]]:
    """Neighbouring pages of the same treatment, as (first, last)."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and (page in pictured) == (page - 1 in pictured):
            runs[-1] = (runs[-1][0], page)
        else:
            runs.append((page, page))
    return runs


def _save(output: Any, target: Path) -> None:
    """Aside, synced, renamed. The same input gives the same bytes: no new identifier, no date."""
    aside = target.with_name(target.name + ".part")
    try:
        output.save(str(aside), garbage=1, no_new_id=True)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
