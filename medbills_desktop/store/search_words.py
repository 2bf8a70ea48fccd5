"""What is indexed of a text and how a typed query is asked, so that words, numbers and amounts are all found."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|(?<![\d.,])\d+\.\d+(?![\d])", re.ASCII)
_PARTIAL_AMOUNT = re.compile(r"\$?\s*-?\(?\$?(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d*))?\)?", re.ASCII)
LONGEST_QUERY = 200
"""Characters of a typed query that are looked at."""


def _amount_word(text: str) -> str:
    return text.replace(",", "").replace(".", "d")


def indexed_text(text: str) -> str:
    """The text with each amount once more as one word (`1,463.10` as `1463d10`), found however it is typed."""
    clean = text.replace("\x00", " ")
    amounts = {_amount_word(found[0]) for found in _AMOUNT.finditer(clean)}
    return f"{clean}\n{' '.join(sorted(amounts))}" if amounts else clean


def match_expression(typed: str) -> str | None:
    """The FTS5 expression for what was typed: every term must be there, the last one may be unfinished.

    Gives `None` where nothing searchable was typed. Everything is quoted, so no operator of FTS5 gets through.
    """
    terms = [term for term in typed[:LONGEST_QUERY].replace("\x00", " ").split() if re.search(r"\w", term)]
    return " AND ".join(_term(term) for term in terms) if terms else None


def _term(term: str) -> str:
    quoted = term.replace('"', '""')
    plain = f'"{quoted}"*'
    found = _PARTIAL_AMOUNT.fullmatch(term)
    if not found or ("." not in term and "," not in term and "$" not in term):
        return plain
    whole, part = found[1].replace(",", ""), found[2]
    amount = f'"{whole}d{part}"*' if part is not None else f'"{whole}"*'
    return f"({plain} OR {amount})"
