"""Makes a large library, always the same one: 2,000 bills, 40,000 lines, 5,000 calls, 1,000 papers with text.

    python benchmarks/make_library.py FOLDER [--bills 2000]

Everything goes through the same unit of work as a person's own changes, in steps of fifty bills, so that journal and
search index are as large as they would be. The papers are real PDFs with text, each with its own bytes.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from medbills_desktop.commands.papers import link_paper, number_paper
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    Claim,
    ClaimLine,
    Document,
    Evidence,
    Line,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.store import search
from medbills_desktop.store.library import Library
from medbills_desktop.store.vault import Held
from medbills_desktop.store.work import Work

STEP = 50
"""Bills entered in one step of the journal."""

FIRST_DAY = date(2021, 1, 4)
CODES = tuple(f"{'ACEGJPQ'[number % 7]}{1000 + number * 17}" for number in range(400))
"""Drawn so that the first are common and the last are rare, as on real bills."""
THINGS = ("Ward supply", "Film, large", "Saline bag", "Splint", "Observation hour", "Pharmacy item", "Transport mile")
PLACES = ("Blue Mesa", "Cedar Bend", "Harbor Light", "North Fork", "Red Oak", "Stone Creek", "Tall Pines", "Willow Run")
SORTS = ("Hospital", "Imaging", "Laboratory", "Physicians", "Ambulance", "Surgery Center")
NAMES = ("Ana Ruiz", "Daniel Okafor", "Mai Nguyễn", "José Núñez", "Łucja Żak")
SAID = ("will send the itemized bill", "put the account on hold", "asked to call again", "said the claim was resent")


class Maker:
    """Draws everything from one seed; a unit of work goes in, records come out."""

    def __init__(self, seed: int, papers: dict[int, Held]) -> None:
        self.draw = random.Random(seed)
        self.papers = papers

    def households(self, work: Work) -> None:
        """The people, organizations and policies that the bills name."""
        for name in NAMES:
            work.add(Person(name=name))
        for place in PLACES:
            for sort, kind in zip(
                SORTS, ("hospital", "imaging", "laboratory", "physician", "ambulance", "facility"), strict=True
            ):
                work.add(Organization(name=f"{place} {sort}", kind=kind))  # type: ignore[arg-type]
        insurer = work.add(Organization(name="Plain Mutual", kind="insurer"))
        for number in range(len(NAMES)):
            limit = Cents(9_000_00)
            policy = Policy(
                person_id=number + 1, insurer_id=insurer.id, member_id=f"{number:09d}", out_of_pocket_limit=limit
            )
            work.add(policy)

    def bill(self, work: Work, number: int) -> None:
        """One bill with its visit, statement, twenty lines, EOB, calls and, for every second one, its paper."""
        draw = self.draw
        day = FIRST_DAY + timedelta(days=draw.randrange(1800))
        person, biller = draw.randrange(len(NAMES)) + 1, draw.randrange(len(PLACES) * len(SORTS)) + 1
        visit = work.add(Visit(person_id=person, facility_id=biller, start=Moment(day), kind="outpatient"))
        bill = work.add(
            Bill(
                biller_id=biller,
                person_id=person,
                visit_id=visit.id,
                account_number=f"{number:08d}",
                status=draw.choice(("new", "reviewing", "disputed", "settled")),
                first_bill_date=day + timedelta(days=20),
            )
        )
        lines = [work.add(self._line(bill.id, day, place)) for place in range(20)]
        charges = sum(line.charge or 0 for line in lines)
        document = self._paper(work, bill, day, lines) if number in self.papers else None
        document_id = document.id if document else None
        self._money(work, bill, day, Cents(charges), document_id)
        self._calls(work, bill, day)

    def _line(self, bill_id: int, day: date, place: int) -> Line:
        units, price = self.draw.randrange(1, 6), self.draw.randrange(100, 40_000)
        return Line(
            bill_id=bill_id,
            position=1024 * (place + 1),
            number=place + 1,
            date=Moment(day),
            code=CODES[int(len(CODES) * self.draw.random() ** 2)],
            code_system="hcpcs",
            description=f"{self.draw.choice(THINGS)} {self.draw.randrange(100)}",
            units=Decimal(units),
            unit_price=Cents(price),
            charge=Cents(units * price),
            mark=self.draw.choice((None, None, "ok", "overpriced", "duplicate")),
        )

    def _money(self, work: Work, bill: Bill, day: date, charges: Cents, document_id: int | None) -> None:
        plan, owed = Cents(charges // 2), Cents(charges // 5)
        adjusted = Cents(charges - plan - owed)
        work.add(
            Statement(
                bill_id=bill.id,
                date=day + timedelta(days=20),
                due=day + timedelta(days=50),
                total_charges=charges,
                adjustments=adjusted,
                insurer_paid=plan,
                balance=owed,
                document_id=document_id,
            )
        )
        figures = {"billed": charges, "discount": adjusted, "allowed": Cents(plan + owed), "plan_paid": plan}
        claim = work.add(
            Claim(
                policy_id=bill.person_id,
                bill_id=bill.id,
                number=f"C{bill.id:07d}",
                date=day + timedelta(days=15),
                **figures,
                patient_responsibility=owed,
            )
        )
        work.add(ClaimLine(claim_id=claim.id, description="Services", **figures, patient_responsibility=owed))
        if bill.id % 4 == 0:
            work.add(Payment(bill_id=bill.id, date=day + timedelta(days=60), amount=Cents(5000)))
            work.add(Offer(bill_id=bill.id, date=day + timedelta(days=70), amount=Cents(owed // 2)))

    def _calls(self, work: Work, bill: Bill, day: date) -> None:
        for turn in range(3 if bill.id % 2 else 2):
            said = f"They {self.draw.choice(SAID)}. Reference {self.draw.randrange(10**6):06d}."
            at = Moment(day + timedelta(days=30 + turn))
            call = work.add(
                Call(started=at, organization_id=bill.biller_id, said=said, minutes=Decimal(self.draw.randrange(60)))
            )
            work.add(CallBill(call_id=call.id, bill_id=bill.id))
            if turn == 0:
                due = day + timedelta(days=45)
                work.add(Promise(call_id=call.id, text="Send the itemized bill", due=due, status="open"))
        if bill.id % 5 == 0:
            work.add(Task(text="Ask again", bill_id=bill.id, due=day + timedelta(days=50)))

    def _paper(self, work: Work, bill: Bill, day: date, lines: list[Line]) -> Document:
        held = self.papers[bill.id]
        document = number_paper(
            work,
            Document(
                file=f"statement-{bill.id:04d}.pdf",
                sha256=held.sha256,
                size=held.size,
                media_type="application/pdf",
                kind="bill",
                received=day + timedelta(days=25),
            ),
        )
        link_paper(work, document.id, Bill.KIND, bill.id)
        for line in lines[:5]:
            rect = (72.0, 150.0 + 14 * (line.number or 0), 540.0, 162.0 + 14 * (line.number or 0))
            work.add(Evidence(line_id=line.id, document_id=document.id, page=1, rect=rect))
        return document


def paper_text(number: int) -> list[str]:
    """What the paper of a bill says, one string a printed line."""
    draw = random.Random(number)
    rows = [f"{draw.choice(THINGS)} {draw.randrange(100)}   {dollars(Cents(draw.randrange(10**6)))}" for _ in range(30)]
    return ["Statement of account", f"Account {number:08d}", f"Remit code {draw.randrange(10**9):09d}", *rows]


def paper_bytes(rows: list[str]) -> bytes:
    """A PDF of one page with these lines; the same lines give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, pagesize=(612, 792))
    text = canvas.beginText(72, 720)
    text.setFont("Helvetica", 10)
    text.setLeading(14)
    for row in rows:
        text.textLine(row)
    canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


