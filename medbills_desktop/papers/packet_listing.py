"""What a packet's own list says: the hashes that it is made with, among whose digits any number stands by chance, and
which paper is on which page.

Only hashes that the list names are left out of a search, and only where all of one stands.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

_HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_SEAL = b"medbills-seal-sha256:"
_SEALED = re.compile(f"{_SEAL.decode()}[0-9a-f]{{64}}")


@dataclass(frozen=True, slots=True)
class PacketListing:
    """`printed` are the hashes that may also stand on a page, `hashes` all of them; both are empty without a list."""

    told: dict[str, Any] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    hashes: frozenset[bytes] = frozenset()

    @classmethod
    def read(cls, path: Path, key: str) -> PacketListing:
        """The list that the catalog of a file has under that name; an empty one where there is none."""
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            stream = pdf.Root.get(key) if key else None
            if not isinstance(stream, pikepdf.Stream):
                return cls()
            data = stream.read_bytes()
        told = json.loads(data)
        printed = tuple(dict.fromkeys(filter(_is_hash, _printed(told))))
        own = (*printed, *filter(_is_hash, told.get("page_sha256", ())), hashlib.sha256(data).hexdigest())
        return cls(told, printed, frozenset(each.encode() for each in own))

    @property
    def pages_before(self) -> int:
        """How many pages of the packet are in the volumes before this one."""
        volumes = self.told.get("volumes")
        return int(volumes[self.told["volume"] - 1]["first_page"]) - 1 if volumes else 0

    def paper_on(self, page: int) -> str:
        """`Exhibit C, page 2` for a page of the packet; nothing for its own pages."""
        for exhibit in self.told.get("exhibits", ()):
            own = page - exhibit["slip_page"]
            if 0 < own <= exhibit["pages"]:
                return f"Exhibit {exhibit['letter']}, page {own}"
        return ""

    def blanked(self, data: bytes) -> bytes:
        """Bytes without these hashes and without the seal."""

        def blank(found: re.Match[bytes]) -> bytes:
            before = data[max(0, found.start() - len(_SEAL)) : found.start()]
            return b" " if found[0] in self.hashes or before == _SEAL else found[0]

        return _HASH.sub(blank, data) if self.hashes else data

    def without(self, text: str) -> str:
        """A text without the printed ones, however their lines are broken, and without the seal."""
        text = _SEALED.sub(" ", text)
        for each in self.printed:
            text = re.sub(r"\s*".join(each), " ", text)
        return text


def _printed(told: dict[str, Any]) -> Iterator[Any]:
    yield from (told.get(key) for key in ("packet_id", "journal_head"))
    yield from (exhibit.get("sha256") for exhibit in told.get("exhibits", ()))
    yield from (volume.get("pages_sha256") for volume in told.get("volumes", ()))


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value.encode("ascii", "replace")) is not None
