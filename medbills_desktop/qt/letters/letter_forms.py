"""The small forms around a letter: begin it, say who gets it, note that it went out, note the answer, one's address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.letter_heads import MAILED, enclosed_papers
from medbills_desktop.commands.letter_parts import AddressLetter, SignDrafts, is_unsigned
from medbills_desktop.commands.letters import METHODS, QUESTIONS, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.domain import words
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_templates import LANGUAGE, languages, letter_kinds
from medbills_desktop.domain.records import Letter, Organization
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.points.point_reading import read_points, waiting
from medbills_desktop.qt.session import Session
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import find_sender, keep_sender, sender_of
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.queries.choices import ListChoices
from medbills_desktop.store.reader import Reader

DAY_HINT = "month/day/year"
WITH_POINTS = frozenset({QUESTIONS, "billing_dispute", "second_dispute", "final_notice"})
"""Letters that begin with the points that have no full answer yet."""

SAY_COPIES = ("enclosed", "attached", "adjunto")
"""Words by which a letter, in any of its languages, says that copies go with it."""
TO_AGENCIES = frozenset({"complaint", "no_surprises_complaint", "estimate_dispute"})
"""Letters that go to an agency."""

_IN = " in "
"""Between the kind of a letter and its language, in the choice of the form."""

_METHODS = tuple(Option(method, words.LETTER_METHOD[method]) for method in METHODS)

Then = Callable[[Letter], object]


def begin_letter(session: Session, parent: QWidget, bill_id: int | None, then: Then, kind: str = "") -> FormDialog:
    """Choose what to write and about which bill; `then` gets the drafted letter.

    A letter with questions begins with the points that have no full answer yet.
    """
    kinds = _offered()
    bills = tuple(Option(choice.id, choice.name) for choice in session.read(ListBillChoices()))
    fields = (
        Field("kind", "Letter", "choice", True, options=kinds),
        Field("bill_id", "About the bill", "record", True, options=bills),
    )

    def keep(values: dict[str, Any]) -> None:
        bill_id = values["bill_id"]
        kind, language = _chosen(values["kind"])
        points = waiting(read_points(session, bill_id)) if kind in WITH_POINTS else []
        asked = tuple(point.for_letter() for point in points)
        then(session.desk.perform(WriteLetter(kind, bill_id, asked, language)))

    start = {"kind": kind or kinds[0].value, "bill_id": bill_id}
    return _open(FormDialog(session, FormSpec("Write a letter", "write:letter", fields, start, keep), parent))


def _offered() -> tuple[Option, ...]:
    """Every letter in English, then those in another language with its name behind."""
    found = [Option(template.kind, template.name) for template in letter_kinds()]
    for language in languages()[1:]:
        name = words.LANGUAGE.get(language, language)
        found += [Option(f"{one.kind}{_IN}{language}", f"{one.name} ({name})") for one in letter_kinds(language)]
    return tuple(found)


def _chosen(value: str) -> tuple[str, str]:
    kind, _, language = value.partition(_IN)
    return kind, language or LANGUAGE


def note_sent(session: Session, parent: QWidget, letter: Letter) -> FormDialog:
    """Ask when and how a draft went out. Keeping it freezes the paper, so the PDF writer is made ready meanwhile."""
    library, today = session.library, session.today
    session.tasks.start(lambda _task: _warm(library, letter.id, today), _nothing, _nothing)
    office = session.read(partial(_office, letter))
    speaks = session.read(partial(_speaks_of_copies, letter))
    days = next((one.answer_days for one in letter_kinds() if one.kind == letter.kind), None)
    due = f"left blank: {days} days after it was sent" if days else DAY_HINT
    fields = (
        Field("day", "Sent on", "day", True, DAY_HINT, notice=partial(_of_copies, speaks)),
        Field("method", "How", "choice", options=_METHODS, notice=partial(_of_the_way, office)),
        Field("tracking", "Tracking number", hint="As on the receipt; for a fax the number it went to"),
        Field("reply_due", "Answer due", "day", hint=due),
    )

    def keep(values: dict[str, Any]) -> None:
        from medbills_desktop.commands.letter_pdf import send_letter

        send_letter(session.library, session.desk, MarkLetterSent(letter.id, **values))
        session.tell("The letter is kept as it went out. It can be opened any time, and is not changed any more.")

    return _open(FormDialog(session, FormSpec("Letter sent", f"sent:letter:{letter.id}", fields, {}, keep), parent))


def _nothing(_result: object) -> None:
    """What was made ready is there; trouble is told when it is needed."""


def _warm(library: Library, letter_id: int, today: Day) -> None:
    from medbills_desktop.commands.letter_pdf import make_letter_pdf

    make_letter_pdf(library, letter_id, today)


def _office(letter: Letter, reader: Reader) -> Organization | None:
    return reader.get(Organization, letter.recipient_id) if letter.recipient_id else None


def _speaks_of_copies(letter: Letter, reader: Reader) -> bool:
    """Whether the text says that copies go with it while none is chosen."""
    said = (letter.body or "").casefold()
    return any(word in said for word in SAY_COPIES) and not enclosed_papers(reader, letter.id)


def _of_copies(speaks: bool, _raw: Mapping[str, Any]) -> str | None:
    if not speaks:
        return None
    return "The letter says that copies go with it, and none is listed. “Enclosures…” below the letter lists them."


def _of_the_way(office: Organization | None, raw: Mapping[str, Any]) -> str | None:
    """What is lacking for the way that is chosen; only a letter by mail is refused for it."""
    name = office.name if office else "them"
    if raw["method"] in MAILED and not (office and (office.address or "").strip()):
        return f"No address of {name} is kept yet; a letter by mail needs it. “Their address…” leads to it."
    if raw["method"] == "fax" and not (office and (office.fax or "").strip()):
        return f"No fax number of {name} is kept. Which one did it go to? It can stand below."
    return None


def choose_recipient(session: Session, parent: QWidget, letter: Letter) -> FormDialog:
    """Ask who gets a draft: one of the organizations, agencies first for a letter to an agency, or somebody new."""
    offices = session.read(lambda reader: reader.find(Organization))
    first = "regulator" if letter.kind in TO_AGENCIES else ""
    offices.sort(key=lambda one: (one.kind != first, one.name.casefold()))
    known = tuple(Option(one.id, f"{one.name} · {words.ORGANIZATION_KIND[one.kind]}") for one in offices)
    kinds = tuple(Option(kind, name) for kind, name in words.ORGANIZATION_KIND.items())
    fields = (
        Field("recipient_id", "Who gets it", "record", True, options=(*known, Option(0, "Somebody new, as below"))),
        Field("name", "New: name"),
        Field("kind", "New: they are a", "choice", options=kinds),
        Field("address", "New: address", "long"),
    )
    start = {"recipient_id": letter.recipient_id, "kind": first or None}
    keep = partial(_address, session, letter)
    return _open(
        FormDialog(session, FormSpec("Who gets the letter", f"to:letter:{letter.id}", fields, start, keep), parent)
    )


def _address(session: Session, letter: Letter, values: dict[str, Any]) -> None:
    if values["recipient_id"]:
        session.desk.perform(AddressLetter(letter.id, values["recipient_id"]))
        return
    if not values["name"]:
        raise FieldError("name", "The name is needed.", "Type it as it stands on their letters or website.")
    office = Organization(name=values["name"], kind=values["kind"] or "other", address=values["address"])
    session.desk.perform(AddressLetter(letter.id, new=office))


def note_reply(session: Session, parent: QWidget, letter: Letter, then: Then) -> FormDialog:
    """Ask what came back; `then` gets the kept reply."""
    papers = tuple(Option(choice.id, choice.name) for choice in session.read(ListChoices("document")))
    fields = (
        Field("day", "Came on", "day", True, DAY_HINT),
        Field("subject", "Subject", hint="As it stands on the letter"),
        Field("body", "What it says", "long"),
        Field("method", "How", "choice", options=_METHODS),
        Field("document_id", "Paper", "record", options=papers),
        Field("reply_due", "They ask for an answer by", "day", hint=DAY_HINT),
    )

    def keep(values: dict[str, Any]) -> None:
        then(session.desk.perform(RecordReply(letter.id, **values)))

    return _open(FormDialog(session, FormSpec("Their answer", f"reply:letter:{letter.id}", fields, {}, keep), parent))


def edit_sender(session: Session, parent: QWidget, then: Callable[[], object]) -> FormDialog:
    """The name and address that stand above every letter; drafts that have a blank for the name are signed."""
    fields = (Field("text", "Your name and address", "long"),)
    start = {"text": session.read(find_sender).text}
    spec = FormSpec("Your name and address", "sender", fields, start, partial(_keep_sender, session, then))
    return _open(FormDialog(session, spec, parent))


def _keep_sender(session: Session, then: Callable[[], object], values: dict[str, Any]) -> None:
    sender = sender_of(values["text"] or "")
    keep_sender(session.library, sender)
    drafts = session.read(lambda reader: reader.find(Letter, status="draft"))
    if sender.name and any(map(is_unsigned, drafts)):
        session.desk.perform(SignDrafts(sender.name))
    then()


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
