"""Handing over one case by hand: what will be in the file is said before it is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from medbills_desktop.domain.records import Bill, Call, Document
from medbills_desktop.exchange.case_zip_reading import read_case_zip
from medbills_desktop.qt.dialogs.hand_over_dialog import HandOverDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.keys import press
from tests.support.windows import in_front, settle, wait_for


def opened(window: MainWindow, bill_id: int | None) -> HandOverDialog:
    window.acts.files.hand_over(bill_id, window.home)
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, HandOverDialog) and one.isVisible()]
    in_front(found[-1])
    return found[-1]


def ticked(dialog: HandOverDialog) -> int:
    bills = dialog.findChild(QListWidget)
    assert bills is not None
    return sum(bills.item(at).checkState() == Qt.CheckState.Checked for at in range(bills.count()))


def test_the_bill_in_front_and_those_of_its_visit_are_ticked_and_the_file_holds_them(sample_window: MainWindow) -> None:
    bills = sample_window.session.read(lambda reader: reader.find(Bill))
    beside = [bill for bill in bills if bill.visit_id == bills[0].visit_id]
    dialog = opened(sample_window, bills[0].id)
    assert ticked(dialog) == len(beside)
    assert f"Bill: {len(beside)}" in dialog.told
    dialog.accept()
    settle(sample_window)
    target = sample_window.home / "MedBills case.zip"
    assert sample_window.notices.text == f"Written to {target}."
    case, papers = read_case_zip(target)
    assert {bill.ref for bill in case.all(Bill)} == {bill.ref for bill in beside}
    assert len(papers) == len(case.all(Document))
    assert all(call.private_note is None for call in case.all(Call))
    assert "case.json" in zipfile.ZipFile(target).namelist()


def test_a_tick_changes_what_is_said_and_nothing_is_written_without_one(sample_window: MainWindow) -> None:
    dialog = opened(sample_window, None)
    assert dialog.told == "No bill is ticked yet."
    dialog.accept()
    assert "Tick at least one bill" in dialog.problem
    bills = dialog.findChild(QListWidget)
    assert bills is not None
    bills.setFocus()
    press("Home", "Space")
    assert "Bill: 1" in dialog.told
    assert "paper" in dialog.told
    dialog.reject()


def test_a_file_that_is_there_is_replaced_only_on_the_second_word(sample_window: MainWindow) -> None:
    target: Path = sample_window.home / "MedBills case.zip"
    target.write_bytes(b"another")
    dialog = opened(sample_window, 1)
    dialog.accept()
    assert "once more" in dialog.problem
    assert dialog.isVisible()
    dialog.accept()
    wait_for(lambda: zipfile.is_zipfile(target))
    settle(sample_window)
