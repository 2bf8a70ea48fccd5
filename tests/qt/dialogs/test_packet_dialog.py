"""Where a packet goes: never over another file without a second word."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton

from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog, free_name
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import wait_for


def test_the_suggested_name_is_a_free_one(tmp_path: Path) -> None:
    assert free_name(tmp_path) == tmp_path / "Packet.pdf"
    (tmp_path / "Packet.pdf").touch()
    (tmp_path / "Packet 2.pdf").touch()
    assert free_name(tmp_path) == tmp_path / "Packet 3.pdf"


def test_a_file_that_is_there_is_replaced_only_on_the_second_word(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    (tmp_path / "Packet.pdf").write_bytes(b"a letter of mine")
    dialog.accept()
    assert wishes == []
    assert dialog.isVisible()
    assert "once more" in dialog.problem
    dialog.accept()
    assert [wish.target for wish in wishes] == [tmp_path / "Packet.pdf"]


def test_court_and_regulator_get_no_personal_numbers_unless_the_person_says_so(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    audience, tick = dialog.findChildren(QComboBox)[0], dialog.redaction.tick
    seen = {}
    for at in range(audience.count()):
        audience.setCurrentIndex(at)
        seen[audience.currentData()] = tick.isChecked()
    assert [reader for reader, on in seen.items() if on] == ["regulator", "court"]
    tick.click()
    audience.setCurrentIndex(audience.findData("biller"))
    assert tick.isChecked()
    dialog.accept()
    assert [(wish.audience, wish.redact) for wish in wishes] == [("biller", True)]


def test_what_will_be_taken_out_is_told_paper_by_paper(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    dialog.show()
    dialog.redaction.tick.click()
    shown = dialog.redaction.list
    wait_for(lambda: shown.count() > 0)
    rows = [shown.item(at).text() for at in range(shown.count())]
    assert any("account number" in row and "date of birth" in row for row in rows)
    assert any("can't be searched" in row for row in rows)
    assert not any("3907" in row for row in rows)
    bills = dialog.findChildren(QListWidget)[0]
    for at in range(bills.count()):
        bills.item(at).setCheckState(Qt.CheckState.Unchecked)
    assert "Tick a bill" in dialog.redaction.said.text()
    dialog.redaction.tick.click()
    assert not shown.isVisible()
    dialog.close()


def test_enter_exports_and_enter_on_choose_chooses(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    dialog.show()
    dialog.activateWindow()
    wait_for(lambda: QApplication.activeWindow() is dialog)
    buttons = {one.text().replace("&", ""): one for one in dialog.findChildren(QPushButton)}
    assert [text for text, one in buttons.items() if one.isDefault()] == ["Export packet"]
    buttons["Choose…"].setFocus()
    assert [text for text, one in buttons.items() if one.isDefault()] == ["Choose…"]
    dialog.close()
