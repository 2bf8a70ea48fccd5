"""The paper of a letter with copies of other papers behind it, as one file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pikepdf

from medbills_desktop.packet.cleaning import clean_catalog


def letter_with_copies(letter: bytes, copies: Sequence[Path], target: Path) -> tuple[int, ...]:
    """Write the pages one behind the other; gives the places in `copies` of those that can't be merged.

    Notes and filled fields of a copy become part of its page; nothing in the file can act by itself. The same papers
    give the same bytes.
    """
    left_out: list[int] = []
    with ExitStack() as stack:
        whole = stack.enter_context(pikepdf.Pdf.open(io.BytesIO(letter)))
        for place, copy in enumerate(copies):
            try:
                pdf = stack.enter_context(pikepdf.Pdf.open(copy, suppress_warnings=True))
                pdf.flatten_annotations()
                for page in pdf.pages:
                    for name in ("/Annots", "/AA"):
                        if name in page.obj:
                            del page.obj[name]
                whole.pages.extend(pdf.pages)
            except (pikepdf.PdfError, RuntimeError, ValueError):
                left_out.append(place)
        clean_catalog(whole.Root)
        whole.save(target, static_id=True)
    return tuple(left_out)
