"""Noted prices as a list, and what was charged for the same code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.price_comparison import Comparison, compare, compare_all, plain_code
from medbills_desktop.domain.records import Bill, DocumentLink, Line, Price, Visit
from medbills_desktop.store.reader import Reader

_PLAIN = "upper(replace({}, ' ', ''))"
"""A code as `plain_code` has it."""

_CHARGED = f"(SELECT {_PLAIN.format('code')} AS plain, count(*) AS lines FROM line WHERE code IS NOT NULL GROUP BY 1)"
_PROOF = (
    "(SELECT coalesce(title, file) FROM document JOIN document_link ON document_link.document_id = document.id "
    "WHERE type = 'price' AND target_id = price.id ORDER BY page IS NOT NULL DESC, document_link.id DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One noted price; `charged` counts the lines with its code, `proof` names the paper that shows the price."""

    id: int
    code: str
    description: str | None
    amount: Cents
    unit: str | None
    basis: str | None
    setting: str | None
    source: str
    place: str | None
    date: Day | None
    charged: int
    proof: str | None = None


@dataclass(frozen=True, slots=True)
class ListPrices:
    """Prices that hold all the words given, somewhere; all of them without words."""

    words: str = ""

    def __call__(self, reader: Reader) -> list[PriceRow]:
        sql = (
            f"SELECT price.*, coalesce(charged.lines, 0) AS charged, {_PROOF} AS proof FROM price "
            f"LEFT JOIN {_CHARGED} AS charged ON charged.plain = {_PLAIN.format('price.code')} "
            "ORDER BY price.code COLLATE NOCASE, price.amount, price.id"
        )
        rows = [
            PriceRow(
                row.id,
                row.code,
                row.description,
                Cents(row.amount),
                row.unit,
                row.basis,
                row.setting,
                row.source,
                row.place,
                date.fromisoformat(row.date) if row.date else None,
                row.charged,
                row.proof.rsplit("/", 1)[-1] if row.proof else None,
            )
            for row in reader.rows(sql)
        ]
        wanted = self.words.casefold().split()
        return [row for row in rows if all(word in _text(row) for word in wanted)]


def _text(row: PriceRow) -> str:
    parts = (row.code, row.description, row.basis, row.setting, row.source, row.place, row.date and f"{row.date:%b %Y}")
    return " ".join(part for part in parts if part).casefold().replace("_", " ")


@dataclass(frozen=True, slots=True)
class ChargedRow:
    """A line with the code of a noted price, held against it; `comparison` says why not where that is not sure."""

    id: int
    biller: str
    comparison: Comparison

    @property
    def line(self) -> Line:
        return self.comparison.line


@dataclass(frozen=True, slots=True)
class ListChargesFor:
    """The lines with the code of a price, the newest first."""

    price_id: int

    def __call__(self, reader: Reader) -> list[ChargedRow]:
        price = reader.get(Price, self.price_id)
        rows = reader.rows(
            f"SELECT line.id, organization.name, bill.visit_id FROM line JOIN bill ON bill.id = line.bill_id "
            f"JOIN organization ON organization.id = bill.biller_id WHERE {_PLAIN.format('line.code')} = ? "
            "ORDER BY line.date DESC, line.id",
            plain_code(price.code),
        )
        lines = {line.id: line for line in reader.find_any(Line, "id", [row[0] for row in rows])}
        visits = {visit.id: visit for visit in reader.find_any(Visit, "id", list({row[2] for row in rows}))}
        return [ChargedRow(id_, name, compare(lines[id_], visits.get(visit), price)) for id_, name, visit in rows]


@dataclass(frozen=True, slots=True)
class CompareLine:
    """A line beside every price that was noted for its code, those that can be compared first."""

    line_id: int

    def __call__(self, reader: Reader) -> list[Comparison]:
        found = reader.find(Line, id=self.line_id)
        code = plain_code(found[0].code) if found else ""
        if not code:
            return []
        ids = [row[0] for row in reader.rows(f"SELECT id FROM price WHERE {_PLAIN.format('code')} = ?", code)]
        visit_id = reader.get(Bill, found[0].bill_id).visit_id if ids else None
        visit = reader.get(Visit, visit_id) if visit_id is not None else None
        return compare_all(found[0], visit, reader.find_any(Price, "id", ids))


@dataclass(frozen=True, slots=True)
class HasNotedPrices:
    """Whether a price is noted for the code of any line of a bill."""

    bill_id: int

    def __call__(self, reader: Reader) -> bool:
        sql = (
            f"SELECT 1 FROM line WHERE bill_id = ? AND {_PLAIN.format('code')} IN "
            f"(SELECT {_PLAIN.format('price.code')} FROM price) LIMIT 1"
        )
        return reader.scalar(sql, self.bill_id) is not None


@dataclass(frozen=True, slots=True)
class FindProof:
    """The paper that proves a price, with the page and region where it stands; `None` where none is linked.

    A link to a page comes before one to the whole paper; of several the newest.
    """

    price_id: int

    def __call__(self, reader: Reader) -> DocumentLink | None:
        links = reader.find(DocumentLink, type=Price.KIND, target_id=self.price_id)
        return max(links, key=lambda link: (link.rect is not None, link.page is not None, link.id), default=None)
