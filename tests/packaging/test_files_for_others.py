"""What goes along with the program: licence, notices, desktop files. All of it has to agree with the project."""

from __future__ import annotations

import configparser
import hashlib
import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from medbills_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ID = "org.medbills.MedBills"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOTICE = (ROOT / "NOTICE").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def requirements() -> list[tuple[str, str]]:
    found = [re.match(r"([\w-]+)>=([\d.]+)", line) for line in PROJECT["dependencies"]]
    assert all(found)
    return [(match[1], match[2]) for match in found if match]


def test_the_licence_is_the_unchanged_text_of_the_agpl() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"
    assert PROJECT["license"] == "AGPL-3.0-or-later"


@pytest.mark.parametrize(("name", "oldest"), requirements())
def test_the_notice_names_each_library_with_the_oldest_version_taken(name: str, oldest: str) -> None:
    assert re.search(rf"^  {re.escape(name)} +{re.escape(oldest)} +\S", NOTICE, re.MULTILINE)


@pytest.mark.parametrize(("name", "oldest"), requirements())
def test_there_is_a_reason_for_each_library(name: str, oldest: str) -> None:
    reasons = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert re.search(rf"^\| {re.escape(name)} \| \S", reasons, re.MULTILINE)


def test_the_notice_names_each_font_that_is_shipped() -> None:
    fonts = {path.name for path in (ROOT / "resources" / "fonts").iterdir() if path.suffix in {".ttf", ".otf"}}
    named = set(re.findall(r"^  (\S+\.[to]tf) ", NOTICE, re.MULTILINE))
    assert fonts
    assert named == fonts


def test_each_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_the_readme_gives_exactly_two_commands() -> None:
    (block,) = re.findall(r"```\n(.*?)```", README, re.DOTALL)
    assert block.split("\n")[:-1] == ["python3 packaging/run.py", "python3 packaging/test.py"]


PAGES = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_the_security_page_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", (ROOT / "docs" / "security.md").read_text("utf-8"))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_desktop_entry_and_the_metadata_name_the_same_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(LINUX / f"{ID}.desktop", "utf-8")
    tree = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    desktop = entry["Desktop Entry"]
    assert tree.findtext("id") == desktop["Icon"] == desktop["StartupWMClass"] == ID
    assert tree.findtext("launchable") == f"{ID}.desktop"
    assert tree.findtext("provides/binary") == desktop["Exec"]
    assert desktop["Exec"] in PROJECT["scripts"]
    assert tree.findtext("summary") == desktop["Comment"]
    assert tree.findtext("project_license") == PROJECT["license"]
    assert [category.text for category in tree.findall("categories/category")] == desktop["Categories"].split(";")[:-1]


def test_the_newest_release_in_the_metadata_and_the_changes_is_this_version() -> None:
    tree = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    newest = tree.find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__
    assert re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0] == __version__


@pytest.mark.parametrize(
    "words",
    [
        ("desktop-file-validate", str(LINUX / f"{ID}.desktop")),
        ("appstreamcli", "validate", "--no-net", str(LINUX / f"{ID}.metainfo.xml")),
    ],
    ids=lambda words: words[0],
)
def test_the_desktop_files_pass_the_systems_own_check(words: tuple[str, ...]) -> None:
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_map_names_files_and_names_that_exist() -> None:
    text = (ROOT / "docs" / "map.md").read_text("utf-8")
    steps = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(steps) >= 8
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)` `([\w.]+)`", "\n".join(steps))
    assert len(named) >= 8
    for file, name in named:
        source = (ROOT / "medbills_desktop" / file).read_text("utf-8")
        for part in name.split("."):
            assert re.search(rf"\b(class|def) {part}\b|^    {part} = ", source, re.MULTILINE), f"{name} in {file}"


def test_the_pictures_of_the_readme_are_there_sharp_small_and_not_blank() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((docs/pictures/[^)]+)\)", README)
    assert len(shown) >= 2
    for words, name in shown:
        assert len(words) > 20, f"{name} says nothing to whoever can't see it"
        assert (ROOT / name).stat().st_size < 250_000
        with Image.open(ROOT / name) as picture:
            assert max(picture.size) >= 1000
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20, f"{name} is blank"
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == {Path(name).name for _, name in shown}


def test_the_readme_leads_to_every_page() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"\]\(([^)#]+)\)", README))
