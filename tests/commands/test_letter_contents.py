"""Each kind of letter says on its paper what a letter of its kind has to say; read from the PDF by another library."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.letter_heads import letter_blanks
from medbills_desktop.commands.letter_pdf import make_letter_pdf
from medbills_desktop.commands.letters import EditLetter, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.letter_templates import encloses, letter_kinds, letter_template, letter_words
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    Authorization,
    Bill,
    Call,
    Claim,
    Collection,
    Estimate,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Price,
    Promise,
    Record,
    Statement,
    Visit,
)
from medbills_desktop.domain.records.people import OrganizationKind
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import keep_sender, sender_of

TODAY = date(2026, 4, 1)
POINTS = (LetterPoint("Was this film made?", (2,), amount=Cents(50000)), LetterPoint("Who gave the injection?", (1,)))

HEAD = ("Ana Ruiz", "12 Elm Street", "April 1, 2026")
"""What every letter begins with: from whom, from where, when."""

BILL = ("000123", "Tom Ruiz")
HOLD = ("on hold", "no late fees", "credit bureau", "collector")
WITHIN_30 = ("within 30 days of the date of this letter",)
POINT_WORDS = ("1. Line 2", "$500.00", "Was this film made?", "2. Line 1", "Who gave the injection?")
SERVICE = ("Date of service: March 2, 2026 to March 3, 2026",)
STATEMENT = ("March 9, 2026", "$839.34")
CLAIM = ("claim C-77", "M-1", "Tom Ruiz")
HISTORY = (
    "March 2, 2026: The care was provided.",
    "March 9, 2026: A statement asked for $839.34.",
    "I spoke with Mr. Bell Jr.",
    "I wrote: “Disputed charges on account 000123”.",
    "An answer came: “Your letter”.",
    "Red Fork Recovery sent a collection notice.",
    "I paid $900.00.",
    "I applied for financial assistance.",
)
NOT_OWED = ("not an acknowledgment that I owe",)

HAS: dict[str, tuple[str, ...]] = {
    "itemization_request": (
        *BILL, *SERVICE, *STATEMENT, *HOLD, *WITHIN_30,
        "each charge separately", "date (and the time", "number of units", "price per unit",
        "the code and any modifiers",
        "revenue code", "plain-language description", "who provided the care, with the NPI", "each payment",
    ),
    "claim_file_request": (
        *CLAIM, *SERVICE, *WITHIN_30, "Group number: G-5", "Blue Mesa Imaging", "amount allowed",
        "what the plan paid",
        "my share", "in or out of network", "plan provision", "claim file",
    ),
    "records_request": (
        *BILL, *SERVICE, "Date of birth: May 6, 2015", "orders", "nursing notes", "medication record",
        "anesthesia record",
        "operative report", "billing records with the charges as they were entered", "electronic form",
        "45 CFR 164.524", "30 days", "fee",
    ),
    "call_confirmation": (
        "000123", "March 16, 2026", "2:05 p.m.", "I spoke with Mr. Bell Jr. (ID 226).",
        "The reference number is R-88.",
        "He will look.", "• Send a corrected bill (by March 30, 2026)", "let me know in writing",
    ),
    "billing_dispute": (
        *BILL, *SERVICE, *STATEMENT, *POINT_WORDS, *HOLD, *WITHIN_30, "In total, I dispute $500.00.",
        "I do not dispute $42.00 of the charges.", "corrected bill", "corrected claim", "in writing, by number",
        "As of the date of this letter, it has not been done.", "enclosed",
    ),
    "bill_questions": (*BILL, *SERVICE, *STATEMENT, *POINT_WORDS, *HOLD, *WITHIN_30, "in writing, by number"),
    "second_dispute": (
        *BILL, *POINT_WORDS, *HOLD, "Thank you for your answer of March 20, 2026.",
        "I wrote to you on March 11, 2026",
        "within 15 days of the date of this letter", "in dispute",
    ),
    "rebill_request": (
        *BILL, *SERVICE, *STATEMENT, *HOLD, "claim C-77", "$120.00", "corrected", "benefits is enclosed",
    ),
    "hardship": (
        *BILL, *STATEMENT, *WITHIN_30, "My household size is 3", "$40,000.00 a year", "$50.00 a month", "automatic",
        "financial assistance",
    ),
    "assistance_request": (
        *BILL, *SERVICE, *HOLD, *WITHIN_30, "assistance policy", "plain-language summary", "application form",
        "My household size is 3", "$40,000.00", "refund",
    ),
    "assistance_appeal": (
        *BILL, *HOLD, *WITHIN_30, "I applied on March 12, 2026.", "March 25, 2026", "The reason given was:",
        "add the following:", "enclosed", "document is missing",
    ),
    "settlement_offer": (
        *BILL, *STATEMENT, *WITHIN_30, *NOT_OWED, "one payment of $400.00", "prices in the area",
        "days after you have agreed",
        "settles the whole account", "balance will be zero", "in writing, before I pay", "open until April 20, 2026",
    ),
    "counter_offer": (
        *BILL, *WITHIN_30, *NOT_OWED, "your offer of $700.00", "I offer $400.00", "settles the whole account",
        "Line 1", "J1885", "$42.00; price that I found: $12.00 (Posted list, Mesa, AZ, February 1, 2026)",
    ),
    "settlement_confirmation": (
        *BILL, "Before I pay", "Blue Mesa Imaging accepts one payment of $400.00", "April 15, 2026", "whole account",
        "balance of the account is zero", "recalled", "reported is removed", "billed later", "Name and title:",
        "Signature and date:",
    ),
    "zero_balance_request": (
        *BILL, "$900.00 on March 13, 2026", "balance is zero", "nothing more is owed", "within 15 days",
    ),
    "refund_demand": (
        *BILL, *WITHIN_30, "I have paid $900.00", "claim C-77, my share is $120.00", "Please refund $780.00",
        "$900.00 on March 13, 2026", "proof of payment are enclosed",
    ),
    "estimate_request": (
        "good-faith estimate", "each expected item and service with its code and charge", "without using insurance",
        "45 CFR 149.610",
    ),
    "estimate_dispute": (
        *BILL, *SERVICE, "45 CFR 149.620", "Blue Mesa Imaging", "estimate of February 20, 2026 was $300.00",
        "$839.34",
        "The difference is $539.34.", "not billed to insurance", "enclosed", "the fee",
    ),
    "no_surprises_complaint": (
        "Blue Mesa Imaging", "The care was provided at Mesa General.", "Example Health", "claim C-77",
        "$839.34", "$120.00",
        "network", "bill and of the explanation of benefits are enclosed",
    ),
    "internal_appeal": (
        *CLAIM, *SERVICE, *POINT_WORDS, "March 18, 2026", "The reason given was:",
        "words of the plan that I rely on:",
        "claim file", "free of charge", "external review", "supporting documents are enclosed",
    ),
    "external_review": (*CLAIM, *POINT_WORDS, "Your final decision is dated", "my appeal", "enclosed"),
    "medicare_appeal": (*CLAIM, *POINT_WORDS, "The notice is dated March 18, 2026.", "enclosed", "by when"),
    "debt_validation": (
        "RF-77", "$839.34", "March 23, 2026", "I dispute this debt", "original creditor", "itemized bill",
        "explanation of benefits", "payments made", "how the debt came to you", "license in my state",
        "date of the last payment", "15 USC 1692g(b)", *NOT_OWED,
    ),
    "collector_more_information": ("RF-77", "original creditor", "how the amount is made up", *NOT_OWED),
    "collector_contact_limits": (
        "RF-77", "contact me only in this way:", "do not contact me at these times", *NOT_OWED,
    ),
    "collector_stop_contact": ("RF-77", "stop contacting me", "15 USC 1692c(c)",
        "may take a specific step", *NOT_OWED),
    "collector_lawyer": ("RF-77", "A lawyer represents me", "15 USC 1692c(a)(2)", *NOT_OWED),
    "credit_dispute": ("I dispute this entry", "what is not correct:", "15 USC 1681i", "enclosed"),
    "complaint": (
        *BILL, *SERVICE, *HISTORY, "Blue Mesa Imaging", "This is what I ask for:", "enclosed", "not been done",
    ),
    "final_notice": (
        *BILL, *STATEMENT, *POINT_WORDS, *HOLD, *WITHIN_30, "I first wrote to you on March 11, 2026.",
        "This is what I ask for:", "Copies of this letter go to:",
    ),
    "small_claims_statement": (*BILL, *SERVICE, *HISTORY, *POINT_WORDS, "$839.34", "what I ask for:", "attached"),
    "helper_authorization": (
        *BILL, "I authorize Maria Ruiz", "speak on the phone", "valid until December 31, 2026", "revoke",
    ),
    "advocate_intake": (*BILL, *SERVICE, *HISTORY, *POINT_WORDS, "coming up:", "like to achieve:", "Example Health"),
}  # fmt: skip

ENCLOSED = {
    "billing_dispute": ("bill", "EOB"),
    "rebill_request": ("EOB",),
    "assistance_appeal": ("missing", "income"),
    "refund_demand": ("proof of payment", "EOB"),
    "estimate_dispute": ("estimate", "bill"),
    "no_surprises_complaint": ("bill", "EOB"),
    "internal_appeal": ("denial", "letter from your doctor", "records"),
    "external_review": ("final decision", "appeal", "doctor's letter", "authorization"),
    "medicare_appeal": ("notice",),
    "credit_dispute": ("page of the report",),
    "complaint": ("bill", "letters"),
    "small_claims_statement": ("bill", "letters"),
}
"""The copies without which a letter of that kind is not whole."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A bill of which everything is known."""
    with Library.create(tmp_path_factory.mktemp("letters") / "library") as library:
        keep_sender(library, sender_of("Ana Ruiz\n12 Elm Street\nMesa, AZ 85201"))
        _everything(library, Desk(library))
        yield library


