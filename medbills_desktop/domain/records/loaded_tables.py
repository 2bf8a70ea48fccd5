"""The tables of codes that the user loaded: what each file was, and that the user may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records.fields import Record

TableKind = Literal["code_pairs", "unit_limits", "code_names"]
"""Pairs of codes (the layout of NCCI), most units (the layout of MUE), names of codes (HCPCS Level II)."""

TableSetting = Literal["practitioner", "outpatient_hospital", "equipment", "any"]
"""Whose bills the rows of a table are for."""


@dataclass(frozen=True, kw_only=True)
class CodeTable(Record):
    """One table of codes, as a file of the user's own. Known inside the library only; no case file holds it.

    `sha256` and `size` (bytes) are of that file; its `rows` are kept beside the database under `rows_sha256`.
    `release` is what the file says of itself, `effective` the first day on which its limits hold. `notice` is the
    licence notice as it stands in the file; `accepted_at` and `loaded_at` are UTC instants, the former empty for a
    table that is free for all, of which nobody is asked.
    """

    KIND: ClassVar[str] = "code_table"
    TITLE: ClassVar[str] = "table of codes"

    kind: TableKind
    setting: TableSetting
    file: str
    sha256: str
    size: int
    release: str | None = None
    effective: Day | None = None
    rows: int
    refused: int = 0
    rows_sha256: str
    notice: str | None = None
    accepted_at: str
    loaded_at: str
