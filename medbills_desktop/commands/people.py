"""Organizations, patients and helpers: two records of one become one, unused ones go, helpers may speak."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import Any

from medbills_desktop.commands.bills import organization_named
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import draft_letter
from medbills_desktop.domain.letter_templates import letter_template
from medbills_desktop.domain.records import (
    KINDS,
    Authorization,
    Bill,
    DocumentLink,
    Letter,
    Organization,
    Person,
    Record,
    fields_of,
)
from medbills_desktop.domain.records.people import OrganizationKind
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.work import Work

AUTHORIZATION_LETTER = "helper_authorization"


@dataclass(frozen=True, slots=True)
class MergeOrganizations:
    """Make two records of one organization one: all that names the second names the first then, and the second goes.

    What the first lacks is taken over from the second; where both say something, the first stays, and what the second
    said stands in its notes. Gives the kept `Organization`.
    """

    kept_id: int
    gone_id: int

    @property
    def label(self) -> str:
        return "Merge organizations"

    def run(self, work: Work) -> Organization:
        kept, gone = work.get(Organization, self.kept_id), work.get(Organization, self.gone_id)
        if kept.id == gone.id:
            raise UserError("An organization can't be merged with itself.", "Choose the other record of it.")
        for kind, name in _naming(Organization):
            for record in work.find(kind, **{name: gone.id}):
                work.change(kind, record.id, **{name: kept.id})
        present = {_link_key(link) for link in work.find(DocumentLink, type=Organization.KIND, target_id=kept.id)}
        for link in work.find(DocumentLink, type=Organization.KIND, target_id=gone.id):
            if _link_key(link) not in present:
                work.change(DocumentLink, link.id, target_id=kept.id)
        merged = _merged(kept, gone)
        work.remove(Organization, gone.id)
        return work.put(merged)


@dataclass(frozen=True, slots=True)
class RemoveParty:
    """Remove an organization or a patient whom nothing names; refuses, with what does, while anything is left."""

    kind: type[Organization] | type[Person]
    id: int

    @property
    def label(self) -> str:
        return f"Remove {self.kind.TITLE}"

    def run(self, work: Work) -> None:
        found = work.get(self.kind, self.id)
        uses = uses_of(work, self.kind, self.id)
        if uses:
            told = ", ".join(f"{count} × {title}" for title, count in uses.items())
            raise UserError(
                f"“{found.name}” can't be removed while something names it: {told}.",
                "Remove or change those first, or merge two records of the same organization.",
            )
        work.remove(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class AuthorizeHelper:
    """Note that a helper may speak for a patient. The helper is found by name or made new. Gives the `Authorization`.

    `authorization` needs no `helper_id`.
    """

    helper: str
    helper_kind: OrganizationKind
    authorization: Authorization

    @property
    def label(self) -> str:
        return "Authorize helper"

    def run(self, work: Work) -> Authorization:
        if not self.helper.strip():
            raise UserError("The helper has no name yet.", "Type who may speak for the patient.")
        check_days(self.authorization)
        helper = organization_named(work, self.helper, self.helper_kind)
        return work.add(dataclasses.replace(self.authorization, helper_id=helper.id))


@dataclass(frozen=True, slots=True)
class EditAuthorization:
    """Change only the named fields of an authorization; refuses a last day before the first."""

    id: int
    fields: tuple[tuple[str, Any], ...]

    @property
    def label(self) -> str:
        return "Edit authorization of a helper"

    def run(self, work: Work) -> Authorization:
        changed = work.change(Authorization, self.id, **dict(self.fields))
        check_days(changed)
        return changed


@dataclass(frozen=True, slots=True)
class WriteAuthorization:
    """Draft the letter by which a patient lets a helper speak about a bill, filled from the authorization.

    Gives the kept `Letter`, which the authorization names from then on. Refuses a bill of another patient.
    """

    authorization_id: int
    bill_id: int

    @property
    def label(self) -> str:
        return "Write letter"

    def run(self, work: Work) -> Letter:
        authorization = work.get(Authorization, self.authorization_id)
        bill = work.get(Bill, self.bill_id)
        if bill.person_id != authorization.person_id:
            raise UserError("This bill is of another patient.", "Choose a bill of the patient who gives the leave.")
        template = letter_template(AUTHORIZATION_LETTER)
        whole = load_bills(work, {bill.id})
        alone = dataclasses.replace(authorization, revoked=None)  # the letter speaks of this one, not of a newer one
        case = dataclasses.replace(whole, records={**whole.records, Authorization: (alone,)})
        drafted = draft_letter(template, case, bill.id, (), find_sender(work).name)
        letter = work.add(
            Letter(
                kind=AUTHORIZATION_LETTER,
                bill_id=bill.id,
                recipient_id=bill.biller_id,
                subject=drafted.subject,
                body=drafted.body,
                status="draft",
            )
        )
        work.change(Authorization, authorization.id, letter_id=letter.id)
        return letter


def check_days(authorization: Authorization) -> None:
    """Raise `UserError` where the last day lies before the first."""
    begins, ends = authorization.begins, authorization.ends
    if begins is not None and ends is not None and ends < begins:
        raise UserError("The last day lies before the first.", "Correct one of the two days.")


def uses_of(reader: Reader, kind: type[Record], id: int) -> Counter[str]:  # noqa: A002
    """How many records name one, by the title of their kind."""
    found: Counter[str] = Counter()
    for other, name in _naming(kind):
        found[other.TITLE] += len(reader.find(other, **{name: id}))
    found[DocumentLink.TITLE] += len(reader.find(DocumentLink, type=kind.KIND, target_id=id))
    return +found


def _naming(kind: type[Record]) -> list[tuple[type[Record], str]]:
    return [(other, info.name) for other in KINDS for info in fields_of(other) if info.refers_to == kind.KIND]


def _link_key(link: DocumentLink) -> tuple[int, int | None, Any]:
    return link.document_id, link.page, link.rect


def _merged(kept: Organization, gone: Organization) -> Organization:
    """The first, with what it lacks from the second, and what the second said otherwise in its notes."""
    taken: dict[str, Any] = {}
    said: list[str] = []
    for info in fields_of(Organization):
        if info.name in ("id", "ref", "notes"):
            continue
        mine, theirs = getattr(kept, info.name), getattr(gone, info.name)
        if mine in (None, "") and theirs not in (None, ""):
            taken[info.name] = theirs
        elif theirs not in (None, "") and theirs != mine:
            said.append(f"{info.name.replace('_', ' ')} {theirs}")
    lines = [kept.notes or "", gone.notes or "", f"Merged with a record that said: {'; '.join(said)}" if said else ""]
    notes = "\n".join(line for line in lines if line)
    return dataclasses.replace(kept, **taken, notes=notes or None)
