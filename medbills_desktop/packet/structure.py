"""The tree of tags of a packet as objects of the file: what was noted while pages were drawn, and a node for each page
of an exhibit.

The nodes of the front pages are written as text behind the front file, which the merge then carries on: a long itemized
bill has a hundred thousand of them, and as objects made one by one they would take longer than all else.
"""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from medbills_desktop.packet.front_matter import FrontMatter
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.navigation import one_line
from medbills_desktop.packet.page_geometry import inherited
from medbills_desktop.packet.plan import Part, Plan
from medbills_desktop.packet.stamping import Mark
from medbills_desktop.packet.tagging import Element

_LINKS = "/MedBillsLinks"
"""Where the front file keeps its links, still without place and target, on the way to the finished one."""
_OFTEN = 4000


def write_with_structure(front: FrontMatter, out: BinaryIO, go_on: Callable[[], None]) -> None:
    """Write the front file with its tree of tags, and an empty link for each that was drawn.

    `go_on` is called every few thousand nodes and may raise to stop.
    """
    _Writer(front, out, go_on).write()


class _Writer:
    """Adds objects to the end of a PDF, as a further revision of it; each is written as soon as it is known whole."""

    def __init__(self, front: FrontMatter, out: BinaryIO, go_on: Callable[[], None]) -> None:
        self._out, self._go_on = out, go_on
        self._pdf, self._tags = front.pdf, front.recorder.tags
        self._links = front.recorder.links
        with Pdf.open(io.BytesIO(front.pdf)) as read:
            self._pages = [b"%d %d R" % page.obj.objgen for page in read.pages]
            self._root, self._catalog = read.Root.objgen, bytes(read.Root.unparse(resolved=True))
            self._first = int(read.trailer.Size)
        self._places = array("Q", bytes(8 * len(self._links)))
        """Where each object stands in the file, from the first new one on."""
        self._link_owners: dict[int, int] = {}
        self._alike: dict[str, int] = {}

    def write(self) -> None:
        self._out.write(self._pdf)
        first_link = self._first
        document = self._element(self._tags.document, self._reserved(), tree := self._reserved())
        for place in range(len(self._links)):
            self._set(first_link + place, b"<</Type/Annot/Subtype/Link/StructParent %d>>" % self._link_key(place))
        parents, keys = self._added(b"<</Nums[%s]>>" % b" ".join(self._parents())), self._link_key(len(self._links))
        told = (document, parents, keys)
        self._set(tree, b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % told)
        links = b" ".join(b"%d 0 R" % (first_link + place) for place in range(len(self._links)))
        more = b"/StructTreeRoot %d 0 R%s[%s]>>" % (tree, _LINKS.encode(), links)
        self._finish(self._catalog.rstrip().removesuffix(b">>") + more)

    def _element(self, element: Element, number: int, parent: int) -> int:
        """Write a node and all below it."""
        if number % _OFTEN == 0:
            self._go_on()
        element.number = number
        page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), 0)
        kids = b" ".join([self._kid(kid, number, page) for kid in element.kids])
        if len(element.kids) != 1 or not isinstance(element.kids[0], tuple):
            kids = b"[%s]" % kids
        entries = b"/S %d 0 R/P %d 0 R/K %s" % (self._shared(f"/{element.role}"), parent, kids)
        if page:
            entries += b"/Pg %s" % self._pages[page - 1]
        if element.attributes:
            entries += b"/A %d 0 R" % self._shared(element.attributes)
        for key, text in ((b"T", element.title), (b"ActualText", element.spoken)):
            if text:
                entries += b"/%s%s" % (key, _text(text))
        self._set(number, b"<<%s>>" % entries)
        return number

    def _shared(self, content: str) -> int:
        """The object of what many nodes have alike: written into each it would take much memory in the merged file."""
        if content not in self._alike:
            self._alike[content] = self._added(content.encode())
        return self._alike[content]

    def _kid(self, kid: Any, number: int, page: int) -> bytes:
        if isinstance(kid, Element):
            return b"%d 0 R" % self._element(kid, self._reserved(), number)
        if isinstance(kid, int):
            self._link_owners[kid] = number
            on = self._pages[self._links[kid].page - 1]
            return b"<</Type/OBJR/Pg %s/Obj %d 0 R>>" % (on, self._first + kid)
        if kid[0] == page:
            return b"%d" % kid[1]
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (self._pages[kid[0] - 1], kid[1])

    def _parents(self) -> Iterator[bytes]:
        """For each page the nodes of its marks, then the node of each link, by the keys that both have."""
        for page in range(1, len(self._pages) + 1):
            nodes = b" ".join(b"%d 0 R" % element.number for element in self._tags.marked.get(page, ()))
            yield b"%d[%s]" % (page - 1, nodes)
        for place in range(len(self._links)):
            yield b"%d %d 0 R" % (self._link_key(place), self._link_owners[place])

    def _link_key(self, place: int) -> int:
        return len(self._pages) + place

    # Objects

    def _reserved(self) -> int:
        self._places.append(0)
        return self._first + len(self._places) - 1

    def _set(self, number: int, content: bytes) -> None:
        self._places[number - self._first] = self._out.tell()
        self._out.write(b"%d 0 obj%s endobj\n" % (number, content))

    def _added(self, content: bytes) -> int:
        number = self._reserved()
        self._set(number, content)
        return number

    def _finish(self, catalog: bytes) -> None:
        """The changed catalog, and a table of where the new objects stand, which names the table before."""
        before = int(self._pdf[self._pdf.rindex(b"startxref") :].split()[1])
        out, root, size = self._out, self._root[0], self._first + len(self._places)
        at = out.tell()
        out.write(b"%d 0 obj%s endobj\n" % (root, catalog))
        table = out.tell()
        out.write(b"xref\n%d 1\n%010d 00000 n \n%d %d\n" % (root, at, self._first, len(self._places)))
        out.writelines(b"%010d 00000 n \n" % place for place in self._places)
        out.write(b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, before, table))


