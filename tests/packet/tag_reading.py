"""Reads the tags of a packet back: the tree with pypdf, and with PDFium what is drawn under each mark."""

from __future__ import annotations

import ctypes
import dataclasses
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import ContentStream

from tests.packet.packets import reader

Mark = tuple[int, int]
"""A page, from 1, and the number of a mark on it."""

DRAWS = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI"}


@dataclasses.dataclass
class Node:
    """A node of the tree, its marks, the links that it holds, and its nodes, in order."""

    number: int
    role: str
    entries: Any
    kids: list[Node | Mark | int] = dataclasses.field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """This node and all below, as they are read."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def marks(self) -> Iterator[Mark]:
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.marks()
            elif isinstance(kid, tuple):
                yield kid

    def under(self, *roles: str) -> list[Node]:
        return [node for node in self.nodes() if node.role in roles]

    def direct(self, *roles: str) -> list[Node]:
        return [kid for kid in self.kids if isinstance(kid, Node) and kid.role in roles]

    def attribute(self, name: str) -> Any:
        entries = self.entries.get("/A")
        return None if entries is None else entries.get_object().get(name)


class Tagged:
    """A packet and its tags."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf = reader(path)
        self.numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.pdf.pages, 1)}  # type: ignore[union-attr]
        self.root: Any = self.pdf.trailer["/Root"]
        self.tree: Any = self.root["/StructTreeRoot"]
        kids = self.tree["/K"]
        assert len(kids) == 1
        self.document = self._node(kids[0], 0)

    def _node(self, reference: Any, page: int) -> Node:
        entries = reference.get_object()
        if "/Pg" in entries:
            page = self.numbers[entries.raw_get("/Pg").idnum]
        node = Node(reference.idnum, str(entries["/S"])[1:], entries)
        kids = entries.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            node.kids.append(self._kid(kid, page))
        return node

    def _kid(self, kid: Any, page: int) -> Node | Mark | int:
        if isinstance(kid, int):
            return page, int(kid)
        entries = kid.get_object()
        if entries.get("/Type") == "/MCR":
            return self.numbers[entries.raw_get("/Pg").idnum], int(entries["/MCID"])
        if entries.get("/Type") == "/OBJR":
            return int(entries.raw_get("/Obj").idnum)
        return self._node(kid, page)

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The tree from keys of pages and links to nodes, as it stands in the file."""
        leaves = [leaf.get_object() for leaf in self.tree["/ParentTree"].get("/Kids", [self.tree["/ParentTree"]])]
        found: dict[int, Any] = {}
        for leaf in leaves:
            nums = leaf["/Nums"]
            keys = [int(key) for key in nums[::2]]
            assert keys == sorted(set(keys))
            assert not found or min(keys) > max(found)
            assert [int(end) for end in leaf.get("/Limits", (keys[0], keys[-1]))] == [keys[0], keys[-1]]
            found.update({key: nums[2 * place + 1] for place, key in enumerate(keys)})
        return found

    def parents_of(self, page: int) -> list[int]:
        """The numbers of the nodes of a page's marks."""
        key = int(self.pdf.pages[page - 1]["/StructParents"])
        return [reference.idnum for reference in self.parents[key].get_object()]

    def annotations(self) -> Iterator[tuple[int, Any, Any]]:
        """Page, reference and entries of each annotation."""
        for number, page in enumerate(self.pdf.pages, 1):
            for reference in page.get("/Annots", []):
                yield number, reference, reference.get_object()

    @cached_property
    def texts(self) -> dict[Mark, str]:
        """What is written under each mark of the packet's own pages, as PDFium reads it; 0-th is none of a page."""
        found: dict[Mark, str] = {}
        pdf = pypdfium2.PdfDocument(self.path)
        for number in range(1, len(pdf) + 1):
            for mark, text in _written(pdf[number - 1]):
                found[number, mark] = found.get((number, mark), "") + text
        pdf.close()
        return found

    def text(self, node: Node) -> str:
        return "".join(self.texts.get(mark, "") for mark in node.marks())


def _written(page: Any) -> Iterator[tuple[int, str]]:
    """Mark (-1 for none) and words of each piece of text of a page, in the order in which they are drawn."""
    textpage = page.get_textpage()
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_TEXT:
            size = pdfium.FPDFTextObj_GetText(piece, textpage, None, 0)
            letters = (ctypes.c_ushort * (size // 2 + 1))()
            pdfium.FPDFTextObj_GetText(piece, textpage, letters, size)
            text = bytes(letters)[:size].decode("utf-16-le", "replace").rstrip("\0")
            yield pdfium.FPDFPageObj_GetMarkedContentID(piece), text


def stretches(pdf: pypdf.PdfReader, page: int) -> tuple[list[int], list[bytes]]:
    """The numbers of the marks in a page's own content, and the operators that draw outside of any mark."""
    marks: list[int] = []
    outside: list[bytes] = []
    depth = 0
    content = pdf.pages[page - 1]["/Contents"].get_object()
    for operands, operator in ContentStream(content, pdf).operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
            assert depth == 1, "marks inside each other"
            if operator == b"BDC" and "/MCID" in operands[1]:
                marks.append(int(operands[1]["/MCID"]))
        elif operator == b"EMC":
            depth -= 1
        elif operator in DRAWS and depth == 0:
            outside.append(operator)
    assert depth == 0
    return marks, outside


def smallest_print(pdf: pypdf.PdfReader, page: int) -> float:
    """The size of the smallest letters on a page of the packet's own, in points."""
    size, found = 0.0, []
    for operands, operator in ContentStream(pdf.pages[page - 1]["/Contents"].get_object(), pdf).operations:
        if operator == b"Tf":
            size = float(operands[1])
        elif operator in (b"Tj", b"TJ"):
            found.append(size)
    return min(found)
