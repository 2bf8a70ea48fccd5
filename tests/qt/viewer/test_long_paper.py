"""Three hundred scanned pages: memory stays bounded, and what was scrolled past is never drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from tests.qt.viewer.papers_made import scanned_pdf

Show = Callable[..., ViewerPane]
Settled = Callable[[ViewerPane], None]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned_pdf(tmp_path_factory.mktemp("scan") / "scan.pdf")


def test_scrolling_through_keeps_no_more_than_the_memory_allowed(
    show: Show, settled: Settled, qtbot: Any, scan: Path
) -> None:
    pane = show(scan)
    images, small = pane.source.images, pane.source.small
    images.most_bytes = 24 * 1024 * 1024
    bar = pane.view.verticalScrollBar()
    for value in range(0, bar.maximum(), pane.view.viewport().height() * 4):
        bar.setValue(value)
        images.most_bytes = 24 * 1024 * 1024
        qtbot.wait(5)
        assert images.bytes <= images.most_bytes
        assert small.bytes <= small.most_bytes
    bar.setValue(bar.maximum())
    settled(pane)
    assert pane.current_page == 300
    assert images.bytes <= images.most_bytes


def test_a_fast_scroll_draws_only_what_comes_to_rest(
    show: Show, settled: Settled, qtbot: Any, scan: Path, link: WorkerLink
) -> None:
    pane = show(scan)
    bar = pane.view.verticalScrollBar()
    sent = link.sent
    for page in range(100, 300):
        pane.go_to(page)
        if page % 20 == 0:
            qtbot.wait(1)
    settled(pane)
    assert bar.value() > 0
    assert link.sent - sent < 60


def test_at_rest_nothing_more_is_asked(show: Show, settled: Settled, qtbot: Any, scan: Path, link: WorkerLink) -> None:
    pane = show(scan)
    sent = link.sent
    for _ in range(5):
        pane.view.viewport().update()
        link.wake()
        qtbot.wait(30)
    assert link.sent == sent


def test_every_page_has_something_to_show_while_it_is_dragged_past(show: Show, scan: Path) -> None:
    pane = show(scan)
    document = pane.source.document
    assert all(pane.source.small.get(document, page, 0) is not None for page in range(1, 301))


def test_a_zoom_beyond_four_million_pixels_is_drawn_in_pieces(show: Show, settled: Settled, scan: Path) -> None:
    pane = show(scan, page=20)
    pane.view.set_zoom(6.0)
    settled(pane)
    tiles = [tile for tile, _ in pane.view.needed_tiles(ahead=False)]
    assert tiles
    assert not any(tile.whole for tile in tiles)
    assert all(tile in pane.source.images for tile in tiles)
    assert pane.source.images.bytes <= pane.source.images.most_bytes
