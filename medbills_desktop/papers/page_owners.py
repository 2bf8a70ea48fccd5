"""Which page of a PDF each of its objects belongs to: for telling where something was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

_DEEPEST = 12


def streams_of_pages(pdf: Any) -> set[tuple[int, int]]:
    """The object numbers of the streams of drawing commands of all pages."""
    return {each.objgen for page in pdf.pages for each in _contents(page.obj)}


def page_owners(pdf: Any) -> dict[tuple[int, int], int]:
    """The first page (from 1) that each object is drawn by, by object number: its commands, pictures, forms, fonts."""
    owners: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages, 1):
        owners.setdefault(page.obj.objgen, number)
        for each in _contents(page.obj):
            owners.setdefault(each.objgen, number)
        _own(page.obj.get("/Resources"), number, owners, 0)
    return owners


def _contents(page: Any) -> Iterator[Any]:
    contents = page.get("/Contents")
    for each in contents if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(each, pikepdf.Object):
            yield each


def _own(value: Any, page: int, owners: dict[tuple[int, int], int], depth: int) -> None:
    if depth > _DEEPEST or not isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        return
    if value.is_indirect:
        if value.objgen in owners:
            return
        owners[value.objgen] = page
    if isinstance(value, pikepdf.Array):
        for each in value:
            _own(each, page, owners, depth + 1)
        return
    entries: Any = value.stream_dict if isinstance(value, pikepdf.Stream) else value
    for key in entries.keys():  # noqa: SIM118
        if key != "/Parent":
            _own(entries[key], page, owners, depth + 1)
