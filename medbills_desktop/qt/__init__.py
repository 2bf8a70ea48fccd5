"""How it is seen: pages, forms, models, actions, the viewer."""

from __future__ import annotations
