"""As what a packet goes out: plain without a thought, and each variant reaches the command that makes it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QLineEdit

from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog
from medbills_desktop.qt.dialogs.packet_told import PacketTold
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle, wait_for


def opened(window: MainWindow, folder: Path) -> tuple[PacketDialog, list[PacketWish]]:
    dialog = PacketDialog(window.session, 3, folder, window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    settle(window)
    return dialog, wishes


def target_of(dialog: PacketDialog) -> QLineEdit:
    return next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == "Save as")


def choose(dialog: PacketDialog, key: str) -> None:
    dialog.variants.choice.setCurrentIndex(dialog.variants.choice.findData(key))


def test_nobody_has_to_think_about_it(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    assert dialog.variants.said.text() == ""
    dialog.accept()
    assert [(wish.variant, wish.print_it, wish.target.name) for wish in wishes] == [("", False, "Packet.pdf")]


def test_the_name_follows_what_is_chosen(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    target = target_of(dialog)
    target.setText(str(tmp_path / "Reclamación médica 2.0"))
    seen = []
    for key in ("originals", "fax", "email"):
        choose(dialog, key)
        seen.append(Path(target.text()).name)
    assert seen == ["Reclamación médica 2.0.zip", "Reclamación médica 2.0.pdf", "Reclamacion medica 2.0.pdf"]
    target.setText(str(tmp_path / "Số 5.pdf"))
    dialog.accept()
    assert [(wish.variant, wish.target.name) for wish in wishes] == [("email", "So 5.pdf")]


def test_originals_and_taking_out_are_not_offered_together(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    dialog.redaction.tick.click()
    choose(dialog, "originals")
    assert not dialog.variants.print_it.isEnabled()
    dialog.accept()
    assert wishes == []
    assert "choose one of the two" in dialog.problem
    dialog.redaction.tick.click()
    dialog.size_limit.choice.setCurrentIndex(1)
    dialog.accept()
    assert wishes == []
    assert "choose no size limit" in dialog.problem
    dialog.size_limit.choice.setCurrentIndex(0)
    dialog.accept()
    assert [(wish.variant, wish.redact) for wish in wishes] == [("originals", False)]


def test_what_may_come_in_several_files_is_not_offered_to_be_printed(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    dialog.variants.print_it.click()
    assert "printed when it is made" in dialog.more.told
    dialog.size_limit.choice.setCurrentIndex(1)
    assert not dialog.variants.print_it.isEnabled()
    assert "several files" in dialog.variants.why_not.text()
    assert dialog.more.told == "below 10 MB a file"
    dialog.accept()
    assert [(wish.limit_mb, wish.print_it) for wish in wishes] == [(10, False)]


@pytest.mark.parametrize("key", ["email", "fax", "originals"])
def test_each_variant_is_made_beside_the_window(sample_window: MainWindow, tmp_path: Path, key: str) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    dialog.wished.connect(sample_window.acts.packet.start)
    choose(dialog, key)
    if key == "fax":
        dialog.variants.print_it.click()
    asked: list[bool] = []

    def refuse_printer() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, QPrintDialog) and each.isVisible()]
        if found:
            asked.append(True)
            found[0].reject()

    timer = QTimer()
    timer.timeout.connect(refuse_printer)
    timer.start(50)
    dialog.accept()
    made = wishes[0].target
    wait_for(lambda: made.exists() and not sample_window.acts.packets.running, 60)
    if key == "fax":
        wait_for(lambda: bool(asked))
    timer.stop()
    settle(sample_window)
    assert asked == ([True] if key == "fax" else [])
    if key == "originals":
        with zipfile.ZipFile(made) as archive:
            assert "packet.pdf" in archive.namelist()
        wait_for(lambda: any(isinstance(each, PacketTold) for each in QApplication.topLevelWidgets()))
        told = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PacketTold))
        assert told.isVisible()
        assert "files as they came" in told.list.item(0).text()
        told.reject()
    else:
        text = pypdf.PdfReader(made).pages[0].extract_text()
        assert bool(text) == (key == "email")
    assert ("e-mail that carries it" in sample_window.notices.text) == (key == "email")
    assert sample_window.acts.packets.running is False


def test_a_day_of_the_answer_that_no_ticked_part_prints_is_asked_about_at_once(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog, wishes = opened(sample_window, tmp_path)
    dialog.reply_by.setText("12/31/2099")
    for at in range(dialog.parts.list.count()):
        item = dialog.parts.list.item(at)
        only = item.data(Qt.ItemDataRole.UserRole) == "exhibits"
        item.setCheckState(Qt.CheckState.Checked if only else Qt.CheckState.Unchecked)
    dialog.accept()
    assert wishes == []
    assert "the cover and the summary" in dialog.problem
    dialog.reject()
