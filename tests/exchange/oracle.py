"""A second opinion on case files, written without the code under test: the schema, plus what a schema can't say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import jsonschema

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
SINGULAR = {
    "person": "people",
    "policy": "policies",
    "assistance": "assistance",
    "claim_line": "claim_lines",
    "organization": "organizations",
    "visit": "visits",
    "bill": "bills",
    "statement": "statements",
    "line": "lines",
    "claim": "claims",
    "estimate": "estimates",
    "call": "calls",
    "promise": "promises",
    "letter": "letters",
    "payment": "payments",
    "offer": "offers",
    "collection": "collections",
    "task": "tasks",
    "document": "documents",
}
MOMENTS = {
    ("visits", "start"),
    ("visits", "end"),
    ("lines", "date"),
    ("lines", "end"),
    ("claim_lines", "date"),
    ("calls", "started"),
}


class Oracle:
    """Says what a case file should be, by the schema given and by the rules of references."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._valid = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    def validate(self, tree: Any) -> None:
        """Raise `jsonschema.ValidationError` for what the schema does not allow."""
        self._valid.validate(tree)

    def acceptable(self, tree: Any) -> bool:
        """Whether a parsed case file should be taken."""
        return self._valid.is_valid(tree) and all(_facts(tree))


def _facts(tree: dict[str, Any]) -> Iterator[bool]:
    known: dict[str, Counter[str]] = {name: Counter() for name in [*NAMED_BY.values(), *SINGULAR.values()]}
    for name, record, owner in _records(tree):
        if "id" in record and name != "links":
            known[name][record["id"]] += 1
            if owner:
                known[name][f"{owner}/{record['id']}"] += 1
    for value in tree.values():
        yield _different(value)
    for name, record, _ in _records(tree):
        for key, value in record.items():
            yield key in ("evidence", "links") or _different(value)
            yield key not in NAMED_BY or not isinstance(value, str) or known[NAMED_BY[key]][value] > 0
            yield key != "answers_to" or known[name][value] > 0
            yield (name, key) not in MOMENTS or _exists(value)
        if name == "calls":
            yield from _mentions(record, known)
        if name == "links":
            plural = SINGULAR.get(record["type"], record["type"])
            yield plural in SINGULAR.values() and known[plural][record["id"]] == 1


def _mentions(call: dict[str, Any], known: dict[str, Counter[str]]) -> Iterator[bool]:
    for key in ("bills", "claims"):
        ids = call.get(key, [])
        yield len(set(ids)) == len(ids)
        yield all(known[key][ref] for ref in ids)


def _different(value: Any) -> bool:
    items = value if isinstance(value, list) else []
    ids = [item["id"] for item in items if isinstance(item, dict) and "id" in item]
    return len(set(ids)) == len(ids)


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
