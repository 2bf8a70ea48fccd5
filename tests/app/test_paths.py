from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from medbills_desktop.app import paths as paths_module
from medbills_desktop.app.paths import Paths, keep_private, make_folder, own_paths


def every_path(paths: Paths) -> dict[str, Path]:
    names = [name for name in dir(Paths) if not name.startswith("_")]
    return {name: value for name in names if isinstance(value := getattr(paths, name), Path)}


def test_one_variable_moves_every_path_the_program_owns(tmp_path: Path) -> None:
    found = every_path(own_paths({"MEDBILLS_HOME": str(tmp_path)}))
    assert len(found) >= 10
    assert all(path.is_relative_to(tmp_path) for path in found.values())


def test_no_two_paths_are_the_same_place(tmp_path: Path) -> None:
    found = every_path(own_paths({"MEDBILLS_HOME": str(tmp_path)}))
    assert len(set(found.values())) == len(found)


def test_a_relative_home_is_taken_from_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert own_paths({"MEDBILLS_HOME": "stick"}).data == tmp_path / "stick" / "data"


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert own_paths({"MEDBILLS_HOME": ""}) == own_paths({})


def test_without_the_variable_the_paths_are_the_systems_own_for_this_program() -> None:
    for path in every_path(own_paths({})).values():
        assert "medbills" in path.parts
        assert path.is_absolute()


def test_the_sample_is_told_from_the_persons_own_library(tmp_path: Path) -> None:
    paths = own_paths({"MEDBILLS_HOME": str(tmp_path)})
    assert paths.is_sample(paths.sample_library.parent / "." / paths.sample_library.name)
    assert not paths.is_sample(paths.default_library)


@pytest.mark.skipif(os.name != "posix", reason="permission bits exist on POSIX systems only")
def test_folders_and_files_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        keep_private()
        folder = make_folder(tmp_path / "one" / "two")
        (folder / "note").write_text("x")
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "note").stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="permission bits exist on POSIX systems only")
def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    assert stat.S_IMODE(make_folder(folder).stat().st_mode) == 0o700


def test_only_this_module_asks_the_system_where_things_belong() -> None:
    package = Path(paths_module.__file__).parents[1]
    users = [path.name for path in package.rglob("*.py") if "appdirs" in path.read_text("utf-8")]
    assert users == ["paths.py"]
