"""Exhibits with their letters, in order: what every reference in the packet points to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.packet.linked import exhibit_key, linked_documents
from medbills_desktop.packet.order import CantShow, ExhibitSource


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One paper with its letter. `pages` counts the pages of the paper itself, 0 where it can't be shown."""

    letter: str
    source: ExhibitSource
    kind: str
    reasons: tuple[str, ...]
    pages: int

    @property
    def title(self) -> str:
        return self.source.document.shown_title

    @property
    def cant_show(self) -> CantShow | None:
        return self.source.content if isinstance(self.source.content, CantShow) else None


def letter_of(place: int) -> str:
    """The letter of the exhibit at a place that counts from 0: A to Z, then AA, AB and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def lettered(
    case: Case, bill_ids: tuple[int, ...], sources: tuple[tuple[ExhibitSource, int], ...]
) -> tuple[Exhibit, ...]:
    """Exhibits in order with their letters, from prepared papers and their page counts.

    A paper that was ordered although nothing links it to the bills is an exhibit like the others, without a reason.
    """
    linked = {found.document.id: found for found in linked_documents(case, bill_ids)}
    entries = []
    for source, pages in sources:
        found = linked.get(source.document.id)
        kind = found.kind if found else source.document.kind or "other"
        entries.append((exhibit_key(source.document, kind), source, kind, found.reasons if found else (), pages))
    entries.sort(key=lambda entry: entry[0])
    return tuple(
        Exhibit(letter_of(place), source, kind, reasons, pages)
        for place, (_, source, kind, reasons, pages) in enumerate(entries)
    )


def by_name_only(exhibits: Sequence[Exhibit]) -> str:
    """Letters of the exhibits that can't be shown and stand in the packet by name only: `C, F`; nothing for none."""
    return ", ".join(exhibit.letter for exhibit in exhibits if exhibit.cant_show)
