"""The case file of the sample: the same facts that the papers print, in the order of the format's fields."""

from __future__ import annotations

import json
from typing import Any

from workshop import balances, charges, claims, dealings, people, story
from workshop.balances import Figures
from workshop.charges import Charge
from workshop.claims import Claim, Share
from workshop.money import plain
from workshop.papers import PAPERS, Drawn, Paper
from workshop.review import OPINIONS, RECEIVED
from workshop.sheet import Place

Row = dict[str, Any]
COLUMNS = ("billed", "discount", "allowed", "plan_paid", "", "deductible", "", "coinsurance", "", "owed")
COLUMN_NAMES = (
    "billed", "discount", "allowed", "plan_paid", "other_insurance_paid", "deductible", "copay", "coinsurance",
    "not_covered", "patient_responsibility",
)  # fmt: skip


def known(row: Any) -> Any:
    """The same rows without the fields that are not known."""
    if isinstance(row, dict):
        return {name: known(value) for name, value in row.items() if value is not None and value != []}
    if isinstance(row, list):
        return [known(value) for value in row]
    return row


def evidence(document: str, place: Place, note: str | None = None) -> Row:
    """A place on a paper."""
    return {"document": document, "page": place.page, "rect": list(place.rect), "note": note}


def line_row(key: str, line: Charge, places: list[Row]) -> Row:
    """What a bill prints on one line, and where."""
    return {
        "id": key,
        "number": line.number,
        "date": line.day,
        "code": line.code or None,
        "code_system": line.system,
        "description": line.name,
        "units": str(line.units),
        "unit": line.unit,
        "unit_price": plain(line.price),
        "charge": plain(line.amount),
        "evidence": places,
    }


def reviewed(line: Charge, row: Row, drawn: Drawn) -> Row:
    """The row with the family's mark, put where the format has it."""
    places = row.pop("evidence")
    opinion = OPINIONS.get(line.number)
    if opinion is None:
        seen = line.number in RECEIVED
        row.update(mark="ok" if seen else "unreviewed", accepted=plain(line.amount) if seen else None)
        return {**row, "evidence": places}
    if opinion.record:
        places.append(evidence("D1", drawn.record[opinion.record], opinion.record_note))
    row.update(
        mark=opinion.mark,
        reason=opinion.reason,
        received_units=opinion.received_units,
        disputed=None if opinion.disputed is None else plain(opinion.disputed),
        accepted=None if opinion.accepted is None else plain(opinion.accepted),
        evidence=places,
    )
    front = {name: row.pop(name) for name in ("id", "number", "date", "code", "code_system", "description")}
    return {**front, "my_words": opinion.my_words, **row}


def statement(key: str, figures: Figures, document: str, name: str) -> Row:
    """A statement that states all its figures."""
    return {
        "id": key,
        "number": figures.number,
        "date": figures.date,
        "received": figures.received,
        "due": figures.due,
        "total_charges": plain(figures.charges),
        "adjustments": plain(figures.adjustments),
        "insurer_paid": plain(figures.insurer_paid),
        "patient_paid": plain(figures.patient_paid),
        "balance": plain(figures.balance),
        "itemized": False,
        "patient_name_as_printed": name,
        "document": document,
    }


def hospital_bill(drawn: Drawn) -> Row:
    """The hospital's account with two statements, the itemised bill and its forty lines."""
    itemized = {
        "id": "ST3",
        "number": balances.ITEMIZED_NUMBER,
        "date": balances.ITEMIZED_DATE,
        "received": balances.ITEMIZED_RECEIVED,
        "total_charges": plain(charges.HOSPITAL_TOTAL),
        "itemized": True,
        "patient_name_as_printed": "OKAFOR-REYES, TOMAS",
        "document": "D12",
    }
    lines = []
    for line in charges.HOSPITAL_LINES:
        row = line_row(f"L{line.number}", line, [evidence("D12", drawn.hospital_lines[line.number])])
        lines.append(reviewed(line, row, drawn))
    return {
        "id": "B1", "biller": "H", "person": "P1", "visit": "V1", "account_number": people.HOSPITAL_ACCOUNT,
        "status": "disputed", "first_bill_date": balances.HOSPITAL_FIRST.date,
        "statements": [
            statement("ST1", balances.HOSPITAL_FIRST, "D6", people.PATIENT_PLAIN),
            statement("ST2", balances.HOSPITAL_SECOND, "D10", people.PATIENT_PLAIN),
            itemized,
        ],
        "lines": lines,
    }  # fmt: skip


