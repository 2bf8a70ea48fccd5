"""What does not add up: one function for each check, pure, over a `Case`."""

from __future__ import annotations
