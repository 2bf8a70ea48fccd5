"""Lists of words that the checks look for, read once from the files that are shipped with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable

from medbills_desktop.domain.resource_files import resource


def listed(name: str) -> tuple[str, ...]:
    """The lines of `checks/<name>` in the order of the file; comments (`#`) and blank lines are left out."""
    lines = resource(f"checks/{name}").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the words in a text without case and punctuation; a star at the end stands for any ending."""
    parts = (re.escape(word[:-1]) if word.endswith("*") else rf"{re.escape(word)}\b" for word in words)
    return re.compile(rf"\b(?:{'|'.join(parts)})")
