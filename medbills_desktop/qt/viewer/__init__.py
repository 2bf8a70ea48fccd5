"""How papers are looked at: the pane beside whatever is being done, its pages, thumbnails and find bar."""

from __future__ import annotations
