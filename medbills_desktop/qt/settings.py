"""Choices of the person, kept in one small typed file."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Scheme = Literal["system", "light", "dark"]


@dataclass(slots=True)
class Settings:
    """Everything that is remembered from one start to the next. `layout` holds Qt's own opaque states, by window."""

    scheme: Scheme = "system"
    text_size: int = 100
    library: str = ""
    viewer: bool = True
    layout: dict[str, str] = field(default_factory=dict)


def load_settings(path: Path) -> Settings:
    """The kept settings; anything unreadable counts as not set."""
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Settings()
    found = Settings()
    for info in dataclasses.fields(Settings):
        value = kept.get(info.name)
        if isinstance(value, type(getattr(found, info.name))):
            setattr(found, info.name, value)
    if found.scheme not in ("system", "light", "dark"):
        found.scheme = "system"
    found.text_size = min(max(found.text_size, 100), 200)
    return found


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings aside, then in place; a disk that refuses is no reason to stop the program."""
    lines = [
        f"scheme = {json.dumps(settings.scheme)}",
        f"text_size = {settings.text_size}",
        f"library = {json.dumps(settings.library)}",
        f"viewer = {'true' if settings.viewer else 'false'}",
        "",
        "[layout]",
        *(f"{json.dumps(name)} = {json.dumps(state)}" for name, state in sorted(settings.layout.items())),
    ]
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.replace(aside, path)
    except OSError:
        aside.unlink(missing_ok=True)


def packed(state: bytes) -> str:
    """An opaque Qt state as text."""
    return base64.b64encode(state).decode("ascii")


def unpacked(text: str) -> bytes:
    """The state of such a text; empty where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
