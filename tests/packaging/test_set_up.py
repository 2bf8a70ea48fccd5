from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from medbills_desktop.app.main import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
SET_UP = [ROOT / "packaging" / f"{name}.py" for name in ("environment", "system_libraries", "run", "test")]
OLDEST_TOLD_SO = (3, 8)
"""Pythons from here on are told in a sentence that they are too old; before, the syntax is refused."""

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are a matter of Linux")


@pytest.mark.parametrize("script", SET_UP, ids=lambda path: path.name)
def test_the_set_up_needs_nothing_but_the_standard_library(script: Path) -> None:
    siblings = {path.stem for path in SET_UP}
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names | siblings


@pytest.mark.parametrize("script", SET_UP, ids=lambda path: path.name)
def test_an_old_python_can_read_the_set_up_far_enough_to_be_refused(script: Path) -> None:
    ast.parse(script.read_text("utf-8"), feature_version=OLDEST_TOLD_SO)


def test_an_old_python_is_refused_with_the_version_that_is_needed(scripts: dict[str, ModuleType]) -> None:
    with pytest.raises(scripts["system_libraries"].SetUpError, match=r"needs Python 3\.11 or later.*3\.10\.4"):
        scripts["environment"].require_python((3, 10, 4))
    scripts["environment"].require_python((3, 11, 0))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_nothing_is_installed_again_while_nothing_changed(scripts: dict[str, ModuleType], tree: Path) -> None:
    environment = scripts["environment"]
    stamp = json.loads(json.dumps(environment.state(("dev",), tree)))
    assert environment.is_current(stamp, environment.state(("dev",), tree))
    assert environment.is_current(stamp, environment.state((), tree))


def test_a_changed_project_is_installed_again(scripts: dict[str, ModuleType], tree: Path) -> None:
    environment = scripts["environment"]
    stamp = environment.state((), tree)
    with (tree / "pyproject.toml").open("a") as project:
        project.write("# one more line\n")
    assert not environment.is_current(stamp, environment.state((), tree))


@pytest.mark.parametrize("lost", ["pyproject", "python", "place", "extras"])
def test_a_stamp_that_lacks_something_is_not_believed(scripts: dict[str, ModuleType], tree: Path, lost: str) -> None:
    environment = scripts["environment"]
    stamp = environment.state((), tree)
    del stamp[lost]
    assert not environment.is_current(stamp, environment.state((), tree))


def test_what_developers_need_is_added_to_what_is_there(scripts: dict[str, ModuleType], tree: Path) -> None:
    environment = scripts["environment"]
    assert not environment.is_current(environment.state((), tree), environment.state(("dev",), tree))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"extras": 3}'])
def test_a_damaged_stamp_counts_as_none(scripts: dict[str, ModuleType], tmp_path: Path, text: str) -> None:
    environment = scripts["environment"]
    (tmp_path / environment.STAMP).write_text(text)
    assert not environment.is_current(environment.read_stamp(tmp_path), environment.state(()))


def test_variables_of_other_tools_do_not_reach_the_environment(
    scripts: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, "/elsewhere")
    environ = scripts["environment"].clean_environ(MORE="1")
    assert environ["MORE"] == "1"
    assert "/elsewhere" not in environ.values()


