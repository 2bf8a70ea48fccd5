"""Which rules of appeal a policy falls under, as far as its names say: nobody is asked for what the card prints."""

from __future__ import annotations

import re
from typing import Literal

from medbills_desktop.domain.records import Organization, Policy

PlanKind = Literal["private", "medicare", "medicare_advantage", "part_d", "medicaid", "tricare", "va", "unknown"]

_WORDS: tuple[tuple[PlanKind, str], ...] = (
    ("unknown", r"medigap|medicare supplement|medicare and medicaid|dual"),
    ("medicare_advantage", r"medicare advantage|medicare part c|medicare complete|medicare (?:hmo|ppo|pffs)"),
    ("part_d", r"part d\b|prescription drug plan|medicare (?:rx|drug)"),
    ("medicare", r"\bmedicare\b"),
    ("medicaid", r"\bmedicaid\b|medi-cal\b|masshealth|badgercare|tenncare|husky health|soonercare|apple health"),
    ("tricare", r"\btricare\b"),
    ("va", r"veterans affairs|veterans health|\bchampva\b"),
)


def plan_kind(policy: Policy, insurer: Organization | None) -> PlanKind:
    """The kind of plan by the names on the policy; `private` where no public program is named.

    `unknown` stands for policies whose rules the names do not settle, such as a Medicare supplement: they start no
    clock.
    """
    names = " ".join((policy.plan_name or "", insurer.name if insurer else "")).casefold()
    return next((kind for kind, words in _WORDS if re.search(words, names)), "private")
