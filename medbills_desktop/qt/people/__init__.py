"""Everybody that the library knows: the forms around organizations, patients and helpers, and whose bills are shown."""

from __future__ import annotations
