"""What the window and `check --bill` find on one bill is what the whole library finds on it, paper for paper."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from medbills_desktop.checks import Finding, run_checks
from medbills_desktop.commands.case_files import import_case_file
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Claim, Line, Policy, Visit
from medbills_desktop.store.case_loading import load_bills, load_case, load_checked
from medbills_desktop.store.library import Library
from tests.support.libraries import fill
from tests.support.random_commands import Giver

TODAY = Day(2026, 3, 20)


def each_bill_alone(library: Library) -> tuple[Finding, ...]:
    """Findings of the whole library, after each bill was held against what it gives when it is loaded alone."""
    case = library.read(load_case)
    today = case.today or TODAY
    found = run_checks(case, today)
    for bill in case.all(Bill):
        alone = library.read(lambda reader, wanted=bill.id: load_checked(reader, {wanted}))
        assert run_checks(alone, today, {bill.id}) == tuple(one for one in found if one.bill_id == bill.id), bill
    ids = {bill.id for bill in case.all(Bill)}
    assert run_checks(library.read(lambda reader: load_checked(reader, ids)), today, ids) == found
    return found


def test_a_bill_of_the_sample_case_alone(tmp_path: Path) -> None:
    make_sample(tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        assert len(each_bill_alone(library)) > 5


def test_a_bill_of_all_shared_cases_in_one_library(shared: Path, tmp_path: Path) -> None:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        for path in sorted(shared.glob("cases/*/case.json")):
            import_case_file(library, desk, path)
        assert "out-of-pocket-exceeded" in {one.check for one in each_bill_alone(library)}


def test_shares_of_other_bills_count_toward_the_limit_of_the_year(tmp_path: Path) -> None:
    with Library.create(tmp_path / "library") as library:
        fill(library, bills=3)

        def insure(work) -> None:
            person, insurer = work.get(Bill, 1).person_id, work.get(Bill, 1).biller_id
            policy = work.add(Policy(person_id=person, insurer_id=insurer, out_of_pocket_limit=Cents(250_00)))
            for number in (1, 2, 3):
                visit = work.add(Visit(person_id=person, start=Moment(Day(2025, 5, 3 * number))))
                work.change(Bill, number, visit_id=visit.id)
                eob = Claim(policy_id=policy.id, bill_id=number, date=Day(2025, 6, 20 - number))
                work.add(dataclasses.replace(eob, patient_responsibility=Cents(100_00)))

        library.perform("Insure", insure)
        (found,) = (one for one in each_bill_alone(library) if one.check == "out-of-pocket-exceeded")
        assert (found.bill_id, found.amount, len(found.claim_ids)) == (3, 50_00, 3)
        packet = library.read(lambda reader: load_bills(reader, {3}))
        assert [claim.bill_id for claim in packet.all(Claim)] == [3], "a packet got an EOB of another bill"


def charged(desk: Desk, bill: int, *lines: tuple[str | None, str, int]) -> None:
    made = (Line(bill_id=0, code=code, description=name, charge=Cents(charge)) for code, name, charge in lines)
    desk.perform(AddLines(bill, tuple(made)))


def test_a_charge_is_held_against_the_charges_on_all_other_bills(tmp_path: Path) -> None:
    """By its code however that is typed, and by its name with the same biller; also right after a change elsewhere."""
    with Library.create(tmp_path / "library") as library:
        desk = fill(library, bills=9)
        for bill, code in ((1, "J7030"), (4, "j7030"), (7, " J 7030 ")):
            charged(
                desk, bill, (code, "Saline bag", 900 if bill < 7 else 90_000), (None, "Warm blanket", 500 * bill**3)
            )
        found = [one for one in each_bill_alone(library) if one.check == "amount-outlier"]
        assert [(one.bill_id, one.amount) for one in found] == [(7, 89_100)]
        charged(desk, 4, ("J7030", "Saline bag", 80_000))
        assert "amount-outlier" not in {one.check for one in each_bill_alone(library)}
        desk.undo()
        assert "amount-outlier" in {one.check for one in each_bill_alone(library)}


@pytest.mark.parametrize("seed", range(6))
def test_a_bill_of_any_library_alone(tmp_path: Path, seed: int) -> None:
    with Library.create(tmp_path / "library") as library:
        fill(library, bills=2)
        desk, giver = Desk(library), Giver(library, seed)
        for _ in range(120):
            try:
                desk.perform(giver.command())
            except UserError:
                continue
        each_bill_alone(library)
