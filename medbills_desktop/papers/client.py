"""Asks a paper worker and waits for the answer: for the command line, for importing papers, and for tests.

The window has its own, non-blocking asker over the same protocol. A worker that overruns its time or dies
is replaced, the request tried once more, and then the paper is refused with `took-too-long` or `crashed`;
the program itself is never taken along.
"""

from __future__ import annotations

import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TypeVar

from medbills_desktop.papers.framing import FrameReader, request_bytes
from medbills_desktop.papers.protocol import (
    DOCUMENT_SECONDS,
    OPEN_SECONDS,
    PAGE_SECONDS,
    Answer,
    ClosePaper,
    DrawPage,
    DrawThumbnail,
    Hit,
    OpenPaper,
    PageDrawn,
    PaperOpened,
    Ping,
    PixelBox,
    PixelFormat,
    Pong,
    ReadText,
    ReadWords,
    Refused,
    Request,
    SearchText,
    TextFound,
    TextRead,
    Word,
    WordsRead,
    is_last,
)
from medbills_desktop.papers.reasons import PaperRefusedError, Why, refused
from medbills_desktop.papers.starting import worker_command, worker_environment
from medbills_desktop.papers.wire import ProtocolError

_Wanted = TypeVar("_Wanted", bound=Answer)

START_SECONDS = 30.0
"""Added to the first request of a worker, which also pays for its start on a busy machine."""


class _WorkerLostError(Exception):
    """The worker ended (`crashed`) or was ended (`took-too-long`) before it answered."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class PaperReader:
    """A worker process and the papers it was asked to open. Use in a `with` block, from one thread.

    Every method raises PaperRefusedError when the paper, or the page, can't be had.
    """

    def __init__(self, patience: float = 1.0) -> None:
        """`patience` multiplies every waiting time, for slow machines and for tests."""
        self._patience = patience
        self._worker: _Worker | None = None
        self._opened: dict[str, OpenPaper] = {}
        self._number = 0

    def __enter__(self) -> PaperReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker. A later request would start a new one."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None
        self._opened.clear()

    @property
    def process_id(self) -> int | None:
        """The worker's process, None while there is none."""
        return self._worker.process_id if self._worker is not None else None

    def open(self, path: Path, password: str | None = None, document: str | None = None) -> PaperOpened:
        """Open a paper under a key (by default its path) that the other methods take."""
        key = str(path) if document is None else document
        request = OpenPaper(number=self._next(), document=key, path=str(path.absolute()), password=password)
        self._opened.pop(key, None)
        answer = self._one(request, OPEN_SECONDS, PaperOpened)
        self._opened[key] = request
        return answer

    def draw(
        self,
        document: str,
        page: int,
        zoom: float,
        rotation: int = 0,
        clip: PixelBox | None = None,
        pixels: PixelFormat = PixelFormat.RGB,
    ) -> PageDrawn:
        """A page, or a part of it, as pixels; see DrawPage."""
        request = DrawPage(
            number=self._next(),
            document=document,
            page=page,
            zoom=zoom,
            rotation=rotation,
            clip=clip,
            pixels=pixels,
        )
        return self._one(request, PAGE_SECONDS, PageDrawn)

    def thumbnail(self, document: str, page: int, side: int = 120, pixels: PixelFormat = PixelFormat.RGB) -> PageDrawn:
        """A small picture of a page, its longer side `side` pixels."""
        request = DrawThumbnail(number=self._next(), document=document, page=page, side=side, pixels=pixels)
        return self._one(request, PAGE_SECONDS, PageDrawn)

    def words(self, document: str, page: int) -> tuple[Word, ...]:
        """The words of a page with their places."""
        request = ReadWords(number=self._next(), document=document, page=page)
        return self._one(request, PAGE_SECONDS, WordsRead).words

    def texts(self, document: str) -> list[str]:
        """The text of every page; empty for pages without text and for damaged ones."""
        texts: list[str] = []
        for answer in self._pieces(ReadText(number=self._next(), document=document), DOCUMENT_SECONDS):
            if isinstance(answer, TextRead):
                texts.extend(answer.texts)
        return texts

    def search(self, document: str, needle: str, limit: int = 1000) -> list[Hit]:
        """Where a text stands in the paper, at most `limit` times."""
        request = SearchText(number=self._next(), document=document, needle=needle, limit=limit)
        hits: list[Hit] = []
        for answer in self._pieces(request, DOCUMENT_SECONDS):
            if isinstance(answer, TextFound):
                hits.extend(answer.hits)
        return hits

    def forget(self, document: str) -> None:
        """Close a paper; nothing happens when it is not open."""
        self._opened.pop(document, None)
        if self._worker is not None:
            self._pieces(ClosePaper(number=self._next(), document=document), PAGE_SECONDS)

    def ping(self) -> Pong:
        """A sign of life of the worker, started if need be."""
        return self._one(Ping(number=self._next()), PAGE_SECONDS, Pong)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _one(self, request: Request, seconds: float, wanted: type[_Wanted]) -> _Wanted:
        answer = self._pieces(request, seconds)[-1]
        if not isinstance(answer, wanted):
            raise refused(Why.CRASHED)
        return answer

    def _pieces(self, request: Request, seconds: float) -> list[Answer]:
        """All answers to a request; asked a second time in a new worker when the first one is lost."""
        try:
            return self._asked(request, seconds)
        except _WorkerLostError:
            try:
                return self._asked(request, seconds)
            except _WorkerLostError as loss:
                raise refused(loss.why) from None

    def _asked(self, request: Request, seconds: float) -> list[Answer]:
        try:
            worker = self._ready(request)
            answers = list(worker.ask(request, seconds * self._patience))
        except _WorkerLostError:
            self._worker = None
            raise
        last = answers[-1]
        if isinstance(last, Refused):
            raise PaperRefusedError(last.reason)
        return answers

    def _ready(self, request: Request) -> _Worker:
        """The worker, a new one when needed, in which the request's paper is open."""
        if self._worker is not None and not self._worker.alive:
            self._worker.end()
            self._worker = None
        if self._worker is None:
            self._worker = _Worker(START_SECONDS * self._patience)
        document = getattr(request, "document", "")
        known = self._opened.get(document)
        if known is not None and document not in self._worker.documents and not isinstance(request, OpenPaper):
            answer = list(self._worker.ask(known, OPEN_SECONDS * self._patience))[-1]
            if isinstance(answer, Refused):
                raise PaperRefusedError(answer.reason)
        return self._worker


