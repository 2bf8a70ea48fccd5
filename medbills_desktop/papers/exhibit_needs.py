"""What keeps an original PDF from going into the packet as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pymupdf import mupdf

from medbills_desktop.papers.outside_words import has_outside_words
from medbills_desktop.papers.pdf_facts import at, file_name, hidden_layers, page_resources, values

_NOT_MARKS = frozenset({"Link", "Popup"})


@dataclass(frozen=True)
class Needs:
    """`rewrite`: it holds something that must not come along. Pages (from 1): `marked` carry form fields,
    notes or highlights to be made part of the page; `pictured` can't be copied, only drawn. `attached` are the names
    of files that are pinned to pages; on `outside` pages words lie outside the visible part."""

    rewrite: bool
    repaired: bool
    marked: frozenset[int]
    pictured: frozenset[int]
    attached: tuple[str, ...] = ()
    outside: tuple[int, ...] = ()


def needs_of(document: Any, pages: int) -> Needs:
    """Look through an open, unlocked document of MuPDF. Costs about a second for 3,000 pages."""
    hidden = hidden_layers(document)
    repaired = bool(mupdf.pdf_was_repaired(document))
    rewrite = repaired or _is_active(document)
    marked, pictured = set(), set()
    attached: list[str] = []
    outside: list[int] = []
    for page in range(1, pages + 1):
        try:
            leaf = mupdf.pdf_lookup_page_obj(document, page - 1)
            notes = [(mupdf.pdf_to_name(at(note, "Subtype")), note) for note in values(at(leaf, "Annots"))]
            kinds = {kind for kind, _ in notes}
            attached += [file_name(at(note, "FS")) for kind, note in notes if kind == "FileAttachment"]
            rewrite = rewrite or bool(kinds) or _has(leaf, "AA", "AF")
            if kinds - _NOT_MARKS:
                marked.add(page)
            if hidden and _draws_hidden(document, page, hidden):
                pictured.add(page)
            if has_outside_words(document, page):
                outside.append(page)
        except mupdf.FzErrorBase:
            pictured.add(page)
    return Needs(
        rewrite or bool(pictured), repaired, frozenset(marked), frozenset(pictured), tuple(attached), tuple(outside)
    )


def _is_active(document: Any) -> bool:
    """Whether the document as a whole is locked, or carries actions, scripts, forms or files."""
    trailer = mupdf.pdf_trailer(document)
    catalog = at(trailer, "Root")
    opening = at(catalog, "OpenAction")
    acts = mupdf.pdf_is_dict(opening) and mupdf.pdf_to_name(at(opening, "S")) != "GoTo"
    names = at(catalog, "Names")
    return bool(
        acts
        or _has(trailer, "Encrypt")
        or _has(catalog, "AA", "AcroForm", "AF", "Collection")
        or _has(names, "JavaScript", "EmbeddedFiles")
    )


def _has(holder: Any, *keys: str) -> bool:
    return any(not mupdf.pdf_is_null(at(holder, key)) for key in keys)


def _draws_hidden(document: Any, page: int, hidden: set[int]) -> bool:
    """Whether anything on the page belongs to a layer that is off, or to a rule about layers."""
    return any(
        _concerns(item if category == "Properties" else at(item, "OC"), hidden)
        for category, item in page_resources(document, page)
    )


def _concerns(layer: Any, hidden: set[int]) -> bool:
    if mupdf.pdf_to_num(layer) in hidden:
        return True
    return bool(mupdf.pdf_to_name(at(layer, "Type")) == "OCMD")
