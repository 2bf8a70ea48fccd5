"""Proves that an installed program is whole: it opens, keeps, reads, checks, packs and shows, on the sample case."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

PASSED = "self-test passed"
WHAT_TO_DO = (
    "Install MedBills again. If this comes again, send these lines to its makers; nothing private is in them.\n"
)

Step = Callable[[Path], object]
"""Does one thing in a folder of its own and raises when that fails; may give a word on what was found."""


def self_test() -> int:
    """Do every main thing once in a temporary folder and say each step; 0 if all of it works, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="medbills-self-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["MEDBILLS_HOME"] = str(folder / "home")
        return _walk(folder, _steps())


def _steps() -> tuple[tuple[str, Step], ...]:
    return (
        ("start the database", _database),
        ("load Qt and the fonts", _fonts),
        ("make the sample library", _sample),
        ("migrate from the first version", _migrate),
        ("check it whole", _verify),
        ("back up and restore", _backup),
        ("export and read back", _export),
        ("draw papers in a process of their own", _papers),
        ("make a packet and verify it", _packet),
        ("open the window", _window),
    )


def _walk(folder: Path, steps: tuple[tuple[str, Step], ...]) -> int:
    for title, step in steps:
        try:
            found = step(folder)
        except Exception as error:  # noqa: BLE001 - the self-test reports whatever happens
            sys.stderr.write(f"self-test failed: {title}: {type(error).__name__}: {error}\n{_advice(error)}")
            return 1
        sys.stdout.write(f"ok  {title}{f' ({found})' if isinstance(found, str) else ''}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{PASSED}\n")
    return 0


def _advice(error: Exception) -> str:
    """What to do about a failed step; a library of Qt's that is missing has a command of its own."""
    if isinstance(error, ImportError) and ".so" in str(error):
        from medbills_desktop.app.main import LIBRARIES

        return f"{LIBRARIES}\n"
    return WHAT_TO_DO


def _database(folder: Path) -> str:
    from medbills_desktop.store.engine import driver

    module = driver()
    connection = module.connect(str(folder / "probe.db"))
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        connection.execute("INSERT INTO probe VALUES ('good faith estimate')")
        if connection.execute("SELECT count(*) FROM probe WHERE probe MATCH 'estimate'").fetchone() != (1,):
            raise ValueError("the search index finds nothing")
    finally:
        connection.close()
    return f"{module.__name__.partition('.')[0]}, SQLite {module.sqlite_version}"


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


def _papers(folder: Path) -> None:
    from medbills_desktop.papers.client import PaperReader

    papers = sorted(path for path in (folder / "library" / "vault").glob("??/*") if path.is_file())
    with PaperReader() as reader:
        texts = []
        for paper in papers:
            key = reader.open(paper).document
            drawn = reader.draw(key, 1, 0.25)
            if len(set(drawn.pixels)) < 2:
                raise ValueError("a paper was drawn blank")
            texts += reader.texts(key)
    if not papers or not any("EXPLANATION OF BENEFITS" in text.upper() for text in texts):
        raise ValueError("the words on the papers were not read")


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


def _fonts(_folder: Path) -> str:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    from medbills_desktop.app.paths import own_paths
    from medbills_desktop.app.pictures import say_nothing_of_sizes
    from medbills_desktop.app.wiring import make_application
    from medbills_desktop.domain.resource_files import resource
    from medbills_desktop.qt import theme

    if QGuiApplication.instance() is None:
        say_nothing_of_sizes()
        make_application(own_paths())
    files = sorted(resource("fonts").glob("*.ttf"))
    refused = [path.name for path in files if QFontDatabase.addApplicationFont(str(path)) < 0]
    if refused or theme.FAMILY not in QFontDatabase.families():
        raise ValueError(f"fonts can't be loaded: {', '.join(refused) or theme.FAMILY}")
    return f"Qt's {QGuiApplication.platformName()} screen"


def _window(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from medbills_desktop.app.pictures import take_pictures
    from medbills_desktop.store.library import Library

    out = folder / "pictures"
    out.mkdir()
    with Library.open(folder / "library") as library:
        made = take_pictures(library, out, dark=False)
    QApplication.processEvents()
    if not made or any(path.stat().st_size < 10_000 for path in made):
        raise ValueError("the window's pages are empty")
