"""Links, outline, page labels and names of the finished file: how a reader finds the way in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from medbills_desktop.packet.front_matter import FrontMatter
from medbills_desktop.packet.page_geometry import page_frame
from medbills_desktop.packet.plan import SLIP, Plan, Volume, parts_in
from medbills_desktop.packet.stamping import packed_stream
from medbills_desktop.packet.typesetting import cleaned

_LONGEST_TITLE = 180
_PRODUCER = "MedBills"
_CODES = re.compile(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,6})>")


Point = tuple[float, float]

Marks = Mapping[str, Point]
"""Where the regions that links name stand on their stamped pages, in the pages' own coordinates."""


def destination(pages: Sequence[Any] | Mapping[int, Any], page: int, at: Point | None = None) -> Any:
    """The upper left corner of a page (counted from 1), or a place on it; the reader's zoom is kept.

    `pages` has each page at its place from 0.
    """
    target = pages[page - 1]
    frame = page_frame(target)
    x, y = at or frame.own(0, frame.height)
    return Array([target, Name.XYZ, round(x, 3), round(y, 3), None])


def target_page(plan: Plan, front: FrontMatter, target: str, marks: Marks) -> tuple[int, Point | None]:
    """Packet page and place on it for the name of a place; raises `KeyError` for a name that nothing bears."""
    if target in front.recorder.anchors:
        local, top = front.recorder.anchors[target]
        return plan.packet_page(local), (0.0, top)
    if target.startswith(SLIP) and target.count(":") >= 2:
        place, page = target.removeprefix(SLIP).split(":")[:2]
        found = plan.exhibit_page(int(place), int(page))
        if found is None:
            raise KeyError(target)
        return found, marks.get(target)
    return plan.firsts[target], None


def add_links(pages: Sequence[Any], front: FrontMatter, marks: Marks, waiting: Sequence[Any]) -> None:
    """Make every recorded rectangle a link. Links have no border: their text is underlined or they are whole rows.

    `pages` are those of the packet, `waiting` the links of the front file in the order of the recorded ones, still
    without all this.
    """
    plan = front.plan
    by_page: dict[int, list[Any]] = {}
    none = Array([0, 0, 0])
    for link, annotation in zip(front.recorder.links, waiting, strict=True):
        page, at = target_page(plan, front, link.target, marks)
        if plan.volume_of(page) != plan.volume_of(plan.packet_page(link.page)):
            continue  # it names the volume, and a file can't be relied on to lie where another one leads
        annotation.Rect = Array([round(side, 2) for side in link.rectangle])
        annotation.Border = none
        annotation.F = 4
        annotation.Dest = destination(pages, page, at)
        annotation.Contents = String(_where_it_leads(plan, page))
        by_page.setdefault(plan.packet_page(link.page), []).append(annotation)
    for number, links in by_page.items():
        pages[number - 1].Annots = Array(links)


def _where_it_leads(plan: Plan, page: int) -> str:
    """What is said of a link by a reader that does not show it: the part of the packet, and the page."""
    return f"{one_line(plan.parts[plan.part_at(page)].title)}, page {page}"


def one_line(title: str) -> str:
    """A title as it stands in outlines and tags: one line that is not endless."""
    shown = cleaned(title).replace("\n", " ")
    return shown if len(shown) <= _LONGEST_TITLE else f"{shown[:_LONGEST_TITLE]}…"


def add_outline(pdf: Pdf, plan: Plan, volume: Volume) -> None:
    """One entry for each section and exhibit of a volume, in packet order, with its page number."""
    firsts = {plan.firsts[part.key] - volume.first for part in parts_in(plan, volume)}
    pages = {place: page.obj for place, page in enumerate(pdf.pages) if place in firsts}
    with pdf.open_outline() as outline:
        outline.root.clear()
        for part in parts_in(plan, volume):
            page = plan.firsts[part.key]
            title = f"{one_line(part.title)} (p. {page})"
            outline.root.append(OutlineItem(title, destination(pages, page - volume.first + 1)))


def add_names(pdf: Pdf, title: str, packet_id: str, volume: Volume) -> None:
    """Title, producer and packet id, and nothing else; page labels equal the printed numbers."""
    root = pdf.Root
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=volume.first)]))
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Lang = String("en-US")
    shown = cleaned(title).replace("\n", " ")
    info = Dictionary(Title=String(shown), Producer=String(_PRODUCER), MedBillsPacket=String(packet_id))
    pdf.trailer.Info = pdf.make_indirect(info)
    last = bytearray.fromhex(packet_id[32:])
    last[-1] = (last[-1] + volume.number - 1) % 256  # the files of a packet are told apart by the second half
    pdf.trailer.ID = Array([String(bytes.fromhex(packet_id[:32])), String(bytes(last))])
    stream = pikepdf.Stream(pdf, _xmp(shown, packet_id).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    root.Metadata = pdf.make_indirect(stream)


def _xmp(title: str, packet_id: str) -> str:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer><xmpMM:DocumentID>{packet_id}</xmpMM:DocumentID>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )


def mend_text_layer(pdf: Pdf, fonts: Any) -> None:
    """Rewrite what characters the front pages' fonts stand for, so that text is found as it was typed.

    Joined forms of Arabic letters become the letters themselves (but lam with alef stays one character, since readers
    that turn lines around would exchange its two letters), and characters beyond U+FFFF are written as PDF wants them.
    """
    for name in sorted(fonts.keys()):
        codes = fonts[name].get("/ToUnicode")
        if codes is None:
            continue
        data = _CODES.sub(_mended, codes.read_bytes())
        fonts[name].ToUnicode = packed_stream(pdf, data)


def _mended(found: re.Match[bytes]) -> bytes:
    char = chr(int(found[2], 16))
    if unicodedata.decomposition(char).startswith(("<isolated>", "<initial>", "<medial>", "<final>")):
        letters = unicodedata.normalize("NFKC", char)
        char = letters if len(letters) == 1 else char
    return b"<%s> <%s>" % (found[1], char.encode("utf-16-be").hex().upper().encode())
