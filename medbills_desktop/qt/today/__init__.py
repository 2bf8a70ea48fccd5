"""The parts of the Today page: what is open, the next step of each bill, the progress over all bills."""

from __future__ import annotations
