"""Papers that hide a secret in every place from which people have got back what others thought was gone."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pypdf
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

SECRET = "7788123409"
"""An account number; its last four characters may stay."""

LEFT = SECRET[-4:]
GONE = SECRET[:-4]
KEPT_LINE = "Service 06/02/2024 code A4565 amount 164.50"

Attack = Callable[[Path], None]


def _page(path: Path, draw: Callable[[Canvas], None] | None = None, size: tuple[float, float] = (612, 792)) -> None:
    canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=0)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, f"Account {SECRET} of Pat")
    canvas.drawString(72, 686, KEPT_LINE)
    if draw is not None:
        draw(canvas)
    canvas.showPage()
    canvas.save()


def _changed(change: Callable[[pikepdf.Pdf], None], **save: object) -> Attack:
    def make(path: Path) -> None:
        _page(path)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path, **save)

    return make


def _drawn(draw: Callable[[Canvas], None]) -> Attack:
    def make(path: Path) -> None:
        _page(path, draw)

    return make


def plain(path: Path) -> None:
    _page(path)


def earlier_revision(path: Path) -> None:
    """The number painted over in a second revision of the file: the first is its beginning."""
    _page(path)
    document = pymupdf.open(path)
    document[0].draw_rect(pymupdf.Rect(60, 80, 400, 98), color=None, fill=(0, 0, 0))
    document.saveIncr()


def box_over_text(path: Path) -> None:
    _page(path, lambda canvas: canvas.rect(60, 695, 300, 18, fill=1))


def annotations(path: Path) -> None:
    _page(path)
    document = pymupdf.open(path)
    page = document[0]
    page.add_freetext_annot(pymupdf.Rect(72, 300, 400, 330), f"note {SECRET}")
    page.add_text_annot(pymupdf.Point(72, 400), f"sticky {SECRET}")
    page.add_highlight_annot(pymupdf.Rect(72, 80, 300, 100)).set_info(content=SECRET, title=SECRET)
    page.add_redact_annot(pymupdf.Rect(72, 82, 300, 96), text=SECRET)
    document.embfile_add("paper.txt", SECRET.encode(), filename=f"{SECRET}.txt", desc=SECRET)
    document.set_metadata({"title": SECRET, "author": SECRET, "keywords": SECRET})
    document.set_toc([[1, f"bookmark {SECRET}", 1]])
    document.saveIncr()


def form_field(path: Path) -> None:
    _page(path)
    document = pymupdf.open(path)
    widget = pymupdf.Widget()
    widget.field_name, widget.field_value = f"account{SECRET}", f"No. {SECRET}"
    widget.field_type, widget.rect = pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.Rect(72, 300, 300, 320)
    document[0].add_widget(widget)
    document.saveIncr()


def _xmp(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    for holder in (pdf.Root, pdf.pages[0].obj):
        holder.Metadata = pdf.make_indirect(stream)
        holder.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=pikepdf.String(SECRET)))
    pdf.pages[0].obj.Thumb = pdf.make_stream(SECRET.encode())
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[SECRET, pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SECRET)])
    )
    pdf.pages[0].obj[pikepdf.Name(f"/Own{SECRET}")] = pikepdf.String(SECRET)


def _actual_text(pdf: pikepdf.Pdf) -> None:
    text = f"/Span << /ActualText ({SECRET}) /Alt ({SECRET}) >> BDC BT /F1 11 Tf 72 600 Td (shown) Tj ET EMC"
    pdf.pages[0].contents_add(text.encode())


def _pieces(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BT /F1 11 Tf 72 600 Td [(77) -40 (88) 10 (12) (34) -5 (09)] TJ ET")


def _hidden(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(
        f"BT 3 Tr /F1 11 Tf 72 600 Td ({SECRET}) Tj ET BT 0 Tr 1 1 1 rg 72 560 Td ({SECRET}) Tj ET".encode()
    )


def _beside_the_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(f"BT /F1 11 Tf 72 40 Td (Acc {SECRET} end) Tj 0 -200 Td ({SECRET}) Tj ET".encode())
    pdf.pages[0].obj.CropBox = pikepdf.Array([0, 120, 612, 792])


def _turned(turn: int) -> Attack:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.CropBox = pikepdf.Array([20, 30, 600, 780])

    return _changed(change)


def _user_unit(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


def _form_in_form(pdf: pikepdf.Pdf) -> None:
    fonts = pdf.pages[0].obj.Resources
    inner = pikepdf.Stream(pdf, f"BT /F1 11 Tf 0 0 Td ({SECRET}) Tj ET".encode())
    outer = pikepdf.Stream(pdf, b"q 1 0 0 1 10 10 cm /I Do Q")
    for stream, more in ((inner, fonts), (outer, pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=inner)))):
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox, stream.Resources = pikepdf.Array([-500, -500, 600, 600]), more
    fonts.XObject = pikepdf.Dictionary(O=pdf.make_indirect(outer))
    pdf.pages[0].contents_add(b"q 1 0 0 1 72 500 cm /O Do Q")


def _off_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=f"layer {SECRET}"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
    pdf.pages[0].contents_add(f"/OC /L BDC BT /F1 11 Tf 72 600 Td ({SECRET}) Tj ET EMC".encode())


def letters_anywhere(canvas: Canvas) -> None:
    """Each digit placed by itself, in another order than it is read."""
    places = list(enumerate(SECRET))
    random.Random(7).shuffle(places)
    for place, char in places:
        canvas.drawString(72 + place * 7, 600, char)


def broken_lines(canvas: Canvas) -> None:
    canvas.drawString(72, 600, f"Account: {SECRET[:5]}-")
    canvas.drawString(72, 588, SECRET[5:])
    canvas.drawString(300, 600, "Other column")


def outlines(canvas: Canvas) -> None:
    """Drawn over the number: lines that touch it and must neither vanish nor hide it."""
    canvas.line(60, 698, 560, 698)
    canvas.rect(60, 680, 480, 40)


def slanted(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(300, 400)
    canvas.rotate(37)
    canvas.drawString(0, 0, f"No. {SECRET}")
    canvas.rotate(53)
    canvas.drawString(0, 60, f"No. {SECRET}")
    canvas.restoreState()


def scan(mode: str = "RGB", text: str = f"Account {SECRET}", size: tuple[int, int] = (1240, 1604)) -> Image.Image:
    image = Image.effect_noise(size, 10).point(lambda value: 255 - abs(value - 128) // 3).convert("RGB")
    font = ImageFont.load_default(36)
    ImageDraw.Draw(image).text((150, 200), text, "black", font)
    ImageDraw.Draw(image).text((150, 300), KEPT_LINE, "black", font)
    return image.convert(mode)


def scan_with_words(path: Path) -> None:
    """A scan as JPEG with a comment, and words laid invisibly over it."""
    packed = io.BytesIO()
    scan().save(packed, "JPEG", quality=70, comment=SECRET.encode())
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    canvas.drawImage(ImageReader(packed), 0, 0, 612, 792)
    text = canvas.beginText(74, 792 - 115)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 17)
    printed = ImageFont.load_default(36).getlength(f"Account {SECRET}") * 612 / 1240
    text.setHorizScale(100 * printed / stringWidth(f"Account {SECRET}", "Helvetica", 17))
    text.textOut(f"Account {SECRET}")
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()


def picture_over_text(path: Path) -> None:
    cover = io.BytesIO()
    Image.new("RGB", (300, 30), "white").save(cover, "PNG")
    _page(path, lambda canvas: canvas.drawImage(ImageReader(cover), 60, 690, 300, 24))


def _inline_picture(pdf: pikepdf.Pdf) -> None:
    rows = scan("L", size=(200, 250)).tobytes().hex().encode()
    pdf.pages[0].contents_add(
        b"q 300 0 0 375 60 330 cm BI /W 200 /H 250 /CS /G /BPC 8 /F /AHx ID " + rows + b"> EI Q", prepend=True
    )


ATTACKS: dict[str, Attack] = {
    "plain": plain,
    "earlier revision": earlier_revision,
    "box over text": box_over_text,
    "annotations, attachment, bookmark, title": annotations,
    "form field": form_field,
    "XMP, private data, thumbnail, script, own key": _changed(_xmp),
    "object streams": _changed(_xmp, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "ActualText": _changed(_actual_text),
    "pieces of a string": _changed(_pieces),
    "hidden and white text": _changed(_hidden),
    "beside the page": _changed(_beside_the_page),
    "turned 90": _turned(90),
    "turned 180": _turned(180),
    "turned 270": _turned(270),
    "UserUnit": _changed(_user_unit),
    "form in a form": _changed(_form_in_form),
    "layer that is off": _changed(_off_layer),
    "letters anywhere": _drawn(letters_anywhere),
    "broken over lines": _drawn(broken_lines),
    "touching lines": _drawn(outlines),
    "slanted": _drawn(slanted),
    "scan with words": scan_with_words,
    "picture over text": picture_over_text,
    "inline picture": _changed(_inline_picture),
    "encrypted": _changed(
        lambda pdf: None, encryption=pikepdf.Encryption(owner="x", user="", allow=pikepdf.Permissions(extract=False))
    ),
}


def everything_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Whatever can be got out of a file: its bytes, its streams, its strings, its text by three libraries."""
    yield "bytes", path.read_bytes()
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            yield "object", repr(thing).encode()
            if isinstance(thing, pikepdf.Stream):
                yield "raw stream", thing.read_raw_bytes()
                try:
                    yield "stream", thing.read_bytes()
                except pikepdf.PdfError:
                    continue
        yield "trailer", repr(pdf.trailer).encode()
    for page in pypdf.PdfReader(path).pages:
        yield "text by pypdf", page.extract_text().encode("utf-8", "replace")
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield "text by PDFium", page.get_textpage().get_text_range().encode("utf-8", "replace")
    document.close()
    other = pymupdf.open(path)
    for page in other:
        for flags in (0, pymupdf.TEXT_IGNORE_ACTUALTEXT):
            yield "text by MuPDF", page.get_text("text", flags=flags).encode("utf-8", "replace")
    yield "names", repr((other.metadata, other.get_toc(), other.embfile_names())).encode()
    other.close()


def recovered(path: Path, secret: str = GONE) -> list[str]:
    """From where a secret, or its digits alone, can be got back."""
    found = []
    for where, data in everything_in(path):
        digits = bytes(byte for byte in data if byte in b"0123456789") if where.startswith("text") else data
        forms = (secret.encode(), secret.encode("utf-16-be"), secret.encode().hex().encode())
        if any(form in data or form in digits for form in forms):
            found.append(where)
    return found
