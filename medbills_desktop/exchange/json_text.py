"""JSON text into values without losing what the standard reader drops: repeated keys, exact numbers, odd constants."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from medbills_desktop.domain.errors import CaseFileError

LARGEST_TEXT = 64 * 1024 * 1024
"""The largest case text taken, in bytes."""

_LONGEST_WHOLE, _LONGEST_FRACTION = 19, 40
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}", re.ASCII)


class JsonObject(dict[str, Any]):
    """A JSON object that remembers a key which was given twice."""

    repeated: str | None = None


class NotKept:
    """A number that cannot be kept, such as `NaN` or one with hundreds of digits; `text` is how it was written."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]


def parse_json(text: str | bytes) -> Any:
    """Read a JSON text.

    Objects come as `JsonObject`, whole numbers as `int`, all others as `Decimal`. Raises `CaseFileError` for text that
    is too large, not UTF-8, not JSON, or nested too deep.
    """
    decoded = _decoded(text)
    try:
        return json.loads(
            decoded, object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=NotKept
        )
    except json.JSONDecodeError as fault:
        raise CaseFileError("$", f"it is not JSON (line {fault.lineno}, column {fault.colno})") from None
    except RecursionError:
        raise CaseFileError("$", "lists or objects are nested too deep") from None


def step(path: str, key: str | int) -> str:
    """The JSON path of an item or a field below `path`; an odd key is quoted and cut short."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if _PLAIN_KEY.fullmatch(key):
        return f"{path}.{key}"
    return f"{path}[{json.dumps(key[:40])}]"


def _decoded(text: str | bytes) -> str:
    size = len(text) if isinstance(text, bytes) or text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_TEXT:
        raise CaseFileError("$", f"it is larger than {LARGEST_TEXT // 1024 // 1024} MB")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CaseFileError("$", f"it is not UTF-8 text (byte {fault.start})") from None


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    made = JsonObject(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return made


def _whole(digits: str) -> int | NotKept:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else NotKept(digits)


def _fraction(text: str) -> Decimal | NotKept:
    if len(text) > _LONGEST_FRACTION:
        return NotKept(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return NotKept(text)
