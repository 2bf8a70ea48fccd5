"""What a screen reader finds in a packet: a tree with every word, once, in the order in which it is to be read."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image
from pypdf.generic import IndirectObject
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Call, CallBill, Evidence, Line, Organization
from medbills_desktop.packet import look
from medbills_desktop.packet.order import PacketOrder, PacketReport
from medbills_desktop.packet.tagging import HEADINGS
from tests.packet.packets import DAY, build, order, paper, papers_case, small_case
from tests.packet.tag_reading import Node, Tagged, smallest_print, stretches

Sample = tuple[PacketOrder, PacketReport]


@pytest.fixture(scope="module")
def tagged(sample: Sample) -> Tagged:
    return Tagged(sample[1].path)


@pytest.fixture(scope="module")
def own_pages(sample: Sample) -> list[int]:
    """The pages of the packet that are no copies, from 1."""
    report = sample[1]
    copies = {each.first_page + own for each in report.exhibits for own in range(1, each.pages + 1)}
    return [page for page in range(1, report.pages + 1) if page not in copies]


def _joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_file_says_that_it_is_tagged_and_in_which_language(tagged: Tagged) -> None:
    assert tagged.root["/MarkInfo"]["/Marked"] is True or bool(tagged.root["/MarkInfo"]["/Marked"])
    assert tagged.root["/Lang"] == "en-US"
    assert bool(tagged.root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert tagged.document.role == "Document"
    with_links = {page for page, _, _ in tagged.annotations()}
    assert with_links
    assert all(tagged.pdf.pages[page - 1]["/Tabs"] == "/S" for page in with_links)


def test_every_mark_is_in_the_tree_once_and_the_tree_has_no_other(tagged: Tagged) -> None:
    _holds_together(tagged)


def _holds_together(read: Tagged) -> None:
    """Each mark of each page is in the tree once and the reverse, and so is each link; both find their nodes."""
    in_tree = Counter(read.document.marks())
    assert set(in_tree.values()) == {1}
    owners = {kid: node.number for node in read.document.nodes() for kid in node.kids if not isinstance(kid, Node)}
    for page in range(1, len(read.pdf.pages) + 1):
        marks, outside = stretches(read.pdf, page)
        assert outside == [], f"page {page} draws what is neither tagged nor decoration"
        assert sorted(marks) == [mark for of, mark in sorted(in_tree) if of == page], f"page {page}"
        assert read.parents_of(page) == [owners.pop((page, mark)) for mark in range(len(marks))], f"page {page}"
    for _, reference, link in read.annotations():
        assert read.parents[int(link["/StructParent"])].idnum == owners.pop(reference.idnum)
    assert owners == {}
    assert len(read.parents) == len(read.pdf.pages) + sum(1 for _ in read.annotations())


def test_what_is_read_aloud_of_each_page_is_what_stands_on_it(tagged: Tagged, own_pages: list[int]) -> None:
    """All but the footer, in the order in which it is drawn."""
    read: dict[int, str] = {}
    for mark in tagged.document.marks():
        read[mark[0]] = read.get(mark[0], "") + tagged.texts.get(mark, "")
    pdf = pypdfium2.PdfDocument(tagged.path)
    for page in own_pages:
        drawn = [tagged.texts.get((page, mark), "") for mark in range(len(stretches(tagged.pdf, page)[0]))]
        assert _joined(read[page]) == _joined("".join(drawn)), f"page {page} is read in another order"
        seen = Counter(_joined(pdf[page - 1].get_textpage().get_text_range()))
        left = seen - Counter(_joined(read[page]))
        footer = Counter(_joined(tagged.texts[page, -1]))
        assert left <= footer, f"page {page}: {left - footer} is not read"
    pdf.close()


def test_words_of_two_lines_are_not_read_as_one(tagged: Tagged) -> None:
    found = next(node for node in tagged.document.nodes() if tagged.text(node).startswith("The exhibits are copies of"))
    assert "which are kept unchanged. On the copies, pages are made a little smaller" in tagged.text(found)


def test_every_part_is_a_section_that_begins_with_its_heading(tagged: Tagged, sample: Sample) -> None:
    titles = [re.sub(r" \(p\. \d+\)$", "", str(entry.title)) for entry in tagged.pdf.outline]  # type: ignore[union-attr]
    sections = [kid for kid in tagged.document.kids if isinstance(kid, Node)]
    assert {section.role for section in sections} == {"Sect"}
    assert [section.entries["/T"] for section in sections] == titles
    for section in sections:
        levels = [int(node.role[1:]) for node in section.under("H1", "H2", "H3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    headings = [tagged.text(node).strip() for node in tagged.document.under("H1", "H2", "H3")]
    assert {"Summary", "Contents", "Contact log", "Promises", "Statement of copies"} <= set(headings)
    assert sum("Lantern Hill Medical Center" in text for text in headings if "2025" in text) > 1, "contacts"


def test_what_is_asked_for_is_a_list(tagged: Tagged) -> None:
    lists = tagged.document.under("L")
    assert len(lists) >= 2
    for each in lists:
        items = each.direct("LI")
        assert len(items) == len(each.kids) > 0
        assert all([node.role for node in item.kids] == ["LBody"] for item in items)  # type: ignore[union-attr]
    assert sum(tagged.text(each).startswith("Please review the 6 disputed lines") for each in lists) >= 1


def test_tables_have_rows_of_the_same_length_under_headings(tagged: Tagged) -> None:
    tables = tagged.document.under("Table")
    assert len(tables) > 20
    for table in tables:
        rows = table.direct("TR")
        assert len(rows) == len(table.kids) > 0
        lengths = {sum(int(cell.attribute("/ColSpan") or 1) for cell in row.direct("TH", "TD")) for row in rows}
        assert len(lengths) == 1
        assert all(len(row.kids) == len(row.direct("TH", "TD")) for row in rows)
        assert {str(cell.attribute("/Scope")) for cell in table.under("TH")} <= {"/Column", "/Row"}
        assert table.under("TH"), "no cell says what the others are"


def test_a_table_over_several_pages_is_one_and_has_one_header(tmp_path: Path) -> None:
    lines = [Line(id=n, bill_id=1, number=n, description=f"Service {n}", mark="not_received") for n in range(1, 121)]
    tall = Line(id=200, bill_id=1, number=200, description=" ".join(["word"] * 2500), mark="not_received")
    case, sources = papers_case([paper(tmp_path / "a.pdf")], *lines, tall)
    read = Tagged(build(order(case, sources), tmp_path).path)
    table = next(node for node in read.document.under("Table") if "Service 1 " in f"{read.text(node)} ")
    assert len({page for page, _ in table.marks()}) > 3
    rows = table.direct("TR")
    assert [read.text(cell).strip() for cell in rows[0].direct("TH")][:3] == ["No.", "Date", "Code"]
    assert len(rows) == 1 + 121 + 1
    assert read.text(table).count("Description and reason") == 1
    cut = next(row for row in rows if "word" in read.text(row))
    assert read.text(cut).split().count("word") == 2500
    assert len({page for page, _ in cut.marks()}) > 1


def test_every_link_is_in_the_tree_and_says_where_it_leads(tagged: Tagged) -> None:
    owners = {kid: node for node in tagged.document.nodes() for kid in node.kids if isinstance(kid, int)}
    seen = 0
    for page, reference, link in tagged.annotations():
        node = owners[reference.idnum]
        assert node.role == "Link"
        target = tagged.numbers[list.__getitem__(link["/Dest"], 0).idnum]
        assert re.fullmatch(rf".+, page {target}", link["/Contents"])
        said = tagged.text(node).strip()
        assert said, f"a link on page {page} has no words"
        numbers = re.findall(r"(\d+)$", said)
        assert not numbers or "Exhibit" not in said or numbers == [str(target)]
        seen += 1
    assert seen > 100


def test_copies_with_words_are_read_and_pictures_are_told(tagged: Tagged, sample: Sample) -> None:
    asked, report = sample
    sections = {str(each.entries["/T"]): each for each in tagged.document.direct("Sect")}
    pictures = texts = 0
    for exhibit in report.exhibits:
        section = sections[f"Exhibit {exhibit.letter}: {exhibit.title}"]
        for own in range(1, exhibit.pages + 1):
            page = exhibit.first_page + own
            nodes = [node for node in section.direct("P", "Figure") if any(of == page for of, _ in node.kids)]  # type: ignore[misc]
            stamp = f"Exhibit {exhibit.letter} · {own} of {exhibit.pages} · page {page} of {report.pages}"
            assert [kid[1] for kid in nodes[0].kids] == [1, 0]  # type: ignore[index]
            assert stamp in tagged.text(nodes[0])
            if nodes[0].role == "Figure":
                told = f"Exhibit {exhibit.letter}, page {own} of {exhibit.pages}: a copy of {exhibit.title}"
                assert nodes[0].entries["/Alt"] == told
                pictures += 1
            else:
                assert "/Alt" not in nodes[0].entries
                texts += 1
            assert all(str(node.entries["/ActualText"]).startswith("Framed on this page: line") for node in nodes[1:])
    assert pictures
    assert texts
    assert asked.exhibits


def test_fonts_of_the_own_pages_are_embedded_and_say_what_their_signs_mean(
    tagged: Tagged, own_pages: list[int]
) -> None:
    for page in own_pages:
        for font in tagged.pdf.pages[page - 1]["/Resources"]["/Font"].values():
            entries = font.get_object()
            assert "/FontFile2" in entries["/FontDescriptor"], entries["/BaseFont"]
            assert "/ToUnicode" in entries


def test_nothing_is_claimed_that_no_validator_has_passed(sample: Sample) -> None:
    described = pypdf.PdfReader(sample[1].path).trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    assert b"dc:title" in described
    assert b"pdfaid" not in described
    assert b"pdfuaid" not in described


def test_print_is_large_and_dark_enough() -> None:
    styles = [each for each in vars(look).values() if isinstance(each, ParagraphStyle)]
    assert len(styles) > 15
    for style in styles:
        assert style.fontSize >= 8, style.name
        assert _contrast(style.textColor) >= 4.5, style.name
    assert _contrast((look.MUTED,) * 3) >= 4.5
    assert set(HEADINGS) == {style.name for style in styles if style.name.endswith(("heading", "section", "title"))}


def test_no_print_of_the_own_pages_is_small(tagged: Tagged, own_pages: list[int]) -> None:
    assert min(smallest_print(tagged.pdf, page) for page in own_pages) >= 8


def _contrast(colour: object) -> float:
    """Against white paper, as WCAG 2.2 reckons it."""
    parts = colour if isinstance(colour, tuple) else (colour.red, colour.green, colour.blue)  # type: ignore[attr-defined]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)


def test_frames_on_a_copy_are_told(tmp_path: Path) -> None:
    line = Line(id=1, bill_id=1, number=7, description="Syringe", mark="not_received")
    shown = Evidence(id=1, line_id=1, document_id=1, page=1, rect=(60.0, 100.0, 300.0, 140.0))
    case, sources = papers_case([paper(tmp_path / "a.pdf")], line, shown)
    read = Tagged(build(order(case, sources), tmp_path).path)
    assert [node.entries["/ActualText"] for node in read.document.nodes() if "/ActualText" in node.entries] == [
        "Framed on this page: line 7"
    ]


def test_a_volume_has_the_tags_of_its_own_pages_alone(tmp_path: Path) -> None:
    files = [_heavy(tmp_path / f"{name}.pdf", name) for name in "abcd"]
    case, sources = papers_case(files)
    made = build(order(case, sources, limit=300_000), tmp_path)
    assert len(made.volumes) > 1
    parts: list[str] = []
    for volume in made.volumes:
        read = Tagged(volume.path)
        parts += [str(section.entries["/T"]) for section in read.document.direct("Sect")]
        _holds_together(read)
        nodes = {node.number for node in read.document.nodes()}
        kept = {number for number in range(1, int(read.pdf.trailer["/Size"])) if _is_node(read, number)}
        assert kept == nodes, "nodes of other volumes are still in the file"
    assert len(parts) == len(set(parts))
    assert sum(part.startswith("Exhibit ") for part in parts) == len(files)


def _heavy(path: Path, name: str) -> Path:
    """A paper with a picture of 70 kB that can't be packed."""
    picture = Image.frombytes("L", (260, 270), random.Random(name).randbytes(260 * 270))
    canvas = Canvas(str(path), invariant=1)
    for page in (1, 2):
        canvas.drawImage(ImageReader(picture), 72, 72)
        canvas.drawString(72, 720, f"page {page}")
        canvas.showPage()
    canvas.save()
    return path


