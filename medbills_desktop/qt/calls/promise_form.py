"""The form in which a promise is marked as kept or not kept, with what shows it."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.proving import ProvePromise
from medbills_desktop.domain.records import Promise, PromiseProof
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.choices import ListChoices

TITLES = {"kept": "The promise was kept", "broken": "The promise was not kept"}
LONGEST_TITLE = 60
DAY_LABELS = {"kept": "Kept on", "broken": "Seen on"}
SHOWN_BY = (("document", "A paper"), ("call", "A call"), ("letter", "A letter"), ("payment", "A payment"))


def close_promise(session: Session, parent: QWidget, promise_id: int, status: Literal["kept", "broken"]) -> FormDialog:
    """Open the form; it begins with today and with what was noted before."""
    promise = session.read(lambda reader: reader.get(Promise, promise_id))
    proofs = session.read(lambda reader: reader.find(PromiseProof, promise_id=promise_id))
    fields = (
        Field("day", DAY_LABELS[status], "day", required=True, hint="month/day/year"),
        *(Field(f"{kind}_id", words, "record", options=_options(session, kind)) for kind, words in SHOWN_BY),
        Field("note", "Or in words", "long"),
    )
    start: dict[str, Any] = {"day": promise.closed or session.today}
    if proofs:
        start |= {name: getattr(proofs[0], name) for name in PROOF_FIELDS}
    keep = partial(_keep, session, promise_id, status)
    words = " ".join(promise.text.split())
    title = f"{TITLES[status]}: {words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE] + '…'}"
    spec = FormSpec(title, f"promise:{status}:{promise_id}", fields, start, keep)
    dialog = FormDialog(session, spec, parent)
    dialog.open()
    return dialog


PROOF_FIELDS = (*(f"{kind}_id" for kind, _ in SHOWN_BY), "note")


def _options(session: Session, kind: str) -> tuple[Option, ...]:
    return tuple(Option(choice.id, choice.name) for choice in session.read(ListChoices(kind)))


def _keep(session: Session, promise_id: int, status: Literal["kept", "broken"], values: dict[str, Any]) -> None:
    proof = PromiseProof(promise_id=promise_id, **{name: values[name] for name in PROOF_FIELDS})
    session.desk.perform(ProvePromise(promise_id, status, values["day"], proof))
