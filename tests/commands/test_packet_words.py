from __future__ import annotations

import re
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("by the EOB and the $219.60 you paid", "by the EOB and the $219.60 the patient paid"),
        ("You have paid more than your share.", "The patient has paid more than the patient’s share."),
        ("it is billed; you marked it as not received.", "it is billed; it is marked as not received."),
        ("you noted that the room was shared", "the notes say that the room was shared"),
        ("What is yours to pay", "What is the patient’s to pay"),
        (
            "They promised: “We will send you your bill”, by May 1.",
            "They promised: “We will send you your bill”, by May 1.",
        ),
        ("“For you” was charged to you.", "“For you” was charged to the patient."),
        ("Youth center", "Youth center"),
    ],
)
def test_sentences_are_turned_and_quotations_are_not(said: str, told: str) -> None:
    assert spoken_of_patient(said) == told
