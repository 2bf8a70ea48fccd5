"""What the Timeline page is made of: what narrows it, its columns, and taking it out as a file."""

from __future__ import annotations
