"""What the program did, on the person's own disk, in words that give nothing away.

A log is what a person sends along when something went wrong, so it must be safe to send: no name, note, file
name or account number is ever in it, whatever a line was given to log (see `discretion`).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from typing import Final

from medbills_desktop.app.discretion import ROOT, DiscreetFormatter
from medbills_desktop.app.paths import Paths, make_folder

LEVEL_VARIABLE: Final = "MEDBILLS_LOG"
"""A level for everything (`debug`), or topics whose details are wanted (`store,papers`): a topic is a room's name."""

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}
_LARGEST_BYTES: Final = 512 * 1024
_OLDER_LOGS: Final = 3


class _QuietFile(RotatingFileHandler):
    """A log that gives up silently: a full disk must not put a traceback (with its values) on the screen."""

    def handleError(self, record: logging.LogRecord) -> None:
        del record


def _levels(asked: str) -> dict[str, int]:
    wanted = [word.strip().lower() for word in asked.split(",") if word.strip()]
    levels = {ROOT: logging.INFO}
    for word in wanted:
        if word in _LEVELS:
            levels[ROOT] = _LEVELS[word]
        else:
            levels[f"{ROOT}.{word}"] = logging.DEBUG
    return levels


def start_logs(paths: Paths, environ: Mapping[str, str] = os.environ) -> logging.Logger:
    """Send the program's log lines to its log file, and with `MEDBILLS_LOG` set also to standard error.

    Calling it again replaces what the call before set up. A log folder that can't be made means that there is
    no log, never that the program does not start.
    """
    logger = logging.getLogger(ROOT)
    for handler in [handler for handler in logger.handlers if isinstance(handler.formatter, DiscreetFormatter)]:
        logger.removeHandler(handler)
        handler.close()
    for name in logging.root.manager.loggerDict:
        if name.startswith(f"{ROOT}."):
            logging.getLogger(name).setLevel(logging.NOTSET)
    for name, level in _levels(environ.get(LEVEL_VARIABLE, "")).items():
        logging.getLogger(name).setLevel(level)
    handlers: list[logging.Handler] = []
    try:
        make_folder(paths.logs)
        handlers.append(
            _QuietFile(paths.log_file, maxBytes=_LARGEST_BYTES, backupCount=_OLDER_LOGS, encoding="utf-8", delay=True)
        )
    except OSError:
        handlers.append(logging.NullHandler())
    if environ.get(LEVEL_VARIABLE):
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(DiscreetFormatter())
        logger.addHandler(handler)
    logger.propagate = False
    return logger
