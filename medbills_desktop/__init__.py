"""MedBills: keeps, checks and argues medical bills, offline."""

from __future__ import annotations

__version__ = "0.1.0"
