"""What was asked and what they answered, point by point, on screen."""

from __future__ import annotations
