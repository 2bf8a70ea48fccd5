"""The eighteen papers of the case, in the order in which they came: file name, what they are, and their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from workshop import balances, claims, letters_in, letters_out, people
from workshop.collection_letter import collection_letter
from workshop.estimate import estimate
from workshop.explanation import explanation
from workshop.hospital_statement import hospital_statement
from workshop.imaging_statement import imaging_statement
from workshop.itemized_bill import itemized_bill
from workshop.payment_page import payment_page
from workshop.photo import photographed_letter
from workshop.physician_statement import physician_statement
from workshop.scan import scanned_receipt
from workshop.sheet import Place
from workshop.visit_record import visit_record

Link = tuple[str, str, int | None]


@dataclass(frozen=True)
class Paper:
    """One paper as the case file lists it; `key` is its id and `links` are record type, record id and page."""

    key: str
    file: str
    title: str
    kind: str
    date: str
    received: str
    sender: str
    links: tuple[Link, ...]
    tags: tuple[str, ...] = ()


def to(*pairs: str) -> tuple[Link, ...]:
    """Links written as `bill:B1` or, with a page, `bill:B1:2`."""
    made: list[Link] = []
    for pair in pairs:
        kind, key, *page = pair.split(":")
        made.append((kind, key, int(page[0]) if page else None))
    return tuple(made)


_H, _E, _R = people.HOSPITAL.name, people.PHYSICIANS.name, people.IMAGING.name
_I, _C, _ME = people.INSURER.name, people.COLLECTOR.name, people.WRITER
PAPERS = (
    Paper(
        "D1",
        "2025-10-18-visit-summary.pdf",
        "Visit summary",
        "medical_record",
        "2025-10-18",
        "2025-10-18",
        _H,
        to("visit:V1", "bill:B1"),
        ("medicines given",),
    ),
    Paper(
        "D2",
        "2025-11-04-good-faith-estimate.pdf",
        "Good-faith estimate, removal of pins",
        "estimate",
        balances.ESTIMATE_DATE,
        "2025-11-08",
        _H,
        to("estimate:E1"),
    ),
    Paper(
        "D3",
        "2025-11-05-eob-hospital.pdf",
        "EOB, hospital",
        "eob",
        claims.HOSPITAL_CLAIM.date,
        claims.HOSPITAL_CLAIM.received,
        _I,
        to("claim:C1", "bill:B1"),
    ),
    Paper(
        "D4",
        "2025-11-07-eob-imaging.pdf",
        "EOB, imaging",
        "eob",
        claims.IMAGING_CLAIM.date,
        claims.IMAGING_CLAIM.received,
        _I,
        to("claim:C3", "bill:B3"),
    ),
    Paper(
        "D5",
        "2025-11-12-eob-physicians.pdf",
        "EOB, emergency physicians",
        "eob",
        claims.PHYSICIAN_CLAIM.date,
        claims.PHYSICIAN_CLAIM.received,
        _I,
        to("claim:C2", "bill:B2"),
    ),
    Paper(
        "D6",
        "2025-11-18-hospital-statement.pdf",
        "Hospital statement, November",
        "bill",
        balances.HOSPITAL_FIRST.date,
        balances.HOSPITAL_FIRST.received,
        _H,
        to("bill:B1", "statement:ST1"),
    ),
    Paper(
        "D7",
        "scan-0007.tif",
        "Cashier's receipt, $300.00",
        "payment_proof",
        balances.PAID_TO_HOSPITAL_ON,
        balances.PAID_TO_HOSPITAL_ON,
        _H,
        to("bill:B1", "payment:PAY1"),
        ("scan",),
    ),
    Paper(
        "D8",
        "2025-12-15-payment-confirmation.pdf",
        "Payment confirmation, $219.60",
        "payment_proof",
        balances.PAID_TO_PHYSICIANS_ON,
        balances.PAID_TO_PHYSICIANS_ON,
        _E,
        to("bill:B2", "payment:PAY2"),
    ),
    Paper(
        "D9",
        "2026-01-14-physicians-statement.pdf",
        "Physicians' statement, final notice",
        "bill",
        balances.PHYSICIANS_STATEMENT.date,
        balances.PHYSICIANS_STATEMENT.received,
        _E,
        to("bill:B2", "statement:ST4"),
    ),
    Paper(
        "D10",
        "2026-01-20-hospital-statement.pdf",
        "Hospital statement, January",
        "bill",
        balances.HOSPITAL_SECOND.date,
        balances.HOSPITAL_SECOND.received,
        _H,
        to("bill:B1", "statement:ST2"),
    ),
    Paper(
        "D11",
        "2026-01-23-letter-itemized-bill.pdf",
        "Our request for the itemized bill",
        "letter_sent",
        letters_out.REQUEST.date,
        letters_out.REQUEST.date,
        _ME,
        to("bill:B1", "letter:LT1"),
        ("certified mail",),
    ),
    Paper(
        "D12",
        "2026-02-10-itemized-bill.pdf",
        "Itemized bill, 40 lines",
        "itemized_bill",
        balances.ITEMIZED_DATE,
        balances.ITEMIZED_RECEIVED,
        _H,
        to("bill:B1", "statement:ST3"),
        ("itemized",),
    ),
    Paper(
        "D13",
        "2026-02-24-insurer-letter.pdf",
        "Insurer's letter about our share",
        "letter_received",
        letters_in.INSURER_LETTER_DATE,
        "2026-02-27",
        _I,
        to("bill:B2", "claim:C2", "letter:LT2", "call:CALL4"),
        ("surprise bill",),
    ),
    Paper(
        "D14",
        "2026-02-24-imaging-statement.pdf",
        "Imaging statement",
        "bill",
        balances.IMAGING_STATEMENT.date,
        balances.IMAGING_STATEMENT.received,
        _R,
        to("bill:B3", "statement:ST5"),
    ),
    Paper(
        "D15",
        "IMG_2041.jpg",
        "Hospital's offer, photographed",
        "letter_received",
        balances.OFFER_DATE,
        "2026-03-06",
        _H,
        to("bill:B1", "offer:O1", "letter:LT3"),
        ("offer", "photo"),
    ),
    Paper(
        "D16",
        "2026-03-05-assistance-received.pdf",
        "Assistance application received",
        "assistance",
        letters_in.ASSISTANCE_DATE,
        "2026-03-09",
        _H,
        to("bill:B1", "assistance:A1", "letter:LT4"),
    ),
    Paper(
        "D17",
        "2026-03-12-letter-counter-offer.pdf",
        "Our counter-offer",
        "letter_sent",
        balances.COUNTER_DATE,
        balances.COUNTER_DATE,
        _ME,
        to("bill:B1", "offer:O2", "letter:LT5"),
        ("offer",),
    ),
    Paper(
        "D18",
        "2026-03-09-collection-notice.pdf",
        "Collector's first notice",
        "collection_notice",
        balances.COLLECTION_DATE,
        balances.COLLECTION_RECEIVED,
        _C,
        to("bill:B2", "collection:K1"),
    ),
)


@dataclass(frozen=True)
class Drawn:
    """The bytes of every paper by its key, and where the lines and the rows of the record stand."""

    files: dict[str, bytes]
    hospital_lines: dict[int, Place]
    physician_lines: dict[int, Place]
    imaging_lines: dict[int, Place]
    record: dict[str, Place]

    def sha256(self, key: str) -> str:
        """The hash by which the case file names a paper's bytes."""
        return hashlib.sha256(self.files[key]).hexdigest()


def draw_all() -> Drawn:
    """Draw every paper."""
    record, record_places = visit_record()
    physicians, physician_places = physician_statement()
    itemized, hospital_places = itemized_bill()
    imaging, imaging_places = imaging_statement()
    files = {
        "D1": record,
        "D2": estimate(),
        "D3": explanation(claims.HOSPITAL_CLAIM),
        "D4": explanation(claims.IMAGING_CLAIM),
        "D5": explanation(claims.PHYSICIAN_CLAIM),
        "D6": hospital_statement(balances.HOSPITAL_FIRST),
        "D7": scanned_receipt(),
        "D8": payment_page(),
        "D9": physicians,
        "D10": hospital_statement(balances.HOSPITAL_SECOND),
        "D11": letters_out.request_letter(),
        "D12": itemized,
        "D13": letters_in.insurer_letter(),
        "D14": imaging,
        "D15": photographed_letter(),
        "D16": letters_in.assistance_letter(),
        "D17": letters_out.counter_letter(),
        "D18": collection_letter(),
    }
    return Drawn(files, hospital_places, physician_places, imaging_places, record_places)
