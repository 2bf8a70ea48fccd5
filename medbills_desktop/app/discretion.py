"""Takes out of a log line everything that could be private, so that no caller has to think of it.

Only the fixed text of a line and numbers (which our lines use for counts and times) get through; every other
value is replaced by what kind of thing it was, and an exception by its kind and the lines it went through.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Final

ROOT: Final = "medbills"
_ORIGIN = Path(__file__).resolve().parents[2]

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’")
_PLACE = re.compile(r"\S*[/\\]\S*")
_LONG_NUMBER = re.compile(r"\d[\d.,-]{2,}\d|\d{4,}")


class Cleaned(str):
    """Text from elsewhere (a Qt warning) that went through `cleaned` and may stand in a log line as it is."""

    __slots__ = ()


def cleaned(text: str) -> Cleaned:
    """Text of another program without what it may quote: file names, anything in quotes, long numbers."""
    without = _QUOTED.sub("‹…›", text)
    without = _PLACE.sub("‹path›", without)
    return Cleaned(_LONG_NUMBER.sub("‹number›", without))


def _shown(value: object) -> object:
    if isinstance(value, (Cleaned, bool, int, float, type(None))) and not isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return f"‹text of {len(value)}›"
    return f"‹{type(value).__name__}›"


def locations(trace: TracebackType | None) -> list[str]:
    """The lines of code of a traceback, innermost last, as `file:line in function`; no values, no source text."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        name = path.relative_to(_ORIGIN).as_posix() if path.is_relative_to(_ORIGIN) else path.name
        found.append(f"{name}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return found


def exception_lines(error: BaseException) -> list[str]:
    """An exception and what it came from: kinds and places only, since the text of one may quote a record."""
    lines: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines.append(("from " if lines else "") + type(at).__qualname__)
        lines.extend(f"  {place}" for place in locations(at.__traceback__))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return lines


class DiscreetFormatter(logging.Formatter):
    """Writes `time level topic text`, with every value that could be private replaced by its kind."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        topic = record.name.removeprefix(f"{ROOT}.")
        lines = [f"{when} {record.levelname} {topic} {self._text(record)}"]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            lines.extend(f"  {line}" for line in exception_lines(error))
        return "\n".join(lines)

    def _text(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, str):
            return f"‹{type(record.msg).__name__}›"
        arguments: Any = record.args
        if not arguments:
            return record.msg
        if isinstance(arguments, Mapping):
            arguments = {name: _shown(value) for name, value in arguments.items()}
        else:
            arguments = tuple(_shown(value) for value in arguments)
        try:
            return str(record.msg % arguments)
        except (TypeError, ValueError, KeyError):
            return record.msg
