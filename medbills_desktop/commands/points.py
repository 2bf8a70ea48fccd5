"""Noting how far an answer of theirs, a call or a letter that came, covered each point of a bill."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Call, CallBill, Letter, Line, PointAnswer
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class RecordAnswers:
    """Note what one answer said to the points of a bill, in place of what was noted for that answer before.

    Exactly one of `call_id` and `letter_id` says where the answer is. Points that are not among `answers` have none in
    it. Refuses a call that was not about the bill, and a letter that did not come for it.
    """

    bill_id: int
    answers: tuple[PointAnswer, ...]
    call_id: int | None = None
    letter_id: int | None = None

    @property
    def label(self) -> str:
        return "Note their answers"

    def run(self, work: Work) -> tuple[PointAnswer, ...]:
        self._check_contact(work)
        bill_id, call_id, letter_id = self.bill_id, self.call_id, self.letter_id
        known = work.find(PointAnswer, bill_id=bill_id, call_id=call_id, letter_id=letter_id)
        before = {_key(one): one for one in known}
        now = {
            _key(one): dataclasses.replace(one, bill_id=bill_id, call_id=call_id, letter_id=letter_id)
            for one in self.answers
        }
        if len(now) != len(self.answers):
            raise UserError("A point is answered twice in one answer.", "Note each point once.")
        for key, kept in before.items():
            if key not in now:
                work.remove(PointAnswer, kept.id)
        return tuple(self._keep(work, before.get(key), one) for key, one in now.items())

    def _keep(self, work: Work, before: PointAnswer | None, one: PointAnswer) -> PointAnswer:
        if one.amount_off is not None and one.amount_off < 0:
            raise UserError("What they took off can't be below zero.", "Type the amount without a sign.")
        if one.line_id is not None and work.get(Line, one.line_id).bill_id != self.bill_id:
            raise UserError("This line is on another bill.", "Note the answer there.")
        plain = dataclasses.replace(one, said=(one.said or "").strip() or None)
        if before is None:
            return work.add(dataclasses.replace(plain, id=0))
        return work.put(dataclasses.replace(plain, id=before.id))

    def _check_contact(self, work: Work) -> None:
        if (self.call_id is None) == (self.letter_id is None):
            raise UserError("It is not said where the answer was given.", "Choose one call or one letter.")
        if self.call_id is not None:
            work.get(Call, self.call_id)
            if not work.find(CallBill, call_id=self.call_id, bill_id=self.bill_id):
                raise UserError("That call was not about this bill.", "Tick the bill in the call, or choose another.")
        elif self.letter_id is not None:
            letter = work.get(Letter, self.letter_id)
            if letter.status != "received" or letter.bill_id != self.bill_id:
                raise UserError("That is no letter that came about this bill.", "Choose another, or record the letter.")


def _key(one: PointAnswer) -> tuple[int | None, str | None, str | None]:
    return (one.line_id, one.check, one.fingerprint)
