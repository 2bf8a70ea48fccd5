"""How rule cards are seen: the card, and the counter that gives a date from it."""

from __future__ import annotations
