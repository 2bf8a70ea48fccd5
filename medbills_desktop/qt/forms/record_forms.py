"""A form for every kind of record, derived from the record's own annotations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KIND_BY_NAME, FieldInfo, Record, fields_of
from medbills_desktop.qt.forms.code_shapes import SHAPES
from medbills_desktop.qt.forms.fields import Field, FieldKind, Option
from medbills_desktop.store.queries.choices import ListChoices
from medbills_desktop.store.reader import Reader

LABELS = {
    "patient_name_as_printed": "Patient as printed",
    "total_charges": "Total charges",
    "insurer_paid": "Insurer paid",
    "patient_paid": "I paid, as printed",
    "balance": "Balance asked",
    "itemized": "Itemized?",
    "number": "Number",
    "received": "Received on",
    "due": "Due",
    "billed": "Billed",
    "allowed": "Allowed",
    "plan_paid": "Plan paid",
    "patient_responsibility": "Patient responsibility",
    "npi": "NPI",
    "tax_id": "Tax number",
    "emergency": "Emergency?",
    "self_pay": "Paid without insurance?",
    "preventive": "Preventive?",
    "consent_to_out_of_network": "Agreed to out of network?",
    "on_credit_report": "On a credit report?",
    "written_confirmation": "Confirmed in writing?",
    "zero_balance_letter": "Zero-balance letter?",
    "lump_sum": "Lump sum?",
    "self_funded": "Self-funded plan?",
    "nonprofit": "Nonprofit?",
    "paper_number": "Paper number",
    "insurer_id": "Insurer",
    "biller_id": "Biller",
    "person_id": "Patient",
    "facility_id": "Facility",
    "policy_id": "Policy",
    "document_id": "Paper",
    "answers_to_id": "Answers to",
}
HIDDEN = frozenset(
    {"id", "ref", "sha256", "paper_number", "tags", "answers", "modifiers", "remark_codes", "file", "position"}
)
LONG = frozenset({"notes", "said", "asked", "body", "address", "conditions", "outcome", "private_note"})
WORDS = {
    ("bill", "status"): words.STATUS,
    ("organization", "kind"): words.ORGANIZATION_KIND,
    ("document", "kind"): words.DOCUMENT_KIND,
    ("claim", "status"): words.CLAIM_STATUS,
    ("call", "channel"): words.CHANNEL,
}


def form_fields(kind: type[Record], without: frozenset[str] = frozenset()) -> Callable[[Reader], tuple[Field, ...]]:
    """A query that gives the form of a kind, with the records that its fields may refer to."""

    def build(reader: Reader) -> tuple[Field, ...]:
        kept = [
            info
            for info in fields_of(kind)
            if info.name not in HIDDEN and info.name not in without and not info.owner and not info.local_only
        ]
        return tuple(_field(reader, kind, info) for info in kept)

    return build


def _field(reader: Reader, kind: type[Record], info: FieldInfo) -> Field:
    label = LABELS.get(info.name, info.name.removesuffix("_id").replace("_", " ").capitalize())
    options: tuple[Option, ...] = ()
    if info.to:
        options = tuple(Option(choice.id, choice.name) for choice in ListChoices(info.to.kind)(reader))
    elif info.choices:
        table = WORDS.get((kind.KIND, info.name), {})
        options = tuple(Option(word, table.get(word, word.replace("_", " ").capitalize())) for word in info.choices)
    hint = {"day": "month/day/year", "moment": "month/day/year  hour:minute"}.get(_kind(info), "")
    notice = SHAPES.get(info.name)
    return Field(info.name, label, _kind(info), not info.optional, hint, options, of=kind.TITLE, notice=notice)


def _kind(info: FieldInfo) -> FieldKind:
    if info.to:
        return "record"
    if info.choices:
        return "choice"
    by_type: dict[Any, FieldKind] = {
        bool: "yes_no",
        Cents: "money",
        date: "day",
        Moment: "moment",
        Decimal: "decimal",
        int: "whole",
    }
    return by_type.get(info.type, "long" if info.name in LONG else "text")


def kind_named(name: str) -> type[Record]:
    """The record kind of a name."""
    return KIND_BY_NAME[name]
