"""The history of the library file, one module for each revision."""

from __future__ import annotations
