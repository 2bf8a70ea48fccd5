"""Words of another language are longer: with every text a third longer nothing is cut in a usual window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.widgets_seen import clipped, cut_off, places, settled
from tests.support.windows import PLAY_DAY, settle

LONGER = 0.35


def longer(text: str) -> str:
    """The text with a third more letters, in words as long as its own."""
    extra = round(len(text) * LONGER)
    return text + " " + "éxtra "[:6] * (extra // 6) + "ñ" * (extra % 6) if text.strip() else text


class Longer(QTranslator):
    """Makes every text of the program longer, as a translation would."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _number: int = -1) -> str:
        return longer(text)

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def longer_words(qapp: QApplication) -> Iterator[None]:
    translator = Longer()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("longer_words")
def test_longer_words_are_cut_nowhere(sample: Library, open_window: Callable[..., MainWindow]) -> None:
    window = open_window(sample, PLAY_DAY)
    assert window.log_call.text() == longer("Log a call  Ctrl+L")
    window.resize(1280, 800)
    found = {}
    for name in places(window):
        settle(window)
        settled()
        if cut := [*clipped(window), *cut_off(window)]:
            found[name] = cut
    assert not found, "\n".join(f"{name}: {each}" for name, cut in found.items() for each in cut)
    assert window.width() == 1280, "the window does not grow"
