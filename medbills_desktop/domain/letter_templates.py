"""The letters that the program can draft, as data: what each says, in each language, and the words around it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_markup import plain_text
from medbills_desktop.domain.resource_files import resource

LANGUAGE = "en"
"""The language of a letter where none is asked for."""

Addressee = Literal["biller", "insurer", "collector", "contact", "open"]
"""Who gets a letter: `contact` is whom the last call was with, `open` somebody whom the records don't name."""

_NAME = re.compile(r"\{(\w+)\}")
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with names in braces. An `optional` one is left out where something that it names is not known."""

    text: str
    optional: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What has to be filled in."""
        return tuple(_NAME.findall(self.text))


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One kind of letter in one language. `kind` is what is kept with the letter; `use` says what it is for.

    `answer_days` is what the letter itself asks for, in days from its date; `None` where it names no day. `number` is
    the place of its kind among the papers of a dispute, from the first request to the advocate; `to` says who gets it.
    `encloses` names the copies that the letter speaks of, empty where it speaks of none.
    """

    kind: str
    language: str
    name: str
    use: str
    subject: Sentence
    paragraphs: tuple[tuple[Sentence, ...], ...]
    answer_days: int | None
    number: int
    to: Addressee
    encloses: str = ""


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The words of a language: how days are written, how a point is put, what stands in a blank, how letters go out."""

    language: str
    months: tuple[str, ...]
    texts: Mapping[str, str]
    blanks: Mapping[str, str]
    methods: Mapping[str, str]

    def day(self, day: Day) -> str:
        """A day as a letter writes it."""
        return self.texts["day"].format(month=self.months[day.month - 1], day=day.day, year=day.year)

    def clock(self, moment: time) -> str:
        """A time of day as a letter writes it, by the twelve hours of a clock."""
        half = self.texts["before_noon" if moment.hour < 12 else "after_noon"]
        return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"

    def say(self, key: str, **parts: object) -> str:
        """One of the texts with its parts filled in."""
        return self.texts[key].format(**parts)

    def blank(self, name: str) -> str:
        """What is written where the records do not say it, such as `[account number]`."""
        return f"[{self.blanks[name]}]"

    def blanks_in(self, *texts: str) -> tuple[str, ...]:
        """The words of every blank that stands in texts, each once, in the order in which they stand.

        Only the program's own blanks count: other words in brackets are the writer's.
        """
        found = re.findall(r"\[([^\[\]\n]+)\]", "\n".join(texts))
        known = {blank for language in languages() for blank in letter_words(language).blanks.values()}
        return tuple(dict.fromkeys(words for words in found if words in known))


@cache
def languages() -> tuple[str, ...]:
    """The languages that letters are there in, English first."""
    found = sorted(path.parent.name for path in resource("letters").glob(f"*/{_WORDS}.toml"))
    return (LANGUAGE, *(language for language in found if language != LANGUAGE))


@cache
def letter_words(language: str = LANGUAGE) -> LetterWords:
    """The words of a language; raises `UserError` for one that has none."""
    table = _read(language, _WORDS)
    texts = {key: value for key, value in table.items() if isinstance(value, str)}
    tables = (MappingProxyType(table[name]) for name in ("blanks", "methods"))
    return LetterWords(language, tuple(table["months"]), MappingProxyType(texts), *tables)


def letter_language(body: str) -> str:
    """The language of a letter, by the words with which it closes; the usual one where it has none of them."""
    lines = {line.strip() for line in plain_text(body).split("\n")}
    return next((one for one in languages() if letter_words(one).texts["closing"] in lines), LANGUAGE)


@cache
def letter_template(kind: str, language: str = LANGUAGE) -> LetterTemplate:
    """The template of a kind of letter; raises `UserError` where there is none in that language."""
    table = _read(language, "" if kind == _WORDS else kind)
    return LetterTemplate(
        kind=kind,
        language=language,
        name=table["name"],
        use=table["use"],
        subject=Sentence(table["subject"]),
        paragraphs=tuple(tuple(map(_sentence, one["sentences"])) for one in table["paragraph"]),
        answer_days=table.get("answer_days"),
        number=table["number"],
        to=table["to"],
        encloses=table.get("encloses", ""),
    )


@cache
def letter_kinds(language: str = LANGUAGE) -> tuple[LetterTemplate, ...]:
    """Every letter that can be drafted in a language, in the order in which a dispute needs them, then by name."""
    files = sorted(path.stem for path in resource(f"letters/{language}").glob("*.toml"))
    found = [letter_template(stem, language) for stem in files if stem != _WORDS]
    return tuple(sorted(found, key=lambda template: (template.number, template.name)))


def kind_name(kind: str) -> str:
    """What a kind of letter is called on screen; one without a template by its own words."""
    known = {template.kind: template.name for template in letter_kinds()}
    plain = kind.replace("_", " ").strip()
    return known.get(kind, plain[:1].upper() + plain[1:])


def encloses(kind: str) -> str:
    """The copies that letters of a kind speak of, in words; empty for none."""
    return next((one.encloses for one in letter_kinds() if one.kind == kind), "")


def _sentence(row: str | dict[str, str]) -> Sentence:
    return Sentence(row) if isinstance(row, str) else Sentence(row["when_known"], optional=True)


def _read(language: str, stem: str) -> dict[str, Any]:
    known = re.fullmatch(r"[a-z_]+", stem) and re.fullmatch(r"[a-z]{2}", language)
    try:
        path = resource(f"letters/{language}/{stem}.toml") if known else None
    except FileNotFoundError:
        path = None
    if path is None:
        raise UserError("There is no template for this letter.", "Choose one of those that are listed.")
    with path.open("rb") as file:
        return tomllib.load(file)