def steps(bills: int) -> Iterator[range]:
    """The numbers of the bills, in steps."""
    for first in range(1, bills + 1, STEP):
        yield range(first, min(first + STEP, bills + 1))


def make_library(folder: Path, bills: int = 2000, seed: int = 7) -> None:
    """Make the library in a new folder; every second bill has a paper, each has twenty lines and two or three calls."""
    library = Library.create(folder)
    papers = {
        number: library.vault.take(io.BytesIO(paper_bytes(paper_text(number)))) for number in range(2, bills + 1, 2)
    }
    maker = Maker(seed, papers)
    library.perform("Enter households", maker.households)
    for numbers in steps(bills):

        def enter(work: Work, wanted: range = numbers) -> None:
            for number in wanted:
                maker.bill(work, number)

        library.perform(f"Enter {len(numbers)} bills", enter)
    read_papers(library)
    library.close()


def read_papers(library: Library) -> None:
    """Keep the text of every paper, as the reader of papers does."""
    documents = library.read(lambda reader: reader.find(Document))
    with library.working() as work:
        for document in documents:
            rows = paper_text(int(document.file[10:14]))
            search.put_pages(work.connection, document.id, [(1, "\n".join(rows))])
            work.rows_written("INSERT INTO reading VALUES (?, ?, 1, NULL, NULL, NULL)", document.id, document.sha256)


def main() -> None:
    """Make the library that the command line asks for and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bills", type=int, default=2000)
    asked = parser.parse_args()
    began = time.perf_counter()
    make_library(asked.folder, asked.bills)
    size = (asked.folder / "library.db").stat().st_size
    print(f"{asked.bills} bills in {time.perf_counter() - began:.1f} s, library.db {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
