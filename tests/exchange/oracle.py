"""A second opinion on case files, written without the code under test: the schema, plus what a schema can't say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = json.loads((Path(__file__).parent / "case.schema.json").read_text(encoding="utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

NAMED_BY = {
    "person": "people",
    "insurer": "organizations",
    "facility": "organizations",
    "biller": "organizations",
    "provider": "organizations",
    "organization": "organizations",
    "recipient": "organizations",
    "collector": "organizations",
    "visit": "visits",
    "bill": "bills",
    "policy": "policies",
    "call": "calls",
    "document": "documents",
}
INSIDE = {"statements": "bills", "lines": "bills", "claim_lines": "claims", "promises": "calls"}
SINGULAR = {
    "person": "people",
    "policy": "policies",
    "assistance": "assistance",
    "claim_line": "claim_lines",
    **{
        word: f"{word}s"
        for word in (
            "organization visit bill statement line claim estimate call promise letter payment offer collection task"
            " document"
        ).split()
    },
}
MOMENTS = {("visits", "start"), ("visits", "end"), ("lines", "date"), ("lines", "end"), ("calls", "started")}


def acceptable(tree: Any) -> bool:
    """Whether a parsed case file should be taken."""
    return VALID.is_valid(tree) and all(_facts(tree))


def _facts(tree: dict[str, Any]) -> Iterator[bool]:
    known: dict[str, Counter[str]] = {name: Counter() for name in [*NAMED_BY.values(), *SINGULAR.values()]}
    for name, record, owner in _records(tree):
        if "id" in record and name != "links":
            known[name][record["id"]] += 1
            if owner:
                known[name][f"{owner}/{record['id']}"] += 1
    for name, record, _ in _records(tree):
        for key, value in record.items():
            if isinstance(value, list) and value and isinstance(value[0], dict) and key not in ("evidence", "links"):
                ids = [child["id"] for child in value if "id" in child]
                yield len(set(ids)) == len(ids)
            if key in NAMED_BY and isinstance(value, str):
                yield known[NAMED_BY[key]][value] > 0
            if key == "answers_to":
                yield known[name][value] > 0
            if (name, key) in MOMENTS or (name == "claim_lines" and key == "date"):
                yield _exists(value)
        if name == "calls":
            for key in ("bills", "claims"):
                ids = record.get(key, [])
                yield len(set(ids)) == len(ids)
                yield all(known[key][id] for id in ids)
        if name == "links":
            plural = SINGULAR.get(record["type"], record["type"])
            yield plural in SINGULAR.values() and known[plural][record["id"]] == 1
    for value in tree.values():
        if isinstance(value, list):
            ids = [record["id"] for record in value if "id" in record]
            yield len(set(ids)) == len(ids)


def _records(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for name, value in tree.items():
        for record in value if isinstance(value, list) else []:
            yield name, record, ""
            for key, children in record.items():
                for child in children if isinstance(children, list) else []:
                    if isinstance(child, dict):
                        yield ("claim_lines" if name == "claims" else key), child, record.get("id", "")
                        for region in child.get("evidence", []):
                            yield "evidence", region, ""


def _exists(moment: str) -> bool:
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True
