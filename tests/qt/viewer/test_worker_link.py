"""The worker is asked one thing at a time, replaced when it dies or hangs, and never outlives the program."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.papers.protocol import Answer, DrawPage, OpenPaper, PageDrawn, PaperOpened, Refused, Request
from medbills_desktop.papers.reasons import Why
from medbills_desktop.qt.viewer.asking import Urgency
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from tests.qt.viewer.conftest import WAIT
from tests.qt.viewer.papers_made import typed_pdf

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops and kills processes by signals")


class Wisher:
    """Asks for what a test puts into `wishes`, until it is answered."""

    def __init__(self) -> None:
        self.wishes: dict[Urgency, list[Request]] = {urgency: [] for urgency in Urgency}
        self.answers: list[Answer] = []
        self.wanted = True

    def wish(self, urgency: Urgency) -> Request | None:
        return self.wishes[urgency][0] if self.wishes[urgency] else None

    def still_wants(self, request: Request) -> bool:
        return self.wanted

    def take(self, request: Request, answer: Answer) -> None:
        self.answers.append(answer)
        for wishes in self.wishes.values():
            for wish in list(wishes):
                if _same(wish, request):
                    wishes.remove(wish)


def _same(wish: Request, request: Request) -> bool:
    return repr(wish).split("number=")[1].split(", ", 1)[1] == repr(request).split("number=")[1].split(", ", 1)[1]


def opening(path: Path, document: str = "a") -> OpenPaper:
    return OpenPaper(number=0, document=document, path=str(path))


def drawing(page: int = 1, document: str = "a", zoom: float = 1.0) -> DrawPage:
    return DrawPage(number=0, document=document, page=page, zoom=zoom)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return typed_pdf(tmp_path / "typed.pdf")


@pytest.fixture
def wisher(link: WorkerLink, paper: Path, qtbot: Any) -> Wisher:
    """Somebody for whom the paper "a" is open."""
    wisher = Wisher()
    wisher.wishes[Urgency.OPENING].append(opening(paper))
    link.join(wisher)
    qtbot.waitUntil(lambda: any(isinstance(each, PaperOpened) for each in wisher.answers), timeout=WAIT)
    wisher.answers.clear()
    return wisher


def answered(wisher: Wisher, kind: type) -> Callable[[], bool]:
    return lambda: any(isinstance(answer, kind) for answer in wisher.answers)


def test_the_most_urgent_wish_is_chosen_at_the_moment_the_worker_is_free(
    link: WorkerLink, wisher: Wisher, qtbot: Any
) -> None:
    wisher.wishes[Urgency.AHEAD] = [drawing(2), drawing(3)]
    wisher.wishes[Urgency.STAND_INS] = [drawing(1, zoom=0.1)]
    wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
    link.wake()
    qtbot.waitUntil(lambda: len(wisher.answers) == 4, timeout=WAIT)
    assert [(answer.page, answer.zoom) for answer in wisher.answers] == [(1, 1.0), (2, 1.0), (3, 1.0), (1, 0.1)]


def test_a_wish_that_is_withdrawn_before_the_worker_is_free_is_never_sent(
    link: WorkerLink, wisher: Wisher, qtbot: Any
) -> None:
    sent = link.sent
    wisher.wishes[Urgency.VISIBLE] = [drawing(1), drawing(2)]
    os.kill(link.process_id, signal.SIGSTOP)  # else it may have drawn both pages before one can look
    link.wake()
    qtbot.waitUntil(lambda: link.sent == sent + 1, timeout=WAIT)
    wisher.wishes[Urgency.VISIBLE] = [drawing(1), drawing(3)]
    os.kill(link.process_id, signal.SIGCONT)
    qtbot.waitUntil(lambda: link.idle, timeout=WAIT)
    assert [answer.page for answer in wisher.answers] == [1, 3]


def test_a_worker_killed_in_the_middle_is_replaced_and_the_paper_opened_again(
    link: WorkerLink, wisher: Wisher, qtbot: Any
) -> None:
    first = link.process_id
    os.kill(first, signal.SIGSTOP)
    wisher.wishes[Urgency.VISIBLE] = [drawing(2)]
    link.wake()
    qtbot.waitUntil(lambda: not link.idle, timeout=WAIT)
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(answered(wisher, PageDrawn), timeout=WAIT)
    assert link.process_id != first
    assert link.losses == 1
    assert not answered(wisher, Refused)()


def test_a_worker_killed_while_idle_is_replaced_when_it_is_needed(link: WorkerLink, wisher: Wisher, qtbot: Any) -> None:
    os.kill(link.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: link.losses == 1 and link.idle, timeout=WAIT)
    wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
    link.wake()
    qtbot.waitUntil(answered(wisher, PageDrawn), timeout=WAIT)


def test_a_request_that_takes_the_worker_down_twice_is_refused_and_the_next_one_answered(
    link: WorkerLink, wisher: Wisher, qtbot: Any
) -> None:
    wisher.wishes[Urgency.VISIBLE] = [drawing(2, zoom=8.0)]
    link.wake()
    for losses in (1, 2):
        qtbot.waitUntil(lambda: _busy_with_page(link, 2), timeout=WAIT)
        os.kill(link.process_id, signal.SIGKILL)
        qtbot.waitUntil(lambda losses=losses: link.losses == losses, timeout=WAIT)
    qtbot.waitUntil(answered(wisher, Refused), timeout=WAIT)
    assert [each.reason.code for each in wisher.answers if isinstance(each, Refused)] == [Why.CRASHED]
    assert not answered(wisher, PageDrawn)()
    wisher.wishes[Urgency.VISIBLE] = [drawing(3)]
    link.wake()
    qtbot.waitUntil(answered(wisher, PageDrawn), timeout=WAIT)


def _busy_with_page(link: WorkerLink, page: int) -> bool:
    return link._errand is not None and getattr(link._errand.request, "page", None) == page


def test_a_worker_that_hangs_is_ended_by_the_clock_and_the_page_says_that_it_took_too_long(
    look: Any, paper: Path, qtbot: Any
) -> None:
    link = WorkerLink(patience=0.02)
    wisher = Wisher()
    wisher.wishes[Urgency.OPENING] = [opening(paper)]
    try:
        link._patience = 1.0
        link.join(wisher)
        qtbot.waitUntil(answered(wisher, PaperOpened), timeout=WAIT)
        link._patience = 0.02
        wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
        stopped: set[int] = set()

        def refused() -> bool:
            if link.process_id and link.process_id not in stopped:
                stopped.add(link.process_id)
                os.kill(link.process_id, signal.SIGSTOP)
                link.wake()
            return answered(wisher, Refused)()

        qtbot.waitUntil(refused, timeout=WAIT)
        assert [each.reason.code for each in wisher.answers if isinstance(each, Refused)] == [Why.TOOK_TOO_LONG]
    finally:
        link.close()


def test_what_is_slow_and_not_wanted_any_more_gives_way_to_the_page_in_sight(
    link: WorkerLink, wisher: Wisher, qtbot: Any
) -> None:
    os.kill(link.process_id, signal.SIGSTOP)
    wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
    link.wake()
    qtbot.waitUntil(lambda: _busy_with_page(link, 1), timeout=WAIT)
    began = time.monotonic()
    wisher.wanted = False
    wisher.wishes[Urgency.VISIBLE] = [drawing(2)]
    link.wake()
    qtbot.waitUntil(answered(wisher, PageDrawn), timeout=WAIT)
    assert [answer.page for answer in wisher.answers if isinstance(answer, PageDrawn)] == [2]
    assert link.losses == 0
    assert time.monotonic() - began < 12


def test_what_is_slow_but_still_wanted_is_waited_for(link: WorkerLink, wisher: Wisher, qtbot: Any) -> None:
    worker = link.process_id
    os.kill(worker, signal.SIGSTOP)
    wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
    link.wake()
    qtbot.wait(1_300)
    link.wake()
    os.kill(worker, signal.SIGCONT)
    qtbot.waitUntil(answered(wisher, PageDrawn), timeout=WAIT)
    assert link.process_id == worker


def test_where_no_worker_can_be_started_the_paper_is_refused_and_the_window_lives(
    link: WorkerLink, paper: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    wisher = Wisher()
    wisher.wishes[Urgency.OPENING] = [opening(paper)]
    link.join(wisher)
    qtbot.waitUntil(answered(wisher, Refused), timeout=WAIT)
    assert [answer.reason.code for answer in wisher.answers] == [Why.CRASHED]


def test_closing_ends_the_worker_even_while_it_is_busy(look: Any, paper: Path, qtbot: Any) -> None:
    link = WorkerLink()
    link.warm_up()
    qtbot.waitUntil(lambda: link.process_id > 0, timeout=WAIT)
    worker = link.process_id
    link.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    link.wake()
    qtbot.wait(50)
    assert link.process_id == 0


def test_somebody_who_left_gets_no_answer(link: WorkerLink, wisher: Wisher, qtbot: Any) -> None:
    wisher.wishes[Urgency.VISIBLE] = [drawing(1)]
    os.kill(link.process_id, signal.SIGSTOP)  # else it may have answered before one can look
    link.wake()
    qtbot.waitUntil(lambda: _busy_with_page(link, 1), timeout=WAIT)
    link.leave(wisher)
    os.kill(link.process_id, signal.SIGCONT)
    qtbot.waitUntil(lambda: link.idle, timeout=WAIT)
    assert wisher.answers == []
