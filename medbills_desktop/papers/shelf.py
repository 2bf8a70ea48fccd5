"""The papers that a worker has open: a few at a time, the one used longest ago put back first."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from medbills_desktop.papers.reading import Paper, open_paper
from medbills_desktop.papers.reasons import Why, refused

MOST_OPEN = 4
MOST_KNOWN = 5_000


class Shelf:
    """Opens papers by key and reopens, unasked, one that was put back meanwhile."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Paper] = OrderedDict()
        self._known: OrderedDict[str, tuple[Path, str | None]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def open(self, document: str, path: Path, password: str | None) -> Paper:
        """Open (anew) and remember how. Raises PaperRefusedError; then nothing is remembered."""
        self.close(document)
        paper = self._taken(document, path, password)
        self._known[document] = (path, password)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return paper

    def paper(self, document: str, page: int | None = None) -> Paper:
        """An open paper. Raises PaperRefusedError: not-open, no-such-page, or why it can't be reopened."""
        paper = self._open.get(document)
        if paper is None:
            if document not in self._known:
                raise refused(Why.NOT_OPEN)
            paper = self._taken(document, *self._known[document])
        self._open.move_to_end(document)
        if page is not None and not 1 <= page <= len(paper.sizes):
            raise refused(Why.NO_SUCH_PAGE)
        return paper

    def close(self, document: str) -> None:
        """Forget a paper; nothing happens when it is not known."""
        self._known.pop(document, None)
        paper = self._open.pop(document, None)
        if paper is not None:
            paper.close()

    def _taken(self, document: str, path: Path, password: str | None) -> Paper:
        while len(self._open) >= MOST_OPEN:
            self._open.popitem(last=False)[1].close()
        paper = open_paper(path, password)
        self._open[document] = paper
        return paper
