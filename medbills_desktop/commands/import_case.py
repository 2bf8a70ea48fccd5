"""Taking a whole case into a library in one step: what is there already is found again, nothing is overwritten unless
somebody chose so.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar

from medbills_desktop.commands.comparing import Choice, Difference, Key, Pairing, compare_cases
from medbills_desktop.commands.matching import IN_ORDER, OWNED, Ids, Matching
from medbills_desktop.commands.papers import ReceivedPaper, free_paper_number, received_values
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, Document, DocumentLink, Line, Record
from medbills_desktop.domain.records.fields import fields_of
from medbills_desktop.exchange.case_reading import LINE_GAP
from medbills_desktop.exchange.layout import CASE_KINDS
from medbills_desktop.exchange.library_records import LIBRARY_KINDS
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.work import Work

FACTS = ("title", "notes", "today")
"""What a case says about itself; a library takes it over while it is empty."""

_NOT_RECEIVED = {"size": None, "media_type": None, "added_at": None}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: records added, and found to be there already, by kind; ids that had to be changed.

    `received` counts the papers that were known by name only and whose bytes came now. Of records that are there and
    differ, `taken` counts those that are theirs now, `left` those that stayed as they were.
    """

    added: Mapping[str, int]
    known: Mapping[str, int]
    renamed: tuple[tuple[str, str, str], ...]
    received: int = 0
    taken: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class ImportCase:
    """Add the records of a case to a library.

    A record that is there with the same id of the case file and the same content (with all that it owns) is left as it
    is, so that importing a file twice adds nothing. Where the id is taken by other content, the record comes in under a
    new one (`B1-2`). `papers` are the papers whose bytes are in the vault, by the case's id of their document.

    With `choices` (also with none made) a record that is there and differs is found again too (`compare_cases`), and
    does not come in beside: it stays as it is, unless the choice about it is `theirs`, or `both`.
    """

    wants_backup: ClassVar[bool] = True

    case: Case
    papers: Mapping[int, ReceivedPaper] = field(default_factory=dict)
    choices: Mapping[Key, Choice] | None = None

    @property
    def label(self) -> str:
        return "Import case"

    def run(self, work: Work) -> ImportReport:
        return _Import(work, with_hashes(self.case, _hashes(self.papers)), self.papers, self.choices).run()


