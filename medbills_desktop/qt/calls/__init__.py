"""Logging a call while it goes on."""

from __future__ import annotations
