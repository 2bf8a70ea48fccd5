"""Financial assistance for a bill on screen: the share of the poverty line, windows, papers, calls, the decision."""

from __future__ import annotations
