"""The notice against what is really installed: every library that comes along, with the licence that it says it has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtGui import QGuiApplication, QRawFont

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "NOTICE").read_text("utf-8")
DEPENDENCIES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
FONTS = ROOT / "resources" / "fonts"

FAMILIES = {
    "AGPL-3.0": r"AGPL[- ]3|AFFERO GPL 3",
    "Apache-2.0": r"Apache",
    "BSD": r"BSD",
    "LGPL-3.0": r"LGPL|Lesser General Public",
    "MIT": r"\bMIT\b(?!-CMU)",
    "MIT-CMU": r"MIT-CMU|HPND",
    "MPL-2.0": r"MPL|Mozilla",
    "PSF-2.0": r"PSF|Python Software Foundation",
    "zlib": r"\bzlib\b",
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(requirements: list[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def all_installed() -> list[str]:
    """Every distribution that an installation without extras brings, directly or not."""
    found: dict[str, str] = {}
    waiting = list(DEPENDENCIES)
    while waiting:
        for requirement in needed([waiting.pop()]):
            if canonical(requirement.name) not in found:
                found[canonical(requirement.name)] = requirement.name
                waiting += metadata.requires(requirement.name) or []
    return sorted(found.values())


def noticed() -> dict[str, str]:
    """The licence column of the notice for each library, by the library's name."""
    table = NOTICE.partition("\nLibraries\n")[2].partition("\nFonts\n")[0]
    rows = re.findall(r"^ {2,4}(\S[^\n]*?) {2,}(?:[\d.]+ {2,})?(\S[^\n]*?) {2,}(?:https:|same)", table, re.MULTILINE)
    return {canonical(name): licence for names, licence in rows for name in names.split(", ")}


def stated(name: str) -> str:
    """What a distribution says of its licence, in whichever of the three places, else in its licence text."""
    about = metadata.metadata(name)
    said = [about.get("License-Expression", ""), (about.get("License") or "")[:200]]
    said += [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    if not any(said):
        texts = [file for file in metadata.files(name) or [] if re.match(r"LICEN[CS]E|COPYING", file.name)]
        said = [file.read_text()[:1000] for file in texts]
    return " ".join(said)


def families(text: str) -> set[str]:
    return {family for family, words in FAMILIES.items() if re.search(words, text)}


@pytest.mark.parametrize("name", all_installed())
def test_each_library_that_is_installed_is_noticed_under_the_licence_that_it_states(name: str) -> None:
    licence = noticed().get(canonical(name))
    assert licence, f"{name} is installed and not in NOTICE"
    assert families(licence), licence
    said = stated(name)
    if name == "sqlcipher3":
        assert "as-is" in said or not said  # states its licence only as a text: that of zlib
        return
    assert families(licence) & families(said), f"NOTICE says {licence}; {name} says {said}"


def test_nothing_is_noticed_that_is_neither_installed_nor_inside_something_that_is() -> None:
    inside = {"qt 6", "sqlcipher", "sqlite", "openssl", "mupdf", "pdfium", "qpdf", "libheif", "libde265"}
    assert set(noticed()) - {canonical(name) for name in all_installed()} == inside


def test_each_font_lies_beside_the_text_of_the_licence_that_it_names(qapp: QGuiApplication) -> None:
    rows = re.findall(r"^\| (`[^|]+) \|[^|]*\| ([^|]+), `([^`]+)` \|", (FONTS / "README.md").read_text("utf-8"), re.M)
    licence_of = {font: (licence, text) for fonts, licence, text in rows for font in re.findall(r"`([^`]+)`", fonts)}
    assert set(licence_of) == {path.name for path in FONTS.glob("*.ttf")}
    for font, (licence, text) in licence_of.items():
        said = (FONTS / text).read_text("utf-8")
        own = QRawFont(str(FONTS / font), 12).fontTable("name").data().replace(b"\0", b"").decode("latin-1")
        title, sign = ("SIL OPEN FONT LICENSE", "Open Font|OFL") if "OFL" in licence else ("Apache License", "Apache")
        assert title in said
        assert re.search(rf"^  {re.escape(font)} +{'SIL OFL 1.1' if 'OFL' in licence else 'Apache-2.0'} ", NOTICE, re.M)
        assert re.search(sign, own) or font.startswith("Nanum")  # which names no licence inside
