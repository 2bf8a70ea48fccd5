"""The People page: organizations, helpers and patients in one list, and below where the chosen one appears."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from medbills_desktop.commands.people import RemoveParty
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Authorization, Letter, Organization, Person, Policy
from medbills_desktop.qt.flow import Flow, Headed
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.people.people_forms import (
    authorize,
    edit_authorization,
    has_bills,
    merge_with,
    write_authorization,
)
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import ElidedLabel, button, column, label, one_above_other, panel
from medbills_desktop.store.queries.people import Appearance, ListAppearances, ListPeople, PartyRow

GROUPS = (
    (None, "Everybody"),
    ("billers", "Who sends bills"),
    ("insurers", "Insurers"),
    ("collectors", "Collectors"),
    ("helpers", "Advocates and counselors"),
    ("regulators", "Regulators"),
    ("patients", "Patients"),
)
KINDS = {"bill": "Bill", "call": "Call", "letter": "Letter", "policy": "Policy", "authorization": "May speak"}


def _missing(row: PartyRow) -> str:
    return ", ".join(f"no {word}" for word in row.missing)


def _one_line(text: str | None) -> str:
    return ", ".join(part.strip() for part in (text or "").splitlines() if part.strip()) or "–"


def _number(name: str) -> Column:
    return Column(
        name,
        lambda row: str(getattr(row, name.lower()) or "–"),
        lambda row: getattr(row, name.lower()),
        right=True,
        rank=3,
    )


PEOPLE_COLUMNS = (
    Column("Name", lambda row: row.name, lambda row: row.name.casefold()),
    Column("What", lambda row: row.what, lambda row: row.what.casefold(), width=140, rank=2),
    Column("Phone", lambda row: row.phone or "–", lambda row: row.phone or "", width=120, whole=True, rank=4),
    Column("Address", lambda row: _one_line(row.address), lambda row: _one_line(row.address), width=200, rank=5),
    Column("State", lambda row: row.state or "–", lambda row: row.state or "", width=60, rank=6),
    _number("Bills"),
    _number("Calls"),
    _number("Letters"),
    Column(
        "Missing",
        _missing,
        lambda row: len(row.missing),
        width=150,
        pill=lambda row: "amber" if row.missing else None,
        rank=1,
    ),
)
WHERE_COLUMNS = (
    Column("Date", lambda row: plain_day(row.day), lambda row: row.day and row.day.toordinal(), width=110, whole=True),
    Column("What", lambda row: KINDS[row.kind], lambda row: row.kind, width=110, rank=1),
    Column("In it", lambda row: row.text or "–", lambda row: row.text.casefold(), sentence=True),
)


def _where_key(row: Appearance) -> int:
    return row.id * len(KINDS) + list(KINDS).index(row.kind)


class PeoplePage(Page):
    """Everybody with what is missing of them; Enter edits, Delete removes whom nothing names."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"organization", "person", "bill", "call", "call_bill", "letter", "policy", "authorization", "claim", "visit"}
        | {"collection", "assistance", "statement"}
    )
    TITLE = "People"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._wanted: int | None = None
        self._shown: int | None = None
        self._asked = 0
        self.group = QComboBox()
        self.group.setAccessibleName(self.tr("Who is listed"))
        for value, text in GROUPS:
            self.group.addItem(text, value)
        self.group.activated.connect(self.mark_stale)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Narrow the list: a name, a place …"))
        self.words.setAccessibleName(self.tr("Narrow the people"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.mark_stale)
        self._empty = self.tr(
            "Nobody yet. Whoever sends a bill, insures you or helps you stands here, with the address for letters "
            "and every bill, call and letter."
        )
        self._step = self.tr("Add an organization…") if session.writable else ""
        self.view = RowsView(
            PEOPLE_COLUMNS, self.tr("People"), self._empty, key=lambda row: int(row.key), step=self._step
        )
        self.view.step_wanted.connect(self.add_organization)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self.where = RowsView(
            WHERE_COLUMNS, self.tr("Where they appear"), self.tr("In no bill, call or letter yet."), key=_where_key
        )
        self.where.chosen.connect(self._show_acts)
        self.where.opened.connect(self._open_where)
        self.where.remove_wanted.connect(self._remove_where)
        self._name, self._about = ElidedLabel("", "heading"), label("", "muted", wrap=True)
        self._acts = self._make_acts()
        self.setLayout(self._lay_out())

    def _make_acts(self) -> dict[str, QPushButton]:
        return {
            "edit": button(self.tr("Edit…"), self._edit, "", self.tr("Enter")),
            "same": button(self.tr("Same as…"), self._merge, "", self.tr("Two records of one organization become one")),
            "policy": button(self.tr("Add policy…"), self._add_policy),
            "helper": button(self.tr("Helper may speak…"), self._authorize),
            "letter": button(self.tr("Write the helper's letter…"), self._write),
            "remove": button(self.tr("Remove"), self._remove, "", self.tr("Del")),
        }

    def _lay_out(self) -> QVBoxLayout:
        listing, self._below = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        inside = column(self._name, self._about, gap=4, margins=(12, 10, 12, 8))
        inside.addLayout(Flow(tuple(self._acts.values())))
        inside.addWidget(self.where, 1)
        keep(self.where, least_height=76)
        keep(self.view, least_height=100)
        self._below.setLayout(inside)
        self._below.hide()
        writable = self.session.writable
        more = button(self.tr("Add patient…"), self.add_patient, enabled=writable)
        add = button(self.tr("Add organization…"), self.add_organization, enabled=writable)
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self.group, more, add), least=180))
        layout.addWidget(one_above_other(listing, self._below, (3, 2)), 1)
        return layout

    def refresh(self) -> None:
        self._asked += 1
        self.session.read_beside(ListPeople(self.group.currentData()), partial(self._show_rows, self._asked))

    def _show_rows(self, asked: int, rows: list[PartyRow]) -> None:
        if asked != self._asked:
            return  # a newer question is on its way
        wanted, self._wanted = self._wanted, None
        words = self.words.text().casefold().split()
        found = [row for row in rows if all(word in self._said(row) for word in words)]
        narrowed = bool(words) or self.group.currentData() is not None
        empty = self.tr("Nobody here has these words or is of this kind.") if narrowed else self._empty
        self.view.say_when_empty(empty, self._step)
        self.view.set_rows(found, keep=wanted)

    @staticmethod
    def _said(row: PartyRow) -> str:
        return " ".join((row.name, row.what, row.phone or "", row.address or "", row.state or "")).casefold()

    def show_party(self, kind: str, number: int) -> None:
        """Make an organization or a patient current, past whatever the list is narrowed to."""
        self.words.clear()
        self.group.setCurrentIndex(0)
        self._wanted = number if kind == "organization" else -number
        self.mark_stale()

    @property
    def current(self) -> PartyRow | None:
        """Who is chosen."""
        found = self.view.rows_model.row_at(self.view.currentIndex().row())
        return found if isinstance(found, PartyRow) else None

    @property
    def _place(self) -> Appearance | None:
        found = self.where.rows_model.row_at(self.where.currentIndex().row())
        return found if isinstance(found, Appearance) else None

    @Slot(object)
    def _chosen(self, _key: object) -> None:
        row = self.current
        self._below.setVisible(row is not None)
        if row is None:
            return
        if row.key != self._shown:
            self._shown = row.key
            self.where.set_rows([])
        self._name.set_text(row.name)
        parts = [row.what, _one_line(row.address) if row.address else "", row.phone or "", row.state or ""]
        told = " · ".join(part for part in parts if part)
        if "address" in row.missing:
            told = f"{told}. {self.tr('A letter needs an address.')}"
        self._about.setText(told)
        self.where.set_rows(self.session.read(ListAppearances(row.kind, row.id, self.session.today)))
        self._show_acts()

    @Slot(object)
    def _show_acts(self, _key: object = None) -> None:
        row, place, writable = self.current, self._place, self.session.writable
        patient = row is not None and row.kind == "person"
        shown = {
            "edit": True,
            "same": not patient,
            "policy": patient,
            "helper": patient or (row is not None and row.group == "helpers"),
            "letter": place is not None and place.kind == "authorization",
            "remove": True,
        }
        for name, act in self._acts.items():
            act.setVisible(shown[name])
            act.setEnabled(writable)

    @Slot()
    def add_organization(self) -> None:
        """Open the form of a new organization."""
        new_record(self.session, self, Organization, {})

    @Slot()
    def add_patient(self) -> None:
        """Open the form of a new patient."""
        new_record(self.session, self, Person, {})

    @Slot()
    @Slot(object)
    def _edit(self, _key: object = None) -> None:
        if (row := self.current) is not None:
            edit_record(self.session, self, Organization if row.kind == "organization" else Person, row.id)

    @Slot()
    def _merge(self) -> None:
        if (row := self.current) is not None:
            merge_with(self.session, self, row.id)

    @Slot()
    def _add_policy(self) -> None:
        if (row := self.current) is not None:
            new_record(self.session, self, Policy, {"person_id": row.id})

    @Slot()
    def _authorize(self) -> None:
        if (row := self.current) is not None:
            patient = row.kind == "person"
            authorize(self.session, self, row.id if patient else None, None if patient else row.id)

    @Slot()
    def _write(self) -> None:
        place = self._place
        if place is None or place.kind != "authorization":
            return
        given = self.session.read(lambda reader: reader.get(Authorization, place.id))
        if has_bills(self.session, given.person_id):
            write_authorization(self.session, self, place.id, self._written)
        else:
            self.session.tell(self.tr("This patient has no bill yet that the letter could be about."))

    def _written(self, letter: Letter) -> None:
        self.session.go_to(Place("letter", letter.id))
        self.session.tell(self.tr("The letter is filled from the authorization. What is not known stands in brackets."))

    @Slot()
    def _remove(self) -> None:
        row = self.current
        if row is None or not self.session.writable:
            return
        kind = Organization if row.kind == "organization" else Person
        if self.session.perform(RemoveParty(kind, row.id)) is None and self._gone(row):
            self.session.tell(self.tr("{name} was removed. Ctrl+Z brings it back.").format(name=row.name))

    def _gone(self, row: PartyRow) -> bool:
        kind = Organization if row.kind == "organization" else Person
        return not self.session.read(lambda reader: reader.find(kind, id=row.id))

    @Slot(object)
    def _open_where(self, _key: object) -> None:
        place = self._place
        if place is None:
            return
        if place.kind == "policy":
            edit_record(self.session, self, Policy, place.id)
        elif place.kind == "authorization":
            edit_authorization(self.session, self, place.id)
        else:
            self.session.go_to(Place(place.kind, place.id))

    @Slot()
    def _remove_where(self) -> None:
        """Policies and authorizations are removed here; bills, calls and letters on their own pages."""
        place = self._place
        kinds = {"policy": Policy, "authorization": Authorization}
        if place is None or place.kind not in kinds or not self.session.writable:
            return
        if self.session.perform(RemoveRecord(kinds[place.kind], place.id)) is None:
            self.session.tell(self.tr("It was removed. Ctrl+Z brings it back."))
