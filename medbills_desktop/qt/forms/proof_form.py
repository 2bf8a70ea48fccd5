"""Linking a paper that is held already to a price note, as its proof."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.prices import LinkProof
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.choices import ListChoices


def link_held_paper(session: Session, parent: QWidget, price_id: int) -> FormDialog:
    """Open the choice of a paper, and of the page on which the price stands."""
    papers = tuple(Option(paper.id, paper.name) for paper in session.read(ListChoices("document")))
    fields = (
        Field("document_id", "Paper", "record", options=papers),
        Field("page", "Page", "whole", hint="not known"),
    )
    spec = FormSpec("Paper that shows the price", f"proof:{price_id}", fields, {}, partial(_keep, session, price_id))
    dialog = FormDialog(session, spec, parent)
    dialog.open()
    return dialog


def _keep(session: Session, price_id: int, values: dict[str, Any]) -> None:
    if values["document_id"] is None:
        raise FieldError("document_id", "No paper is chosen.", "Choose one, or drop a new one on the Prices page.")
    if values["page"] is not None and values["page"] < 1:
        raise FieldError("page", "Pages count from 1.", "Type the number of the page, or leave it blank.")
    session.desk.perform(LinkProof(price_id, values["document_id"], values["page"]))
