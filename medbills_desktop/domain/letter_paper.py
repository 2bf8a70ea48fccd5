"""What stands on the paper of a letter, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What stands on the paper, from the top; `note` is a small line above all, empty for a letter that is ready.

    `body` is light markup (`domain.letter_markup`): an empty line parts paragraphs, each further one leaves a line
    free, as for a signature. `enclosures` are the lines below the text that name the copies, heading first.
    """

    sender: tuple[str, ...]
    day: str
    recipient: tuple[str, ...]
    about: str
    body: str
    note: str = ""
    title: str = ""
    enclosures: tuple[str, ...] = ()