def _everything(library: Library, desk: Desk) -> None:
    statement = Statement(bill_id=0, date=date(2026, 3, 9), balance=Cents(83934), total_charges=Cents(83934))
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Tom Ruiz", "000123", date(2026, 3, 2), statement))
    desk.perform(AddLines(1, LINES))
    desk.perform(EditRecord(Person, 1, (("date_of_birth", date(2015, 5, 6)),)))
    visit = library.read(lambda reader: reader.get(Bill, 1)).visit_id
    parts = (("self_pay", True), ("end", Moment(date(2026, 3, 3))))
    mesa, health, fork, maria = (_added(desk, Organization(name=name, kind=kind)) for name, kind in OFFICES)
    desk.perform(EditRecord(Visit, visit or 0, (*parts, ("facility_id", mesa))))
    policy = _added(desk, Policy(person_id=1, insurer_id=health, member_id="M-1", group_number="G-5"))
    records: tuple[Record, ...] = (
        Claim(policy_id=policy, bill_id=1, number="C-77", status="denied", date=date(2026, 3, 18),
              patient_responsibility=Cents(12000)),
        Collection(bill_id=1, collector_id=fork, reference="RF-77", amount=Cents(83934), notice_date=date(2026, 3, 23)),
        Assistance(bill_id=1, applied=date(2026, 3, 12), decided=date(2026, 3, 25), status="denied", household_size=3,
                   annual_income=Cents(4000000)),
        Estimate(visit_id=visit, provider_id=1, kind="good_faith_estimate", date=date(2026, 2, 20),
                 amount=Cents(30000)),
        Offer(bill_id=1, date=date(2026, 3, 26), amount=Cents(70000), direction="from_them", status="countered"),
        Offer(bill_id=1, date=date(2026, 3, 27), amount=Cents(40000), direction="from_me", status="open",
              basis="prices in the area", pay_by=date(2026, 4, 15), expires=date(2026, 4, 20),
              installment_amount=Cents(5000)),
        Payment(bill_id=1, date=date(2026, 3, 13), amount=Cents(90000)),
        Price(code="J1885", amount=Cents(1200), source="Posted list", place="Mesa, AZ", date=date(2026, 2, 1)),
        Authorization(person_id=1, helper_id=maria, scope="speak on the phone", ends=date(2026, 12, 31)),
    )  # fmt: skip
    for record in records:
        desk.perform(AddRecord(record))
    _letters_and_calls(desk)


