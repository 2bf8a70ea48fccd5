"""Photographs and scans as exhibits: one page a picture, upright, without camera data; JPEG is not
re-encoded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from medbills_desktop.papers.exhibits import PreparedExhibit, target_in
from medbills_desktop.papers.pdf_writing import PicturePdf
from medbills_desktop.papers.picture_frames import frame_notices, frames_of
from medbills_desktop.papers.picture_storing import stored_frame, upright
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.reasons import PaperRefusedError, Why, Worth, notice, refused
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.sniffing import Kind


def prepare_pictures(path: Path, kind: Kind, rotations: Mapping[int, int], target_dir: Path) -> PreparedExhibit:
    """See exhibits.prepare_exhibit."""
    frames = frames_of(path, kind)
    target = target_in(target_dir, path)
    sizes: list[PageSize] = []
    missing: list[str] = []
    with PicturePdf(target) as pdf:
        for number, frame in enumerate(frames, start=1):
            size, place = upright(frame.page, frame.orientation, rotations.get(number, 0))
            sizes.append(size)
            try:
                with refusing(Why.DAMAGED_PAGE):
                    picture = stored_frame(path, kind, frame)
            except PaperRefusedError:
                picture = None
                missing.append(str(number))
            pdf.add(size, picture, place)
        if len(missing) == len(frames):
            raise refused(Why.DAMAGED)
    notices = list(frame_notices(path, kind))
    if missing:
        notices.append(notice(Worth.MISSING_PAGES, tuple(missing)))
    return PreparedExhibit(target, tuple(sizes), tuple(notices), is_original=False)
