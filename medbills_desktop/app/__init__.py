"""How it starts: arguments, paths, logs, crash capture, wiring."""

from __future__ import annotations
