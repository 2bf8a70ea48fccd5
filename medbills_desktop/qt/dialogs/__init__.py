"""Questions and windows that stand before the main one."""

from __future__ import annotations
