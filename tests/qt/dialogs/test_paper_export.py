"""A paper goes out of the window as an exhibit: asked where to, made beside the window, shown in the viewer."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from medbills_desktop.domain.records import Document
from medbills_desktop.qt import packet_acts
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import wait_for


def test_the_paper_in_the_viewer_is_copied_out_with_its_statement_of_copies(
    sample_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = sample_window.session.read(lambda reader: reader.find(Document))
    paper = next(each for each in papers if each.paper_number == "P0012")
    out = tmp_path / "bill.pdf"
    suggested: list[str] = []

    def chosen(_parent: object, _title: str, suggestion: str, _kinds: str) -> Path:
        suggested.append(Path(suggestion).name)
        return out

    monkeypatch.setattr(packet_acts, "ask_target", chosen)
    sample_window.showing.show_paper(paper.id)
    wait_for(lambda: sample_window.viewer.paper is not None)
    sample_window.actions_by_id["export_paper"].trigger()
    wait_for(lambda: "is saved" in sample_window.notices.text)
    assert suggested == ["2026-02-10-itemized-bill, exhibit.pdf"]
    assert len(pypdf.PdfReader(out).pages) == 4
    assert sample_window.viewer.paper is not None
    assert sample_window.viewer.paper.path == out


def test_without_a_paper_in_the_viewer_it_says_what_to_do(sample_window: MainWindow) -> None:
    sample_window.showing.clear()
    sample_window.actions_by_id["export_paper"].trigger()
    assert "copied out as an exhibit" in sample_window.notices.text


def test_a_refusal_is_shown_without_the_name_of_the_program(sample_window: MainWindow, tmp_path: Path) -> None:
    sample_window.acts.packet.start(PacketWish(("not-there",), "biller", tmp_path / "packet.pdf"))
    wait_for(lambda: "not-there" in sample_window.notices.text)
    assert not sample_window.notices.text.startswith("medbills")
