"""Search over everything as one types: records and the text of papers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from medbills_desktop.store.reader import Reader
from medbills_desktop.store.search import NUMBERS, PAGE, split_row_id
from medbills_desktop.store.search_words import match_expression

_KINDS = {number: kind for kind, number in NUMBERS.items()}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: the record (or a page of a paper), its name, and the text around the words."""

    number: int
    kind: str
    id: int
    page: int | None
    name: str
    text: str


_NAMES = {
    "person": "SELECT name FROM person WHERE id = ?",
    "organization": "SELECT name FROM organization WHERE id = ?",
    "bill": "SELECT organization.name || coalesce(' · ' || account_number, '') FROM bill "
    "JOIN organization ON organization.id = biller_id WHERE bill.id = ?",
    "line": "SELECT organization.name || ' · ' || line.description FROM line JOIN bill ON bill.id = line.bill_id "
    "JOIN organization ON organization.id = biller_id WHERE line.id = ?",
    "statement": "SELECT organization.name || ' · ' || statement.date FROM statement JOIN bill ON bill.id = bill_id "
    "JOIN organization ON organization.id = biller_id WHERE statement.id = ?",
    "call": "SELECT coalesce(organization.name, 'Call') || ' · ' || substr(started, 1, 10) FROM call "
    "LEFT JOIN organization ON organization.id = organization_id WHERE call.id = ?",
    "document": "SELECT coalesce(title, file) FROM document WHERE id = ?",
    "claim": "SELECT 'EOB ' || coalesce(number, date, '') FROM claim WHERE id = ?",
    "price": "SELECT 'Price of ' || code || coalesce(' · ' || description, '') FROM price WHERE id = ?",
    "letter": "SELECT coalesce(subject, kind) FROM letter WHERE id = ?",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is found for the typed words, newest entries of each kind first, at most `limit` hits."""

    typed: str
    limit: int = 100

    def __call__(self, reader: Reader) -> list[Hit]:
        expression = match_expression(self.typed)
        if expression is None:
            return []
        rows = reader.rows(
            "SELECT rowid, body FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", expression, self.limit
        )
        return [self._hit(reader, place, int(row[0]), str(row[1])) for place, row in enumerate(rows)]

    def _hit(self, reader: Reader, place: int, key: int, body: str) -> Hit:
        number, id_ = split_row_id(key)
        text = excerpt(body, self.typed)
        if number == PAGE:
            page = reader.rows("SELECT document_id, page FROM page_text WHERE id = ?", id_)[0]
            name = str(reader.scalar(_NAMES["document"], page.document_id) or "")
            return Hit(place, "document", page.document_id, page.page, name.rsplit("/", 1)[-1], text)
        kind = _KINDS[number]
        name = str(reader.scalar(_NAMES[kind], id_) or "") if kind in _NAMES else kind.replace("_", " ").capitalize()
        return Hit(place, kind, id_, None, name, text)


def excerpt(body: str, typed: str, around: int = 60) -> str:
    """The text around the first typed word, on one line."""
    plain = " ".join(body.split())
    terms = [re.escape(term) for term in typed.split() if re.search(r"\w", term)]
    found = re.search("|".join(terms), plain, re.IGNORECASE) if terms else None
    start = max(0, (found.start() if found else 0) - around)
    end = min(len(plain), (found.end() if found else 0) + 2 * around)
    return ("…" if start else "") + plain[start:end] + ("…" if end < len(plain) else "")
