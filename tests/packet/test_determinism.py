"""The same order gives the same bytes: in another process, with another hash seed, time zone and working folder."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf

from tests.packet.packets import ROOT, build, order, paper, papers_case, reader, texts, whole_text

_MAKE = """
import dataclasses, pathlib, sys
from tests.packet.packets import build, quiet, never, sample_order
folder = pathlib.Path(sys.argv[1])
build(sample_order(folder), folder)
"""


def _made(folder: Path, seed: str, zone: str) -> bytes:
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", _MAKE, str(folder)], check=True, cwd=folder, env=environment)
    return (folder / "packet.pdf").read_bytes()


def test_two_processes_make_the_same_packet(tmp_path: Path) -> None:
    first = _made(tmp_path / "one", "1", "UTC")
    second = _made(tmp_path / "a longer name of a folder", "4242", "Pacific/Auckland")
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_order_in_which_papers_are_given_changes_nothing(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / f"{name}.pdf", text=name) for name in "abc"])
    first = build(order(case, sources), tmp_path).sha256
    assert build(order(case, sources[::-1]), tmp_path).sha256 == first


def test_another_day_is_another_packet(tmp_path: Path) -> None:
    from datetime import date

    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    first = build(order(case, sources), tmp_path)
    second = build(order(case, sources, prepared_on=date(2025, 4, 1)), tmp_path)
    assert first.packet_id != second.packet_id


def test_the_report_tells_size_and_hash_of_the_file(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    made = build(order(case, sources), tmp_path)
    data = made.path.read_bytes()
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def _own_numbers(path: Path) -> dict[str, list[str]]:
    """The permanent numbers on exhibit pages, with what else is printed there: they are in the order of the pages."""
    found: dict[str, list[str]] = {}
    for text in texts(path):
        numbers = re.findall(r"\bP\d{4}-\d+\b", text) if "Exhibit " in text and " of " in text else []
        for number in numbers:
            found.setdefault(number, []).append(re.findall(r"[a-z]+ \d+", text)[0])
    return found


def test_the_number_of_a_papers_page_stays_when_papers_come_and_go(tmp_path: Path) -> None:
    files = [paper(tmp_path / f"{name}.pdf", pages=2, text=name * 3) for name in "abc"]
    case, sources = papers_case(files)
    whole = _own_numbers(build(order(case, sources), tmp_path).path)
    assert len(whole) == 6
    assert all(len(pages) == 1 for pages in whole.values()), "no number is used twice"
    fewer = _own_numbers(build(order(case, sources[1:]), tmp_path).path)
    assert fewer == {number: page for number, page in whole.items() if not number.startswith("P0001")}


def test_stamps_and_numbers_are_no_annotations_that_a_reader_could_delete(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / "a.pdf", pages=2)])
    made = build(order(case, sources), tmp_path)
    before = texts(made.path)
    with pikepdf.open(made.path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        pdf.save(made.path)
    assert texts(made.path) == before


_WITHOUT_NETWORK = """
import sys
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        raise RuntimeError(event)
sys.addaudithook(watch)
import pathlib
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Call, CallBill
from tests.packet.packets import DAY, build, order, small_case
note = '<img src="http://example.com/a.png"/> <a href="http://example.com">x</a> http://example.com/b.png'
case = small_case(Call(id=1, started=Moment(DAY), said=note), CallBill(id=1, call_id=1, bill_id=1))
build(order(case), pathlib.Path(sys.argv[1]))
"""


def test_making_a_packet_opens_no_connection_whatever_is_typed(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", _WITHOUT_NETWORK, str(tmp_path)], check=True, cwd=tmp_path, env=environment)
    assert "http://example.com/b.png" in whole_text(tmp_path / "packet.pdf")
    assert all("/URI" not in str(page.get("/Annots")) for page in reader(tmp_path / "packet.pdf").pages)
