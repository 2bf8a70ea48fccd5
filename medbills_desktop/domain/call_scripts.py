"""What one can say in a call, by what the call is for: data in `resources/calls`, filled from the records of a bill."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.letter_drafts import known_facts
from medbills_desktop.domain.letter_facts import bill_policy, latest_placement, more_facts
from medbills_desktop.domain.letter_templates import LANGUAGE, Sentence, letter_words
from medbills_desktop.domain.records import Bill, Organization
from medbills_desktop.domain.resource_files import resource

Purpose = Literal["itemized", "question", "assistance", "lump_sum", "collector"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""In the order in which a dispute needs them; a call without one is about anything else."""

Other = Literal["biller", "insurer", "collector"]


@dataclass(frozen=True, slots=True)
class CallScript:
    """One purpose of a call: what it is called, whom it is with, what goes into “What I ask”, and what one can say."""

    purpose: Purpose
    name: str
    to: Other
    ask: str
    lines: tuple[Sentence, ...]

    def filled(self, known: Mapping[str, str]) -> tuple[str, ...]:
        """The lines with what is known; one that names what is not known is left out."""
        return tuple(
            line.text.format(**{name: known[name] for name in line.names})
            for line in self.lines
            if all(known.get(name) for name in line.names)
        )


@cache
def call_scripts(language: str = LANGUAGE) -> Mapping[str, CallScript]:
    """The script of each purpose, by its id. Raises `FileNotFoundError` for a language that has none."""
    with resource(f"calls/{language}.toml").open("rb") as file:
        read = tomllib.load(file)["purpose"]
    found = [
        CallScript(one["id"], one["name"], one["to"], " ".join(one["ask"]), tuple(map(Sentence, one["lines"])))
        for one in read
    ]
    return {one.purpose: one for one in found}


def script_languages() -> tuple[str, ...]:
    """The languages in which there are scripts, English first."""
    found = sorted(path.stem for path in resource("calls").glob("*.toml"))
    return (LANGUAGE, *(language for language in found if language != LANGUAGE))


def script_lines(purpose: str, case: Case, bill_id: int, language: str = LANGUAGE) -> tuple[str, ...]:
    """What one can say about a bill; empty for a purpose without a script."""
    script = call_scripts(language).get(purpose)
    if script is None:
        return ()
    words = letter_words(language)
    return script.filled(known_facts(case, bill_id, words) | more_facts(case, bill_id, words))


def other_side(purpose: str, case: Case, bill_id: int) -> Organization | None:
    """With whom a call about a bill is; the biller where the purpose says nothing else or nobody else is known."""
    script = call_scripts().get(purpose)
    bill = case.get(Bill, bill_id)
    found: int | None = None
    if script is not None and script.to == "collector":
        placement = latest_placement(case, bill)
        found = placement.collector_id if placement else None
    elif script is not None and script.to == "insurer":
        policy = bill_policy(case, bill)
        found = policy.insurer_id if policy else None
    return case.find(Organization, found) or case.find(Organization, bill.biller_id)
