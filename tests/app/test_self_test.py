"""The self-test as a person starts it: it passes on a whole program, and tells what is broken on any other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A program that may be broken: its package and what is shipped with it, installed nowhere."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "medbills_desktop", tmp_path / "program" / "medbills_desktop", ignore=ignored)
    shutil.copytree(ROOT / "resources", tmp_path / "program" / "resources", ignore=ignored)
    return tmp_path / "program"


def self_test(program: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "temporary").mkdir()
    environ = {
        **os.environ,
        "PYTHONPATH": str(program),
        "MEDBILLS_HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temporary"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "medbills_desktop", "--self-test"]
    return subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)


def test_a_whole_program_passes_says_each_step_and_leaves_nothing(copy: Path, tmp_path: Path) -> None:
    done = self_test(copy, tmp_path)
    assert done.returncode == 0, done.stderr
    *steps, verdict = done.stdout.splitlines()
    assert verdict == "self-test passed"
    assert len(steps) == 10
    assert all(step.startswith("ok  ") for step in steps)
    assert done.stderr == ""
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (tmp_path / "home" / "data").exists()


def spoil_a_font(program: Path) -> None:
    (program / "resources" / "fonts" / "NotoSansThai-Regular.ttf").write_bytes(b"no font")


def lose_the_worker(program: Path) -> None:
    (program / "medbills_desktop" / "papers" / "worker.py").write_text("raise SystemExit(3)\n")


def lose_the_sample(program: Path) -> None:
    shutil.rmtree(program / "resources" / "sample")


def miss_a_library_of_the_system(program: Path) -> None:
    (program / "PySide6.py").write_text("raise ImportError('libEGL.so.1: cannot open shared object file')\n")


@pytest.mark.parametrize(
    ("spoil", "told", "to_do"),
    [
        (spoil_a_font, "load Qt and the fonts: ", "Install MedBills again"),
        (lose_the_worker, "draw papers in a process of their own: ", "Install MedBills again"),
        (lose_the_sample, "make the sample library: FileNotFoundError: sample", "Install MedBills again"),
        (miss_a_library_of_the_system, "load Qt and the fonts: ImportError: libEGL.so.1", "apt-get install"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_program_tells_which_part_and_what_to_do(
    copy: Path, tmp_path: Path, spoil: object, told: str, to_do: str
) -> None:
    assert callable(spoil)
    spoil(copy)
    done = self_test(copy, tmp_path)
    assert done.returncode == 1, done.stdout
    assert f"self-test failed: {told}" in done.stderr
    assert to_do in done.stderr
    assert "passed" not in done.stdout
