"""Who signs letters and where answers go: the user's own name and address, kept in the library and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader

_KEY = "sender"


@dataclass(frozen=True, slots=True)
class Sender:
    """The lines that stand above a letter, as typed: the name first, then the address; empty where none is kept."""

    lines: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The first line."""
        return self.lines[0] if self.lines else ""

    @property
    def text(self) -> str:
        """As it stands in a field."""
        return "\n".join(self.lines)


def sender_of(text: str) -> Sender:
    """What was typed, without blank lines."""
    return Sender(tuple(line.strip() for line in text.splitlines() if line.strip()))


def find_sender(reader: Reader) -> Sender:
    """The kept name and address."""
    return sender_of(reader.info(_KEY) or "")


def keep_sender(library: Library, sender: Sender) -> None:
    """Keep the name and address for all further letters. Not a record: outside journal and undo."""
    with library.working() as work:
        work.set_info(_KEY, sender.text or None)
