"""Saying that a promise was kept or broken, with what shows it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Call, Document, Letter, Payment, Promise, PromiseProof, Record
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class ProvePromise:
    """Say how a promise came out, on which day that was seen, and what shows it.

    The proof takes the place of what was noted before; a blank one takes it away. Refuses a proof that is not there.
    """

    promise_id: int
    status: Literal["open", "kept", "broken"]
    day: Day | None
    proof: PromiseProof | None = None

    @property
    def label(self) -> str:
        return {"open": "Reopen promise", "kept": "Promise kept", "broken": "Promise not kept"}[self.status]

    def run(self, work: Work) -> Promise:
        closed = None if self.status == "open" else self.day
        if self.status != "open" and self.day is None:
            raise UserError("The day on which that was seen is missing.", "Type it, like 3/31/2025.")
        promise = work.change(Promise, self.promise_id, status=self.status, closed=closed)
        wanted = _wanted(work, self.proof, self.promise_id)
        kept = work.find(PromiseProof, promise_id=self.promise_id)
        for extra in kept[1:] if wanted else kept:
            work.remove(PromiseProof, extra.id)
        if wanted and kept:
            work.put(dataclasses.replace(wanted, id=kept[0].id))
        elif wanted:
            work.add(wanted)
        return promise


def _wanted(work: Work, proof: PromiseProof | None, promise_id: int) -> PromiseProof | None:
    if proof is None:
        return None
    shown_by: tuple[tuple[type[Record], int | None], ...] = (
        (Document, proof.document_id),
        (Call, proof.call_id),
        (Letter, proof.letter_id),
        (Payment, proof.payment_id),
    )
    for kind, number in shown_by:
        if number is not None:
            work.get(kind, number)
    note = (proof.note or "").strip() or None
    named = (proof.document_id, proof.call_id, proof.letter_id, proof.payment_id, note)
    return dataclasses.replace(proof, id=0, promise_id=promise_id, note=note) if any(named) else None
