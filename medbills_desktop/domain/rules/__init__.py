"""Rule cards of law and practice, and the dates that follow from them."""

from __future__ import annotations
