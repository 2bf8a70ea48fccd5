"""Letters from the records: what they say, what stays a visible blank, and how they go out and are answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.letter_parts import SignDrafts, is_unsigned
from medbills_desktop.commands.letters import (
    AddPointToLetter,
    AskInLetter,
    EditLetter,
    MarkLetterSent,
    RecordReply,
    WriteLetter,
)
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.letter_templates import letter_kinds, letter_template, letter_words
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Collection, Letter, Line, Organization, Policy, Statement
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import keep_sender, sender_of

DAY = date(2025, 5, 4)
SENT = date(2025, 6, 2)
LINES = (
    Line(bill_id=0, date=Moment(DAY), code="J1885", description="Injection", charge=Cents(4200)),
    Line(bill_id=0, description="Film, large", charge=Cents(500)),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    desk = Desk(library)
    statement = Statement(bill_id=0, date=DAY, balance=Cents(83934))
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123", DAY, statement))
    desk.perform(AddLines(1, LINES))
    return desk


def letter(library: Library, number: int = 1) -> Letter:
    return library.read(lambda reader: reader.get(Letter, number))


def blanks(found: Letter) -> tuple[str, ...]:
    return letter_words().blanks_in(found.subject or "", found.body or "")


def test_the_request_says_what_the_records_say_and_nothing_else(library: Library, desk: Desk) -> None:
    keep_sender(library, sender_of("Ana Ruiz\n12 Elm Street\n\nMesa, AZ 85201"))
    desk.perform(WriteLetter("itemization_request", 1))
    found = letter(library)
    body = found.body or ""
    assert (found.status, found.date, found.kind, found.recipient_id) == ("draft", None, "itemization_request", 1)
    assert found.subject == "Request for an itemized bill, account 000123"
    assert "account 000123, patient Ana Ruiz. Date of service: May 4, 2025." in body
    assert "Your statement of May 4, 2025 asks for $839.34." in body
    assert body.endswith("Sincerely,\n\n\n\nAna Ruiz")
    assert blanks(found) == ()


def test_what_is_not_known_stays_a_blank_and_optional_sentences_go(library: Library, desk: Desk) -> None:
    desk.perform(EnterBill("Quiet Lab", "laboratory", "Tom", None, None, None))
    desk.perform(WriteLetter("itemization_request", 2))
    found = letter(library)
    assert blanks(found) == ("account number", "your name")
    assert "statement" not in (found.body or "").split("Please")[0]
    assert "Date of service" not in (found.body or "")


@pytest.mark.parametrize("template", letter_kinds(), ids=lambda one: one.kind)
def test_a_letter_can_be_written_from_a_bill_of_which_nothing_is_known(
    library: Library, desk: Desk, template: Any
) -> None:
    desk.perform(EnterBill("{biller} [x]", "other", "{0} %s", "  ", None, None))
    desk.perform(WriteLetter(template.kind, 2))
    found = letter(library)
    named = {name for paragraph in template.paragraphs for sentence in paragraph for name in sentence.names}
    assert ("{biller} [x]" in (found.body or "")) is bool(
        named & {"provider"} or (template.to in ("biller", "contact") and "recipient" in named)
    )
    assert set(blanks(found)) <= set(letter_words().blanks.values())
    assert "your name" in blanks(found)
    assert ("account number" in blanks(found)) is ("account_number" in _required(template))
    assert "None" not in f"{found.subject} {found.body}"
    assert "  " not in (found.body or "")


def _required(template: Any) -> set[str]:
    """What a letter names in sentences that always stand."""
    sentences = [template.subject, *(one for paragraph in template.paragraphs for one in paragraph)]
    return {name for sentence in sentences if not sentence.optional for name in sentence.names}


def test_every_paper_of_a_dispute_has_its_letter() -> None:
    assert {template.number for template in letter_kinds()} == set(range(1, 28))
    assert len({template.name for template in letter_kinds()}) == len(letter_kinds())


@pytest.mark.parametrize("kind", [template.kind for template in letter_kinds("es")])
def test_the_letters_sent_most_are_there_in_spanish_with_the_same_facts(
    library: Library, desk: Desk, kind: str
) -> None:
    english, spanish = letter_template(kind), letter_template(kind, "es")
    assert _required(english) == _required(spanish)
    assert (english.number, english.to, english.answer_days) == (spanish.number, spanish.to, spanish.answer_days)
    assert len(english.paragraphs) == len(spanish.paragraphs)
    desk.perform(WriteLetter(kind, 1, language="es"))
    found = letter(library)
    assert "[your name]" not in (found.body or "")
    assert "[su nombre]" in (found.body or "") or "Ana" in (found.body or "")


def test_a_language_has_the_same_words_and_blanks_as_english() -> None:
    english, spanish = letter_words(), letter_words("es")
    assert set(english.texts) == set(spanish.texts)
    assert set(english.blanks) == set(spanish.blanks)
    assert set(english.methods) == set(spanish.methods)
    assert len(spanish.months) == 12


def test_a_letter_goes_to_whom_it_is_for(library: Library, desk: Desk) -> None:
    insurer = desk.perform(AddRecord(Organization(name="Example Health", kind="insurer")))
    desk.perform(AddRecord(Policy(person_id=1, insurer_id=insurer.id, member_id="M-1")))
    collector = desk.perform(AddRecord(Organization(name="Collect Co", kind="collector")))
    desk.perform(AddRecord(Collection(bill_id=1, collector_id=collector.id, reference="R-9", amount=Cents(7100))))
    for kind, recipient in (
        ("claim_file_request", insurer.id),
        ("debt_validation", collector.id),
        ("complaint", None),
        ("billing_dispute", 1),
    ):
        assert desk.perform(WriteLetter(kind, 1)).recipient_id == recipient
    letters = {one.kind: one.body or "" for one in library.read(lambda reader: reader.find(Letter))}
    assert "You ask for $71.00, reference R-9." in letters["debt_validation"]
    assert "member ID M-1" in letters["claim_file_request"]


def test_points_are_numbered_with_line_amount_and_question(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("bill_questions", 1))
    assert "your questions" in blanks(letter(library))
    desk.perform(AddPointToLetter(1, LetterPoint("Why does it stand here twice?", (1, 2), amount=Cents(4200))))
    body = letter(library).body or ""
    assert (
        "1. Line 1, May 4, 2025, J1885, Injection, $42.00; Line 2, Film, large, $5.00. Amount in question: $42.00.\n"
        "Why does it stand here twice?"
    ) in body
    assert "your questions" not in blanks(letter(library))
    desk.perform(AddPointToLetter(1, LetterPoint("What is this for?", (2,))))
    paragraphs = (letter(library).body or "").split("\n\n")
    numbers = [text[:2] for text in paragraphs if text[:1].isdigit()]
    assert numbers == ["1.", "2."]
    assert paragraphs.index(next(text for text in paragraphs if text.startswith("2."))) == 3


def test_the_same_question_is_not_added_twice_however_its_lines_were_broken(library: Library, desk: Desk) -> None:
    point = LetterPoint("Why does it stand here twice?", (1,))
    desk.perform(AskInLetter(1, point))
    broken = (letter(library).body or "").replace("stand here", "stand\nhere")
    desk.perform(EditLetter(1, "Mine", broken))
    desk.perform(AskInLetter(1, point))
    assert letter(library).body == broken
    assert len(library.read(lambda reader: reader.find(Letter))) == 1


def test_a_point_keeps_what_was_typed_and_goes_before_the_closing(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("itemization_request", 1))
    typed = "My own words.\n\nSincerely,\n\n\n\nAna"
    desk.perform(EditLetter(1, "Mine", typed))
    desk.perform(AddPointToLetter(1, LetterPoint("Why?")))
    assert letter(library).body == "My own words.\n\n1. Why?\n\nSincerely,\n\n\n\nAna"
    desk.undo()
    assert letter(library).body == typed


def test_asking_in_a_letter_takes_the_open_one_of_that_bill_and_begins_a_new_one_after_it_went_out(
    library: Library, desk: Desk
) -> None:
    keep_sender(library, sender_of("Ana"))
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "999", DAY, None))
    desk.perform(AskInLetter(1, LetterPoint("First?")))
    desk.perform(AskInLetter(2, LetterPoint("Other account?")))
    desk.perform(AskInLetter(1, LetterPoint("Second?")))
    assert "Second?" in (letter(library, 1).body or "")
    assert "First?" not in (letter(library, 2).body or "")
    desk.perform(MarkLetterSent(1, SENT, "hand"))
    desk.perform(AskInLetter(1, LetterPoint("Third?")))
    assert "Third?" not in (letter(library, 1).body or "")
    assert "1. Third?" in (letter(library, 3).body or "")


def test_a_letter_with_blanks_is_not_marked_sent_and_all_of_them_are_named(library: Library, desk: Desk) -> None:
    desk.perform(EditRecord(Bill, 1, (("account_number", None),)))
    desk.perform(WriteLetter("bill_questions", 1))
    with pytest.raises(UserError, match=r"account number, your questions, your name") as refused:
        desk.perform(MarkLetterSent(1, SENT))
    assert "Fill them in" in str(refused.value)
    assert letter(library).status == "draft"


def test_sending_notes_the_day_and_the_answer_that_the_letter_asks_for(library: Library, desk: Desk) -> None:
    keep_sender(library, sender_of("Ana Ruiz\n12 Elm Street"))
    desk.perform(EditRecord(Organization, 1, (("address", "1 Main Street"),)))
    desk.perform(WriteLetter("itemization_request", 1))
    desk.perform(MarkLetterSent(1, SENT, "certified_mail", " 9407 "))
    sent = letter(library)
    assert (sent.status, sent.date, sent.method, sent.tracking) == ("sent", SENT, "certified_mail", "9407")
    assert sent.reply_due == SENT + timedelta(days=30)
    for change in (EditLetter(1, "x", "y"), AddPointToLetter(1, LetterPoint("More?")), MarkLetterSent(1, SENT)):
        with pytest.raises(UserError, match="no draft any more"):
            desk.perform(change)


def test_an_answer_can_be_due_on_another_day_but_not_before_the_letter(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("itemization_request", 1))
    desk.perform(EditLetter(1, "Mine", "Please answer."))
    with pytest.raises(UserError, match="before the letter"):
        desk.perform(MarkLetterSent(1, SENT, reply_due=SENT - timedelta(days=1)))
    desk.perform(MarkLetterSent(1, SENT, reply_due=SENT))
    assert letter(library).reply_due == SENT


def test_a_reply_answers_the_letter_that_was_sent_and_is_not_older(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("itemization_request", 1))
    with pytest.raises(UserError, match="Mark it as sent"):
        desk.perform(RecordReply(1, SENT))
    desk.perform(EditLetter(1, "Mine", "Please answer."))
    desk.perform(MarkLetterSent(1, SENT))
    with pytest.raises(UserError, match="older"):
        desk.perform(RecordReply(1, SENT - timedelta(days=1)))
    reply = desk.perform(RecordReply(1, SENT, "Your letter", "We will look into it."))
    assert (reply.answers_to_id, reply.status, reply.recipient_id, reply.bill_id) == (1, "received", 1, 1)


def test_only_kinds_with_a_template_can_be_drafted(desk: Desk) -> None:
    for kind in ("words", "no_such", "../fonts/OFL", "itemization_request.toml"):
        with pytest.raises(UserError, match="no template"):
            desk.perform(WriteLetter(kind, 1))
    with pytest.raises(UserError):
        letter_template("bill_questions", "xx")


def test_every_template_names_only_what_has_a_blank_and_promises_nothing() -> None:
    words = letter_words()
    for template in letter_kinds():
        sentences = [template.subject, *(one for paragraph in template.paragraphs for one in paragraph)]
        names = {name for sentence in sentences for name in sentence.names}
        assert names <= set(words.blanks)
        text = " ".join(sentence.text for sentence in sentences).casefold()
        for harsh in ("fraud", "illegal", "demand", "must ", "lawsuit", "error", "overcharg", "!"):
            assert harsh not in text
        if template.answer_days:
            assert f"within {template.answer_days} days" in text


def test_a_name_given_later_goes_into_drafts_and_into_no_letter_that_went_out(library: Library, desk: Desk) -> None:
    desk.perform(WriteLetter("itemization_request", 1))
    (before,) = library.read(lambda reader: reader.find(Letter, status="draft"))
    assert is_unsigned(before)
    desk.perform(SignDrafts("Ana Ruiz"))
    after = library.read(lambda reader: reader.get(Letter, before.id))
    assert not is_unsigned(after)
    assert "Ana Ruiz" in (after.body or "")
    assert desk.undo()
    assert library.read(lambda reader: reader.get(Letter, before.id)) == before
    with pytest.raises(UserError, match="No name is given"):
        desk.perform(SignDrafts(" "))
