"""Which papers belong to a packet, why, and in which order they become exhibits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import KINDS, Document, DocumentLink, Organization, Record
from medbills_desktop.packet.scope import Scope

KIND_ORDER: tuple[tuple[str, ...], ...] = (
    ("bill",),
    ("itemized_bill",),
    ("eob",),
    ("medical_record",),
    ("estimate", "consent"),
    ("payment_proof",),
    ("price_evidence",),
    ("collection_notice",),
    ("assistance",),
    ("denial", "appeal"),
    ("letter_sent", "letter_received"),
    ("photo",),
    ("recording",),
    ("other",),
)
"""The order of exhibits: bills first, then what they are held against, then what was said and written."""

_RANKS = {kind: rank for rank, group in enumerate(KIND_ORDER) for kind in group}


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A paper that belongs to the chosen bills; `kind` is its own, or what the record that names it makes it."""

    document: Document
    kind: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Naming:
    """How one kind of record names papers: which records, how each is called, and the kind of paper it makes."""

    records: Callable[[Scope], tuple[Any, ...]]
    words: Callable[[Case, Any], str]
    makes: Callable[[Any], str]


def linked_documents(case: Case, bill_ids: Iterable[int]) -> tuple[LinkedDocument, ...]:
    """The papers that belong to some bills, in exhibit order (kind, then date), each with the reasons in words.

    A paper belongs when a record of the bills names it, when it is linked to such a record, or when a region of it is
    the evidence of a line. Papers that are linked only to a person, an organization or another bill do not belong.
    """
    scope = Scope(case, tuple(bill_ids))
    reasons: dict[int, list[str]] = {}
    made: dict[int, str] = {}
    for document_id, reason, kind in _namings(scope):
        told = reasons.setdefault(document_id, [])
        if reason not in told:
            told.append(reason)
        if kind:
            made.setdefault(document_id, kind)
    found = []
    for document in case.all(Document):
        if document.id in reasons:
            kind = document.kind or made.get(document.id, "other")
            found.append(LinkedDocument(document, kind, tuple(reasons[document.id])))
    return tuple(sorted(found, key=lambda linked: exhibit_key(linked.document, linked.kind)))


def exhibit_key(document: Document, kind: str) -> tuple[Any, ...]:
    """Sorts papers into exhibit order: by kind, then date (undated last), then paper number."""
    day = document.date or document.received
    return (_RANKS.get(kind, len(_RANKS)), day is None, str(day), document.paper_number or "", document.id)


def _namings(scope: Scope) -> Iterator[tuple[int, str, str]]:
    """Paper id, reason and kind of paper for everything in scope that names a paper."""
    case = scope.case
    inside: dict[str, dict[int, str]] = {}
    for name, naming in _TABLE.items():
        words = inside.setdefault(name, {})
        for record in naming.records(scope):
            words[record.id] = naming.words(case, record)
            document_id = getattr(record, "document_id", None)
            if document_id is not None and name != "evidence":
                yield document_id, words[record.id], naming.makes(record)
    yield from _evidence(scope)
    for link in case.all(DocumentLink):
        words = inside.get(_kind_name(link.type), {})
        if link.target_id in words:
            yield link.document_id, words[link.target_id], ""


def _evidence(scope: Scope) -> Iterator[tuple[int, str, str]]:
    numbers: dict[int, list[str]] = {}
    names = line_names(scope)
    for found in scope.evidence:
        numbers.setdefault(found.document_id, []).append(names[found.line_id])
    for document_id, lines in numbers.items():
        yield document_id, f"shows {numbered_lines(lines)} of the bill", ""


def line_names(scope: Scope) -> dict[int, str]:
    """What each line is called in the packet: its printed number, or its place on the bill where none is printed."""
    names = {}
    for bill in scope.bills:
        for place, line in enumerate(scope.case.lines(bill.id), 1):
            names[line.id] = str(place if line.number is None else line.number)
    return names


