"""The wheel, built and used as a stranger would: from another folder, without the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from medbills_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("hatchling") is None or find_spec("pip") is None:
        pytest.skip("hatchling and pip are needed to build the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    words = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        ".",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(installed), "MEDBILLS_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "medbills_desktop", *words]
    return subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)


def test_the_wheel_holds_every_module_and_every_shipped_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "medbills_desktop").rglob("*.py")}
    shipped = {
        f"medbills_desktop/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(shipped) > 10
    assert (modules | shipped) - held == set()


def test_the_wheel_holds_licence_and_notice(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    for name in ("LICENSE", "NOTICE"):
        assert any(entry.endswith(f".dist-info/licenses/{name}") for entry in held)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"medbills_desktop", f"medbills_desktop-{__version__}.dist-info"}


def test_the_installed_program_says_its_version_without_qt(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('the window system must not be needed for this')")
    done = run_installed(installed, tmp_path, "--version")
    assert done.returncode == 0, done.stderr
    assert __version__ in done.stdout


def test_the_installed_program_makes_the_sample_case(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, tmp_path, "sample", str(tmp_path / "sample"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sample" / "library.db").is_file()


def test_the_installed_program_runs_from_where_it_was_installed(installed: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(installed)}
    words = [sys.executable, "-c", "import medbills_desktop; print(medbills_desktop.__file__)"]
    said = subprocess.run(words, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()).is_relative_to(installed)
