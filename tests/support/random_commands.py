"""Any command that a person could give to a library as it is now, drawn from a seed."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, get_args

from medbills_desktop.checks import Finding
from medbills_desktop.commands.after_calls import ConfirmCall
from medbills_desktop.commands.appeals import DecideAppeal, FileAppeal, StartAppeal, WriteAppealLetter
from medbills_desktop.commands.assistance import (
    AddAssistancePapers,
    ConsiderAssistance,
    MoveAssistance,
    SendAssistancePapers,
    SetHousehold,
)
from medbills_desktop.commands.bills import EnterBill, SetBillStatus
from medbills_desktop.commands.calls import ClosePromise, CorrectCall, FinishTask, LogCall
from medbills_desktop.commands.claims import EnterClaim
from medbills_desktop.commands.code_tables import LoadCodeTable, RemoveCodeTable
from medbills_desktop.commands.collections import (
    EnterNotice,
    MarkCreditReport,
    MarkDisputed,
    MarkValidated,
    WriteDebtDispute,
)
from medbills_desktop.commands.command import Command
from medbills_desktop.commands.findings import (
    AskAboutFinding,
    AskFindingInLetter,
    DismissFinding,
    DisputeFinding,
    ReopenFinding,
)
from medbills_desktop.commands.import_case import ImportCase
from medbills_desktop.commands.itemized import KeepAsItemizedBill
from medbills_desktop.commands.letter_parts import AddressLetter, EncloseInLetter, SignDrafts, TellBrokenPromises
from medbills_desktop.commands.letters import (
    METHODS,
    AddPointToLetter,
    AskInLetter,
    EditLetter,
    MarkLetterSent,
    RecordReply,
    WriteLetter,
)
from medbills_desktop.commands.lines import AddLines, EditLines, MarkLines, PasteLines, RemoveLines
from medbills_desktop.commands.noting_packets import NotePacket
from medbills_desktop.commands.offers import (
    AnswerOffer,
    AskConfirmation,
    AskZeroBalance,
    MakeOffer,
    MarkExpired,
    RecordConfirmation,
    RecordZeroBalance,
    SettleBill,
)
from medbills_desktop.commands.papers import AddPapers, LinkLineRegion, LinkPaper, TakeFromPaper, TurnPage, UnlinkPaper
from medbills_desktop.commands.people import (
    AuthorizeHelper,
    EditAuthorization,
    MergeOrganizations,
    RemoveParty,
    WriteAuthorization,
)
from medbills_desktop.commands.points import RecordAnswers
from medbills_desktop.commands.prices import AddProof, LinkProof
from medbills_desktop.commands.proving import ProvePromise
from medbills_desktop.commands.recordings import AddRecording, RecordingNote
from medbills_desktop.commands.records import AddRecord, EditRecord, RemoveRecord
from medbills_desktop.commands.redactions import AddRedaction, RemoveRedaction
from medbills_desktop.commands.rule_cards import KeepOwnCard, SwitchRule, TakeBackCard
from medbills_desktop.domain.assistance_way import STATE
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    KINDS,
    Appeal,
    Assistance,
    AssistancePaper,
    Authorization,
    Bill,
    Call,
    CallBill,
    Claim,
    CodeTable,
    Collection,
    Document,
    DocumentLink,
    Letter,
    Line,
    Offer,
    Organization,
    Person,
    PointAnswer,
    Price,
    Promise,
    PromiseProof,
    Record,
    Statement,
    Task,
    fields_of,
)
from medbills_desktop.domain.records.bills import BillStatus, Mark
from medbills_desktop.domain.records.fields import FieldInfo
from medbills_desktop.domain.records.handing_over import Redaction, RedactionKind
from medbills_desktop.domain.records.keeping_on import AppealLevel
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.store.library import Library
from tests.support.libraries import received

WORDS = ("Ana", "Blue Mesa", "Nguyễn", "000123", "", "hold – “no”", "a\nb", "1,234.50", "🙂", "x" * 300)
LINKED = ("bill", "call", "line", "statement", "claim", "letter")


class Giver:
    """Draws commands that make sense (mostly) for what the library holds at that moment."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library = library
        self.draw = random.Random(seed)
        self.makers: list[Callable[[], Command | None]] = [
            self.enter_bill,
            self.set_status,
            self.add_lines,
            self.edit_lines,
            self.mark_lines,
            self.remove_lines,
            self.paste_lines,
            self.log_call,
            self.correct_call,
            self.close_promise,
            self.prove_promise,
            self.add_recording,
            self.confirm_call,
            self.finish_task,
            self.add_papers,
            self.add_proof,
            self.link_proof,
            self.keep_as_itemized_bill,
            self.link_paper,
            self.link_region,
            self.take_from_paper,
            self.unlink_paper,
            self.turn_page,
            self.take_area_out,
            self.leave_area_in,
            self.note_packet,
            self.enter_claim,
            self.import_case,
            self.decide_finding,
            self.write_letter,
            self.load_code_table,
            self.remove_code_table,
            self.change_rules,
            self.change_letter,
            self.ask_in_letter,
            self.make_offer,
            self.negotiate,
            self.record_answers,
            self.change_people,
            self.ask_for_assistance,
            self.appeal,
            self.answer_collector,
            *[self.add_record] * 6,
            *[self.edit_record] * 4,
            *[self.remove_record] * 4,
        ]

    def command(self) -> Command:
        """The next command."""
        while True:
            made = self.draw.choice(self.makers)()
            if made is not None:
                return made

    def ids(self, kind: type[Record]) -> list[int]:
        return self.library.read(lambda reader: [row[0] for row in reader.rows(f"SELECT id FROM {kind.KIND}")])

    def one(self, kind: type[Record]) -> int | None:
        found = self.ids(kind)
        return self.draw.choice(found) if found else None

    def some(self, kind: type[Record], most: int = 4) -> tuple[int, ...]:
        found = self.ids(kind)
        return tuple(self.draw.sample(found, min(len(found), self.draw.randrange(most + 1))))

    def word(self) -> str:
        return self.draw.choice(WORDS)

    def day(self) -> date:
        return date(2024, 1, 1) + timedelta(days=self.draw.randrange(600))

    def moment(self) -> Moment:
        return Moment(self.day(), self.draw.choice((None, time(9, 30))))

    def cents(self) -> Cents:
        return Cents(self.draw.randrange(-500, 100_000))

    def value(self, field: FieldInfo) -> Any:
        """A value for a field; `LookupError` where it must refer to a record and there is none."""
        if field.refers_to:
            found = self.one(KIND_BY_NAME[field.refers_to])
            if found is None and not field.optional:
                raise LookupError(field.name)
            return found
        if field.choices:
            return self.draw.choice(field.choices)
        makers: dict[Any, Callable[[], Any]] = {
            str: self.word,
            int: lambda: self.draw.randrange(1, 50),
            bool: lambda: self.draw.random() < 0.5,
            Cents: self.cents,
            Decimal: lambda: Decimal(self.draw.randrange(1, 900)) / 4,
            date: self.day,
            Moment: self.moment,
            tuple[str, ...]: lambda: tuple(self.word() for _ in range(2)),
            tuple[float, ...]: lambda: tuple(round(self.draw.random() * 600, 1) for _ in range(4)),
            dict[str, Any]: lambda: {"asked": self.word(), "sure": True},
        }
        return makers[field.type]()

    def record(self, kind: type[Record]) -> Record | None:
        """A new record of a kind that refers to what is there."""
        values: dict[str, Any] = {}
        try:
            for field in fields_of(kind):
                if field.name not in ("id", "ref") and not (field.optional and self.draw.random() < 0.5):
                    values[field.name] = self.value(field)
        except LookupError:
            return None
        if kind is DocumentLink:
            values["type"] = self.draw.choice(LINKED)
            target = self.one(KIND_BY_NAME[values["type"]])
            if target is None:
                return None
            values["target_id"] = target
        return kind(**values)

    def some_fields(self, kind: type[Record]) -> tuple[tuple[str, Any], ...]:
        kept = [field for field in fields_of(kind) if field.name not in ("id", "ref") and not field.owner]
        chosen = self.draw.sample(kept, min(len(kept), self.draw.randrange(1, 4)))
        given: list[tuple[str, Any]] = []
        for field in chosen:
            if kind is DocumentLink and field.name in ("type", "target_id"):
                continue
            try:
                given.append((field.name, None if field.optional and self.draw.random() < 0.3 else self.value(field)))
            except LookupError:
                continue
        return tuple(given)

    def lines(self) -> tuple[Line, ...]:
        count = self.draw.randrange(4)
        return tuple(Line(bill_id=0, description=self.word(), charge=self.cents()) for _ in range(count))

    def enter_bill(self) -> Command:
        statement = Statement(bill_id=0, date=self.day(), balance=self.cents()) if self.draw.random() < 0.7 else None
        visit = self.day() if self.draw.random() < 0.5 else None
        return EnterBill(self.word(), "hospital", self.word(), self.word(), visit, statement, self.word())

    def set_status(self) -> Command | None:
        bill = self.one(Bill)
        return bill and SetBillStatus(bill, self.draw.choice(get_args(BillStatus)))  # type: ignore[return-value]

    def add_lines(self) -> Command | None:
        bill = self.one(Bill)
        return bill and AddLines(bill, self.lines(), self.one(Line))  # type: ignore[return-value]

    def edits(self) -> tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]:
        return tuple((line, self.some_fields(Line)) for line in self.some(Line))

    def edit_lines(self) -> Command:
        return EditLines(self.edits())

    def mark_lines(self) -> Command:
        return MarkLines(self.some(Line), self.draw.choice(get_args(Mark)), self.word())

    def remove_lines(self) -> Command:
        return RemoveLines(self.some(Line, 8))

    def paste_lines(self) -> Command | None:
        bill = self.one(Bill)
        return bill and PasteLines(bill, self.edits(), self.lines())  # type: ignore[return-value]

    def promises(self) -> tuple[Promise, ...]:
        return tuple(Promise(call_id=0, text=self.word(), due=self.day()) for _ in range(self.draw.randrange(3)))

    def log_call(self) -> Command:
        call = Call(started=self.moment(), said=self.word())
        note = self.draw.choice((None, self.recording_note()))
        return LogCall(
            call, self.draw.choice((None, self.word())), self.some(Bill), self.some(Claim), self.promises(), note
        )

    def recording_note(self) -> RecordingNote:
        recording = self.draw.choice(("none", "mine", "theirs", "both"))
        consent = self.draw.choice((None, "asked_yes", "asked_no"))
        mine, theirs = self.draw.choice((None, "TX")), self.draw.choice((None, "CA"))
        return RecordingNote(recording, consent, self.one(Document), mine, theirs)  # type: ignore[arg-type]

    def prove_promise(self) -> Command | None:
        promise = self.one(Promise)
        proof = PromiseProof(promise_id=promise or 0, document_id=self.one(Document), note=self.word())
        status = self.draw.choice(("open", "kept", "broken"))
        shown = self.draw.choice((None, proof))
        return promise and ProvePromise(promise, status, self.day(), shown)  # type: ignore[return-value,arg-type]

    def add_recording(self) -> Command:
        return AddRecording(received(self.library, f"sound {self.draw.randrange(6)}"), self.day())

    def confirm_call(self) -> Command | None:
        call, bill = self.one(Call), self.one(Bill)
        return ConfirmCall(call, bill) if call and bill else None

    def correct_call(self) -> Command | None:
        call_id = self.one(Call)
        if call_id is None:
            return None
        call, kept = self.library.read(lambda r: (r.get(Call, call_id), r.find(Promise, call_id=call_id)))
        promises = (*(dataclasses.replace(one, text=self.word()) for one in kept[1:]), *self.promises())
        corrected = dataclasses.replace(call, said=self.word())
        return CorrectCall(
            corrected,
            self.draw.choice((None, self.word())),
            self.some(Bill),
            self.some(Claim),
            promises,
            self.draw.choice((None, self.recording_note())),
        )

    def close_promise(self) -> Command | None:
        promise = self.one(Promise)
        status = self.draw.choice(("open", "kept", "broken"))
        return promise and ClosePromise(promise, status, self.day())  # type: ignore[return-value,arg-type]

    def finish_task(self) -> Command | None:
        task = self.one(Task)
        return task and FinishTask(task, self.draw.choice((None, self.day())))  # type: ignore[return-value]

    def add_papers(self) -> Command:
        numbers = [self.draw.randrange(12) for _ in range(self.draw.randrange(1, 4))]
        papers = tuple(received(self.library, f"scan {number}") for number in numbers)
        return AddPapers(papers, self.draw.choice((None, self.one(Bill))), self.day())

    def keep_as_itemized_bill(self) -> Command | None:
        document, bill = self.one(Document), self.one(Bill)
        return KeepAsItemizedBill(document, bill) if document and bill else None

    def link_paper(self) -> Command | None:
        document, kind = self.one(Document), self.draw.choice(LINKED)
        target = self.one(KIND_BY_NAME[kind])
        return LinkPaper(document, kind, target, 1, (1.0, 2.0, 3.0, 4.5)) if document and target else None

    def add_proof(self) -> Command | None:
        price = self.one(Price)
        papers = (received(self.library, f"scan {self.draw.randrange(12)}"),)
        return price and AddProof(price, papers, self.day())  # type: ignore[return-value]

    def link_proof(self) -> Command | None:
        price, document = self.one(Price), self.one(Document)
        rect = self.draw.choice((None, (1.0, 2.0, 3.0, 4.0)))
        return LinkProof(price, document, 1 if rect else None, rect) if price and document else None

    def link_region(self) -> Command | None:
        line, document = self.one(Line), self.one(Document)
        return (
            LinkLineRegion(line, document, self.draw.randrange(1, 3), (1.0, 2.0, 3.0, 4.0))
            if line and document
            else None
        )

    def take_from_paper(self) -> Command | None:
        line, document = self.one(Line), self.one(Document)
        if not line or not document:
            return None
        field, value = self.draw.choice((("charge", Cents(700)), ("description", "taken"), ("code", None)))
        top = float(self.draw.choice((2, 3, 90)))
        return TakeFromPaper(line, field, value, document, self.draw.randrange(1, 3), (1.0, top, 9.0, top + 4))

    def unlink_paper(self) -> Command | None:
        links = self.library.read(lambda reader: reader.find(DocumentLink))
        link = self.draw.choice(links) if links else None
        return link and UnlinkPaper(link.document_id, link.type, link.target_id)

    def take_area_out(self) -> Command | None:
        document = self.one(Document)
        left, top = self.draw.uniform(0, 500), self.draw.uniform(0, 700)
        kind = self.draw.choice(get_args(RedactionKind))
        return document and AddRedaction(document, self.draw.randrange(1, 3), (left, top, left + 90, top + 12), kind)  # type: ignore[return-value]

    def note_packet(self) -> Command | None:
        bill = self.one(Bill)
        if bill is None:
            return None
        ref = self.library.read(lambda reader: reader.get(Bill, bill)).ref or ""
        return NotePacket((ref,), self.word(), "court", date(2026, 3, 1), "Packet.pdf", "5a" * 32, 9, 3)

    def leave_area_in(self) -> Command | None:
        area = self.one(Redaction)
        return area and RemoveRedaction(area)  # type: ignore[return-value]

    def turn_page(self) -> Command | None:
        document = self.one(Document)
        turn = self.draw.choice((0, 90, 180, 270))
        return document and TurnPage(document, self.draw.randrange(1, 3), turn)  # type: ignore[return-value]

    def enter_claim(self) -> Command:
        return EnterClaim(self.word(), Claim(policy_id=0, bill_id=self.one(Bill), billed=self.cents()))

    def import_case(self) -> Command:
        records: list[Record] = [
            Person(id=1, ref=f"P{self.draw.randrange(4)}", name=self.word()),
            Organization(id=1, ref=f"O{self.draw.randrange(4)}", name=self.word(), kind="hospital"),
            Bill(id=1, ref=f"B{self.draw.randrange(9)}", biller_id=1, person_id=1, notes=self.word()),
            Line(id=1, ref="L1", bill_id=1, description=self.word(), charge=self.cents()),
        ]
        return ImportCase(case_of(records))

    def decide_finding(self) -> Command | None:
        bill = self.one(Bill)
        if bill is None:
            return None
        finding = Finding(
            check=self.draw.choice(("duplicate-line", "late-fee")),
            level="question",
            bill_id=bill,
            line_ids=self.some(Line),
            amount=self.draw.choice((None, self.cents())),
            title=self.word(),
            explanation="",
            ask=self.word(),
            evidence=(),
            fingerprint=self.draw.choice("ab"),
        )
        decide = self.draw.choice((AskAboutFinding, AskFindingInLetter, DismissFinding, DisputeFinding, ReopenFinding))
        if decide is ReopenFinding:
            return ReopenFinding(finding)
        if decide in (AskAboutFinding, AskFindingInLetter):
            return decide(finding, self.day())
        return decide(finding, self.day(), self.word())

    def load_code_table(self) -> Command:
        row = ("G0101", "Q0091", "2020-01-01", "", self.draw.randrange(2))
        held, count = self.library.tables.keep("code_pairs", [row], lambda _done: True)
        return LoadCodeTable(
            CodeTable(
                kind="code_pairs",
                setting=self.draw.choice(("practitioner", "any")),
                file=self.word(),
                sha256=held.sha256,
                size=held.size,
                rows=count,
                rows_sha256=held.sha256,
                accepted_at=self.word(),
                loaded_at=self.word(),
            )
        )

    def remove_code_table(self) -> Command:
        return RemoveCodeTable(self.one(CodeTable) or 1)

    def change_rules(self) -> Command:
        card = self.draw.choice(shipped_cards())
        own = self.draw.choice(("", "own.1", card.id))
        makers: list[Callable[[], Command]] = [
            lambda: SwitchRule(own or card.id, self.draw.random() < 0.5),
            lambda: KeepOwnCard(dataclasses.replace(card, id=own, effect=self.word()), self.word()),
            lambda: TakeBackCard(own or card.id),
        ]
        return self.draw.choice(makers)()

    def point(self) -> LetterPoint:
        return LetterPoint(
            self.word(), self.some(Line, 6), self.some(Statement, 2), self.draw.choice((None, self.cents()))
        )

    def points(self) -> tuple[LetterPoint, ...]:
        return tuple(self.point() for _ in range(self.draw.randrange(3)))

    def write_letter(self) -> Command | None:
        bill, kind = self.one(Bill), self.draw.choice(("itemization_request", "bill_questions"))
        return bill and WriteLetter(kind, bill, self.points())  # type: ignore[return-value]

    def ask_in_letter(self) -> Command | None:
        bill = self.one(Bill)
        return bill and AskInLetter(bill, self.point())  # type: ignore[return-value]

    def change_letter(self) -> Command:
        letter, day = self.one(Letter) or 1, self.day()
        makers: list[Callable[[], Command]] = [
            lambda: EditLetter(letter, self.word(), self.word()),
            lambda: AddPointToLetter(letter, self.point()),
            lambda: MarkLetterSent(letter, day, self.draw.choice(METHODS), self.word(), self.draw.choice((None, day))),
            lambda: AddressLetter(letter, self.one(Organization) or 1),
            lambda: EncloseInLetter(letter, self.some(Document)),
            lambda: SignDrafts(self.word() or "Ana Ruiz"),
            lambda: TellBrokenPromises(letter),
            lambda: RecordReply(
                letter, day, self.word(), self.word(), self.draw.choice(METHODS), None, self.one(Document)
            ),
        ]
        return self.draw.choice(makers)()

    def ask_for_assistance(self) -> Command | None:
        bill, found, day = self.one(Bill), self.one(Assistance) or 1, self.day()
        makers: list[Callable[[], Command | None]] = [
            lambda: None if bill is None else ConsiderAssistance(bill),
            lambda: SetHousehold(found, self.draw.choice((None, 0, 3)), self.draw.choice((None, self.cents()))),
            lambda: MoveAssistance(found, self.draw.choice(tuple(STATE)), day, Decimal(75), self.word()),  # type: ignore[arg-type]
            lambda: AddAssistancePapers(found, (self.word(), "Tax return"), self.draw.choice((None, day))),
            lambda: SendAssistancePapers(self.some(AssistancePaper), day, self.one(Document)),
        ]
        return self.draw.choice(makers)()

    def appeal(self) -> Command:
        claim, found, day = self.one(Claim) or 1, self.one(Appeal) or 1, self.day()
        makers: list[Callable[[], Command]] = [
            lambda: StartAppeal(claim, self.draw.choice(get_args(AppealLevel)), None, day, None, self.word()),
            lambda: FileAppeal(found, day),
            lambda: DecideAppeal(found, day, self.draw.choice(("upheld", "overturned")), None, self.word()),
            lambda: WriteAppealLetter(found),
        ]
        return self.draw.choice(makers)()

    def answer_collector(self) -> Command:
        found, day = self.one(Collection) or 1, self.day()
        makers: list[Callable[[], Command]] = [
            lambda: WriteDebtDispute(found),
            lambda: MarkDisputed(found, day),
            lambda: MarkValidated(found, day),
            lambda: MarkCreditReport(found, self.draw.choice((None, True, False))),
            lambda: EnterNotice(self.word(), Collection(bill_id=self.one(Bill) or 1, collector_id=0, notice_date=day)),
        ]
        return self.draw.choice(makers)()

    def make_offer(self) -> Command | None:
        bill = self.one(Bill)
        return None if bill is None else MakeOffer(self.offer(bill))

    def offer(self, bill: int) -> Offer:
        return Offer(
            bill_id=bill,
            date=self.day(),
            amount=self.cents(),
            direction=self.draw.choice(("from_me", "from_them", None)),
            installments=self.draw.choice((None, 1, 12)),
            expires=self.draw.choice((None, self.day())),
        )

    def negotiate(self) -> Command:
        offer, paper, bill = self.one(Offer) or 1, self.one(Document) or 1, self.one(Bill) or 1
        counter = self.offer(bill) if self.draw.random() < 0.5 else None
        makers: list[Callable[[], Command]] = [
            lambda: AnswerOffer(offer, "countered" if counter else self.draw.choice(("accepted", "declined")), counter),
            lambda: AnswerOffer(offer, "accepted"),
            lambda: MarkExpired(bill, self.day()),
            lambda: RecordConfirmation(offer, paper),
            lambda: RecordZeroBalance(offer, paper),
            lambda: AskConfirmation(bill),
            lambda: AskZeroBalance(bill),
            lambda: SettleBill(bill),
        ]
        return self.draw.choice(makers)()

    def change_people(self) -> Command | None:
        """Helpers who may speak, and records of organizations and patients that become one or go."""
        first, second, person = self.one(Organization), self.one(Organization), self.one(Person)
        given, bill = self.one(Authorization) or 1, self.one(Bill) or 1
        made: list[Command] = [
            EditAuthorization(given, (("revoked", self.day()),)),
            WriteAuthorization(given, bill),
        ]
        if first is not None and second is not None:
            made += [MergeOrganizations(first, second), RemoveParty(Organization, first)]
        if person is not None:
            leave = Authorization(person_id=person, helper_id=0, begins=self.day(), scope=self.word())
            made += [RemoveParty(Person, person), *[AuthorizeHelper(self.word(), "advocate", leave)] * 3]
        return self.draw.choice(made)

    def record_answers(self) -> Command | None:
        bill = self.one(Bill)
        if bill is None:
            return None
        calls, letters, lines = self.library.read(
            lambda reader: (
                reader.find(CallBill, bill_id=bill),
                reader.find(Letter, bill_id=bill, status="received"),
                reader.find(Line, bill_id=bill)[:2],
            )
        )
        answers = tuple(self.point_answer(line) for line in (None, *lines) if self.draw.random() < 0.6)
        if letters and (not calls or self.draw.random() < 0.5):
            return RecordAnswers(bill, answers, letter_id=letters[-1].id)
        return RecordAnswers(bill, answers, call_id=calls[-1].call_id if calls else self.one(Call))

    def point_answer(self, line: Line | None) -> PointAnswer:
        return PointAnswer(
            bill_id=0,
            line_id=line.id if line else None,
            check=None if line else "late-fee",
            fingerprint=None if line else "a",
            answer=self.draw.choice(("answered", "partly", "not_answered")),
            said=self.word(),
            amount_off=self.draw.choice((None, self.cents())),
        )

    def add_record(self) -> Command | None:
        record = self.record(self.draw.choice(KINDS))
        return AddRecord(record) if record else None

    def edit_record(self) -> Command | None:
        kind = self.draw.choice(KINDS)
        chosen = self.one(kind)
        return EditRecord(kind, chosen, self.some_fields(kind)) if chosen else None

    def remove_record(self) -> Command | None:
        kind = self.draw.choice(KINDS)
        chosen = self.one(kind)
        return RemoveRecord(kind, chosen) if chosen else None
