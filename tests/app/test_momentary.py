"""Files of a moment lie in a private room of each run; what a killed run left is gone after the next start."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from medbills_desktop.app.momentary import clear_rooms, own_room
from medbills_desktop.app.paths import Paths, own_paths

RUN = """
import os, sys
from pathlib import Path
from medbills_desktop.app.momentary import own_room
from medbills_desktop.app.paths import own_paths
from medbills_desktop.qt.own_folder import OwnFolder
own_room(own_paths())
folder = OwnFolder()
(folder.place() / "P0007.wav").write_bytes(b"what was said")
print(folder.place(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    return own_paths({"MEDBILLS_HOME": str(tmp_path)})


def started(tmp_path: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another run of the program that holds a copy of a recording, and the folder of that copy."""
    environ = {**os.environ, "MEDBILLS_HOME": str(tmp_path)}
    command = [sys.executable, "-c", RUN]
    run = subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    return run, Path(run.stdout.readline().strip())


def end(run: subprocess.Popen[str]) -> None:
    run.communicate("\n", timeout=30)


def test_what_a_killed_run_left_is_gone_after_the_next_start(paths: Paths, tmp_path: Path) -> None:
    run, folder = started(tmp_path)
    assert folder.is_relative_to(paths.temporary)
    run.kill()
    run.communicate(timeout=30)
    assert list(folder.iterdir()), "a killed program can't tidy up"
    room = own_room(paths)
    assert room is not None
    assert [path for path in paths.temporary.iterdir() if path.is_dir()] == [room]


def test_a_run_that_ends_leaves_nothing(paths: Paths, tmp_path: Path) -> None:
    run, folder = started(tmp_path)
    end(run)
    assert not folder.exists()
    assert list(paths.temporary.iterdir()) == []


def test_the_room_of_a_running_program_stays(paths: Paths, tmp_path: Path) -> None:
    run, folder = started(tmp_path)
    clear_rooms(paths.temporary)
    assert (folder / "P0007.wav").read_bytes() == b"what was said"
    end(run)


@pytest.mark.skipif(os.name != "posix", reason="permission bits exist on POSIX systems only")
def test_it_is_readable_by_its_owner_alone(paths: Paths) -> None:
    room = own_room(paths)
    assert room is not None
    assert stat.S_IMODE(room.stat().st_mode) == 0o700
    assert tempfile.gettempdir() == str(room)


def test_where_no_room_can_be_made_the_folder_of_the_system_serves(paths: Paths) -> None:
    paths.cache.write_text("a file where a folder should be")
    before = tempfile.tempdir
    assert own_room(paths) is None
    assert tempfile.tempdir == before
