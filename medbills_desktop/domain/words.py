"""The words that people read for the short words of the case format, alike on screens, in packets and in exports."""

from __future__ import annotations

STATUS = {
    "new": "New",
    "waiting_for_insurer": "Waiting for insurer",
    "itemization_requested": "Itemized bill asked",
    "reviewing": "Reviewing",
    "disputed": "Disputed",
    "on_hold": "On hold",
    "assistance_pending": "Assistance pending",
    "appeal_pending": "Appeal pending",
    "offer_made": "Offer made",
    "settled": "Settled",
    "paid": "Paid",
    "refunded": "Refunded",
    "in_collections": "In collections",
    "sued": "Sued",
    "closed": "Closed",
}
STATUS_TONE = {
    "new": "accent",
    "waiting_for_insurer": "accent",
    "itemization_requested": "accent",
    "reviewing": "accent",
    "disputed": "amber",
    "on_hold": "amber",
    "assistance_pending": "accent",
    "appeal_pending": "amber",
    "offer_made": "amber",
    "settled": "green",
    "paid": "green",
    "refunded": "green",
    "in_collections": "red",
    "sued": "red",
    "closed": "green",
}
"""Which colour a status has: accent while something is under way, amber to ask, red when pressing, green when done."""

MARK = {
    "unreviewed": "Not looked at",
    "ok": "OK",
    "not_received": "Not received",
    "cancelled": "Cancelled",
    "duplicate": "Twice",
    "wrong_quantity": "Quantity differs",
    "wrong_date": "Date differs",
    "wrong_code": "Code differs",
    "bundled": "Part of another",
    "overpriced": "Too high",
    "covered_by_insurance": "Insurer covers it",
    "already_paid": "Already paid",
    "not_mine": "Not mine",
    "unclear": "Ask",
    "removed_by_biller": "Taken off by biller",
}
MARK_TONE = {
    "unreviewed": None,
    "ok": "green",
    "removed_by_biller": "green",
    "unclear": "amber",
}
"""Colour of a mark; the disputing ones, not named here, are amber."""

CHANNEL = {
    "phone": "Phone",
    "portal": "Portal",
    "email": "E-mail",
    "fax": "Fax",
    "letter": "Letter",
    "in_person": "In person",
}
REDACTION_KIND = {
    "birth_date": "Date of birth",
    "member_number": "Member or group number",
    "account_number": "Account number",
    "social_security_number": "Social Security number",
    "diagnosis": "Diagnosis",
    "other": "Other",
}
"""What kind of content was taken out of a copy; never what it was."""

DOCUMENT_KIND = {
    "bill": "Bill",
    "itemized_bill": "Itemized bill",
    "eob": "EOB",
    "letter_sent": "Letter sent",
    "letter_received": "Letter received",
    "collection_notice": "Collection notice",
    "estimate": "Estimate",
    "consent": "Consent",
    "medical_record": "Medical record",
    "payment_proof": "Proof of payment",
    "assistance": "Assistance",
    "denial": "Denial",
    "appeal": "Appeal",
    "price_evidence": "Price evidence",
    "recording": "Recording",
    "photo": "Photo",
    "other": "Other",
}
ORGANIZATION_KIND = {
    "hospital": "Hospital",
    "physician": "Physician group",
    "laboratory": "Laboratory",
    "imaging": "Imaging",
    "ambulance": "Ambulance",
    "air_ambulance": "Air ambulance",
    "dental": "Dental",
    "pharmacy": "Pharmacy",
    "equipment": "Equipment",
    "facility": "Facility",
    "insurer": "Insurer",
    "collector": "Collector",
    "advocate": "Advocate",
    "credit_counselor": "Credit counselor",
    "regulator": "Regulator",
    "other": "Other",
}
LETTER_STATUS = {"draft": "Draft", "sent": "Sent", "received": "Received"}
LETTER_TONE = {"draft": "amber", "sent": "accent", "received": "green"}
LETTER_METHOD = {
    "mail": "Mail",
    "certified_mail": "Certified mail",
    "fax": "Fax",
    "portal": "Portal",
    "email": "E-mail",
    "hand": "By hand",
}
PROMISE_STATUS = {"open": "Open", "kept": "Kept", "broken": "Not kept"}
LEVEL = {"fact": "Figures differ", "strong": "Strong question", "question": "Question", "info": "Note"}
DECISION = {"asked": "To ask", "disputed": "Disputed", "not_a_problem": "Set aside"}
LEVEL_TONE = {"fact": "red", "strong": "amber", "question": "amber", "info": "accent"}
CLAIM_STATUS = {
    "pending": "Pending",
    "paid": "Processed",
    "denied": "Denied",
    "adjusted": "Adjusted",
    "reversed": "Reversed",
}
UNIT = {
    "each": "each",
    "minutes": "minutes",
    "hours": "hours",
    "days": "days",
    "miles": "miles",
    "mg": "mg",
    "ml": "mL",
    "other": "other",
}


def mark_tone(mark: str | None) -> str | None:
    """The colour token of a line's mark, or `None` where the line has not been looked at."""
    return MARK_TONE.get(mark, "amber") if mark else None


LANGUAGE = {"en": "English", "es": "Spanish"}
