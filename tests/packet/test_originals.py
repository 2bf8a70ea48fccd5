"""A packet in a zip with its originals: byte for byte what came, under names that every system takes, and checkable."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document, DocumentLink
from medbills_desktop.packet.order import ExhibitSource
from medbills_desktop.packet.originals import (
    LIST,
    PACKET,
    safe_name,
    verify_with_originals,
    without_original,
    write_with_originals,
)
from tests.packet.packets import build, order, paper, small_case

NAMES = ("bill.pdf", "Bill.pdf", "CON.pdf", 'a:b*"c?.pdf', f"{'long ' * 40}name.pdf")


def quiet(_place: int, _of: int) -> None:
    """Takes how far it is and does nothing with it."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """A packet of papers with difficult names, and where the bytes of each are."""
    folder = tmp_path_factory.mktemp("originals")
    places: dict[str, Path] = {}
    documents, links, sources = [], [], []
    for number, name in enumerate(NAMES, 1):
        file = paper(folder / f"{number}.pdf", text=f"paper {number}")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        places[digest] = file
        document = Document(id=number, ref=f"D{number}", file=f"documents/{name}", sha256=digest, kind="bill")
        documents.append(document)
        links.append(DocumentLink(id=number, document_id=number, type="bill", target_id=1))
        sources.append(ExhibitSource(document, file))
    made = build(order(small_case(*documents, *links), sources), folder)
    return made.path, places


@pytest.fixture(scope="module")
def packed(held: tuple[Path, dict[str, Path]]) -> Path:
    packet, places = held
    out = packet.with_name("packet.zip")
    assert write_with_originals(packet, places.get, out, quiet) == ()
    return out


def test_every_original_is_in_it_byte_for_byte_and_the_list_proves_it(
    packed: Path, held: tuple[Path, dict[str, Path]]
) -> None:
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        lines = [line.split("  ", 1) for line in archive.read(LIST).decode().splitlines()]
        assert {name for _, name in lines} == set(archive.namelist()) - {LIST}
        for digest, name in lines:
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        assert {digest for digest, name in lines if name != PACKET} == set(held[1])
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert verify_with_originals(packed) == []


def test_the_same_packet_and_papers_give_the_same_zip(
    packed: Path, held: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    write_with_originals(held[0], held[1].get, tmp_path / "again.zip", quiet)
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()


def test_names_are_taken_by_every_system_and_are_told_apart(packed: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        names = [name.removeprefix("originals/") for name in archive.namelist() if name.startswith("originals/")]
    assert len({name.casefold() for name in names}) == len(NAMES)
    for name in (*names, safe_name("A", "..."), safe_name("AB", "x" * 300), safe_name("A", "e\u0301.pdf")):
        assert len(name) <= 120
        assert not set(name) & set('<>:"/\\|?*\x00\n')
        assert name == name.strip(" .")
        assert not PureWindowsPath(name).is_reserved()
    assert {name.rpartition(".")[2] for name in names} == {"pdf"}


def changed_zip(packed: Path, out: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    with zipfile.ZipFile(packed) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out


def with_other_original(members: dict[str, bytes]) -> None:
    """A forger changes an original and its line in the list."""
    name = next(name for name in members if name.startswith("originals/"))
    before = hashlib.sha256(members[name]).hexdigest()
    members[name] = b"another paper"
    members[LIST] = members[LIST].replace(before.encode(), hashlib.sha256(b"another paper").hexdigest().encode())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.update({"originals/A - bill.pdf": b"other"}), "not byte for byte"),
        (lambda members: members.pop("originals/A - bill.pdf"), "is missing"),
        (lambda members: members.update({"more.txt": b"x"}), "was added"),
        (lambda members: members.update({PACKET: members[PACKET][:-9]}), "not byte for byte"),
        (lambda members: members.pop(LIST), "does not hold a packet"),
        (with_other_original, "not the original that the packet names"),
    ],
)
def test_whatever_is_changed_in_it_is_told(
    packed: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    assert verify_with_originals(changed_zip(packed, tmp_path / "same.zip", lambda _members: None)) == []
    assert said in " ".join(verify_with_originals(changed_zip(packed, tmp_path / "changed.zip", change)))


def test_an_original_that_was_taken_out_with_its_line_in_the_list_is_told(packed: Path, tmp_path: Path) -> None:
    def without_two(members: dict[str, bytes]) -> None:
        for name in [name for name in members if name.startswith("originals/")][:2]:
            del members[name]
            kept = [line for line in members[LIST].splitlines(True) if name.encode() not in line]
            members[LIST] = b"".join(kept)

    thinned = changed_zip(packed, tmp_path / "thinned.zip", without_two)
    assert verify_with_originals(thinned) == []
    assert ["exhibits A, B are not in the zip" in each for each in without_original(thinned)] == [True]
    assert without_original(packed) == []


@pytest.mark.parametrize(("before", "behind"), [(b"", b"more"), (b"more", b"")])
def test_bytes_around_the_zip_are_told(packed: Path, tmp_path: Path, before: bytes, behind: bytes) -> None:
    longer = tmp_path / "longer.zip"
    longer.write_bytes(before + packed.read_bytes() + behind)
    assert ["before or behind" in each for each in verify_with_originals(longer)] == [True]


def test_an_original_that_is_not_what_came_stops_it_and_one_that_is_not_held_is_told(
    held: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    packet, places = held
    first = next(iter(places))
    others = {digest: place for digest, place in places.items() if digest != first}
    assert write_with_originals(packet, others.get, tmp_path / "out.zip", quiet) == ("A",)
    assert verify_with_originals(tmp_path / "out.zip") == []
    assert ["exhibit A is not in the zip" in each for each in without_original(tmp_path / "out.zip")] == [True]
    with pytest.raises(UserError, match="exhibit A"):
        write_with_originals(packet, {**places, first: packet}.get, tmp_path / "bad.zip", quiet)
