"""Calls with their promises, and tasks of the sample case, as rows of the case file."""

from __future__ import annotations

from typing import Any

from workshop import balances, letters_in, people
from workshop.charges import NOT_ITEMIZED
from workshop.money import dollars, plain

Rows = list[dict[str, Any]]
CALL_FIELDS = (
    "id",
    "started",
    "minutes",
    "channel",
    "direction",
    "organization",
    "department",
    "representative",
    "representative_id",
    "reference_number",
    "bills",
    "claims",
    "asked",
    "said",
    "outcome",
    "amount_quoted",
    "recording",
    "consent",
    "private_note",
    "promises",
)


def call(key: str, started: str, minutes: int | None, organization: str, about: str, **said: Any) -> dict[str, Any]:
    """One entry of the contact log; `about` names bills and claims, such as `B2 C2`."""
    named = about.split()
    row: dict[str, Any] = {"channel": "phone", "direction": "out", "recording": "none", "consent": "not_asked"}
    row.update(id=key, started=started, minutes=minutes, organization=organization)
    row["bills"] = [name for name in named if name.startswith("B")]
    row["claims"] = [name for name in named if name.startswith("C")]
    row.update(said)
    return {name: row[name] for name in CALL_FIELDS if name in row}


# The contact log, oldest first.
CALLS: Rows = [
    call(
        "CALL1",
        "2026-01-22T10:05",
        18,
        "H",
        "B1",
        department="Patient Accounts",
        representative="Dana W.",
        representative_id="4417",
        reference_number="LH-PA-60122-08",
        asked=f"An itemized bill. Why are the adjustments {dollars(balances.ADJUSTMENT_SHRANK_BY)} lower than in "
        f"November?",
        said="Itemized bills are sent on written request only, about three weeks. She sees the lower adjustment and "
        "cannot say why.",
        outcome="Write to them, by certified mail.",
    ),
    call(
        "CALL2",
        "2026-01-26T14:30",
        31,
        "E",
        "B2 C2",
        department="Billing service",
        representative="Marcus",
        representative_id="CEP-19",
        reference_number="0126-4471",
        consent="asked_no",
        asked=f"We paid {dollars(balances.PAID_TO_PHYSICIANS)} on December 15. Why is it not on the statement?",
        said="No payment found under the account. They are not in our network and the rest is ours to pay. Fax the "
        "confirmation.",
        outcome="Faxed the confirmation the same day.",
        private_note="23 minutes on hold.",
    ),
    call(
        "CALL3",
        "2026-02-05T09:12",
        6,
        "E",
        "B2",
        direction="in",
        department="Billing service",
        representative="Yolanda",
        reference_number="0126-4471",
        asked="Whether the payment is on the account now.",
        said="The fax is there. The payment page is run by someone else and she will ask them.",
        outcome="No date given.",
        promises=[
            {
                "id": "PR4",
                "text": "Ask the company that runs the payment page, and call back",
                "by": "Yolanda",
                "status": "broken",
                "closed": "2026-03-13",
            }
        ],
    ),
    call(
        "CALL4",
        "2026-02-18T11:20",
        24,
        "I",
        "B2 C2",
        department="Member Services",
        representative="Renata Vogel",
        reference_number=letters_in.INSURER_CALL_NUMBER,
        consent="they_announced",
        asked="What do we have to pay the emergency physicians?",
        said=f"Our share is {dollars(balances.PAID_TO_PHYSICIANS)} and nothing more. It was an emergency. She will "
        f"put that in writing.",
        outcome="Wait for the letter, then send a copy to the physicians.",
        amount_quoted=plain(balances.PAID_TO_PHYSICIANS),
        promises=[
            {
                "id": "PR1",
                "text": "Letter that states our share for the emergency physicians",
                "by": "Renata Vogel",
                "due": "2026-03-02",
                "status": "kept",
                "closed": "2026-02-27",
            }
        ],
    ),
    call(
        "CALL5",
        "2026-02-19T15:40",
        27,
        "H",
        "B1",
        department="Patient Accounts",
        representative="Philip Arno, supervisor",
        representative_id="4402",
        reference_number="LH-PA-60219-14",
        asked=f"Two charges stand twice, and {dollars(NOT_ITEMIZED)} of the total is on no line. Sedation is charged "
        f"as four blocks.",
        said="He sees the repeats and will have the charges reviewed with the nurses' notes.",
        outcome="A corrected itemized bill or an answer in writing.",
        promises=[
            {
                "id": "PR2",
                "text": "Corrected itemized bill, or a written answer on the repeated charges and "
                "the missing "
                f"{dollars(NOT_ITEMIZED)}",
                "by": "Philip Arno",
                "due": "2026-03-06",
                "status": "open",
            }
        ],
    ),
    call(
        "CALL6",
        "2026-03-03T13:10",
        12,
        "H",
        "B1",
        department="Financial Counseling",
        representative="Marisol Quint",
        reference_number=letters_in.ASSISTANCE_NUMBER,
        asked="Did the application arrive, and is it complete?",
        said="It came on March 2 and is complete. The account is on hold until it is decided.",
        outcome="They write to us.",
        promises=[
            {
                "id": "PR3",
                "text": "Decision on financial assistance",
                "by": "Marisol Quint",
                "due": "2026-03-24",
                "status": "open",
            }
        ],
    ),
    call(
        "CALL7",
        "2026-03-13T16:25",
        9,
        "C",
        "B2",
        department="Recovery",
        representative="Mr. Bell",
        representative_id="226",
        reference_number=people.COLLECTOR_FILE,
        consent="they_announced",
        asked="Please note that we dispute the amount; our insurer says that we owe nothing more.",
        said="Disputes in writing only. He can take a card now.",
        outcome="Write to them before April 12.",
        amount_quoted=plain(balances.COLLECTION_AMOUNT),
        private_note="He was short with me. From now on only in writing.",
    ),
    call(
        "CALL8",
        "2026-03-16T08:50",
        None,
        "H",
        "B1",
        channel="portal",
        department="Patient Accounts",
        representative="settlement desk",
        reference_number="MSG-331870",
        asked=f"Did our fax of March 12 with {dollars(balances.COUNTER)} arrive?",
        said="Yes, Mr. Tarr has it and will answer in writing.",
        outcome="Ask again on March 26.",
        recording=None,
        consent=None,
    ),
]

# What the family means to do.
TASKS: Rows = [
    {
        "id": "T1",
        "text": "Write down what we remember of the night",
        "bill": "B1",
        "due": "2026-02-15",
        "done": "2026-02-14",
    },
    {"id": "T2", "text": "Finish and send the letter about the open lines", "bill": "B1", "due": "2026-03-23"},
    {
        "id": "T3",
        "text": "Ask the settlement desk for an answer before their offer ends on March 31",
        "bill": "B1",
        "due": "2026-03-26",
    },
    {"id": "T4", "text": "Pay the imaging bill; it agrees with the EOB", "bill": "B3", "due": "2026-03-27"},
    {
        "id": "T5",
        "text": "Dispute the debt in writing, with the insurer's letter and the payment confirmation",
        "bill": "B2",
        "due": "2026-04-10",
    },
]
