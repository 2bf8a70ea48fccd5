"""The questions about a visit that only the patient can answer, asked once and kept with the visit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.checks.answers import QUESTIONS, Question
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Visit
from medbills_desktop.qt.forms.fields import Field, FieldKind, Option
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.session import Session

_KINDS: dict[str, FieldKind] = {"yes_no": "yes_no", "number": "decimal", "choice": "choice", "days": "text"}
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(\s*,\s*\d{4}-\d{2}-\d{2})*", re.ASCII)


def unanswered(visit: Visit) -> int:
    """How many questions about a visit have no answer yet."""
    known = visit.answers or {}
    return sum(question.key not in known for question in QUESTIONS)


def ask_about_visit(session: Session, parent: QWidget, visit_id: int) -> FormDialog:
    """Open the questions about a visit, with the answers given so far. A blank one is not known: no check uses it."""
    visit = session.read(lambda reader: reader.get(Visit, visit_id))
    known = visit.answers or {}
    values = {question.key: _shown(question, known.get(question.key)) for question in QUESTIONS}
    fields = tuple(_field(question) for question in QUESTIONS)
    spec = FormSpec(
        "What only you know",
        f"answers:{visit_id}",
        fields,
        values,
        partial(_keep, session, visit_id),
        only_changed=True,
    )
    dialog = FormDialog(session, spec, parent)
    dialog.open()
    return dialog


def _field(question: Question) -> Field:
    options = tuple(Option(choice, choice.capitalize()) for choice in question.choices)
    hint = {"days": "2025-03-04, 2025-03-06", "number": "not known"}.get(question.kind, "")
    return Field(question.key, question.asks, _KINDS[question.kind], hint=hint, options=options)


def _shown(question: Question, answer: Any) -> Any:
    if answer is None or question.kind != "number":
        return ", ".join(map(str, answer)) if isinstance(answer, list) else answer
    return Decimal(str(answer)) if re.fullmatch(r"\d+(\.\d+)?", str(answer)) else None


def _keep(session: Session, visit_id: int, values: dict[str, Any]) -> None:
    days = values.get("days_present")
    if days and not _DAYS.fullmatch(days.strip()):
        raise UserError(
            f"“{days[:40]}” can't be read as days.", "Write them like 2025-03-04, 2025-03-06, with commas between."
        )
    visit = session.read(lambda reader: reader.get(Visit, visit_id))
    answers = {**(visit.answers or {}), **{key: _kept(value) for key, value in values.items()}}
    left = {key: value for key, value in answers.items() if value is not None}
    session.desk.perform(EditRecord(Visit, visit_id, (("answers", left or None),)))


def _kept(value: Any) -> Any:
    """An answer as the case format has it: numbers as numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
