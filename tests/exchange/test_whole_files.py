"""An output appears whole or not at all, and what was there before stays until then."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.exchange.whole_files import whole_file, whole_folder


def is_csv(name: str) -> bool:
    return name.endswith(".csv")


def write_and_fail(target: Path, fault: Exception) -> None:
    with whole_file(target) as aside:
        aside.write_text("half")
        raise fault


def write_to_full_device(target: Path) -> None:
    with whole_file(target) as aside:
        aside.symlink_to("/dev/full")
        aside.write_text("x")


def fill_and_fail(target: Path) -> None:
    with whole_folder(target, is_csv) as made:
        (made / "b.csv").write_text("b")
        raise ZeroDivisionError


def test_a_file_takes_its_name_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    with whole_file(target) as aside:
        aside.write_text("after")
        assert target.read_text() == "before"
    assert target.read_text() == "after"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_a_block_that_fails_leaves_the_file_that_was_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(target, ZeroDivisionError())
    assert target.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "can only be read"), (errno.EACCES, "may not write")],
)
def test_trouble_with_the_disk_is_told_in_words(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        write_and_fail(tmp_path / "out.json", OSError(number, "as the system says it"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_as_target_and_a_missing_parent_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"), whole_file(tmp_path):
        pass
    with pytest.raises(UserError, match="There is no folder"), whole_file(tmp_path / "no" / "out.json"):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="no file"), whole_file(tmp_path / "pipe"):
        pass
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_so_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="disk is full"):
        write_to_full_device(tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_replaces_an_earlier_one_of_ours_and_only_that(tmp_path: Path) -> None:
    target = tmp_path / "out"
    for text in ("one", "two"):
        with whole_folder(target, is_csv) as made:
            (made / f"{text}.csv").write_text(text)
    assert [entry.name for entry in target.iterdir()] == ["two.csv"]
    (target / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="holds other files"), whole_folder(target, is_csv):
        pass
    assert sorted(entry.name for entry in target.iterdir()) == ["mine.txt", "two.csv"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled_and_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    empty, file = tmp_path / "empty", tmp_path / "file"
    empty.mkdir()
    file.write_text("mine")
    with whole_folder(empty, is_csv) as made:
        (made / "a.csv").write_text("a")
    assert (empty / "a.csv").read_text() == "a"
    with pytest.raises(UserError, match="is a file"), whole_folder(file, is_csv):
        pass
    assert file.read_text() == "mine"


def test_a_folder_with_a_link_in_it_is_not_ours(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    os.symlink(tmp_path, target / "a.csv")
    with pytest.raises(UserError, match="holds other files"), whole_folder(target, is_csv):
        pass


def test_a_folder_that_fails_half_way_leaves_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with whole_folder(target, is_csv) as made:
        (made / "a.csv").write_text("a")
    with pytest.raises(ZeroDivisionError):
        fill_and_fail(target)
    assert [entry.name for entry in target.iterdir()] == ["a.csv"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
