"""Where a picture was taken, and by what, leaves with no picture of any form, also not with one inside a PDF."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageChops, PngImagePlugin

from medbills_desktop.papers.camera_data import plain_jpx
from tests.packet.packets import build, order, papers_case
from tests.packet.test_active_content import names_and_data
from tests.papers.specimens import colours_at_corners, corners, oriented_jpeg
from tests.papers.test_exhibit_pictures import prepared

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="48,8N">SECRETPLACE</rdf></x:xmpmeta>'
TOLD = (b"SECRET", b"Exif\0", b"GPSLatitude", b"Photoshop 3.0")
SIZE = (90, 60)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "SECRETMAKER", "SECRETMODEL"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 14.0), 29: "SECRETPLACE"})
    return exif


def _jpeg(**more: Any) -> bytes:
    file = io.BytesIO()
    corners(*SIZE).save(file, "JPEG", quality=95, exif=_exif(), comment=b"SECRETCOMMENT", **more)
    data = file.getvalue()

    def segment(code: int, body: bytes) -> bytes:
        return bytes((0xFF, code)) + (len(body) + 2).to_bytes(2, "big") + body

    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    return data[:2] + xmp + segment(0xED, b"Photoshop 3.0\x008BIM SECRETCITY") + data[2:] + b"SECRETSECOND"


def _cut_short() -> bytes:
    """A picture whose end never came, so that it can't be told apart where it stands."""
    data = _jpeg(progressive=True)
    return data[: data.rindex(b"\xff\xd9") - 2]


def _jpx() -> bytes:
    file = io.BytesIO()
    corners(*SIZE).save(file, "JPEG2000", irreversible=False)
    uid = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
    box = (24 + len(XMP)).to_bytes(4, "big") + b"uuid" + uid + XMP
    data = file.getvalue()
    at = data.index(b"jp2c") - 4
    return data[:at] + box + data[at:]


def _png(path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add_text("Comment", "SECRETCOMMENT", zip=False)
    corners(*SIZE).save(path, exif=_exif(), pnginfo=info)


FILES: dict[str, Callable[[Path], object]] = {
    "photo.jpg": lambda path: path.write_bytes(_jpeg()),
    "turned.jpg": lambda path: oriented_jpeg(path, 6),
    "cut.jpg": lambda path: path.write_bytes(_jpeg(progressive=True)[:-60]),
    "scan.png": _png,
    "scan.tiff": lambda path: corners(*SIZE).save(path, exif=_exif(), description="SECRETTEXT", xmp=XMP),
    "scan.webp": lambda path: corners(*SIZE).save(path, exif=_exif(), xmp=XMP, lossless=True),
    "lossy.webp": lambda path: corners(*SIZE).save(path, exif=_exif(), xmp=XMP),
    "scan.gif": lambda path: corners(*SIZE).save(path, comment=b"SECRETCOMMENT"),
}


def _pdf(path: Path, data: bytes, packing: Any) -> Path:
    """A PDF with one picture, which has metadata and private data of its own as well."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200))
        image = pikepdf.Stream(pdf, data)
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, packing
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = *SIZE, 8, Name.DeviceRGB
        image.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
        image.PieceInfo = Dictionary(App=Dictionary(Private=String("SECRETAPP"), LastModified=String("D:2025")))
        page.obj.Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(image)))
        page.contents_add(b"q 300 0 0 200 0 0 cm /I Do Q")
        page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String("SECRETAPP")))
        pdf.Root.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
        pdf.save(path)
    return path


PDFS: dict[str, Callable[[Path], object]] = {
    "jpeg.pdf": lambda path: _pdf(path, _jpeg(), Name.DCTDecode),
    "listed.pdf": lambda path: _pdf(path, _jpeg(), Array([Name.DCTDecode])),
    "wrapped.pdf": lambda path: _pdf(path, zlib.compress(_jpeg()), Array([Name.FlateDecode, Name.DCTDecode])),
    "unusual.pdf": lambda path: _pdf(path, _cut_short(), Name.DCTDecode),
    "jpx.pdf": lambda path: _pdf(path, _jpx(), Name.JPXDecode),
}


def _decoded(path: Path) -> bytes:
    found = [path.read_bytes()]
    with pikepdf.open(path) as pdf:
        for item in names_and_data(pdf):
            found.append(item if isinstance(item, bytes) else str(item).encode("utf-8", "replace"))
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                try:
                    found.append(each.read_bytes())
                except pikepdf.PdfError:
                    found.append(each.read_raw_bytes())
    return b"\n".join(found)


def _left(path: Path) -> list[bytes]:
    data = _decoded(path)
    return [each for each in TOLD if each in data]


def test_no_picture_of_a_packet_tells_where_it_was_taken(tmp_path: Path) -> None:
    files = []
    for name, write in {**FILES, **PDFS}.items():
        write(tmp_path / name)
        is_pdf = name.endswith("pdf")
        told = _decoded(tmp_path / name) if is_pdf else (tmp_path / name).read_bytes()
        assert b"SECRET" in told, name
        made = prepared(tmp_path / name)
        assert is_pdf or (name, _left(made.path)) == (name, [])
        files.append(made.path)
    case, sources = papers_case(files)
    made_packet = build(order(case, sources), tmp_path)
    assert all(exhibit.shown for exhibit in made_packet.exhibits)
    assert _left(made_packet.path) == []


@pytest.mark.parametrize("name", PDFS)
def test_the_picture_itself_stays_as_it_was(name: str, tmp_path: Path) -> None:
    PDFS[name](tmp_path / name)
    made = prepared(tmp_path / name)
    assert not made.is_original
    pictures = []
    for path in (tmp_path / name, made.path):
        with pypdfium2.PdfDocument(path) as pdf:
            pictures.append(pdf[0].render(scale=1).to_pil().convert("RGB"))
    assert ImageChops.difference(*pictures).getbbox() is None
    assert colours_at_corners(pictures[0]) == (True, True)


def test_a_pdf_whose_pictures_tell_nothing_is_passed_through(tmp_path: Path) -> None:
    file = io.BytesIO()
    corners(*SIZE).save(file, "JPEG", quality=95, progressive=True)
    path = _pdf(tmp_path / "plain.pdf", file.getvalue(), Name.DCTDecode)
    assert prepared(path).is_original


def test_boxes_that_can_not_be_true_do_not_lose_the_picture() -> None:
    whole = _jpx()
    assert plain_jpx(whole[:-9]) != b""
    assert plain_jpx(b"no boxes") == b"no boxes"
    assert b"SECRET" not in plain_jpx(whole)
    assert whole.replace(XMP, b"")[-40:] == plain_jpx(whole)[-40:]
