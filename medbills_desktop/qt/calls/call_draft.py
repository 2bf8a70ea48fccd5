"""What stands in the call panel, as plain values: kept while one types, and turned into a command when one saves."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from medbills_desktop.commands.calls import CorrectCall, LogCall
from medbills_desktop.commands.recordings import RecordingNote
from medbills_desktop.domain.dates import Moment, day_from_text, moment_from_typed
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import cents_from_text
from medbills_desktop.domain.records import Call, CallBill, CallClaim, Organization, Promise, RecordingPlaces
from medbills_desktop.qt.forms.fields import Field, read, shown
from medbills_desktop.store.reader import Reader

TEXTS = (
    "organization",
    "department",
    "representative",
    "representative_id",
    "reference_number",
    "asked",
    "said",
    "private_note",
)


@dataclass(slots=True)
class PromiseDraft:
    """One row of the promises: as typed."""

    text: str = ""
    by: str = ""
    due: str = ""
    id: int = 0
    status: str | None = "open"
    closed: str | None = None

    @property
    def typed(self) -> bool:
        """Whether anything stands in the row."""
        return any(part.strip() for part in (self.text, self.by, self.due))


@dataclass(slots=True)
class CallDraft:
    """The call panel's fields as typed. `call_id` is 0 for a new call; `started` is `month/day/year hour:minute`.

    `purpose` only picks what one could say. `seen` is the call as the library had it when it was opened for correction.
    """

    call_id: int = 0
    ref: str = ""
    started: str = ""
    minutes: str = ""
    channel: str = "phone"
    direction: str = "out"
    organization: str = ""
    department: str = ""
    representative: str = ""
    representative_id: str = ""
    reference_number: str = ""
    asked: str = ""
    said: str = ""
    private_note: str = ""
    amount_quoted: str = ""
    bill_ids: list[int] = field(default_factory=list)
    claim_ids: list[int] = field(default_factory=list)
    promises: list[PromiseDraft] = field(default_factory=list)
    recording: str = ""
    consent: str = ""
    my_state: str = ""
    their_state: str = ""
    document_id: int | None = None
    purpose: str = ""
    seen: dict[str, Any] | None = None

    def plain(self) -> dict[str, Any]:
        """As plain values that can be kept in the library's drafts."""
        return asdict(self)

    @classmethod
    def from_plain(cls, values: dict[str, Any]) -> CallDraft:
        """From kept plain values; fields of another version are left out."""
        known = {name: value for name, value in values.items() if name in cls.__dataclass_fields__}
        known["promises"] = [PromiseDraft(**row) for row in known.get("promises", [])]
        return cls(**known)

    @property
    def typed(self) -> bool:
        """Whether anything was typed that would be a pity to lose."""
        texts = any(getattr(self, name).strip() for name in TEXTS if name != "organization")
        return texts or bool(self.promises) or bool(self.recording) or self.document_id is not None

    def kept_values(self) -> dict[str, Any]:
        """What is kept of a call as plain values, by which two wordings are compared."""
        found = {name: value for name, value in self.plain().items() if name not in ("purpose", "seen")}
        return found | {name: sorted(found[name]) for name in ("bill_ids", "claim_ids")}

    def over(self, now: CallDraft) -> CallDraft:
        """The same call over what the library has now: promises that are gone there are kept anew."""
        present = {row.id for row in now.promises}
        promises = [row if row.id in present else replace(row, id=0) for row in self.promises]
        return replace(self, seen=now.seen, promises=promises)

    def as_new(self) -> CallDraft:
        """The same call to be kept anew, for one that is no longer in the library."""
        promises = [replace(row, id=0) for row in self.promises]
        return replace(self, call_id=0, ref="", seen=None, promises=promises)

    def command(self) -> LogCall | CorrectCall:
        """The command that keeps it; raises `UserError` naming the field that can't be read."""
        started = moment_from_typed(self.started)
        if started is None:
            raise UserError("The call has no date yet.", "Type when it began, like 3/31/2025 14:05.")
        minutes = read(Field("minutes", "Minutes", "decimal"), self.minutes)
        if minutes is not None and minutes < 0:
            raise UserError("Minutes can't be below zero.", "Type how long the call took.")
        call = Call(
            id=self.call_id,
            ref=self.ref,
            started=started,
            minutes=minutes,
            channel=self.channel or None,  # type: ignore[arg-type]
            direction=self.direction or None,  # type: ignore[arg-type]
            department=self.department.strip() or None,
            representative=self.representative.strip() or None,
            representative_id=self.representative_id.strip() or None,
            reference_number=self.reference_number.strip() or None,
            asked=self.asked.rstrip() or None,
            said=self.said.rstrip() or None,
            private_note=self.private_note.rstrip() or None,
            amount_quoted=cents_from_text(self.amount_quoted),
        )
        kind = CorrectCall if self.call_id else LogCall
        promises = tuple(_promise(row) for row in self.promises if row.typed)
        return kind(call, self.organization, tuple(self.bill_ids), tuple(self.claim_ids), promises, self._note())

    def _note(self) -> RecordingNote:
        return RecordingNote(
            self.recording or None,  # type: ignore[arg-type]
            self.consent or None,  # type: ignore[arg-type]
            self.document_id,
            self.my_state or None,
            self.their_state or None,
        )


