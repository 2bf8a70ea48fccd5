"""Everything that happened, in one list: of the library, a patient, a visit or a bill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from medbills_desktop.domain.dates import Moment, plain_day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Organization, Person, Visit
from medbills_desktop.domain.rules.running import clocks_of_bill
from medbills_desktop.domain.timeline import Narrowing, TimelineEvent, in_order
from medbills_desktop.domain.timeline_words import event_words, proof_words
from medbills_desktop.store.queries.belonging import PAPERS_OF_BILL
from medbills_desktop.store.queries.clocks import read_open
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.queries.timeline_parts import DEADLINES, PARTS
from medbills_desktop.store.reader import Reader

ScopeKind = Literal["everything", "person", "visit", "bill"]
IDS_OF_PARTS = 100
"""Events get the id of their record times this, and the place of their part: unique and the same at each reading."""
_CLOCKS = 90
ALL_PARTS = (*PARTS, *DEADLINES)
_USUAL = frozenset(part.kind for part in PARTS)
_NOTHING = (
    "SELECT 0 AS place, 0 AS id, NULL AS at, '' AS who, '' AS what, NULL AS amount, '' AS state, NULL AS extra, "
    "NULL AS document_id WHERE 0"
)
_PAPERS = PAPERS_OF_BILL.replace("= ?", "IN (SELECT id FROM b)")
_BILLS = {
    "bill": "SELECT id FROM bill WHERE id = ?",
    "visit": "SELECT id FROM bill WHERE visit_id = ?",
    "person": "SELECT id FROM bill WHERE person_id = ?",
}
_VISITS = {
    "bill": "SELECT visit_id FROM bill WHERE id = ?",
    "visit": "SELECT ?",
    "person": "SELECT id FROM visit WHERE person_id = ?",
}


@dataclass(frozen=True, slots=True)
class TimelineScope:
    """Whose events: of everything, or of one patient, visit or bill by `id`."""

    kind: ScopeKind = "everything"
    id: int = 0


EVERYTHING = TimelineScope()
ALL_OF_IT = Narrowing()


@dataclass(frozen=True, slots=True)
class ListEvents:
    """All that happened in a scope, in order, those without a day last; `narrowing` leaves some out.

    Deadlines, which did not happen, are there only where their kind is asked for.
    """

    scope: TimelineScope = EVERYTHING
    narrowing: Narrowing = ALL_OF_IT
    newest_first: bool = True

    def __call__(self, reader: Reader) -> list[TimelineEvent]:
        found = [event for event in self._all(reader) if self.narrowing(event)]
        return in_order(found, self.newest_first)

    def _all(self, reader: Reader) -> Iterator[TimelineEvent]:
        sql, values = self.sql()
        yield from (_event(row) for row in reader.rows(sql, *values))
        if "deadline" in self.narrowing.kinds:
            yield from self.clocks(reader)

    def sql(self) -> tuple[str, list[Any]]:
        """One statement for all rows of the kinds and the period, with its values; words narrow later."""
        kinds, scope = self.narrowing.kinds, self.scope
        wanted = [place for place, part in enumerate(ALL_PARTS) if part.kind in (kinds or _USUAL)]
        parts = [
            _part_sql(place, scope.kind) for place in wanted if scope.kind == "everything" or ALL_PARTS[place].scope
        ]
        union = " UNION ALL ".join(parts) or _NOTHING
        values: list[Any]
        conditions, values = ["1"], [scope.id, scope.id] if scope.kind != "everything" else []
        for sign, day in ((">=", self.narrowing.first), ("<=", self.narrowing.last)):
            if day is not None:
                conditions.append(f"(at IS NULL OR substr(at, 1, 10) {sign} ?)")
                values.append(day.isoformat())
        head = (
            ""
            if scope.kind == "everything"
            else f"WITH b(id) AS ({_BILLS[scope.kind]}), v(id) AS ({_VISITS[scope.kind]}) "
        )
        return f"{head}SELECT * FROM ({union}) WHERE {' AND '.join(conditions)}", values

    def clocks(self, reader: Reader) -> Iterator[TimelineEvent]:
        """The dates that rules give for bills that are open."""
        case, cards = read_open(reader), CardsOn()(reader)
        number = 0
        for bill in case.all(Bill):
            if not self._has(bill):
                continue
            biller = case.find(Organization, bill.biller_id)
            for clock in clocks_of_bill(case, bill, cards):
                number += 1
                if clock.deadline is not None:
                    words = clock.card.name if clock.card.verified else f"{clock.card.name} (not verified)"
                    text = f"{words} ({clock.card.citation})"
                    when, who = Moment(clock.deadline.due), biller.name if biller else ""
                    id_ = number * IDS_OF_PARTS + _CLOCKS
                    yield TimelineEvent(id_, "deadline", clock.about[0], clock.about[1], when, who, text)

    def _has(self, bill: Bill) -> bool:
        owner = {"bill": bill.id, "visit": bill.visit_id, "person": bill.person_id}
        return self.scope.kind == "everything" or owner[self.scope.kind] == self.scope.id


@dataclass(frozen=True, slots=True)
class EventPage:
    """The events of a list that are shown, and how many there are in all."""

    events: list[TimelineEvent]
    total: int


@dataclass(frozen=True, slots=True)
class ListFirstEvents:
    """The first `limit` events with a day that a list begins with, and every one without a day: none is lost below."""

    query: ListEvents
    limit: int

    def __call__(self, reader: Reader) -> EventPage:
        query = self.query
        if query.narrowing.words.strip():
            return self._cut(query(reader))
        sql, values = query.sql()
        total = int(reader.scalar(f"SELECT count(*) FROM ({sql})", *values))
        way = "DESC" if query.newest_first else "ASC"
        rows = [
            *reader.rows(f"SELECT * FROM ({sql}) WHERE at IS NOT NULL ORDER BY at {way} LIMIT ?", *values, self.limit),
            *reader.rows(f"SELECT * FROM ({sql}) WHERE at IS NULL", *values),
        ]
        found = [_event(row) for row in rows]
        if "deadline" in query.narrowing.kinds:
            clocks = [event for event in query.clocks(reader) if query.narrowing(event)]
            total += len(clocks)
            found += clocks
        return self._cut(in_order(found, query.newest_first), total)

    def _cut(self, events: list[TimelineEvent], total: int | None = None) -> EventPage:
        dated = sum(event.when is not None for event in events)
        shown = events[: self.limit] + events[max(dated, self.limit) :] if dated > self.limit else events
        return EventPage(shown, len(events) if total is None else total)


def _part_sql(place: int, scope: ScopeKind) -> str:
    part = ALL_PARTS[place]
    inside = "1" if scope == "everything" else (part.scope or "0").replace("{papers}", _PAPERS)
    return f"SELECT {place} AS place, * FROM ({part.sql.replace('{scope}', inside)})"


def _event(row: Any) -> TimelineEvent:
    place, number, at, who, what, amount, state, extra, document_id = row
    part = ALL_PARTS[place]
    extra = (_proof(extra) if part.kind == "promise" else extra) or ""
    return TimelineEvent(
        number * IDS_OF_PARTS + place,
        part.kind,
        part.record,
        number,
        Moment.from_text(at) if at else None,
        who or "",
        event_words(part.kind, state or "", str(what or ""), str(extra)),
        None if amount is None else Cents(amount),
        state or "",
        document_id,
    )


def _proof(extra: str | None) -> str:
    """The proofs of a promise in words; they come as lines of kind and text."""
    lines = (line.split("\t", 1) for line in (extra or "").split("\x1e") if "\t" in line)
    return ", ".join(proof_words(kind, text) for kind, text in lines)


@dataclass(frozen=True, slots=True)
class TimelineChoice:
    """One scope that can be chosen, with its words."""

    scope: TimelineScope
    words: str


@dataclass(frozen=True, slots=True)
class ListScopes:
    """Every patient, visit and bill whose timeline can be asked for, in this order."""

    def __call__(self, reader: Reader) -> list[TimelineChoice]:
        people = {one.id: one for one in reader.find(Person)}
        places = {one.id: one.name for one in reader.find(Organization)}
        found = [TimelineChoice(TimelineScope("person", one.id), one.name) for one in people.values()]
        for visit in reader.find(Visit):
            at = places.get(visit.facility_id or 0, "")
            day = plain_day(visit.start.day) if visit.start else ""
            words = ", ".join(part for part in (people[visit.person_id].name, at, day) if part)
            found.append(TimelineChoice(TimelineScope("visit", visit.id), words))
        for bill in reader.find(Bill):
            words = ", ".join(part for part in (places[bill.biller_id], bill.account_number or "") if part)
            found.append(TimelineChoice(TimelineScope("bill", bill.id), words))
        return found
