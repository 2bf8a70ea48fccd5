"""A price noted from the line, proved by a paper, and the line held against it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from medbills_desktop.checks import Finding
from medbills_desktop.commands.lines import EditLines
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Document, DocumentLink, Price
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.forms.form_dialog import FormDialog
from medbills_desktop.qt.viewer.shown import RegionChosen
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter, go_to_cell, lines_of
from tests.support.dialogs import fill, form_in_front
from tests.support.keys import press
from tests.support.small_papers import small_pdf
from tests.support.windows import settle


@pytest.fixture
def at_line(window: MainWindow) -> MainWindow:
    """A window with a bill whose second line has two units for four dollars, and the keyboard there."""
    enter(window, count=3)
    second = lines_of(window)[1]
    window.session.desk.perform(EditLines(((second.id, (("units", Decimal(2)), ("charge", Cents(400)))),)))
    settle(window)
    go_to_cell(window, 1, "code")
    return window


def note(window: MainWindow, amount: str = "0.80") -> Price:
    press("Ctrl+D")
    form = form_in_front()
    fill(form, amount=amount, source="County fee list")
    press("Ctrl+Return")
    settle(window)
    return window.session.read(lambda reader: reader.find(Price))[-1]


def paper(folder: Path) -> Path:
    path = folder / "fees.pdf"
    path.write_bytes(small_pdf("A4215  0.80"))
    return path


def links(window: MainWindow) -> list[DocumentLink]:
    return window.session.read(lambda reader: reader.find(DocumentLink))


def test_one_key_notes_a_price_for_the_code_of_the_line(at_line: MainWindow) -> None:
    row = at_line.bills.bill.lines.prices
    assert row.text == ""
    press("Ctrl+D")
    form = form_in_front()
    raw = form.form.raw()
    assert (raw["code"], raw["description"]) == ("A4215", "Supply 2")
    assert not any(raw[name] for name in ("amount", "date", "source", "place", "basis", "setting"))
    fill(form, amount="0.80", source="County fee list")
    press("Ctrl+Return")
    settle(at_line)
    assert row.text == "2.5 times the noted $0.80 (County fee list); $2.40 more for 2 units."


def test_the_line_says_the_same_figures_as_the_finding(at_line: MainWindow) -> None:
    note(at_line)
    settle(at_line)
    found: list[Finding] = [one.finding for one in at_line.session.findings.all_found]
    finding = next(one for one in found if one.check == "price-vs-reference")
    text = at_line.bills.bill.lines.prices.text
    assert f"{dollars(finding.amount)} more" in text
    assert text.split()[0] in finding.title


def test_where_it_is_not_sure_the_line_says_why(at_line: MainWindow) -> None:
    note(at_line)
    go_to_cell(at_line, 0, "code")
    text = at_line.bills.bill.lines.prices.text
    assert "not compared" in text
    assert "units" in text


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_paper_pasted_or_dropped_on_the_prices_page_proves_the_price(
    at_line: MainWindow, tmp_path: Path, way: str
) -> None:
    price = note(at_line)
    press("Ctrl+6")
    settle(at_line)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper(tmp_path)))])
    if way == "paste":
        QGuiApplication.clipboard().setMimeData(mime)
        press("Ctrl+Shift+V")
    else:
        at_line.intake.take_mime(mime, *at_line.going.target_of_papers())
    settle(at_line)
    (link,) = links(at_line)
    assert (link.type, link.target_id) == ("price", price.id)
    assert at_line.session.read(lambda reader: reader.get(Document, link.document_id)).kind == "price_evidence"
    press("Ctrl+Z")
    settle(at_line)
    assert links(at_line) == []


def test_a_region_drawn_for_the_price_is_found_again_by_one_key(at_line: MainWindow, tmp_path: Path) -> None:
    price = note(at_line)
    press("Ctrl+6")
    settle(at_line)
    at_line.intake.take_files([paper(tmp_path)], *at_line.going.target_of_papers())
    settle(at_line)
    document_id = links(at_line)[0].document_id
    at_line.viewer.region_chosen.emit(RegionChosen(document_id, 1, Box(72, 74, 260, 96)))
    settle(at_line)
    (link,) = links(at_line)
    assert (link.page, link.rect) == (1, (72.0, 74.0, 260.0, 96.0))
    at_line.showing.clear()
    press("F4")
    settle(at_line)
    assert at_line.showing.document_id == document_id
    assert at_line.viewer.view.pointed_out == f"price:{price.id}"


def test_from_the_line_one_click_goes_to_the_proof(at_line: MainWindow, tmp_path: Path) -> None:
    price = note(at_line)
    at_line.intake.take_files([paper(tmp_path)], None, price.id)
    settle(at_line)
    at_line.showing.clear()
    at_line.bills.bill.lines.prices.show_proof()
    assert at_line.showing.document_id == links(at_line)[0].document_id


def test_the_prices_page_says_how_the_chosen_charge_compares(at_line: MainWindow) -> None:
    note(at_line)
    press("Ctrl+6")
    settle(at_line)
    page = at_line.prices
    said = set()
    for row in range(3):
        page.charged.setCurrentIndex(page.charged.rows_model.index(row, 0))
        said.add(page.said)
    assert "2.5 times the noted $0.80 (County fee list); $2.40 more for 2 units." in said
    assert any("not compared" in text for text in said)


def test_a_paper_that_is_here_already_can_be_the_proof(at_line: MainWindow, tmp_path: Path) -> None:
    price = note(at_line)
    at_line.intake.take_files([paper(tmp_path)], None)
    settle(at_line)
    press("Ctrl+6")
    settle(at_line)
    at_line.prices._link_held()
    form: FormDialog = form_in_front()
    press("Ctrl+Return")
    assert "No paper is chosen" in form.form.problem("document_id").text()
    form.form.put_back({"document_id": 1})
    fill(form, page="1")
    press("Ctrl+Return")
    settle(at_line)
    assert [(link.type, link.target_id, link.page) for link in links(at_line)] == [("price", price.id, 1)]


def test_the_search_field_finds_a_note_and_goes_to_it(at_line: MainWindow) -> None:
    price = note(at_line)
    at_line.session.desk.perform(AddRecord(Price(code="A4550", amount=Cents(100), source="Another list")))
    at_line.search_field.setText("county fee")
    settle(at_line)
    hits = at_line.search.view.rows_model.rows
    assert [(hit.kind, hit.id) for hit in hits] == [("price", price.id)]
    assert "A4215" in hits[0].name
    at_line.search.view.setFocus()
    press("Return")
    settle(at_line)
    assert at_line.going.page_name == "prices"
    assert at_line.prices.view.current_id() == price.id


def test_a_proof_that_is_removed_is_no_longer_offered(at_line: MainWindow, tmp_path: Path) -> None:
    price = note(at_line)
    at_line.intake.take_files([paper(tmp_path)], None, price.id)
    settle(at_line)
    assert at_line.bills.bill.lines.prices._proof.isVisible()
    press("Ctrl+Z")
    settle(at_line)
    assert not at_line.bills.bill.lines.prices._proof.isVisible()