def _letters_and_calls(desk: Desk) -> None:
    desk.perform(WriteLetter("billing_dispute", 1, POINTS))
    desk.perform(MarkLetterSent(1, date(2026, 3, 11), "hand"))
    desk.perform(RecordReply(1, date(2026, 3, 20), "Your letter", "We looked."))
    earlier = Call(started=Moment(date(2026, 3, 10)), representative="Dana W.", said="Soon.")
    kept = Promise(call_id=0, text="Send the records.", due=date(2026, 3, 14), status="broken")
    desk.perform(LogCall(earlier, "Blue Mesa Imaging", (1,), promises=(kept,)))
    call = Call(
        started=Moment(date(2026, 3, 16), time(14, 5)),
        representative="Mr. Bell Jr.",
        representative_id="226",
        reference_number="R-88",
        said="He will look.",
    )
    promise = Promise(call_id=0, text="Send a corrected bill.", due=date(2026, 3, 30))
    desk.perform(LogCall(call, "Blue Mesa Imaging", (1,), promises=(promise,)))


LINES = (
    Line(
        bill_id=0,
        date=Moment(date(2026, 3, 2)),
        code="J1885",
        description="Injection",
        units=Decimal(1),
        charge=Cents(4200),
        accepted=Cents(4200),
    ),
    Line(bill_id=0, description="Film, large", charge=Cents(79734), disputed=Cents(50000)),
)
OFFICES: tuple[tuple[str, OrganizationKind], ...] = (
    ("Mesa General", "hospital"),
    ("Example Health", "insurer"),
    ("Red Fork Recovery", "collector"),
    ("Maria Ruiz", "advocate"),
)


