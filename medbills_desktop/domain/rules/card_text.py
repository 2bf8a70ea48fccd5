"""A rule card as text: TOML in the layout of the shipped cards, as own cards and corrections are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.rules.rule_cards import Presumption, RuleCard

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_FIRST_PRINTABLE, _DELETE = 0x20, 0x7F
_SURROGATES = range(0xD800, 0xE000)


def card_text(card: RuleCard) -> str:
    """The text of one card; `in_force.card_from_text` reads it back as the same card. What is as usual is left out.

    Halves of letters that no text file can hold are written as the sign for a letter that is not known.
    """
    return "\n".join(["[[card]]", *_lines(card), ""])


def _lines(card: RuleCard) -> Iterable[str]:
    for field in fields(RuleCard):
        value = getattr(card, field.name)
        usual = None if field.default is MISSING else field.default
        if field.name != "own" and value is not None and value != usual:
            yield f"{field.name} = {_value(field.name, value)}"


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Day):
        return value.isoformat()
    if isinstance(value, Presumption):
        return _table((("length", value.length), ("unit", value.unit)))
    return _table(value) if name == "facts" else _quoted(value)


def _table(pairs: Iterable[tuple[str, str | int]]) -> str:
    inside = ", ".join(f"{_quoted(key)} = {_value('', value)}" for key, value in pairs)
    return f"{{ {inside} }}"


def _quoted(text: str) -> str:
    return f'"{"".join(_letter(one) for one in text)}"'


def _letter(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    point = ord(letter)
    if point in _SURROGATES:
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{point:04X}" if point < _FIRST_PRINTABLE or point == _DELETE else letter
