"""The light markup in which the text of a letter is kept: bold, italic, lists and paragraphs, legible as plain text.

A line is a line, an empty line parts paragraphs, `• ` or `1. ` at the start of a line makes it an item of a list.
`[b]…[/b]` is bold and `[i]…[/i]` italic, each within one line and independent of the other. A tag without its partner,
or around nothing, is text; a backslash before a tag makes text of it. No other sign means anything, so stars,
underscores, angle brackets and backslashes come through as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BULLET = "•"
_TAG = re.compile(r"(\\*)(\[(/?)([bi])\])")
_ITEM = re.compile(rf"({BULLET}|\d{{1,2}}\.) +")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line in one look."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list with its `mark` (`•` or `1.`); `lines` are those after the mark.

    `free` counts the empty lines that are left below it beyond the one that parts paragraphs, as for a signature; the
    next block of a `tight` one follows without any gap between paragraphs.
    """

    mark: str
    lines: tuple[Runs, ...]
    free: int = 0
    tight: bool = False


def escaped(text: str) -> str:
    """Markup that reads as exactly this text."""
    return _TAG.sub(lambda tag: f"{tag[1] * 2}\\{tag[2]}", text)


def runs_of(line: str) -> Runs:
    """The stretches of one line of markup; a line without any text has none."""
    places = list(_TAG.finditer(line))
    real = _partnered(line, places)
    runs: list[Run] = []
    look = {"b": False, "i": False}
    text, at = "", 0
    for place in places:
        text += line[at : place.start()]
        at = place.end()
        slashes = len(place[1])
        if place.start(2) in real:
            text += "\\" * (slashes // 2)
            _add(runs, text, look)
            text = ""
            look[place[4]] = not place[3]
        elif slashes % 2:
            text += "\\" * (slashes // 2) + place[2]
        else:
            text += place[0]
    _add(runs, text + line[at:], look)
    return tuple(runs)


def marked(runs: Iterable[Run]) -> str:
    """The markup of one line."""
    whole: list[Run] = []
    for run in runs:
        _add(whole, run.text, {"b": run.bold, "i": run.italic})
    out, look = "", {"b": False, "i": False}
    for run in (*whole, Run("")):
        for name, wanted in (("b", run.bold), ("i", run.italic)):
            if look[name] != wanted:
                bare = out.rstrip("\\")
                out = f"{bare}{out[len(bare) :] * 2}[{'' if wanted else '/'}{name}]"
                look[name] = wanted
        out += escaped(run.text)
    return out


def plain_text(body: str) -> str:
    """The text of a letter without its looks, for comparing, copying and lists."""
    if not _TAG.search(body):
        return body
    return "\n".join("".join(run.text for run in runs_of(line)) for line in body.split("\n"))


def list_mark(text: str) -> tuple[str, int]:
    """The mark that a plain line starts with, if it is an item of a list, and how many signs it takes up."""
    found = _ITEM.match(text)
    return (found[1], found.end()) if found else ("", 0)


def blocks_of(body: str) -> tuple[Block, ...]:
    """The paragraphs and items of a letter, from the top."""
    lines = [line.rstrip() for line in body.replace("\r\n", "\n").strip("\n").split("\n")]
    found: list[tuple[str, list[Runs], int]] = []
    empty = 1
    for line in lines:
        if not line:
            empty += 1
            continue
        runs = runs_of(line)
        mark, length = list_mark("".join(run.text for run in runs))
        if empty or mark or not found:
            if found:
                found[-1] = (*found[-1][:2], empty)
            found.append((mark, [_without(runs, length)], 0))
        else:
            found[-1][1].append(runs)
        empty = 0
    return tuple(
        Block(mark, tuple(texts), max(gap - 1, 0), tight=not gap and place < len(found) - 1)
        for place, (mark, texts, gap) in enumerate(found)
    )


def numbered_points(body: str) -> int:
    """How many numbered items a letter has."""
    return sum(block.mark.rstrip(".").isdigit() for block in blocks_of(body))


def _partnered(line: str, places: list[re.Match[str]]) -> set[int]:
    """Where the tags are that have a partner in the line, with some text between the two."""
    real: set[int] = set()
    for name in "bi":
        opened: re.Match[str] | None = None
        for place in places:
            if place[4] != name or len(place[1]) % 2:
                continue
            if not place[3]:
                opened = opened or place
            elif opened is not None:
                if _TAG.sub(r"\1", line[opened.end() : place.start(2)]):
                    real |= {opened.start(2), place.start(2)}
                opened = None
    return real


def _add(runs: list[Run], text: str, look: dict[str, bool]) -> None:
    if not text:
        return
    run = Run(text, look["b"], look["i"])
    if runs and (runs[-1].bold, runs[-1].italic) == (run.bold, run.italic):
        run = Run(runs.pop().text + text, run.bold, run.italic)
    runs.append(run)


def _without(runs: Runs, signs: int) -> Runs:
    """The stretches after so many signs."""
    left: list[Run] = []
    for run in runs:
        if len(run.text) > signs:
            left.append(Run(run.text[signs:], run.bold, run.italic))
        signs = max(signs - len(run.text), 0)
    return tuple(left)
