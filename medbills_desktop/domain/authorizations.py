"""A helper's leave to speak for a patient: whether it holds on a day, said plainly."""

from __future__ import annotations

from typing import Literal

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.records import Authorization

Standing = Literal["holds", "not_yet", "ended", "revoked"]

STANDING = {"holds": "Holds", "not_yet": "Not yet", "ended": "Ended", "revoked": "Taken back"}
"""The words for each standing."""


def standing(authorization: Authorization, day: Day) -> Standing:
    """How an authorization stands on a day. Its first and last day count; without a last day it holds until taken back,
    and on the day on which it is taken back it no longer holds."""
    if authorization.revoked is not None and authorization.revoked <= day:
        return "revoked"
    if authorization.ends is not None and authorization.ends < day:
        return "ended"
    if authorization.begins is not None and authorization.begins > day:
        return "not_yet"
    return "holds"


def authorization_words(authorization: Authorization, helper: str, patient: str, day: Day) -> str:
    """One sentence on who may speak for whom, and until when."""
    found = standing(authorization, day)
    if found == "revoked":
        return f"{helper} may no longer speak for {patient}: taken back on {plain_day(authorization.revoked)}."
    if found == "ended":
        return f"{helper} may no longer speak for {patient}: it ended on {plain_day(authorization.ends)}."
    if found == "not_yet":
        return f"{helper} may speak for {patient} from {plain_day(authorization.begins)}."
    until = f" until {plain_day(authorization.ends)}" if authorization.ends is not None else ""
    return f"{helper} may speak for {patient}{until}."


def in_force(authorizations: tuple[Authorization, ...], day: Day) -> tuple[Authorization, ...]:
    """Those that hold on a day."""
    return tuple(one for one in authorizations if standing(one, day) == "holds")
