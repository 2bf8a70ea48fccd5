"""No connection, ever: the main job is watched by the system itself while it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def sockets(tmp_path: Path, words: list[str], **more: str) -> list[str]:
    """Run a program with everything it starts, and return the families of the sockets that were asked for."""
    environ = {**os.environ, "MEDBILLS_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen", **more}
    log = tmp_path / "network.txt"
    watch = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable]
    done = subprocess.run([*watch, *words], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("this system does not allow tracing")
    assert done.returncode == 0, done.stderr
    return re.findall(r"\b(AF_\w+)", log.read_text("utf-8", errors="replace"))


def test_the_watch_sees_a_socket_in_a_child_process(tmp_path: Path) -> None:
    inner = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    assert "AF_INET" in sockets(tmp_path, ["-c", outer])


def test_no_command_opens_a_connection(tmp_path: Path) -> None:
    program = ["-m", "medbills_desktop"]
    library, case, packet = tmp_path / "library", tmp_path / "case.json", tmp_path / "packet.pdf"
    asked = sockets(tmp_path, [*program, "sample", str(library)])
    asked += sockets(tmp_path, [*program, "export", "--library", str(library), "-o", str(case)])
    bills = [word for bill in json.loads(case.read_text("utf-8"))["bills"] for word in ("--bill", bill["id"])]
    asked += sockets(tmp_path, [*program, "packet", "--library", str(library), *bills, "-o", str(packet)])
    asked += sockets(tmp_path, [*program, "verify", str(packet)])
    assert packet.stat().st_size > 10_000
    assert {family for family in asked if family != "AF_UNIX"} == set()


def test_the_window_opens_no_connection(tmp_path: Path) -> None:
    asked = sockets(tmp_path, ["-m", "medbills_desktop", "--self-test"])
    assert {family for family in asked if family != "AF_UNIX"} == set()
