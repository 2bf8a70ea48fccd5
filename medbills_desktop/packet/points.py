"""The numbered points of the summary: what is disputed on lines, then what else does not add up, with the proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Assistance, Bill, Claim, Collection, Line, Payment, Record, Statement
from medbills_desktop.domain.words import MARK
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.figures import code_words, known_sum
from medbills_desktop.packet.linked import numbered_lines
from medbills_desktop.packet.order import PacketFinding
from medbills_desktop.packet.typesetting import Markup

_SINGLY = 6
_LONGEST = 230
_MOST_NUMBERS = 18
_TAGS = re.compile("<[^>]*>")
_RANK = {"fact": 0, "strong": 1, "question": 2, "info": 3}


@dataclass(frozen=True, slots=True)
class Point:
    """One contention in a sentence or two, the amount at stake, and a link to the page that proves it."""

    text: str
    amount: Cents | None
    proof: Markup | None


def line_points(book: Book) -> tuple[Point, ...]:
    """Points about lines: one each while they are few, else one for each mark of each bill. Together: all disputed."""
    disputed = [line for line in book.scope.lines if is_disputed(line)]
    if len(disputed) <= _SINGLY:
        return tuple(_single(book, line) for line in disputed)
    groups: dict[tuple[int, str], list[Line]] = {}
    for line in disputed:
        groups.setdefault((line.bill_id, line.mark or "unreviewed"), []).append(line)
    return tuple(_group(book, lines) for lines in groups.values())


def finding_points(book: Book) -> tuple[Point, ...]:
    """Points about findings that are not already told by disputed lines; what is only a note is no point.

    What is plain arithmetic comes first, and of it the largest amount, so that a summary cut short keeps what matters.
    """
    return tuple(
        Point(shortened(finding.title), finding.amount, _joined(finding_proofs(book, finding)))
        for finding in _findings_of_points(book)
    )


def point_numbers(book: Book) -> dict[PacketFinding, int]:
    """The numbers that the findings have among the points of the summary, for those that are points of their own."""
    before = len(line_points(book))
    return {finding: before + at for at, finding in enumerate(_findings_of_points(book), 1)}


def _findings_of_points(book: Book) -> list[PacketFinding]:
    found = (each for each in book.order.findings if each.level != "info" and not _is_told(book, each))
    return sorted(found, key=lambda finding: (_RANK[finding.level], -(finding.amount or 0)))


def _is_told(book: Book, finding: PacketFinding) -> bool:
    """Whether the disputed lines tell it: all its lines are disputed, or those that are come to its amount."""
    lines = [line for line in map(partial(book.order.case.find, Line), finding.line_ids) if line]
    disputed = [line for line in lines if is_disputed(line)]
    if not disputed:
        return False
    return len(disputed) == len(lines) or known_sum(line.disputed for line in disputed) == finding.amount


def finding_proofs(book: Book, finding: PacketFinding, long: bool = False) -> tuple[Markup, ...]:
    """The pages that show what a finding speaks of: its first line, statement, EOB, payment and contact.

    Of what concerns a collector or an application for assistance also the paper of that. Where it names none of these,
    the bill's latest paper.
    """
    case = book.order.case
    lines = (case.find(Line, line_id) for line_id in finding.line_ids)
    found = [next((proof for proof in (book.line_link(line, long) for line in lines if line) if proof), None)]
    for kind, ids in ((Statement, finding.statement_ids), (Claim, finding.claim_ids), (Payment, finding.payment_ids)):
        records = (case.find(kind, record_id) for record_id in ids)
        found.append(
            next((proof for proof in (book.record_link(each, long) for each in records if each) if proof), None)
        )
    found += [book.call_link(call_id, long) for call_id in finding.call_ids[:1]]
    found.insert(0, _paper_of_kind(book, finding, long))
    proofs = told_once(proof for proof in found if proof)
    if proofs or finding.statement_ids or finding.claim_ids or finding.payment_ids or finding.call_ids:
        return proofs
    papers = (*reversed(case.statements(finding.bill_id)), *case.claims(finding.bill_id))
    latest = next((proof for proof in (book.record_link(paper, long) for paper in papers) if proof), None)
    return (latest,) if latest else ()


def _paper_of_kind(book: Book, finding: PacketFinding, long: bool) -> Markup | None:
    """The notice of the collector whom a finding names, or what shows the application for assistance it is about."""
    case = book.order.case
    if finding.check == "collector-notice":
        notices = case.of(Collection, "bill_id", finding.bill_id)
        about: Sequence[Record] = [each for each in notices if book.name(each.collector_id) in finding.title]
    elif finding.check == "assistance-window":
        about = case.of(Assistance, "bill_id", finding.bill_id)
    else:
        return None
    return next((proof for proof in (book.record_link(each, long) for each in reversed(about)) if proof), None)


def told_once(proofs: Iterable[Markup]) -> tuple[Markup, ...]:
    """Links without those that would read like one before them, such as the same page twice."""
    named: dict[str, Markup] = {}
    for proof in proofs:
        named.setdefault(_TAGS.sub("", proof), proof)
    return tuple(named.values())


def _joined(proofs: tuple[Markup, ...]) -> Markup | None:
    return Markup("<br/>".join(proofs)) if proofs else None


def mark_words(line: Line, otherwise: str = "") -> str:
    """What the user thinks of a line in words for the reader; `otherwise` where it is only disputed by an amount."""
    if line.mark == "unclear":
        return "Question"
    return otherwise if line.mark in (None, "unreviewed", "ok") else MARK[line.mark]


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text, or its beginning up to a space with an ellipsis where it is long."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    return f"{head[: head.rfind(' ')] if ' ' in head[longest // 2 :] else head}…"


def _single(book: Book, line: Line) -> Point:
    parts = [f"Line {book.line_names[line.id]}"]
    if line.date:
        parts.append(plain_day(line.date.day))
    if line.code:
        parts.append(code_words(line.code, line.modifiers))
    words = f"{', '.join(parts)}: {line.description}"
    reason = f": {line.reason}" if line.reason else ""
    told = f"{shortened(words, 110)}. {mark_words(line, 'Disputed')}{reason}"
    return Point(shortened(told), line.disputed, book.line_link(line))


def _group(book: Book, lines: list[Line]) -> Point:
    numbers = numbered_lines((book.line_names[line.id] for line in lines), _MOST_NUMBERS)
    bill = book.order.case.get(Bill, lines[0].bill_id)
    biller = f", {shortened(book.name(bill.biller_id), 60)}" if len(book.scope.bills) > 1 else ""
    text = f"{mark_words(lines[0], 'Disputed')}: {numbers}{biller}"
    proofs = (book.line_link(line) for line in lines)
    return Point(text, known_sum(line.disputed for line in lines), next((proof for proof in proofs if proof), None))
