"""A packet that was refused for some places: they are looked at one by one, and only all of them together let it go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.left_over import LeftOver
from medbills_desktop.domain.records import Bill
from medbills_desktop.qt.dialogs.kept_places import HINTS, KeptPlaces, place_in_words
from medbills_desktop.qt.packet_export import PacketDone, PacketWish
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle, wait_for

LEFT = (
    LeftOver(7, "account_number", "picture", 2, "Exhibit C, page 2"),
    LeftOver(0, "social_security_number", "names", 1),
)


def test_all_places_have_to_be_ticked_before_the_packet_is_made(sample_window: MainWindow) -> None:
    dialog = KeptPlaces(LEFT, sample_window)
    kept: list[object] = []
    dialog.kept.connect(kept.append)
    dialog.show()
    rows = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert rows[0].startswith("Page 7 (Exhibit C, page 2): account number (2 times), in the dots of a picture")
    assert rows[1].startswith("Beside the pages: Social Security number, in a name, title or note")
    assert not dialog.export.isEnabled()
    dialog.accept()
    assert kept == []
    dialog.list.setFocus()
    for _ in LEFT:
        assert not dialog.export.isEnabled()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.export.isEnabled()
    dialog.accept()
    assert kept == [LEFT]


def test_what_was_looked_at_before_may_stay_when_there_is_more_to_look_at(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts, started = sample_window.acts.packet, list[PacketWish]()
    monkeypatch.setattr(acts.exports, "start", started.append)
    acts.start(PacketWish(("B1",), "court", tmp_path / "packet.pdf", redact=True, kept=LEFT[:1]))
    acts.export_kept(LEFT[1:])
    assert started[-1].kept == LEFT


def test_what_was_looked_at_in_one_packet_never_stays_in_another(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts, started = sample_window.acts.packet, list[PacketWish]()
    monkeypatch.setattr(acts.exports, "start", started.append)
    acts.start(PacketWish(("B1",), "court", tmp_path / "first.pdf", redact=True))
    acts.finished(PacketDone(tmp_path / "first.pdf", "refused", left=LEFT))
    acts.start(PacketWish(("B2",), "regulator", tmp_path / "second.pdf", redact=True))
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, KeptPlaces))
    for at in range(dialog.list.count()):
        dialog.list.item(at).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert (started[-1].refs, started[-1].target.name, started[-1].kept) == (("B1",), "first.pdf", LEFT)


def test_every_kind_of_place_is_told_in_words() -> None:
    for where in HINTS:
        assert HINTS[where] in place_in_words(LeftOver(1, "diagnosis", where, 1))  # type: ignore[arg-type]


def test_a_refused_packet_asks_to_look_and_is_made_with_what_may_stay(
    sample_window: MainWindow, tmp_path: Path
) -> None:
    """A dark picture some dots of which are by chance as the account number of its bill is written."""
    window, out, number = sample_window, tmp_path / "packet.pdf", "5566778"
    Image.frombytes("L", (20, 20), (b"5" * 200 + number.encode() + b"8" * 193)).save(tmp_path / "dark.png")
    held = window.session.library.vault.take_file(tmp_path / "dark.png")
    window.session.perform(AddPapers((ReceivedPaper("dark.png", held.sha256, held.size, "image/png"),), 3))
    ref = str(window.session.read(lambda reader: reader.get(Bill, 3)).ref)
    done: list[PacketDone] = []
    window.acts.packets.finished.connect(done.append)
    wish = PacketWish((ref,), "court", out, redact=True, parts=("summary", "exhibits"))
    window.session.perform(EditRecord(Bill, 3, (("account_number", number),)))
    window.acts.packet.start(wish)
    wait_for(lambda: bool(done), 120)
    settle(window)
    assert {left.where for left in done[0].left} == {"picture"}
    assert number not in done[0].problem
    assert not out.exists()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, KeptPlaces))
    for at in range(dialog.list.count()):
        dialog.list.item(at).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert window.acts.packets.running
    wait_for(lambda: len(done) == 2, 120)
    settle(window)
    assert done[1].problem == ""
    assert out.exists()
