"""Every command: do it, undo it, redo it, comparing the whole library each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

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
from medbills_desktop.commands.collections import (
    EnterNotice,
    MarkCreditReport,
    MarkDisputed,
    MarkValidated,
    WriteDebtDispute,
)
from medbills_desktop.commands.command import Command
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.itemized import KeepAsItemizedBill
from medbills_desktop.commands.letter_parts import AddressLetter, EncloseInLetter, SignDrafts, TellBrokenPromises
from medbills_desktop.commands.letters import (
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
from medbills_desktop.commands.papers import (
    AddPapers,
    LinkLineRegion,
    LinkPaper,
    ReceivedPaper,
    TakeFromPaper,
    TurnPage,
    UnlinkPaper,
)
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
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import ChangedMeanwhileError, UserError
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    KINDS,
    Appeal,
    Assistance,
    AssistancePaper,
    Authorization,
    Bill,
    Call,
    Claim,
    Collection,
    Letter,
    Line,
    Offer,
    OwnCard,
    Payment,
    Person,
    PointAnswer,
    Price,
    Promise,
    PromiseProof,
    RuleChoice,
    Statement,
    Task,
)
from medbills_desktop.domain.rules.card_text import card_text
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.store.library import Library

DAY = date(2025, 5, 4)
ENTER = EnterBill(
    "Blue Mesa Imaging",
    "imaging",
    "Ana Ruiz",
    "000123",
    DAY,
    Statement(bill_id=0, date=DAY, balance=Cents(83934)),
)
LINES = (Line(bill_id=0, description="Film, large", charge=Cents(500)), Line(bill_id=0, description="Contrast"))
OFFERS = (
    Offer(bill_id=1, date=DAY, amount=Cents(300_00), direction="from_them", status="open", expires=DAY),
    Offer(bill_id=2, date=DAY, amount=Cents(400_00), status="accepted", document_id=1, written_confirmation=True),
    Offer(bill_id=2, date=date(2025, 4, 1), amount=Cents(500_00), direction="from_them", status="accepted"),
)
COUNTER = Offer(bill_id=0, date=DAY, amount=Cents(200_00))
PAPER = ReceivedPaper("scan.pdf", "a" * 64, 1000, "application/pdf")
CARD = next(card for card in shipped_cards() if card.id == "r.apply")


def snapshot(library: Library) -> dict[str, Any]:
    """Everything that a library says, apart from its journal."""

    def take(reader: Any) -> dict[str, Any]:
        found: dict[str, Any] = {kind.KIND: reader.find(kind) for kind in KINDS}
        found["search"] = [tuple(row) for row in reader.rows("SELECT rowid, body FROM search ORDER BY rowid")]
        return found

    return library.read(take)


NOTE = RecordingNote("mine", "asked_yes", 1, "TX", "CA")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        desk.perform(ENTER)
        desk.perform(AddLines(1, LINES))
        promises = (Promise(call_id=0, text="Call back"), Promise(call_id=0, text="Send the bill", status="broken"))
        desk.perform(LogCall(Call(started=Moment(DAY)), "Blue Mesa Imaging", (1,), (), promises))
        desk.perform(AddRecord(Task(text="Ask again", bill_id=1)))
        desk.perform(AddPapers((PAPER,)))
        desk.perform(AddRedaction(1, 2, (10.0, 20.0, 200.0, 40.0), "diagnosis"))
        desk.perform(AddRecord(Price(code="A4550", amount=Cents(500), source="A price list")))
        desk.perform(AddRecord(Letter(kind="bill_questions", bill_id=1, body="Hello", status="draft")))
        desk.perform(AddRecord(Letter(kind="dispute", bill_id=1, body="Sent", status="sent", date=DAY)))
        desk.perform(AddRecord(Letter(kind="hardship", bill_id=1, body="Yours\n\n[your name]", status="draft")))
        desk.perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000124", DAY))
        for offer in OFFERS:
            desk.perform(AddRecord(offer))
        desk.perform(EnterClaim("Example Health", Claim(policy_id=0, bill_id=1, status="denied", date=DAY)))
        desk.perform(AddRecord(Assistance(bill_id=1, status="considering")))
        desk.perform(AddRecord(AssistancePaper(assistance_id=1, text="Tax return")))
        desk.perform(AddRecord(Appeal(claim_id=1, level="internal")))
        desk.perform(AddRecord(Collection(bill_id=1, collector_id=2, notice_received=DAY)))
        desk.perform(AddRecord(OwnCard(card_id="r.notify", text=card_text(CARD), written_at="2026-11-26T10:00:00Z")))
        desk.perform(AddRecord(OwnCard(card_id="own.1", text=card_text(CARD), written_at="2026-11-26T10:00:00Z")))
        desk.perform(AddRecord(RuleChoice(card_id="own.1", on=False)))
        desk.perform(AddRecord(Person(name="Sam")))
        desk.perform(AddRecord(Authorization(person_id=1, helper_id=2)))
        yield desk


COMMANDS: list[Callable[[], Command]] = [
    lambda: ENTER,
    lambda: SetBillStatus(1, "disputed"),
    lambda: AddLines(1, LINES, after_line=1),
    lambda: EditLines(((1, (("charge", Cents(7)), ("code", "A4215"))), (2, (("description", "New"),)))),
    lambda: MarkLines((1, 2), "not_received", "never given"),
    lambda: RemoveLines((1, 2)),
    lambda: PasteLines(1, ((1, (("description", "Pasted"),)),), (Line(bill_id=0, description="More"),)),
    lambda: LogCall(Call(started=Moment(DAY), said="Hold"), "Someone new", (1,)),
    lambda: CorrectCall(Call(id=1, ref="CALL1", started=Moment(DAY), said="Other"), None, (), (), ()),
    lambda: LogCall(Call(started=Moment(DAY)), "Somebody", (1,), recording=NOTE),
    lambda: CorrectCall(Call(id=1, started=Moment(DAY)), None, (1,), recording=NOTE),
    lambda: AddRecording(ReceivedPaper("call.wav", "d" * 64, 5, "audio/wav"), DAY),
    lambda: ConfirmCall(1, 1),
    lambda: ProvePromise(1, "kept", DAY, PromiseProof(promise_id=1, document_id=1, note="It came")),
    lambda: ClosePromise(1, "kept", DAY),
    lambda: FinishTask(1, DAY),
    lambda: WriteLetter("itemization_request", 1),
    lambda: EditLetter(1, "Questions", "Another text"),
    lambda: AddPointToLetter(1, LetterPoint("Why twice?", (1, 2))),
    lambda: AskInLetter(1, LetterPoint("Why so much?", amount=Cents(100))),
    lambda: MarkLetterSent(1, DAY, None, "9407 0000"),
    lambda: AddressLetter(1, 1),
    lambda: EncloseInLetter(1, (1,)),
    lambda: SignDrafts("Ana Ruiz"),
    lambda: TellBrokenPromises(1),
    lambda: RecordAnswers(1, (PointAnswer(bill_id=1, line_id=1, answer="partly", said="Half"),), call_id=1),
    lambda: RecordReply(2, DAY, "Your letter", "We are looking into it."),
    lambda: MakeOffer(Offer(bill_id=1, date=DAY, amount=Cents(100_00), direction="from_me")),
    lambda: AnswerOffer(1, "countered", COUNTER),
    lambda: MarkExpired(1, date(2025, 6, 1)),
    lambda: RecordConfirmation(3, 1),
    lambda: RecordZeroBalance(3, 1),
    lambda: AskConfirmation(2),
    lambda: AskZeroBalance(2),
    lambda: SettleBill(2),
    lambda: AddPapers((PAPER, ReceivedPaper("two.png", "b" * 64, 5)), bill_id=1),
    lambda: KeepAsItemizedBill(1, 1),
    lambda: LinkPaper(1, "call", 1, 2, (1.0, 2.0, 3.0, 4.0)),
    lambda: LinkProof(1, 1, 2, (1.0, 2.0, 3.0, 4.0)),
    lambda: AddProof(1, (PAPER, ReceivedPaper("list.png", "c" * 64, 5)), DAY),
    lambda: LinkLineRegion(1, 1, 1, (1.0, 2.0, 3.0, 4.0)),
    lambda: TakeFromPaper(1, "charge", Cents(700), 1, 1, (1.0, 2.0, 3.0, 4.0)),
    lambda: UnlinkPaper(1, "bill", 1),
    lambda: TurnPage(1, 1, 90),
    lambda: AddRedaction(1, 1, (10.0, 20.0, 200.0, 40.0), "account_number"),
    lambda: RemoveRedaction(1),
    lambda: NotePacket(
        ("B1",), "1d" * 32, "court", date(2026, 3, 1), "Packet.pdf", "5a" * 32, 1_000, 12, redacted=True
    ),
    lambda: ConsiderAssistance(1),
    lambda: SetHousehold(1, 3, Cents(30_000_00)),
    lambda: MoveAssistance(1, "applied", DAY),
    lambda: AddAssistancePapers(1, ("Tax return", "Pay stubs"), DAY),
    lambda: SendAssistancePapers((1,), DAY, 1),
    lambda: StartAppeal(1, "external", DAY),
    lambda: FileAppeal(1, DAY),
    lambda: DecideAppeal(1, DAY, "upheld"),
    lambda: WriteAppealLetter(1),
    lambda: WriteDebtDispute(1),
    lambda: MarkDisputed(1, DAY),
    lambda: MarkValidated(1, DAY),
    lambda: MarkCreditReport(1, True),
    lambda: EnterNotice("Red Fork Recovery", Collection(bill_id=1, collector_id=0, amount=Cents(300_00))),
    lambda: SwitchRule("fdcpa.sue", True),
    lambda: SwitchRule("own.1", True),
    lambda: KeepOwnCard(replace(CARD, length=200), "2026-11-27T10:00:00Z"),
    lambda: KeepOwnCard(replace(CARD, id=""), "2026-11-27T10:00:00Z"),
    lambda: KeepOwnCard(replace(CARD, id="own.1", length=9), "2026-11-27T10:00:00Z"),
    lambda: TakeBackCard("r.notify"),
    lambda: TakeBackCard("own.1"),
    lambda: AddRecord(Payment(bill_id=1, date=DAY, amount=Cents(100))),
    lambda: EditRecord(Bill, 1, (("notes", "N"),)),
    lambda: RemoveRecord(Bill, 1),
    lambda: RemoveRecord(Call, 1),
    lambda: MergeOrganizations(1, 2),
    lambda: RemoveParty(Person, 2),
    lambda: AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0, ends=DAY)),
    lambda: EditAuthorization(1, (("ends", DAY),)),
    lambda: WriteAuthorization(1, 1),
]


@pytest.mark.parametrize("make", COMMANDS, ids=lambda make: type(make()).__name__)
def test_a_command_undoes_and_redoes_to_the_exact_library(desk: Desk, make: Callable[[], Command]) -> None:
    library = desk._library
    before = snapshot(library)
    desk.perform(make())
    after = snapshot(library)
    if type(make()).__name__ != "UnlinkPaper":
        assert after != before
        desk.undo()
        assert snapshot(library) == before
        desk.redo()
        assert snapshot(library) == after


def test_every_command_of_the_room_is_in_the_list() -> None:
    import medbills_desktop.commands as room

    named = {type(make()).__name__ for make in COMMANDS}
    for path in Path(room.__path__[0]).glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("class ") and path.stem in {
                "appeals",
                "assistance",
                "collections",
                "bills",
                "lines",
                "calls",
                "letters",
                "offers",
                "letter_parts",
                "points",
                "people",
                "prices",
                "records",
                "rule_cards",
            }:
                assert line.removeprefix("class ").split(":")[0].split("(")[0] in named, line


def test_undo_is_refused_when_the_row_changed_meanwhile(desk: Desk) -> None:
    library = desk._library
    desk.perform(SetBillStatus(1, "disputed"))
    library.perform("Elsewhere", lambda work: work.change(Bill, 1, notes="other window"))
    before = snapshot(library)
    with pytest.raises(ChangedMeanwhileError, match="changed meanwhile"):
        desk.undo()
    assert snapshot(library) == before
    assert desk.undo_label == "Set bill status"


def test_a_failing_command_changes_nothing(desk: Desk) -> None:
    before = snapshot(desk._library)
    head = desk._library.journal_head()
    with pytest.raises(UserError):
        desk.perform(RemoveLines((1, 999)))
    assert snapshot(desk._library) == before
    assert desk._library.journal_head() == head


def test_two_hundred_steps_can_be_undone(desk: Desk) -> None:
    before = snapshot(desk._library)
    for number in range(200):
        desk.perform(EditRecord(Bill, 1, (("notes", str(number)),)))
    for _ in range(200):
        desk.undo()
    assert snapshot(desk._library) == before


def test_the_same_bytes_are_one_paper(desk: Desk) -> None:
    first = desk.perform(AddPapers((PAPER,)))
    assert [document.id for document in first] == [1]
    assert first[0].paper_number == "P0001"
