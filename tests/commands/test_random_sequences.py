"""Any sequence of commands: each step undoes to exactly what was there before it, and redoes to what came after.

`MEDBILLS_SEQUENCES=1000` runs as many sequences; each is drawn from its number, so a failure can be repeated.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import medbills_desktop.commands as room
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.commands.redactions import AddRedaction
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KINDS, Price
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import verify_library
from tests.support.libraries import fill
from tests.support.random_commands import Giver

SEQUENCES = int(os.environ.get("MEDBILLS_SEQUENCES", "40"))
STEPS = 12
PARTS = 4
"""Libraries that the sequences are spread over; each sequence starts from where the one before it ended."""


def state(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every record table and of the search index, and the facts about the library."""
    sql = {kind.KIND: f"SELECT * FROM {kind.KIND} ORDER BY id" for kind in KINDS}
    sql["search"] = "SELECT rowid, body FROM search ORDER BY rowid"
    sql["library_info"] = "SELECT * FROM library_info ORDER BY key"
    return library.read(lambda reader: {name: [tuple(row) for row in reader.rows(text)] for name, text in sql.items()})


def newest_label(library: Library) -> str:
    return str(library.read(lambda reader: reader.scalar("SELECT label FROM journal ORDER BY seq DESC LIMIT 1")))


def perform_some(desk: Desk, giver: Giver) -> list[tuple[str, dict[str, Any]]]:
    """Give commands; for each that changed something its label and the state before it."""
    library, done = giver.library, []
    for _ in range(STEPS):
        command = giver.command()
        before, head = state(library), library.journal_head()
        try:
            desk.perform(command)
        except UserError:
            assert state(library) == before, f"{command!r} was refused and changed something"
            assert library.journal_head() == head
            continue
        if library.journal_head() == head:
            assert state(library) == before, f"{command!r} changed something unseen"
            continue
        assert desk.undo_label == newest_label(library) == command.label
        assert desk.redo_label is None
        done.append((command.label, before))
    return done


def check_sequence(library: Library, seed: int) -> None:
    desk = Desk(library)
    done = perform_some(desk, Giver(library, seed))
    after = state(library)
    states = [after]
    for label, before in reversed(done):
        assert desk.undo_label == label
        desk.undo()
        assert newest_label(library) == f"Undo: {label}"
        assert state(library) == before, f"undoing “{label}” of sequence {seed} left something behind"
        states.append(before)
    assert desk.undo_label is None
    for (label, _), wanted in zip(done, reversed(states[:-1]), strict=True):
        assert desk.redo_label == label
        desk.redo()
        assert newest_label(library) == f"Redo: {label}"
        assert state(library) == wanted, f"redoing “{label}” of sequence {seed} did something else"
    assert desk.redo_label is None
    if seed % 3 == 0:
        while desk.undo():
            pass
        assert state(library) == states[-1], f"taking sequence {seed} back once more left something behind"


@pytest.mark.parametrize("part", range(PARTS))
def test_any_sequence_undoes_to_the_exact_library_and_redoes_to_the_exact_end(part: int, tmp_path: Path) -> None:
    with Library.create(tmp_path / "library") as library:
        fill(library, bills=2)
        for seed in range(part, SEQUENCES, PARTS):
            check_sequence(library, seed)
    assert verify_library(tmp_path / "library") == [], "the journal does not lead to the rows that are there"


def test_the_sequences_know_every_command(tmp_path: Path) -> None:
    found = set()
    for module in pkgutil.iter_modules(room.__path__):
        for name, kept in vars(importlib.import_module(f"{room.__name__}.{module.name}")).items():
            if isinstance(kept, type) and hasattr(kept, "run") and hasattr(kept, "label") and name != "Command":
                found.add(name)
    with Library.create(tmp_path / "library") as library:
        desk = fill(library, bills=1)
        desk.perform(AddRecord(Price(code="A4215", amount=Cents(150), source="A price list")))
        desk.perform(AddRedaction(1, 1, (1.0, 1.0, 9.0, 9.0), "other"))
        giver = Giver(library, 1)
        given = {type(giver.command()).__name__ for _ in range(4000)}
    assert found - given == set()