def numbered_lines(names: Iterable[str], most: int = 24) -> str:
    """Lines by their numbers, neighbours drawn together: `line 7`, `lines 1–12, 15 and 17`; not more than `most`."""
    told = list(dict.fromkeys(names))
    runs: list[list[str]] = []
    for name in told:
        if runs and name.isdecimal() and runs[-1][-1].isdecimal() and int(name) == int(runs[-1][-1]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    shown = [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return f"{'line' if len(told) == 1 else 'lines'} {', '.join(shown[:most])}{more}"


def _kind_name(name: str) -> str:
    return next((kind.KIND for kind in KINDS if name in (kind.KIND, kind.PLURAL)), name)


def _organization(case: Case, record: Record, field: str) -> str:
    found = case.find(Organization, getattr(record, field))
    return f" ({found.name})" if found else ""


def _dated(noun: str, field: str = "date") -> Callable[[Case, Any], str]:
    def words(_case: Case, record: Any) -> str:
        day = getattr(record, field)
        return f"{noun} of {plain_day(day)}" if day else noun

    return words


def _eob(_case: Case, claim: Any) -> str:
    return " ".join(filter(None, ("EOB", claim.number, f"of {plain_day(claim.date)}" if claim.date else "")))


def _always(kind: str) -> Callable[[Any], str]:
    def makes(_record: Any) -> str:
        return kind

    return makes


_TABLE: dict[str, _Naming] = {
    "bill": _Naming(
        lambda scope: scope.bills,
        lambda case, bill: f"bill {bill.account_number or ''}".strip() + _organization(case, bill, "biller_id"),
        _always(""),
    ),
    "statement": _Naming(
        lambda scope: scope.statements,
        _dated("statement"),
        lambda statement: "itemized_bill" if statement.itemized else "bill",
    ),
    "line": _Naming(
        lambda scope: scope.lines, lambda _case, line: f"line “{line.description[:60]}”", _always("itemized_bill")
    ),
    "claim": _Naming(
        lambda scope: scope.claims,
        lambda _case, claim: " ".join(
            filter(None, ("EOB", claim.number, claim.date and f"of {plain_day(claim.date)}"))
        ),
        _always("eob"),
    ),
    "visit": _Naming(
        lambda scope: scope.visits,
        lambda _case, visit: f"visit of {plain_moment(visit.start)}" if visit.start else "visit",
        _always(""),
    ),
    "policy": _Naming(
        lambda scope: scope.policies,
        lambda case, policy: f"policy{_organization(case, policy, 'insurer_id')}",
        _always(""),
    ),
    "estimate": _Naming(lambda scope: scope.estimates, _dated("estimate"), _always("estimate")),
    "call": _Naming(
        lambda scope: scope.calls, lambda _case, call: f"call of {plain_day(call.started.day)}", _always("recording")
    ),
    "promise": _Naming(
        lambda scope: scope.promises, lambda _case, promise: f"promise “{promise.text[:60]}”", _always("")
    ),
    "promise_proof": _Naming(
        lambda scope: scope.promise_proofs, lambda _case, _proof: "shows what became of a promise", _always("")
    ),
    "appeal": _Naming(lambda scope: scope.appeals, _dated("decision on an appeal", "decided"), _always("appeal")),
    "letter": _Naming(
        lambda scope: scope.letters,
        _dated("letter"),
        lambda letter: "letter_received" if letter.status == "received" else "letter_sent",
    ),
    "payment": _Naming(
        lambda scope: scope.payments,
        lambda _case, payment: f"payment of {dollars(payment.amount)} on {plain_day(payment.date)}",
        _always("payment_proof"),
    ),
    "offer": _Naming(
        lambda scope: scope.offers,
        lambda _case, offer: f"offer of {dollars(offer.amount)} on {plain_day(offer.date)}",
        _always("letter_received"),
    ),
    "assistance": _Naming(
        lambda scope: scope.assistance, _dated("assistance application", "applied"), _always("assistance")
    ),
    "collection": _Naming(
        lambda scope: scope.collections, _dated("collection notice", "notice_date"), _always("collection_notice")
    ),
}
