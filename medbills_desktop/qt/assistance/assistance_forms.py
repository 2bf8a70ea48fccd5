"""The small forms around an application for assistance: the household, a step with its day, a paper of the list."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.assistance import (
    AddAssistancePapers,
    AssistanceState,
    MoveAssistance,
    SendAssistancePapers,
    SetHousehold,
)
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.records import Assistance, AssistancePaper
from medbills_desktop.qt.forms.editing import vars_of
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.choices import ListChoices

DAY_HINT = "month/day/year"

_DAY_OF = {
    "applied": "Applied on",
    "more_information": "They asked on",
    "approved": "Decided on",
    "denied": "Decided on",
    "appealed": "Appealed on",
}
_TITLE_OF = {
    "applied": "Application sent",
    "more_information": "They want to know more",
    "approved": "Assistance approved",
    "denied": "Assistance denied",
    "appealed": "Decision appealed",
}


def ask_household(session: Session, parent: QWidget, application: Assistance) -> FormDialog:
    """How many people, and their income of a year."""
    fields = (
        Field("household_size", "Household size", "whole", hint="how many people, the patient included"),
        Field("annual_income", "Annual income", "money", hint="of all of them in a year, before tax"),
    )

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(SetHousehold(application.id, **values))

    start = {"household_size": application.household_size, "annual_income": application.annual_income}
    spec = FormSpec("Household and income", f"household:{application.id}", fields, start, keep)
    return _open(FormDialog(session, spec, parent))


def ask_step(session: Session, parent: QWidget, application: Assistance, status: str) -> FormDialog:
    """The day of a step, and what belongs to it."""
    fields = [Field("day", _DAY_OF[status], "day", True, DAY_HINT)]
    if status == "approved":
        fields.append(Field("discount_percent", "Discount percent", "decimal", hint="as on the letter, like 75"))
    note = "Reason given" if status == "denied" else "Note"
    fields.append(Field("note", note, "long"))

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(MoveAssistance(application.id, cast("AssistanceState", status), **values))

    spec = FormSpec(_TITLE_OF[status], f"assistance:{application.id}:{status}", tuple(fields), {}, keep)
    return _open(FormDialog(session, spec, parent))


def add_paper(session: Session, parent: QWidget, application_id: int) -> FormDialog:
    """A paper in one's own words, with the day on which it was asked for."""
    fields = (
        Field("text", "Paper", "text", True, "as the letter or form calls it"),
        Field("asked", "Asked for on", "day", hint="left blank where nobody asked for it"),
    )

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(AddAssistancePapers(application_id, (values["text"],), values["asked"]))

    return _open(FormDialog(session, FormSpec("Paper to send", f"paper:{application_id}", fields, {}, keep), parent))


def ask_asked(session: Session, parent: QWidget, papers: tuple[AssistancePaper, ...]) -> FormDialog:
    """The day on which papers of the list were asked for."""

    def keep(values: dict[str, Any]) -> None:
        texts = tuple(one.text for one in papers)
        session.desk.perform(AddAssistancePapers(papers[0].assistance_id, texts, values["day"]))

    fields = (Field("day", "Asked for on", "day", True, DAY_HINT),)
    about = ",".join(str(one.id) for one in papers)
    return _open(FormDialog(session, FormSpec("Papers asked for", f"asked:{about}", fields, {}, keep), parent))


def ask_sent(session: Session, parent: QWidget, papers: tuple[AssistancePaper, ...]) -> FormDialog:
    """The day on which papers were sent, and the copy that is held."""
    held = tuple(Option(one.id, one.name) for one in session.read(ListChoices("document")))
    fields = (
        Field("day", "Sent on", "day", True, DAY_HINT),
        Field("document_id", "Paper", "record", options=held),
    )

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(SendAssistancePapers(tuple(one.id for one in papers), **values))

    about = ",".join(str(one.id) for one in papers)
    return _open(FormDialog(session, FormSpec("Papers sent", f"sent:papers:{about}", fields, {}, keep), parent))


def edit_paper(session: Session, parent: QWidget, paper: AssistancePaper) -> FormDialog:
    """Correct a paper of the list."""
    held = tuple(Option(one.id, one.name) for one in session.read(ListChoices("document")))
    fields = (
        Field("text", "Paper", "text", True),
        Field("asked", "Asked for on", "day", hint=DAY_HINT),
        Field("sent", "Sent on", "day", hint=DAY_HINT),
        Field("document_id", "Copy held", "record", options=held),
    )

    def keep(values: dict[str, Any]) -> None:
        now = {**vars_of(paper), **values}
        if now["asked"] and now["sent"] and now["sent"] < now["asked"]:
            raise FieldError("sent", "It can't have been sent before it was asked for.", "Check both dates.")
        session.desk.perform(EditRecord(AssistancePaper, paper.id, tuple(values.items())))

    spec = FormSpec("Edit paper to send", f"edit:paper:{paper.id}", fields, vars_of(paper), keep, only_changed=True)
    return _open(FormDialog(session, spec, parent))


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
