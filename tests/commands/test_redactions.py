"""Areas of papers that are taken out of copies: kept as they were meant, refused where they are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.redactions import AddRedaction, RemoveRedaction
from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.redactions import ListRedactions


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        desk.perform(AddPapers((ReceivedPaper("one.pdf", "a" * 64, 5),)))
        yield desk


def areas(desk: Desk) -> list[Redaction]:
    return desk._library.read(ListRedactions(1))


def test_an_area_is_kept_with_its_corners_in_order_and_listed_from_the_top(desk: Desk) -> None:
    desk.perform(AddRedaction(1, 2, (10, 20, 90, 40), "other"))
    desk.perform(AddRedaction(1, 1, (90, 400, 10, 380), "diagnosis"))
    assert [(area.page, area.rect, area.kind) for area in areas(desk)] == [
        (1, (10, 380, 90, 400), "diagnosis"),
        (2, (10, 20, 90, 40), "other"),
    ]
    desk.perform(RemoveRedaction(areas(desk)[0].id))
    assert [area.page for area in areas(desk)] == [2]


@pytest.mark.parametrize(
    ("page", "rect", "kind"),
    [
        (0, (10, 20, 90, 40), "other"),
        (1, (10, 20, 10, 40), "other"),
        (1, (10, 20, 90, 21), "other"),
        (1, (10, 20, float("nan"), 40), "other"),
        (1, (10, 20, 90, 40), "a number"),
    ],
)
def test_what_is_no_area_is_refused(desk: Desk, page: int, rect: tuple[float, ...], kind: str) -> None:
    with pytest.raises(UserError, match="no area"):
        desk.perform(AddRedaction(1, page, rect, kind))  # type: ignore[arg-type]
    assert areas(desk) == []


def test_an_area_of_no_paper_and_one_that_is_gone_are_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.perform(AddRedaction(9, 1, (10, 20, 90, 40), "other"))
    with pytest.raises(NotFoundError):
        desk.perform(RemoveRedaction(9))
