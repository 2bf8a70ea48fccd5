"""How much MuPDF keeps for later (decoded pictures, fonts), and how to make it keep less."""

from __future__ import annotations

import re

from pymupdf import mupdf

STORE_BYTES = 64 * 1024 * 1024
"""A worker that reads scans grows to 370 MB when left alone; trimming after every page makes born-digital
pages eight times slower, since their fonts go too. Trimming at this size costs neither."""


def store_bytes() -> int:
    """Bytes in MuPDF's store, read from its own report, the only place where it tells (0.2 ms)."""
    report = mupdf.fz_new_buffer(16_384)
    output = mupdf.FzOutput(report)
    mupdf.fz_debug_store(output)
    mupdf.fz_close_output(output)
    sizes = re.findall(rb"actual size=(\d+)", mupdf.fz_buffer_extract_copy(report)[-200:])
    return int(sizes[-1]) if sizes else 0


def trim_store() -> None:
    """Shrink the store when it has outgrown STORE_BYTES; what was used longest ago goes first.

    MuPDF counts the percentage from its limit of 256 MB, whatever its manual says: 12 leaves about 30 MB.
    """
    if store_bytes() > STORE_BYTES:
        mupdf.fz_shrink_store(12)
