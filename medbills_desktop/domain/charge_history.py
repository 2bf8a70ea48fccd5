"""What has been charged for a service so far, so that one charge can be held against the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from medbills_desktop.domain.records import Bill, Line, Organization

MANY_THINGS = frozenset({"A4649", "A9270", "A9999", "E1399", "J3490", "J3590", "J7999", "J8499", "J9999", "Q4100"})
"""HCPCS Level II codes under which many different things are billed: for them the printed name counts as well."""

_PARTS = frozenset({"26", "TC", "53", "NU", "RR", "UE", "80", "81", "82", "AS"})
"""Modifiers that give a code another price: a part of the service, rented instead of bought, an assistant."""

_INSTITUTIONS = ("hospital", "facility")

FAR = 10
"""How many times the other charges a charge must be to be asked about."""

Rate: TypeAlias = "int | Fraction"
"""Cents for one unit."""

Service = tuple[str, ...]
"""Code, name (or nothing), biller or sort of biller, unit, whether units are stated, and modifiers."""


@dataclass(frozen=True, slots=True)
class Charged:
    """How often a service was charged, and the two highest charges for one unit of it, in cents."""

    count: int
    highest: Rate
    next: Rate

    def highest_of_others(self, charge: Rate) -> Rate:
        """The highest charge for one unit among the others, `charge` being one of those counted."""
        return self.next if charge == self.highest else self.highest

    @property
    def is_wide(self) -> bool:
        """Whether one charge is `FAR` times every other, of which at least two are known."""
        return self.count > 2 and 0 < FAR * self.next <= self.highest


@dataclass(frozen=True)
class ChargeHistory:
    """All services charged, and the codes and names of those with one charge far above the others (mostly none)."""

    charged: Mapping[Service, Charged]

    @cached_property
    def wide(self) -> frozenset[tuple[str, str]]:
        return frozenset((service[0], service[1]) for service, known in self.charged.items() if known.is_wide)


def service_charged(line: Line, biller: Organization | None) -> Service | None:
    """What a line is compared by: its code, else its name, among bills of the same sort of biller.

    `None` where nothing above zero is charged or nothing names the service. Own codes of a biller, and names without a
    code, are compared with that biller's only.
    """
    if line.charge is None or line.charge <= 0 or line.mark == "removed_by_biller":
        return None
    code = "".join(line.code.split()).upper() if line.code else ""
    sort = "institution" if biller is None or biller.kind in _INSTITUTIONS else biller.kind
    own = not code or line.code_system in ("other", "revenue")
    name = _words(line) if own or code in MANY_THINGS else ""
    if own and not name:
        return None
    parts = sorted(_PARTS.intersection(part.strip().upper() for part in line.modifiers)) if line.modifiers else ()
    unit = line.unit if line.unit and line.unit not in ("each", "other") else ""
    stated = "" if line.units or line.unit_price is not None else "no units"
    return code, name, str(biller.id) if own and biller else sort, unit, stated, *parts


def charge_for_one(line: Line) -> Rate | None:
    """The charge for one unit in cents, or the whole charge where no units are stated; `None` if there is none."""
    charge, units, price = line.charge, line.units, line.unit_price
    if charge is None or (units is not None and units < 0):
        return None
    if units is None or units == 1:
        return charge if units is not None or price is None else price
    if price is not None and units * price == charge:
        return price
    return Fraction(charge) / Fraction(units) if units else charge


def charge_history(
    lines: Iterable[Line], bills: Iterable[Bill], organizations: Iterable[Organization]
) -> ChargeHistory:
    """Sum up lines into the charges for each service."""
    by_id = {one.id: one for one in organizations}
    billers = {bill.id: by_id.get(bill.biller_id) for bill in bills}
    found: dict[Service, Charged] = {}
    for line in lines:
        service = service_charged(line, billers.get(line.bill_id))
        charge = charge_for_one(line) if service else None
        if service is None or charge is None:
            continue
        known = found.get(service)
        if known is None:
            found[service] = Charged(1, charge, 0)
        else:
            high = known.highest if known.highest > charge else charge
            second = charge if known.highest > charge else known.highest
            found[service] = Charged(known.count + 1, high, second if second > known.next else known.next)
    return ChargeHistory(found)


def _words(line: Line) -> str:
    return " ".join(re.findall(r"[^\W_]+", line.description.casefold()))
