"""The small forms around a letter: begin one, note that it went out, note the answer, type one's own address."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.letters import METHODS, QUESTIONS, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.domain import words
from medbills_desktop.domain.letter_templates import LANGUAGE, languages, letter_kinds
from medbills_desktop.domain.records import Letter
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.points.point_reading import read_points, waiting
from medbills_desktop.qt.session import Session
from medbills_desktop.store.own_name import find_sender, keep_sender, sender_of
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.queries.choices import ListChoices

DAY_HINT = "month/day/year"
WITH_POINTS = frozenset({QUESTIONS, "billing_dispute", "second_dispute", "final_notice"})
"""Letters that begin with the points that have no full answer yet."""

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
    """Ask when and how a draft went out."""
    days = next((one.answer_days for one in letter_kinds() if one.kind == letter.kind), None)
    due = f"left blank: {days} days after it was sent" if days else DAY_HINT
    fields = (
        Field("day", "Sent on", "day", True, DAY_HINT),
        Field("method", "How", "choice", options=_METHODS),
        Field("tracking", "Tracking number", hint="As on the receipt"),
        Field("reply_due", "Answer due", "day", hint=due),
    )

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(MarkLetterSent(letter.id, **values))

    return _open(FormDialog(session, FormSpec("Letter sent", f"sent:letter:{letter.id}", fields, {}, keep), parent))


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
    """The name and address that stand above every letter."""
    fields = (Field("text", "Your name and address", "long"),)
    start = {"text": session.read(find_sender).text}
    spec = FormSpec("Your name and address", "sender", fields, start, partial(_keep_sender, session, then))
    return _open(FormDialog(session, spec, parent))


def _keep_sender(session: Session, then: Callable[[], object], values: dict[str, Any]) -> None:
    keep_sender(session.library, sender_of(values["text"] or ""))
    then()


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
