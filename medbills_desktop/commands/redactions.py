"""Areas of papers that are taken out of copies for others; the papers themselves stay whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import get_args

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.domain.records.handing_over import Redaction, RedactionKind
from medbills_desktop.store.work import Work

SMALLEST = 2.0
"""Points: a smaller side covers no letter and was not meant."""


@dataclass(frozen=True, slots=True)
class AddRedaction:
    """Mark an area of a page: `rect` is left, top, right, bottom in points of the page as its file shows it."""

    document_id: int
    page: int
    rect: tuple[float, float, float, float]
    kind: RedactionKind

    @property
    def label(self) -> str:
        return "Take an area out of copies"

    def run(self, work: Work) -> Redaction:
        work.get(Document, self.document_id)
        left, right = sorted((self.rect[0], self.rect[2]))
        top, bottom = sorted((self.rect[1], self.rect[3]))
        if (
            self.page < 1
            or not all(map(math.isfinite, self.rect))
            or min(right - left, bottom - top) < SMALLEST
            or self.kind not in get_args(RedactionKind)
        ):
            raise UserError("This is no area of a page.", "Draw a rectangle around what has to go.")
        area = Redaction(document_id=self.document_id, page=self.page, rect=(left, top, right, bottom), kind=self.kind)
        return work.add(area)


@dataclass(frozen=True, slots=True)
class RemoveRedaction:
    """Leave an area in copies again. Raises `NotFoundError` where it is gone already."""

    id: int

    @property
    def label(self) -> str:
        return "Leave an area in copies"

    def run(self, work: Work) -> None:
        work.get(Redaction, self.id)
        work.remove(Redaction, self.id)
