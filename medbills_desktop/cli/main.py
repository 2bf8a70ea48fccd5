"""The command line: which command is meant, and how a refusal leaves the program."""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from medbills_desktop import __version__
from medbills_desktop.cli.command_line import REFUSED, CommandLine, today_argument
from medbills_desktop.cli.telling import told_on_one_line
from medbills_desktop.domain.errors import UserError

_LOG = logging.getLogger("medbills.app")

COMMANDS: dict[str, tuple[str, str, str]] = {
    "sample": ("sample", "SAMPLE", "make a library with the worked sample case"),
    "import": ("import_files", "IMPORT", "take cases and papers into a library (made if there is none)"),
    "export": ("export", "EXPORT", "write everything to a case, a zip with papers, CSV files or a workbook"),
    "check": ("check", "CHECK", "say what does not add up"),
    "packet": ("packet", "PACKET", "make the evidence packet of one or more bills"),
    "verify": ("verify", "VERIFY", "check that a library or a packet is whole"),
    "backup": ("backup", "BACKUP", "write a library to one file"),
    "restore": ("backup", "RESTORE", "make a new library from a backup"),
}
"""Each command: its module, its name there, and what it does. Only the module of the command asked for is imported."""

INTERRUPTED = 130


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments ask for: `command` (`None`: the window), `library`, `read_only`, `today`, `self_test`.

    Wrong usage, `--help` and `--version` end the program here, with the exit codes of `argparse` (2 and 0).
    """
    words = list(arguments)
    parser = _parser([word for word in words if word in COMMANDS])
    asked = parser.parse_args(words)
    if asked.command is not None and _command(asked.command).library and asked.library is None:
        parser.error(f"{asked.command} needs --library DIR")
    return asked


def run(asked: argparse.Namespace) -> int:
    """Do the command that was parsed and give the exit code: 0 done, 1 refused with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _command(asked.command).run(asked)
    except UserError as error:
        print(told_on_one_line(error), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return REFUSED
    except Exception as fault:  # noqa: BLE001 - the last net: a line for the person, the rest into the log
        _LOG.exception("a command failed")
        print(f"medbills: The program itself failed ({type(fault).__name__}). {_NOTHING_HALF}", file=sys.stderr)
        return REFUSED


_NOTHING_HALF = "Nothing half-done was kept; the log says where it happened."


def _command(name: str) -> CommandLine:
    module, attribute, _ = COMMANDS[name]
    found = getattr(importlib.import_module(f"medbills_desktop.cli.{module}"), attribute)
    if not isinstance(found, CommandLine):
        raise TypeError(name)
    return found


def _parser(mentioned: Sequence[str]) -> argparse.ArgumentParser:
    """The whole parser; only the commands mentioned get their own arguments, the others just their line of help."""
    parser = argparse.ArgumentParser(
        prog="medbills",
        description="Keeps, checks and argues medical bills, offline. Without a command it opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"medbills {__version__}")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the folder of the library")
    parser.add_argument("--read-only", action="store_true", help="open the window for reading only")
    today_argument(parser, None)
    parser.add_argument("--self-test", action="store_true", help="check that this installation works, and end")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (_, _, told) in COMMANDS.items():
        own = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.", allow_abbrev=False)
        if name in mentioned:
            command = _command(name)
            if command.library:
                library = "the folder of the library"
                own.add_argument("--library", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=library)
            command.arguments(own)
    return parser