def _added(desk: Desk, record: Record) -> int:
    kept: Record = desk.perform(AddRecord(record))
    return kept.id


def _paper(library: Library, letter_id: int) -> str:
    """The words on the paper of a letter, in one line, without the foot that each further page has."""
    made, _page = make_letter_pdf(library, letter_id, TODAY)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    return " ".join(" ".join(re.split(r"page \d+ of \d+", page)[0] for page in pages).split())


def _written(library: Library, kind: str, language: str = "en") -> Letter:
    letter: Letter = Desk(library).perform(WriteLetter(kind, 1, POINTS, language))
    return letter


def _filled(library: Library, letter: Letter) -> Letter:
    """The letter with something of one's own in each of its blanks."""
    words = letter_words("es" if letter.body and "Atentamente" in letter.body else "en")
    texts = [letter.subject or "", letter.body or ""]
    for blank in words.blanks.values():
        texts = [text.replace(f"[{blank}]", "what I say myself") for text in texts]
    filled: Letter = Desk(library).perform(EditLetter(letter.id, *texts))
    return filled


def test_every_kind_of_letter_is_in_the_table() -> None:
    assert HAS.keys() == {template.kind for template in letter_kinds()}
    assert {kind: encloses(kind) for kind in HAS if encloses(kind)}.keys() == ENCLOSED.keys()


@pytest.mark.parametrize("kind", HAS)
def test_the_paper_says_what_a_letter_of_its_kind_has_to_say(library: Library, kind: str) -> None:
    letter = _filled(library, _written(library, kind))
    read = _paper(library, letter.id)
    missing = [words for words in (*HEAD, *HAS[kind]) if words not in read]
    assert not missing, read
    assert not re.search(r"None|\.\.|\[[a-z]", read.replace("[their address]", "").replace("[name of the office]", ""))


