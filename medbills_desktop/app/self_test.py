"""Proves that an installed program is whole: it opens, keeps, reads, checks, packs and shows, on the sample case."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

PASSED = "self-test passed"


def self_test() -> int:
    """Do every main thing once in a temporary folder and say each step; 0 if all of it works, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="medbills-self-test-") as name:
        folder = Path(name)
        os.environ["MEDBILLS_HOME"] = str(folder / "home")
        steps: tuple[tuple[str, Callable[[Path], object]], ...] = (
            ("make the sample library", _sample),
            ("migrate from the first version", _migrate),
            ("check it whole", _verify),
            ("back up and restore", _backup),
            ("export and read back", _export),
            ("make a packet and verify it", _packet),
            ("open the window", _window),
        )
        for title, step in steps:
            try:
                step(folder)
            except Exception as error:  # noqa: BLE001 - the self-test reports whatever happens
                sys.stderr.write(f"self-test failed: {title}: {type(error).__name__}: {error}\n")
                return 1
            sys.stdout.write(f"ok  {title}\n")
    sys.stdout.write(f"{PASSED}\n")
    return 0


def _sample(folder: Path) -> None:
    from medbills_desktop.commands.sample import make_sample

    make_sample(folder / "library")


def _migrate(folder: Path) -> None:
    from medbills_desktop.store.engine import open_engine
    from medbills_desktop.store.migrating import upgrade

    engine = open_engine(folder / "migrated.db", "rwc")
    with engine.execution_options(medbills_writing=True).begin() as connection:
        upgrade(connection)
    engine.dispose()


def _verify(folder: Path) -> None:
    from medbills_desktop.store.verification import verify_library

    problems = verify_library(folder / "library")
    if problems:
        raise ValueError(problems[0])


def _backup(folder: Path) -> None:
    from medbills_desktop.store.backup_file import restore_backup, write_backup_file

    write_backup_file(folder / "library", folder / "library.medbills-backup")
    restore_backup(folder / "library.medbills-backup", folder / "restored")


def _export(folder: Path) -> None:
    from medbills_desktop.commands.case_files import export_library
    from medbills_desktop.domain.resource_files import resource
    from medbills_desktop.store.library import Library

    with Library.open(folder / "restored") as library:
        export_library(library, folder / "case.json")
    if (folder / "case.json").read_bytes() != (resource("sample") / "case.json").read_bytes():
        raise ValueError("the exported case is not the one that was imported")


def _packet(folder: Path) -> None:
    from medbills_desktop.commands.make_packet import PacketRequest, make_packet
    from medbills_desktop.packet.verification import verify_packet
    from medbills_desktop.store.library import Library

    target = folder / "packet.pdf"
    with Library.open(folder / "library") as library:
        bill_id = library.read(lambda reader: int(reader.scalar("SELECT min(id) FROM bill")))
        request = PacketRequest((bill_id,), "biller", date(2026, 3, 20), target)
        make_packet(library, request, lambda _progress: None, lambda: False)
    if problems := verify_packet(target):
        raise ValueError(problems[0])


def _window(folder: Path) -> None:
    from medbills_desktop.app.paths import own_paths
    from medbills_desktop.app.pictures import take_pictures
    from medbills_desktop.app.wiring import make_application
    from medbills_desktop.store.library import Library

    application = make_application(own_paths())
    out = folder / "pictures"
    out.mkdir()
    with Library.open(folder / "library") as library:
        made = take_pictures(library, out, dark=False)
    application.processEvents()
    if not made or any(path.stat().st_size < 10_000 for path in made):
        raise ValueError("the window's pages are empty")