@linux_only
def test_the_table_names_every_library_that_the_installed_qt_takes_from_the_system(
    scripts: dict[str, ModuleType],
) -> None:
    if shutil.which("readelf") is None:
        pytest.skip("readelf is not installed")
    from PySide6.QtCore import QLibraryInfo

    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    names = [f"libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "XcbQpa")]
    files = [libraries / name for name in names]
    files += [plugins / f"libq{name}.so" for name in ("offscreen", "xcb")]
    needed = set()
    for file in files:
        said = subprocess.run(["readelf", "-d", file], capture_output=True, text=True, check=True).stdout
        needed |= {line.split("[")[1].split("]")[0] for line in said.splitlines() if "(NEEDED)" in line}
    brought = {path.name for path in libraries.iterdir()}
    always_there = {
        "libc",
        "libm",
        "libgcc_s",
        "libstdc++",
        "libz",
        "libzstd",
        "ld-linux-x86-64",
        "libdl",
        "libpthread",
    }
    with_another = {"libgthread-2.0.so.0", "libxcb.so.1", "libxcb-render.so.0", "libxcb-util.so.1"}
    foreign = {name for name in needed - brought - with_another if name.split(".so")[0] not in always_there}
    assert foreign <= {library.file for library in scripts["system_libraries"].NEEDED}


@linux_only
def test_a_library_that_is_not_there_is_missed(scripts: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch) -> None:
    module = scripts["system_libraries"]
    absent = module.Library("libnot-there-at-all.so.7", module.ALWAYS, ("not-there7",))
    for_a_screen = module.Library("libalso-not-there.so.1", module.X11, ("also-not-there1",))
    monkeypatch.setattr(module, "NEEDED", (*module.NEEDED[:1], absent, for_a_screen))
    assert module.missing({}) == [absent]
    assert module.missing({"DISPLAY": ":0"}) == [absent, for_a_screen]


@linux_only
@pytest.mark.parametrize(
    ("environ", "screen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_screen_is_seen_where_there_is_one(
    scripts: dict[str, ModuleType], environ: dict[str, str], screen: bool
) -> None:
    assert scripts["system_libraries"].has_screen(environ) is screen


def stand_in(folder: Path, name: str, script: str) -> None:
    """A program on the path in place of the system's, since no test may install anything."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def short_of_one(scripts: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module on a system that lacks one library, with a path that holds only what a test puts there."""
    module = scripts["system_libraries"]
    absent = module.Library("libnot-there-at-all.so.7", module.ALWAYS, ("newname7t64", "oldname7"))
    monkeypatch.setattr(module, "NEEDED", (absent,))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return module


@linux_only
def test_who_may_install_without_a_password_has_it_done(
    short_of_one: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path / "bin", "apt-get", f'echo "$@" >> {tmp_path}/said')
    stand_in(tmp_path / "bin", "sudo", 'shift; [ "$1" = true ] && exit 0; exec "$@"')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(short_of_one.SetUpError, match="still not found"):
        short_of_one.ensure({})
    assert "install -y" in (tmp_path / "said").read_text()


@linux_only
def test_without_apt_the_missing_libraries_are_named(short_of_one: ModuleType) -> None:
    with pytest.raises(short_of_one.SetUpError, match=r"libnot-there-at-all\.so\.7"):
        short_of_one.ensure({})


@linux_only
def test_who_may_not_install_gets_the_exact_command(
    short_of_one: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path / "bin", "apt-get", "exit 99")
    stand_in(tmp_path / "bin", "apt-cache", '[ "$2" = newname7t64 ] && exit 0; exit 100')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(short_of_one.SetUpError) as refused:
        short_of_one.ensure({})
    command = "apt-get update && apt-get install -y --no-install-recommends newname7t64"
    assert f"su -c '{command}'" in str(refused.value)


@linux_only
def test_the_command_uses_sudo_where_there_is_one_and_names_everything_at_once(
    short_of_one: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path / "bin", "apt-get", "exit 99")
    stand_in(tmp_path / "bin", "sudo", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(short_of_one.SetUpError) as refused:
        short_of_one.ensure({}, also=[short_of_one.Missing("python-venv", ("python3-venv",))])
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends oldname7 python3-venv"
    assert command in str(refused.value)


@linux_only
def test_on_an_older_release_the_older_package_name_is_used(
    short_of_one: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path / "bin", "apt-get", f'echo "$@" >> {tmp_path}/said')
    stand_in(tmp_path / "bin", "apt-cache", '[ "$2" = oldname7 ] && exit 0; exit 100')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(short_of_one.SetUpError, match="still not found"):
        short_of_one.ensure({})
    said = (tmp_path / "said").read_text()
    assert "install -y" in said
    assert "oldname7" in said
    assert "newname7t64" not in said


@linux_only
def test_what_apt_said_is_shown_when_it_fails(
    short_of_one: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path / "bin", "apt-get", "echo E: no such package >&2; exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(short_of_one.SetUpError, match=r"(?s)E: no such package.*apt-get install"):
        short_of_one.ensure({})


def test_where_nothing_can_be_written_a_folder_elsewhere_is_named(
    scripts: dict[str, ModuleType], tmp_path: Path
) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    folder = scripts["run"].output_folder(str(tmp_path / "in-the-way" / "out"))
    assert folder.is_dir()
    folder.rmdir()


def test_a_usable_place_is_used_as_asked(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    assert scripts["run"].output_folder(str(tmp_path / "new" / "out")) == tmp_path / "new" / "out"


@pytest.mark.parametrize(
    ("arguments", "ours", "added"),
    [
        ([], 2, ["-n", "3", "--dist", "worksteal"]),
        (["tests/app"], 64, ["-n", "8", "--dist", "worksteal"]),
        ([], 1, []),
        (["-n", "0"], 4, []),
        (["-n3"], 4, []),
        (["--pdb"], 4, []),
    ],
)
def test_tests_run_side_by_side_unless_told_otherwise(
    scripts: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch, arguments: list[str], ours: int, added: list[str]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(ours)), raising=False)
    assert scripts["test"].side_by_side(arguments) == added


def test_an_installed_program_names_packages_that_the_set_up_knows(scripts: dict[str, ModuleType]) -> None:
    known = {name for library in scripts["system_libraries"].NEEDED for name in library.debian}
    named = LIBRARIES.partition("install ")[2].split()
    assert len(named) > 8
    assert set(named) <= known
