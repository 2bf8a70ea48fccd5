"""Rules that no single room can keep by itself: who knows whom, and what none may ever touch."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "medbills_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "websockets", "wsgiref",
    "xmlrpc", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets", "PySide6.QtWebView", "multiprocessing.connection", "multiprocessing.managers",
}  # fmt: skip
FORBIDDEN_NAMES = {
    "pdf_enable_js": "switches the scripts of papers on",
    "openUrl": "would leave the program for an address",
}
OPENS_FILES = "medbills_desktop/qt/opening.py"
"""The one module that may hand something to another program: a copy of a recording, or the folder of what was made."""
IMPRECISE_COLUMNS = {"Numeric", "Float", "REAL", "Double", "DOUBLE", "DECIMAL"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def mentioning(words: set[str], paths: list[Path]) -> list[Path]:
    """The files in whose text one of the words stands at all; the others need not be parsed."""
    texts = ((path, path.read_text("utf-8")) for path in paths)
    return [path for path, text in texts if any(word in text for word in words)]


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"}:
                yield str(node.args[0].value)


def is_below(name: str, tops: set[str]) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


def network_imports(tree: ast.Module) -> list[str]:
    return [name for name in imported(tree) if is_below(name, NETWORK)]


def names_in(tree: ast.Module) -> set[str]:
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found | {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def translated_fstrings(tree: ast.Module) -> list[int]:
    """Lines on which a text is put together before it is translated, so that no translation ever matches it."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        in {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
        and any(isinstance(part, ast.JoinedStr) for argument in node.args for part in ast.walk(argument))
    ]


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_each_room_knows_only_the_rooms_below_it() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_imports_anything_that_could_use_a_network() -> None:
    found = {where(path): names for path in SOURCES if (names := network_imports(tree_of(path)))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "def f():\n    from http.client import HTTPConnection",
        "import importlib\nimportlib.import_module('ssl')",
    ],
)
def test_the_search_for_network_modules_sees_every_form_of_import(source: str) -> None:
    assert network_imports(ast.parse(source))


def test_quoting_a_path_for_sqlite_is_not_mistaken_for_a_network() -> None:
    assert network_imports(ast.parse("from urllib.parse import quote")) == []


def test_the_pdf_library_is_imported_by_its_one_name() -> None:
    paths = mentioning({"fitz"}, SOURCES)
    assert [where(path) for path in paths if any(is_below(name, {"fitz"}) for name in imported(tree_of(path)))] == []


@pytest.mark.parametrize("name", sorted(FORBIDDEN_NAMES))
def test_a_dangerous_name_is_never_used(name: str) -> None:
    allowed = {OPENS_FILES} if name == "openUrl" else set()
    found = {where(path) for path in mentioning({name}, SOURCES) if name in names_in(tree_of(path))}
    assert found == allowed, FORBIDDEN_NAMES[name]


def opened(tree: ast.Module) -> list[str]:
    """What is opened in another program, as it stands in the source; every use of the name counts."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "openUrl"
    ]
    uses = sum(isinstance(node, ast.Attribute) and node.attr == "openUrl" for node in ast.walk(tree))
    return [ast.unparse(call.args[0]) for call in calls] + ["?"] * (uses - len(calls))


def test_what_is_opened_in_another_program_is_a_file_of_this_computer_and_never_an_address() -> None:
    found = opened(tree_of(ROOT / OPENS_FILES))
    assert found == ["QUrl.fromLocalFile(str(path))"]
    assert opened(ast.parse("QDesktopServices.openUrl(QUrl(text)); act = QDesktopServices.openUrl")) == [
        "QUrl(text)",
        "?",
    ]


def test_no_column_can_hold_money_as_a_binary_fraction() -> None:
    store = sorted((PACKAGE / "store").rglob("*.py"))
    assert store
    paths = mentioning(IMPRECISE_COLUMNS, store)
    found = {where(path): used for path in paths if (used := names_in(tree_of(path)) & IMPRECISE_COLUMNS)}
    assert found == {}


def test_no_text_is_put_together_before_it_is_translated() -> None:
    paths = mentioning({"tr(", "translate(", "TR_NOOP("}, SOURCES)
    found = {where(path): lines for path in paths if (lines := translated_fstrings(tree_of(path)))}
    assert found == {}
    assert translated_fstrings(ast.parse('self.tr(f"{count} papers")')) == [1]


def test_every_module_begins_with_the_same_import() -> None:
    missing = [
        where(path)
        for path in SOURCES
        if (text := path.read_text("utf-8")).strip() and "from __future__ import annotations\n" not in text
    ]
    assert missing == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        where(path) for path in SOURCES if path.read_text("utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_no_module_has_a_name_that_could_hold_anything(word: str) -> None:
    places = ("medbills_desktop", "packaging", "resources", "benchmarks", "tests")
    found = [path for place in places for path in (ROOT / place).rglob("*.py")]
    assert [where(path) for path in found if re.search(rf"(^|_){word}($|_)", path.stem)] == []


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "qt").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_the_window_asks_the_store_by_queries_and_never_in_sql(path: Path) -> None:
    texts = [str(node.value) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)]
    assert not [text for text in texts if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s+[a-z*(]", text)]
