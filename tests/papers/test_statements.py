"""What a dozen layouts of bills and EOBs print is found again: every amount, account, name and date's year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.text import folded

NAMES = ("provider", "patient", "payer", "account", "member_id", "claim_number", "reference")


def statements() -> list[str]:
    return [f"d{kind:02}-{copy}" for kind in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13) for copy in (0, 1)]


def amounts(value: object) -> Iterator[str]:
    """Every figure of the truth, as digits with two decimals and no sign."""
    if isinstance(value, dict):
        for item in value.values():
            yield from amounts(item)
    elif isinstance(value, list):
        for item in value:
            yield from amounts(item)
    elif isinstance(value, str) and re.fullmatch(r"-?\d+\.\d\d", value):
        yield value.lstrip("-")


def printed_ways(amount: str) -> list[str]:
    """With or without thousands' commas; cents behind a rule come as a word of their own."""
    whole, cents = amount.split(".")
    ways = [f"{int(whole):,}.{cents}", amount, f"{whole} {cents}", f"{int(whole):,} {cents}"]
    return [rf"(?<![\d,.]){re.escape(way)}(?!\d)" for way in ways]


@pytest.mark.parametrize("name", statements())
def test_every_amount_account_and_name_of_a_statement_is_in_its_text(
    shared: Path, reader: PaperReader, name: str
) -> None:
    folder = shared / "samples" / "statements"
    truth = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    paper = reader.open(folder / f"{name}.pdf")
    text = "\n".join(reader.texts(paper.document))
    missing = [amount for amount in amounts(truth) if not any(re.search(way, text) for way in printed_ways(amount))]
    flat = folded(text)
    missing += [truth["header"][key] for key in NAMES if folded(truth["header"].get(key, "")) not in flat]
    assert missing == []


def test_an_amount_is_found_at_the_place_where_it_is_printed(shared: Path, reader: PaperReader) -> None:
    paper = reader.open(shared / "samples" / "statements" / "d01-0.pdf")
    (hit, *_) = reader.search(paper.document, "418.53")
    (box,) = hit.boxes
    words = [word for word in reader.words(paper.document, hit.page) if "418.53" in word.text]
    assert any(
        abs(word.top - box.top) < 3 and word.left - 2 <= box.left <= box.right <= word.right + 2 for word in words
    )
