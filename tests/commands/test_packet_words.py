from __future__ import annotations

import re
from pathlib import Path

from medbills_desktop.checks import run_checks
from medbills_desktop.commands.packet_words import spoken_of_patient
from medbills_desktop.domain.resource_files import resource
from medbills_desktop.exchange.case_reading import read_case

TO_THE_USER = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


def _texts(path: Path) -> list[str]:
    case = read_case(path.read_bytes())
    assert case.today is not None
    return [text for finding in run_checks(case, case.today) for text in (finding.title, finding.explanation)]


def test_no_finding_in_a_packet_speaks_to_its_reader_as_the_patient(shared: Path) -> None:
    cases = [resource("sample") / "case.json", *sorted((shared / "cases").glob("*/case.json"))]
    texts = [text for path in cases for text in _texts(path)]
    assert any(TO_THE_USER.search(text) for text in texts)
    for text in texts:
        assert not TO_THE_USER.search(spoken_of_patient(text)), text


def test_capitals_at_the_beginning_of_a_sentence_stay() -> None:
    assert spoken_of_patient("You paid $5.00.") == "The patient paid $5.00."
    assert spoken_of_patient("$0.00 is left for you to pay.") == "$0.00 is left for the patient to pay."
