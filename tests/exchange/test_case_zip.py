"""A case with its papers in a zip: there and back, and every hostile zip refused before anything is taken."""

from __future__ import annotations

import copy
import hashlib
import json
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import CaseFileError, UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_zip_reading import ZipPaper, read_case_zip
from medbills_desktop.exchange.case_zip_writing import write_case_zip
from medbills_desktop.exchange.zip_checking import ZipLimits

PAPER = b"%PDF-1.4 an invented paper"
SHA = hashlib.sha256(PAPER).hexdigest()
PLAIN: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "documents": [{"id": "D1", "file": "scan.pdf", "sha256": SHA}],
}


def zipped(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def case_json(**changes: Any) -> bytes:
    return json.dumps({**copy.deepcopy(PLAIN), **changes}).encode()


def bytes_of(paper: ZipPaper) -> bytes:
    with paper.opened() as stream:
        return stream.read()


def case_of_files(*files: str, sha256: str | None = SHA) -> Case:
    documents = [
        {"id": f"D{at}", "file": file, **({"sha256": sha256} if sha256 else {})} for at, file in enumerate(files)
    ]
    return read_case(case_json(documents=documents))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "vault-file"
    path.write_bytes(PAPER)
    return path


def test_a_case_and_its_papers_come_back_as_they_went(tmp_path: Path, paper: Path) -> None:
    case = case_of_files("scan.pdf", "letters/2025 März/a.pdf", "documents/b.pdf")
    missing = write_case_zip(case, lambda _: paper, tmp_path / "out.zip")
    back, papers = read_case_zip(tmp_path / "out.zip")
    assert missing == ()
    assert back == case
    assert {at: (found.sha256, found.size) for at, found in papers.items()} == dict.fromkeys(
        (1, 2, 3), (SHA, len(PAPER))
    )
    assert [bytes_of(found) for found in papers.values()] == [PAPER] * 3
    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert names == ["case.json", "documents/scan.pdf", "documents/letters/2025 März/a.pdf", "documents/b.pdf"]


def test_the_same_case_gives_the_same_bytes(tmp_path: Path, paper: Path) -> None:
    case = case_of_files("scan.pdf", "b.pdf")
    for name in ("one.zip", "two.zip"):
        write_case_zip(case, lambda _: paper, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_papers_that_are_not_there_or_damaged_are_listed_and_left_out(tmp_path: Path, paper: Path) -> None:
    case = case_of_files("a.pdf", "b.pdf", "c.pdf", "d.pdf")
    (tmp_path / "bad").write_bytes(b"other bytes")
    places = {1: paper, 2: None, 3: tmp_path / "nowhere", 4: tmp_path / "bad"}
    missing = write_case_zip(case, lambda document: places[document.id], tmp_path / "out.zip")
    assert [document.file for document in missing] == ["b.pdf", "c.pdf", "d.pdf"]
    back, papers = read_case_zip(tmp_path / "out.zip")
    assert back == case
    assert list(papers) == [1]


@pytest.mark.parametrize(
    "files",
    [
        ("scan.pdf", "scan.pdf", "SCAN.PDF"),
        ("../../etc/passwd", "/etc/passwd", "C:\\Windows\\a.pdf", "a\x00b\n.pdf"),
        ("CON", "nul.pdf", "documents/", "documents/scan.pdf", "scan.pdf"),
        ("x" * 400 + ".pdf", "/".join(["deep"] * 60), ". .", "e\u202efdp.exe"),
    ],
)
def test_names_that_could_not_stand_in_a_zip_are_changed_and_read_back(
    tmp_path: Path, paper: Path, files: tuple[str, ...]
) -> None:
    write_case_zip(case_of_files(*files), lambda _: paper, tmp_path / "out.zip")
    back, papers = read_case_zip(tmp_path / "out.zip")
    assert len(papers) == len(files)
    again = tmp_path / "again.zip"
    write_case_zip(back, lambda _: paper, again)
    assert again.read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_a_paper_without_a_stated_hash_is_taken_with_its_own(tmp_path: Path) -> None:
    case = case_json(documents=[{"id": "D1", "file": "scan.pdf"}])
    _, papers = read_case_zip(zipped(tmp_path / "a.zip", ("case.json", case), ("documents/scan.pdf", PAPER)))
    assert papers[1].sha256 == SHA


def test_folders_and_what_systems_leave_behind_are_passed_over(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        ("documents/", b""),
        ("case.json", case_json()),
        ("documents/scan.pdf", PAPER),
        ("__MACOSX/documents/._scan.pdf", b"x"),
        ("documents/.DS_Store", b"x"),
    )
    case, papers = read_case_zip(path)
    assert len(case.all(Document)) == len(papers) == 1


def entry(name: str, mode: int = 0o100600, flags: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    made.flag_bits |= flags
    return made


HOSTILE: list[tuple[str | zipfile.ZipInfo, str]] = [
    ("../evil.pdf", "leads out"),
    ("documents/../../evil.pdf", "leads out"),
    ("/etc/passwd", "leads out"),
    ("C:/evil.pdf", "leads out"),
    ("c:evil.pdf", "leads out"),
    ("documents\\..\\evil.pdf", "leads out"),
    ("documents//evil.pdf", "leads out"),
    ("documents/./evil.pdf", "leads out"),
    ("documents/a\nb.pdf", "can't be a file name"),
    ("documents/a\u202eb.pdf", "can't be a file name"),
    ("documents/" + "x" * 1000, "can't be a file name"),
    ("documents/other.pdf", "not a paper that the case names"),
    ("CASE.JSON", "comes twice"),
    ("documents/SCAN.pdf", "comes twice"),
    (entry("documents/link", stat.S_IFLNK | 0o777), "is a link"),
    (entry("documents/pipe", stat.S_IFIFO | 0o600), "is a link"),
]


@pytest.mark.parametrize(("extra", "reason"), HOSTILE, ids=lambda value: repr(value)[:40])
def test_a_zip_with_a_hostile_entry_is_refused_whole(tmp_path: Path, extra: Any, reason: str) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER), (extra, b"x"))
    with pytest.raises(UserError, match=reason):
        read_case_zip(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("case.json", b"{}"))
    with pytest.raises(UserError, match="comes twice"):
        read_case_zip(path)


def test_a_name_cut_by_a_zero_byte_is_refused(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER), ("documents/x?y", b"x")
    )
    path.write_bytes(path.read_bytes().replace(b"documents/x?y", b"documents/x\x00y"))
    with pytest.raises(UserError, match="can't be a file name"):
        read_case_zip(path)


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(UserError, match="encrypted"):
        read_case_zip(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path: Path, method: int) -> None:
    with pytest.raises(UserError, match="packed in a way"):
        read_case_zip(zipped(tmp_path / "a.zip", ("case.json", case_json()), method=method))


