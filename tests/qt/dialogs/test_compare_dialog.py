"""Importing a case that was changed elsewhere, by hand: both sides are seen, and only what is chosen is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from medbills_desktop.domain.records import Bill, Organization
from medbills_desktop.qt.dialogs.compare_dialog import CompareDialog
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.case_loading import load_case
from tests.support.keys import press
from tests.support.windows import in_front, settle, wait_for

CASE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "people": [{"id": "P1", "name": "Ana Ruiz"}],
    "organizations": [{"id": "H", "name": "Blue Mesa", "kind": "hospital", "phone": "555-0100"}],
    "bills": [{"id": "B1", "biller": "H", "person": "P1", "account_number": "000123", "statements": []}],
}


def written(folder: Path, name: str, **changes: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({**CASE, **changes}), encoding="utf-8")
    return path


def changed(folder: Path, name: str = "theirs.json") -> Path:
    """Their file: another phone of the hospital, a note on the bill, a patient who is new."""
    return written(
        folder,
        name,
        people=[*CASE["people"], {"id": "P2", "name": "Ben Ruiz"}],
        organizations=[{**CASE["organizations"][0], "phone": "555-0199"}],
        bills=[{**CASE["bills"][0], "notes": "They sent it again."}],
    )


def bring(window: MainWindow, *paths: Path) -> None:
    window.acts.files.import_files(list(paths))


def dialog_in_front() -> CompareDialog:
    def found() -> list[CompareDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, CompareDialog) and one.isVisible()]

    wait_for(lambda: bool(found()))
    dialog = found()[-1]
    in_front(dialog)
    return dialog


def texts(dialog: CompareDialog) -> list[str]:
    page = dialog.fields.widget()
    assert page is not None
    return [one.text().replace("\u200b", "") for one in page.findChildren(QLabel)]


def kept(window: MainWindow) -> tuple[list[str | None], list[str | None]]:
    case = window.session.read(load_case)
    return [one.phone for one in case.all(Organization)], [one.notes for one in case.all(Bill)]


def test_the_same_file_twice_asks_nothing_and_adds_nothing(window: MainWindow, tmp_path: Path) -> None:
    path = written(tmp_path, "case.json")
    bring(window, path)
    settle(window)
    assert "3 records imported" in window.notices.text
    bring(window, path)
    settle(window)
    assert window.notices.text.startswith("Everything in this file was there already")
    assert not any(isinstance(one, CompareDialog) for one in QApplication.topLevelWidgets())


def test_both_sides_are_shown_field_by_field_and_mine_stays_by_itself(window: MainWindow, tmp_path: Path) -> None:
    bring(window, written(tmp_path, "case.json"))
    settle(window)
    bring(window, changed(tmp_path))
    dialog = dialog_in_front()
    assert [(row.kind, row.fields, row.choice) for row in dialog.view.rows_model.rows] == [
        ("Organization", "Phone", "ours"),
        ("Bill", "Notes", "ours"),
    ]
    assert texts(dialog)[:8] == ["Mine", "Theirs", "Phone ≠", "555-0100", "555-0199", "Name", "Blue Mesa", "Blue Mesa"]
    assert "mine 555-0100, theirs 555-0199" in dialog.fields.accessibleDescription()
    press("Down")
    assert texts(dialog)[2:5] == ["Notes ≠", "–", "They sent it again."]
    dialog.accept()
    settle(window)
    assert kept(window) == (["555-0100"], [None])
    assert window.notices.text == "1 record imported. 2 left as they were here. Ctrl+Z takes it back."


def test_what_is_chosen_by_keys_is_taken_in_one_step_that_undo_takes_back(window: MainWindow, tmp_path: Path) -> None:
    bring(window, written(tmp_path, "case.json"))
    settle(window)
    bring(window, changed(tmp_path))
    dialog = dialog_in_front()
    press("Alt+T", "Down", "Alt+B", "Alt+T", "Up", "Alt+M", "Alt+T")
    assert [row.choice for row in dialog.view.rows_model.rows] == ["theirs", "theirs"]
    buttons = {one.text().replace("&", ""): one for one in dialog.findChildren(QPushButton)}
    assert buttons["Import"].isDefault()
    buttons["Import"].click()
    settle(window)
    assert kept(window) == (["555-0199"], ["They sent it again."])
    assert window.notices.text == "1 record imported. 2 taken as theirs. Ctrl+Z takes it back."
    window.acts.undo()
    assert kept(window) == (["555-0100"], [None])


def test_cancel_takes_nothing_and_the_next_file_is_still_compared(window: MainWindow, tmp_path: Path) -> None:
    bring(window, written(tmp_path, "case.json"))
    settle(window)
    bring(window, changed(tmp_path, "one.json"), changed(tmp_path, "two.json"))
    press_escape = dialog_in_front()
    press_escape.reject()
    second = dialog_in_front()
    assert second is not press_escape
    second.reject()
    settle(window)
    assert kept(window) == (["555-0100"], [None])
    assert window.notices.text == "Nothing was imported."


def test_enter_on_a_record_goes_round_its_choices(window: MainWindow, tmp_path: Path) -> None:
    bring(window, written(tmp_path, "case.json"))
    settle(window)
    bring(window, changed(tmp_path))
    dialog = dialog_in_front()
    seen = []
    for _ in range(3):
        dialog.view.opened.emit(dialog.view.current_id())
        seen.append(dialog.view.rows_model.rows[0].choice)
    assert seen == ["theirs", "both", "ours"]
    dialog.reject()


def test_a_file_that_is_refused_does_not_stop_the_next(window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    bring(window, bad, written(tmp_path, "case.json"))
    settle(window)
    assert len(window.session.read(load_case).all(Bill)) == 1
