"""Recordings in the call panel: the default is to ask, the stricter rule is shown, the original is never touched."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.records import Call, Document, Organization, RecordingPlaces
from medbills_desktop.qt.calls.recording_row import RecordingRow
from medbills_desktop.qt.tasks import Progress
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.keys import press, type_text
from tests.support.windows import settle, wait_for

SOUND = b"RIFF\x24\0\0\0WAVEfmt " + bytes(64)
LARGE = 256 << 20
"""Bytes of the large file of these tests; a file of 2 GB takes the same way."""


class Player(QObject):
    """Stands where the system's player would: gets what is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def player() -> Iterator[Player]:
    found = Player()
    QDesktopServices.setUrlHandler("file", found, "open")
    yield found
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def calling(window: MainWindow) -> MainWindow:
    """A call with an organization in California, with the recording in sight."""
    window.session.desk.perform(AddRecord(Organization(name="Blue Mesa Imaging", kind="imaging", state="ca")))
    enter(window)
    press("Ctrl+L")
    window.call.fields.record.click()
    return window


def row(window: MainWindow) -> RecordingRow:
    return window.call.fields.recording


def choose(window: MainWindow, name: str, value: str) -> None:
    combo: QComboBox = row(window)._choices[name]
    combo.setCurrentIndex(combo.findData(value))


def attach(window: MainWindow, path: Path) -> None:
    window.call.sounds.attach(path)
    wait_for(lambda: not window.call.sounds.busy)
    settle(window)


def file(tmp_path: Path, content: bytes = SOUND, name: str = "call.wav") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_the_state_of_the_other_side_is_known_and_ones_own_is_not_invented(calling: MainWindow) -> None:
    draft = calling.call.draft()
    assert row(calling)._choices["their_state"].currentText() == "CA"
    assert row(calling)._choices["my_state"].currentData() == ""
    assert draft.recording == ""
    assert draft.their_state == "", "nothing is kept of a place while no recording is noted"


@pytest.mark.parametrize(
    ("mine", "theirs", "words", "card"),
    [
        ("TX", "CA", "Everyone in the call has to agree", "Recording a call in California"),
        ("TX", "NY", "Ask at the beginning all the same", "Recording a call in New York"),
        ("", "NY", "What counts is not known", "Recording a call in New York"),
        ("TX", "GA", "What counts is not known", "Recording a call in Georgia"),
        ("", "", "What counts is not known", "Recording a call by federal law"),
    ],
)
def test_the_stricter_rule_stands_beside_it_with_source_and_day(
    calling: MainWindow, mine: str, theirs: str, words: str, card: str
) -> None:
    choose(calling, "my_state", mine)
    choose(calling, "their_state", theirs)
    assert row(calling)._words.text().startswith(words)
    assert row(calling)._source.text().startswith(card)
    assert "checked Nov 25, 2026" in row(calling)._source.text()
    assert "Ask" in row(calling)._words.text(), "the default is to ask"


def test_the_rule_itself_is_one_press_away(calling: MainWindow) -> None:
    row(calling)._show_rule.click()
    settle(calling)
    assert calling.going.page_name == "rules"
    assert calling.call.isVisible()


def test_a_recording_is_kept_with_its_call(calling: MainWindow, tmp_path: Path) -> None:
    attach(calling, file(tmp_path))
    assert calling.call.draft().recording == "mine"
    choose(calling, "consent", "asked_yes")
    choose(calling, "my_state", "TX")
    press("Ctrl+Return")
    settle(calling)
    read = calling.session.read
    (call,) = read(lambda reader: reader.find(Call))
    (document,) = read(lambda reader: reader.find(Document))
    assert (call.document_id, call.recording, call.consent) == (document.id, "mine", "asked_yes")
    (places,) = read(lambda reader: reader.find(RecordingPlaces))
    assert (places.my_state, places.their_state) == ("TX", "CA")
    calling.call.correct(call.id)
    assert row(calling).isVisible()
    assert row(calling)._name.whole == "P0001 · call.wav"


def test_what_is_no_sound_is_refused_and_the_call_stays(calling: MainWindow, tmp_path: Path) -> None:
    attach(calling, file(tmp_path, b"%PDF-1.7\n", "bill.pdf"))
    assert "“bill.pdf” is not a sound file" in calling.notices.text
    assert calling.call.draft().document_id is None
    assert calling.session.read(lambda reader: reader.find(Document)) == []


def test_playing_opens_a_copy_and_never_the_original(calling: MainWindow, tmp_path: Path, player: Player) -> None:
    attach(calling, file(tmp_path))
    row(calling).play.click()
    wait_for(lambda: bool(player.opened))
    (path,) = map(Path, player.opened)
    assert path.suffix == ".wav"
    assert path.read_bytes() == SOUND
    vault = calling.session.library.vault
    assert calling.session.library.folder not in path.parents
    path.write_bytes(b"changed by a player")
    (document,) = calling.session.read(lambda reader: reader.find(Document))
    assert vault.fault(document.sha256 or "") is None
    calling.call.sounds.close()
    assert not path.exists()


def test_a_recording_among_the_papers_is_not_opened_as_a_page(calling: MainWindow, tmp_path: Path) -> None:
    attach(calling, file(tmp_path))
    calling.showing.show_paper(1)
    assert "is a recording" in calling.notices.text


def test_an_attached_sound_survives_closing_the_panel(calling: MainWindow, tmp_path: Path) -> None:
    type_text("Ms. Field")
    attach(calling, file(tmp_path))
    press("Escape", "Ctrl+L")
    assert calling.call.draft().document_id == 1
    assert row(calling).isVisible()


def test_a_large_file_comes_in_with_progress_while_the_window_answers(calling: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with path.open("wb") as sound:
        sound.write(SOUND)
        sound.truncate(LARGE)
    seen: list[Progress | None] = []
    calling.call.sounds.progressed.connect(seen.append)
    calling.call.sounds.attach(path)
    type_text("I")
    assert calling.call.sounds.busy, "the keyboard is answered while the file comes in"
    wait_for(lambda: not calling.call.sounds.busy, 60)
    told = [one.done for one in seen if one is not None]
    assert seen[-1] is None
    assert len(told) > 100
    assert told == sorted(told)
    assert calling.session.read(lambda reader: reader.get(Document, 1)).size == LARGE


def test_a_cancelled_file_leaves_nothing_behind(calling: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with path.open("wb") as sound:
        sound.write(SOUND)
        sound.truncate(LARGE)
    calling.call.sounds.progressed.connect(lambda _progress: calling.acts.cancel_work())
    calling.call.sounds.attach(path)
    wait_for(lambda: not calling.call.sounds.busy, 60)
    assert "cancelled" in calling.notices.text
    assert calling.session.library.vault.all_hashes() == set()
    assert calling.session.read(lambda reader: reader.find(Document)) == []


MEASURE = """
import resource, sys
from pathlib import Path
from medbills_desktop.commands.recordings import receive_recording
from medbills_desktop.store.library import Library
with Library.open(Path(sys.argv[1])) as library:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    receive_recording(library, Path(sys.argv[2]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in Linux's units")
def test_a_large_file_takes_no_room_in_memory(calling: MainWindow, tmp_path: Path) -> None:
    folder = calling.session.library.folder
    calling.session.library.close()
    path = tmp_path / "long.wav"
    with path.open("wb") as sound:
        sound.write(SOUND)
        sound.truncate(LARGE)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 32 * 1024, "kilobytes"
