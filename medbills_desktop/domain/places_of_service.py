"""The two-digit places of service that doctors' claims carry, by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.resource_files import resource


@dataclass(frozen=True, slots=True)
class PlacesOfService:
    """The list with its source; `verified` is off while nobody compared it with the list of the day."""

    names: Mapping[str, str]
    source: str
    where: str
    checked: Day
    verified: bool

    def name(self, text: str) -> str | None:
        """The name of a place as it is typed: `22`, ` 2` or `02`; `None` for any other text."""
        typed = text.strip()
        return self.names.get(typed.zfill(2)) if typed.isascii() and typed.isdecimal() else None


@cache
def places_of_service() -> PlacesOfService:
    """The list that the program ships."""
    read = tomllib.loads(resource("codes/places_of_service.toml").read_text("utf-8"))
    names = MappingProxyType(dict(read["names"]))
    return PlacesOfService(names, read["source"], read["where"], read["checked"], read["verified"])
