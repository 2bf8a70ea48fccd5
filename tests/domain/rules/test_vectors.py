"""A date worked out by hand for every card that starts a clock; a card without one fails."""

from __future__ import annotations

import pytest

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.rules.deadlines import Event, deadline
from medbills_desktop.domain.rules.rule_cards import shipped_cards

CARDS = {card.id: card for card in shipped_cards()}

# Card, the day (or moment) on which it starts, and the day (or moment) that it gives.
VECTORS = (
    ("nsa.consent.72h", "2026-03-10T09:00", "2026-03-07T09:00"),
    ("nsa.consent.72h", "2026-03-10", "2026-03-07"),
    ("nsa.consent.sameday", "2026-03-10T02:30", "2026-03-09T23:30"),
    ("nsa.consent.keep", "2024-02-29", "2031-03-01"),
    ("nsa.gfe.3", "2026-11-25", "2026-11-27"),
    ("nsa.gfe.10", "2026-01-16", "2026-01-22"),
    ("nsa.gfe.request", "2026-07-02", "2026-07-08"),
    ("nsa.gfe.co", "2026-05-22", "2026-05-26"),
    ("nsa.gfe.change", "2026-01-20", "2026-01-16"),
    ("nsa.gfe.keep", "2026-03-10", "2032-03-10"),
    ("nsa.ppdr.window", "2025-11-03", "2026-03-03"),
    ("nsa.ppdr.window", "2023-12-01", "2024-03-30"),
    ("nsa.ppdr.provider10", "2026-06-15", "2026-06-30"),
    ("nsa.ppdr.decide", "2026-06-15", "2026-07-29"),
    ("fdcpa.notice", "2026-03-02", "2026-03-07"),
    ("fdcpa.window", "2026-03-01", "2026-03-31"),
    ("fdcpa.orig", "2026-01-31", "2026-03-02"),
    ("fdcpa.7after", "2026-03-02", "2026-03-08"),
    ("fdcpa.sue", "2026-02-28", "2027-02-28"),
    ("cr.bureau.year", "2024-02-29", "2025-02-28"),
    ("cr.fcra.dispute", "2026-02-10", "2026-03-12"),
    ("state.assistance.wa", "2026-03-01", "2028-03-01"),
    ("state.assistance.nj", "2024-02-29", "2025-03-01"),
    ("state.assistance.il", "2026-03-01", "2026-05-30"),
    ("state.assistance.or", "2026-03-01", "2026-10-27"),
    ("r.notify", "2025-11-03", "2026-03-03"),
    ("r.apply", "2025-11-03", "2026-07-01"),
    ("r.eca30", "2026-02-10", "2026-03-12"),
    ("state.itemized.al", "2026-03-01", "2026-03-31"),
    ("state.itemized.al.soon", "2026-02-20", "2026-03-02"),
    ("state.itemized.ar", "2024-02-20", "2024-03-21"),
    ("state.itemized.ca.debt_buyer", "2026-12-20", "2027-01-04"),
    ("state.itemized.co", "2026-05-04", "2026-06-03"),
    ("state.itemized.ct", "2026-04-20", "2026-05-20"),
    ("state.itemized.fl", "2026-06-01", "2026-06-08"),
    ("state.itemized.ga", "2025-12-24", "2026-01-05"),
    ("state.itemized.mn", "2026-01-31", "2026-03-02"),
    ("state.itemized.mo", "2026-07-02", "2026-07-08"),
    ("state.itemized.ms", "2026-02-10", "2026-03-12"),
    ("state.itemized.ne", "2026-03-01", "2026-03-15"),
    ("state.itemized.ny", "2026-06-01", "2026-06-08"),
    ("state.itemized.tn", "2026-03-01", "2026-03-31"),
    ("state.itemized.tn.statement", "2024-02-25", "2024-03-06"),
    ("state.itemized.tx", "2026-03-02", "2026-04-13"),
    ("state.itemized.tx.before_collection", "2026-05-04", "2026-06-03"),
    ("hipaa.access", "2026-01-31", "2026-03-02"),
    ("hipaa.amend", "2026-01-05", "2026-03-06"),
    ("hipaa.ocr", "2026-01-05", "2026-07-04"),
    ("mcare.itemized", "2026-02-10", "2026-03-12"),
    ("ap.int.file", "2025-09-05", "2026-03-04"),
    ("ap.int.file", "2026-08-25", "2027-02-21"),
    ("ap.int.urgent", "2026-02-27T22:15", "2026-03-02T22:15"),
    ("ap.int.pre", "2026-03-01", "2026-03-31"),
    ("ap.int.post", "2026-01-05", "2026-03-06"),
    ("ap.int.post2", "2026-01-05", "2026-02-04"),
    ("ap.claim", "2026-05-04", "2026-06-03"),
    ("ap.penalty", "2026-02-10", "2026-03-12"),
    ("ap.ext.file", "2025-10-30", "2026-03-02"),
    ("ap.ext.file", "2026-03-04", "2026-07-06"),
    ("ap.ext.decide", "2026-01-05", "2026-02-19"),
    ("ap.ext.urgent", "2026-12-30", "2027-01-02"),
    ("ap.ext.state", "2025-10-30", "2026-03-01"),
    ("mc.1", "2026-01-15", "2026-05-15"),
    ("mc.2", "2026-01-05", "2026-07-04"),
    ("mc.3", "2026-08-20", "2026-10-19"),
    ("mc.4", "2026-01-05", "2026-03-06"),
    ("mc.5", "2026-08-25", "2026-10-24"),
    ("mc.claim", "2024-02-29", "2025-03-01"),
    ("ma.1", "2026-08-20", "2026-10-19"),
    ("pd.1", "2026-08-25", "2026-10-24"),
    ("md.hear", "2026-08-20", "2026-11-18"),
    ("md.keep", "2026-08-20", "2026-08-30"),
    ("md.mco", "2026-08-20", "2026-10-19"),
    ("md.mcohear", "2026-03-01", "2026-05-30"),
    ("tri.1", "2026-08-20", "2026-11-18"),
    ("mc.1d", "2026-01-05", "2026-03-06"),
    ("mc.2d", "2024-02-01", "2024-04-01"),
    ("mc.3d", "2026-01-05", "2026-04-05"),
    ("mc.4d", "2026-11-25", "2027-02-23"),
    ("ma.1d", "2026-01-05", "2026-03-06"),
    ("pd.1d", "2026-02-25", "2026-03-04"),
    ("md.heard", "2026-08-20", "2026-11-18"),
    ("md.mcod", "2026-01-31", "2026-03-02"),
    ("va.er", "2026-02-27T22:15", "2026-03-02T22:15"),
)

