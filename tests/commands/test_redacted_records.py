"""Whatever free text of whatever record a packet may print: nothing personal in it gets into a redacted packet.

The records are made from the descriptions of their kinds, every text of every kind full of what is personal, so that a
new field or a new section is caught here by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pymupdf
import pypdf
import pytest

from medbills_desktop.commands.redacted_case import all_redacted, redacted_case, redacted_source
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KINDS, Bill, Document, Person, Policy, Record, fields_of
from medbills_desktop.domain.redaction import masked, needles_of, takes_in
from medbills_desktop.packet import manifest
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.order import CantShow, ExhibitSource, PacketFinding, PacketOrder, PacketReport, PacketRule
from medbills_desktop.packet.parts import PART_KEYS
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.papers.redaction_proof import prove
from tests.packet.packets import never, paper, quiet
from tests.papers.attacks import everything_in

DAY = date(2025, 3, 31)
BORN = date(1987, 4, 22)
ACCOUNT, MEMBER, GROUP = "0048213907", "CEP-771204-2", "HVX442077"
PERSONAL = (
    "acct 0048-2139-07, 0048 2139 07; member CEP 771204 2, CEP7712042; group hvx-442077; born 4/22/1987, 04-22-87, "
    "April 22, 1987, 22 de abril de 1987, 1987-04-22; SSN 123-45-6789; dx E11.9, S72.001A; A & B < C"
)
GONE = ("0048213907", "48213907", "CEP7712042", "HVX442077", "123456789", "E11.9", "S72.001A", "APRIL 22", "DE ABRIL")
KNOWN: dict[tuple[type[Record], str], Any] = {
    (Person, "date_of_birth"): BORN,
    (Bill, "account_number"): ACCOUNT,
    (Policy, "member_id"): MEMBER,
    (Policy, "group_number"): GROUP,
    (Document, "sha256"): "ab" * 32,
    (Document, "media_type"): "application/pdf",
}
VALUES: dict[Any, Any] = {
    int: 1, bool: True, float: 1.5, Cents: Cents(12_345), Decimal: Decimal(1), date: DAY, Moment: Moment(DAY),
    tuple[float, ...]: (72.0, 90.0, 300.0, 110.0),
}  # fmt: skip


def _texts(kind: type[Record], name: str) -> str:
    return f"[{kind.KIND}.{name}] {PERSONAL}"


def _value(kind: type[Record], info: Any, number: int) -> Any:
    """A value that fits a field; every word of a choice gets its turn, and every text is full of what is personal."""
    if (kind, info.name) in KNOWN:
        return KNOWN[kind, info.name]
    if info.name == "id":
        return number
    if info.refers_to:
        return 1
    if info.choices:
        return info.choices[number % len(info.choices)]
    if info.type is str:
        return _texts(kind, info.name)
    if info.type == tuple[str, ...]:
        return (_texts(kind, info.name), PERSONAL)
    if str(info.type).startswith("dict"):
        return {"arrival": _texts(kind, info.name)}
    return VALUES[info.type]


def _records() -> Iterator[Record]:
    for kind in KINDS:
        infos = fields_of(kind)
        most = 1 if kind in (Bill, Person, Policy) else max([1, *(len(info.choices) for info in infos)])
        for number in range(1, most + 1):
            yield kind(**{info.name: _value(kind, info, number) for info in infos})


@dataclasses.dataclass(frozen=True)
class Made:
    case: Case
    report: PacketReport
    text: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("records")
    case = case_of([*_records()])
    needles = needles_of([*case.all(Person), *case.all(Policy), *case.all(Bill)])
    shown = paper(folder / "a.pdf")
    sources = [
        ExhibitSource(document, shown if place else CantShow(PERSONAL, PERSONAL), notices=(PERSONAL,))
        for place, document in enumerate(case.all(Document))
    ]
    finding = PacketFinding(PERSONAL, "strong", Cents(5), PERSONAL, PERSONAL, 1, check="duplicate")
    rule = PacketRule("r.x", *[PERSONAL] * 4, DAY, *[PERSONAL] * 4, bill_id=1)
    order = PacketOrder(
        case=redacted_case(case, needles),
        bill_ids=(1,),
        audience="biller",
        prepared_on=DAY,
        findings=all_redacted([finding], needles),
        include_private_notes=True,
        exhibits=tuple(redacted_source(source, needles) for source in sources),
        redacted=True,
        rules=all_redacted([rule], needles),
        parts=PART_KEYS,
    )
    report = build_packet(order, folder / "packet.pdf", quiet, never)
    return Made(case, report, " ".join(page.extract_text() for page in pypdf.PdfReader(report.path).pages))


def test_nothing_personal_of_any_record_is_in_the_packet(made: Made) -> None:
    path, needles = made.report.path, needles_of([*made.case.all(Person), *made.case.all(Policy), *made.case.all(Bill)])
    assert prove(path, needles, manifest.KEY).left == ()
    assert verify_packet(path) == []
    with pymupdf.open(path) as pdf:
        pages = [page.get_text() for page in pdf]
    for text in (made.text, *pages):
        assert takes_in(text, needles) == []
    for where, data in everything_in(path):
        told = data.decode("latin-1").upper()
        squeezed = "".join(char for char in told if char not in " -\n") if where.startswith("text") else told
        assert [each for each in GONE if each in told or each in squeezed] == [], where


def test_the_packet_was_full_of_texts_of_nearly_every_kind(made: Made) -> None:
    """Else the test above would say nothing."""
    squeezed = "".join(made.text.split())
    printed = {
        (kind.KIND, info.name) for kind in KINDS for info in fields_of(kind) if f"[{kind.KIND}.{info.name}]" in squeezed
    }
    assert len(printed) > 30
    kinds = {kind for kind, _ in printed}
    assert {"person", "organization", "line", "call", "promise", "letter", "offer", "collection", "document"} <= kinds
    assert {"claim", "payment", "assistance_paper", "appeal", "point_answer", "promise_proof", "estimate"} <= kinds
    assert squeezed.count("••••3907") > 50


def test_the_same_texts_are_found_where_nobody_masks_them(made: Made) -> None:
    needles = needles_of([*made.case.all(Person), *made.case.all(Policy), *made.case.all(Bill)])
    kinds = {take.kind for take in takes_in(PERSONAL, needles)}
    assert kinds == {"account_number", "member_number", "birth_date", "social_security_number", "diagnosis"}
    assert not [each for each in GONE if each in masked(PERSONAL, needles).upper()]
