"""Where a packet goes: never over another file without a second word."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton

from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.records import Bill, Call
from medbills_desktop.packet.parts import PARTS
from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog, free_name
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.queries.made_packets import ListMadePackets
from tests.packet.scanned_papers import scanned
from tests.support.windows import settle, wait_for


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


def test_the_day_of_the_answer_may_be_named_and_is_asked_again_where_it_is_no_date(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    dialog.reply_by.setText("soon")
    dialog.accept()
    assert (wishes, dialog.isVisible()) == ([], True)
    assert "soon" in dialog.problem
    dialog.reply_by.setText("4/20/2020")
    dialog.accept()
    assert "is past" in dialog.problem
    dialog.reply_by.setText("4/20/2026")
    audience = dialog.findChildren(QComboBox)[0]
    audience.setCurrentIndex(audience.findData("court"))
    dialog.accept()
    assert "no day for its answer" in dialog.problem
    audience.setCurrentIndex(audience.findData("insurer"))
    dialog.accept()
    assert [wish.reply_by for wish in wishes] == [date(2026, 4, 20)]


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


def test_the_parts_follow_the_reader_until_one_is_ticked_by_hand(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    audience, parts = dialog.findChildren(QComboBox)[0], dialog.parts
    assert "rules" in parts.ticked()
    audience.setCurrentIndex(audience.findData("court"))
    assert "rules" not in parts.ticked()
    audience.setCurrentIndex(audience.findData("biller"))
    assert "rules" in parts.ticked()
    calls = next(item for item in map(parts.list.item, range(parts.list.count())) if "Contact log" in item.text())
    calls.setCheckState(Qt.CheckState.Unchecked)
    audience.setCurrentIndex(audience.findData("court"))
    assert "rules" in parts.ticked()
    dialog.accept()
    assert wishes[0].parts == tuple(part.key for part in PARTS if part.key != "calls")


def test_what_will_be_shared_is_told_before_the_export(sample_window: MainWindow, tmp_path: Path) -> None:
    sample_window.session.perform(EditRecord(Call, 1, (("private_note", "They sounded unsure."),)))
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    dialog.more.unfold()
    parts = dialog.parts
    wait_for(lambda: "papers will be in it: " in parts.papers.text())
    assert "stays out." in parts.papers.text() or "stay out." in parts.papers.text()
    assert not parts.notes.isVisible()
    parts.private.click()
    assert "will be shown." in parts.papers.text()
    rows = [parts.notes.item(at).text() for at in range(parts.notes.count())]
    (row,) = [row for row in rows if row.endswith(": “They sounded unsure.”")]
    assert re.match(r"Phone, \w{3} \d+, \d{4} with ", row)
    assert parts.notes.isVisible()
    exhibits = next(item for item in map(parts.list.item, range(parts.list.count())) if "Exhibits" in item.text())
    exhibits.setCheckState(Qt.CheckState.Unchecked)
    assert "No paper will be in it." in parts.papers.text()
    dialog.accept()
    assert wishes[0].private_notes
    assert "exhibits" not in wishes[0].parts


def test_offers_that_stay_out_for_a_court_are_told_and_so_are_the_papers(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    dialog.show()
    audience, parts = dialog.findChildren(QComboBox)[0], dialog.parts
    wait_for(lambda: "10 papers will be in it: " in parts.papers.text())
    assert "left out" not in parts.papers.text()
    whole = parts.sizes or ()
    audience.setCurrentIndex(audience.findData("court"))
    assert "8 papers will be in it: " in parts.papers.text()
    assert "2 offers that were not taken are left out. 2 letters that only tell" in parts.papers.text()
    assert len(parts.sizes or ()) == len(whole) - 2
    offers = next(item for item in map(parts.list.item, range(parts.list.count())) if "Offers" in item.text())
    offers.setCheckState(Qt.CheckState.Checked)
    assert "10 papers" in parts.papers.text()
    assert "left out" not in parts.papers.text()
    dialog.close()


def test_a_packet_without_any_part_is_not_made(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    for at in range(dialog.parts.list.count()):
        dialog.parts.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    assert wishes == []
    assert "at least one part" in dialog.problem
    dialog.close()


def test_a_packet_that_was_made_is_noted_on_the_papers_tab(sample_window: MainWindow, tmp_path: Path) -> None:
    window, out = sample_window, tmp_path / "For the court.pdf"
    window.going.show_page("bills")
    window.bills.show_bill(3)
    ref = window.session.read(lambda reader: reader.get(Bill, 3)).ref
    window.acts.packet.start(PacketWish((str(ref),), "court", out, parts=("summary", "money", "calls")))
    wait_for(lambda: not window.acts.packets.running, 120)
    settle(window)
    pages = len(pypdf.PdfReader(out).pages)
    (noted,) = window.session.read(ListMadePackets(3))
    assert (noted.pages, noted.size, noted.audience) == (pages, out.stat().st_size, "court")
    told = window.bills.bill.papers.packets.text()
    assert re.fullmatch(rf"Packet made on \w+ \d+, \d+, {pages} pages, for a court: For the court\.pdf", told)


def test_about_how_the_packet_will_be_split_is_told_before(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    dialog.more.unfold()
    size = dialog.size_limit
    wait_for(lambda: "by the sizes of the papers" in size.said.text())
    assert not size.other.isVisible()
    size.choice.setCurrentIndex(1)
    assert "so it will be one file. 10 MB is what" in size.said.text()
    size.foretell((9_000_000, 4_000_000, 26_000_000))
    assert "about 5 volumes" in size.said.text()
    assert "1: the first pages, exhibit A (about 10 MB); 2: exhibits B and C (about 10 MB); 3: exhibit C" in (
        size.said.text()
    )
    size.choice.setCurrentIndex(size.choice.count() - 1)
    assert size.other.isVisible()
    size.other.setText("none")
    dialog.accept()
    assert wishes == []
    assert "how many megabytes" in dialog.problem
    size.other.setText("7")
    dialog.accept()
    assert wishes[0].limit_mb == 7


def test_volumes_that_are_there_are_replaced_only_on_the_second_word(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    (tmp_path / "Packet - volume 1 of 2.pdf").write_bytes(b"mine")
    dialog.size_limit.choice.setCurrentIndex(1)
    dialog.accept()
    assert wishes == []
    assert "in volumes (Packet - volume 1 of 2.pdf" in dialog.problem
    dialog.accept()
    assert [wish.limit_mb for wish in wishes] == [10]


def test_a_packet_in_volumes_is_noted_file_by_file(sample_window: MainWindow, tmp_path: Path) -> None:
    window, out = sample_window, tmp_path / "For the court.pdf"
    scan = receive_file(window.session.library, scanned(tmp_path / "scan.pdf", 2, side=900))
    window.session.perform(AddPapers((scan,), 3))
    ref = window.session.read(lambda reader: reader.get(Bill, 3)).ref
    parts = ("summary", "exhibits")
    window.acts.packet.start(PacketWish((str(ref),), "court", out, parts=parts, limit_mb=1))
    wait_for(lambda: not window.acts.packets.running, 120)
    settle(window)
    noted = window.session.read(ListMadePackets(3))
    files = sorted(tmp_path.glob("For the court - volume * of *.pdf"))
    assert len(files) > 1
    assert [(each.file, each.size, each.pages) for each in noted] == [
        (path.name, path.stat().st_size, len(pypdf.PdfReader(path).pages)) for path in files
    ]


def test_most_choices_are_folded_away_and_what_is_set_in_there_is_said(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path, sample_window)
    dialog.show()
    assert not dialog.parts.list.isVisible()
    assert dialog.more.told.startswith("One PDF with the usual parts.")
    dialog.more.turn.click()
    assert dialog.parts.list.isVisible()
    dialog.variants.choice.setCurrentIndex(1)
    dialog.parts.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.reply_by.setText("4/20/2026")
    dialog.more.turn.click()
    told = f"A lighter PDF, for e-mail and upload forms; {len(PARTS) - 1} of {len(PARTS)} parts; an answer by 4/20/2026"
    assert (dialog.parts.list.isVisible(), dialog.more.told) == (False, told)
    dialog.reply_by.setText("soon")
    dialog.accept()
    assert "soon" in dialog.problem
    assert dialog.reply_by.isVisible()
    assert dialog.focusWidget() is dialog.reply_by
    dialog.close()


def test_a_folder_that_is_not_there_is_asked_about_before_anything_is_made(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    dialog = PacketDialog(sample_window.session, 1, tmp_path / "gone", sample_window)
    wishes: list[PacketWish] = []
    dialog.wished.connect(wishes.append)
    dialog.show()
    dialog.accept()
    assert wishes == []
    assert dialog.problem == f"There is no folder {tmp_path / 'gone'}. Choose one that is there."
    dialog.close()