def _text(text: str) -> bytes:
    if text.isascii() and text.isprintable():
        return b"(%s)" % re.sub(rb"([\\()])", rb"\\\1", text.encode())
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode()


class Structure:
    """The tree in the merged file, which `cleaning.py` would drop with the rest of the catalog."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._tree = pdf.Root.StructTreeRoot
        self._document = self._tree.K[0]
        self._key = int(self._tree.ParentTreeNextKey)
        self._nums = Array()
        self.links: list[Any] = list(pdf.Root[_LINKS])
        self._layouts: dict[tuple[float, ...], Any] = {}
        # what all pages of exhibits have alike is one object: made anew for each, it would take more than the rest
        self._paragraph, self._figure = Name.P, Name.Figure
        self._stamp_and_page, self._frames = Array([1, 0]), Array([2])

    def keep(self, plan: Plan) -> None:
        """Put the tree into the catalog, and into each front page where in the tree its marks are found."""
        root = self._pdf.Root
        root.StructTreeRoot = self._tree
        root.MarkInfo = Dictionary(Marked=True)
        for part in plan.parts:
            first = plan.firsts[part.key]
            for local in range(part.local_pages):
                page = self._pdf.pages[first + local - 1].obj
                page.StructParents = part.local_first + local - 1
                page.Tabs = Name.S
        self._drop_bare_links()
        last = self._tree.ParentTree
        if self._nums:
            front, papers = self._leaf(last.Nums), self._leaf(self._nums)
            self._tree.ParentTree = self._pdf.make_indirect(Dictionary(Kids=Array([front, papers])))
            self._tree.ParentTreeNextKey = self._key

    def _drop_bare_links(self) -> None:
        """Make plain words of links that lead nowhere, as those from one volume to another do."""
        nums, bare = self._tree.ParentTree.Nums, []
        links_from = 2 * (len(nums) // 2 - len(self.links))
        for place, link in enumerate(self.links):
            if "/Rect" not in link:
                bare.append(links_from + 2 * place)
                node = nums[bare[-1] + 1]
                node.S = Name.Span
                node.K = Array([kid for kid in node.K if not _is_reference_to(kid, link)])
        for at in reversed(bare):
            del nums[at : at + 2]

    def _leaf(self, nums: Any) -> Any:
        return self._pdf.make_indirect(Dictionary(Limits=Array([nums[0], nums[len(nums) - 2]]), Nums=nums))

    def add_exhibit_page(self, place: int, page: Any, told: str, is_picture: bool, framed: str) -> None:
        """A node for a stamped page, in the part at a place of the packet: its stamp, then what stands on it.

        A page without words is a figure, and `told` says what it is a copy of. Words of others are read in the order in
        which they were drawn, which is all that is known. `framed` names the lines that are framed on it.
        """
        section = self._document.K[place]
        more = {"Alt": String(told), "A": self._layout(page)} if is_picture else {}
        role = self._figure if is_picture else self._paragraph
        nodes = [self._node(section, page, S=role, K=self._stamp_and_page, **more)]
        parents = [nodes[0], nodes[0]]
        if framed:
            nodes.append(self._node(section, page, S=self._paragraph, K=self._frames, ActualText=String(framed)))
            parents.append(nodes[1])
        section.K.extend(nodes)
        page.StructParents = self._key
        self._nums.append(self._key)
        self._nums.append(Array(parents))
        self._key += 1

    def _layout(self, page: Any) -> Any:
        """That a picture fills a page of this size; written once for all of them."""
        box = tuple(map(float, page.MediaBox))
        if box not in self._layouts:
            layout = Dictionary(O=Name.Layout, BBox=page.MediaBox, Placement=Name.Block)
            self._layouts[box] = self._pdf.make_indirect(layout)
        return self._layouts[box]

    def _node(self, section: Any, page: Any, **entries: Any) -> Any:
        return self._pdf.make_indirect(Dictionary(P=section, Pg=page, **entries))


def _is_reference_to(kid: Any, link: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR and kid.Obj.objgen == link.objgen


def keep_parts(pdf: Pdf, plan: Plan, parts: Iterable[Part]) -> None:
    """Leave in the tree of a file that is cut from a whole one what stands in some parts of the plan."""
    tree = pdf.Root.StructTreeRoot
    document = tree.K[0]
    kept = {part.key for part in parts}
    document.K = Array([kid for part, kid in zip(plan.parts, document.K, strict=True) if part.key in kept])
    keys = {int(page.obj.StructParents) for page in pdf.pages}
    keys |= {int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", ())}
    leaves = tree.ParentTree.get("/Kids", [tree.ParentTree])
    pairs = [(leaf.Nums[i], leaf.Nums[i + 1]) for leaf in leaves for i in range(0, len(leaf.Nums), 2)]
    nums = [item for pair in pairs if int(pair[0]) in keys for item in pair]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(nums)))


def copy_in_words(exhibit: Exhibit, own: int) -> str:
    """What is said of a page of an exhibit that is a picture."""
    return f"Exhibit {exhibit.letter}, page {own} of {exhibit.pages}: a copy of {one_line(exhibit.title)}"


def framed_in_words(marks: Sequence[Mark]) -> str:
    """What is said of the frames on a page."""
    named = ", ".join(dict.fromkeys(mark.label for mark in marks))
    return f"Framed on this page: {'line' if len(marks) == 1 else 'lines'} {named}" if named else ""


def may_have_words(page: Any) -> bool:
    """Whether a page, or a drawing on it, has a font, without which there can be no words on it."""
    resources = inherited(page, "/Resources")
    found = [resources]
    drawings = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if isinstance(drawings, Dictionary):
        found += [drawing.get("/Resources") for drawing in drawings.values() if isinstance(drawing, pikepdf.Stream)]
    return any(isinstance(each, Dictionary) and bool(each.get("/Font")) for each in found)
