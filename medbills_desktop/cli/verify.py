"""`medbills verify PATH`: is a library or a packet whole?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from medbills_desktop.cli.command_line import DONE, REFUSED, CommandLine
from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.originals import is_zip, verify_with_originals, without_original
from medbills_desktop.packet.sister_volumes import examine_sisters
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.store.verification import Verdict, examine_library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the folder of a library, or a packet")


def _run(asked: argparse.Namespace) -> int:
    path: Path = asked.path
    if not path.exists():
        raise UserError(f"There is nothing at {path}.", "Check the name.")
    if is_zip(path):
        faulty = tuple(verify_with_originals(path))
        verdict = Verdict(faulty, () if faulty else tuple(without_original(path)))
    else:
        verdict = examine_library(path) if path.is_dir() else _of_packet(path)
    faults = verdict.faults
    if not faults:
        print(f"{path} is whole.")
    for fault in faults:
        print(f"  {fault}")
    for note in verdict.notes:
        print(f"  Note: {note}")
    if not faults:
        return DONE
    count = "1 thing is" if len(faults) == 1 else f"{len(faults)} things are"
    print(f"medbills: {path} is not whole: {count} not as it should be ({faults[0]}).", file=sys.stderr)
    return REFUSED


def _of_packet(path: Path) -> Verdict:
    """A packet, or one volume of it with a look at the others beside it."""
    faults = verify_packet(path)
    wrong, notes = ([], []) if faults else examine_sisters(path)
    return Verdict((*faults, *wrong), tuple(notes))


VERIFY = CommandLine(_arguments, _run, library=False)
