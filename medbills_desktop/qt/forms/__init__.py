"""Forms: each a table of fields over values, read and checked in one place."""

from __future__ import annotations
