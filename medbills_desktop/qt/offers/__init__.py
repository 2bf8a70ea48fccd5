"""Offers on a bill: their chain, a calculator, what to know before one agrees, and what ends it."""

from __future__ import annotations
