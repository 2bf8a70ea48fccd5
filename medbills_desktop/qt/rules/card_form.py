"""The form of a rule card: a correction of a shipped one, a change of an own one, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.rule_cards import KeepOwnCard
from medbills_desktop.domain.rules.card_faults import LONGEST_LENGTH, LONGEST_PRESUMPTION, CardFault, faults_of
from medbills_desktop.domain.rules.card_words import ANCHORS, SURENESS
from medbills_desktop.domain.rules.rule_cards import RuleCard, card_of
from medbills_desktop.qt.forms.fields import Field, FieldKind, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.session import Session

UNITS = (
    Option("calendar_day", "Days"),
    Option("business_day", "Business days"),
    Option("hour", "Hours"),
    Option("month", "Months"),
    Option("year", "Years"),
)
WHOSE = (Option("you", "You have to act by it"), Option("them", "The other side has to act by it"))
DAY_HINT = "month/day/year"
STATE_LETTERS = 2
FIELDS: tuple[Field, ...] = (
    Field("name", "Name of the rule", required=True),
    Field("text", "What it says", "long", required=True),
    Field("effect", "What it is good for", "long"),
    Field("jurisdiction", "Where it holds", required=True, hint="US, or a state like TX"),
    Field("binds", "Whom it binds", required=True),
    Field("protects", "Whom it protects"),
    Field(
        "anchor",
        "The time runs from",
        "choice",
        options=tuple(Option(anchor, words) for anchor, words in sorted(ANCHORS.items(), key=lambda one: one[1])),
    ),
    Field("length", "How long", "whole", hint="30; with a minus before that day"),
    Field("unit", "Counted in", "choice", required=True, options=UNITS),
    Field("whose", "Who has to act", "choice", required=True, options=WHOSE),
    Field("presumed", "A notice counts as received after", "whole", hint="5; blank where no rule says so"),
    Field("presumed_unit", "Counted from its date in", "choice", options=UNITS[:2]),
    Field("roll", "Weekend: next business day", "yes_no"),
    Field("later_of", "Never ends before", hint="another date, in words"),
    Field("first_day", "In force from", "day", hint=DAY_HINT),
    Field("until", "In force until", "day", hint=DAY_HINT),
    Field("citation", "Where it stands (citation)", required=True),
    Field("where", "Where it can be read", required=True, hint="a web address or a book"),
    Field("checked", "Day you checked it", "day", required=True, hint=DAY_HINT),
    Field(
        "confidence",
        "How sure you are",
        "choice",
        required=True,
        options=tuple(Option(letter, words) for letter, words in SURENESS.items()),
    ),
    Field("detail_unverified", "What could not be checked"),
    Field("contested", "What is contested", "long"),
)
_PLACES = {"presumption": "presumed", "own": "name", "id": "name", "facts": "name"}
_FACT = "fact:"


def correct_card(session: Session, parent: QWidget, card: RuleCard, on_kept: Callable[[str], object]) -> FormDialog:
    """Open a card to be corrected; what is shipped stays as it is, beside the correction. `on_kept` gets its id."""
    title = QCoreApplication.translate("CardForm", "Correct this card")
    return _open(session, parent, title, card, on_kept)


def add_card(session: Session, parent: QWidget, on_kept: Callable[[str], object]) -> FormDialog:
    """Open an empty card; `on_kept` gets the id of the one that was added."""
    return _open(session, parent, QCoreApplication.translate("CardForm", "Add a card"), None, on_kept)


def _open(
    session: Session, parent: QWidget, title: str, card: RuleCard | None, on_kept: Callable[[str], object]
) -> FormDialog:
    card_id = card.id if card else ""
    facts = dict(card.facts) if card else {}
    fields = (*FIELDS, *(_fact_field(name, value) for name, value in facts.items()))
    start = values_of(card) if card else {"unit": "calendar_day", "whose": "you", "checked": session.today}
    keep = partial(_keep, session, card_id, tuple(facts), on_kept)
    dialog = FormDialog(session, FormSpec(title, f"rule:{card_id or 'new'}", fields, start, keep), parent)
    dialog.open()
    return dialog


def _fact_field(name: str, value: str | int) -> Field:
    kind: FieldKind = "whole" if isinstance(value, int) else "text"
    return Field(f"{_FACT}{name}", name.replace("_", " ").capitalize(), kind, required=True)


def values_of(card: RuleCard) -> dict[str, Any]:
    """What the fields of the form begin with for a card."""
    found = {field.name: getattr(card, field.name) for field in FIELDS if not field.name.startswith("presumed")}
    found["presumed"] = card.presumption.length if card.presumption else None
    found["presumed_unit"] = card.presumption.unit if card.presumption else None
    return {**found, **{f"{_FACT}{name}": value for name, value in card.facts}}


def _keep(
    session: Session,
    card_id: str,
    facts: tuple[str, ...],
    on_kept: Callable[[str], object],
    values: Mapping[str, Any],
) -> None:
    given = card_values(values, facts)
    found = faults_of({**given, "id": card_id or "own.new"})
    if found:
        raise _beside(found[0])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    on_kept(session.desk.perform(KeepOwnCard(card_of_form(given, card_id), now)).card_id)


def card_of_form(given: Mapping[str, Any], card_id: str) -> RuleCard:
    """The card that the fields of a form make; a new one has no id yet."""
    return replace(card_of({**given, "id": card_id or "own.new"}), id=card_id)


def card_values(values: Mapping[str, Any], facts: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a card as TOML would have them, from those of the form; blanks are left out."""
    own = {"presumed", "presumed_unit"}
    found = {name: value for name, value in values.items() if name not in own and not name.startswith(_FACT)}
    presumed = values.get("presumed"), values.get("presumed_unit")
    if any(one is not None for one in presumed):
        found["presumption"] = {"length": presumed[0], "unit": presumed[1] or "calendar_day"}
    if facts:
        found["facts"] = {name: values.get(f"{_FACT}{name}") for name in facts}
    found["protects"] = found.get("protects") or ""
    place = found.get("jurisdiction") or ""
    found["jurisdiction"] = place.upper() if len(place) == STATE_LETTERS else place
    return {name: value for name, value in found.items() if value is not None}


def _beside(fault: CardFault) -> FieldError:
    name = _PLACES.get(fault.field, fault.field)
    what = _WHAT.get(fault.field, f"{fault.what[0].upper()}{fault.what[1:]}.")
    return FieldError(name, what, _TODO.get(fault.field, ""))


_WHAT: Mapping[str, str] = {
    "anchor": "It is not said what the time runs from.",
    "length": f"How long the time is has to be a number up to {LONGEST_LENGTH:,}.",
    "until": "It would end before it begins, or in a year that is too far away.",
    "presumption": f"After how many days a notice counts as received has to be 1 to {LONGEST_PRESUMPTION}.",
}
_TODO: Mapping[str, str] = {
    "anchor": "Choose what the time runs from, or leave the time blank.",
    "length": "Type how long it is, or leave what it runs from blank.",
    "until": "Type a day after the first one, or leave it blank.",
    "presumption": "Type the number of days, or leave both blank.",
}
