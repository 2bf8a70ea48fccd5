"""Every word of the letters and of the scripts for calls is plain, calm and polite: it asks, and it accuses nobody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from medbills_desktop.domain.call_scripts import call_scripts
from medbills_desktop.domain.letter_templates import letter_kinds, letter_template
from medbills_desktop.domain.resource_files import resource

HARSH = {
    "en": r"fraud|illegal|unlawful|criminal|\bliar|\blying|deceiv|scam|outrag|ridicul|shame|demand|\bmust\b|overcharg"
    r"|price.?goug|\berrors?\b|mistake|immediately|at once to|failure|failed|refuse to|violat|\bsue\b|lawsuit against"
    r"|guarantee|you will win|\bsave\b|savings|\bI owe (?!it|the)",
    "es": r"fraude|ilegal|delito|estafa|mentira|exijo|exigimos|inmediatamente|abus|\berror|violaci|garantiza|ahorr",
}
UNPLAIN = {
    "en": r"\b(?:colour|favour|programme|cheque|centre|itemis|organis|recognis|judgement|acknowledgement|enquir)"
    r"|pursuant|herein|aforementioned|hereby|kindly|utilize|in order to|for nothing|comes about|wait with",
    "es": r"\b(?:tú|tu|tus|te|ti|contigo|vosotros|vuestr\w*|envíame|dime|escríbeme|por medio de la presente)\b"
    r"|ayuda económica",
}
UNWRITTEN = r"\{\{|\}\}|  |[ \t]$|^[ \t]| [,;:.?!]|,,|\.\.|\bTODO\b|\bXXX\b|\bNone\b|!"


def _texts(value: Any) -> Iterator[str]:
    """Every text of a file of data, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _files() -> Iterator[tuple[str, str]]:
    for language in ("en", "es"):
        yield language, f"calls/{language}.toml"
        for path in sorted(resource(f"letters/{language}").glob("*.toml")):
            yield language, f"letters/{language}/{path.name}"


@pytest.mark.parametrize(("language", "name"), list(_files()), ids=lambda part: part)
def test_words_are_plain_and_polite(language: str, name: str) -> None:
    with resource(name).open("rb") as file:
        texts = list(_texts(tomllib.load(file)))
    assert texts
    for text in texts:
        assert not re.search(HARSH[language], text, re.IGNORECASE), text
        assert not re.search(UNPLAIN[language], text, re.IGNORECASE), text
        if not name.endswith("words.toml"):
            assert not re.search(UNWRITTEN, text), text


@pytest.mark.parametrize("template", [*letter_kinds(), *letter_kinds("es")], ids=lambda one: one.kind)
def test_every_letter_opens_closes_and_asks(template: Any) -> None:
    opening, said = template.paragraphs[0][0].text, " ".join(one.text for part in template.paragraphs for one in part)
    assert opening.endswith(":")
    assert "{sender}" in said
    polite = r"\b[Pp]or favor\b|\bpido\b" if template.language == "es" else r"\b[Pp]lease\b|\bI (?:ask|would like)\b"
    given = {"helper_authorization", "small_claims_statement", "advocate_intake"}
    assert re.search(polite, said) or template.kind in given
    for paragraph in template.paragraphs:
        for sentence in paragraph:
            assert sentence.text[-1] in ".:?_}", sentence.text
    assert template.use.endswith(".")
    assert not template.name.endswith(".")


def test_a_law_is_cited_only_where_the_letter_asks_what_it_gives() -> None:
    cited = {
        template.kind: re.findall(r"\d+ (?:USC|CFR) [\d.]*\d[a-z]?(?:\(\w\))*", _said(template.kind))
        for template in letter_kinds()
    }
    assert {kind: found for kind, found in cited.items() if found} == {
        "records_request": ["45 CFR 164.524"],
        "estimate_request": ["45 CFR 149.610"],
        "estimate_dispute": ["45 CFR 149.620"],
        "debt_validation": ["15 USC 1692g(b)"],
        "collector_lawyer": ["15 USC 1692c(a)(2)"],
        "collector_stop_contact": ["15 USC 1692c(c)"],
        "credit_dispute": ["15 USC 1681i"],
    }


def _said(kind: str) -> str:
    return " ".join(one.text for part in letter_template(kind).paragraphs for one in part)


def test_nobody_is_told_to_admit_or_to_pay_on_the_phone() -> None:
    for language in ("en", "es"):
        for script in call_scripts(language).values():
            said = " ".join(line.text for line in script.lines)
            assert not re.search(r"I(?:’ll| will) pay|voy a pagar(?<!no voy a pagar)|debo esta", said)
    collector = call_scripts()["collector"].lines[-1].text
    assert "a payment starts the time for a lawsuit again" in collector
