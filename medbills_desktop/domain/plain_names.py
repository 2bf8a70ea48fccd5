"""File names that every mail program and upload form takes: plain letters, figures and blanks."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^A-Za-z0-9 ._()-]+")
_APART = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE"})


def plain_name(name: str, otherwise: str = "Packet") -> str:
    """The name without accents and without what is no plain letter; `otherwise` where no letter or figure is left.

    The ending stays.
    """
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    plain = _OTHER.sub(" ", unicodedata.normalize("NFKD", stem.translate(_APART)).encode("ascii", "ignore").decode())
    plain = " ".join(plain.split()).strip(" .")
    if not any(char.isalnum() for char in plain):
        plain = otherwise
    return f"{plain}{dot}{ending}"


def as_attached(size: int) -> str:
    """How large a file of `size` bytes is, and what an e-mail that carries it weighs: it is written there in letters,
    four for three bytes in lines of 76 (RFC 2045, 6.8)."""
    carried = -(-size // 3) * 4
    carried += 2 * -(-carried // 76)
    return f"{size / 1_000_000:.1f} MB; an e-mail that carries it weighs about {carried / 1_000_000:.1f} MB."
