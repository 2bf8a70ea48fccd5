"""What every command of the command line is: a name, its arguments, and what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medbills_desktop.domain.dates import day_from_text
from medbills_desktop.domain.errors import UserError

DONE, REFUSED = 0, 1
"""Exit codes: done; refused with a line on standard error. Wrong usage is 2, by `argparse`."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """One command: `arguments` adds its own to a parser, `run` does it and gives the exit code.

    `run` may raise `UserError`; `library` says that the command works on a library and needs `--library`.
    """

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    library: bool = True


def day(text: str) -> date:
    """A date argument, as `2026-03-20` or `3/20/2026`; anything else is wrong usage."""
    try:
        found = day_from_text(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found is None:
        raise argparse.ArgumentTypeError("a date is needed, like 2026-03-20")
    return found


def out_argument(parser: argparse.ArgumentParser, help: str) -> None:  # noqa: A002
    """The `-o OUT` of commands that write something."""
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help=help)


def today_argument(parser: argparse.ArgumentParser, default: date | str | None = argparse.SUPPRESS) -> None:
    """The `--today DATE` of what depends on the day; a command leaves what was said before it as it is."""
    parser.add_argument(
        "--today",
        type=day,
        metavar="DATE",
        default=default,
        help="the day to take for today (default: the case's own, else the clock's)",
    )
