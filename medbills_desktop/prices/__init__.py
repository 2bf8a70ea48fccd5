"""What things cost: the place of price files and fee schedules, filled by a later change."""

from __future__ import annotations
