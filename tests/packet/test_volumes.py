"""A packet below an upload limit: numbered through, each file whole alone, all of them put in place or none."""

from __future__ import annotations

import json
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import LeftOver, StillThereError
from medbills_desktop.domain.records import Evidence, Line
from medbills_desktop.packet import target
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.lettering import letter_of
from medbills_desktop.packet.order import PacketCancelledError, PacketOrder, PacketReport
from medbills_desktop.packet.sister_volumes import examine_sisters
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.packet.volumes import estimated, megabytes, others_of_that_name, volume_path
from tests.packet.packets import links, never, order, papers_case, quiet, reader, stamp_of, texts, whole_text
from tests.packet.scanned_papers import scanned

LIMIT = 300_000
PAPERS = (("a", 2), ("b", 1), ("c", 9), ("d", 3), ("e", 1))
"""Pages of each paper; a page is a picture of some 60 kB, so the third is larger than a volume."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> PacketOrder:
    folder = tmp_path_factory.mktemp("papers")
    files = [scanned(folder / f"{name}.pdf", pages) for name, pages in PAPERS]
    lines = [Line(id=place, bill_id=1, description=f"Item {place}", mark="duplicate") for place in (1, 2)]
    proofs = [
        Evidence(id=1, line_id=1, document_id=1, page=2),
        Evidence(id=2, line_id=2, document_id=3, page=8),
    ]
    case, sources = papers_case(files, *lines, *proofs)
    return order(case, sources, limit=LIMIT)


@pytest.fixture(scope="module")
def made(asked: PacketOrder, tmp_path_factory: pytest.TempPathFactory) -> PacketReport:
    return build_packet(asked, tmp_path_factory.mktemp("out") / "Packet.pdf", quiet, never)


def files(made: PacketReport) -> list[Path]:
    return [volume.path for volume in made.volumes]


def all_texts(made: PacketReport) -> list[str]:
    return [text for path in files(made) for text in texts(path)]


def test_every_file_is_below_the_limit_and_named_by_its_place(made: PacketReport) -> None:
    of = len(made.volumes)
    assert of > 3
    assert [path.name for path in files(made)] == [f"Packet - volume {n} of {of}.pdf" for n in range(1, of + 1)]
    assert sorted(files(made)) == sorted(made.path.parent.iterdir())
    assert all(path.stat().st_size < LIMIT for path in files(made))
    assert [volume.size for volume in made.volumes] == [path.stat().st_size for path in files(made)]


def test_numbers_labels_outline_and_links_agree_through_all_volumes(made: PacketReport) -> None:
    number = 0
    for volume in made.volumes:
        read, shown = reader(volume.path), texts(volume.path)
        assert volume.first_page == number + 1
        for place, text in enumerate(shown):
            number += 1
            assert f"page {number} of {made.pages}" in text
            assert read.page_labels[place] == str(number)
        assert number == volume.last_page
        for entry in read.outline:
            place = read.get_destination_page_number(entry)  # type: ignore[arg-type]
            assert entry.title.endswith(f"(p. {read.page_labels[place]})")  # type: ignore[union-attr]
        for link in links(volume.path):  # fails for one that leads out of the file
            assert f"page {volume.first_page + link.target - 1} of {made.pages}" in shown[link.target - 1]
    assert number == made.pages


def test_exhibits_stay_whole_where_they_fit_and_keep_their_letters(made: PacketReport) -> None:
    shown, page_of = all_texts(made), {}
    for place, (name, pages) in enumerate(PAPERS):
        for own in range(1, pages + 1):
            stamped = [
                n for n, text in enumerate(shown, 1) if f"Exhibit {letter_of(place)} · {own} of {pages} ·" in text
            ]
            assert len(stamped) == 1
            assert f"{name} {own}" in shown[stamped[0] - 1]
            assert stamp_of(letter_of(place), own, pages, stamped[0], made.pages) in shown[stamped[0] - 1]
            page_of[name, own] = stamped[0]
    for name, pages in PAPERS:
        inside = {
            v.number
            for v in made.volumes
            for own in range(1, pages + 1)
            if v.first_page <= page_of[name, own] <= v.last_page
        }
        assert (len(inside) > 1) == (name == "c")


def test_what_stands_in_another_volume_is_named_with_it_and_is_no_link(made: PacketReport) -> None:
    first, front = made.volumes[0], whole_text(made.volumes[0].path)
    at = next(n for n, text in enumerate(all_texts(made), 1) if "Exhibit C · 8 of 9" in text)
    volume = next(v.number for v in made.volumes if v.first_page <= at <= v.last_page)
    assert volume > 1
    assert f"C, {at} (vol. {volume})" in front.replace("\N{NO-BREAK SPACE}", " ")
    words = [link.words.replace("\N{NO-BREAK SPACE}", " ") for link in links(first.path)]
    assert any(word.startswith("A, ") for word in words)
    assert not any("vol." in word or word.startswith("C, ") for word in words)
    assert f"It comes in {len(made.volumes)} volumes" in front
    assert f"{made.volumes[-1].first_page} to {made.pages}" in front


def test_each_further_volume_begins_with_a_sheet_that_says_what_is_in_it(made: PacketReport) -> None:
    of = len(made.volumes)
    for volume in made.volumes[1:]:
        sheet = " ".join(texts(volume.path)[0].split())
        assert f"Volume {volume.number} of {of}" in sheet
        assert f"Pages {volume.first_page} to {volume.last_page} of {made.pages}" in sheet
        assert "In this volume" in sheet
        assert made.packet_id in sheet
        for other in made.volumes:
            if other is not volume:
                assert f"{other.number} {other.holds} {other.first_page} to {other.last_page}" in sheet
    assert any("(continued, page" in texts(volume.path)[0] for volume in made.volumes[1:])
    contents = next(text for text in texts(made.path) if text.lstrip().find("Contents") >= 0 and "Exhibits" in text)
    assert "Volume" in contents


def test_pages_of_one_volume_are_in_no_other(made: PacketReport) -> None:
    for volume in made.volumes:
        with pikepdf.open(volume.path) as pdf:
            pages = [
                each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Page"
            ]
            assert len(pages) == len(pdf.pages) == volume.last_page - volume.first_page + 1


def test_the_same_records_give_the_same_bytes_whatever_the_file_is_called(
    asked: PacketOrder, made: PacketReport, tmp_path: Path
) -> None:
    again = build_packet(asked, tmp_path / "Other name.pdf", quiet, never)
    assert [path.read_bytes() for path in files(again)] == [path.read_bytes() for path in files(made)]


def test_a_packet_that_fits_is_one_file_as_without_a_limit(tmp_path: Path) -> None:
    case, sources = papers_case([scanned(tmp_path / "a.pdf", 1)])
    whole = build_packet(order(case, sources), tmp_path / "whole.pdf", quiet, never)
    limited = build_packet(order(case, sources, limit=whole.size + 20_000), tmp_path / "limited.pdf", quiet, never)
    assert limited.path.read_bytes() == whole.path.read_bytes()
    assert limited.path == tmp_path / "limited.pdf"
    assert b"vol" not in json.dumps(_manifest(whole.path)).encode()


def _manifest(path: Path) -> dict[str, Any]:
    with pikepdf.open(path) as pdf:
        found: dict[str, Any] = json.loads(pdf.Root["/MedBillsManifest"].read_bytes())
        return found


def test_a_page_above_the_limit_is_refused_by_name_and_nothing_is_left(tmp_path: Path) -> None:
    case, sources = papers_case([scanned(tmp_path / "a.pdf", 1), scanned(tmp_path / "big.pdf", 3, side=600)])
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(UserError) as refusal:
        build_packet(order(case, sources, limit=300_000), out / "Packet.pdf", quiet, never)
    assert refusal.value.what.startswith("Page 1 of exhibit B (big.pdf) alone makes a file of 0.")
    assert "the limit is 0.3 MB" in refusal.value.what
    assert "larger limit" in refusal.value.todo
    assert list(out.iterdir()) == []


def test_front_pages_above_the_limit_are_refused(tmp_path: Path) -> None:
    lines = [
        Line(id=n, bill_id=1, description=random.Random(n).randbytes(900).hex(), mark="duplicate") for n in range(1, 40)
    ]
    case, sources = papers_case([scanned(tmp_path / "a.pdf", 1)], *lines)
    with pytest.raises(UserError, match="own pages alone make"):
        build_packet(order(case, sources, limit=80_000), tmp_path / "Packet.pdf", quiet, never)


def _before(folder: Path, made: PacketReport) -> dict[str, bytes]:
    """An earlier packet of that name, whose second volume is missing."""
    kept = {path.name: f"old {path.name}".encode() for path in files(made) if " 2 of " not in path.name}
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    return kept


def _there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("failing", [0, 1, 3])
def test_when_one_file_can_not_take_its_place_all_come_back(
    failing: int, asked: PacketOrder, made: PacketReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, really, done = _before(tmp_path, made), os.replace, [0]

    def fail_once(old: Path, new: Path) -> None:
        done[0] += 1
        if done[0] == failing + 1:
            raise PermissionError(13, "open elsewhere")
        really(old, new)

    monkeypatch.setattr(target.os, "replace", fail_once)
    with pytest.raises(UserError, match="open elsewhere"):
        build_packet(asked, tmp_path / "Packet.pdf", quiet, never)
    assert _there(tmp_path) == before


def test_cancelled_while_volumes_are_written_leaves_what_was_there(
    asked: PacketOrder, made: PacketReport, tmp_path: Path
) -> None:
    before, said = _before(tmp_path, made), [""]
    with pytest.raises(PacketCancelledError):
        build_packet(
            asked,
            tmp_path / "Packet.pdf",
            lambda progress: said.append(progress.text),
            lambda: said[-1].startswith("Writing volume 3"),
        )
    assert _there(tmp_path) == before


def test_a_changed_page_of_a_volume_is_named_by_the_number_printed_on_it(made: PacketReport, tmp_path: Path) -> None:
    second = made.volumes[1]
    with pikepdf.open(second.path) as pdf:
        pdf.pages[2].obj.Rotate = 90
        pdf.save(tmp_path / "turned.pdf")
    assert f"Page {second.first_page + 2} is not as it was made." in verify_packet(tmp_path / "turned.pdf")


def test_places_to_look_at_are_told_of_all_volumes_at_once(asked: PacketOrder, tmp_path: Path) -> None:
    searched: list[Path] = []

    def prove(path: Path) -> None:
        searched.append(path)
        raise StillThereError("left", "look", [LeftOver(len(searched), "account_number", "picture", 1)])

    kept = LeftOver(1, "account_number", "picture", 1)
    with pytest.raises(StillThereError) as refusal:
        build_packet(replace(asked, kept=(kept,)), tmp_path / "Packet.pdf", quiet, never, prove)
    assert len(searched) > 3
    assert [each.page for each in refusal.value.left] == list(range(1, len(searched) + 1))
    assert "page 2" in refusal.value.what
    assert "page 1 " not in refusal.value.what
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_packet_of_that_name_is_told_not_removed(asked: PacketOrder, tmp_path: Path) -> None:
    for name in ("Packet.pdf", "Packet - volume 1 of 2.pdf", "Packet - volume I of 2.pdf", "Packet 2.pdf"):
        (tmp_path / name).write_bytes(b"mine")
    again = build_packet(asked, tmp_path / "Packet.pdf", quiet, never)
    told = "Left from an earlier packet of that name: Packet - volume 1 of 2.pdf, Packet.pdf."
    assert told in again.notices
    assert (tmp_path / "Packet.pdf").read_bytes() == b"mine"
    assert others_of_that_name(tmp_path / "Packet 2.pdf") == [tmp_path / "Packet 2.pdf"]


def test_a_volume_is_proved_alone_and_tells_of_its_sisters(made: PacketReport, tmp_path: Path) -> None:
    of = len(made.volumes)
    for path in files(made):
        assert verify_packet(path) == []
    faults, notes = examine_sisters(made.path)
    assert faults == []
    assert notes[0] == f"This is volume 1 of {of}, pages 1 to {made.volumes[0].last_page}."
    assert len([note for note in notes if note.endswith("lies beside it and is as it was made.")]) == of - 1
    alone = Path(shutil.copy(made.path, tmp_path))
    faults, notes = examine_sisters(alone)
    assert faults == []
    assert len([note for note in notes if "does not lie beside it" in note]) == of - 1


def test_a_sister_that_is_another_file_or_was_changed_is_a_fault(
    asked: PacketOrder, made: PacketReport, tmp_path: Path
) -> None:
    for path in files(made)[:3]:
        shutil.copy(path, tmp_path)
    first, second, third = (tmp_path / path.name for path in files(made)[:3])
    second.write_bytes(second.read_bytes() + b"\n")
    shutil.copy(first, third)
    faults, _ = examine_sisters(first)
    assert ["was changed" in fault for fault in faults] == [True, False]
    assert "is not the one that was made with it" in faults[1]
    assert examine_sisters(third)[0] == []  # by its name it is the third, by what is in it the first: alone


def test_a_sister_of_the_same_records_with_other_pages_is_a_fault(
    asked: PacketOrder, made: PacketReport, tmp_path: Path
) -> None:
    other = scanned(tmp_path / "other.pdf", 9)
    exhibits = (*asked.exhibits[:2], replace(asked.exhibits[2], content=other), *asked.exhibits[3:])
    again = build_packet(replace(asked, exhibits=exhibits), tmp_path / "Packet.pdf", quiet, never)
    assert (again.packet_id, len(again.volumes)) == (made.packet_id, len(made.volumes))
    shutil.copy(made.path, again.path)
    faults, _ = examine_sisters(again.path)
    assert faults
    assert all("is not the one that was made with it" in fault for fault in faults)


def test_labels_that_were_changed_are_noticed(made: PacketReport, tmp_path: Path) -> None:
    with pikepdf.open(files(made)[1]) as pdf:
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=1)]))
        pdf.save(tmp_path / "changed.pdf")
    assert "The numbers that programs show for the pages were changed." in verify_packet(tmp_path / "changed.pdf")


def test_names_of_many_volumes_sort_as_they_are_counted() -> None:
    names = [volume_path(Path("Packet.pdf"), number, 12).name for number in range(1, 13)]
    assert names == sorted(names)
    assert names[1] == "Packet - volume 02 of 12.pdf"


@pytest.mark.parametrize(
    ("size", "words"), [(10_000_000, "10 MB"), (10_000_001, "10.1 MB"), (1_234_500_000, "1,234.5 MB")]
)
def test_sizes_are_rounded_up(size: int, words: str) -> None:
    assert megabytes(size) == words


@pytest.mark.parametrize(
    ("sizes", "volumes"),
    [
        ([], [[]]),
        ([50], [[0]]),
        ([50, 40], [[0, 1]]),
        ([50, 41], [[0], [1]]),
        ([50, 200, 10], [[0, 1], [1], [1, 2]]),
        ([90, 90], [[0], [1]]),
    ],
)
def test_what_is_told_before_follows_the_same_rule(sizes: list[int], volumes: list[list[int]]) -> None:
    told = estimated(10, sizes, 100)
    assert [[place for place, _ in volume] for volume in told] == volumes
    assert all(10 + sum(size for _, size in volume) <= 100 for volume in told)
    assert sum(size for volume in told for _, size in volume) == sum(sizes)


def test_a_paper_that_can_only_be_named_and_one_without_link_come_along(tmp_path: Path) -> None:
    case, sources = papers_case([scanned(tmp_path / "a.pdf", 3), tmp_path / "gone.pdf", scanned(tmp_path / "c.pdf", 3)])
    made = build_packet(order(case, sources, limit=260_000), tmp_path / "Packet.pdf", quiet, never)
    assert len(made.volumes) > 1
    assert made.not_shown
    assert all(verify_packet(path) == [] for path in files(made))
