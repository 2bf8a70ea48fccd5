"""The glossary: enough terms, each short, calm and right to the cent, found by search and by the labels on screens."""

from __future__ import annotations

import ast
import operator
import re
from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from medbills_desktop.domain import words
from medbills_desktop.domain.glossary import TOPIC, Term, find_terms, glossary, name_found, term_of

TERMS = tuple(glossary().values())
ASKED_FOR = re.split(
    ", ",
    (
        "Deductible, Allowed amount, EOB, Coinsurance, Copay, Out-of-pocket limit, Adjustment, Contractual discount, "
        "Itemized bill, Chargemaster, Revenue code, HCPCS, CPT, Modifier, NPI, Superbill, Claim, Denial, Appeal, "
        "External review, Prior authorization, Surprise bill, No Surprises Act, Good-faith estimate, PPDR, "
        "Balance billing, In network, Out of network, Facility fee, Observation, Inpatient, Outpatient, Charity care, "
        "Financial assistance, 501(r), Poverty guideline, Presumptive eligibility, Validation notice, "
        "Statute of limitations, Re-aging, Credit report, Lump sum, Settlement, Zero-balance letter, Subrogation, "
        "Coordination of benefits, Self-funded plan, ERISA, COBRA, Medicaid, Lien, Guarantor, Account number, "
        "Claim number, Remark code, Promise, Line, Packet"
    ),
)
FORBIDDEN = re.compile(
    r"\b(errors?|erroneous|frauds?|fraudulent|illegal\w*|unlawful\w*|wrong\w*|mistakes?|overcharg\w*|scams?|cheat\w*|"
    r"violat\w*|guilty|blame\w*|guarantees?|guaranteed|you must|must pay|you should|you have to|abuse\w*|lawyer)\b",
    re.IGNORECASE,
)


def texts(term: Term) -> str:
    return " | ".join((term.term, *term.names, term.meaning, term.example, term.seen))


def test_there_are_enough_terms_and_every_topic_has_some() -> None:
    assert len(TERMS) >= 120
    assert len({term.term for term in TERMS}) == len(TERMS)
    assert {term.topic for term in TERMS} == set(TOPIC)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_the_terms_that_people_meet_first_are_there(name: str) -> None:
    assert term_of(name) is not None
    assert find_terms(name)[0] == term_of(name)


def test_ids_are_there_once_and_see_also_leads_somewhere() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", term.id) for term in TERMS)
    for term in TERMS:
        assert term.see, term.id
        assert set(term.see) <= set(glossary()), term.id
        assert term.id not in term.see
        assert len(set(term.see)) == len(term.see)


def test_no_id_is_in_the_file_twice() -> None:
    root = Path(__file__).resolve().parents[2]
    ids = re.findall(r'^id = "(\w+)"$', (root / "resources" / "glossary" / "en.toml").read_text("utf-8"), re.M)
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert len(ids) == len(TERMS)


def test_no_name_or_label_means_two_things() -> None:
    for term in TERMS:
        for name in (term.term, *term.names, *term.labels):
            assert term_of(name) == term, f"{name} is {term.id} and {term_of(name)}"
            assert term_of(f"  {name.upper()}: ") == term


def test_a_meaning_is_short_and_plain() -> None:
    for term in TERMS:
        sentences = re.findall(r"[.?!](?:\s|$)", term.meaning)
        assert 1 <= len(sentences) <= 3, sentences
        assert len(term.meaning.split()) <= 60
        assert max(len(each.split()) for each in re.split(r"[.?!:;]\s", term.meaning)) <= 36
        assert len(term.first_sentence) <= 190
        assert term.meaning.startswith(term.first_sentence)
        assert term.seen.endswith(".")
        assert len(term.seen.split()) <= 20


def test_no_word_blames_or_commands() -> None:
    for term in TERMS:
        assert FORBIDDEN.findall(texts(term)) == []


def test_the_list_of_forbidden_words_bites() -> None:
    for text in (
        "This is an error.",
        "You must pay it.",
        "a fraudulent bill",
        "It's wrong",
        "illegally",
        "overcharged",
    ):
        assert FORBIDDEN.search(text), text
    assert not FORBIDDEN.search("the guarantor of a terror-free, strong account")


