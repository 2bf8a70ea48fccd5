"""Tables of codes from made-up files in the published layouts, loaded into real libraries."""

from __future__ import annotations

import dataclasses
import sqlite3
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from medbills_desktop.checks.registry import run_checks
from medbills_desktop.cli.main import parse, run
from medbills_desktop.commands.code_tables import LoadCodeTable, ReadTable, RemoveCodeTable, read_table
from medbills_desktop.commands.desk import Desk
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, CodeTable, Line, Organization
from medbills_desktop.exchange.code_table_files import read_head
from medbills_desktop.store.backup_file import restore_backup, write_backup_file
from medbills_desktop.store.case_loading import load_case, load_checked
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.code_tables import ListTables, LookUpCode, source_of
from medbills_desktop.store.verification import examine_library, verify_library
from tests.support.libraries import fill

NOTICE = "An invented notice of an invented owner.\nUse is allowed to those who accept it."
HEADINGS = (
    "Column1/Column2 Edits\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n"
    "\t\t\t\t*=no data\t1=allowed\t\n"
    "\t\t\t\t\t9=not applicable\t\n"
)
PAIRS = "G0101\tQ0091\t\t20200101\t*\t0\tMade up\nG0101\tG0102\t*\t20100101\t20151231\t1\tMade up\n"
LIMITS = (
    '"An invented notice\nover two lines",,,\n'
    '"HCPCS/\nCPT Code","Practitioner Services\nMUE Values",MUE Adjudication Indicator,MUE Rationale\n'
    "G0101,1,2 Date of Service Edit: Policy,Made up\nQ0091,0,1 Line Edit,Made up\n"
)
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def pairs_file(folder: Path, rows: str = PAIRS, name: str = "ccipra-v321r0-f1.txt") -> Path:
    path = folder / name
    path.write_bytes(f"{NOTICE}\n{HEADINGS}{rows}".encode("cp1252"))
    return path


def read(library: Library, path: Path) -> ReadTable:
    head = read_head(path)
    return read_table(library, path, head, head.setting or "any", NOW, lambda _done: True)


def load(desk: Desk, library: Library, path: Path) -> CodeTable:
    kept: CodeTable = desk.perform(LoadCodeTable(read(library, path).table))
    return kept


@pytest.fixture
def library(tmp_path: Path):
    with Library.create(tmp_path / "Library") as made:
        fill(made, bills=1)
        yield made


def with_pair_on_bill(library: Library, kind: str = "physician") -> None:
    def act(work):
        bill = work.get(Bill, 1)
        work.change(Organization, bill.biller_id, kind=kind)
        for code in ("g0101 ", "Q0091"):
            work.add(
                Line(
                    bill_id=1,
                    position=99_000,
                    date=Moment(date(2026, 1, 5)),
                    code=code,
                    description=f"Service {code.strip()}",
                    charge=5000,
                )
            )

    library.perform("Lines", act)


def bundled(library: Library) -> list[str]:
    case = library.read(lambda reader: load_checked(reader, {1}))
    found = [one for one in run_checks(case, date(2026, 5, 1), {1}) if one.check == "bundled-codes"]
    assert found == [
        one for one in run_checks(library.read(load_case), date(2026, 5, 1), {1}) if one.check == "bundled-codes"
    ]
    return [one.explanation for one in found]


def test_the_head_says_what_the_file_is_and_shows_its_notice(tmp_path: Path) -> None:
    head = read_head(pairs_file(tmp_path))
    assert (head.kind, head.setting) == ("code_pairs", "practitioner")
    assert head.release == "version 32.1 (2026, quarter 2)"
    assert head.notice == f"{NOTICE}\nColumn1/Column2 Edits"
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv"
    path.write_bytes(LIMITS.encode("cp1252"))
    head = read_head(path)
    assert (head.kind, head.setting, head.effective) == ("unit_limits", "practitioner", date(2026, 4, 1))
    assert head.notice == "An invented notice\nover two lines"


def test_a_loaded_pair_is_asked_about_and_its_table_named(library: Library, tmp_path: Path) -> None:
    desk = Desk(library)
    with_pair_on_bill(library)
    assert bundled(library) == []
    table = load(desk, library, pairs_file(tmp_path))
    assert (table.rows, table.refused, table.accepted_at) == (2, 0, "2026-05-01T09:00:00+00:00")
    (text,) = bundled(library)
    assert "the table of code pairs version 32.1 (2026, quarter 2) (ccipra-v321r0-f1.txt)" in text
    desk.undo()
    assert bundled(library) == []
    desk.redo()
    assert len(bundled(library)) == 1
    desk.perform(RemoveCodeTable(table.id))
    assert bundled(library) == []
    desk.undo()
    assert len(bundled(library)) == 1
    assert verify_library(library.folder) == []


