"""A packet that was made is noted for each of its bills, and the note changes nothing that the next packet tells."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.noting_packets import NOTED, NotePacket
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.order import PacketReport
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.made_packets import HeadWithout, ListMadePackets

DAY = date(2026, 3, 20)


def _made(library: Library, out: Path, **more: object) -> PacketReport:
    return make_packet(library, PacketRequest((1,), "court", DAY, out, **more), lambda _step: None, lambda: False)  # type: ignore[arg-type]


def _note(made: PacketReport, refs: tuple[str, ...] = ("B1",)) -> NotePacket:
    size = made.path.stat().st_size
    return NotePacket(
        refs, made.packet_id, "court", DAY, made.path.name, made.sha256, size, made.pages, False,
        datetime(2026, 3, 20, 9, 30, tzinfo=UTC),
    )  # fmt: skip


def test_a_note_tells_file_pages_and_reader_and_leaves_the_next_packet_the_same(tmp_path: Path) -> None:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        desk, out = Desk(library), tmp_path / "Packet.pdf"
        first = _made(library, out)
        before, head = out.read_bytes(), library.journal_head()
        desk.perform(_note(first, ("B1", "B2", "B1", "gone")))
        assert library.journal_head() != head
        assert library.read(HeadWithout(NOTED)) == head[1]
        for bill in (1, 2):
            (noted,) = library.read(ListMadePackets(bill))
            assert (noted.file, noted.pages, noted.audience, noted.sha256) == (
                "Packet.pdf", first.pages, "court", first.sha256,
            )  # fmt: skip
            assert noted.made_at == "2026-03-20T09:30:00+00:00"
        assert library.read(ListMadePackets(3)) == []
        _made(library, out)
        assert out.read_bytes() == before
        desk.undo()
        assert library.read(ListMadePackets(1)) == []
        _made(library, out)
        assert out.read_bytes() == before


def test_a_packet_of_no_part_or_an_unknown_one_is_refused(tmp_path: Path) -> None:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library", "read") as library:
        for parts in (frozenset[str](), frozenset({"poem"})):
            with pytest.raises(UserError):
                _made(library, tmp_path / "Packet.pdf", parts=parts)
    assert not (tmp_path / "Packet.pdf").exists()
