"""What a PDF holds besides its visible pages, read from its objects by MuPDF; nothing is ever executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from medbills_desktop.papers.reasons import Notice, Worth, notice

_MAX_RESOURCES = 2000
_MAX_NAMES = 50


def notices_of(document: Any, locked: bool) -> tuple[Notice, ...]:
    """What a person should know about an open PDF; `locked` when it took a password to open."""
    catalog = at(mupdf.pdf_trailer(document), "Root")
    portfolio = mupdf.pdf_is_dict(at(catalog, "Collection"))
    attached = tuple(attachments(catalog))
    found = (
        (Worth.REPAIRED, bool(mupdf.pdf_was_repaired(document)), ()),
        (Worth.UNLOCKED, not locked and mupdf.pdf_is_dict(at(mupdf.pdf_trailer(document), "Encrypt")), ()),
        (Worth.XFA_FORM, is_xfa(catalog), ()),
        (Worth.PORTFOLIO, portfolio, attached),
        (Worth.ATTACHMENTS, bool(attached) and not portfolio, attached),
        (Worth.HIDDEN_LAYERS, bool(hidden_layers(document)), ()),
    )
    return tuple(notice(code, details) for code, holds, details in found if holds)


def at(holder: Any, *path: str) -> Any:
    """The object at a path of dictionary keys; MuPDF's null object where there is none."""
    for key in path:
        holder = mupdf.pdf_dict_gets(holder, key)
    return holder


def values(holder: Any) -> Iterator[Any]:
    """Values of a dictionary or items of an array; nothing for any other object."""
    if mupdf.pdf_is_array(holder):
        for index in range(mupdf.pdf_array_len(holder)):
            yield mupdf.pdf_array_get(holder, index)
    elif mupdf.pdf_is_dict(holder):
        for index in range(mupdf.pdf_dict_len(holder)):
            yield mupdf.pdf_dict_get_val(holder, index)


def is_xfa(catalog: Any) -> bool:
    """Whether the real form is drawn by a program inside the file, which only Adobe's viewer runs."""
    if mupdf.pdf_to_bool(at(catalog, "NeedsRendering")):
        return True
    form = at(catalog, "AcroForm")
    if mupdf.pdf_is_null(at(form, "XFA")) or not mupdf.pdf_is_dict(form):
        return False
    return not any(values(at(form, "Fields")))


def attachments(catalog: Any) -> Iterator[str]:
    """Names of files embedded in the document, at most 50."""
    nodes = [at(catalog, "Names", "EmbeddedFiles")]
    seen = found = 0
    while nodes and seen < _MAX_RESOURCES and found < _MAX_NAMES:
        node = nodes.pop()
        seen += 1
        nodes.extend(values(at(node, "Kids")))
        for file in values(at(node, "Names")):
            if mupdf.pdf_is_dict(file) and found < _MAX_NAMES:
                found += 1
                yield file_name(file)


def file_name(file: Any) -> str:
    """The name under which a file is attached."""
    name = mupdf.pdf_to_text_string(at(file, "UF")) or mupdf.pdf_to_text_string(at(file, "F"))
    return name.encode("utf-8", "replace").decode("utf-8") or "?"


def hidden_layers(document: Any) -> set[int]:
    """Object numbers of the optional-content groups that are switched off when the file is opened."""
    properties = at(mupdf.pdf_trailer(document), "Root", "OCProperties")
    if not mupdf.pdf_is_dict(properties):
        return set()
    default = at(properties, "D")
    groups = {mupdf.pdf_to_num(group) for group in values(at(properties, "OCGs"))}
    off = {mupdf.pdf_to_num(group) for group in values(at(default, "OFF"))}
    if mupdf.pdf_to_name(at(default, "BaseState")) == "OFF":
        off |= groups - {mupdf.pdf_to_num(group) for group in values(at(default, "ON"))}
    return off


def page_resources(document: Any, page: int) -> Iterator[tuple[str, Any]]:
    """(category, object) for everything in the resources of a page (from 1) and of the forms it draws.

    Stops after 2,000 objects: a file with more is not told apart further.
    """
    leaf = mupdf.pdf_lookup_page_obj(document, page - 1)
    waiting = [mupdf.pdf_dict_gets_inheritable(leaf, "Resources")]
    waiting += [at(note, "AP", "N", "Resources") for note in values(at(leaf, "Annots"))]
    seen: set[int] = set()
    count = 0
    while waiting and count < _MAX_RESOURCES:
        resources = waiting.pop()
        for category in ("XObject", "Properties", "Pattern"):
            for item in values(at(resources, category)):
                number = mupdf.pdf_to_num(item)
                if (number and number in seen) or count >= _MAX_RESOURCES:
                    continue
                seen.add(number)
                count += 1
                yield category, item
                if category != "Properties":
                    waiting.append(at(item, "Resources"))


def has_jbig2(document: Any, page: int) -> bool:
    """Whether the page draws a picture compressed with JBIG2."""
    for category, item in page_resources(document, page):
        if category == "XObject":
            filters = at(item, "Filter")
            names = [filters] if mupdf.pdf_is_name(filters) else values(filters)
            if any(mupdf.pdf_to_name(name) == "JBIG2Decode" for name in names):
                return True
    return False
