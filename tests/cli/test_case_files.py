"""Cases in and out by the command line: every scenario comes back, and what is not a case changes nothing."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from tests.cli.conftest import Medbills
from tests.support.small_papers import small_pdf

CASE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "people": [{"id": "P1", "name": "Pat Example"}],
    "organizations": [{"id": "H", "name": "Example Hospital", "kind": "hospital"}],
    "bills": [{"id": "B1", "biller": "H", "person": "P1", "account_number": "000123", "statements": []}],
}


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return path


def test_every_shared_case_goes_through_a_library_and_comes_back_equal(
    shared: Path, tmp_path: Path, medbills: Medbills
) -> None:
    for path in sorted(shared.glob("cases/*/case.json")):
        library, again = tmp_path / path.parent.name, tmp_path / f"{path.parent.name}-again"
        assert medbills("import", path, "--library", library).code == 0
        out, out_again = tmp_path / "out.json", tmp_path / "out-again.json"
        assert medbills("export", "--library", library, "-o", out).code == 0
        assert json.loads(out.read_text("utf-8")) == json.loads(path.read_text("utf-8"))
        assert "nothing was added" in medbills("import", path, "--library", library).out
        assert medbills("import", out, "--library", again).code == 0
        assert medbills("export", "--library", again, "-o", out_again).code == 0
        assert out_again.read_bytes() == out.read_bytes()


def test_an_account_number_keeps_its_leading_zeros_on_every_way_out(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    for name in ("out.json", "out.csv", "out.xlsx", "out.zip"):
        assert medbills("export", "--library", library, "-o", tmp_path / name).code == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["bills"][0]["account_number"] == "000123"
    with (tmp_path / "out.csv" / "bills.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream))["account_number"] == "000123"
    headings, bill = openpyxl.load_workbook(tmp_path / "out.xlsx")["Bills"].iter_rows(values_only=True)
    assert dict(zip(headings, bill, strict=True))["account_number"] == "000123"
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert json.loads(archive.read("case.json"))["bills"][0]["account_number"] == "000123"


def test_a_zip_brings_its_papers_and_goes_out_with_the_same_bytes(tmp_path: Path, medbills: Medbills) -> None:
    paper = small_pdf("A paper")
    case = {**CASE, "documents": [{"id": "D1", "file": "a.pdf", "links": [{"type": "bill", "id": "B1"}]}]}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("case.json", json.dumps(case))
        archive.writestr("documents/a.pdf", paper)
    first, second = tmp_path / "first", tmp_path / "second"
    assert medbills("import", tmp_path / "a.zip", "--library", first).code == 0
    assert "nothing was added" in medbills("import", tmp_path / "a.zip", "--library", first).out
    medbills("export", "--library", first, "-o", tmp_path / "b.zip")
    assert medbills("import", tmp_path / "b.zip", "--library", second).code == 0
    medbills("export", "--library", second, "-o", tmp_path / "c.zip")
    assert (tmp_path / "b.zip").read_bytes() == (tmp_path / "c.zip").read_bytes()
    with Library.open(second) as library:
        (document,) = library.read(load_case).all(Document)
        assert library.vault.path(document.sha256 or "").read_bytes() == paper
        assert (document.media_type, document.paper_number) == ("application/pdf", "P0001")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"not JSON", "not JSON"),
        ("a.json", b'{"format": "medbills-case", "version": 2}', "version 2 is newer"),
        ("a.json", b'{"format": "medbills-case", "version": 1, "x": 1}', "$.x"),
        ("a.zip", b"not a zip", "not a zip"),
        ("a.pdf", b"<!DOCTYPE html><html>sign in</html>", "web page"),
        ("a.txt", b"just text", "can't be shown"),
    ],
)
def test_what_is_refused_is_told_in_one_line_and_leaves_no_library(
    tmp_path: Path, medbills: Medbills, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ended = medbills("import", tmp_path / name, "--library", tmp_path / "library")
    assert (ended.code, ended.out) == (1, "")
    assert words in ended.err
    assert ended.err.count("\n") == 1
    assert name in ended.err
    assert not (tmp_path / "library").exists()


def test_a_hostile_zip_leaves_nothing_outside_and_nothing_inside(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("case.json", json.dumps({**CASE, "documents": [{"id": "D1", "file": "../../evil.pdf"}]}))
        archive.writestr("documents/../../evil.pdf", small_pdf("evil"))
    before = sorted(str(path) for path in tmp_path.rglob("*") if "backups" not in path.parts)
    ended = medbills("import", tmp_path / "evil.zip", "--library", library)
    assert ended.code == 1
    assert "leads out of the zip" in ended.err
    assert sorted(str(path) for path in tmp_path.rglob("*") if "backups" not in path.parts) == before


def test_one_bad_file_among_several_does_not_stop_the_others(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    (tmp_path / "bad.json").write_bytes(b"{}")
    (tmp_path / "paper.pdf").write_bytes(small_pdf("A paper"))
    (tmp_path / "empty.pdf").write_bytes(b"")
    library = tmp_path / "library"
    files = [tmp_path / "bad.json", case_file, tmp_path / "paper.pdf", tmp_path / "empty.pdf", tmp_path / "nowhere.pdf"]
    ended = medbills("import", *files, "--library", library)
    assert ended.code == 1
    assert "case.json: added 1 person, 1 organization, 1 bill." in ended.out
    assert "paper.pdf: in the inbox, as paper P0001." in ended.out
    assert "empty.pdf: in the inbox, as paper P0002." in ended.out
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["medbills", "medbills"]
    assert "nowhere.pdf" in ended.err
    assert "there already, as paper P0001" in medbills("import", tmp_path / "paper.pdf", "--library", library).out


def test_a_case_that_goes_into_a_library_with_records_is_preceded_by_a_backup(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    assert not (library / "backups").exists()
    medbills("import", case_file, "--library", library)
    assert len(list((library / "backups").glob("*/manifest.json"))) == 1


def test_an_ending_that_can_not_be_written_and_a_folder_that_is_not_there_are_refused(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    for target in ("out.docx", "no/such/folder/out.json", "no/such/folder/out.zip"):
        ended = medbills("export", "--library", library, "-o", tmp_path / target)
        assert (ended.code, ended.err.count("\n")) == (1, 1), target
    (tmp_path / "folder.json").mkdir()
    assert "is a folder" in medbills("export", "--library", library, "-o", tmp_path / "folder.json").err


def test_an_export_that_fails_leaves_the_file_that_was_there(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    ended = medbills("export", "--library", library, "-o", mine)
    assert ended.code == 1
    assert "other files" in ended.err
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_reading_commands_work_beside_an_open_window_and_importing_waits_for_it(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    with Library.open(library) as window:
        assert medbills("export", "--library", library, "-o", tmp_path / "out.json").code == 0
        assert medbills("check", "--library", library).code == 0
        ended = medbills("import", case_file, "--library", library)
        assert (ended.code, ended.err.count("\n")) == (1, 1)
        assert "already open" in ended.err
        assert len(window.read(load_case).all(Bill)) == 1


def test_a_case_that_was_changed_elsewhere_comes_in_beside_and_is_told_once(
    tmp_path: Path, medbills: Medbills, case_file: Path
) -> None:
    library = tmp_path / "library"
    medbills("import", case_file, "--library", library)
    changed = tmp_path / "changed.json"
    bills = [{**CASE["bills"][0], "notes": "Theirs"}]
    changed.write_text(json.dumps({**CASE, "bills": bills}), encoding="utf-8")
    ended = medbills("import", changed, "--library", library)
    assert ended.code == 0
    assert "B1 is now B1-2. 1 record differs from the one that is here and stands beside it." in ended.out
    assert "Nothing that was here was changed." in ended.out
    with Library.open(library, "read") as opened:
        assert [bill.notes for bill in opened.read(load_case).all(Bill)] == [None, "Theirs"]
    again = medbills("import", changed, "--library", library)
    assert (again.code, "nothing was added" in again.out) == (0, True)
