"""Letters on screen: the list's columns, the editor, and the small forms around a letter."""

from __future__ import annotations
