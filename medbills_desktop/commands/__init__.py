"""How it changes: one frozen class for each thing that a person can do, the desk, the history."""

from __future__ import annotations
