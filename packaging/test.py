"""Sets MedBills up for its developers and runs everything that has to be right: style, types, rooms, tests.

    python3 packaging/test.py [arguments for pytest]

It can be run again and again; only the first run installs something. The exit code is that of the worst step,
and the last line is pytest's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment
from system_libraries import SetUpError

# Name, then the program of the environment with its arguments.
CHECKS = (
    ("style", "ruff", "check", "--quiet", "."),
    ("layout", "ruff", "format", "--check", "--quiet", "."),
    ("types", "mypy"),
    ("rooms", "lint-imports", "--no-cache"),
)

MOST_AT_ONCE = 8
"""Each of them may open windows and start workers of its own, which takes about 400 MB."""


def check(name: str, words: list[str]) -> int:
    """Run one check; silent but for its name and time when all is well. Returns its exit code."""
    began = time.monotonic()
    done = subprocess.run(
        words, cwd=environment.ROOT, env=environment.clean_environ(), capture_output=True, text=True, check=False
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<8}{verdict:<8}{time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode


def side_by_side(arguments: list[str]) -> list[str]:
    """How many tests run at once, unless pytest is told (`-n 0` for one).

    That is one more than there are processors for us: tests of windows wait for workers and timers a seventh of their
    time.
    """
    told = ("-n", "--numprocesses", "--pdb", "--trace")
    if any(argument.startswith(told) for argument in arguments):
        return []
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ["-n", str(min(ours + 1, MOST_AT_ONCE)), "--dist", "worksteal"] if ours > 1 else []


def run_tests(python: Path, arguments: list[str]) -> int:
    """Run the suite without a screen and in a home of its own, so that it never meets the person's library."""
    with tempfile.TemporaryDirectory(prefix="medbills-test-", ignore_cleanup_errors=True) as home:
        environ = environment.clean_environ(QT_QPA_PLATFORM="offscreen", MEDBILLS_HOME=home)
        words = [str(python), "-m", "pytest", *side_by_side(arguments), *arguments]
        return subprocess.run(words, cwd=environment.ROOT, env=environ, check=False).returncode


def main(arguments: list[str]) -> int:
    """Set up, check, test."""
    print("MedBills: checks and tests", flush=True)
    try:
        python = environment.prepare(extras=("dev",))
    except SetUpError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    codes = [check(name, [str(environment.program(tool)), *rest]) for name, tool, *rest in CHECKS]
    codes.append(run_tests(python, arguments))
    return max(abs(code) for code in codes)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
