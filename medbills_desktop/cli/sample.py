"""`medbills sample DIR`: the worked sample case as a library of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from medbills_desktop.cli.command_line import DONE, CommandLine
from medbills_desktop.commands.sample import make_sample


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")


def _run(asked: argparse.Namespace) -> int:
    make_sample(asked.folder)
    print(f"The sample case is in {asked.folder}.")
    return DONE


SAMPLE = CommandLine(_arguments, _run, library=False)
