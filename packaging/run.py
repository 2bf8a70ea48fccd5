"""Sets MedBills up and opens it on the sample case; where there is no screen it does the main job without one.

    python3 packaging/run.py [--headless] [--out DIR]

It can be run again and again; only the first run installs something. Your own library is never touched: the
sample case is a library in a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import environment
from system_libraries import SetUpError, has_screen

_WHERE = "from medbills_desktop.app.paths import own_paths; print(own_paths().sample_library)"


def call(*words: str | Path, **environ: str) -> str:
    """Run one program of the environment and return what it printed. Raises SetUpError with what it said instead."""
    name, *rest = words
    done = subprocess.run(
        [str(environment.program(str(name))), *(str(word) for word in rest)],
        env=environment.clean_environ(**environ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SetUpError(f"`{' '.join(str(word) for word in words)}` did not work:\n\n{done.stderr.strip()}")
    return done.stdout


def make_sample(folder: Path) -> None:
    """Make the sample library under another name and rename it, so that a half-made one is never opened."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".sample-", dir=folder.parent))
    try:
        call("medbills", "sample", aside / "library")
        (aside / "library").rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def open_window() -> int:
    """Open the window on the sample case, which is made when it is not there yet."""
    sample = Path(call("python", "-c", _WHERE).strip())
    if not (sample / "library.db").is_file():
        print("  Making the sample case", flush=True)
        make_sample(sample)
    print(f"  Opening the sample case: {sample}", flush=True)
    words = [str(environment.program("medbills")), "--library", str(sample)]
    code = subprocess.run(words, env=environment.clean_environ(), check=False).returncode
    if code < 0:
        print(
            "\nThe window could not be shown here. Without a screen:  python3 packaging/run.py --headless",
            file=sys.stderr,
        )
    return abs(code)


def output_folder(asked: str | None) -> Path:
    """Where the headless run puts what it makes: the folder asked for, `out` here, or a temporary one it names."""
    folder = Path(asked).absolute() if asked else environment.ROOT / "out"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="medbills-out-"))


def main_job(out: Path) -> None:
    """From papers to packet without a window: the sample library, its packet, and a picture of each page."""
    library, packet, pictures = out / "sample-library", out / "packet.pdf", out / "pictures"
    for old in (library, pictures):
        shutil.rmtree(old, ignore_errors=True)
    make_sample(library)
    print(f"  Sample library  {library}", flush=True)
    case = out / "case.json"
    call("medbills", "export", "--library", library, "-o", case)
    bills = [bill["id"] for bill in json.loads(case.read_text("utf-8"))["bills"]]
    print(f"  Case file       {case}", flush=True)
    chosen = [word for bill in bills for word in ("--bill", bill)]
    call("medbills", "packet", "--library", library, *chosen, "-o", packet)
    call("medbills", "verify", packet)
    print(f"  Packet          {packet}", flush=True)
    words = ("-m", "medbills_desktop.app.pictures", "--library", library, "--out", pictures)
    call("python", *words, QT_QPA_PLATFORM="offscreen")
    print(f"  Pictures        {pictures}", flush=True)
    names = ", ".join(picture.name for picture in sorted(pictures.glob("*.png")))
    print(textwrap.indent(textwrap.fill(names, 80), " " * 18), flush=True)


def main(arguments: list[str]) -> int:
    """Set up and start; 1 with a sentence when something is in the way."""
    parser = argparse.ArgumentParser(prog="packaging/run.py", description="Sets MedBills up and opens the sample case.")
    parser.add_argument("--headless", action="store_true", help="do the main job without a window")
    parser.add_argument("--out", metavar="DIR", help="where the headless run puts its files (default: out)")
    options = parser.parse_args(arguments)
    print("MedBills", flush=True)
    try:
        environment.prepare()
        os.umask(0o077)  # only now: what apt installs is for everybody
        if has_screen() and not options.headless:
            return open_window()
        print(
            "  No window: doing the main job without one"
            if options.headless
            else "  There is no screen here, so the main job is done without a window",
            flush=True,
        )
        main_job(output_folder(options.out))
    except SetUpError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
