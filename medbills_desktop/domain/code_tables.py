"""Tables of codes that a user loads: which codes are parts of others, and how many units are usual.

None is shipped: the files belong to others and come with a licence that the user accepts. Without them the tables are
empty and the checks that read them stay silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from medbills_desktop.domain.dates import Day

ModifierIndicator = Literal[0, 1, 9]
"""0: no modifier sets the two codes apart; 1: some modifiers do; 9: the pair does not apply."""

LimitSetting = Literal["practitioner", "outpatient_hospital", "equipment", "any"]
"""Whose bills a pair or a limit is for; `any` is for what the user notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePair:
    """Two codes of which the second is usually part of the first (the layout of NCCI procedure-to-procedure pairs).

    Codes are upper case without blanks. The pair holds on days from `effective` to `deleted`, both included.
    """

    column1: str
    column2: str
    effective: Day | None = None
    deleted: Day | None = None
    modifier_indicator: ModifierIndicator = 0
    setting: LimitSetting = "any"
    source: str = ""

    def holds_on(self, day: Day) -> bool:
        """Whether the pair was in force on a day of service."""
        return not (self.effective and day < self.effective) and not (self.deleted and day > self.deleted)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLimit:
    """The most units of a code that are usual on one line (the layout of medically unlikely edits)."""

    code: str
    limit: int
    setting: LimitSetting = "any"
    effective: Day | None = None
    source: str = ""


@dataclass(frozen=True)
class CodeTables:
    """The rows of the loaded tables whose codes stand on the bills at hand.

    `source` says where they come from, as it is shown with a finding, where a row names no source of its own.
    """

    pairs: tuple[CodePair, ...] = ()
    limits: tuple[UnitLimit, ...] = ()
    source: str = ""

    @cached_property
    def parts_of(self) -> Mapping[str, Mapping[str, tuple[CodePair, ...]]]:
        """The pairs by their first and then their second code."""
        found: dict[str, dict[str, tuple[CodePair, ...]]] = {}
        for pair in self.pairs:
            of_first = found.setdefault(pair.column1, {})
            of_first[pair.column2] = (*of_first.get(pair.column2, ()), pair)
        return found

    @cached_property
    def limits_of(self) -> Mapping[str, tuple[UnitLimit, ...]]:
        """The limits by code."""
        found: dict[str, tuple[UnitLimit, ...]] = {}
        for limit in self.limits:
            found[limit.code] = (*found.get(limit.code, ()), limit)
        return found


NO_TABLES = CodeTables()
