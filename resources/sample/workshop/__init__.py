"""The workshop of the sample case: one set of facts, and the papers and the case file that are made from it."""

from __future__ import annotations
