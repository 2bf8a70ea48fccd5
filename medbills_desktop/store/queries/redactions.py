"""Areas that are taken out of copies of a paper, and the texts of papers in which more is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ListRedactions:
    """The areas drawn by hand on one paper, in the order of pages."""

    document_id: int

    def __call__(self, reader: Reader) -> list[Redaction]:
        return sorted(reader.find(Redaction, document_id=self.document_id), key=_place)


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What was read on the pages of papers: document, page and text, pages without any text included."""

    document_ids: tuple[int, ...]

    def __call__(self, reader: Reader) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for document_id in self.document_ids:
            rows = reader.rows("SELECT page, text FROM page_text WHERE document_id = ? ORDER BY page", document_id)
            texts = {row.page: row.text for row in rows}
            pages = reader.rows("SELECT pages FROM reading WHERE document_id = ?", document_id)
            count = max([*texts, *(row.pages or 0 for row in pages), 0])
            found += [(document_id, page, texts.get(page, "")) for page in range(1, count + 1)]
        return found


def _place(area: Redaction) -> tuple[int, float, float]:
    return area.page, area.rect[1], area.rect[0]
