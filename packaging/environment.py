"""The environment in which MedBills runs from a source tree: `.venv`, made and filled only when it has to be.

Shared by `run.py` and `test.py`. Standard library only, and readable by Pythons that are too old for MedBills,
so that those can be told so in one sentence.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import TextIO

import system_libraries
from system_libraries import Missing, SetUpError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "installed.json"
LOG = "install.log"
OLDEST = (3, 11)

# Left over from other tools, these would lead pip or Qt past the environment.
_MISLEADING = (
    "PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV",
    "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "__PYVENV_LAUNCHER__",
)  # fmt: skip


def require_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Raise SetUpError when this Python is older than the program can use."""
    if version[:2] < OLDEST:
        have = ".".join(str(part) for part in version)
        raise SetUpError(
            f"MedBills needs Python {OLDEST[0]}.{OLDEST[1]} or later; this one ({sys.executable}) is {have}.\n"
            "Start it with a newer one, for example:  python3.12 packaging/run.py"
        )


def clean_environ(**more: str) -> dict[str, str]:
    """The variables of this process without those that mislead, and with `more`."""
    return {**{name: value for name, value in os.environ.items() if name not in _MISLEADING}, **more}


def program(name: str, venv: Path = VENV) -> Path:
    """An executable of the environment, such as `python` or `medbills`."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def state(extras: Collection[str], root: Path = ROOT) -> dict[str, object]:
    """What an installation depends on; while it stays the same nothing is installed again."""
    described = hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()
    return {
        "pyproject": described,
        "python": f"{sys.version.split()[0]} {sys.base_prefix}",
        "place": str(root),
        "extras": sorted(extras),
    }


def read_stamp(venv: Path = VENV) -> dict[str, object]:
    """What was installed the last time that it went well; empty when it never did."""
    try:
        stamp = json.loads((venv / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current(stamp: dict[str, object], wanted: dict[str, object]) -> bool:
    """Whether an installation does for what is wanted: all the same, and at least the extras."""
    have, need = stamp.get("extras"), wanted["extras"]
    if not isinstance(have, list) or not isinstance(need, list) or not set(need) <= set(have):
        return False
    return all(stamp.get(name) == wanted[name] for name in ("pyproject", "python", "place"))


def prepare(extras: Collection[str] = ()) -> Path:
    """Make everything ready and return the environment's Python. Raises SetUpError with what to do.

    A second call with nothing changed takes a few hundredths of a second.
    """
    require_python()
    system_libraries.ensure(also=_missing_of_python())
    stamp, wanted = read_stamp(), state(extras)
    python = program("python")
    if is_current(stamp, wanted) and python.exists():
        return python
    began = time.monotonic()
    try:
        if not _is_usable(stamp, wanted):
            _make_venv()
        kept = stamp.get("extras")
        wanted = state({*extras, *(kept if isinstance(kept, list) else ())})
        _install(python, wanted)
    except PermissionError as error:
        raise SetUpError(
            f"{ROOT} can't be written to. Copy the folder to a place of your own and start there."
        ) from error
    print(f"  Ready after {time.monotonic() - began:.0f} s", flush=True)
    return python


def _missing_of_python() -> list[Missing]:
    """What an environment can't be made without; Debian keeps it in a package of its own."""
    if program("python").exists() or importlib.util.find_spec("ensurepip") is not None:
        return []
    return [Missing("python-venv", (f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv"))]


def _is_usable(stamp: dict[str, object], wanted: dict[str, object]) -> bool:
    """Whether the environment that is there can be installed into, rather than made anew."""
    if not program("python").exists():
        return False
    if stamp and (stamp.get("python") != wanted["python"] or stamp.get("place") != wanted["place"]):
        return False
    asked = [str(program("python")), "-c", f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"]
    return subprocess.run(asked, env=clean_environ(), capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    print(f"  Making an environment of its own in {VENV.name}", flush=True)
    words = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(words, env=clean_environ(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        raise SetUpError(f"Python could not make the environment {VENV}:\n\n{said}")


def _install(python: Path, wanted: dict[str, object]) -> None:
    stamp = VENV / STAMP
    stamp.unlink(missing_ok=True)
    extras = wanted["extras"]
    what = f".[{','.join(extras)}]" if isinstance(extras, list) and extras else "."
    print("  Installing the libraries; the first time this takes a minute or two", flush=True)
    words = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--editable", what]
    _run_logged(words, VENV / LOG)
    _check_qt(python)
    stamp.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")


def _run_logged(words: list[str], log: Path) -> None:
    """Run pip with its many words in a file. Raises SetUpError with the last of them."""
    with log.open("w", encoding="utf-8") as kept:
        code = _follow(words, kept)
    if code != 0:
        last = "\n".join(f"    {line}" for line in log.read_text("utf-8").strip().splitlines()[-8:])
        raise SetUpError(
            f"The libraries could not be installed:\n\n{last}\n\n"
            f"All that was said is in {log}. The first set-up needs the internet; when it is back, start again."
        )


def _follow(words: list[str], kept: TextIO) -> int:
    """Run a program, keep what it says, and on a terminal show its newest line in place of the one before."""
    terminal = sys.stdout.isatty()
    running = subprocess.Popen(
        words,
        cwd=ROOT,
        env=clean_environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with running:
        for line in running.stdout or ():
            kept.write(line)
            if terminal:
                print(f"\r\033[K    {line.strip()[:74]}", end="", flush=True)
    if terminal:
        print("\r\033[K", end="", flush=True)
    return running.returncode


def _check_qt(python: Path) -> None:
    """Load Qt once, since only that shows that nothing is missing on a system we have never seen."""
    words = [str(python), "-c", "import PySide6.QtWidgets"]
    done = subprocess.run(words, env=clean_environ(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetUpError(
            f"Qt can't be loaded: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}\n"
            "Install the package of your distribution that holds the library named there, then start again."
        )
