"""Bad input and bad places on the command line: one sentence, exit code 1, nothing half-written, the rest usable."""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands import case_files
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.records import Document
from medbills_desktop.store.library import Library
from tests.cli.conftest import Ended, Medbills
from tests.support.libraries import PAGE, fill_up, overwrite_page, pages_of, read_only, small_disk, tamper
from tests.support.small_papers import small_pdf

CASE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "people": [{"id": "P1", "name": "Pat Example"}],
    "organizations": [{"id": "H", "name": "Example Hospital", "kind": "hospital"}],
    "bills": [
        {
            "id": "B1",
            "biller": "H",
            "person": "P1",
            "account_number": "000123",
            "statements": [],
            "lines": [{"id": "L1", "description": "Film", "charge": "4.00", "date": "2025-03-04"}],
        }
    ],
}
COMMANDS = {
    "import": ["{papers}/paper.pdf"],
    "export": ["-o", "{out}/case.json"],
    "check": [],
    "packet": ["--bill", "B1", "-o", "{out}/packet.pdf"],
    "backup": ["-o", "{out}/library.medbills-backup"],
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "library"
    make_sample(folder)
    return folder


@pytest.fixture
def library(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample library that a test may spoil."""
    return Path(shutil.copytree(sample, tmp_path / "library"))


@pytest.fixture
def places(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """A paper to add, and a folder into which nothing may come."""
    found = {"papers": tmp_path / "papers", "out": tmp_path / "out"}
    for folder in found.values():
        folder.mkdir()
    (found["papers"] / "paper.pdf").write_bytes(small_pdf("A paper"))
    yield found
    assert list(found["out"].iterdir()) == []


def everything(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and "lock" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def words(command: str, places: dict[str, Path]) -> list[str]:
    return [word.format(**places) for word in COMMANDS[command]]


def refused(ended: Ended, *told: str) -> None:
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1), ended
    assert ended.err.startswith("medbills: ")
    for part in told:
        assert part in ended.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_of_a_newer_version(library: Path, medbills: Medbills, places: dict[str, Path], command: str) -> None:
    tamper(library, "PRAGMA user_version=205")
    before = everything(library)
    refused(medbills(command, "--library", library, *words(command, places)), "2.5", "Install the newer version")
    assert everything(library) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_with_a_damaged_page(
    library: Path, medbills: Medbills, places: dict[str, Path], command: str
) -> None:
    overwrite_page(library, pages_of(library, "line")[0], random.Random(5).randbytes(PAGE))
    before = everything(library)
    refused(medbills(command, "--library", library, *words(command, places)), "damaged")
    assert everything(library) == before
    ended = medbills("verify", library)
    assert (ended.code, ended.err.count("\n")) == (1, 1)


def test_a_library_that_can_only_be_read(library: Path, medbills: Medbills, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(small_pdf("A paper"))
    with read_only(library) as folder:
        refused(medbills("import", tmp_path / "paper.pdf", "--library", folder), "can't be written")
        assert medbills("check", "--library", folder).code == 0
        assert medbills("export", "--library", folder, "-o", tmp_path / "case.zip").code == 0
        assert medbills("verify", folder).code == 0


def test_a_full_disk(sample: Path, medbills: Medbills, tmp_path: Path) -> None:
    (tmp_path / "large.pdf").write_bytes(small_pdf("A paper") + random.Random(1).randbytes(200_000))
    room = sum(path.stat().st_size for path in sample.rglob("*") if path.is_file()) // 1024
    with small_disk(tmp_path / "disk", room + 1200) as disk:
        library = Path(shutil.copytree(sample, disk / "library"))
        filler = fill_up(disk)
        refused(medbills("import", tmp_path / "large.pdf", "--library", library), "full")
        for command, out in (("export", "case.json"), ("export", "case.zip"), ("backup", "backup")):
            ended = medbills(command, "--library", library, "-o", disk / out)
            assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
            assert not (disk / out).exists()
        packet = medbills("packet", "--library", library, "--bill", "B1", "-o", disk / "packet.pdf")
        assert (packet.code, packet.err.count("\n")) == (1, 1)
        assert sorted(path.name for path in disk.iterdir()) == ["filler", "library"]
        filler.unlink()
        assert medbills("verify", library).code == 0
        assert medbills("import", tmp_path / "large.pdf", "--library", library).code == 0


@pytest.mark.parametrize("target", ["library.db", "backups/x.json", "vault/x.csv", "x.zip", ""])
def test_nothing_is_written_into_the_library_itself(library: Path, medbills: Medbills, target: str) -> None:
    """Least of all over its database."""
    before = everything(library)
    link = library.with_name("another name")
    link.symlink_to(library)
    for folder in (library, link):
        out = folder / target
        refused(medbills("packet", "--library", library, "--bill", "B1", "-o", out), "library's own folder")
        refused(medbills("export", "--library", library, "-o", out), "library's own folder")
        refused(medbills("backup", "--library", library, "-o", out), "library's own folder")
    assert everything(library) == before


def broken(**changes: Any) -> bytes:
    tree = json.loads(json.dumps(CASE))
    tree["bills"][0]["lines"][0] |= changes
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (broken(charge="12,34"), "$.bills[0].lines[0].charge"),
        (broken(charge="1.234,50"), "$.bills[0].lines[0].charge"),
        (broken(charge="4.005"), "$.bills[0].lines[0].charge"),
        (broken(charge=4.0), "$.bills[0].lines[0].charge"),
        (broken(date="13/13/2025"), "$.bills[0].lines[0].date"),
        (broken(date="2025-02-30"), "$.bills[0].lines[0].date"),
        (broken(visit="V1"), "$.bills[0].lines[0].visit"),
        (json.dumps(CASE).encode()[:-40], "not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"\xff\xfe{}", "not UTF-8"),
    ],
)
def test_a_case_file_that_is_not_as_it_should_be(
    library: Path, medbills: Medbills, tmp_path: Path, content: bytes, told: str
) -> None:
    before = medbills("export", "--library", library, "-o", tmp_path / "before.json")
    (tmp_path / "case.json").write_bytes(content)
    refused(medbills("import", tmp_path / "case.json", "--library", library), told, "case.json")
    medbills("export", "--library", library, "-o", tmp_path / "after.json")
    assert before.code == 0
    assert (tmp_path / "before.json").read_bytes() == (tmp_path / "after.json").read_bytes()
    assert medbills("verify", library).code == 0


def test_a_case_file_that_is_too_large(
    library: Path, medbills: Medbills, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_files, "LARGEST_CASE_BYTES", 1 << 20)
    (tmp_path / "huge.json").write_bytes(b" " * ((1 << 20) + 1))
    refused(medbills("import", tmp_path / "huge.json", "--library", library), "“huge.json” is larger than")


def test_a_zip_that_expands_without_end(library: Path, medbills: Medbills, tmp_path: Path) -> None:
    case = {**CASE, "documents": [{"id": "D1", "file": "a.pdf"}]}
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("case.json", json.dumps(case))
        archive.writestr("documents/a.pdf", bytes(12 << 20))
    vault = everything(library / "vault")
    refused(medbills("import", tmp_path / "bomb.zip", "--library", library), "bomb.zip", "200 times")
    assert everything(library / "vault") == vault


def bomb() -> bytes:
    """A picture of 60,000 × 60,000 points in a few bytes."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(100))) + part(b"IEND", b"")


def test_papers_that_are_not_what_they_say(library: Path, medbills: Medbills, tmp_path: Path) -> None:
    """What is no paper is refused; what is one but can't be drawn is kept byte for byte, and the packet says so."""
    (tmp_path / "text.pdf").write_bytes(b"not a PDF at all")
    (tmp_path / "noise.pdf").write_bytes(random.Random(3).randbytes(5000))
    for name in ("text.pdf", "noise.pdf"):
        refused(medbills("import", tmp_path / name, "--library", library), f"“{name}”", "can't be shown")
    papers = {"broken.pdf": b"%PDF-1.4\ngarbage", "bomb.png": bomb()}
    for name, content in papers.items():
        (tmp_path / name).write_bytes(content)
        assert medbills("import", tmp_path / name, "--library", library).code == 0
    with Library.open(library, "read") as opened:
        held = {one.file: one.sha256 or "" for one in opened.read(lambda reader: reader.find(Document))}
        assert {name: opened.vault.path(held[name]).read_bytes() for name in papers} == papers
    assert medbills("verify", library).code == 0


def test_a_paper_that_vanishes_while_it_is_read(
    library: Path, medbills: Medbills, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(small_pdf("A paper") * 50)
    look = os.fstat

    def cut(handle: int) -> os.stat_result:
        found = look(handle)
        if found.st_ino == scan.stat().st_ino:
            os.truncate(scan, 100)
        return found

    vault = everything(library / "vault")
    monkeypatch.setattr(os, "fstat", cut)
    ended = medbills("import", tmp_path / "scan.pdf", tmp_path / "gone.pdf", "--library", library)
    monkeypatch.undo()
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 2), ended
    assert "“scan.pdf” changed while it was read" in ended.err
    assert "gone.pdf" in ended.err
    assert everything(library / "vault") == vault


@pytest.mark.parametrize("day", ["13/13/2025", "2/30/2025", "2025-02-30", "yesterday", ""])
def test_a_day_that_does_not_exist_is_wrong_usage(library: Path, medbills: Medbills, day: str) -> None:
    ended = medbills("check", "--library", library, "--today", day)
    assert (ended.code, ended.out) == (2, "")
    assert "--today" in ended.err


def test_leading_zeros_of_an_account_number_name_the_bill(medbills: Medbills, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    library, again = tmp_path / "library", tmp_path / "again"
    medbills("import", tmp_path / "case.json", "--library", library)
    medbills("export", "--library", library, "-o", tmp_path / "out.zip")
    medbills("import", tmp_path / "out.zip", "--library", again)
    for folder in (library, again):
        assert medbills("check", "--library", folder, "--bill", "000123").code == 0
        refused(medbills("check", "--library", folder, "--bill", "123"), "no bill “123”")


def test_the_program_itself_ends_with_one_line_and_no_traceback(library: Path, tmp_path: Path) -> None:
    """As installed, in a process of its own: nothing of the test's own process helps."""
    tamper(library, "PRAGMA user_version=205")
    done = subprocess.run(
        [sys.executable, "-m", "medbills_desktop", "check", "--library", str(library)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
