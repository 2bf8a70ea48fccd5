"""The second net: papers that act, hide or tell something arrive in the packet as plain pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.packet.packets import build, changed, order, paper, papers_case

FORBIDDEN = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMedia",
    "/OpenAction",
    "/AA",
    "/XFA",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/Filespec",
    "/AcroForm",
    "/URI",
    "/PieceInfo",
    "/AF",
    "/Widget",
}


def _act(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRET')"))
    launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
    page = pdf.pages[0].obj
    box = Array([50, 50, 200, 100])
    attached = pdf.make_stream(b"SECRET attachment", Type=Name.EmbeddedFile)
    named = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=attached))
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=box, FT=Name.Tx, T=String("field"), A=script)
    widget = pdf.make_indirect(widget)
    page.AA = Dictionary(O=script)
    page.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=launch),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=Dictionary(S=Name.URI, URI=String("http://x"))),
            widget,
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box, FS=named),
        ]
    )
    pdf.Root.OpenAction = script
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), XFA=String("SECRET"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AF = Array([named])
    pixel = pdf.make_stream(b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    pixel.ColorSpace = Name.DeviceGray
    pixel.Metadata = pdf.make_stream(b"<gps>SECRET place</gps>", Type=Name.Metadata, Subtype=Name.XML)
    pixel.PieceInfo = Dictionary(App=Dictionary(Private=String("SECRET")))
    pixel.AF = Array([named])
    page.Resources.XObject = Dictionary(Im0=pixel)


def names_and_data(pdf: Pdf) -> Iterator[Any]:
    """Every name, string and stream of every object in the file."""
    for held in pdf.objects:
        waiting = [held]
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Stream):
                yield value.read_raw_bytes()
                waiting.append(value.stream_dict)
            elif isinstance(value, pikepdf.Dictionary):
                for key in value.keys():  # noqa: SIM118
                    yield key
                    waiting += [] if getattr(value[key], "is_indirect", False) else [value[key]]
            elif isinstance(value, pikepdf.Array):
                waiting += [item for item in value if not getattr(item, "is_indirect", False)]
            else:
                yield str(value) if value is not None else ""


def test_scripts_actions_attachments_and_metadata_of_papers_are_not_in_the_packet(tmp_path: Path) -> None:
    papers = [changed(paper(tmp_path / name, pages=2), _act) for name in ("a.pdf", "b.pdf")]
    case, sources = papers_case(papers)
    made = build(order(case, sources), tmp_path)
    with pikepdf.open(made.path) as pdf:
        for item in names_and_data(pdf):
            if isinstance(item, bytes):
                assert b"SECRET" not in item
            else:
                assert item not in FORBIDDEN
                assert "SECRET" not in item
    assert made.exhibits[0].pages == 2


def test_notes_that_the_preparation_left_are_counted_and_told(tmp_path: Path) -> None:
    def note(pdf: Pdf) -> None:
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        seen = Dictionary(N=form)
        box = Array([9, 9, 99, 99])
        pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=box, AP=seen)])

    case, sources = papers_case([changed(paper(tmp_path / "note.pdf"), note)])
    made = build(order(case, sources), tmp_path)
    assert made.notices == ("Exhibit A: 1 note or form field not drawn.",)
