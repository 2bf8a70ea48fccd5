from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from medbills_desktop.checks import Finding
from medbills_desktop.domain.records import Assistance, Organization
from tests.support.small_cases import findings, make, one_bill

CHECK = "assistance-window"
FIRST = date(2025, 1, 10)
HOSPITAL = Organization(id=5, name="Example Charity Hospital", kind="hospital", nonprofit=True)


def at(day: int, *, biller: Organization = HOSPITAL, bill: Any = None, **given: Any) -> list[Finding]:
    applied = given.pop("assistance", ())
    records = [make(Assistance, {"bill_id": 1, **row}, id=n) for n, row in enumerate(applied, 1)]
    row = {"biller_id": 5, "first_bill_date": FIRST.isoformat()} if bill is None else {"biller_id": 5, **bill}
    return findings(one_bill(bill=row, others=[biller, *records], **given), CHECK, FIRST + timedelta(days=day))


def test_both_windows_are_told_while_they_are_open() -> None:
    (early,) = at(119)
    assert (early.level, early.amount) == ("info", None)
    assert early.title.endswith("you can apply for financial assistance until Sep 7, 2025.")
    assert "Until May 10, 2025 (120 days) no suit" in early.explanation
    (late,) = at(120)
    assert "no suit" not in late.explanation
    assert late.fingerprint == early.fingerprint
    assert len(at(239)) == 1
    assert at(240) == []
    assert at(-1) == []


def test_an_application_that_is_under_way_is_named() -> None:
    (finding,) = at(50, assistance=[{"applied": "2025-02-01", "status": "applied"}])
    assert finding.title == "Your application for assistance of Feb 1, 2025 is not decided yet."
    assert "you can apply" in at(50, assistance=[{"status": "considering"}])[0].title


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"assistance": [{"status": "approved"}]}, "decided"),
        ({"assistance": [{"status": "denied"}]}, "decided"),
        ({"assistance": [{"applied": "2025-02-01", "decided": "2025-02-20"}]}, "decided"),
        ({"biller": Organization(id=5, name="A", kind="hospital", nonprofit=False)}, "for profit"),
        ({"biller": Organization(id=5, name="A", kind="hospital")}, "not known whether nonprofit"),
        ({"biller": Organization(id=5, name="A", kind="physician", nonprofit=True)}, "no hospital"),
        ({"bill": {}}, "first bill not known"),
        ({"bill": {}, "statements": [{"date": "2025-01-20", "balance": "5.00"}]}, "a statement may be a later one"),
        ({"statements": [{"balance": "0.00"}]}, "nothing is asked"),
        ({"bill": {"first_bill_date": FIRST.isoformat(), "status": "settled"}}, "settled"),
    ],
)
def test_it_stays_silent_where_no_window_is_known_or_needed(given: Any, why: str) -> None:
    assert at(50, **given) == [], why


def test_the_rule_is_not_read_into_older_bills() -> None:
    old = one_bill(bill={"biller_id": 5, "first_bill_date": "2015-12-31"}, others=[HOSPITAL])
    assert findings(old, CHECK, date(2016, 1, 20)) == []