def _promise(row: PromiseDraft) -> Promise:
    if not row.text.strip():
        raise UserError("A promise has no words yet.", "Type what they will do, or clear its name and its day.")
    return Promise(
        id=row.id,
        call_id=0,
        text=row.text.strip(),
        by=row.by.strip() or None,
        due=day_from_text(row.due),
        status=row.status,  # type: ignore[arg-type]
        closed=date.fromisoformat(row.closed) if row.closed else None,
    )


def new_draft(now: Moment, organization: str = "", bill_ids: tuple[int, ...] = ()) -> CallDraft:
    """A call that begins now."""
    began = shown(Field("started", "Began", "moment"), now)
    return CallDraft(started=began, organization=organization, bill_ids=list(bill_ids))


def draft_of(reader: Reader, call_id: int) -> CallDraft:
    """A kept call, opened for correction. Raises `NotFoundError` where it is gone."""
    found = _kept(reader, call_id)
    return replace(found, seen=found.kept_values())


def _kept(reader: Reader, call_id: int) -> CallDraft:
    call = reader.get(Call, call_id)
    places = reader.find(RecordingPlaces, call_id=call_id)
    organization = reader.get(Organization, call.organization_id).name if call.organization_id else ""
    return CallDraft(
        call_id=call.id,
        ref=call.ref,
        started=shown(Field("started", "Began", "moment"), call.started),
        minutes=shown(Field("minutes", "Minutes", "decimal"), call.minutes),
        channel=call.channel or "",
        direction=call.direction or "",
        organization=organization,
        department=call.department or "",
        representative=call.representative or "",
        representative_id=call.representative_id or "",
        reference_number=call.reference_number or "",
        asked=call.asked or "",
        said=call.said or "",
        private_note=call.private_note or "",
        amount_quoted=shown(Field("amount_quoted", "Amount", "money"), call.amount_quoted),
        bill_ids=[link.bill_id for link in reader.find(CallBill, call_id=call_id)],
        claim_ids=[link.claim_id for link in reader.find(CallClaim, call_id=call_id)],
        promises=[_row(row) for row in reader.find(Promise, call_id=call_id)],
        recording=call.recording or "",
        consent=call.consent or "",
        my_state=(places[0].my_state or "") if places else "",
        their_state=(places[0].their_state or "") if places else "",
        document_id=call.document_id,
    )


def _row(promise: Promise) -> PromiseDraft:
    due, closed = shown(Field("due", "Due", "day"), promise.due), promise.closed
    iso = closed.isoformat() if closed else None
    return PromiseDraft(promise.text, promise.by or "", due, promise.id, promise.status, iso)
