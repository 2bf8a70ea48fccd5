"""Why provider and insurer are apart: the difference taken to pieces, each figure against its counterpart, to the cent.

The pieces always add up to the difference of the money page. A figure that one side does not state makes no piece; what
the pieces leave over is a piece of its own, so that nothing is explained away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import InsurerSays, MoneyViews, ProviderSays, asked_statement, money_views
from medbills_desktop.domain.paid import paid_by_statement
from medbills_desktop.domain.records import Payment

PieceKind = Literal["charges", "adjustments", "insurer_paid", "credits", "patient_paid", "rest"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One figure of the statement against the same figure elsewhere, in cents.

    `theirs` is what the statement says, `other` what the EOBs (for `patient_paid`: my payments) say; both are without
    sign, and `None` for the rest that no figure explains. `effect` is how much more is asked because of it, below zero
    where less is. `credits` are adjustments and insurer's payments together, where one makes up for the other.
    """

    kind: PieceKind
    effect: Cents
    theirs: Cents | None = None
    other: Cents | None = None


def pieces(case: Case, bill_id: int, views: MoneyViews | None = None) -> tuple[Piece, ...]:
    """The pieces of the difference of a bill, none where there is no difference or it is not known.

    Raises `KeyError` if the case has no such bill.
    """
    found = views or money_views(case, bill_id)
    amount, statement = found.difference.amount, asked_statement(case, bill_id)
    if not amount or statement is None:
        return ()
    says, eob = found.provider_says, found.insurer_says
    paid = paid_by_statement(case.of(Payment, "bill_id", bill_id), statement).counted
    credited = None if says.patient_paid is None else Cents(abs(says.patient_paid))
    parts = [
        _more("charges", says.charges, eob.billed),
        *_credits(says, eob),
        _less("patient_paid", credited, paid),
    ]
    known = [part for part in parts if part is not None and part.effect]
    rest = Cents(amount - sum(part.effect for part in known))
    return (*known, *([Piece("rest", rest)] if rest else []))


def _more(kind: PieceKind, theirs: Cents | None, other: Cents | None) -> Piece | None:
    """A figure that raises what is asked."""
    return None if theirs is None or other is None else Piece(kind, Cents(theirs - other), theirs, other)


def _less(kind: PieceKind, theirs: Cents | None, other: Cents | None) -> Piece | None:
    """A figure that lowers what is asked, both without sign."""
    return None if theirs is None or other is None else Piece(kind, Cents(other - theirs), theirs, other)


def _credits(says: ProviderSays, eob: InsurerSays) -> list[Piece | None]:
    """Adjustments and insurer's payments; as one where the biller books a part of one under the other."""
    adjusted = _less("adjustments", _plain(says.adjustments), _plain(eob.discount))
    paid = _less("insurer_paid", _plain(says.insurer_paid), _insurers_paid(eob))
    if adjusted is None or paid is None or adjusted.effect * paid.effect >= 0:
        return [adjusted, paid]
    theirs, other = _sum(adjusted.theirs, paid.theirs), _sum(adjusted.other, paid.other)
    return [Piece("credits", Cents(adjusted.effect + paid.effect), theirs, other)]


def _insurers_paid(eob: InsurerSays) -> Cents | None:
    if eob.plan_paid is None:
        return None
    return Cents(abs(eob.plan_paid) + abs(eob.other_insurance_paid or 0))


def _plain(amount: Cents | None) -> Cents | None:
    return None if amount is None else Cents(abs(amount))


def _sum(one: Cents | None, other: Cents | None) -> Cents:
    return Cents((one or 0) + (other or 0))
