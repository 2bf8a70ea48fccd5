"""A packet whose making is ended by force at any moment: what was there before is there, and the next one tidies up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from medbills_desktop.commands.sample import make_sample
from tests.cli.conftest import Medbills

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "library"
    make_sample(folder)
    return folder


def _ended_at(word: str, number: int, library: Path, out: Path) -> subprocess.Popen[str]:
    """The export, sent a signal as soon as it says that it is doing this."""
    words = ["packet", "--library", library, "--bill", "B3", "--redact", "--progress", "-o", out]
    child = subprocess.Popen(
        [sys.executable, "-m", "medbills_desktop", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MEDBILLS_HOME": str(out.parent.parent / "home"), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    assert child.stdout is not None
    seen = next((line for line in child.stdout if word in line), "")
    assert word in seen
    child.send_signal(number)
    child.communicate(timeout=60)
    return child


MOMENTS = ("Preparing the papers", "Searching the packet")


def test_whenever_it_is_killed_the_old_packet_stays_and_the_next_one_tidies_up(
    library: Path, tmp_path: Path, medbills: Medbills
) -> None:
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    out.write_bytes(b"the old packet")
    for word in MOMENTS:
        child = _ended_at(word, signal.SIGKILL, library, out)
        assert child.returncode == -signal.SIGKILL
        assert out.read_bytes() == b"the old packet"
        assert all(path == out or path.suffix == ".part" for path in out.parent.iterdir()), word
    assert len(list(out.parent.iterdir())) > 1, "nothing was left that could be tidied up"
    assert medbills("packet", "--library", library, "--bill", "B3", "--parts", "summary", "-o", out).code == 0
    assert [path.name for path in out.parent.iterdir()] == ["packet.pdf"]


def test_told_to_end_at_the_very_end_it_leaves_nothing(library: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    out.write_bytes(b"the old packet")
    child = _ended_at(MOMENTS[-1], signal.SIGTERM, library, out)
    assert child.returncode == 1
    assert out.read_bytes() == b"the old packet"
    assert [path.name for path in out.parent.iterdir()] == ["packet.pdf"]
