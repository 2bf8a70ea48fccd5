"""How it is kept: tables, library folder, unit of work, queries, search, vault, backups."""

from __future__ import annotations
