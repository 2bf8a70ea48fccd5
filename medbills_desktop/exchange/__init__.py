"""Data in and out: the case format, spreadsheets, zips."""

from __future__ import annotations
