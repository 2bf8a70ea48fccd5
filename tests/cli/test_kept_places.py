"""A packet without personal numbers that is refused although nothing is wrong: looked at, named, and made."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from tests.cli.conftest import Medbills

NUMBER = "5566778"


@pytest.fixture
def library(tmp_path: Path, medbills: Medbills) -> Path:
    """One bill with one dark picture, some dots of which are by chance as its account number is written."""
    dots = b"5" * 200 + NUMBER.encode() + b"8" * 193
    Image.frombytes("L", (20, 20), dots).save(tmp_path / "dark.png")
    case = {
        "format": "medbills-case",
        "version": 1,
        "people": [{"id": "P1", "name": "Ana Ruiz"}],
        "organizations": [{"id": "O1", "name": "North Clinic", "kind": "physician"}],
        "documents": [{"id": "D1", "file": "dark.png", "links": [{"type": "bill", "id": "B1"}]}],
        "bills": [{"id": "B1", "person": "P1", "biller": "O1", "account_number": NUMBER}],
    }
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.writestr("case.json", json.dumps(case))
        archive.write(tmp_path / "dark.png", "documents/dark.png")
    ended = medbills("import", tmp_path / "case.zip", "--library", tmp_path / "library")
    assert ended.code == 0, ended.err
    return tmp_path / "library"


def test_what_may_stay_is_named_and_told_in_the_packet(library: Path, tmp_path: Path, medbills: Medbills) -> None:
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    out.write_bytes(b"old")
    words = ("packet", "--library", library, "--bill", "B1", "--audience", "court", "-o", out)
    refused = medbills(*words, "--redact")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert NUMBER not in refused.err + refused.out
    assert "(Exhibit A, page 1; kind: account number; in the dots of a picture)" in refused.err
    assert out.read_bytes() == b"old"
    (name,) = re.findall(r"--kept (\d+:account_number:picture:1)", refused.err)

    told = medbills(*words, "--redact", "--progress")
    (left,) = [line for line in told.out.splitlines() if line.startswith("left ")]
    assert json.loads(left.removeprefix("left ")) == [[name, "Exhibit A, page 1"]]
    assert "--kept" not in told.err, "the window has ticks for that"

    made = medbills(*words, "--redact", "--kept", name)
    assert made.code == 0, made.err
    page = name.split(":")[0]
    assert f"1 place kept after looking: page {page}." in made.out
    assert medbills("verify", out).code == 0
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert f"1 place kept after looking: page {page}." in text
    with pikepdf.open(out) as pdf:
        told = json.loads(pdf.Root["/MedBillsManifest"].read_bytes())
    assert told["kept_after_looking"] == [{"page": int(page), "kind": "account_number", "in": "picture", "count": 1}]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--redact", "--kept", "1:account_number:words:1"), "nothing that could stay on page 1"),
        (("--redact", "--kept", "7:account_number:attic:1"), "names no place"),
        (("--redact", "--kept", "x"), "names no place"),
        (("--kept", "1:account_number:words:1"), "only where personal numbers are taken out"),
    ],
)
def test_a_place_that_is_none_is_refused(
    library: Path, tmp_path: Path, medbills: Medbills, more: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "packet.pdf"
    parts = ("--parts", "summary")
    ended = medbills("packet", "--library", library, "--bill", "B1", *parts, *more, "-o", out)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert words in ended.err
    assert not out.exists()


def test_a_real_leak_is_not_covered_by_a_place_that_may_stay(
    library: Path, tmp_path: Path, medbills: Medbills, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The masks of the packet's own pages are switched off, as if they had a fault."""
    from medbills_desktop.commands import make_packet

    out = tmp_path / "packet.pdf"
    words = ("packet", "--library", library, "--bill", "B1", "--redact", "-o", out)
    (name,) = re.findall(r"--kept (\S+)", medbills(*words).err)
    monkeypatch.setattr(make_packet, "redacted_case", lambda case, needles: case)
    ended = medbills(*words, "--kept", name)
    assert ended.code == 1
    assert "in the words of the page" in ended.err
    assert "in the dots of a picture" not in ended.err.split("No file was written")[0]
    assert NUMBER not in ended.err
    assert not out.exists()
