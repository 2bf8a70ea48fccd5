"""A search in the paper that is shown: asked for a few pages at a time, so that it never delays a page."""

from __future__ import annotations

from medbills_desktop.papers.protocol import Hit, SearchText, TextFound

PAGES_AT_A_TIME = 32
MOST_HITS = 1_000


class PaperSearch:
    """What is looked for in one paper, what was found so far, and which hit is pointed out."""

    def __init__(self, document: str, needle: str, pages: int, first_page: int = 1) -> None:
        """`first_page` is the one in front: the first hit from there on is pointed out first."""
        self.needle = needle
        self.hits: list[Hit] = []
        self.current: int | None = None
        self.done = not needle.strip() or pages < 1
        self._document = document
        self._pages = pages
        self._from = first_page
        self._next = 1
        self._by_page: dict[int, list[tuple[int, Hit]]] = {}

    def request(self) -> SearchText | None:
        """The next few pages to search; None when all are done."""
        if self.done:
            return None
        return SearchText(
            number=0,
            document=self._document,
            needle=self.needle,
            first_page=self._next,
            pages=PAGES_AT_A_TIME,
            limit=max(1, MOST_HITS - len(self.hits)),
        )

    def take(self, found: TextFound) -> bool:
        """Note a piece of the answer. True when the first hit to point out was among it."""
        for hit in found.hits:
            self._by_page.setdefault(hit.page, []).append((len(self.hits), hit))
            self.hits.append(hit)
        self._next = max(self._next, found.through_page + 1)
        self.done = found.done and (self._next > self._pages or len(self.hits) >= MOST_HITS)
        return self._settle()

    def skip(self) -> bool:
        """The pages asked for can't be searched: go on after them. True as for `take`."""
        self._next += PAGES_AT_A_TIME
        self.done = self._next > self._pages
        return self._settle()

    def _settle(self) -> bool:
        if self.current is not None or not self.hits:
            return False
        after = next((index for index, hit in enumerate(self.hits) if hit.page >= self._from), None)
        if after is None and not self.done:
            return False
        self.current = after or 0
        return True

    def step(self, forward: bool) -> Hit | None:
        """Point out the next or the previous hit, round the ends. None when nothing was found."""
        if not self.hits:
            return None
        if self.current is None:
            self.current = 0
        else:
            self.current = (self.current + (1 if forward else -1)) % len(self.hits)
        return self.hits[self.current]

    @property
    def current_hit(self) -> Hit | None:
        return self.hits[self.current] if self.current is not None else None

    def on_page(self, page: int) -> list[tuple[bool, Hit]]:
        """The hits of a page, each with whether it is the one pointed out."""
        return [(index == self.current, hit) for index, hit in self._by_page.get(page, [])]
