"""The glossary on screen: a window with all words, and the ways that lead from a word to its entry."""

from __future__ import annotations
