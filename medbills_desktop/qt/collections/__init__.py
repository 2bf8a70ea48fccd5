"""Collectors on screen: each notice with its window, its amount against the balance, and what they did since."""

from __future__ import annotations
