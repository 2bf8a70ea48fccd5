"""An area of a paper that is not to be in copies: marked by mouse or by keys, seen on the page, left in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from medbills_desktop.domain.records import Evidence
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.qt.window import MainWindow
from tests.journeys.test_linking_regions import WORDS, drag
from tests.support.bills import enter
from tests.support.keys import press
from tests.support.small_papers import small_pdf
from tests.support.windows import settle


@pytest.fixture
def beside(window: MainWindow, tmp_path: Path) -> MainWindow:
    path = tmp_path / "itemized.pdf"
    path.write_bytes(small_pdf("ACCOUNT 0088213407 OF PAT"))
    enter(window, count=2)
    window.intake.take_files([path], window.going.bill_for_papers())
    settle(window)
    return window


def areas(window: MainWindow) -> list[Redaction]:
    return window.session.read(lambda reader: reader.find(Redaction))


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(window: MainWindow, words: str) -> None:
    """Choose from the menu that is open by its words."""
    shown = menu()
    next(action for action in shown.actions() if action.text().replace("&", "") == words).trigger()
    shown.close()
    settle(window)


def test_marked_with_the_mouse_seen_hatched_and_left_in_again(beside: MainWindow) -> None:
    beside.viewer.actions_by_id["take_out"].trigger()
    assert "stays whole" in beside.viewer.hint.text()
    drag(beside, WORDS)
    choose(beside, "Account number")
    (area,) = areas(beside)
    assert (area.page, area.kind) == (1, "account_number")
    assert area.rect[0] <= 75
    assert area.rect[2] >= 200
    assert beside.session.read(lambda reader: reader.find(Evidence)) == []
    (region,) = (each for each in beside.viewer.view.regions if each.taken_out)
    assert region.label == "Not in copies · Account number"
    beside.viewer.view.activate(region)
    choose(beside, "Leave it in copies")
    assert areas(beside) == []
    assert not [each for each in beside.viewer.view.regions if each.taken_out]


def test_marked_and_left_in_again_with_keys_alone(beside: MainWindow) -> None:
    beside.viewer.view.setFocus()
    press("T", "Down", "Return")
    settle(beside)
    press("Down", "Down", "Return")
    settle(beside)
    (area,) = areas(beside)
    assert area.kind == "account_number"
    beside.viewer.view.setFocus()
    press("Alt+Down", "Return")
    settle(beside)
    press("Return")
    settle(beside)
    assert areas(beside) == []


def test_undone_and_done_again(beside: MainWindow) -> None:
    beside.viewer.actions_by_id["take_out"].trigger()
    drag(beside, WORDS)
    choose(beside, "Diagnosis")
    beside.session.desk.undo()
    settle(beside)
    assert areas(beside) == []
    assert not [each for each in beside.viewer.view.regions if each.taken_out]
    beside.session.desk.redo()
    settle(beside)
    assert [area.kind for area in areas(beside)] == ["diagnosis"]
    assert [each.taken_out for each in beside.viewer.view.regions] == [True]


def test_escape_leaves_without_an_area_and_linking_still_links(beside: MainWindow) -> None:
    beside.viewer.view.setFocus()
    press("T")
    settle(beside)
    assert beside.viewer.actions_by_id["take_out"].isChecked()
    press("R")
    settle(beside)
    assert beside.viewer.actions_by_id["choose_region"].isChecked()
    assert not beside.viewer.actions_by_id["take_out"].isChecked()
    press("T", "Escape")
    settle(beside)
    assert not beside.viewer.view.choosing
    beside.viewer.actions_by_id["take_out"].trigger()
    drag(beside, WORDS)
    menu().close()
    settle(beside)
    assert areas(beside) == []
