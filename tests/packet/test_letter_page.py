"""A letter on paper: looks, lists and every script as typed, copies listed, the same letter the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pymupdf

from medbills_desktop.domain.letter_paper import LetterPage
from medbills_desktop.packet.letter_page import letter_pdf

PAGE = LetterPage(("Ana Ruiz", "12 Elm Street"), "May 4, 2025", ("Blue Mesa", "1 Main Street"), "Re: It", "")


def spans(body: str) -> dict[str, tuple[str, float]]:
    """Each stretch of text with its font and how far from the left it begins, in points."""
    found: dict[str, tuple[str, float]] = {}
    with pymupdf.open(stream=letter_pdf(replace(PAGE, body=body)).pdf) as paper:
        for page in paper:
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        found[span["text"].strip()] = (span["font"], span["bbox"][0])
    return found


def text(page: LetterPage) -> str:
    with pymupdf.open(stream=letter_pdf(page).pdf) as paper:
        return " ".join(" ".join(each.get_text() for each in paper).split())


def test_bold_and_italic_are_drawn_in_their_own_fonts() -> None:
    found = spans("plain [b]heavy[/b] [i]slanted[/i] [b][i]both[/i][/b] end")
    fonts = {words: font for words, (font, _) in found.items()}
    assert fonts["heavy"].endswith("SemiBold")
    assert fonts["slanted"].endswith("Italic")
    assert "SemiBoldIta" in fonts["both"]
    assert fonts["plain"] == fonts["end"]
    assert fonts["end"].endswith("Regular") or fonts["end"].endswith("MedBillsSans")


def test_items_stand_in_with_the_lines_that_go_on_in_them() -> None:
    found = spans("Before\n• one\n\n1. First\nMore of it\n\nAfter")
    left = {words: place for words, (_, place) in found.items()}
    assert left["one"] == left["First"] == left["More of it"] > left["Before"] == left["After"] == left["•"]


def test_what_looks_like_markup_elsewhere_comes_through() -> None:
    typed = "**LATE CHARGE** _x_ <b>&amp; [b] C:\\x [your own]"
    assert typed in text(replace(PAGE, body=typed))
    assert "the sign [b] itself[/b]" in text(replace(PAGE, body="the sign \\[b] itself\\[/b]"))


def test_a_line_that_reads_from_the_right_keeps_its_words() -> None:
    assert "ABC" in text(replace(PAGE, body="[b]ABC[/b] שלום [i]DEF[/i]"))
    assert "DEF" in text(replace(PAGE, body="[b]ABC[/b] שלום [i]DEF[/i]"))


def test_copies_stand_below_the_text() -> None:
    shown = text(replace(PAGE, body="Text.", enclosures=("Enclosures (copies):", "Bill of May", "EOB")))
    assert shown.endswith("Text. Enclosures (copies): 1. Bill of May 2. EOB")


def test_the_same_letter_gives_the_same_bytes_and_says_how_many_pages_it_has() -> None:
    page = replace(PAGE, body="\n\n".join(f"{number}. [b]Point[/b]\nWhy?" for number in range(1, 60)))
    made = letter_pdf(page)
    assert made == letter_pdf(page)
    with pymupdf.open(stream=made.pdf) as paper:
        assert paper.page_count == made.pages > 2


def test_pages_that_follow_say_which_they_are_of_how_many_and_what_they_belong_to() -> None:
    about = "Re: account 0048213907 – 王小明"
    long = replace(PAGE, about=about, body="\n\n".join(f"Paragraph {number}." for number in range(120)))
    with pymupdf.open(stream=letter_pdf(long).pdf) as paper:
        feet = [" ".join(page.get_text(clip=(0, 740, 612, 792)).split()) for page in paper]
    assert feet == ["", *(f"page {number} of {len(feet)} {about}" for number in range(2, len(feet) + 1))]
    assert text(replace(PAGE, body="Short.")).endswith("Short.")
