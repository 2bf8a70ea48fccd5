"""Recordings of calls: receiving a sound file as an original, and what is noted about who recorded and who agreed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from medbills_desktop.commands.papers import ReceivedPaper, link_paper, number_paper, received_values
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Call, Document, DocumentLink, RecordingPlaces
from medbills_desktop.papers.sounds import kind_of_sound_file
from medbills_desktop.store.library import Library
from medbills_desktop.store.work import Work

KINDS_OF_SOUND = "WAV, MP3, M4A, AAC, OGG, FLAC, AMR"


def receive_recording(library: Library, path: Path, progress: Callable[[int], bool] | None = None) -> ReceivedPaper:
    """Copy a sound file into the vault block by block, as it is. `progress` gets the bytes so far; False cancels.

    Raises `UserError` for a file that is not there, is empty, or is no sound.
    """
    if not path.is_file():
        raise UserError(f"“{path.name}” is not there, or is not a file.", "Check the name and attach it again.")
    try:
        kind = kind_of_sound_file(path)
    except OSError as error:
        raise UserError(
            f"“{path.name}” could not be read: {error.strerror or error}.", "Check that the file is still there."
        ) from error
    if kind is None:
        empty = path.stat().st_size == 0
        what = f"“{path.name}” is empty." if empty else f"“{path.name}” is not a sound file."
        raise UserError(what, f"Attach the recording itself ({KINDS_OF_SOUND}); papers are added with Ctrl+P.")
    held = library.vault.take_file(path, progress)
    return ReceivedPaper(path.name, held.sha256, held.size, kind)


@dataclass(frozen=True, slots=True)
class AddRecording:
    """Keep a received sound file as an original of the library. One that is there already is given back as it is."""

    paper: ReceivedPaper
    received: Day | None = None

    @property
    def label(self) -> str:
        return "Add recording"

    def run(self, work: Work) -> Document:
        present = work.find(Document, sha256=self.paper.sha256)
        if present and present[0].size is not None:
            return present[0]
        values = received_values(self.paper)
        if present:
            return number_paper(work, work.change(Document, present[0].id, **values))
        fresh = Document(
            file=self.paper.file, sha256=self.paper.sha256, kind="recording", received=self.received, **values
        )
        return number_paper(work, fresh)


@dataclass(frozen=True, slots=True)
class RecordingNote:
    """What is noted about the recording of a call; everything may be blank. States are two letters, as `CA`."""

    recording: Literal["none", "mine", "theirs", "both"] | None = None
    consent: Literal["not_asked", "asked_yes", "asked_no", "they_announced"] | None = None
    document_id: int | None = None
    my_state: str | None = None
    their_state: str | None = None

    def on(self, work: Work, call: Call) -> Call:
        """The call with what is noted. Refuses a recording that is no longer in the library."""
        if self.document_id is not None:
            work.get(Document, self.document_id)
        return dataclasses.replace(call, recording=self.recording, consent=self.consent, document_id=self.document_id)

    def settle(self, work: Work, call_id: int, before: int | None = None) -> None:
        """Link the recording to its call, in place of the one `before`, and keep where both sides were.

        Nothing is kept of places where neither is known.
        """
        if before is not None and before != self.document_id:
            for link in work.find(DocumentLink, document_id=before, type=Call.KIND, target_id=call_id):
                work.remove(DocumentLink, link.id)
        if self.document_id is not None:
            link_paper(work, self.document_id, Call.KIND, call_id)
        kept = work.find(RecordingPlaces, call_id=call_id)
        known = self.my_state is not None or self.their_state is not None
        if kept and known:
            work.change(RecordingPlaces, kept[0].id, my_state=self.my_state, their_state=self.their_state)
        elif kept:
            work.remove(RecordingPlaces, kept[0].id)
        elif known:
            work.add(RecordingPlaces(call_id=call_id, my_state=self.my_state, their_state=self.their_state))
