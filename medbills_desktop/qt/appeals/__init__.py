"""Appeals against what an insurer decided, on screen: each claim with its levels and their clocks."""

from __future__ import annotations
