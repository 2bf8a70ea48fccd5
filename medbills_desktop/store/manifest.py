"""What a backup says about itself: enough to prove it without the library that it came from."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store.vault import is_hash

FORMAT, VERSION = "medbills-backup", 1
LARGEST_TEXT = 16 << 20
"""Bytes of a manifest that are read at most."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `made_at` is UTC; `papers` gives the size in bytes of each paper by its SHA-256; `missing` names papers that the
    library itself had lost when the backup was made. `journal_entry` and `journal_hash` are the newest entry of the
    journal: a later journal that has another hash there was written anew.
    """

    made_at: str
    library_version: int
    database_sha256: str
    database_bytes: int
    counts: Mapping[str, int]
    papers: Mapping[str, int]
    missing: tuple[str, ...] = ()
    journal_entry: int = 0
    journal_hash: str = field(default="0" * 64)

    def text(self) -> str:
        """The manifest as JSON; the same backup gives the same text."""
        plain = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": self.made_at,
            "library_version": self.library_version,
            "database_sha256": self.database_sha256,
            "database_bytes": self.database_bytes,
            "counts": dict(self.counts),
            "papers": dict(self.papers),
            "missing": sorted(self.missing),
            "journal": [self.journal_entry, self.journal_hash],
        }
        return json.dumps(plain, indent=1, sort_keys=True) + "\n"

    def without(self, missing: Collection[str]) -> Manifest:
        """The same with some papers told as missing instead of held."""
        held = {sha: size for sha, size in self.papers.items() if sha not in missing}
        return dataclasses.replace(self, papers=held, missing=tuple(sorted(missing)))

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """Read a manifest; raises `UserError` where it is not one."""
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UserError(
                "This is not a backup of a MedBills library.", "Choose a backup that MedBills made."
            ) from error


def _read(plain: Any) -> Manifest:
    if plain["format"] != FORMAT or plain["version"] != VERSION:
        raise ValueError("format")
    papers = {str(sha): _count(size) for sha, size in plain["papers"].items()}
    missing = tuple(str(sha) for sha in plain["missing"])
    entry, entry_hash = plain["journal"]
    hashes = (*papers, *missing, str(plain["database_sha256"]), str(entry_hash))
    if not all(is_hash(sha) for sha in hashes):
        raise ValueError("hash")
    return Manifest(
        made_at=str(plain["made_at"]),
        library_version=_count(plain["library_version"]),
        database_sha256=str(plain["database_sha256"]),
        database_bytes=_count(plain["database_bytes"]),
        counts={str(kind): _count(count) for kind, count in plain["counts"].items()},
        papers=papers,
        missing=missing,
        journal_entry=_count(entry),
        journal_hash=str(entry_hash),
    )


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("count")
    return value
