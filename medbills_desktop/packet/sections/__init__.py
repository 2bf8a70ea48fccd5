"""The sections of a packet, in the order in which each reader needs them. A section without data is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from medbills_desktop.packet.book import Book
from medbills_desktop.packet.order import Audience
from medbills_desktop.packet.parts import PARTS
from medbills_desktop.packet.sections.calls import contact_log
from medbills_desktop.packet.sections.contents import contents
from medbills_desktop.packet.sections.copies import copies, missing_papers
from medbills_desktop.packet.sections.cover import cover
from medbills_desktop.packet.sections.findings import findings
from medbills_desktop.packet.sections.letters import letters
from medbills_desktop.packet.sections.lines import disputed_lines
from medbills_desktop.packet.sections.money import money_pages
from medbills_desktop.packet.sections.numbers import numbers
from medbills_desktop.packet.sections.rules import rules
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


_TITLES = {part.key: part.title for part in PARTS}


def _section(key: str, build: Callable[[Book], list[Flowable]]) -> Section:
    return Section(key, _TITLES[key], build)


_COVER = _section("cover", cover)
_SUMMARY = _section("summary", summary)
_CONTENTS = _section(CONTENTS, contents)
_MONEY = _section("money", money_pages)
_LINES = _section("lines", disputed_lines)
_FINDINGS = _section("findings", findings)
_TIMELINE = _section("timeline", timeline)
_CALLS = _section("calls", contact_log)
_LETTERS = _section("letters", letters)
_RULES = _section("rules", rules)
_INDEX = _section("index", numbers)
_MISSING = _section("missing", missing_papers)
_TAKEN_OUT = Section("taken_out", "What was taken out", taken_out)
_COPIES = _section("copies", copies)

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
    _RULES,
)
_FOR_BILLER = (_COVER, _SUMMARY, _CONTENTS, _LINES, _MONEY, _FINDINGS, _TIMELINE, _CALLS, _LETTERS, _RULES)
_FOR_INSURER = (_COVER, _SUMMARY, _CONTENTS, _MONEY, _FINDINGS, _LINES, _LETTERS, _TIMELINE, _CALLS, _RULES)

BEFORE_EXHIBITS: dict[Audience, tuple[Section, ...]] = {
    "biller": _FOR_BILLER,
    "insurer": _FOR_INSURER,
    "regulator": _USUAL,
    "court": _USUAL,
    "advocate": _USUAL,
}
"""Sections before the exhibits, by reader: a billing office looks for the lines first, an insurer for the figures."""

AFTER_EXHIBITS = (_INDEX, _MISSING, _TAKEN_OUT, _COPIES)


def wanted(book: Book, sections: tuple[Section, ...]) -> list[Section]:
    """The sections that are switched on; what was taken out of a redacted packet is told in any case."""
    return [section for section in sections if section is _TAKEN_OUT or book.has(section.key)]
