"""The small forms around an appeal: begin a level, note that it was filed and decided, correct it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.appeals import DecideAppeal, FileAppeal, StartAppeal
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.appeal_levels import Level
from medbills_desktop.domain.appeal_words import OUTCOME, notice_question
from medbills_desktop.domain.records import Appeal, Claim
from medbills_desktop.qt.forms.editing import vars_of
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.choices import ListChoices

DAY_HINT = "month/day/year"
_OUTCOMES = tuple(Option(value, text) for value, text in OUTCOME.items())
_NOTICE = (
    Field("notice_date", "Date on the notice", "day", hint=DAY_HINT),
    Field("notice_received", "Notice received on", "day", hint=DAY_HINT),
    Field("printed_deadline", "Last day printed on it", "day", hint="goes before every counted day"),
    Field("reason", "Why the decision is not right", "long"),
)


def start_appeal(
    session: Session, parent: QWidget, claim: Claim, levels: Sequence[Level], last: Appeal | None
) -> FormDialog:
    """Begin a level; the first starts with the days of the EOB, a further one with the decision before it."""
    options = tuple(Option(one.level, f"{one.name} – {one.decides[0].lower()}{one.decides[1:]}") for one in levels)
    fields = (Field("level", "Level", "choice", True, options=options), *_NOTICE)
    start: dict[str, Any] = {"level": levels[0].level}
    if last is None:
        start |= {
            "notice_date": claim.date,
            "notice_received": claim.received,
            "printed_deadline": claim.appeal_deadline,
        }
    else:
        start["notice_date"] = last.decided

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(StartAppeal(claim.id, **values))

    return _open(
        FormDialog(session, FormSpec("Start the appeal", f"appeal:claim:{claim.id}", fields, start, keep), parent)
    )


def ask_filed(session: Session, parent: QWidget, appeal: Appeal) -> FormDialog:
    """The day on which an appeal went out."""

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(FileAppeal(appeal.id, values["day"]))

    fields = (Field("day", "Filed on", "day", True, DAY_HINT),)
    return _open(FormDialog(session, FormSpec("Appeal filed", f"filed:appeal:{appeal.id}", fields, {}, keep), parent))


def ask_decided(session: Session, parent: QWidget, appeal: Appeal) -> FormDialog:
    """How a level was decided, and on which day."""
    fields = (
        Field("day", "Decided on", "day", True, "the date on the decision"),
        Field("outcome", "Outcome", "choice", True, options=_OUTCOMES),
        Field("document_id", "Paper", "record", options=_papers(session)),
        Field("notes", "What it says", "long"),
    )

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(DecideAppeal(appeal.id, **values))

    spec = FormSpec("Appeal decided", f"decided:appeal:{appeal.id}", fields, {}, keep)
    return _open(FormDialog(session, spec, parent))


def edit_appeal(session: Session, parent: QWidget, appeal: Appeal) -> FormDialog:
    """Correct anything of a level."""
    fields = (
        *_NOTICE,
        Field("filed", "Filed on", "day", hint=DAY_HINT),
        Field("decided", "Decided on", "day", hint=DAY_HINT),
        Field("outcome", "Outcome", "choice", options=_OUTCOMES),
        Field("document_id", "Paper", "record", options=_papers(session)),
        Field("notes", "Notes", "long"),
    )

    def keep(values: dict[str, Any]) -> None:
        now = {**vars_of(appeal), **values}
        if now["filed"] and now["decided"] and now["decided"] < now["filed"]:
            raise FieldError("decided", "It can't have been decided before it was filed.", "Check both dates.")
        session.desk.perform(EditRecord(Appeal, appeal.id, tuple(values.items())))
        if odd := notice_question(now["notice_date"], now["notice_received"]):
            session.tell(odd)

    spec = FormSpec("Edit appeal", f"edit:appeal:{appeal.id}", fields, vars_of(appeal), keep, only_changed=True)
    return _open(FormDialog(session, spec, parent))


def _papers(session: Session) -> tuple[Option, ...]:
    return tuple(Option(one.id, one.name) for one in session.read(ListChoices("document")))


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