def _is_node(read: Tagged, number: int) -> bool:
    found = read.pdf.get_object(IndirectObject(number, 0, read.pdf))
    return isinstance(found, dict) and "/S" in found and "/P" in found and found.get("/Type") is None


def test_words_that_read_from_the_right_are_told_in_their_order(tmp_path: Path) -> None:
    """They are drawn from left to right, so the marks alone would give them backwards."""
    called = Call(id=1, organization_id=2, started=Moment(DAY), said="שלום עולם, account 12 of 2025")
    case = small_case(
        Organization(id=2, name="عيادة السلام", kind="clinic"), called, CallBill(id=1, call_id=1, bill_id=1)
    )
    read = Tagged(build(order(case), tmp_path).path)
    told = [str(node.entries["/ActualText"]) for node in read.document.nodes() if "/ActualText" in node.entries]
    assert "Said: שלום עולם, account 12 of 2025" in told
    assert any("عيادة السلام" in text for text in told)


def test_a_paragraph_over_two_pages_is_one(tmp_path: Path) -> None:
    called = Call(id=1, started=Moment(DAY), said=" ".join(["word"] * 1500))
    case = small_case(called, CallBill(id=1, call_id=1, bill_id=1))
    read = Tagged(build(order(case), tmp_path).path)
    told = next(node for node in read.document.under("P") if read.text(node).startswith("Said:"))
    assert read.text(told).split().count("word") == 1500
    assert len({page for page, _ in told.marks()}) > 1
