"""Taking a whole case into a library in one step: what is there already is found again, nothing is overwritten."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar

from medbills_desktop.commands.matching import IN_ORDER, OWNED, Ids, Matching
from medbills_desktop.commands.papers import ReceivedPaper, free_paper_number, received_values
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, Document, DocumentLink, Record
from medbills_desktop.domain.records.fields import fields_of
from medbills_desktop.exchange.layout import CASE_KINDS
from medbills_desktop.store.work import Work

FACTS = ("title", "notes", "today")
"""What a case says about itself; a library takes it over while it is empty."""

_NOT_RECEIVED = {"size": None, "media_type": None, "added_at": None}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: records added, and found to be there already, by kind; ids that had to be changed.

    `received` counts the papers that were known by name only and whose bytes came now.
    """

    added: Mapping[str, int]
    known: Mapping[str, int]
    renamed: tuple[tuple[str, str, str], ...]
    received: int = 0


@dataclass(frozen=True, slots=True)
class ImportCase:
    """Add the records of a case to a library.

    A record that is there with the same id of the case file and the same content (with all that it owns) is left as it
    is, so that importing a file twice adds nothing. Where the id is taken by other content, the record comes in under a
    new one (`B1-2`). `papers` are the papers whose bytes are in the vault, by the case's id of their document.
    """

    wants_backup: ClassVar[bool] = True

    case: Case
    papers: Mapping[int, ReceivedPaper] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return "Import case"

    def run(self, work: Work) -> ImportReport:
        return _Import(work, _with_hashes(self.case, self.papers), self.papers).run()


class _Import:
    def __init__(self, work: Work, case: Case, papers: Mapping[int, ReceivedPaper]) -> None:
        self._work, self._case, self._papers = work, case, papers
        self._ids: Ids = {}
        self._added: Counter[str] = Counter()
        self._renamed: list[tuple[str, str, str]] = []
        self._received = 0
        self._answers: list[tuple[type[Record], int, str, int]] = []

    def run(self) -> ImportReport:
        self._take_facts()
        matching = Matching(self._work, self._case, self._ids)
        for kind in IN_ORDER:
            matching.match(kind)
            refs = _Refs(self._work, self._case, kind)
            for record in self._case.all(kind):
                if (kind, record.id) not in self._ids:
                    self._add(record, refs.free(record.ref))
        for kind, kept_id, name, target in self._answers:
            self._work.change(kind, kept_id, **{name: self._ids[kind, target]})
        self._keep_papers()
        self._link_papers()
        return ImportReport(dict(self._added), self._known_kinds(), tuple(self._renamed), self._received)

    def _take_facts(self) -> None:
        if all(self._work.scalar(f"SELECT 1 FROM {kind.KIND} LIMIT 1") is None for kind in KINDS):  # noqa: S608
            for key in FACTS:
                value = getattr(self._case, key)
                self._work.set_info(key, None if value is None else str(value))

    def _add(self, record: Record, ref: str) -> None:
        kind = type(record)
        values: dict[str, Any] = {"id": 0, "ref": ref}
        later: list[tuple[str, int]] = []
        for info in fields_of(kind):
            target = getattr(record, info.name)
            if info.refers_to and target is not None:
                values[info.name] = self._ids.get((KIND_BY_NAME[info.refers_to], target))
                if values[info.name] is None:
                    later.append((info.name, target))
        if isinstance(record, Document):
            values |= self._paper_values(record)
        kept = self._work.add(dataclasses.replace(record, **values))
        self._ids[kind, record.id] = kept.id
        self._answers.extend((kind, kept.id, name, target) for name, target in later)
        self._added[kind.KIND] += 1
        if ref != record.ref:
            self._renamed.append((kind.KIND, record.ref, ref))
        for child, owner in OWNED[kind]:
            for owned in self._case.of(child, owner, record.id):
                self._add(owned, owned.ref)

    def _paper_values(self, document: Document) -> dict[str, Any]:
        paper = self._papers.get(document.id)
        number = document.paper_number
        taken = number and self._work.scalar("SELECT 1 FROM document WHERE paper_number = ?", number) is not None
        return {"paper_number": None if taken else number, **(received_values(paper) if paper else _NOT_RECEIVED)}

    def _keep_papers(self) -> None:
        """Note bytes that came for papers known by name only, and give each paper that needs one a number."""
        for document in self._case.all(Document):
            kept = self._work.get(Document, self._ids[Document, document.id])
            paper = self._papers.get(document.id)
            if paper and kept.size is None:
                kept = self._work.change(Document, kept.id, **received_values(paper))
                self._received += 1
            if not kept.paper_number and (paper or document.paper_number):
                self._work.change(Document, kept.id, paper_number=free_paper_number(self._work, kept.id))

    def _link_papers(self) -> None:
        present = Counter(_link_key(link) for link in self._work.find(DocumentLink))
        for link in self._case.all(DocumentLink):
            target = self._ids[KIND_BY_NAME[link.type], link.target_id]
            document = self._ids[Document, link.document_id]
            mapped = dataclasses.replace(link, id=0, document_id=document, target_id=target)
            if present[_link_key(mapped)]:
                present[_link_key(mapped)] -= 1
            else:
                self._work.add(mapped)
                self._added[DocumentLink.KIND] += 1

    def _known_kinds(self) -> dict[str, int]:
        counted = {kind.KIND: len(self._case.all(kind)) - self._added[kind.KIND] for kind in CASE_KINDS}
        return {kind: count for kind, count in counted.items() if count}


class _Refs:
    """Ids of the case file that records of one kind may still take in the library."""

    def __init__(self, work: Work, case: Case, kind: type[Record]) -> None:
        self._taken = {record.ref for record in work.find(kind)} if kind.PREFIX else set()
        self._wanted = {record.ref for record in case.all(kind)}

    def free(self, ref: str) -> str:
        """The id itself, or with the first number behind it that is free; that one is taken then."""
        found = ref
        if ref in self._taken:
            numbered = (f"{ref}-{number}" for number in count(2))
            found = next(name for name in numbered if name not in self._taken and name not in self._wanted)
        if found:
            self._taken.add(found)
        return found


def _with_hashes(case: Case, papers: Mapping[int, ReceivedPaper]) -> Case:
    """The case with the hash of every paper whose bytes are held, also where the file does not state it."""
    documents = tuple(
        dataclasses.replace(document, sha256=papers[document.id].sha256) if document.id in papers else document
        for document in case.all(Document)
    )
    return dataclasses.replace(case, records={**case.records, Document: documents}) if documents else case


def _link_key(link: DocumentLink) -> tuple[Any, ...]:
    return link.document_id, link.type, link.target_id, link.page
