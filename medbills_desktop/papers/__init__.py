"""Paper in: reading and drawing PDFs and images, in a worker process of its own."""

from __future__ import annotations
