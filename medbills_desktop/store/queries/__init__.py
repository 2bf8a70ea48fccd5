"""What screens ask of a library: each query a frozen value, each answer frozen rows."""

from __future__ import annotations