def small_bill(key: str, firm: str, account: str, status: str, first: str, paper: Row, lines: list[Row]) -> Row:
    """A bill with one kept statement, whose lines were all received."""
    for row in lines:
        places = row.pop("evidence")
        row.update(mark="ok", evidence=places)
    return {
        "id": key, "biller": firm, "person": "P1", "visit": "V1", "account_number": account, "status": status,
        "first_bill_date": first, "statements": [paper], "lines": lines,
    }  # fmt: skip


def bills(drawn: Drawn) -> list[Row]:
    """The three bills of the visit."""
    seen = [line_row(f"L{40 + line.number}", line, [evidence("D9", drawn.physician_lines[line.number])])
            for line in charges.PHYSICIAN_LINES]  # fmt: skip
    read = [line_row(f"L{43 + line.number}", line, [evidence("D14", drawn.imaging_lines[line.number])])
            for line in charges.IMAGING_LINES]  # fmt: skip
    physicians = statement("ST4", balances.PHYSICIANS_STATEMENT, "D9", "Tomas Okafor-Reyes")
    imaging = statement("ST5", balances.IMAGING_STATEMENT, "D14", people.PATIENT)
    return [
        hospital_bill(drawn),
        small_bill("B2", "E", people.PHYSICIANS_ACCOUNT, "in_collections", "2025-12-02", physicians, seen),
        small_bill("B3", "R", people.IMAGING_ACCOUNT, "reviewing", balances.IMAGING_STATEMENT.date, imaging, read),
    ]


def money_columns(share: Share) -> Row:
    """The ten columns as the EOB prints them; a printed 0.00 is known to be nothing."""
    return {
        name: plain(getattr(share, field) if field else 0) for name, field in zip(COLUMN_NAMES, COLUMNS, strict=True)
    }


def claim_row(claim: Claim, document: str, first_line: int) -> Row:
    """One EOB with its totals and rows."""
    rows = []
    for number, share in enumerate(claim.rows, first_line):
        row: Row = {"id": f"CL{number}", "date": share.day, "code": share.code or None, "description": share.name}
        row["units"] = None if share.units is None else str(share.units)
        row.update(money_columns(share))
        row["remark_codes"] = [share.remark] if share.remark else None
        rows.append(row)
    return {
        "id": claim.key, "policy": "POL1", "number": claim.number, "bill": claim.bill, "provider": claim.firm,
        "network": claim.network, "status": "paid", "date": claim.date, "received": claim.received,
        "document": document,
        "appeal_deadline": claim.appeal_by, "totals": money_columns(claim.totals), "lines": rows,
    }  # fmt: skip


def organizations() -> list[Row]:
    """Everyone with a letterhead."""
    return [
        {"id": firm.key, "name": firm.name, "kind": firm.kind, "phone": firm.phone, "website": firm.website,
         "address": firm.address, "tax_id": firm.tax_id, "nonprofit": True if firm.key == "H" else None, "state": "OH"}
        for firm in people.FIRMS
    ]  # fmt: skip


