"""What stays out of a packet without the part “offers”: every offer that was not accepted, and what only tells of it.

Whoever writes to a court usually keeps a negotiation apart from the facts. An agreement that both sides made is a fact
and always stays, with its papers; what was said in a call stays as it was noted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    Appeal,
    Bill,
    DocumentLink,
    Letter,
    Offer,
    PointAnswer,
    PromiseProof,
    Record,
    Visit,
)
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.scope import Scope

_OFFERING = frozenset({"settlement_offer", "counter_offer"})
"""Kinds of letters that do nothing but offer."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Ids of the offers that were not accepted, of the letters that only tell of such, and of the papers of both."""

    offers: frozenset[int]
    letters: frozenset[int]
    papers: frozenset[int]


def not_taken(case: Case, bill_ids: Sequence[int]) -> tuple[int, int]:
    """How many offers on these bills were not accepted, and how many letters only tell of such offers."""
    out, scope = _left_out(case), Scope(case, tuple(bill_ids))
    offers = sum(offer.id in out.offers for offer in scope.offers)
    return offers, sum(letter.id in out.letters for letter in scope.letters)


def left_out_words(offers: int, letters: int) -> tuple[str, ...]:
    """A sentence each that tells of so many offers and letters that stay out, for whoever makes the packet."""
    told = []
    if offers:
        verb = "is" if offers == 1 else "are"
        told.append(f"{counted(offers, 'offer that was', 'offers that were')} not taken {verb} left out.")
    if letters:
        words = counted(letters, "letter that only tells", "letters that only tell")
        told.append(f"{words} of such an offer {'is' if letters == 1 else 'are'} left out.")
    return tuple(told)


def without_offers(case: Case) -> Case:
    """The case without offers that were not accepted, in no record: for everything that a packet prints.

    Gone, too, are letters that only offer or answer an offer, and the filing of papers that nothing else names, so that
    they are no exhibits. A paper that also shows something else (an answer to a point, a line, an agreement) stays.
    """
    out = _left_out(case)
    gone: dict[type[Record], frozenset[int]] = {Offer: out.offers, Letter: out.letters}
    records = {
        kind: tuple(one for one in found if one.id not in gone.get(kind, ())) for kind, found in case.records.items()
    }
    links = records.get(DocumentLink, ())
    records[DocumentLink] = tuple(one for one in links if not (isinstance(one, DocumentLink) and _only_filed(one, out)))
    return dataclasses.replace(case, records=records)


def without_offers_alone(case: Case) -> Case:
    """The case without offers that were not accepted and with everything else: for the checks, to which a letter that
    is not there would look like one that was never written."""
    kept = tuple(offer for offer in case.all(Offer) if offer.status == "accepted")
    return dataclasses.replace(case, records={**case.records, Offer: kept})


def _left_out(case: Case) -> LeftOut:
    agreed = [offer for offer in case.all(Offer) if offer.status == "accepted"]
    offers = [offer for offer in case.all(Offer) if offer.status != "accepted"]
    of_agreements = _papers_of(case, agreed)
    of_offers = _papers_of(case, offers)
    telling = _telling(case)
    letters: dict[int, Letter] = {}
    for letter in sorted(case.all(Letter), key=lambda one: (one.date is None, str(one.date), one.id)):
        papers = _papers_of(case, (letter,))
        if papers & of_agreements:
            continue
        apart = letter.id not in telling
        answers = case.find(Letter, letter.answers_to_id)
        to_offer = answers is not None and answers.id in letters
        replies = to_offer and letter.status == "received"
        shares = bool(papers & of_offers) and (answers is None or to_offer)
        if letter.kind in _OFFERING or (apart and (replies or shares)):
            letters[letter.id] = letter
    papers = of_offers | _papers_of(case, letters.values())
    return LeftOut(frozenset(offer.id for offer in offers), frozenset(letters), papers)


def _telling(case: Case) -> frozenset[int | None]:
    """Letters that tell of something besides an offer: an answer to a point, an appeal, a promise."""
    return frozenset(
        (
            *(one.letter_id for one in case.all(PointAnswer)),
            *(one.letter_id for one in case.all(Appeal)),
            *(one.letter_id for one in case.all(PromiseProof)),
        )
    )


def _papers_of(case: Case, records: Iterable[Offer | Letter]) -> frozenset[int]:
    found: set[int] = set()
    for record in records:
        if record.document_id is not None:
            found.add(record.document_id)
        for link in case.of(DocumentLink, "target_id", record.id):
            if link.type in (record.KIND, record.PLURAL):
                found.add(link.document_id)
    return frozenset(found)


def _only_filed(link: DocumentLink, out: LeftOut) -> bool:
    """Whether a link files a paper of such an offer or letter under its bill or visit, which says nothing of it."""
    return link.document_id in out.papers and any(link.type in (kind.KIND, kind.PLURAL) for kind in (Bill, Visit))
