"""Findings speak to the user ("the $219.60 you paid"); a packet is read by others and speaks of the patient."""

from __future__ import annotations

import re

_SPOKEN_OF = (
    ("left for you to pay", "left for the patient to pay"),
    ("credits you with", "credits the patient with"),
    ("money that came to you", "money that came back to the patient"),
    ("paid by you", "paid by the patient"),
    ("you have paid", "the patient has paid"),
    ("you had paid", "the patient had paid"),
    ("you paid", "the patient paid"),
    ("you were", "the patient was"),
    ("you are", "the patient is"),
    ("leave you", "leave the patient"),
    ("leaves you", "leaves the patient"),
    ("of you", "of the patient"),
    ("to you", "to the patient"),
    ("for you", "for the patient"),
    ("your", "the patient’s"),
)
"""Turns of phrase of the checks, longest first, and how they read to somebody else."""

_FIND = re.compile("|".join(rf"\b{re.escape(said)}\b" for said, _ in _SPOKEN_OF), re.IGNORECASE)
_TABLE = dict(_SPOKEN_OF)


def spoken_of_patient(text: str) -> str:
    """The same sentence, said of the patient instead of to the patient."""

    def turned(found: re.Match[str]) -> str:
        told = _TABLE[found[0].lower()]
        return told[0].upper() + told[1:] if found[0][0].isupper() else told

    return _FIND.sub(turned, text)
