"""What does not add up, shown: cards with the arithmetic, the papers and the three acts."""

from __future__ import annotations
