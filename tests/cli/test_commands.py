"""The other commands: their words, their exit codes, and what they leave behind."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from medbills_desktop.cli.main import COMMANDS
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.records import Bill, Call, CallBill
from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.packet.volumes import volume_path
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.made_packets import ListMadePackets
from tests.cli.conftest import Medbills
from tests.packet.scanned_papers import scanned


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample library, which these tests only read."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    make_sample(folder)
    yield folder
    assert not list(folder.rglob("*.part"))


def test_the_sample_is_made_once_and_an_existing_folder_is_left_alone(tmp_path: Path, medbills: Medbills) -> None:
    assert medbills("sample", tmp_path / "library").code == 0
    assert medbills("verify", tmp_path / "library").code == 0
    ended = medbills("sample", tmp_path / "library")
    assert (ended.code, ended.err.count("\n")) == (1, 1)


def test_findings_come_as_a_table_for_people(sample: Path, medbills: Medbills) -> None:
    ended = medbills("check", "--library", sample)
    assert ended.code == 0
    assert ended.out.startswith("level")
    assert "Ask: " in ended.out
    assert "findings." in ended.out
    assert not ended.err


def test_findings_come_as_json_with_the_ids_of_the_case_file(sample: Path, medbills: Medbills) -> None:
    found = json.loads(medbills("check", "--library", sample, "--json").out)["findings"]
    assert found
    case = json.loads((Path(__file__).parents[2] / "resources/sample/case.json").read_text("utf-8"))
    bills = {bill["id"]: {line["id"] for line in bill.get("lines", [])} for bill in case["bills"]}
    for finding in found:
        assert list(finding) == [
            "check",
            "level",
            "bill",
            "lines",
            "claims",
            "payments",
            "calls",
            "amount",
            "title",
            "explanation",
            "ask",
        ]
        assert set(finding["lines"]) <= bills[finding["bill"]]
        assert finding["amount"] is None or finding["amount"][-3] == "."


def test_a_bill_is_named_by_its_id_or_its_account_number(sample: Path, medbills: Medbills) -> None:
    case = json.loads((Path(__file__).parents[2] / "resources/sample/case.json").read_text("utf-8"))
    bill = case["bills"][0]
    by_id = medbills("check", "--library", sample, "--bill", bill["id"], "--json")
    by_number = medbills("check", "--library", sample, "--bill", bill["account_number"], "--json")
    assert by_id.out == by_number.out
    assert {finding["bill"] for finding in json.loads(by_id.out)["findings"]} == {bill["id"]}
    ended = medbills("check", "--library", sample, "--bill", "B99")
    assert ended.code == 1
    assert "no bill “B99”" in ended.err


def test_an_account_number_of_two_bills_is_refused_with_their_ids(tmp_path: Path, medbills: Medbills) -> None:
    bill: dict[str, Any] = {"biller": "H", "account_number": "7", "statements": []}
    case = {
        "format": "medbills-case",
        "version": 1,
        "people": [{"id": "P1", "name": "Pat"}, {"id": "P2", "name": "Lou"}],
        "organizations": [{"id": "H", "name": "H", "kind": "hospital"}],
        "bills": [{"id": "B1", "person": "P1", **bill}, {"id": "B2", "person": "P2", **bill}],
    }
    (tmp_path / "case.json").write_text(json.dumps(case))
    medbills("import", tmp_path / "case.json", "--library", tmp_path / "library")
    ended = medbills("check", "--library", tmp_path / "library", "--bill", "7")
    assert ended.code == 1
    assert "B1, B2" in ended.err
    assert "Nothing was found" in medbills("check", "--library", tmp_path / "library").out


def test_the_packet_is_made_with_its_papers_and_is_proved_whole(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    out = tmp_path / "packet.pdf"
    ended = medbills("packet", "--library", sample, "--bill", "B1", "-o", out, "--progress", "--audience", "court")
    assert ended.code == 0, ended.err
    steps = [line for line in ended.out.splitlines() if line.split(" ")[0].replace("/", "").isdigit()]
    assert len(steps) > 5
    assert len(pypdf.PdfReader(out).pages) > 10
    assert medbills("verify", out).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["packet.pdf"]


def test_a_packet_is_noted_in_a_library_at_rest_and_its_bytes_stay_the_same(tmp_path: Path, medbills: Medbills) -> None:
    library, out = tmp_path / "library", tmp_path / "packet.pdf"
    make_sample(library)
    asked = ("packet", "--library", library, "--bill", "B3", "--parts", "cover,lines", "-o", out)

    def noted() -> list[tuple[str, str, int]]:
        with Library.open(library, "read") as opened:
            bill = next(bill for bill in opened.read(lambda reader: reader.find(Bill)) if bill.ref == "B3")
            return [(made.file, made.sha256, made.pages) for made in opened.read(ListMadePackets(bill.id))]

    assert "Not noted" not in medbills(*asked).out
    first, pages = out.read_bytes(), len(pypdf.PdfReader(out).pages)
    assert noted() == [(out.name, hashlib.sha256(first).hexdigest(), pages)]
    with Library.open(library):  # as a window would have it open
        ended = medbills(*asked)
    assert (ended.code, out.read_bytes() == first) == (0, True)
    assert "Not noted in the library that it was made: This library is already open" in ended.out
    assert medbills(*asked, "--progress").code == 0  # whoever reads the progress notes it
    assert len(noted()) == 1
    assert medbills("verify", library).code == 0


def test_a_packet_with_a_changed_byte_and_a_library_with_a_changed_paper_are_not_whole(
    tmp_path: Path, medbills: Medbills
) -> None:
    library, out = tmp_path / "library", tmp_path / "packet.pdf"
    make_sample(library)
    medbills("packet", "--library", library, "--bill", "B3", "-o", out)
    raw = bytearray(out.read_bytes())
    raw[len(raw) // 2] ^= 1
    out.write_bytes(raw)
    paper = next((library / "vault").glob("??/*"))
    paper.chmod(0o600)
    paper.write_bytes(b"other bytes")
    for path in (out, library):
        ended = medbills("verify", path)
        assert (ended.code, ended.err.count("\n")) == (1, 1)
        assert "not whole" in ended.err
    assert medbills("verify", tmp_path / "nowhere").code == 1


def test_a_packet_without_personal_numbers(sample: Path, tmp_path: Path, medbills: Medbills) -> None:
    out = tmp_path / "packet.pdf"
    assert medbills("packet", "--library", sample, "--bill", "B3", "--redact", "-o", out).code == 0
    assert medbills("verify", out).code == 0
    texts = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert any("were taken out of the copies" in " ".join(text.split()) for text in texts)
    assert not any("5530918" in text.replace(" ", "") for text in texts)


def test_offers_that_are_left_out_are_told(tmp_path: Path, medbills: Medbills) -> None:
    folder, told = tmp_path / "library", "2 offers that were not taken are left out.\n"
    make_sample(folder)
    asked = ("packet", "--library", folder, "--bill", "B1", "-o", tmp_path / "out.pdf", "--audience", "court")
    foretold = medbills(*asked, "--dry-run").out
    assert "exhibits A, B, C, D, E, F, G, H," in foretold
    assert told in foretold
    shown = medbills(*asked, "--dry-run", "--parts", "money,offers,exhibits").out
    assert "F, G, H, I, J," in shown
    assert "left out" not in shown
    assert told in medbills(*asked, "--parts", "summary").out
    assert "left out" not in medbills(*asked, "--parts", "offers,money").out


def test_a_packet_below_a_limit_comes_in_volumes_that_are_foretold_and_proved(
    tmp_path: Path, medbills: Medbills
) -> None:
    folder, out = tmp_path / "library", tmp_path / "out" / "Packet.pdf"
    out.parent.mkdir()
    make_sample(folder)
    with Library.open(folder) as library:
        papers = [receive_file(library, scanned(tmp_path / f"{name}.pdf", 1, side=900)) for name in ("x", "y")]
        Desk(library).perform(AddPapers(tuple(papers), 3))
    asked = ("packet", "--library", folder, "--bill", "B3", "-o", out, "--limit-mb")
    ended = medbills(*asked, 1, "--dry-run")
    assert ended.code == 0
    assert re.match(r"About [\d.]+ MB in about [23] volumes, by the sizes of the papers:\n  1: the packet", ended.out)
    assert ended.out.endswith("Nothing was made.\n")
    assert list(out.parent.iterdir()) == []
    ended = medbills(*asked, 1)
    made = sorted(out.parent.iterdir())
    assert (ended.code, ended.out.splitlines()[0].split(":")[0]) == (0, f"{len(made)} volumes")
    assert [path.name for path in made] == [volume_path(out, n, len(made)).name for n in range(1, len(made) + 1)]
    assert all(path.stat().st_size < 1_000_000 for path in made)
    ended = medbills("verify", made[1])
    assert ended.code == 0
    assert f"Note: This is volume 2 of {len(made)}" in ended.out
    made[0].write_bytes(b"%PDF-1.7 something else")
    ended = medbills("verify", made[1])
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "is not the one that was made with it" in ended.err


def test_private_notes_are_told_before_they_are_printed(tmp_path: Path, medbills: Medbills) -> None:
    library, out = tmp_path / "library", tmp_path / "packet.pdf"
    make_sample(library)
    with Library.open(library) as opened:
        calls = [one for one in opened.read(lambda reader: reader.find(Call)) if one.private_note]
        Desk(opened).perform(EditRecord(Call, calls[0].id, (("private_note", f"MINE {'x' * 200}"),)))
        bill = opened.read(lambda reader: reader.find(CallBill, call_id=calls[0].id))[0].bill_id
        ref = opened.read(lambda reader: reader.get(Bill, bill)).ref
        number = linked_documents(opened.read(load_case), (bill,))[0].document.paper_number
    words = ("packet", "--library", library, "--bill", ref, "--parts", "calls", "-o", out)
    told = medbills(*words, "--private-notes", "--progress").out.splitlines()
    at = next(place for place, line in enumerate(told) if line == "Private notes that will be in it:")
    assert [line for line in told[at + 1 :] if "MINE xxx" in line and line.endswith("x…”")] != []
    assert not any(line.partition("/")[0].isdigit() for line in told[:at]), "told only after it was begun"
    assert "MINE" in "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "Private" not in medbills(*words).out
    assert "MINE" not in "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    nothing = ("packet", "--library", library, "--bill", ref, "--parts", "summary", "-o", out, "--private-notes")
    assert "No private note will be in it." in medbills(*nothing).out
    paper = ("packet", "--library", library, "--paper", number, "-o", out, "--private-notes")
    assert "No private note will be in it." in medbills(*paper).out
    assert "MINE xxx" in medbills(*paper, "--parts", "calls").out, "also those of the bills of a paper"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--bill", "B99"), "no bill “B99”"),
        (("--bill", "B1", "--limit-mb", "0"), "less than one megabyte"),
        (("--bill", "B1", "--limit-mb", "-1", "--dry-run"), "less than one megabyte"),
        (("--bill", "B1", "--limit-mb", "9", "--for", "fax"), "not split into volumes"),
    ],
)
def test_a_packet_that_can_not_be_made_leaves_the_old_one(
    sample: Path, tmp_path: Path, medbills: Medbills, more: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "packet.pdf"
    out.write_bytes(b"old")
    ended = medbills("packet", "--library", sample, *more, "-o", out)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert words in ended.err
    assert out.read_bytes() == b"old"


def test_a_packet_into_a_folder_that_is_not_there_is_refused(sample: Path, tmp_path: Path, medbills: Medbills) -> None:
    ended = medbills("packet", "--library", sample, "--bill", "B1", "-o", tmp_path / "no" / "packet.pdf")
    assert (ended.code, ended.err.count("\n")) == (1, 1)


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
def test_a_packet_that_is_stopped_leaves_nothing(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    words = ["-m", "medbills_desktop", "packet", "--library", str(sample), "--bill", "B1", "--bill", "B2", "--progress"]
    child = subprocess.Popen(
        [sys.executable, *words, "-o", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MEDBILLS_HOME": str(tmp_path / "home")},
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert "/" in child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "stopped" in err
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []


def test_a_library_goes_into_a_backup_and_comes_back_and_nothing_is_overwritten(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    backup, new = tmp_path / "library.medbills-backup", tmp_path / "new"
    assert medbills("backup", "--library", sample, "-o", backup).code == 0
    assert medbills("restore", backup, "--library", new).code == 0
    for library, out in ((sample, "one.json"), (new, "two.json")):
        medbills("export", "--library", library, "-o", tmp_path / out)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert medbills("verify", new).code == 0
    assert medbills("backup", "--library", sample, "-o", backup).code == 1
    assert medbills("restore", backup, "--library", new).code == 1
    (tmp_path / "cut.medbills-backup").write_bytes(backup.read_bytes()[:-2000])
    ended = medbills("restore", tmp_path / "cut.medbills-backup", "--library", tmp_path / "third")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert not (tmp_path / "third").exists()


@pytest.mark.parametrize("command", ["export", "check", "packet", "backup"])
def test_a_library_that_is_not_there_is_told_so(tmp_path: Path, medbills: Medbills, command: str) -> None:
    more = {"export": ["-o", "x.json"], "packet": ["--bill", "B1", "-o", "x.pdf"], "backup": ["-o", "x"]}
    (tmp_path / "folder").mkdir()
    for folder in (tmp_path / "nowhere", tmp_path / "folder"):
        ended = medbills(command, "--library", folder, *more.get(command, []))
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["export", "-o", "x.json"],
        ["export", "--library", "x"],
        ["import", "--library", "x"],
        ["packet", "--library", "x", "-o", "y.pdf"],
        ["packet", "--library", "x", "--bill", "B1", "-o", "y.pdf", "--audience", "king"],
        ["check", "--library", "x", "--today", "2/30/2025"],
        ["check", "--library", "x", "--lib", "y"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_two(medbills: Medbills, arguments: list[str]) -> None:
    ended = medbills(*arguments)
    assert ended.code == 2
    assert "usage: medbills" in ended.err


def test_the_library_may_be_named_before_the_command(sample: Path, medbills: Medbills) -> None:
    assert medbills("--library", sample, "--today", "2026-03-20", "check").code == 0


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_there_for_every_command(medbills: Medbills, command: str | None) -> None:
    ended = medbills(*([command] if command else []), "--help")
    assert ended.code == 0
    assert ended.out.startswith("usage: medbills")


def test_the_version_is_told(medbills: Medbills) -> None:
    assert medbills("--version").out.startswith("medbills ")


@pytest.mark.expects_log
def test_a_fault_of_the_program_is_one_line_without_private_words(
    sample: Path, medbills: Medbills, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Pat Example")

    monkeypatch.setattr(Library, "open", broken)
    ended = medbills("check", "--library", sample)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "KeyError" in ended.err
    assert "Pat Example" not in ended.err


def loaded_after(program: str, *names: str) -> list[str]:
    """Which of some modules a program has loaded when it ends, in a process of its own."""
    asked = f"import sys\n{program}\nprint(*(name for name in {names!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_no_command_loads_the_window() -> None:
    modules = "\n".join(f"import medbills_desktop.cli.{module}" for module, _, _ in COMMANDS.values())
    assert loaded_after(modules, "PySide6", "medbills_desktop.qt", "medbills_desktop.app") == []


def test_only_the_command_that_is_named_is_loaded() -> None:
    program = "from medbills_desktop.cli.main import parse\nparse(['export', '--library', 'x', '-o', 'y'])"
    names = ("medbills_desktop.cli.export", "medbills_desktop.cli.packet", "reportlab", "pymupdf")
    assert loaded_after(program, *names) == ["medbills_desktop.cli.export"]


def test_a_single_paper_is_copied_by_its_number_and_one_that_is_not_there_is_told(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    out = tmp_path / "paper.pdf"
    assert medbills("packet", "--library", sample, "--paper", "P0012", "-o", out).out == f"{out}: 4 pages, 1 exhibit.\n"
    ended = medbills("packet", "--library", sample, "--paper", "P0099", "-o", out)
    assert (ended.code, "There is no paper “P0099”" in ended.err) == (1, True)
    assert medbills("packet", "--library", sample, "--paper", "P1", "--bill", "B1", "-o", out).code == 2


def test_the_day_of_the_answer_is_printed(sample: Path, tmp_path: Path, medbills: Medbills) -> None:
    out = tmp_path / "packet.pdf"
    asked = ("--bill", "B2", "--reply-by", "2026-04-20", "--parts", "summary")
    assert medbills("packet", "--library", sample, *asked, "-o", out).code == 0
    assert "in writing by Apr 20, 2026" in " ".join(pypdf.PdfReader(out).pages[0].extract_text().split())


def test_a_packet_for_email_tells_its_size_and_has_a_plain_name(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    asked = ("packet", "--library", sample, "--bill", "B3", "--parts", "cover", "--for", "email")
    refused = medbills(*asked, "-o", tmp_path / "Queja médica.pdf")
    assert refused.code == 1
    assert "Queja medica.pdf" in refused.err
    assert list(tmp_path.iterdir()) == []
    assert "an e-mail that carries it weighs about" in medbills(*asked, "-o", tmp_path / "Queja medica.pdf").out


def test_a_packet_for_a_fax_machine_is_whole_and_leaves_nothing_beside_it(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    out = tmp_path / "fax.pdf"
    asked = ("--bill", "B3", "--for", "fax", "--parts", "cover,copies,exhibits", "--progress")
    ended = medbills("packet", "--library", sample, *asked, "-o", out)
    assert ended.code == 0, ended.err
    assert "Drawing the pages in black and white" in ended.out
    assert [path.name for path in tmp_path.iterdir()] == ["fax.pdf"]
    assert medbills("verify", out).code == 0
    pages = pypdf.PdfReader(out).pages
    assert f'"pages": {len(pages)}' in ended.out
    assert {page.extract_text() for page in pages} == {""}


def test_a_packet_with_its_originals_is_one_zip_and_is_refused_where_something_was_taken_out(
    sample: Path, tmp_path: Path, medbills: Medbills
) -> None:
    out = tmp_path / "packet.zip"
    asked = ("packet", "--library", sample, "--bill", "B3", "--with-originals")
    ended = medbills(*asked, "-o", out)
    assert ended.code == 0, ended.err
    assert "place and camera data" in ended.out
    assert [path.name for path in tmp_path.iterdir()] == ["packet.zip"]
    assert medbills("verify", out).out == f"{out} is whole.\n"
    before = out.read_bytes()
    for more, said in (
        (("--redact",), "nothing is taken out of originals"),
        (("--for", "fax"), "can't be faxed"),
        (("--parts", "cover"), "no exhibits"),
    ):
        refused = medbills(*asked, *more, "-o", out)
        assert (refused.code, said in refused.err, out.read_bytes() == before) == (1, True, True), refused.err
    assert ".zip" in medbills(*asked, "-o", tmp_path / "packet.pdf").err
    assert [path.name for path in tmp_path.iterdir()] == ["packet.zip"]


def test_a_lighter_packet_says_so_and_is_smaller(sample: Path, tmp_path: Path, medbills: Medbills) -> None:
    """The sample's photograph is the one paper with a large picture."""
    plain, light = tmp_path / "packet.pdf", tmp_path / "lighter.pdf"
    bill = ("packet", "--library", sample, "--bill", "B1")
    medbills(*bill, "-o", plain)
    assert medbills(*bill, "--lighter", "-o", light).code == 0
    assert light.stat().st_size < plain.stat().st_size
    told = {
        path: " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())
        for path in (plain, light)
    }
    for sentence in ("made smaller on this copy", "made smaller on the copies (about 150 dots an inch)"):
        assert sentence in told[light]
        assert sentence not in told[plain]
    assert medbills("verify", light).out == f"{light} is whole.\n"
