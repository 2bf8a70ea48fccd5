"""The import rules themselves: each refuses what it is there to refuse, tried on a house of empty rooms."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RULES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS, *FORBIDDING = RULES
STOREYS = [[name.strip() for name in storey.split("|")] for storey in LAYERS["layers"]]
ROOMS = [room for storey in STOREYS for room in storey]


def upward() -> list[tuple[str, str, str]]:
    """Each room with one of the storey above it, and with one beside it."""
    pairs = [(below, above[0]) for above, storey in itertools.pairwise(STOREYS) for below in storey]
    beside = [(room, other) for storey in STOREYS for room in storey for other in storey if room != other]
    return [(LAYERS["name"], room, other) for room, other in pairs + beside]


def outward() -> list[tuple[str, str, str]]:
    return [
        (rule["name"], room, library)
        for rule in FORBIDDING
        for room in rule["source_modules"]
        for library in rule["forbidden_modules"]
    ]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The rooms, empty, under the project's own rules; `house` itself obeys all of them."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ("medbills_desktop", *ROOMS):
        folder = tmp_path / room.replace(".", "/")
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    return tmp_path


def lint(house: Path) -> tuple[int, str]:
    """The exit code of import-linter and what it said."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_every_room_of_the_program_stands_in_the_rules() -> None:
    package = ROOT / "medbills_desktop"
    folders = {f"medbills_desktop.{path.parent.name}" for path in package.glob("*/__init__.py")}
    assert folders == set(ROOMS)
    (qt_rule,) = [rule for rule in FORBIDDING if rule["forbidden_modules"] == ["PySide6"]]
    assert folders - set(qt_rule["source_modules"]) == {"medbills_desktop.app", "medbills_desktop.qt"}


def test_empty_rooms_obey(house: Path) -> None:
    assert lint(house)[0] == 0


@pytest.mark.parametrize("rule", [rule["name"] for rule in RULES])
def test_each_rule_bites_for_everything_that_it_names(house: Path, rule: str) -> None:
    imports = [(room, named) for name, room, named in upward() + outward() if name == rule]
    assert imports
    for room in {room for room, _ in imports}:
        lines = [f"import {named}\n" for of, named in imports if of == room]
        (house / room.replace(".", "/") / "intruder.py").write_text("".join(lines))
    code, said = lint(house)
    broken = said.partition("Broken contracts")[2]
    assert code == 1
    assert rule in broken
    assert [each for each in imports if f"{each[0]} is not allowed to import {each[1]}" not in broken] == []


def test_the_window_is_kept_from_every_library_that_is_for_another_room() -> None:
    """A new dependency has to be thought of here: either the window may use it, or the rule names it."""
    (rule,) = [rule for rule in FORBIDDING if rule["source_modules"] == ["medbills_desktop.qt"]]
    modules = {
        "PyMuPDF": "pymupdf",
        "Pillow": "PIL",
        "pi-heif": "pi_heif",
        "SQLAlchemy": "sqlalchemy",
        "XlsxWriter": "xlsxwriter",
    }
    allowed = {"PySide6-Essentials", "Babel", "appdirs"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {line.partition(">=")[0] for line in project["dependencies"]} - allowed
    assert {modules.get(name, name) for name in names} <= set(rule["forbidden_modules"])
