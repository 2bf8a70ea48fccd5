"""How tables of codes are seen: loading one behind its notice, and what they say of a code."""

from __future__ import annotations