class _Worker:
    """One worker process: writes a request, yields its answers, and is dead after anything unexpected."""

    def __init__(self, extra_seconds: float) -> None:
        self.documents: set[str] = set()
        self._extra = extra_seconds
        self._reader = FrameReader()
        self._waiting: deque[Answer] = deque()
        self._process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            env=worker_environment(),
        )
        self._timed_out = threading.Event()

    @property
    def process_id(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Request, seconds: float) -> Iterator[Answer]:
        """The answers to one request; `seconds` is the most to wait for each. Raises _WorkerLostError."""
        try:
            self._write(request_bytes(request))
            while True:
                answer = self._next(seconds + self._extra)
                self._extra = 0.0
                if answer.number != request.number:
                    raise ProtocolError("an answer to another request")
                if isinstance(answer, PaperOpened):
                    self.documents.add(answer.document)
                yield answer
                if is_last(answer):
                    return
        except (OSError, ProtocolError) as fault:
            self.end()
            raise _WorkerLostError(Why.TOOK_TOO_LONG if self._ran_out() else Why.CRASHED) from fault

    def end(self) -> None:
        """Kill the process and free its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._pipe(self._process.stdin).write(rest) :]

    def _next(self, seconds: float) -> Answer:
        """The next answer. A timer kills a worker that is late, which ends the blocking read on every system."""
        if self._waiting:
            return self._waiting.popleft()
        timer = threading.Timer(seconds, self._overrun)
        timer.daemon = True
        timer.start()
        try:
            while not self._waiting:
                data = self._pipe(self._process.stdout).read(1 << 20)
                if not data:
                    raise ProtocolError("the worker ended")
                self._waiting.extend(self._reader.feed(data))
        finally:
            timer.cancel()
        return self._waiting.popleft()

    def _overrun(self) -> None:
        self._timed_out.set()
        self._process.kill()

    def _ran_out(self) -> bool:
        """Whether time was the reason: ours, or the processor seconds the system allowed (signal SIGXCPU)."""
        return self._timed_out.is_set() or self._process.returncode == -24

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ProtocolError("no pipe")
        return pipe