def test_a_table_for_doctors_says_nothing_about_a_hospital(library: Library, tmp_path: Path) -> None:
    with_pair_on_bill(library, "hospital")
    load(Desk(library), library, pairs_file(tmp_path))
    assert bundled(library) == []


def test_unit_limits_reach_the_checks_with_their_first_day(library: Library, tmp_path: Path) -> None:
    with_pair_on_bill(library)
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"
    path.write_bytes(LIMITS.encode("cp1252"))
    load(Desk(library), library, path)
    tables = library.read(lambda reader: load_checked(reader, {1})).tables
    assert {(one.code, one.limit, one.setting) for one in tables.limits} == {
        ("G0101", 1, "practitioner"),
        ("Q0091", 0, "practitioner"),
    }
    assert {one.effective for one in tables.limits} == {date(2026, 1, 1)}


def test_rows_that_cannot_be_read_are_named_by_number_and_reason(library: Library, tmp_path: Path) -> None:
    bad = (
        "G01\tQ0091\t\t20200101\t*\t0\tx\nG0101\tQ0091\t\t20201301\t*\t0\tx\nG0101\tQ0091\t\t20200101\t*\t7\tx\nG0101\n"
    )
    found = read(library, pairs_file(tmp_path, PAIRS + bad))
    assert found.table.refused == 4
    assert [(one.number, one.reason.split("”")[0].lstrip("“")) for one in found.refused] == [
        (10, "G01"),
        (11, "20201301"),
        (12, "7"),
        (13, "it has 1 cells, which is too few"),
    ]


def test_a_bad_first_row_is_not_taken_for_a_heading(library: Library, tmp_path: Path) -> None:
    found = read(library, pairs_file(tmp_path, "G0101\tQ0091\t\t20209901\t*\t0\tx\n" + PAIRS))
    assert [one.number for one in found.refused] == [8]


def test_cancelling_and_refusing_leave_nothing_behind(library: Library, tmp_path: Path) -> None:
    path = pairs_file(tmp_path)
    head, before = read_head(path), library.journal_head()
    with pytest.raises(UserError, match="cancelled"):
        read_table(library, path, head, "practitioner", NOW, lambda _done: False)
    with pytest.raises(UserError, match="not accepted"):
        read_table(library, path, head, "practitioner", None, lambda _done: True)
    with pytest.raises(UserError, match="no row"):
        read(library, pairs_file(tmp_path, ""))
    assert library.journal_head() == before
    assert library.read(ListTables()) == []
    assert list((library.folder / "tables").rglob("*.rows")) == []
    with pytest.raises(UserError, match="not here"):
        Desk(library).perform(LoadCodeTable(dataclasses.replace(some_table(), rows_sha256="0" * 64)))


def some_table() -> CodeTable:
    return CodeTable(
        kind="code_pairs",
        setting="any",
        file="a.txt",
        sha256="1" * 64,
        size=1,
        rows=1,
        rows_sha256="2" * 64,
        accepted_at="2026-05-01T09:00:00+00:00",
        loaded_at="2026-05-01T09:00:00+00:00",
    )


def test_rows_of_a_removed_table_go_when_the_library_is_opened_next(library: Library, tmp_path: Path) -> None:
    desk = Desk(library)
    removed = load(desk, library, pairs_file(tmp_path))
    kept = load(desk, library, pairs_file(tmp_path, "G0103\tQ0091\t\t20200101\t*\t0\tx\n", "ccioph-v321r0-f1.txt"))
    desk.perform(RemoveCodeTable(removed.id))
    library.close()
    with Library.open(library.folder) as again:
        assert not again.tables.holds(removed.rows_sha256)
        assert again.tables.holds(kept.rows_sha256)


def test_a_backup_holds_what_a_table_was_but_not_its_rows(library: Library, tmp_path: Path) -> None:
    with_pair_on_bill(library)
    table = load(Desk(library), library, pairs_file(tmp_path))
    write_backup_file(library.folder, tmp_path / "one.medbills-backup")
    restore_backup(tmp_path / "one.medbills-backup", tmp_path / "Again")
    with zipfile.ZipFile(tmp_path / "one.medbills-backup") as archive:
        assert not any(table.rows_sha256 in name for name in archive.namelist())
    with Library.open(tmp_path / "Again") as again:
        (row,) = again.read(ListTables())
        assert (row.table.file, row.here) == ("ccipra-v321r0-f1.txt", False)
        assert bundled(again) == []
        load(Desk(again), again, pairs_file(tmp_path))
        assert [row.here for row in again.read(ListTables())] == [True]
        assert len(bundled(again)) == 1


