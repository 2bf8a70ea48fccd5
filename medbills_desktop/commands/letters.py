"""Letters: drafting one from the records, adding a point, changing it, noting that it went out and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Literal, get_args

from medbills_desktop.commands.letter_heads import Going, Where, missing_for, read_letter_page
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper, link_paper
from medbills_desktop.domain.dates import LATEST_YEAR, Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import (
    LetterPoint,
    draft_letter,
    holds_question,
    letter_recipient,
    point_text,
    with_point,
)
from medbills_desktop.domain.letter_paper import LetterPage
from medbills_desktop.domain.letter_templates import (
    LANGUAGE,
    letter_kinds,
    letter_language,
    letter_template,
    letter_words,
)
from medbills_desktop.domain.records import Bill, Document, Letter
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.work import Work

Method = Literal["mail", "certified_mail", "fax", "portal", "email", "hand"]
METHODS: tuple[Method, ...] = get_args(Method)

QUESTIONS, ITEMIZATION = "bill_questions", "itemization_request"
"""The kinds of letter that other screens ask for by name."""


@dataclass(frozen=True, slots=True)
class WriteLetter:
    """Draft a letter about a bill, filled from the records, to whom it is for. Gives the kept `Letter`.

    What the records lack stands in it as a blank such as `[account number]`. Refuses a kind without a template.
    """

    kind: str
    bill_id: int
    points: tuple[LetterPoint, ...] = ()
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Write letter"

    def run(self, work: Work) -> Letter:
        bill = work.get(Bill, self.bill_id)
        template = letter_template(self.kind, self.language)
        case = load_bills(work, {bill.id})
        recipient = letter_recipient(template, case, bill.id)
        drafted = draft_letter(template, case, bill.id, self.points, find_sender(work).name)
        return work.add(
            Letter(
                kind=self.kind,
                bill_id=bill.id,
                recipient_id=recipient.id if recipient else None,
                subject=drafted.subject,
                body=drafted.body,
                status="draft",
            )
        )


@dataclass(frozen=True, slots=True)
class EditLetter:
    """Keep another wording of a draft. A letter that was sent or received stays as it is: it is what they have."""

    letter_id: int
    subject: str
    body: str

    @property
    def label(self) -> str:
        return "Edit letter"

    def run(self, work: Work) -> Letter:
        open_draft(work, self.letter_id)
        subject = " ".join(self.subject.split()) or None
        return work.change(Letter, self.letter_id, subject=subject, body=self.body or None)


@dataclass(frozen=True, slots=True)
class AddPointToLetter:
    """Add a question to a draft as its next numbered point. One that stands in it already is not added again."""

    letter_id: int
    point: LetterPoint
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Add point to letter"

    def run(self, work: Work) -> Letter:
        return _with_point(work, open_draft(work, self.letter_id), self.point, self.language)


@dataclass(frozen=True, slots=True)
class AskInLetter:
    """Put a question into the open letter with questions about a bill, or begin one where none is open."""

    bill_id: int
    point: LetterPoint
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Ask in a letter"

    def run(self, work: Work) -> Letter:
        drafts = work.find(Letter, bill_id=self.bill_id, kind=QUESTIONS, status="draft")
        if drafts:
            return _with_point(work, drafts[-1], self.point, self.language)
        return WriteLetter(QUESTIONS, self.bill_id, (self.point,), self.language).run(work)


@dataclass(frozen=True, slots=True)
class MarkLetterSent:
    """Note that a draft went out: on which day, how, and with which tracking number; from then on it stays as it is.

    `paper` is the PDF that went out, already in the vault, and `page` what stands on it: it becomes an original of the
    library, and is refused where the letter says something else by now. Without one only the text is kept. Where no
    day for the answer is given, it is the one that the letter's template asks for; a letter of another kind has none.
    Refuses a draft that lacks something for its way, naming all of it.
    """

    letter_id: int
    day: Day
    method: Method | None = None
    tracking: str | None = None
    reply_due: Day | None = None
    paper: ReceivedPaper | None = None
    page: LetterPage | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        return "Mark letter sent"

    def check(self, reader: Reader) -> Letter:
        """The draft, ready to go out; raises `UserError` with all that is missing."""
        letter = open_draft(reader, self.letter_id)
        missing = missing_for(reader, letter, self.method)
        if missing:
            told = [_MISSING[where][0].format(blanks=", ".join(blanks)) for where, blanks in missing.items()]
            raise UserError(" ".join(told), " ".join(_MISSING[where][1] for where in missing))
        if not (letter.body or "").strip():
            raise UserError("The letter has no text yet.", "Write it first.")
        due = self.reply_due or _asked_by(letter, self.day)
        if due is not None and due < self.day:
            raise UserError("The answer can't be due before the letter was sent.", "Check both dates.")
        return letter

    def run(self, work: Work) -> Letter:
        letter = self.check(work)
        return work.change(
            Letter,
            letter.id,
            status="sent",
            date=self.day,
            method=self.method,
            tracking=(self.tracking or "").strip() or None,
            reply_due=self.reply_due or _asked_by(letter, self.day),
            document_id=self._frozen(work, letter),
        )

    def _frozen(self, work: Work, letter: Letter) -> int | None:
        """The paper as an original of the library, linked to the bill."""
        if self.paper is None:
            return letter.document_id
        going = Going(self.day, self.method, self.tracking)
        if self.page != read_letter_page(work, letter.id, self.day, going):
            raise UserError("The letter was changed while its paper was made.", "Look at it, then note it again.")
        document = AddPapers((self.paper,), letter.bill_id).run(work)[0]
        work.change(
            Document,
            document.id,
            kind=document.kind or "letter_sent",
            title=document.title or self.page.title,
            date=document.date or self.day,
            sender=document.sender or next(iter(self.page.sender), None),
        )
        return document.id


@dataclass(frozen=True, slots=True)
class RecordReply:
    """Keep a letter that came as the answer to one that was sent. Gives the kept letter.

    The paper it came on, if one is named, belongs to the bill from then on.
    """

    answers_to_id: int
    day: Day
    subject: str | None = None
    body: str | None = None
    method: Method | None = None
    reply_due: Day | None = None
    document_id: int | None = None

    @property
    def label(self) -> str:
        return "Record reply"

    def run(self, work: Work) -> Letter:
        sent = work.get(Letter, self.answers_to_id)
        if sent.status != "sent":
            raise UserError("Only a letter that was sent can be answered.", "Mark it as sent first.")
        if sent.date is not None and self.day < sent.date:
            raise UserError("The reply can't be older than the letter it answers.", "Check the date.")
        if self.document_id is not None and sent.bill_id is not None:
            link_paper(work, self.document_id, Bill.KIND, sent.bill_id)
        return work.add(
            Letter(
                kind="reply",
                bill_id=sent.bill_id,
                recipient_id=sent.recipient_id,
                subject=(self.subject or "").strip() or None,
                body=(self.body or "").rstrip() or None,
                status="received",
                date=self.day,
                method=self.method,
                reply_due=self.reply_due,
                document_id=self.document_id,
                answers_to_id=sent.id,
            )
        )


_MISSING: dict[Where, tuple[str, str]] = {
    "text": ("The letter still has blanks: {blanks}.", "Fill them in or take them out first."),
    "sender": ("Your side is missing: {blanks}.", "Type it under “Your name and address…” below the letter."),
    "recipient": ("Their side is missing: {blanks}.", "Enter it under “Their address…” below the letter."),
}


def open_draft(reader: Reader, letter_id: int) -> Letter:
    """A letter that can still be changed; raises `UserError` for one that went out or came."""
    letter = reader.get(Letter, letter_id)
    if letter.status not in ("draft", None):
        raise UserError(
            "This letter is no draft any more, so its text stays as it went out.", "Write a new letter for what to add."
        )
    return letter


def _with_point(work: Work, letter: Letter, point: LetterPoint, language: str) -> Letter:
    body = letter.body or ""
    if letter.bill_id is None or holds_question(body, point.ask):
        return letter
    words = letter_words(letter_language(body) if language == LANGUAGE else language)
    case = load_bills(work, {letter.bill_id})
    write = partial(point_text, point, case, letter.bill_id, words)
    return work.change(Letter, letter.id, body=with_point(body, write, words))


def _asked_by(letter: Letter, day: Day) -> Day | None:
    days = next((one.answer_days for one in letter_kinds() if one.kind == letter.kind), None)
    return day + timedelta(days=days) if days and day < date(LATEST_YEAR, 1, 1) else None
