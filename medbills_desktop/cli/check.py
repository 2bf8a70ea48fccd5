"""`medbills check`: what does not add up, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import shutil
import textwrap
from typing import Any

from medbills_desktop.checks import Finding, run_checks
from medbills_desktop.cli.choosing import bills_named, day_of
from medbills_desktop.cli.command_line import DONE, CommandLine, today_argument
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import decimal_text, dollars
from medbills_desktop.domain.records import Bill, Call, Claim, Line, Payment, Record
from medbills_desktop.store.case_loading import load_case, load_checked
from medbills_desktop.store.library import Library

_NARROWEST, _WIDEST = 60, 120


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bill", action="append", default=[], metavar="REF", help="only this bill: its id or account number"
    )
    today_argument(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, with the ids of the case file")


def _run(asked: argparse.Namespace) -> int:
    with Library.open(asked.library, "read") as library:
        ids = bills_named(library, asked.bill) if asked.bill else None
        case = library.read(lambda reader: load_case(reader) if ids is None else load_checked(reader, ids))
        findings = run_checks(case, day_of(library, asked.today), ids)
    print(as_json(case, findings) if asked.json else as_table(case, findings))
    return DONE


def as_json(case: Case, findings: tuple[Finding, ...]) -> str:
    """The findings with ids of the case file in place of the library's own."""
    return json.dumps({"findings": [_plain(case, one) for one in findings]}, indent=1, ensure_ascii=False)


def as_table(case: Case, findings: tuple[Finding, ...]) -> str:
    """The findings for people: level, bill, amount, and below each what to ask."""
    if not findings:
        return "Nothing was found that does not add up."
    width = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size().columns))
    refs = [case.get(Bill, one.bill_id).ref for one in findings]
    amounts = [dollars(one.amount) for one in findings]
    bill, money = max(4, *map(len, refs)), max(6, *map(len, amounts))
    lines = [f"{'level':<8}  {'bill':<{bill}}  {'amount':>{money}}  what does not add up"]
    for one, ref, amount in zip(findings, refs, amounts, strict=True):
        start = f"{one.level:<8}  {ref:<{bill}}  {amount:>{money}}  "
        indent = " " * len(start)
        lines.append(textwrap.fill(one.title, width, initial_indent=start, subsequent_indent=indent))
        lines.append(textwrap.fill(f"Ask: {one.ask}", width, initial_indent=indent, subsequent_indent=indent))
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    return "\n".join([*lines, "", f"{count}. A finding is a reason to ask, not a proof of a mistake."])


def _plain(case: Case, one: Finding) -> dict[str, Any]:
    def refs(kind: type[Record], ids: tuple[int, ...]) -> list[str]:
        return [case.get(kind, each).ref for each in ids]

    return {
        "check": one.check,
        "level": one.level,
        "bill": case.get(Bill, one.bill_id).ref,
        "lines": refs(Line, one.line_ids),
        "claims": refs(Claim, one.claim_ids),
        "payments": refs(Payment, one.payment_ids),
        "calls": refs(Call, one.call_ids),
        "amount": None if one.amount is None else decimal_text(one.amount),
        "title": one.title,
        "explanation": one.explanation,
        "ask": one.ask,
    }


CHECK = CommandLine(_arguments, _run)
