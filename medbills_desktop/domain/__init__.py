"""What is true: money, dates, records and the rules between them. Knows no file, clock or screen."""

from __future__ import annotations
