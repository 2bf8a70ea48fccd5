"""`medbills export -o OUT`: everything in a library as a case, a zip with the papers, CSV files or a workbook."""

from __future__ import annotations

import argparse

from medbills_desktop.cli.command_line import DONE, CommandLine, out_argument
from medbills_desktop.commands.case_files import export_library
from medbills_desktop.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    out_argument(parser, "by its ending: .json, .zip (with papers), .xlsx, .csv or none (a folder of CSV files)")


def _run(asked: argparse.Namespace) -> int:
    with Library.open(asked.library, "read") as library:
        print(export_library(library, asked.out))
    return DONE


EXPORT = CommandLine(_arguments, _run)
