"""Loaded tables of codes: as a list, by one code, and the few rows that the checks of some bills need."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.code_tables import CodePair, CodeTables, UnitLimit
from medbills_desktop.domain.codes import normal_form
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import CodeTable, Line
from medbills_desktop.store.reader import Reader

FEW = 40
"""Up to so many codes each pair of them is looked up; for more, all pairs of each code are read through."""

MOST_SHOWN = 200
"""Pairs that a look-up shows."""

NAMES = {"code_pairs": "code pairs", "unit_limits": "unit limits", "code_names": "HCPCS Level II names of CMS"}
_PAIR = "SELECT column1, column2, effective, deleted, indicator FROM rows WHERE "
_LISTED = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One loaded table; `here` is off where its rows are not on this computer (after restoring a backup)."""

    id: int
    table: CodeTable
    here: bool


@dataclass(frozen=True, slots=True)
class FoundCode:
    """What the loaded tables say about one code."""

    code: str
    names: tuple[tuple[str, CodeTable], ...]
    limits: tuple[tuple[int, str, CodeTable], ...]
    pairs: tuple[tuple[CodePair, CodeTable], ...]
    more_pairs: bool

    @property
    def empty(self) -> bool:
        return not (self.names or self.limits or self.pairs)


@dataclass(frozen=True, slots=True)
class ListTables:
    """The loaded tables, in the order of loading."""

    def __call__(self, reader: Reader) -> list[TableRow]:
        shelf = reader.tables
        found = reader.find(CodeTable)
        return [TableRow(one.id, one, shelf is not None and shelf.holds(one.rows_sha256)) for one in found]


@dataclass(frozen=True, slots=True)
class LookUpCode:
    """Everything about one code, typed in any case."""

    text: str

    def __call__(self, reader: Reader) -> FoundCode:
        code, shelf = normal_form(self.text), reader.tables
        names: list[tuple[str, CodeTable]] = []
        limits: list[tuple[int, str, CodeTable]] = []
        pairs: list[tuple[CodePair, CodeTable]] = []
        if shelf is None or not code:
            return FoundCode(code, (), (), (), False)
        for table in reader.find(CodeTable):
            if table.kind == "code_pairs":
                sql = f"{_PAIR}column1 = ? OR column2 = ? LIMIT {MOST_SHOWN + 1}"
                pairs += [(_pair(row, table), table) for row in shelf.rows(table.rows_sha256, sql, code, code)]
            elif table.kind == "unit_limits":
                sql = "SELECT most, per FROM rows WHERE code = ?"
                limits += [(int(most), str(per), table) for most, per in shelf.rows(table.rows_sha256, sql, code)]
            else:
                sql = "SELECT name FROM rows WHERE code = ?"
                names += [(str(name), table) for (name,) in shelf.rows(table.rows_sha256, sql, code)]
        return FoundCode(code, tuple(names), tuple(limits), tuple(pairs[:MOST_SHOWN]), len(pairs) > MOST_SHOWN)


def tables_for(reader: Reader, lines: Iterable[Line]) -> CodeTables:
    """The rows whose codes stand on these lines: the checks get no more, however many are loaded."""
    tables, shelf = (reader.find(CodeTable), reader.tables) if reader.tables is not None else ([], None)
    codes = sorted({normal_form(line.code) for line in lines if line.code}) if tables else []
    if not codes or shelf is None:
        return CodeTables()
    pairs: list[CodePair] = []
    limits: list[UnitLimit] = []
    for table in tables:
        if table.kind == "code_pairs":
            sql, values = _pairs_among(codes)
            pairs += [_pair(row, table) for row in shelf.rows(table.rows_sha256, sql, *values)]
        elif table.kind == "unit_limits":
            sql = f"SELECT code, most FROM rows WHERE code IN {_LISTED}"
            found = shelf.rows(table.rows_sha256, sql, json.dumps(codes))
            limits += [_limit(str(code), int(most), table) for code, most in found]
    return CodeTables(pairs=tuple(pairs), limits=tuple(limits))


def source_of(table: CodeTable) -> str:
    """A table as a finding names it: what it is, its release, its file."""
    release = f" {table.release}" if table.release else ""
    return f"the table of {NAMES[table.kind]}{release} ({table.file})"


def _pairs_among(codes: Collection[str]) -> tuple[str, tuple[str, ...]]:
    listed = json.dumps(list(codes))
    second = "column2" if len(codes) <= FEW else "+column2"
    return f"{_PAIR}column1 IN {_LISTED} AND {second} IN {_LISTED}", (listed, listed)


def _pair(row: tuple[object, ...], table: CodeTable) -> CodePair:
    column1, column2, effective, deleted, indicator = row
    return CodePair(
        column1=str(column1),
        column2=str(column2),
        effective=_day(str(effective)),
        deleted=_day(str(deleted)),
        modifier_indicator=1 if indicator == 1 else 9 if indicator == 9 else 0,
        setting=table.setting,
        source=source_of(table),
    )


def _limit(code: str, most: int, table: CodeTable) -> UnitLimit:
    return UnitLimit(code=code, limit=most, setting=table.setting, effective=table.effective, source=source_of(table))


def _day(text: str) -> Day | None:
    return date.fromisoformat(text) if text else None
