"""What belongs to a letter besides its text: who gets it, which copies go with it, promises that were not kept."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.commands.letters import open_draft
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import holds_question, with_paragraph
from medbills_desktop.domain.letter_markup import escaped
from medbills_desktop.domain.letter_promises import broken_promises
from medbills_desktop.domain.letter_templates import letter_language, letter_words
from medbills_desktop.domain.records import Document, Enclosure, Letter, Organization
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class AddressLetter:
    """Say who gets a draft. The name goes where its blank is, and where the one before was named in the first lines.

    With `new` it is somebody who is not among the organizations yet and becomes one of them.
    """

    letter_id: int
    recipient_id: int = 0
    new: Organization | None = None

    @property
    def label(self) -> str:
        return "Address letter"

    def run(self, work: Work) -> Letter:
        letter = open_draft(work, self.letter_id)
        office = work.get(Organization, self.recipient_id) if self.new is None else work.add(self.new)
        before = work.get(Organization, letter.recipient_id).name.strip() if letter.recipient_id else ""
        name, body = office.name.strip(), letter.body or ""
        words = letter_words(letter_language(body))
        first, gap, rest = body.partition("\n\n")
        if before and before != name:
            first = first.replace(escaped(before), escaped(name), 1)
        blank = words.blank("recipient")
        return work.change(
            Letter,
            letter.id,
            recipient_id=office.id,
            subject=(letter.subject or "").replace(blank, name) or None,
            body=f"{first}{gap}{rest}".replace(blank, escaped(name)) or None,
        )


@dataclass(frozen=True, slots=True)
class SignDrafts:
    """Put the user's name where drafts have a blank for it: they were begun before the name was given."""

    name: str

    @property
    def label(self) -> str:
        return "Sign drafts"

    def run(self, work: Work) -> tuple[Letter, ...]:
        name = self.name.strip()
        if not name:
            raise UserError("No name is given yet.", "Enter your name and address first.")
        unsigned = (letter for letter in work.find(Letter, status="draft") if is_unsigned(letter))
        return tuple(work.change(Letter, letter.id, body=_signed(letter.body or "", name)) for letter in unsigned)


def is_unsigned(letter: Letter) -> bool:
    """Whether a letter has the blank for the user's name."""
    return _name_blank(letter.body or "") in (letter.body or "")


def _name_blank(body: str) -> str:
    return letter_words(letter_language(body)).blank("sender")


def _signed(body: str, name: str) -> str:
    return body.replace(_name_blank(body), escaped(name))


@dataclass(frozen=True, slots=True)
class EncloseInLetter:
    """Say which papers go with a draft as copies, in this order; they take the place of those chosen before."""

    letter_id: int
    document_ids: tuple[int, ...]

    @property
    def label(self) -> str:
        return "Choose enclosures"

    def run(self, work: Work) -> tuple[Enclosure, ...]:
        letter = open_draft(work, self.letter_id)
        wanted = tuple(dict.fromkeys(self.document_ids))
        before = {one.document_id: one for one in work.find(Enclosure, letter_id=letter.id)}
        for document_id, kept in before.items():
            if document_id not in wanted:
                work.remove(Enclosure, kept.id)
        return tuple(self._keep(work, before.get(one), one, place) for place, one in enumerate(wanted, 1))

    def _keep(self, work: Work, before: Enclosure | None, document_id: int, place: int) -> Enclosure:
        if before is not None:
            return work.change(Enclosure, before.id, position=place)
        work.get(Document, document_id)
        return work.add(Enclosure(letter_id=self.letter_id, document_id=document_id, position=place))


@dataclass(frozen=True, slots=True)
class TellBrokenPromises:
    """Put every promise about the bill that was not kept into a draft, each once, as it was noted."""

    letter_id: int

    @property
    def label(self) -> str:
        return "Add promises to letter"

    def run(self, work: Work) -> Letter:
        letter = open_draft(work, self.letter_id)
        body = letter.body or ""
        words = letter_words(letter_language(body))
        told = () if letter.bill_id is None else self._promises(work, letter.bill_id, body)
        for text in told:
            if not holds_question(body, text):
                body = with_paragraph(body, escaped(text), words)
        return work.change(Letter, letter.id, body=body or None)

    def _promises(self, work: Work, bill_id: int, body: str) -> tuple[str, ...]:
        found = broken_promises(load_bills(work, {bill_id}), bill_id, letter_words(letter_language(body)))
        if not found:
            raise UserError(
                "No promise about this bill is marked as not kept.", "Mark it in the call in which it was made."
            )
        return found
