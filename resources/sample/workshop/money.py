"""Amounts of the sample: whole cents inside, and the three ways in which papers and the case file write them."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def cents(text: str) -> int:
    """Whole cents of an amount written like `1,234.56`; raises ValueError for anything else."""
    whole, _, part = text.replace(",", "").partition(".")
    if len(part) != 2:
        raise ValueError(text)
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(part))


def plain(amount: int) -> str:
    """As the case file writes it: `1234.56`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def figure(amount: int) -> str:
    """As a column of a paper writes it: `1,234.56`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def dollars(amount: int) -> str:
    """As a sentence writes it: `$1,234.56`."""
    return f"-${figure(-amount)}" if amount < 0 else f"${figure(amount)}"


def slashed(day: str) -> str:
    """The date `2026-03-20` as `03/20/2026`."""
    year, month, date = day[:10].split("-")
    return f"{month}/{date}/{year}"


def short(day: str) -> str:
    """The date `2026-03-20` as `03/20/26`, for narrow columns."""
    year, month, date = day[:10].split("-")
    return f"{month}/{date}/{year[2:]}"


def spelled(day: str) -> str:
    """The date `2026-03-20` as `March 20, 2026`, for letters."""
    year, month, date = (int(part) for part in day[:10].split("-"))
    return f"{MONTHS[month - 1]} {date}, {year}"


def days_after(day: str, days: int) -> str:
    """The date that many days later, as `2026-03-20`."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()
