"""Paper out: the evidence packet, from rows to a finished PDF."""

from __future__ import annotations
