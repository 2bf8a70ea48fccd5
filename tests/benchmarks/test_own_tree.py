"""What is measured is the tree in which a script lies, whatever else is installed or lies in the current folder."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from medbills_desktop.commands.checking import checking_command
from medbills_desktop.qt.packet_export import _environment, _program

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "benchmarks").glob("*.py"))
OWN = {"benchmarks", "medbills_desktop", "tests"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_looks_into_its_own_tree_first(script: Path) -> None:
    before: list[str] = []
    for node in ast.parse(script.read_text("utf-8")).body:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
        if any(name.split(".")[0] in OWN for name in names):
            assert any("sys.path.insert(0, " in text for text in before), f"line {node.lineno}"
            return
        before.append(ast.unparse(node))


@pytest.mark.parametrize("start", [[sys.executable, *_program()], checking_command(Path("x"))[:-2]])
def test_a_process_of_the_window_is_of_its_own_tree(start: list[str], tmp_path: Path) -> None:
    decoy = tmp_path / "medbills_desktop"
    decoy.mkdir()
    (decoy / "__init__.py").write_text("raise SystemExit('another tree')\n")
    own = {name: _environment().value(name) for name in _environment().keys()}  # noqa: SIM118 - Qt's own keys()
    ended = subprocess.run(
        [*start, "--version"], cwd=tmp_path, env={**os.environ, **own}, capture_output=True, text=True
    )
    assert (ended.returncode, "another tree" in ended.stderr) == (0, False), ended.stderr
