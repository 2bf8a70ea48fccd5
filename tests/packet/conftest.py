"""One packet of the whole sample case, made once and read by many tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.order import PacketFinding, PacketOrder, PacketReport
from tests.packet.packets import SAMPLE, never, quiet, sample_order


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[PacketOrder, PacketReport]:
    """The order and the report of a packet of all bills of the sample case, with every finding of the checks."""
    folder: Path = tmp_path_factory.mktemp("sample-packet")
    case = read_case((SAMPLE / "case.json").read_bytes())
    assert case.today is not None
    findings = tuple(
        PacketFinding(
            found.title,
            found.level,
            found.amount,
            found.explanation,
            found.ask,
            found.bill_id,
            found.line_ids,
            found.check,
            found.statement_ids,
            found.claim_ids,
            found.call_ids,
            found.payment_ids,
        )
        for found in run_checks(case, case.today)
    )
    asked = sample_order(folder, findings, prepared_on=case.today)
    return asked, build_packet(asked, folder / "packet.pdf", quiet, never)