def test_a_zip_that_expands_without_end_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    zeros = bytes(12 * 1024 * 1024)
    path = zipped(
        tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", zeros), method=zipfile.ZIP_DEFLATED
    )
    with pytest.raises(UserError, match="200 times"):
        read_case_zip(path)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ZipLimits(entries=1), "more than 1 entries"),
        (ZipLimits(file_size=10), "larger than 0 MB"),
        (ZipLimits(total_size=100), "unpacks to more"),
    ],
)
def test_limits_hold(tmp_path: Path, limits: ZipLimits, reason: str) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER))
    with pytest.raises(UserError, match=reason):
        read_case_zip(path, limits)


def test_a_table_of_contents_without_end_is_not_even_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", *((f"documents/{at:06d}-{'x' * 200}", b"") for at in range(20)))
    with pytest.raises(UserError, match="table of contents is too large"):
        read_case_zip(path, ZipLimits(entries=1))


@pytest.mark.parametrize("wrong", [0, 5, 4000])
def test_a_header_that_lies_about_the_size_is_refused(tmp_path: Path, wrong: int) -> None:
    case = case_json(documents=[{"id": "D1", "file": "scan.pdf"}])
    path = zipped(tmp_path / "a.zip", ("case.json", case), ("documents/scan.pdf", PAPER))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", wrong)
    path.write_bytes(raw)
    with pytest.raises(UserError, match=r"zip says|damaged"):
        read_case_zip(path)


def test_entries_that_lie_over_one_another_are_refused(tmp_path: Path) -> None:
    content = b"x" * 100_000
    path = zipped(
        tmp_path / "a.zip", ("case.json", case_json()), ("documents/a", b"x"), ("documents/scan.pdf", content)
    )
    raw = bytearray(path.read_bytes())
    first = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4)
    raw[first + 20 : first + 28] = struct.pack("<II", 100_000, 100_000)
    path.write_bytes(raw)
    with pytest.raises(UserError, match=r"over one another|not a paper|damaged"):
        read_case_zip(path)


def test_a_paper_that_is_not_the_one_that_the_case_names_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER + b"!"))
    with pytest.raises(UserError, match="SHA-256 differs"):
        read_case_zip(path)


def test_a_zip_without_a_case_and_a_zip_with_a_bad_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no case\.json"):
        read_case_zip(zipped(tmp_path / "a.zip", ("mine/case.json", case_json())))
    with pytest.raises(CaseFileError, match=r"\$\.version"):
        read_case_zip(zipped(tmp_path / "b.zip", ("case.json", case_json(version=9))))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 10, b"PK\x05\x06" + bytes(18)])
def test_what_is_not_a_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"zip"):
        read_case_zip(path)
    with pytest.raises(UserError, match="could not be read"):
        read_case_zip(tmp_path / "nowhere.zip")


def test_a_zip_that_changes_before_its_papers_are_taken_is_told_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER))
    _, papers = read_case_zip(path)
    zipped(path, ("case.json", case_json()))
    with pytest.raises(UserError, match="changed while it was read"):
        bytes_of(papers[1])
    path.unlink()
    with pytest.raises(UserError, match="could not be read"):
        bytes_of(papers[1])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_zip_with_bytes_changed_is_refused_or_read_and_nothing_else_happens(tmp_path: Path, data: Any) -> None:
    path = zipped(
        tmp_path / "a.zip", ("case.json", case_json()), ("documents/scan.pdf", PAPER), method=zipfile.ZIP_DEFLATED
    )
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 30))
    path.write_bytes(bytes(raw[: len(raw) - cut] if data.draw(st.booleans()) else raw))
    try:
        _, papers = read_case_zip(path)
        contents = [bytes_of(found) for found in papers.values()]
    except UserError:
        return
    assert contents in ([], [PAPER])
