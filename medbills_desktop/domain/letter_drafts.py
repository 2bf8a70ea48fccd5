"""Filling a letter from the records: nothing is invented, and what the records lack stays a visible blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_facts import bill_policy, latest_call, latest_placement, more_facts
from medbills_desktop.domain.letter_lines import line_words
from medbills_desktop.domain.letter_markup import escaped, plain_text
from medbills_desktop.domain.letter_templates import LetterTemplate, LetterWords, Sentence, letter_words
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.records import Bill, Line, Organization, Person, Statement, Visit

MOST_LINES = 4
"""Up to so many lines are named in a point one by one."""

_POINT = re.compile(r"(\d{1,2})\. ")


@dataclass(frozen=True, slots=True)
class LetterPoint:
    """One question for a letter: what is asked, the lines or statements it is about, and what is at stake in cents.

    `asked_on` is the day on which it was asked before, where that is known and no full answer came.
    """

    ask: str
    line_ids: tuple[int, ...] = ()
    statement_ids: tuple[int, ...] = ()
    amount: Cents | None = None
    asked_on: Day | None = None


@dataclass(frozen=True, slots=True)
class DraftedLetter:
    """A letter as it is first written."""

    subject: str
    body: str


def letter_recipient(template: LetterTemplate, case: Case, bill_id: int) -> Organization | None:
    """Who gets a letter by the records: biller, insurer, the latest collector, or whom the last call was with."""
    bill = case.get(Bill, bill_id)
    if template.to == "open":
        return None
    if template.to == "insurer":
        policy = bill_policy(case, bill)
        return case.find(Organization, policy.insurer_id) if policy else None
    if template.to == "collector":
        placement = latest_placement(case, bill)
        return case.find(Organization, placement.collector_id) if placement else None
    call = latest_call(case, bill) if template.to == "contact" else None
    spoken_with = case.find(Organization, call.organization_id) if call else None
    return spoken_with or case.find(Organization, bill.biller_id)


def draft_letter(
    template: LetterTemplate, case: Case, bill_id: int, points: Iterable[LetterPoint] = (), sender: str = ""
) -> DraftedLetter:
    """Fill a template from the records of a bill; `sender` is who signs (else the household's own person, if named)."""
    words = letter_words(template.language)
    known = known_facts(case, bill_id, words, sender, letter_recipient(template, case, bill_id))
    known |= more_facts(case, bill_id, words)
    known["points"] = "\n\n".join(
        point_text(point, case, bill_id, words, number) for number, point in enumerate(points, 1)
    )
    safe = {name: text if name == "points" else escaped(text) for name, text in known.items()}
    filled = (_filled_paragraph(paragraph, safe, words) for paragraph in template.paragraphs)
    body = "\n\n".join(paragraph for paragraph in filled if paragraph)
    return DraftedLetter(_filled(template.subject, known, words), body)


def known_facts(
    case: Case, bill_id: int, words: LetterWords, sender: str = "", recipient: Organization | None = None
) -> dict[str, str]:
    """What the records of a bill say of the things that a letter names; empty where they say nothing."""
    bill = case.get(Bill, bill_id)
    patient = case.find(Person, bill.person_id)
    statement = asked_statement(case, bill_id)
    asked = statement.balance if statement and (statement.balance or 0) > 0 else None
    return {
        "account_number": (bill.account_number or "").strip(),
        "patient": patient.name.strip() if patient else "",
        "recipient": recipient.name.strip() if recipient else "",
        "recipient_address": (recipient.address or "").strip() if recipient else "",
        "sender": sender.strip() or own_name(case),
        "visit": _visit_days(case.find(Visit, bill.visit_id), words),
        "statement_day": words.day(statement.date) if statement else "",
        "asked": dollars(asked, ""),
        "claim_numbers": _claims(case, bill_id, words),
    }


def own_name(case: Case) -> str:
    """The person of the household who is named as the user's own self; empty where none is."""
    found = (person.name for person in case.all(Person) if (person.relationship or "").strip().casefold() == "self")
    return next(found, "")


def point_text(point: LetterPoint, case: Case, bill_id: int, words: LetterWords, number: int) -> str:
    """A numbered point in markup: where it stands, what is at stake, and the question on a line of its own."""
    about = _about(point, case, bill_id, words)
    if point.amount is not None:
        about.append(words.say("at_stake", amount=dollars(point.amount)))
    head = ". ".join(part.rstrip(". ") for part in about)
    again = words.say("asked_before", day=words.day(point.asked_on)) if point.asked_on else ""
    parts = (f"{head}." if head else "", point.ask, again)
    return escaped(f"{number}. " + "\n".join(part for part in parts if part))


def with_point(body: str, write: Callable[[int], str], words: LetterWords) -> str:
    """The text of a letter with one more point, numbered after the last that stands in it.

    It goes where the blank for questions is, else after the last numbered paragraph, else before the closing; what was
    typed stays as it is. `write` gives the point for a number.
    """
    blank = words.blank("points")
    if blank in body:
        return body.replace(blank, write(1), 1)
    paragraphs = body.split("\n\n")
    place, number = _after_points(paragraphs, words)
    paragraphs.insert(place, write(number + 1))
    return "\n\n".join(paragraphs)


def with_paragraph(body: str, text: str, words: LetterWords) -> str:
    """The text of a letter with one more paragraph: after its last numbered point, else before the closing."""
    paragraphs = body.split("\n\n")
    paragraphs.insert(_after_points(paragraphs, words)[0], text)
    return "\n\n".join(paragraphs)


def _after_points(paragraphs: Sequence[str], words: LetterWords) -> tuple[int, int]:
    """The place after the last numbered paragraph and its number; where there is none, before the closing, and 0."""
    plain = [plain_text(paragraph) for paragraph in paragraphs]
    numbers = {place: int(found[1]) for place, text in enumerate(plain) if (found := _POINT.match(text))}
    if numbers:
        place = max(numbers)
        return place + 1, numbers[place]
    closing = words.texts["closing"]
    return next((at for at, text in enumerate(plain) if text.startswith(closing)), len(plain)), 0


def holds_question(body: str, ask: str) -> bool:
    """Whether a question stands in a letter, however its lines are broken and whatever in it is bold."""
    return bool(ask.strip()) and " ".join(ask.split()) in said_in(body)


def said_in(body: str) -> str:
    """The words of a letter alone, each followed by one blank, to look for a question in."""
    return " ".join(plain_text(body).split())


def _filled_paragraph(paragraph: tuple[Sentence, ...], known: Mapping[str, str], words: LetterWords) -> str:
    kept = [one for one in paragraph if not one.optional or all(known.get(name) for name in one.names)]
    return " ".join(_filled(one, known, words) for one in kept)


def _filled(sentence: Sentence, known: Mapping[str, str], words: LetterWords) -> str:
    """A sentence with its names filled in; one that ends with an abbreviation ends with one period."""
    parts = {name: known.get(name) or words.blank(name) for name in sentence.names}
    ends = {name: text.rstrip(".") for name, text in parts.items() if f"{{{name}}}." in sentence.text}
    return sentence.text.format(**{**parts, **ends})


def _claims(case: Case, bill_id: int, words: LetterWords) -> str:
    """`claim 12`, `claims 12 and 13`: the numbers of a bill's claims, each once."""
    every = (claim.number.strip() for claim in case.claims(bill_id) if claim.number)
    numbers = list(dict.fromkeys(number for number in every if number))
    if len(numbers) < 2:
        return words.say("claim", number=numbers[0]) if numbers else ""
    told = f"{', '.join(numbers[:-1])} {words.texts['and']} {numbers[-1]}"
    return words.say("claims", numbers=told)


def _visit_days(visit: Visit | None, words: LetterWords) -> str:
    if visit is None or visit.start is None:
        return ""
    first, last = visit.start.day, (visit.end or visit.start).day
    if last <= first:
        return words.day(first)
    return words.say("span", first=words.day(first), last=words.day(last))


def _about(point: LetterPoint, case: Case, bill_id: int, words: LetterWords) -> list[str]:
    places = {line.id: place for place, line in enumerate(case.lines(bill_id), 1)}
    lines = [line for line_id in point.line_ids if (line := case.find(Line, line_id))]
    told = [line_words(line, places.get(line.id), words) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        told.append(words.say("more_lines", count=len(lines) - MOST_LINES))
    if not told:
        statements = (case.find(Statement, statement_id) for statement_id in point.statement_ids)
        told = [words.say("statement", day=words.day(one.date)) for one in statements if one]
    return ["; ".join(told)] if told else []
