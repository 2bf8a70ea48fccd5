"""The contact log: logging a call with its promises, correcting it, closing promises and tasks."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.commands.bills import organization_named
from medbills_desktop.commands.recordings import RecordingNote
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.records import Call, CallBill, CallClaim, Promise, Task
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class LogCall:
    """Keep a call with what it was about and what was promised. `organization` is a name; found or made new."""

    call: Call
    organization: str | None = None
    bill_ids: tuple[int, ...] = ()
    claim_ids: tuple[int, ...] = ()
    promises: tuple[Promise, ...] = ()
    recording: RecordingNote | None = None

    @property
    def label(self) -> str:
        return "Log call"

    def run(self, work: Work) -> Call:
        call = dataclasses.replace(self.call, organization_id=_organization_id(work, self.call, self.organization))
        call = work.add(self.recording.on(work, call) if self.recording else call)
        if self.recording:
            self.recording.settle(work, call.id)
        _set_subjects(work, call.id, self.bill_ids, self.claim_ids)
        for promise in self.promises:
            work.add(dataclasses.replace(promise, call_id=call.id))
        return call


@dataclass(frozen=True, slots=True)
class CorrectCall:
    """Put a corrected call in place of the one with its id; the journal keeps both wordings.

    What the panel does not show (outcome, references of promises) stays as it is, and so does what is noted about the
    recording where `recording` is `None`. Promises with an id are corrected, those without are added, those left out
    are removed.
    """

    call: Call
    organization: str | None = None
    bill_ids: tuple[int, ...] = ()
    claim_ids: tuple[int, ...] = ()
    promises: tuple[Promise, ...] = ()
    recording: RecordingNote | None = None

    @property
    def label(self) -> str:
        return "Correct call"

    def run(self, work: Work) -> Call:
        kept_call = work.get(Call, self.call.id)
        call = dataclasses.replace(
            self.call,
            ref=kept_call.ref,
            organization_id=_organization_id(work, kept_call, self.organization),
            outcome=kept_call.outcome,
            recording=kept_call.recording,
            consent=kept_call.consent,
            document_id=kept_call.document_id,
        )
        if self.recording:
            call = self.recording.on(work, call)
            self.recording.settle(work, call.id, kept_call.document_id)
        work.put(call)
        _set_subjects(work, call.id, self.bill_ids, self.claim_ids)
        self._set_promises(work)
        return call

    def _set_promises(self, work: Work) -> None:
        kept = {promise.id for promise in self.promises if promise.id}
        present = {promise.id for promise in work.find(Promise, call_id=self.call.id)}
        if not kept <= present:
            raise NotFoundError("A promise of this call is no longer in the library.", "It may have been undone.")
        for promise_id in sorted(present - kept):
            work.remove(Promise, promise_id)
        for promise in self.promises:
            owned = dataclasses.replace(promise, call_id=self.call.id)
            if owned.id:
                work.put(dataclasses.replace(owned, ref=work.get(Promise, owned.id).ref))
            else:
                work.add(owned)


@dataclass(frozen=True, slots=True)
class ClosePromise:
    """Say that a promise was kept or broken, or open it again; `day` is when that was seen."""

    promise_id: int
    status: Literal["open", "kept", "broken"]
    day: Day | None

    @property
    def label(self) -> str:
        return {"open": "Reopen promise", "kept": "Promise kept", "broken": "Promise not kept"}[self.status]

    def run(self, work: Work) -> Promise:
        closed = None if self.status == "open" else self.day
        return work.change(Promise, self.promise_id, status=self.status, closed=closed)


@dataclass(frozen=True, slots=True)
class FinishTask:
    """Tick a task off on a day, or take the tick away (`day` is None)."""

    task_id: int
    day: Day | None

    @property
    def label(self) -> str:
        return "Finish task" if self.day else "Reopen task"

    def run(self, work: Work) -> Task:
        return work.change(Task, self.task_id, done=self.day)


def _organization_id(work: Work, call: Call, name: str | None) -> int | None:
    if name is None:
        return call.organization_id
    if not name.strip():
        return None
    return organization_named(work, name, "other").id


def _set_subjects(work: Work, call_id: int, bill_ids: tuple[int, ...], claim_ids: tuple[int, ...]) -> None:
    if len(set(bill_ids)) != len(bill_ids) or len(set(claim_ids)) != len(claim_ids):
        raise UserError("A bill is named twice.", "Choose each bill once.")
    bills = {link.bill_id: link for link in work.find(CallBill, call_id=call_id)}
    claims = {link.claim_id: link for link in work.find(CallClaim, call_id=call_id)}
    for bill_id, link in bills.items():
        if bill_id not in bill_ids:
            work.remove(CallBill, link.id)
    for claim_id, claim_link in claims.items():
        if claim_id not in claim_ids:
            work.remove(CallClaim, claim_link.id)
    for bill_id in bill_ids:
        if bill_id not in bills:
            work.add(CallBill(call_id=call_id, bill_id=bill_id))
    for claim_id in claim_ids:
        if claim_id not in claims:
            work.add(CallClaim(call_id=call_id, claim_id=claim_id))
