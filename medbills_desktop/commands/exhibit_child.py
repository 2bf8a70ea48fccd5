"""The process in which originals are prepared for a packet: a file that makes a library hang or crash ends only this.

Reads one job a line on standard input and answers with one line each, both JSON. Started by `preparing_exhibits`.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from medbills_desktop.domain.redaction import needles_told
from medbills_desktop.domain.resource_files import resource
from medbills_desktop.packet import manifest
from medbills_desktop.papers.exhibits import PreparedExhibit, prepare_exhibit, target_in
from medbills_desktop.papers.limits import allow_processor_seconds
from medbills_desktop.papers.reasons import PaperRefusedError, Worth, notice

ADDRESS_SPACE = 3_000_000_000
"""Bytes of address space: a 200-megapixel photograph is unpacked and packed again here."""

OPTION = "--prepare-exhibits"
"""Starts this process where the program is frozen and has no `-m`."""


def main() -> int:
    """Answer jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    _confine()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        allow_processor_seconds(job["seconds"])
        answers.write(json.dumps(answer(job)) + "\n")
        answers.flush()
    return 0


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What became of one job: the prepared PDF with its page sizes in points, or the code of a refusal.

    Where the job says what is to be taken out, also what was. A job about a finished packet (`prove`) is told what is
    left.
    """
    try:
        if "prove" in job:
            return _proved(job)
        if "fax" in job:
            return _faxed(job)
        redaction = job.get("redact")
        made = _prepare(job, rewrite=redaction is not None)
        if not _opens(made.path):
            made = _prepare(job, rewrite=True)
        if job.get("lighter"):
            made = _lighter(made, job)
        notices = [[str(notice.code), list(notice.details)] for notice in made.notices]
        sizes = [[size.width, size.height] for size in made.sizes]
        told = {"path": str(made.path), "sizes": sizes, "notices": notices}
        return told if redaction is None else {**told, **_redacted(made, job, redaction)}
    except PaperRefusedError as refusal:
        return {"refused": str(refusal.reason.code), "details": list(refusal.reason.details)}


def _lighter(made: PreparedExhibit, job: dict[str, Any]) -> PreparedExhibit:
    """The paper with smaller pictures; as it is where none would be won, or where it can't be done."""
    from medbills_desktop.papers.lighter_pictures import lighter_copy

    target = target_in(Path(job["folder"]), Path(job["path"]))
    try:
        pages = lighter_copy(made.path, target)
    except (PaperRefusedError, OSError, MemoryError):
        return made
    if not pages:
        return made
    told = notice(Worth.LIGHTER, tuple(map(str, pages)))
    return replace(made, path=target, notices=(*made.notices, told), is_original=False)


def _redacted(made: PreparedExhibit, job: dict[str, Any], redaction: dict[str, Any]) -> dict[str, Any]:
    from medbills_desktop.papers.redacting import redact
    from medbills_desktop.papers.redaction_areas import drawn_on

    drawn = {
        int(page): [
            drawn_on(kind, tuple(rect), made.sizes[int(page) - 1], job["rotations"].get(page, 0))
            for kind, *rect in areas
        ]
        for page, areas in redaction["drawn"].items()
        if int(page) <= len(made.sizes)
    }
    target = target_in(Path(job["folder"]), Path(job["path"]))
    copy = redact(made.path, needles_told(redaction["needles"]), drawn, target)
    return {
        "path": str(copy.path),
        "taken": [[taken.page, taken.kind, taken.by_rule, taken.count] for taken in copy.taken],
        "unread": list(copy.unread),
        "pictured": list(copy.pictured),
    }


def _proved(job: dict[str, Any]) -> dict[str, Any]:
    from medbills_desktop.papers.redaction_proof import prove

    proof = prove(Path(job["prove"]), needles_told(job["needles"]), manifest.KEY)
    left = [[each.name, each.paper] for each in proof.left]
    return {"left": left, "revisions": proof.earlier_revisions, "pages": list(proof.pages)}


def _faxed(job: dict[str, Any]) -> dict[str, Any]:
    from medbills_desktop.papers.fax_pages import write_fax_pages

    labels = {int(page): (left, right) for page, (left, right) in job["labels"].items()}
    font = resource("fonts/MedBillsSans-Regular.ttf")
    write_fax_pages(Path(job["fax"]), job["first"], job["last"], Path(job["target"]), labels, font)
    return {"drawn": job["last"]}


def _prepare(job: dict[str, Any], rewrite: bool) -> PreparedExhibit:
    rotations = {int(page): turn for page, turn in job["rotations"].items()}
    password = job.get("password")
    path, folder, visible_only = Path(job["path"]), Path(job["folder"]), "redact" in job
    return prepare_exhibit(path, job["media_type"], rotations, password, folder, rewrite, visible_only)


def _opens(path: Path) -> bool:
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return len(pdf.pages) > 0
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError):
        return False


def _confine() -> None:
    os.umask(0o077)
    if sys.platform == "win32":
        return
    resource = importlib.import_module("resource")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        space = ADDRESS_SPACE if hard == resource.RLIM_INFINITY else min(hard, ADDRESS_SPACE)
        resource.setrlimit(resource.RLIMIT_AS, (space, hard))


if __name__ == "__main__":
    raise SystemExit(main())
