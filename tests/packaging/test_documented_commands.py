"""The commands on the pages are those of the program: each is run, in the order of the page, and says what is shown."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.cli.main import parse, run

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "packaging" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
OPEN = "…"
"""Stands on the page for output that is left out."""


def documented() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that it is shown to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", COMMANDS, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def said(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], str]:
    name, *words = shlex.split(command)
    assert name == "medbills"
    capsys.readouterr()
    try:
        code = run(parse(words))
    except SystemExit as end:
        code = int(end.code or 0)
    told = capsys.readouterr()
    return code, told.out.splitlines(), told.err


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the output begins as shown, and ends there too unless the page leaves the rest out."""
    if shown[-1:] == [OPEN]:
        return len(printed) >= len(shown) and printed[: len(shown) - 1] == shown[:-1]
    return printed == shown


def test_every_command_of_the_page_works_and_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDBILLS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    commands = documented()
    assert len(commands) > 12
    for command, shown in commands:
        code, printed, errors = said(command, capsys)
        assert code == 0, f"{command}: {errors}"
        assert agrees(shown, printed), f"{command} prints {printed}"


def test_output_that_differs_from_the_page_is_seen() -> None:
    assert agrees(["a", OPEN], ["a", "b"])
    assert not agrees(["a", OPEN], ["b", "b"])
    assert not agrees(["a"], ["a", "b"])
    assert not agrees([OPEN], [])


def subcommands(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The help of each command by its name, and of the program itself by the empty name."""
    _, out, _ = said("medbills --help", capsys)
    names = re.findall(r"^    ([a-z]+) ", "\n".join(out), re.MULTILINE)
    return {"": "\n".join(out), **{name: "\n".join(said(f"medbills {name} --help", capsys)[1]) for name in names}}


def test_every_command_of_the_program_stands_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    run_there = {re.split(r"\s", command)[1] for command, _ in documented()}
    assert {name for name in subcommands(capsys) if name} <= run_there


def mentioned() -> Iterator[tuple[str, str]]:
    """Commands and options named in the running text of any page, with the page."""
    for page in PAGES:
        for line in re.findall(r"`(?:\S*/)?(medbills [^`]+)`", page.read_text("utf-8")):
            yield page.relative_to(ROOT).as_posix(), line


def test_whatever_is_mentioned_elsewhere_exists_too(capsys: pytest.CaptureFixture[str]) -> None:
    helps = subcommands(capsys)
    lines = list(mentioned())
    assert len(lines) > 5
    for page, line in lines:
        words = line.split()[1:]
        name = next((word for word in words if not word.startswith("-")), "")
        if name.isupper():
            name = ""
        assert name in helps, f"{page}: {line}"
        for option in (word for word in words if word.startswith("-")):
            assert re.search(rf"(^|[\s\[]){re.escape(option)}\b", helps[name] + helps[""]), f"{page}: {line}"


def test_the_scripts_that_pages_name_are_there() -> None:
    for page in PAGES:
        for script in re.findall(
            r"`(?:python3? )?((?:packaging|benchmarks|tests|\.ci)/[\w/.-]+)", page.read_text("utf-8")
        ):
            assert (ROOT / script).exists(), f"{page.name}: {script}"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert set(scripts) == {"medbills"}
