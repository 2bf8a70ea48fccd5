"""Findings speak to the user ("the $219.60 you paid"); a packet is read by others and speaks of the patient."""

from __future__ import annotations

import re

_SPOKEN_OF = (
    ("left for you to pay", "left for the patient to pay"),
    ("credits you with", "credits the patient with"),
    ("money that came to you", "money that came back to the patient"),
    ("paid by you", "paid by the patient"),
    ("you marked it as", "it is marked as"),
    ("you noted that", "the notes say that"),
    ("you have", "the patient has"),
    ("you were", "the patient was"),
    ("you are", "the patient is"),
    ("yours", "the patient’s"),
    ("your", "the patient’s"),
    ("you", "the patient"),
)
"""Turns of phrase of the checks, longest first, and how they read to somebody else."""

_FIND = re.compile("“[^”]*”|" + "|".join(rf"\b{re.escape(said)}\b" for said, _ in _SPOKEN_OF), re.IGNORECASE)
_TABLE = dict(_SPOKEN_OF)


def spoken_of_patient(text: str) -> str:
    """The same sentence, said of the patient instead of to the patient; what is quoted stays as it was said."""

    def turned(found: re.Match[str]) -> str:
        if found[0].startswith("“"):
            return found[0]
        told = _TABLE[found[0].lower()]
        return told[0].upper() + told[1:] if found[0][0].isupper() else told

    return _FIND.sub(turned, text)