def test_damaged_rows_say_nothing_and_stop_nothing(library: Library, tmp_path: Path) -> None:
    with_pair_on_bill(library)
    table = load(Desk(library), library, pairs_file(tmp_path))
    path = library.folder / "tables" / table.rows_sha256[:2] / table.rows_sha256
    path.chmod(0o600)
    path.write_bytes(b"no database at all" * 100)
    assert bundled(library) == []
    assert library.tables.fault(table.rows_sha256)


def test_one_code_is_looked_up_in_both_orders(library: Library, tmp_path: Path) -> None:
    load(Desk(library), library, pairs_file(tmp_path))
    found = library.read(LookUpCode(" q0091"))
    assert [(pair.column1, pair.column2) for pair, _ in found.pairs] == [("G0101", "Q0091")]
    assert library.read(LookUpCode("G9999")).empty
    assert library.read(LookUpCode("  ")).empty


def test_a_zip_with_one_text_file_is_read_and_other_files_are_refused(library: Library, tmp_path: Path) -> None:
    path = pairs_file(tmp_path)
    with zipfile.ZipFile(tmp_path / "ccipra-v321r0-f1.zip", "w") as archive:
        archive.write(path, "inside.txt")
    assert read(library, tmp_path / "ccipra-v321r0-f1.zip").table.rows == 2
    for name, data in (("a.txt", b"one\ttwo\n" * 200), ("b.txt", b""), ("c.csv", b'\x00\xff"'), ("d.xlsx", b"PK")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UserError):
            read_head(tmp_path / name)
    with pytest.raises(UserError):
        read_head(tmp_path / "gone.txt")


def test_the_rows_are_not_in_the_database_nor_in_its_journal(library: Library, tmp_path: Path) -> None:
    rows = "".join(f"G{n:04d}\tQ{n:04d}\t\t20200101\t*\t0\tx\n" for n in range(9000))
    before = (library.folder / "library.db").stat().st_size
    load(Desk(library), library, pairs_file(tmp_path, rows))
    changes = library.read(lambda reader: reader.scalar("SELECT changes FROM journal ORDER BY seq DESC LIMIT 1"))
    assert len(changes) < 2000
    library.close()
    assert (library.folder / "library.db").stat().st_size <= before + 65536
    (path,) = (library.folder / "tables").glob("??/*")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM rows").fetchone() == (9000,)


def test_names_need_no_leave_and_the_look_up_gives_them_with_their_source(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "HCPC2026_JAN_ANWEB.txt"
    path.write_bytes(b"HCPC\tLONG DESCRIPTION\tSHORT DESCRIPTION\nG0101\tMade-up name\tMade-up\nA1\tMade-up\tx\n")
    found = read_table(library, path, read_head(path), "any", None, lambda _done: True)
    assert [one.number for one in found.refused] == [3]
    table = Desk(library).perform(LoadCodeTable(found.table))
    assert (table.rows, table.refused, table.accepted_at) == (1, 1, "")
    ((name, of),) = library.read(LookUpCode("g0101")).names
    assert (name, of.release) == ("Made-up name", "January 2026")
    assert source_of(of) == "the table of HCPCS Level II names of CMS January 2026 (HCPC2026_JAN_ANWEB.txt)"
    assert verify_library(library.folder) == []


def test_a_workbook_of_pairs_reaches_the_checks(library: Library, tmp_path: Path) -> None:
    with_pair_on_bill(library)
    book = openpyxl.Workbook()
    for row in (
        [NOTICE],
        ["Column 1", "Column 2", "", "Effective Date", "Deletion Date", "Modifier"],
        ["G0101", "Q0091", "", 20200101, "*", 0],
    ):
        book.active.append(row)
    book.save(tmp_path / "ccipra-v321r0-f1.xlsx")
    table = load(Desk(library), library, tmp_path / "ccipra-v321r0-f1.xlsx")
    assert (table.notice, table.rows) == (NOTICE, 1)
    assert len(bundled(library)) == 1


@pytest.mark.parametrize(("damage", "words"), [(False, "are not here"), (True, "changed or damaged")])
def test_verify_notes_rows_that_are_missing_or_damaged_and_is_content(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: bool, words: str
) -> None:
    table = load(Desk(library), library, pairs_file(tmp_path))
    assert not [note for note in examine_library(library.folder).notes if "table" in note]
    path = library.folder / "tables" / table.rows_sha256[:2] / table.rows_sha256
    path.chmod(0o600)
    path.write_bytes(b"other bytes") if damage else path.unlink()
    library.close()
    assert run(parse(["verify", str(library.folder)])) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "ccipra-v321r0-f1.txt" in line]
    assert told.startswith("  Note: ")
    assert words in told