@pytest.mark.parametrize("kind", HAS)
def test_a_letter_lists_its_blanks_and_has_none_once_they_are_filled(library: Library, kind: str) -> None:
    letter = _written(library, kind)
    listed = library.read(lambda reader: letter_blanks(reader, letter))
    standing = re.findall(r"\[([^\]]+)\]", f"{letter.subject}\n{letter.body}")
    assert set(standing) <= set(listed)
    filled = _filled(library, letter)
    assert letter_words().blanks_in(filled.subject or "", filled.body or "") == ()
    assert "[" not in f"{filled.subject}{filled.body}"


@pytest.mark.parametrize("kind", ENCLOSED)
def test_a_letter_asks_for_the_copies_without_which_it_is_not_whole(kind: str) -> None:
    assert [words for words in ENCLOSED[kind] if words not in encloses(kind)] == []


@pytest.mark.parametrize("template", letter_kinds("es"), ids=lambda one: one.kind)
def test_a_letter_in_spanish_has_the_facts_of_the_english_one(library: Library, template: object) -> None:
    kind = getattr(template, "kind", "")
    facts = []
    for language in ("en", "es"):
        read = _paper(library, _filled(library, _written(library, kind, language)).id)
        facts.append(sorted(re.findall(r"\$[\d,.]*\d|000123|RF-77|Tom Ruiz|\b\d+ USC \w+|\b(?:30|2026)\b", read)))
    assert facts[0] == facts[1]
    assert letter_template(kind, "es").name != letter_template(kind).name


def test_a_bill_of_which_little_is_known_gives_whole_sentences(tmp_path: Path) -> None:
    with Library.create(tmp_path / "bare") as bare:
        Desk(bare).perform(EnterBill("Quiet Lab, Inc.", "laboratory", "Tom", None, None, None))
        for template in (*letter_kinds(), *letter_kinds("es")):
            letter: Letter = Desk(bare).perform(WriteLetter(template.kind, 1, (), template.language))
            text = f"{letter.subject}\n{letter.body}"
            assert not re.search(r"None|  |\.\.|\{|\$0\.00| [.,;:]|\n \S", text), text
            for line in (letter.body or "").split("\n"):
                assert not line or line.startswith(SIGNED) or line[-1] in ".:]_,?", line


SIGNED = ("[your name]", "[su nombre]")


def test_several_claims_are_claims_and_one_is_a_claim(tmp_path: Path) -> None:
    with Library.create(tmp_path / "claims") as library:
        desk = Desk(library)
        desk.perform(EnterBill("Quiet Lab", "laboratory", "Tom", "9", None, None))
        insurer = _added(desk, Organization(name="Example Health", kind="insurer"))
        policy = _added(desk, Policy(person_id=1, insurer_id=insurer))
        for number, said in (("A", "claim A"), ("B", "claims A and B"), ("C", "claims A, B and C")):
            desk.perform(AddRecord(Claim(policy_id=policy, bill_id=1, number=number)))
            letter: Letter = desk.perform(WriteLetter("internal_appeal", 1))
            assert f"your decision on {said} for Tom" in (letter.body or "")
            assert f"decision on {said}, member" in (letter.subject or "")


def test_nobody_is_made_to_question_accept_or_ask_for_nothing(tmp_path: Path) -> None:
    with Library.create(tmp_path / "nothing") as library:
        desk = Desk(library)
        statement = Statement(bill_id=0, date=date(2026, 3, 9), balance=Cents(0))
        desk.perform(EnterBill("Quiet Lab", "laboratory", "Tom", "9", None, statement))
        lines = (Line(bill_id=0, description="Film", charge=Cents(500), disputed=Cents(0), accepted=Cents(0)),)
        desk.perform(AddLines(1, lines))
        for kind in ("billing_dispute", "complaint", "settlement_offer"):
            letter: Letter = desk.perform(WriteLetter(kind, 1))
            assert "$0.00" not in (letter.body or "")
        assert "A statement came." in (desk.perform(WriteLetter("complaint", 1)).body or "")