class _Import:
    def __init__(
        self, work: Work, case: Case, papers: Mapping[int, ReceivedPaper], choices: Mapping[Key, Choice] | None
    ) -> None:
        self._work, self._case, self._papers, self._choices = work, case, papers, choices
        self._ids: Ids = {}
        self._added: Counter[str] = Counter()
        self._renamed: list[tuple[str, str, str]] = []
        self._received = 0
        self._answers: list[tuple[type[Record], int, str, int]] = []
        self._differences: tuple[Difference, ...] = ()

    def run(self) -> ImportReport:
        self._take_facts()
        if self._choices is None:
            self._match_whole()
        else:
            self._match_each(self._choices)
        self._add_library_records()
        for kind, kept_id, name, target in self._answers:
            self._work.change(kind, kept_id, **{name: self._ids[kind, target]})
        taken = self._take_theirs(self._choices or {})
        self._keep_papers()
        self._link_papers()
        left = len(self._differences) - taken
        known = self._known_kinds()
        return ImportReport(dict(self._added), known, tuple(self._renamed), self._received, taken, left)

    def _match_whole(self) -> None:
        """Find records that are there with all that they own; any other comes in beside what it differs from."""
        matching = Matching(self._work, self._case, self._ids)
        for kind in IN_ORDER:
            matching.match(kind)
            refs = _Refs(self._work, self._case, kind)
            for record in self._case.all(kind):
                if (kind, record.id) not in self._ids:
                    self._add(record, refs.free(record.ref))
        present = case_of(record for kind in LIBRARY_KINDS for record in self._work.find(kind))
        Pairing(present, self._case, self._ids).pair_library_records()

    def _match_each(self, choices: Mapping[Key, Choice]) -> None:
        """Find records that are there although they differ; only what is not there comes in."""
        apart = {key for key, choice in choices.items() if choice == "both"}
        compared = compare_cases(load_case(self._work), self._case, apart)
        self._ids.update(compared.pairs)
        self._differences = compared.differences
        for kind in IN_ORDER:
            refs = _Refs(self._work, self._case, kind)
            for record in self._case.all(kind):
                if (kind, record.id) in self._ids:
                    self._add_owned(record)
                else:
                    self._add(record, refs.free(record.ref))

    def _take_theirs(self, choices: Mapping[Key, Choice]) -> int:
        taken = [one for one in self._differences if choices.get(one.key) == "theirs"]
        for difference in taken:
            values = {name: self._value(difference.theirs, name) for name in difference.fields}
            self._work.change(difference.kind, difference.ours.id, **values)
        return len(taken)

    def _value(self, record: Record, name: str) -> Any:
        info = next(one for one in fields_of(type(record)) if one.name == name)
        value = getattr(record, name)
        return self._ids[KIND_BY_NAME[info.refers_to], value] if info.refers_to and value is not None else value

    def _add_library_records(self) -> None:
        for kind in LIBRARY_KINDS:
            needed = [info for info in fields_of(kind) if info.refers_to and not info.optional]
            for record in self._case.all(kind):
                known = all(
                    (KIND_BY_NAME[str(one.refers_to)], getattr(record, one.name)) in self._ids for one in needed
                )
                if known and (kind, record.id) not in self._ids:
                    self._add(record, "")

    def _take_facts(self) -> None:
        if all(self._work.scalar(f"SELECT 1 FROM {kind.KIND} LIMIT 1") is None for kind in KINDS):  # noqa: S608
            for key in FACTS:
                value = getattr(self._case, key)
                self._work.set_info(key, None if value is None else str(value))

    def _add_owned(self, record: Record) -> None:
        """Add what a record of theirs owns and ours does not."""
        for child, owner in OWNED[type(record)]:
            for owned in self._case.of(child, owner, record.id):
                if (child, owned.id) in self._ids:
                    self._add_owned(owned)
                    continue
                home = self._ids[type(record), record.id]
                taken = bool(owned.ref) and self._work.ref_taken(child, owned.ref, {owner: home})
                last = {"position": self._last_position(home) + LINE_GAP} if child is Line else {}
                self._add(owned, "" if taken else owned.ref, **last)

    def _last_position(self, bill_id: int) -> int:
        return int(self._work.scalar("SELECT coalesce(max(position), 0) FROM line WHERE bill_id = ?", bill_id))

    def _add(self, record: Record, ref: str, **given: Any) -> None:
        kind = type(record)
        values: dict[str, Any] = {"id": 0, "ref": ref, **given}
        later: list[tuple[str, int]] = []
        for info in fields_of(kind):
            target = getattr(record, info.name)
            if info.refers_to and target is not None:
                values[info.name] = self._ids.get((KIND_BY_NAME[info.refers_to], target))
                if values[info.name] is None and KIND_BY_NAME[info.refers_to] is kind:
                    later.append((info.name, target))
        if isinstance(record, Document):
            values |= self._paper_values(record)
        kept = self._work.add(dataclasses.replace(record, **values))
        self._ids[kind, record.id] = kept.id
        self._answers.extend((kind, kept.id, name, target) for name, target in later)
        self._added[kind.KIND] += 1
        if kept.ref != record.ref:
            self._renamed.append((kind.KIND, record.ref, kept.ref))
        for child, owner in OWNED.get(kind, ()):
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
                kept = self._work.change(Document, kept.id, sha256=paper.sha256, **received_values(paper))
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
        kinds = (*CASE_KINDS, *LIBRARY_KINDS)
        counted = {kind.KIND: len(self._case.all(kind)) - self._added[kind.KIND] for kind in kinds}
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


def with_hashes(case: Case, hashes: Mapping[int, str]) -> Case:
    """The case with the SHA-256 of every paper whose bytes came with it, also where the file does not state it."""
    documents = tuple(
        dataclasses.replace(document, sha256=hashes[document.id]) if document.id in hashes else document
        for document in case.all(Document)
    )
    return dataclasses.replace(case, records={**case.records, Document: documents}) if documents else case


def _hashes(papers: Mapping[int, ReceivedPaper]) -> dict[int, str]:
    return {number: paper.sha256 for number, paper in papers.items()}


def _link_key(link: DocumentLink) -> tuple[Any, ...]:
    return link.document_id, link.type, link.target_id, link.page
