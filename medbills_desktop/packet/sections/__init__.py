"""The sections of a packet, in the order in which each reader needs them. A section without data is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from medbills_desktop.packet.book import Book
from medbills_desktop.packet.order import Audience
from medbills_desktop.packet.sections.calls import contact_log
from medbills_desktop.packet.sections.contents import contents
from medbills_desktop.packet.sections.copies import copies, missing_papers
from medbills_desktop.packet.sections.cover import cover
from medbills_desktop.packet.sections.findings import findings
from medbills_desktop.packet.sections.letters import letters
from medbills_desktop.packet.sections.lines import disputed_lines
from medbills_desktop.packet.sections.money import money_pages
from medbills_desktop.packet.sections.summary import summary
from medbills_desktop.packet.sections.taken_out import taken_out
from medbills_desktop.packet.sections.timeline import timeline

CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the packet: `build` gives its content, nothing where there is no data for it."""

    key: str
    title: str
    build: Callable[[Book], list[Flowable]]


_COVER = Section("cover", "Cover", cover)
_SUMMARY = Section("summary", "Summary", summary)
_CONTENTS = Section(CONTENTS, "Contents", contents)
_MONEY = Section("money", "What each side says", money_pages)
_LINES = Section("lines", "Disputed lines", disputed_lines)
_FINDINGS = Section("findings", "What does not add up", findings)
_TIMELINE = Section("timeline", "Timeline", timeline)
_CALLS = Section("calls", "Contact log", contact_log)
_LETTERS = Section("letters", "Letters", letters)
_MISSING = Section("missing", "Not held", missing_papers)
_TAKEN_OUT = Section("taken_out", "What was taken out", taken_out)
_COPIES = Section("copies", "Statement of copies", copies)

_USUAL = (
    _COVER,
    _SUMMARY,
    _CONTENTS,
    _MONEY,
    _LINES,
    _FINDINGS,
    _TIMELINE,
    _CALLS,
    _LETTERS,
)
_FOR_BILLER = (_COVER, _SUMMARY, _CONTENTS, _LINES, _MONEY, _FINDINGS, _TIMELINE, _CALLS, _LETTERS)
_FOR_INSURER = (_COVER, _SUMMARY, _CONTENTS, _MONEY, _FINDINGS, _LINES, _LETTERS, _TIMELINE, _CALLS)

BEFORE_EXHIBITS: dict[Audience, tuple[Section, ...]] = {
    "biller": _FOR_BILLER,
    "insurer": _FOR_INSURER,
    "regulator": _USUAL,
    "court": _USUAL,
    "advocate": _USUAL,
}
"""Sections before the exhibits, by reader: a billing office looks for the lines first, an insurer for the figures."""

AFTER_EXHIBITS = (_MISSING, _TAKEN_OUT, _COPIES)