def test_only_rules_of_law_have_a_source_and_all_of_them_do() -> None:
    for term in TERMS:
        assert bool(term.source) == (term.topic == "rights") == (term.checked is not None)
        if term.checked is not None:
            assert date(2026, 1, 1) <= term.checked <= date(2027, 12, 31)
            for one in term.source.split("; "):
                assert re.fullmatch(r"\d+ (CFR|USC|FR) [\w.-]+(\([a-z]\))?(-\d+)?", one), one


def test_every_source_is_on_the_sheet_of_rules(shared: Path) -> None:
    sheet = (shared / "background" / "rules.md").read_text("utf-8")
    for term in TERMS:
        for one in term.source.split("; ") if term.source else ():
            title, kind, place = one.split(" ", 2)
            short = place.rpartition("1006")[2] if place.startswith("1006") else place
            assert short in sheet, f"{term.id}: {title} {kind} {place}"


# Examples: figures, sums and days


def test_an_example_has_figures_to_the_cent() -> None:
    for term in TERMS:
        assert re.search(r"\d", term.example)
        for amount in re.findall(r"\$[\d,.]*\d", term.example + term.meaning):
            assert re.fullmatch(r"\$\d{1,3}(,\d{3})*\.\d\d", amount), amount


NUMBER = r"−?(?:\$[\d,]+\.\d\d|\d[\d,]*(?:\.\d+)?%?)"
TERM_OF_SUM = re.compile(rf"{NUMBER}|(?<= )[+−×÷](?= )")
SIGNS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}


def value(number: str) -> Fraction:
    bare = number.replace("$", "").replace(",", "").replace("−", "-")
    return Fraction(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)


def equations(text: str) -> list[str]:
    """Each sum in a text, from its first number to the result."""
    found = []
    for place in re.finditer(r" = ", text):
        start = max(text.rfind(sign, 0, place.start()) for sign in (": ", ", and ", ", ", ". ", "; ", ", so "))
        result = re.match(NUMBER, text[place.end() :])
        assert result, f"nothing after = in {text}"
        found.append(text[start + 1 if start >= 0 else 0 : place.end() + result.end()].lstrip(": ,;."))
    return found


def holds(equation: str) -> bool:
    left, right = equation.split(" = ")
    tokens = TERM_OF_SUM.findall(f" {left} ")
    assert len(tokens) >= 3, equation
    numbers = [value(token) for token in tokens if token not in SIGNS]
    signs = [token for token in tokens if token in SIGNS]
    assert len(numbers) == len(signs) + 1, f"{equation}: {tokens}"
    total = numbers[0]
    assert len(signs) == 1 or not {"×", "÷"} & set(signs), f"{equation} mixes signs"
    for sign, number in zip(signs, numbers[1:], strict=True):
        total = SIGNS[sign](total, number)
    return total == value(right)


def test_every_sum_in_an_example_is_right() -> None:
    for term in TERMS:
        assert len(equations(term.example)) == term.example.count("=")
        for equation in equations(term.example):
            assert holds(equation), equation


def test_many_examples_can_be_reckoned_again_and_the_reckoning_bites() -> None:
    assert sum(term.example.count("=") for term in TERMS) > 120
    assert holds("Billed $900.00 − discount $540.00 = $360.00")
    assert holds("26.99% × $900.00 = $242.91")
    assert not holds("$900.00 − $540.00 = $360.01")
    assert not holds("3 × $42.50 = $127.00")
    assert equations("Lines: 2 × $18.00 = $36.00, and $40.00 − $36.00 = $4.00.") == [
        "2 × $18.00 = $36.00",
        "and $40.00 − $36.00 = $4.00",
    ]


def test_sums_of_days_are_right() -> None:
    pattern = re.compile(r"(\w+ \d+, \d{4}) plus (\d+) days is (\w+ \d+, \d{4})")
    found = [each for term in TERMS for each in pattern.findall(term.example)]
    assert len(found) >= 8
    for start, days, end in found:
        begun, done = (datetime.strptime(each, "%B %d, %Y") for each in (start, end))  # noqa: DTZ007
        assert begun + timedelta(days=int(days)) == done, f"{start} plus {days}: {begun + timedelta(days=int(days))}"
    assert sum(term.example.count(" plus ") for term in TERMS) == len(found)


def test_no_licensed_description_and_no_real_cpt_code_is_in_it() -> None:
    for term in TERMS:
        text = f"{term.meaning} {term.example} {term.seen}"
        assert re.findall(r"(?<![\d$,.-])\d{5}(?![\d,.])", text) in ([], ["80012", "80013"]), term.id


