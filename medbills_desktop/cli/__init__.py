"""The same without a window."""

from __future__ import annotations
