"""Starts the program: `python -m medbills_desktop`, or `medbills` once it is installed."""

from __future__ import annotations

import sys

from medbills_desktop.app.main import main

if __name__ == "__main__":
    sys.exit(main())