# Card, the date on the notice whose receipt is not known, and the day that it gives.
PRESUMED = (
    ("fdcpa.window", "2025-12-19", "2026-01-28"),
    ("fdcpa.orig", "2025-12-19", "2026-01-28"),
    ("mc.1", "2026-01-10", "2026-05-15"),
    ("mc.2", "2025-12-31", "2026-07-04"),
    ("mc.3", "2026-08-15", "2026-10-19"),
    ("mc.4", "2025-12-31", "2026-03-06"),
    ("ma.1", "2026-08-15", "2026-10-19"),
    ("pd.1", "2026-08-20", "2026-10-24"),
)


def test_every_clock_has_a_date_worked_out_by_hand() -> None:
    assert {card.id for card in CARDS.values() if card.has_clock} == {name for name, _, _ in VECTORS}
    assert {card.id for card in CARDS.values() if card.presumption} == {name for name, _, _ in PRESUMED}


@pytest.mark.parametrize(("name", "start", "due"), VECTORS)
def test_a_clock_gives_the_day(name: str, start: str, due: str) -> None:
    found = deadline(CARDS[name], Event(received=Moment.from_text(start)))
    assert found is not None
    assert Moment(found.due, found.at).text() == due
    assert not found.presumed


@pytest.mark.parametrize(("name", "dated", "due"), PRESUMED)
def test_a_notice_counts_as_received_some_days_after_its_date(name: str, dated: str, due: str) -> None:
    found = deadline(CARDS[name], Event(dated=Day.fromisoformat(dated)))
    assert found is not None
    assert found.due.isoformat() == due
    assert found.presumed
    assert "counts as received" in found.steps[0]
