"""Cuts a finished packet into its volumes; pages, stamps and links are done by then."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pikepdf import Pdf

from medbills_desktop.packet.assembling import merge_job
from medbills_desktop.packet.cleaning import TAGS, clean_catalog
from medbills_desktop.packet.plan import Volume


@contextlib.contextmanager
def cut_out(whole: Path, volume: Volume) -> Iterator[Pdf]:
    """A volume as a file in memory, whose pages are read from `whole` when it is saved.

    The pages of other volumes are not in it, whatever names them; the tags still name them until they are cut as well.
    """
    with merge_job([(whole, f"{volume.first}-{volume.last}")]).create_pdf() as pdf:
        clean_catalog(pdf.Root, TAGS)
        yield pdf
