"""Sentences for standard error: one line each, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.domain.errors import UserError


def told_on_one_line(error: UserError, path: Path | None = None) -> str:
    """A refusal as one line that names the program, and the file where one was being worked on."""
    text = " ".join(str(error).split())
    named = f"{path.name}: " if path is not None and path.name not in text else ""
    return f"medbills: {named}{text}"
