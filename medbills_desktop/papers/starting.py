"""How a paper worker is started, the same for a pipe of this process and for Qt's process class."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def worker_command() -> list[str]:
    """Program and arguments that start a worker: for subprocess.Popen and for QProcess alike.

    A frozen program has no `-m`; its start (`app`) hands `--paper-worker` to `papers.worker.main`.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "--paper-worker"]
    return [sys.executable, "-s", "-P", "-m", "medbills_desktop.papers.worker"]


def worker_environment() -> dict[str, str]:
    """The few variables a worker needs; nothing else of the person's environment reaches it."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    return {**found, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
