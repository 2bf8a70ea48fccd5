"""Changing the look while there are widgets that nobody holds any more does not kill the program."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import gc, sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from medbills_desktop.qt import theme

application = QApplication([])
theme.apply(application, False, 100)
gc.disable()
gc.set_threshold(1_000_000)  # only when it is asked for

class Busy(QLabel):
    def changeEvent(self, event):
        if gc.isenabled():
            gc.collect()
        super().changeEvent(event)

def leave():
    for _ in range(50):
        window = QWidget()
        window.me = window
        buttons = [QPushButton("x", window) for _ in range(10)]
        window.show()
        window.hide()

shown = []
for _ in range(20):
    shown.append(Busy("x"))
    shown[-1].show()
    leave()
if sys.argv[1] == "apply":
    gc.enable()
    theme.apply(application, True, 100)
else:
    with theme.undressed():
        gc.enable()
assert gc.isenabled()
print("whole")
"""


@pytest.mark.parametrize("how", ["apply", "undressed"])
def test_widgets_that_python_would_throw_away_wait_until_all_are_dressed(how: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, how], capture_output=True, text=True, check=False)
    assert done.stdout == "whole\n", done.stderr
