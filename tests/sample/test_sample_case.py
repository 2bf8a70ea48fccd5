"""The case file of the sample: valid, whole, and with exactly the findings that its README promises.

The sums are worked out here once more with plain decimals, apart from the program's own checks.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema

from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case

Row = dict[str, Any]
PLANTED = json.loads((Path(__file__).parent / "expected_findings.json").read_text("utf-8"))


def money(row: Row, *names: str) -> Decimal:
    return sum((Decimal(row[name]) for name in names), Decimal())


def bill(case: Row, key: str) -> Row:
    return next(row for row in case["bills"] if row["id"] == key)


def planted(check: str) -> list[tuple[list[str], str]]:
    """Lines and amounts that the list of planted findings names for a check."""
    return [(row.get("lines", []), row["amount"]) for row in PLANTED["expect"] if row["check"] == check]


def every_line(case: Row) -> list[Row]:
    return [line for row in case["bills"] for line in row["lines"]]


def test_it_is_valid_by_the_schema(case: Row, shared: Path) -> None:
    schema = json.loads((shared / "spec" / "case.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(case)


def test_the_program_writes_it_back_byte_for_byte(sample: Path) -> None:
    text = (sample / "case.json").read_text("utf-8")
    assert write_case(read_case(text)) == text


def test_it_has_the_parts_of_a_whole_story(case: Row) -> None:
    assert len(case["people"]) == 3
    assert [len(row["lines"]) for row in case["bills"]] == [40, 3, 3]
    assert len(case["calls"]) == 8
    assert len(case["documents"]) == 18
    promises = {row["id"]: row for entry in case["calls"] for row in entry.get("promises", [])}
    assert promises["PR1"]["status"] == "kept"
    assert promises["PR2"]["status"] == "open"
    assert promises["PR4"]["status"] == "broken", "without a day, so that no check counts its lateness"
    assert promises["PR2"]["due"] < case["today"]
    assert 0 < (date.fromisoformat(promises["PR3"]["due"]) - date.fromisoformat(case["today"])).days <= 7
    assert [row["status"] for row in case["offers"]] == ["countered", "open"]
    assert {row["status"] for row in case["letters"]} == {"sent", "received", "draft"}


def test_no_licensed_code_is_in_it(case: Row) -> None:
    codes = [row["code"] for row in every_line(case) if "code" in row]
    assert codes
    assert [code for code in codes if re.fullmatch(r"\d{4}[0-9TFUMA]|D\d{4}", code)] == []
    assert {row.get("code_system") for row in every_line(case)} <= {"hcpcs", "other", None}


def test_only_one_line_does_not_multiply_out(case: Row) -> None:
    wrong = []
    for line in every_line(case):
        off = money(line, "charge") - Decimal(line["units"]) * money(line, "unit_price")
        if off:
            wrong.append(([line["id"]], str(off)))
    assert wrong == planted("line-arithmetic")


def test_only_two_charges_stand_twice(case: Row) -> None:
    same = ("code", "date", "charge", "units")
    twice = []
    for row in case["bills"]:
        for one, other in combinations(row["lines"], 2):
            named = one.get("code") or one["description"] == other["description"]
            if named and all(one.get(field) == other.get(field) for field in same):
                twice.append(([one["id"], other["id"]], other["charge"]))
    assert twice == planted("duplicate-line")


def test_the_itemized_total_is_more_than_its_lines(case: Row) -> None:
    hospital = bill(case, "B1")
    lines = sum(money(line, "charge") for line in hospital["lines"])
    totals = {row["total_charges"] for row in hospital["statements"]}
    assert len(totals) == 1
    assert [([], str(Decimal(totals.pop()) - lines))] == planted("lines-vs-total")
    for key in ("B2", "B3"):
        lines = sum(money(line, "charge") for line in bill(case, key)["lines"])
        assert money(bill(case, key)["statements"][0], "total_charges") == lines


def test_only_one_statement_does_not_add_up(case: Row) -> None:
    wrong = {}
    for row in (statement for one in case["bills"] for statement in one["statements"] if "balance" in statement):
        left = money(row, "total_charges") - money(row, "adjustments", "insurer_paid", "patient_paid")
        if left != money(row, "balance"):
            wrong[row["id"]] = str(left - money(row, "balance"))
    assert wrong == {"ST2": planted("statement-equation")[0][1]}


def test_only_one_row_of_the_eobs_does_not_add_up(case: Row) -> None:
    wrong = {}
    for claim in case["claims"]:
        rows = claim["lines"]
        for row in (*rows, claim["totals"]):
            assert money(row, "billed") - money(row, "discount") == money(row, "allowed")
            shares = ("deductible", "copay", "coinsurance", "not_covered")
            assert money(row, "patient_responsibility") == money(row, *shares)
            off = money(row, "allowed") - money(row, "plan_paid", "other_insurance_paid", *shares)
            if off:
                wrong[row.get("id", claim["id"])] = str(off)
        for column in ("billed", "discount", "allowed", "deductible", "coinsurance", "patient_responsibility"):
            assert sum(money(row, column) for row in rows) == money(claim["totals"], column)
        base = money(claim["totals"], "allowed") - money(claim["totals"], "deductible")
        assert money(claim["totals"], "coinsurance") * 5 == base
    assert wrong == {"CL3": planted("eob-arithmetic")[0][1]}


def test_only_the_physicians_ask_for_more_than_their_eob_leaves(case: Row) -> None:
    above = {}
    for claim in case["claims"]:
        row = bill(case, claim["bill"])
        paid = sum(money(entry, "amount") for entry in case["payments"] if entry["bill"] == row["id"])
        balance = [money(statement, "balance") for statement in row["statements"] if "balance" in statement][-1]
        off = balance - (money(claim["totals"], "patient_responsibility") - paid)
        if off:
            above[row["id"]] = str(off)
    assert above == {"B2": planted("balance-above-eob")[0][1]}


def test_only_the_payment_to_the_physicians_is_not_credited(case: Row) -> None:
    missing = {}
    for entry in case["payments"]:
        last = [row for row in bill(case, entry["bill"])["statements"] if "patient_paid" in row][-1]
        assert (date.fromisoformat(last["date"]) - date.fromisoformat(entry["date"])).days > 10
        if money(last, "patient_paid") < money(entry, "amount"):
            missing[entry["id"]] = str(money(entry, "amount") - money(last, "patient_paid"))
    assert missing == {"PAY2": planted("payment-not-credited")[0][1]}


def test_the_collector_asks_for_the_last_balance(case: Row) -> None:
    assert case["collections"][0]["amount"] == bill(case, "B2")["statements"][-1]["balance"]


def test_disputed_and_accepted_make_up_the_charge(case: Row) -> None:
    disputed = Decimal()
    for line in (line for line in every_line(case) if "disputed" in line):
        assert money(line, "disputed", "accepted") == money(line, "charge")
        assert line["reason"]
        disputed += money(line, "disputed")
    assert disputed == Decimal("525.95")


def test_the_readme_names_every_planted_amount(sample: Path) -> None:
    rows = [row for row in (sample / "README.md").read_text("utf-8").splitlines() if row.startswith("| `")]
    for finding in PLANTED["expect"]:
        amount = "–" if finding["amount"] is None else f"${Decimal(finding['amount']):,}"
        hits = [row for row in rows if row.startswith(f"| `{finding['check']}` | {finding['level']} |")]
        assert any(f"| {amount} |" in row and finding["bill"] in row for row in hits), finding
