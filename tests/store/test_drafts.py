"""Typed text that is not a record yet survives a crash, outside journal and undo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from medbills_desktop.store.drafts import drop_draft, find_draft, keep_draft
from medbills_desktop.store.library import Library

ROOT = Path(__file__).resolve().parents[2]
TYPED = {"said": "Ngân said “hold” – 100% 🙂 \ud800", "minutes": 12, "bills": [1, 2]}


def test_a_draft_comes_back_after_a_crash(tmp_path: Path) -> None:
    Library.create(tmp_path / "library").close()
    code = (
        "import os, sys; from pathlib import Path\n"
        "from medbills_desktop.store.drafts import keep_draft\nfrom medbills_desktop.store.library import Library\n"
        f"keep_draft(Library.open(Path(sys.argv[1])), 'call', {TYPED!r})\nos.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "library")], check=False, cwd=ROOT)
    with Library.open(tmp_path / "library") as library:
        assert find_draft(library, "call") == TYPED


def test_the_newest_draft_counts_and_a_dropped_one_is_gone(tmp_path: Path) -> None:
    with Library.create(tmp_path / "library") as library:
        keep_draft(library, "call", {"said": "one"})
        keep_draft(library, "call", {"said": "two"})
        keep_draft(library, "other", {})
        assert find_draft(library, "call") == {"said": "two"}
        drop_draft(library, "call")
        assert find_draft(library, "call") is None
        assert find_draft(library, "other") == {}
        assert library.journal_head()[0] == 0
        assert not library.changed_since_backup()
