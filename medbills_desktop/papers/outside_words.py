"""Words that lie outside the visible part of a page: nobody sees them, but whoever searches the file finds them."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

_SLACK = 1.0
"""Points by which the middle of a letter may lie outside: it is seen in part."""


def has_outside_words(document: Any, page: int) -> bool:
    """Whether letters of a page (from 1) of MuPDF lie outside its visible part; looked for only where a page is cut.

    Raises an error of MuPDF where the page can't be read.
    """
    leaf = mupdf.pdf_lookup_page_obj(document, page - 1)
    if not mupdf.pdf_is_array(mupdf.pdf_dict_gets_inheritable(leaf, "CropBox")):
        return False
    loaded = mupdf.pdf_load_page(document, page - 1)
    seen = mupdf.pdf_bound_page(loaded, mupdf.FZ_CROP_BOX)
    whole = mupdf.pdf_bound_page(loaded, mupdf.FZ_MEDIA_BOX)
    edges = ("x0", "y0", "x1", "y1")
    if all(abs(getattr(seen, edge) - getattr(whole, edge)) < _SLACK for edge in edges):
        return False
    words = mupdf.FzStextPage(whole)
    device = mupdf.fz_new_stext_device(words, mupdf.FzStextOptions())
    mupdf.pdf_run_page(loaded, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return any(_is_outside(letter.m_internal, seen) for letter in _letters(words))


def _letters(words: Any) -> list[Any]:
    return [
        letter
        for block in words
        if block.m_internal.type == mupdf.FZ_STEXT_BLOCK_TEXT
        for line in block
        for letter in line
        if not chr(letter.m_internal.c).isspace()
    ]


def _is_outside(letter: Any, seen: Any) -> bool:
    quad = letter.quad
    across, down = (quad.ul.x + quad.lr.x) / 2, (quad.ul.y + quad.lr.y) / 2
    return not (seen.x0 - _SLACK <= across <= seen.x1 + _SLACK and seen.y0 - _SLACK <= down <= seen.y1 + _SLACK)
