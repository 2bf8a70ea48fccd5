"""The shape of the source: small files with one purpose, functions that fit on a screen."""

from __future__ import annotations

import ast
import math
import statistics
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("medbills_desktop", "packaging", "resources", "benchmarks")

MEDIAN_FILE, LARGEST_FILE = 120, 600
USUAL_FUNCTION, LARGEST_FUNCTION = 30, 60


class Function(NamedTuple):
    name: str
    lines: int


def files() -> dict[str, int]:
    """Lines of each source file; generated migrations and empty package files count for nothing."""
    found = {}
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*.py")):
            lines = path.read_text("utf-8").count("\n")
            if lines and "versions" not in path.parts:
                found[path.relative_to(ROOT).as_posix()] = lines
    return found


def functions_in(name: str, source: str) -> list[Function]:
    """Every function and method with its length in lines: decorators, docstring and nested functions included."""
    return [
        Function(f"{name}:{node.lineno} {node.name}", (node.end_lineno or 0) - first_line(node) + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


@pytest.fixture(scope="module")
def functions() -> list[Function]:
    found = []
    for name in files():
        found += functions_in(name, (ROOT / name).read_text("utf-8"))
    return found


def test_half_of_the_files_are_short() -> None:
    assert statistics.median(files().values()) <= MEDIAN_FILE


def test_no_file_is_long() -> None:
    assert {name: lines for name, lines in files().items() if lines > LARGEST_FILE} == {}


def test_nearly_every_function_fits_on_half_a_screen(functions: list[Function]) -> None:
    lengths = sorted(function.lines for function in functions)
    assert lengths[math.ceil(len(lengths) * 0.95) - 1] <= USUAL_FUNCTION


def test_no_function_is_longer_than_a_screen(functions: list[Function]) -> None:
    assert [function for function in functions if function.lines > LARGEST_FUNCTION] == []


def test_the_ruler_measures_what_it_says() -> None:
    source = "@cached\ndef outer(\n    a,\n):\n    '''Why.'''\n    def inner():\n        return a\n    return inner\n"
    assert [function.lines for function in functions_in("x", source)] == [8, 2]
