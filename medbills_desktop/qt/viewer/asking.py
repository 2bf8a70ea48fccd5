"""Who may ask the paper worker for something, and how urgent it is."""

from __future__ import annotations

import enum
from typing import Protocol

from medbills_desktop.papers.protocol import (
    DOCUMENT_SECONDS,
    OPEN_SECONDS,
    PAGE_SECONDS,
    Answer,
    OpenPaper,
    ReadText,
    Request,
    SearchText,
)


class Urgency(enum.IntEnum):
    """What is asked first when the worker is free: the smallest number that anybody has a wish for."""

    OPENING = 0
    VISIBLE = 1
    WORDS = 2
    SEARCH = 3
    AHEAD = 4
    THUMBNAILS = 5
    STAND_INS = 6


class Asker(Protocol):
    """Somebody with wishes. Nothing is queued: a wish is chosen at the moment the worker is free, so a wish
    that was overtaken (the person scrolled on) is simply never sent."""

    def wish(self, urgency: Urgency) -> Request | None:
        """The most wanted request of this urgency now; its `number` is given by the link. None for nothing."""

    def still_wants(self, request: Request) -> bool:
        """Whether the answer is still of use; one that is slow and of no use is cut short."""

    def take(self, request: Request, answer: Answer) -> None:
        """An answer, or a piece of one, or the refusal of the request or of its paper."""


def seconds_for(request: Request) -> float:
    """How long to wait for each answer to a request before the worker is ended."""
    if isinstance(request, OpenPaper):
        return OPEN_SECONDS
    return DOCUMENT_SECONDS if isinstance(request, ReadText | SearchText) else PAGE_SECONDS
