"""What a packet without offers tells: agreements with their papers, and nothing of an offer that was not taken."""

from __future__ import annotations

from datetime import date

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    Bill,
    Document,
    DocumentLink,
    Letter,
    Line,
    Offer,
    PointAnswer,
    Record,
)
from medbills_desktop.packet.events import events
from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.packet.negotiation import left_out_words, not_taken, without_offers, without_offers_alone
from medbills_desktop.packet.scope import Scope
from tests.packet.packets import small_case


def _paper(number: int, *links: tuple[str, int]) -> list[Record]:
    """A paper filed under the bill, as every paper that comes in, and linked to some records besides."""
    found: list[Record] = [Document(id=number, ref=f"D{number}", file=f"{number}.pdf", sha256=f"{number:064x}")]
    for place, (kind, target) in enumerate((("bill", 1), *links), 1):
        found.append(DocumentLink(id=10 * number + place, document_id=number, type=kind, target_id=target))
    return found


def _offer(number: int, status: str | None, paper: int | None = None) -> Offer:
    amount = 1_000 * number
    return Offer(id=number, bill_id=1, date=date(2025, 2, number), amount=amount, status=status, document_id=paper)  # type: ignore[arg-type]


def _letter(number: int, kind: str, paper: int | None = None, answers: int | None = None, out: bool = False) -> Letter:
    return Letter(
        id=number, kind=kind, bill_id=1, status="sent" if out else "received", date=date(2025, 3, number),
        subject=f"Letter {number}", document_id=paper, answers_to_id=answers,
    )  # fmt: skip


def _left(case: Case) -> tuple[list[int], list[int], list[int]]:
    """Ids of the offers, letters and papers that a packet without offers tells of."""
    kept = without_offers(case)
    scope = Scope(kept, (1,))
    papers = sorted(one.document.id for one in linked_documents(kept, (1,)))
    return [one.id for one in scope.offers], [one.id for one in scope.letters], papers


def test_an_agreement_stays_with_its_paper_and_no_other_offer_shows() -> None:
    states = ("open", "declined", "expired", "countered", None)
    others = [_offer(number, state, number) for number, state in enumerate(states, 2)]
    papers = [record for number in range(1, 7) for record in _paper(number)]
    case = small_case(_offer(1, "accepted", 1), *others, *papers)
    assert _left(case) == ([1], [], [1])
    told = [event.text for event in events(Scope(without_offers(case), (1,)))]
    assert told == ["Offer: $10.00, accepted, not confirmed in writing"]
    assert not_taken(case, (1,)) == (5, 0)
    assert not_taken(case, ()) == (0, 0)


def test_letters_that_only_offer_or_answer_an_offer_go_with_their_papers() -> None:
    case = small_case(
        *_paper(1, ("offer", 2)), *_paper(2), *_paper(3), *_paper(4),
        _offer(2, "countered", 1),
        _letter(1, "letter_received", 1),
        _letter(2, "counter_offer", 2, 1, out=True),
        _letter(3, "reply", 3, 2),
        _letter(4, "dispute", 4, 3, out=True),
    )  # fmt: skip
    assert _left(case) == ([], [4], [4])
    assert not_taken(case, (1,)) == (1, 3)


def test_a_paper_that_also_shows_something_else_stays() -> None:
    case = small_case(
        Line(id=1, bill_id=1, position=1, description="Item", mark="overpriced"),
        *_paper(1), *_paper(2), *_paper(3, ("line", 1)), *_paper(4, ("offers", 4)),
        *(_offer(number, "open", number) for number in (1, 2, 3)), _offer(4, "accepted"), _offer(5, "open", 4),
        _letter(1, "letter_received", 1),
        _letter(5, "dispute", out=True),
        _letter(6, "reply", 2, 5),
        _letter(7, "counter_offer", 4, out=True),
        PointAnswer(id=1, bill_id=1, line_id=1, letter_id=1, answer="partly"),
    )  # fmt: skip
    assert _left(case) == ([4], [1, 5, 6, 7], [1, 2, 3, 4])


def test_the_checks_are_spared_offers_and_still_know_every_letter() -> None:
    case = small_case(_offer(1, "open"), _offer(2, "accepted"), _letter(1, "counter_offer", out=True))
    kept = without_offers_alone(case)
    assert [one.id for one in kept.all(Offer)] == [2]
    assert [one.id for one in kept.all(Letter)] == [1]
    assert kept.all(Bill) == case.all(Bill)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0), ()),
        ((1, 0), ("1 offer that was not taken is left out.",)),
        (
            (2, 2),
            (
                "2 offers that were not taken are left out.",
                "2 letters that only tell of such an offer are left out.",
            ),
        ),
    ],
)
def test_what_is_left_out_is_told(counts: tuple[int, int], told: tuple[str, ...]) -> None:
    assert left_out_words(*counts) == told
