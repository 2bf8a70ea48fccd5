"""The Codes page: a file is loaded behind its notice, rows that can't be read are told first, a code is looked up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from medbills_desktop.domain.places_of_service import places_of_service
from medbills_desktop.domain.records import CodeTable
from medbills_desktop.qt.codes.load_dialog import LoadDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle

NOTICE = "An invented notice: these made-up pairs are for tests only."
HEAD = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date\tModifier\tPTP Edit Rationale\n"
ROW = "A4215\tA4209\t\t20200101\t*\t0\tInvented\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(rows: str) -> Path:
        path = tmp_path / "ccipra-v321r0-f1.txt"
        path.write_text(f"{NOTICE}\n{HEAD}{rows}", "cp1252")
        return path

    return write


def opened(window: MainWindow, path: Path) -> LoadDialog:
    window.going.show_page("codes")
    window.codes.begin(path)
    settle(window)
    assert window.codes.dialog is not None
    return window.codes.dialog


def tables(window: MainWindow) -> list[CodeTable]:
    return window.session.read(lambda reader: reader.find(CodeTable))


def test_a_table_is_loaded_only_behind_its_notice(window: MainWindow, file: Callable[[str], Path]) -> None:
    dialog = opened(window, file(ROW))
    assert NOTICE in dialog.notice.toPlainText()
    assert not dialog.load.isEnabled()
    dialog.agreed.click()
    dialog.load.click()
    settle(window)
    (table,) = tables(window)
    assert (table.kind, table.rows, table.setting) == ("code_pairs", 1, "practitioner")
    assert window.codes.view.rows_model.rowCount() == 1
    window.actions_by_id["undo"].trigger()
    settle(window)
    assert tables(window) == []


def test_a_table_whose_time_of_loading_is_damaged_is_shown_without_it(
    window: MainWindow, file: Callable[[str], Path]
) -> None:
    dialog = opened(window, file(ROW))
    dialog.agreed.click()
    dialog.load.click()
    settle(window)
    (table,) = tables(window)
    for damaged in ("", "yesterday", "2026-13-45T00:00:00+00:00"):
        window.session.library.perform(
            "Damage a table", lambda work, to=damaged: work.change(CodeTable, table.id, loaded_at=to)
        )
        window.codes.refresh()
        model = window.codes.view.rows_model
        shown = [model.index(0, place).data() for place in range(model.columnCount())]
        assert "Not known when" in shown
        assert table.file in shown


def test_rows_that_cant_be_read_are_told_before_anything_is_loaded(
    window: MainWindow, file: Callable[[str], Path]
) -> None:
    dialog = opened(window, file(ROW + "A4215\tA420\t\t20200101\t*\t0\tToo short\n"))
    dialog.agreed.click()
    dialog.load.click()
    settle(window)
    assert tables(window) == []
    assert "1 row can't be read" in dialog.said.text()
    assert "A420" in dialog.refused.toPlainText()
    dialog.load.click()
    settle(window)
    assert tables(window)[0].refused == 1


def test_given_up_nothing_is_loaded(window: MainWindow, file: Callable[[str], Path]) -> None:
    dialog = opened(window, file(ROW * 2000))
    dialog.agreed.click()
    dialog.load.click()
    dialog.leave.click()
    settle(window)
    assert tables(window) == []


def test_a_file_of_another_kind_is_refused_in_words(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader,\nthis is no table.\n", "utf-8")
    window.going.show_page("codes")
    window.codes.begin(path)
    settle(window)
    assert window.codes.dialog is None
    assert "letter.txt" in window.notices.text


def test_a_code_is_looked_up_in_any_case(window: MainWindow, file: Callable[[str], Path]) -> None:
    dialog = opened(window, file(ROW))
    dialog.agreed.click()
    dialog.load.click()
    settle(window)
    QTest.keyClicks(window.codes.words, "a4209")
    assert "A4209 is usually part of A4215." in window.codes.answer.text()
    window.codes.words.setText("Z9999")
    assert "No loaded table says anything" in window.codes.answer.text()


@pytest.mark.parametrize(
    ("typed", "name"), [("22", "On-campus outpatient hospital"), ("2", "Telehealth"), ("99", "Other")]
)
def test_a_place_of_service_is_named_with_its_source(window: MainWindow, typed: str, name: str) -> None:
    window.going.show_page("codes")
    QTest.keyClicks(window.codes.words, typed)
    said = window.codes.answer.text()
    assert name in said
    assert "CMS" in said
    assert "Not compared with the list of the day" in said


def test_places_are_two_digits_and_named_once() -> None:
    names = places_of_service().names
    assert all(len(code) == 2 and code.isdecimal() for code in names)
    assert len(set(names.values())) == len(names) > 45
    assert places_of_service().name("½") is None
    assert places_of_service().name("") is None


def test_public_names_are_loaded_without_a_tick_and_shown_with_their_source(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "HCPC2026_JAN_ANWEB.txt"
    row = "A4215\t00100\t3\tAn invented long name\tInvented\n"
    path.write_text("HCPC\tSEQNUM\tRECID\tLONG DESCRIPTION\tSHORT DESCRIPTION\n" + row, "cp1252")
    dialog = opened(window, path)
    assert not dialog.agreed.isVisible()
    assert not dialog.notice.isVisible()
    assert "American Medical Association" not in " ".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.setting.setCurrentIndex(dialog.setting.findData("any"))
    assert dialog.load.isEnabled()
    dialog.load.click()
    settle(window)
    QTest.keyClicks(window.codes.words, "a4215")
    assert "An invented long name" in window.codes.answer.text()
    assert path.name in window.codes.answer.text()
