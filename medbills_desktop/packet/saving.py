"""How every packet is written: always the same bytes for the same pages, and what is already packed stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel


def save_packet(pdf: Pdf, out: Path | BinaryIO, progress: Callable[[int], None] | None = None) -> None:
    """Write a packet; `progress` is told per cent and may raise to stop."""
    pdf.save(
        out,
        min_version="1.7",
        fix_metadata_version=False,
        preserve_pdfa=False,
        compress_streams=True,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
        static_id=True,
        progress=progress,
    )
