"""The rooms and files that `docs/map.md` names are those that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "medbills_desktop"
TEXT = (ROOT / "docs" / "map.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z][\w/.]*)`", TEXT))


def rooms() -> set[str]:
    """Every room, and every room within one, without the generated migrations."""
    found = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")}
    return found - {".", "store/migrations/versions"}


def test_every_room_is_on_the_map() -> None:
    assert sorted(rooms() - NAMED) == []
    assert {"qt/points", "qt/assistance", "store/queries"} <= rooms()


def test_what_the_map_names_is_there() -> None:
    paths = {name.strip("/") for name in NAMED if "/" in name or name.endswith(".py")}
    gone = sorted(path for path in paths if not (PACKAGE / path).exists() and not (ROOT / path).exists())
    assert gone == []
    linked = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert [link for link in linked if not (ROOT / "docs" / link).exists()] == []