def document_row(number: int, paper: Paper, drawn: Drawn) -> Row:
    """One paper with its hash and its links."""
    links = [{"type": kind, "id": key, "page": page} for kind, key, page in paper.links]
    return {
        "id": paper.key, "file": paper.file, "sha256": drawn.sha256(paper.key), "paper_number": f"P{number:04d}",
        "title": paper.title, "kind": paper.kind, "date": paper.date, "received": paper.received,
        "sender": paper.sender,
        "tags": list(paper.tags), "links": links,
    }  # fmt: skip


def family() -> list[Row]:
    """The three people of the sample."""
    return [
        {"id": "P1", "name": people.PATIENT, "date_of_birth": people.BORN, "relationship": "self",
         "notes": "Fell from his bicycle on October 17, 2025."},
        {"id": "P2", "name": people.WRITER, "date_of_birth": "1989-11-03", "relationship": "spouse",
         "notes": "Makes the calls and writes the letters; the plan is through her work."},
        {"id": "P3", "name": "Noemí Okafor-Reyes", "date_of_birth": "2018-06-30", "relationship": "daughter"},
    ]  # fmt: skip


def policies() -> list[Row]:
    """The plan."""
    return [
        {"id": "POL1", "person": "P1", "insurer": "I", "plan_name": people.PLAN, "member_id": people.MEMBER,
         "group_number": people.GROUP, "effective": "2025-01-01", "deductible": plain(claims.DEDUCTIBLE),
         "out_of_pocket_limit": plain(claims.LIMIT), "family_deductible": plain(claims.FAMILY_DEDUCTIBLE),
         "family_out_of_pocket_limit": plain(claims.FAMILY_LIMIT),
         "coinsurance_percent": str(claims.COINSURANCE_PERCENT), "order": "primary"},
    ]  # fmt: skip


def visits() -> list[Row]:
    """The one visit."""
    return [
        {"id": "V1", "person": "P1", "facility": "H", "start": people.ARRIVED, "end": people.LEFT, "kind": "emergency",
         "emergency": True, "self_pay": False, "network": "in", "consent_to_out_of_network": False,
         "reason": "Fall from a bicycle: broken right wrist, bump on the head; one night of observation",
         "answers": {"brought_own_medicine": False}},
    ]  # fmt: skip


def estimates() -> list[Row]:
    """The estimate for the follow-up, which was then done elsewhere."""
    return [
        {"id": "E1", "provider": "H", "kind": "good_faith_estimate", "date": balances.ESTIMATE_DATE,
         "amount": plain(balances.ESTIMATE_TOTAL), "by": "P. Lindqvist, Patient Access", "document": "D2",
         "notes": "For the removal of the pins. The hand clinic took them out in its own office in the end."},
    ]  # fmt: skip


def case(drawn: Drawn) -> Row:
    """The whole case, in the order of the format."""
    rows = {
        "format": "medbills-case",
        "version": 1,
        "title": "A broken wrist and three bills",
        "notes": "A worked example. The family, the firms, the papers and all figures are invented.",
        "today": people.TODAY,
        "people": family(),
        "organizations": organizations(),
        "policies": policies(),
        "visits": visits(),
        "bills": bills(drawn),
        "claims": [
            claim_row(claims.HOSPITAL_CLAIM, "D3", 1),
            claim_row(claims.PHYSICIAN_CLAIM, "D5", 8),
            claim_row(claims.IMAGING_CLAIM, "D4", 11),
        ],
        "estimates": estimates(),
        "calls": story.CALLS,
        "letters": dealings.LETTERS,
        "payments": dealings.PAYMENTS,
        "offers": dealings.OFFERS,
        "assistance": dealings.ASSISTANCE,
        "collections": dealings.COLLECTIONS,
        "tasks": story.TASKS,
        "prices": dealings.PRICES,
        "documents": [document_row(number, paper, drawn) for number, paper in enumerate(PAPERS, 1)],
    }
    return dict(known(rows))


def case_text(drawn: Drawn) -> str:
    """The case file as it is written."""
    return json.dumps(case(drawn), indent=1, ensure_ascii=False) + "\n"
