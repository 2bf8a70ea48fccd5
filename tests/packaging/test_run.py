"""The first of the two commands, run for real in the environment that the second one has just made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pypdf
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        Path(sys.prefix).resolve() != (ROOT / ".venv").resolve(),
        reason="runs in the environment of packaging/test.py only",
    ),
]


def start(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environ["MEDBILLS_HOME"] = str(tmp_path / "home")
    command = [sys.executable, str(ROOT / "packaging" / "run.py"), *words]
    return subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)


def leftovers(out: Path) -> None:
    """What an earlier run may have left: all of it has to give way."""
    (out / "sample-library").mkdir(parents=True)
    (out / "sample-library" / "library.db").write_bytes(b"cut short")
    (out / "pictures").mkdir()
    (out / "pictures" / "of-an-old-page.png").write_bytes(b"")
    (out / "packet.pdf").write_bytes(b"%PDF-1.7 cut short")


def test_without_a_screen_it_does_the_main_job_and_says_where(tmp_path: Path) -> None:
    out = tmp_path / "out"
    leftovers(out)
    done = start(tmp_path, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["case.json", "packet.pdf", "pictures", "sample-library"]
    assert all(str(path) in done.stdout for path in out.iterdir())
    packet = pypdf.PdfReader(out / "packet.pdf")
    case = json.loads((out / "case.json").read_text("utf-8"))
    assert len(packet.pages) > len(case["documents"])
    pictures = sorted((out / "pictures").glob("*.png"))
    assert len(pictures) >= 5
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.width >= 1024
            assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 20, f"{picture.name} is blank"


def test_a_set_up_with_nothing_to_do_takes_less_than_a_second() -> None:
    began = time.monotonic()
    words = [sys.executable, "-c", "import environment; environment.prepare()"]
    subprocess.run(words, cwd=ROOT / "packaging", check=True)
    assert time.monotonic() - began < 1
