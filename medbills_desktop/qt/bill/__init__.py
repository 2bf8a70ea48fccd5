"""One bill: its header and tabs."""

from __future__ import annotations
