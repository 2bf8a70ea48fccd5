"""What the loaded tables, and the list of places, say of one code, as lines to read."""

from __future__ import annotations

from medbills_desktop.domain.code_tables import CodePair
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.places_of_service import places_of_service
from medbills_desktop.domain.records import CodeTable
from medbills_desktop.store.queries.code_tables import FoundCode, source_of

SETTING = {
    "practitioner": "Doctors and clinics",
    "outpatient_hospital": "Hospitals, outpatient",
    "equipment": "Equipment suppliers",
    "any": "Any biller",
}
KIND = {"code_pairs": "Code pairs", "unit_limits": "Unit limits", "code_names": "Names of codes"}
_MODIFIER = {
    0: "No modifier sets them apart.",
    1: "Some modifiers set them apart.",
    9: "The pair no longer applies.",
}
MOST_PAIRS = 40
"""Pairs that are written out; the rest are counted."""


def place_line(text: str) -> str:
    """A place of service by its name, with the source; empty for any other text."""
    places = places_of_service()
    name = places.name(text)
    if name is None:
        return ""
    unsure = "" if places.verified else " Not compared with the list of the day."
    return (
        f"Place of service {text.strip().zfill(2)}: {name}. {places.source}, written down "
        f"{plain_day(places.checked)}.{unsure}"
    )


def found_lines(found: FoundCode) -> list[str]:
    """A line for each thing that a table says, each with the table that says it."""
    lines = [f"{name} ({source_of(table)})" for name, table in found.names]
    for most, per, table in found.limits:
        unit = "units" if most != 1 else "unit"
        lines.append(f"Usually at most {most:,} {unit} {per}. {SETTING[table.setting]}; {source_of(table)}.")
    lines += [_pair_line(found.code, pair, table) for pair, table in found.pairs[:MOST_PAIRS]]
    left = len(found.pairs) - MOST_PAIRS
    if left > 0 or found.more_pairs:
        lines.append(f"And {'more than ' if found.more_pairs else ''}{max(left, 1):,} more pairs.")
    return lines


def _pair_line(code: str, pair: CodePair, table: CodeTable) -> str:
    if pair.column1 == code:
        said = f"{pair.column2} is usually part of {code}."
    else:
        said = f"{code} is usually part of {pair.column1}."
    until = f" until {plain_day(pair.deleted)}" if pair.deleted else ""
    since = f" From {plain_day(pair.effective)}{until}." if pair.effective else ""
    return f"{said} {_MODIFIER[pair.modifier_indicator]}{since} {SETTING[table.setting]}; {source_of(table)}."
