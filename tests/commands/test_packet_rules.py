"""Which rule cards a packet tells: those whose clock gave a date for its bills, used or not."""

from __future__ import annotations

from datetime import date

from medbills_desktop.commands.packet_rules import packet_rules
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Collection,
    Letter,
    Organization,
    OwnCard,
    Person,
    Record,
    RuleChoice,
    Statement,
)
from medbills_desktop.domain.rules.in_force import cards_in_force

DAY = date(2026, 3, 20)


def _case(*records: Record) -> Case:
    return case_of(
        [
            Person(id=1, name="Pat Example"),
            Organization(id=1, name="Example General Hospital", kind="hospital", nonprofit=True),
            Organization(id=2, name="Example Collectors", kind="collector"),
            Bill(id=1, biller_id=1, person_id=1, first_bill_date=date(2026, 1, 10)),
            Statement(id=1, bill_id=1, date=date(2026, 1, 10)),
            *records,
        ]
    )


def _ids(case: Case, *more: Record) -> list[str]:
    own = [one for one in more if isinstance(one, OwnCard)]
    choices = [one for one in more if isinstance(one, RuleChoice)]
    return [rule.card_id for rule in packet_rules(case, cards_in_force(own, choices), (1,))]


def test_a_card_is_told_with_its_source_and_the_dates_of_the_bill() -> None:
    (rule,) = packet_rules(_case(), cards_in_force(), (1,))
    assert rule.card_id == "r.apply"
    assert rule.citation
    assert rule.where
    assert rule.sureness
    assert rule.bill_id == 1
    assert rule.ends.startswith("The last day is ")
    assert "Jan 10, 2026" in rule.started
    assert not rule.corrected


def test_a_rule_that_was_used_is_told_although_its_clock_has_stopped() -> None:
    applied = Assistance(id=1, bill_id=1, applied=date(2026, 2, 1))
    disputed = Collection(id=1, bill_id=1, collector_id=2, notice_received=date(2026, 2, 2), disputed_on=DAY)
    asked = Letter(id=1, kind="records_request", bill_id=1, status="sent", date=date(2026, 2, 3))
    reply = Letter(id=2, kind="answer", bill_id=1, status="received", date=date(2026, 2, 9), answers_to_id=1)
    assert set(_ids(_case(applied, disputed, asked, reply))) == {"r.apply", "fdcpa.window", "hipaa.access"}


def test_a_card_that_is_off_or_gave_no_date_is_not_told() -> None:
    assert _ids(_case(), RuleChoice(id=1, card_id="r.apply", on=False)) == []
    undated = Collection(id=1, bill_id=1, collector_id=2)
    assert _ids(_case(undated)) == ["r.apply"]


def test_no_rule_speaks_to_the_user() -> None:
    for rule in packet_rules(_case(Assistance(id=1, bill_id=1, applied=DAY)), cards_in_force(), (1,)):
        assert " you " not in f" {rule.text} {rule.started} ".lower()
