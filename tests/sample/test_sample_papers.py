"""The papers of the sample: rebuilt the same, hashed right, and saying what the case file says they say."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pypdf
import pytest
from PIL import ExifTags, Image, ImageChops, ImageStat

Row = dict[str, Any]
# The committed files were made with these; with others the bytes may differ, and only what the papers say is compared.
MADE_WITH = {"reportlab": "5.1.0", "pillow": "13.0.0"}
NO_TEXT = {"D7", "D15"}


def rebuilt(sample: Path, folder: Path, hash_seed: str) -> Path:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(sample / "build.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def again(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample built once more."""
    return rebuilt(sample, tmp_path_factory.mktemp("again"), "1")


def contents(folder: Path) -> dict[str, bytes]:
    files = [folder / "case.json", *sorted((folder / "documents").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def without_hashes(text: bytes) -> Row:
    case: Row = json.loads(text)
    for row in case["documents"]:
        del row["sha256"]
    return case


def text_of(data: bytes) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [page.get_text() for page in document]


def look_alike(one: bytes, other: bytes) -> bool:
    pictures = [Image.open(io.BytesIO(data)).convert("L") for data in (one, other)]
    if pictures[0].size != pictures[1].size:
        return False
    return ImageStat.Stat(ImageChops.difference(*pictures)).mean[0] < 3


def paper(case: Row, sample: Path, key: str) -> bytes:
    name = next(row["file"] for row in case["documents"] if row["id"] == key)
    return (sample / "documents" / name).read_bytes()


def test_two_builds_give_the_same_bytes(sample: Path, again: Path, tmp_path: Path) -> None:
    assert contents(again) == contents(rebuilt(sample, tmp_path, "2"))


def test_a_build_gives_what_is_committed(sample: Path, again: Path) -> None:
    committed, fresh = contents(sample), contents(again)
    assert committed.keys() == fresh.keys()
    if {name: importlib.metadata.version(name) for name in MADE_WITH} == MADE_WITH:
        assert [name for name in committed if committed[name] != fresh[name]] == []
    assert without_hashes(committed["case.json"]) == without_hashes(fresh["case.json"])
    for name in committed:
        if name.endswith(".pdf"):
            assert text_of(committed[name]) == text_of(fresh[name]), name
        elif name != "case.json":
            assert look_alike(committed[name], fresh[name]), name


def test_every_paper_is_held_with_its_hash_and_its_number(case: Row, sample: Path) -> None:
    held = {path.name for path in (sample / "documents").iterdir()}
    assert held == {row["file"] for row in case["documents"]}
    for number, row in enumerate(case["documents"], 1):
        assert row["paper_number"] == f"P{number:04d}"
        data = (sample / "documents" / row["file"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest(), row["file"]
        assert row["received"] >= row["date"]


def in_rect(words: list[tuple[float, float, str]], rect: list[float]) -> str:
    """The words whose place lies within a rectangle, in the order of the page."""
    left, top, right, bottom = rect
    return " ".join(word for x, y, word in words if left <= x <= right and top <= y <= bottom)


def words_by_pymupdf(data: bytes, page: int) -> list[tuple[float, float, str]]:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        found = document[page - 1].get_text("words", sort=True)
    return [((x0 + x1) / 2, (y0 + y1) / 2, word) for x0, y0, x1, y1, word, *_ in found]


def words_by_pypdf(data: bytes, page: int) -> list[tuple[float, float, str]]:
    """Start of the baseline of every run of text; the sample's pages draw each column as one run."""
    sheet = pypdf.PdfReader(io.BytesIO(data)).pages[page - 1]
    runs: list[tuple[float, float, str]] = []

    def note(text: str, _cm: list[float], at: list[float], _font: object, _size: float) -> None:
        if text.strip():
            runs.append((at[4], float(sheet.mediabox.height) - at[5], text.strip()))

    sheet.extract_text(visitor_text=note)
    return runs


def printed_row(line: Row, short_day: bool) -> list[str]:
    day = f"{line['date'][5:7]}/{line['date'][8:10]}/{line['date'][2:4] if short_day else line['date'][:4]}"
    columns = [day, line.get("code", ""), line["description"], f"{Decimal(line['charge']):,.2f}"]
    return [column for column in columns if column]


@pytest.mark.parametrize("read", [words_by_pymupdf, words_by_pypdf])
def test_every_line_points_at_its_own_row(case: Row, sample: Path, read: Any) -> None:
    pages: dict[tuple[str, int], list[tuple[float, float, str]]] = {}
    rects = set()
    for bill in case["bills"]:
        for line in bill["lines"]:
            place = line["evidence"][0]
            where = (place["document"], place["page"])
            if where not in pages:
                pages[where] = read(paper(case, sample, where[0]), where[1])
            row = in_rect(pages[where], place["rect"])
            for column in printed_row(line, place["document"] != "D14"):
                assert column in row, (line["id"], row)
            rects.add((where, tuple(place["rect"])))
    assert len(rects) == 46


def test_a_row_of_the_itemized_bill_holds_nothing_but_its_line(case: Row, sample: Path) -> None:
    data = paper(case, sample, "D12")
    pages = {page: words_by_pymupdf(data, page) for page in (1, 2)}
    for line in case["bills"][0]["lines"]:
        place = line["evidence"][0]
        day, *middle, charge = printed_row(line, True)
        columns = [day, *middle, line["units"], f"{Decimal(line['unit_price']):,.2f}", charge]
        assert in_rect(pages[place["page"]], place["rect"]) == " ".join(columns)


def test_the_visit_summary_says_what_the_disputed_lines_point_at(case: Row, sample: Path) -> None:
    words = words_by_pymupdf(paper(case, sample, "D1"), 1)
    said = {
        line["id"]: in_rect(words, place["rect"])
        for line in case["bills"][0]["lines"]
        for place in line["evidence"]
        if place["document"] == "D1"
    }
    assert said == {
        "L7": "Sedation 22:12 – 22:55 (43 minutes)",
        "L17": "20:52 Ketorolac 30 mg vein once",
        "L32": "One IV was placed in the left forearm at 20:42 and taken out at 13:35.",
        "L33": "You walked out on your own, with your arm in the sling.",
    }


def figures_by_paper(case: Row) -> list[tuple[str, str]]:
    """Every amount that the case file takes from a paper, with that paper."""
    found = []
    money = re.compile(r"-?\d+\.\d{2}")
    for bill in case["bills"]:
        for statement in bill["statements"]:
            found += [(statement["document"], value) for value in statement.values() if money.fullmatch(str(value))]
    for claim in case["claims"]:
        for row in (claim["totals"], *claim["lines"]):
            found += [(claim["document"], value) for value in row.values() if money.fullmatch(str(value))]
    for kind in ("payments", "offers", "estimates", "collections"):
        found += [(row["document"], row["amount"]) for row in case[kind]]
    return [(document, f"{Decimal(value):,.2f}") for document, value in found if document not in NO_TEXT]


def test_every_amount_is_printed_on_its_paper(case: Row, sample: Path) -> None:
    texts = {row["id"]: "".join(text_of(paper(case, sample, row["id"])))
             for row in case["documents"] if row["file"].endswith(".pdf")}  # fmt: skip
    expected = figures_by_paper(case)
    assert len(expected) > 150
    assert [(document, figure) for document, figure in expected if figure not in texts[document]] == []


def test_accounts_and_names_are_printed_on_the_papers(case: Row, sample: Path) -> None:
    for bill in case["bills"]:
        for statement in bill["statements"]:
            text = "".join(text_of(paper(case, sample, statement["document"])))
            for words in (bill["account_number"], statement["number"], statement["patient_name_as_printed"]):
                assert words in text
    for claim in case["claims"]:
        assert claim["number"] in "".join(text_of(paper(case, sample, claim["document"])))


def test_the_letters_that_were_sent_are_kept_word_for_word(case: Row, sample: Path) -> None:
    for letter in (row for row in case["letters"] if row["status"] == "sent"):
        text = " ".join("".join(text_of(paper(case, sample, letter["document"]))).split())
        assert " ".join(letter["body"].split()) in text


def test_the_photograph_lies_on_its_side_and_tells_no_place(case: Row, sample: Path) -> None:
    with Image.open(io.BytesIO(paper(case, sample, "D15"))) as picture:
        exif = picture.getexif()
        assert picture.format == "JPEG"
        assert picture.width > picture.height
        assert exif[ExifTags.Base.Orientation] == 6
        assert not exif.get_ifd(ExifTags.IFD.GPSInfo)


def test_the_receipt_is_one_scanned_page_in_black_and_white(case: Row, sample: Path) -> None:
    with Image.open(io.BytesIO(paper(case, sample, "D7"))) as picture:
        assert (picture.format, picture.mode, getattr(picture, "n_frames", 1)) == ("TIFF", "1", 1)
        assert [round(float(edge)) for edge in picture.info["dpi"]] == [200, 200]
        inked = ImageStat.Stat(picture.convert("L")).mean[0]
        assert 230 < inked < 253
