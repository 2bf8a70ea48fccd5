"""Letters, payments, offers, the application, the collector and price notes, as rows of the case file."""

from __future__ import annotations

from workshop import balances, letters_in, letters_out, payment_page, people, scan
from workshop.money import cents, plain
from workshop.story import Rows

_request, _counter, _dispute = letters_out.REQUEST, letters_out.COUNTER_OFFER, letters_out.DISPUTE
# Letters both ways, and the draft that is being written.
LETTERS: Rows = [
    {
        "id": "LT1",
        "kind": "itemization_request",
        "bill": "B1",
        "recipient": "H",
        "subject": _request.subject,
        "body": _request.body,
        "status": "sent",
        "date": _request.date,
        "reply_due": letters_out.REPLY_DUE,
        "method": "certified_mail",
        "tracking": letters_out.CERTIFIED,
        "document": "D11",
    },
    {
        "id": "LT2",
        "kind": "insurer_answer",
        "bill": "B2",
        "subject": "What the member owes for emergency care",
        "status": "received",
        "date": letters_in.INSURER_LETTER_DATE,
        "method": "mail",
        "document": "D13",
    },
    {
        "id": "LT3",
        "kind": "settlement_offer",
        "bill": "B1",
        "subject": "An offer to settle your account",
        "status": "received",
        "date": balances.OFFER_DATE,
        "reply_due": balances.OFFER_EXPIRES,
        "method": "mail",
        "document": "D15",
    },
    {
        "id": "LT4",
        "kind": "assistance_received",
        "bill": "B1",
        "subject": "We have your application",
        "status": "received",
        "date": letters_in.ASSISTANCE_DATE,
        "method": "mail",
        "document": "D16",
    },
    {
        "id": "LT5",
        "kind": "counter_offer",
        "bill": "B1",
        "recipient": "H",
        "subject": _counter.subject,
        "body": _counter.body,
        "status": "sent",
        "date": _counter.date,
        "reply_due": "2026-03-27",
        "method": "fax",
        "document": "D17",
        "answers_to": "LT3",
    },
    {
        "id": "LT6",
        "kind": "dispute",
        "bill": "B1",
        "recipient": "H",
        "subject": _dispute.subject,
        "body": _dispute.body,
        "status": "draft",
        "date": _dispute.date,
    },
]

# What the family paid.
PAYMENTS: Rows = [
    {
        "id": "PAY1",
        "bill": "B1",
        "date": balances.PAID_TO_HOSPITAL_ON,
        "amount": plain(balances.PAID_TO_HOSPITAL),
        "kind": "payment",
        "method": "card",
        "number": scan.NUMBER,
        "memo": "At the cashier's window",
        "document": "D7",
    },
    {
        "id": "PAY2",
        "bill": "B2",
        "date": balances.PAID_TO_PHYSICIANS_ON,
        "amount": plain(balances.PAID_TO_PHYSICIANS),
        "kind": "payment",
        "method": "bank account",
        "number": payment_page.CONFIRMATION,
        "memo": "Our share as on the EOB",
        "document": "D8",
    },
]

# The hospital's offer and the answer to it.
OFFERS: Rows = [
    {
        "id": "O1",
        "bill": "B1",
        "date": balances.OFFER_DATE,
        "amount": plain(balances.OFFER),
        "direction": "from_them",
        "basis": "Letter PA-26-1177",
        "lump_sum": True,
        "pay_by": balances.OFFER_EXPIRES,
        "expires": balances.OFFER_EXPIRES,
        "conditions": "One payment; the account is then closed",
        "status": "countered",
        "document": "D15",
    },
    {
        "id": "O2",
        "bill": "B1",
        "date": balances.COUNTER_DATE,
        "amount": plain(balances.COUNTER),
        "direction": "from_me",
        "basis": "Open lines of the itemized bill and the assistance application",
        "lump_sum": True,
        "conditions": "Agreement in writing, a letter that shows a balance of zero, nothing passed on to a collector",
        "status": "open",
        "answers_to": "O1",
        "document": "D17",
    },
]

# The application that the hospital is considering.
ASSISTANCE: Rows = [
    {
        "id": "A1",
        "bill": "B1",
        "organization": "H",
        "applied": "2026-02-27",
        "household_size": 3,
        "annual_income": plain(balances.INCOME),
        "status": "applied",
        "notes": f"Application {letters_in.ASSISTANCE_NUMBER}; they wrote on March 5 that nothing is missing.",
    },
]

# The placement of the physicians' bill.
COLLECTIONS: Rows = [
    {
        "id": "K1",
        "bill": "B2",
        "collector": "C",
        "reference": people.COLLECTOR_FILE,
        "notice_date": balances.COLLECTION_DATE,
        "notice_received": balances.COLLECTION_RECEIVED,
        "amount": plain(balances.COLLECTION_AMOUNT),
        "original_creditor": people.PHYSICIANS.name,
        "itemization_date": balances.PHYSICIANS_STATEMENT.date,
        "on_credit_report": False,
        "document": "D18",
    },
]

_POSTED = "Lantern Hill Medical Center, posted standard charges"
_NOTED = {"place": "Ashgrove, OH", "date": "2026-02-15"}
# Prices that the family noted, each with its source; all invented like the rest.
PRICES: Rows = [
    {
        "code": "G0378",
        "code_system": "hcpcs",
        "description": "Observation, one hour",
        "amount": plain(cents("61.00")),
        "unit": "hours",
        "setting": "outpatient",
        "basis": "cash",
        "source": _POSTED,
        **_NOTED,
    },
    {
        "code": "J1885",
        "code_system": "hcpcs",
        "description": "Ketorolac, 15 mg",
        "amount": plain(cents("24.00")),
        "unit": "each",
        "setting": "outpatient",
        "basis": "cash",
        "source": _POSTED,
        **_NOTED,
    },
    {
        "code": "C1713",
        "code_system": "hcpcs",
        "description": "Pin",
        "amount": plain(cents("386.00")),
        "unit": "each",
        "setting": "outpatient",
        "basis": "gross",
        "source": _POSTED,
        **_NOTED,
    },
    {
        "code": "A4215",
        "code_system": "hcpcs",
        "description": "Needle",
        "amount": plain(cents("0.45")),
        "unit": "each",
        "setting": "any",
        "basis": "other",
        "source": "Shelf price at the drugstore, noted by Adaeze",
        **_NOTED,
    },
]
