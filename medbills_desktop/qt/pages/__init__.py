"""The pages of the window, one module each. No page knows another."""

from __future__ import annotations