# Finding terms


def test_search_puts_names_before_meanings() -> None:
    assert [term.id for term in find_terms("deductible")][:2] == ["deductible", "deductible_left"]
    assert find_terms("oop max")[0].id == "out_of_pocket_limit"
    assert find_terms("charity")[0].id == "financial_assistance"
    assert find_terms("copay")[0].id == "copay"
    assert find_terms("bill ")[0].id == "bill"
    inside = [term.id for term in find_terms("envelope")]
    assert inside == ["received_on"], "only a meaning has this word"


def test_search_looks_for_every_word_and_minds_neither_case_nor_accents() -> None:
    assert find_terms("ALLOWED amount")[0].id == "allowed_amount"
    assert find_terms("déductible léft")[0].id == "deductible_left"
    assert find_terms("left deductible")[0].id == "deductible_left"
    assert "lien" in [term.id for term in find_terms("accident settlement")]
    assert find_terms("zzz") == find_terms("deductible zzz") == []


def test_search_for_nothing_gives_all_by_name() -> None:
    assert find_terms("") == find_terms("  ") == list(glossary().values())
    names = [term.term.casefold().replace("-", " ") for term in find_terms("")]
    assert names == sorted(names)


def test_every_term_is_found_first_by_its_own_name() -> None:
    for term in TERMS:
        assert find_terms(term.term)[0] == term
        for name in term.names:
            assert term in find_terms(name)[:3], name


def test_the_name_that_was_found_is_told_where_it_is_another() -> None:
    help_ = glossary()["financial_assistance"]
    assert name_found(help_, "char") == name_found(help_, "charity CARE") == "Charity care"
    assert name_found(help_, "financial") == name_found(help_, "") == name_found(help_, "income") == ""


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Allowed", "allowed_amount"),
        ("Plan paid", "plan_paid"),
        ("&Deductible:", "deductible"),
        ("EOBs", "eob"),
        ("Charges", "total_charges"),
        ("Charge", "charge"),
        ("Itemized?", "itemized_bill"),
        ("Your share", "patient_responsibility"),
        ("501(r)", "section_501r"),
        ("Adjustments", "adjustment"),
    ],
)
def test_a_label_on_screen_leads_to_its_term(label: str, wanted: str) -> None:
    found = term_of(label)
    assert found is not None
    assert found.id == wanted


@pytest.mark.parametrize(
    ("label", "within", "wanted"),
    [
        ("Status", "EOBs", "claim_status"),
        ("Status", "EOB", "claim_status"),
        ("Status", "Offers", "offer"),
        ("Status", "Bills", "bill_status"),
        ("Number", "EOB", "claim_number"),
        ("Number", "Statements", "reference_number"),
        ("Allowed", "EOBs", "allowed_amount"),
        ("Date", "Statement", "statement_date"),
    ],
)
def test_a_label_means_what_its_surroundings_say(label: str, within: str, wanted: str) -> None:
    found = term_of(label, within)
    assert found is not None
    assert found.id == wanted


def test_surroundings_alone_mean_nothing() -> None:
    assert term_of("", "EOBs") is None
    assert term_of("Conditions", "Offers") is None


@pytest.mark.parametrize("label", ["", "s", "Date", "Notes", "Undo", "–", "Next step"])
def test_other_labels_lead_nowhere(label: str) -> None:
    assert term_of(label) is None


def test_the_levels_and_the_states_of_a_claim_are_explained() -> None:
    for word in (words.LEVEL["fact"], words.LEVEL["strong"], words.LEVEL["question"], *words.CLAIM_STATUS.values()):
        assert term_of(word) is not None, word


def test_the_glossary_is_loaded_once_and_can_not_be_changed() -> None:
    assert glossary() is glossary()
    with pytest.raises(TypeError):
        glossary()["bill"] = TERMS[0]  # type: ignore[index]


def test_nothing_of_the_domain_but_the_standard_library_is_imported() -> None:
    source = (Path(__file__).resolve().parents[2] / "medbills_desktop" / "domain" / "glossary.py").read_text("utf-8")
    names = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module}
    assert all(
        name.startswith(
            ("medbills_desktop.domain", "collections", "dataclasses", "functools", "types", "typing", "__future__")
        )
        for name in names
    )
