"""The start, as a list of steps: private files, what was asked, logs and nets, and only then what that needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from medbills_desktop.app import crash, paths
from medbills_desktop.app.logs import start_logs
from medbills_desktop.app.momentary import own_room

WORKER_FLAG = "--paper-worker"
EXHIBITS_FLAG = "--prepare-exhibits"
CHECKS_FLAG = "--check-bills"
LIBRARIES = (
    "On Debian or Ubuntu: sudo apt-get install libglib2.0-0 libdbus-1-3 libfontconfig1 libegl1 libxkbcommon0 libgl1 "
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
"""What Qt needs of the system on a bare machine."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit code. Qt is loaded only when a window opens."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    paths.keep_private()
    if asked[:1] == [WORKER_FLAG]:
        from medbills_desktop.papers.worker import main as worker

        return worker() or 0
    if asked[:1] == [EXHIBITS_FLAG]:
        from medbills_desktop.commands.exhibit_child import main as exhibits

        return exhibits()
    if asked[:1] == [CHECKS_FLAG] and len(asked) > 1:
        from medbills_desktop.commands.checking import main as checks

        return checks(Path(asked[1]))
    from medbills_desktop.cli.main import parse, run

    options = parse(asked)
    own = paths.own_paths()
    start_logs(own)
    if options.self_test:
        from medbills_desktop.app.self_test import self_test

        return self_test()
    if options.command is not None:
        return run(options)
    return _window(own, options.library, options.read_only)


def _window(own: paths.Paths, library: Path | None, read_only: bool) -> int:
    try:
        from medbills_desktop.app.wiring import Program, make_application
    except ImportError as error:
        sys.stderr.write(f"medbills: the window's libraries could not be loaded ({error}).\n{LIBRARIES}\n")
        return 1
    from medbills_desktop.app.faults import FaultTeller

    crash.catch_everything()
    crash.leave_no_core_files()
    crash.earlier_fault(own)
    crash.note_when_killed(own)
    own_room(own)
    application = make_application(own)
    program = Program(application, own)
    FaultTeller(own, application)
    program.start(library, "read" if read_only else "write")
    return application.exec()
