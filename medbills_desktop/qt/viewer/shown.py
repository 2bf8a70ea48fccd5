"""What the window hands to the viewer pane and what the pane says back, as frozen values.

Rectangles are `Box`es: points (1/72 inch) from the top left of the page as its own file shows it, whatever
the person's turn of the view and whatever the zoom. Pages are counted from 1. Turns are 0, 90, 180 or 270
degrees clockwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.papers.protocol import Box


@dataclass(frozen=True)
class ShownRegion:
    """A part of a page that a line, a bill or a call is linked to ("this is where it says so").

    `label` is printed on the page beside it; `key` is the window's own and comes back in RegionActivated. An area that
    is taken out of copies is hatched.
    """

    page: int
    rect: Box
    label: str
    key: str
    taken_out: bool = False


@dataclass(frozen=True)
class PagePart:
    """A rectangle of a page."""

    page: int
    rect: Box


@dataclass(frozen=True, kw_only=True)
class ShownPaper:
    """A paper for the pane to show.

    `document_id` is the library's key of the paper and comes back in the signals; 0 for a file that is not
    a kept paper (a finished packet). `footer` is the whole line below the page. `page` opens there instead
    of at page 1. `focus_region` is the key of the region to go to and to point out.
    """

    document_id: int
    path: Path
    media_type: str
    title: str
    footer: str
    rotations: Mapping[int, int] = field(default_factory=dict)
    regions: tuple[ShownRegion, ...] = ()
    page: int | None = None
    focus_region: str | None = None


@dataclass(frozen=True)
class RegionChosen:
    """The person drew a rectangle on a page to link it to something."""

    document_id: int
    page: int
    rect: Box


@dataclass(frozen=True)
class AreaMarked:
    """The person marked what is to be taken out of copies, and said of what kind it is."""

    document_id: int
    page: int
    rect: Box
    kind: RedactionKind


@dataclass(frozen=True)
class TextTaken:
    """The person clicked a word, or dragged over several, to put them where they are typing."""

    document_id: int
    page: int
    rect: Box
    text: str


@dataclass(frozen=True)
class PageTurned:
    """The person turned a page; `rotation` is its new turn, for the window to keep."""

    document_id: int
    page: int
    rotation: int


@dataclass(frozen=True)
class RegionActivated:
    """The person clicked a region, or pressed Enter on it: go to what it is linked to."""

    key: str


@dataclass(frozen=True)
class PaperUnlocked:
    """A locked paper was opened with the password that the person typed; it stands nowhere but in memory."""

    document_id: int
    password: str = field(repr=False)


@dataclass(frozen=True)
class FilesDropped:
    """Files were dropped on the pane: they want to be added as papers."""

    paths: tuple[Path, ...]
