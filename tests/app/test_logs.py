from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.app.discretion import ROOT, DiscreetFormatter, cleaned
from medbills_desktop.app.logs import start_logs
from medbills_desktop.app.paths import Paths, own_paths

CANARY = "Zofia Żółkiewska-Okafor"
AMOUNT = "$4,310.77"


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    logger = logging.getLogger(ROOT)
    before = (logger.level, logger.propagate)
    yield own_paths({"MEDBILLS_HOME": str(tmp_path)})
    for handler in [handler for handler in logger.handlers if isinstance(handler.formatter, DiscreetFormatter)]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(before[0])
    logger.propagate = before[1]
    for topic in ("store", "papers"):
        logging.getLogger(f"{ROOT}.{topic}").setLevel(logging.NOTSET)


def written(paths: Paths) -> str:
    return paths.log_file.read_text("utf-8") if paths.log_file.exists() else ""


def fail_with(text: str) -> None:
    private = text
    try:
        raise KeyError(private)
    except KeyError as error:
        raise ValueError(f"no bill of {private}") from error


@pytest.mark.expects_log
def test_no_value_that_could_be_private_reaches_the_log_at_any_level(paths: Paths) -> None:
    start_logs(paths, {"MEDBILLS_LOG": "debug"})
    log = logging.getLogger("medbills.store")
    log.debug("kept %s for %s", CANARY, AMOUNT)
    log.info("paper %s of %s", Path("/home") / CANARY / "bill.pdf", {"name": CANARY})
    log.warning("named %(who)s", {"who": CANARY})
    log.warning(ValueError(CANARY))
    log.warning("wrong number of values %s %s", CANARY)
    try:
        fail_with(CANARY)
    except ValueError:
        log.exception("could not keep it")
    text = written(paths)
    assert "kept ‹text of 23› for ‹text of 9›" in text
    assert "named ‹text of 23›" in text
    for word in (CANARY, "Żółkiewska", AMOUNT, "4,310", "bill.pdf"):
        assert word not in text


@pytest.mark.expects_log
def test_an_exception_is_logged_by_kind_place_and_origin(paths: Paths) -> None:
    start_logs(paths, {})
    try:
        fail_with("x")
    except ValueError:
        logging.getLogger("medbills.app").exception("failed")
    text = written(paths)
    assert "ValueError" in text
    assert "from KeyError" in text
    assert "tests/app/test_logs.py:" in text
    assert "in fail_with" in text
    assert "no bill of" not in text


def test_counts_and_times_are_shown(paths: Paths) -> None:
    start_logs(paths, {})
    logging.getLogger("medbills.store").info("read %d rows in %.1f ms", 40, 2.25)
    assert " INFO store read 40 rows in 2.2 ms" in written(paths)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", ""), ("debug", "ab"), ("store", "a"), ("store,papers", "ab"), ("nonsense", ""), ("warning", "")],
)
def test_one_variable_asks_for_the_details_of_some_topics(paths: Paths, asked: str, shown: str) -> None:
    start_logs(paths, {"MEDBILLS_LOG": asked})
    logging.getLogger("medbills.store").debug("detail a")
    logging.getLogger("medbills.papers").debug("detail b")
    found = "".join(letter for letter in "ab" if f"detail {letter}" in written(paths))
    assert found == shown


def test_starting_twice_writes_each_line_once(paths: Paths) -> None:
    start_logs(paths, {})
    start_logs(paths, {})
    logging.getLogger("medbills.app").info("once")
    assert written(paths).count("once") == 1


def test_the_log_stays_small(paths: Paths) -> None:
    start_logs(paths, {})
    log = logging.getLogger("medbills.app")
    for _ in range(30_000):
        log.info("a line of a length that fills the file after a while, so that the older ones must go")
    files = sorted(paths.logs.iterdir())
    assert 2 <= len(files) <= 4
    assert sum(file.stat().st_size for file in files) < 3 * 1024 * 1024


def test_the_program_starts_without_a_log_when_its_folder_cannot_be_made(paths: Paths) -> None:
    paths.logs.parent.mkdir(parents=True, exist_ok=True)
    paths.logs.write_text("a file is in the way")
    start_logs(paths, {})
    logging.getLogger("medbills.app").info("goes nowhere")
    assert paths.logs.read_text() == "a file is in the way"


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits exist on POSIX systems only")
def test_the_log_folder_is_private(paths: Paths) -> None:
    start_logs(paths, {})
    assert stat.S_IMODE(paths.logs.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "QFile::open: cannot open /home/ada/letter from Dr. Who.pdf",
            "QFile::open: cannot open ‹path› from Dr. Who.pdf",
        ),
        ('Could not parse "Zofia Ż" as number 4310.77', "Could not parse ‹…› as number ‹number›"),
        ("QTimer: 12 timers at C:\\Users\\ada\\x", "QTimer: 12 timers at ‹path›"),
    ],
)
def test_text_of_other_programs_loses_paths_quotes_and_long_numbers(text: str, expected: str) -> None:
    assert cleaned(text) == expected
