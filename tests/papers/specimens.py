"""Papers made for the tests: pictures that tell which way is up, and PDFs with one oddity each."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.papers.protocol import PageDrawn

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)

HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004fZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=IV*mgE07O6l0"
    "RRC200001p#T8@00000005u>001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002}X>f9I0002pX>en20001XXm"
    "(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=ZZRVE_RDDnbDP18@KU0|1Z!00RI30{|YNAb|yz>g1-mxCm"
    "%4AOHXZ10VnZ0{|gn00967L;=Bbz=;3=025<xY;ta6Y<K_x01W^JfB*mh6lrsCWdHyG00000KmY&$KmY&$C}V74Z~y=RKmY&$0RR91FaQ7m0RR9"
    "1000000{{R2@Bjb+0ssI25O8UDX#fBK00RgJ2mk;87-?{AVE_OC000000RRC7fdT^sga7~lsBL6nbN~PVoG1aW3E<;Mn)P4*uy_Cdo4!NmgX0^"
    "%D}1kCcT2zjfQmxnc>AaTa-Eh^b(&OFKy45Q=$7+0vTlm^VW#t@D$21x7EX`l1z+~BOP#Ik^>6*EU7j!grkm$~<99Dm!=WjBM>NMMzi*i=d)vG)"
    "r7lZ?sh#gh4yu#bxnlm&`mCs7SQKGH0Fxx>g*v)yzh+=<-Bf;gu6~^azy"
)
"""64 x 48 pixels: red top left, blue bottom right, white between."""


def corners(width: int = 64, height: int = 48) -> Image.Image:
    """White, a red block top left, a blue one bottom right, each a third of a side."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 3, height // 3), fill="red")
    draw.rectangle((width - width // 3, height - height // 3, width, height), fill="blue")
    return image


def stored_as(shown: Image.Image, orientation: int) -> Image.Image:
    """What a camera stores, so that `orientation` turns it back into `shown` (the Exif standard, by hand)."""
    undo = {
        1: lambda image: image,
        2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda image: image.rotate(180, expand=True),
        4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
        6: lambda image: image.rotate(90, expand=True),
        7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
        8: lambda image: image.rotate(-90, expand=True),
    }
    return undo[orientation](shown)


def oriented_jpeg(path: Path, orientation: int, image: Image.Image | None = None) -> Path:
    """A photograph with camera data, a place on earth, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETCAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 14.0), 29: "SECRETPLACE"})
    shown = image or corners(90, 60)
    stored_as(shown, orientation).save(path, "JPEG", quality=95, exif=exif, comment=b"SECRETCOMMENT")
    return path


def picture_of(drawn: PageDrawn) -> Image.Image:
    """The pixels of an answer as a Pillow picture, whatever their order."""
    size = (drawn.width, drawn.height)
    if drawn.pixel_format.value == "rgb":
        return Image.frombytes("RGB", size, drawn.pixels, "raw", "RGB", drawn.stride)
    return Image.frombytes("RGBA", size, drawn.pixels, "raw", "BGRA", drawn.stride).convert("RGB")


def average_difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures at 24 x 24, in steps of grey: layout, not letter edges."""
    small = [image.convert("L").resize((24, 24), Image.Resampling.BOX).tobytes() for image in (one, other)]
    return sum(abs(a - b) for a, b in zip(*small, strict=True)) / len(small[0])


def picture_in(path: Path, page: int = 1) -> tuple[str, int, int, bytes]:
    """Filter, width, bits and raw bytes of the only picture on a page."""
    with pikepdf.open(path) as pdf:
        (picture,) = pdf.pages[page - 1].obj.Resources.XObject.values()
        return str(picture.Filter), int(picture.Width), int(picture.BitsPerComponent), picture.read_raw_bytes()


def near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel has about the wanted colour, as JPEG leaves it."""
    return all(abs(one - other) < 60 for one, other in zip(colour, wanted, strict=True))


def colours_at_corners(image: Image.Image) -> tuple[bool, bool]:
    """(red at the top left, blue at the bottom right), white at the other two."""
    right, bottom = image.width - 3, image.height - 3
    others = near(image.getpixel((right, 2)), WHITE) and near(image.getpixel((2, bottom)), WHITE)
    return near(image.getpixel((2, 2)), RED) and others, near(image.getpixel((right, bottom)), BLUE) and others


def drawn_pdf(
    path: Path, draw: Callable[[Canvas], None], pages: int = 1, size: tuple[float, float] = (612, 792)
) -> Path:
    """A PDF whose every page is drawn by `draw`."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def marked_page(canvas: Canvas) -> None:
    """A red block in the top left corner of a Letter page, a blue one bottom right, one line of text."""
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 692, 100, 100, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 1)
    canvas.rect(512, 0, 100, 100, fill=1, stroke=0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 600, "Amount due $1,204.12 for Muñoz")


def changed(source: Path, target: Path, change: Callable[[pikepdf.Pdf], None], **save: object) -> Path:
    """A copy of a PDF with something done to it."""
    with pikepdf.open(source) as pdf:
        change(pdf)
        pdf.save(target, **save)
    return target


def plain_pdf(objects: list[bytes]) -> bytes:
    """A PDF of the objects given, numbered from 1; the first is the catalog. For shapes no library would write."""
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return file.getvalue()


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object's body."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def endless_pdf() -> bytes:
    """Thirty forms, each drawing the next three times: 3 to the power of 30 drawings."""
    depth = 30
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        stream(b"", b"/F Do"),
    ]
    for number in range(5, 5 + depth):
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
        if number < 4 + depth:
            resources = b" /Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
            objects.append(stream(entries + resources, b"/F Do /F Do /F Do"))
        else:
            objects.append(stream(entries, b"0 0 10 10 re f"))
    return plain_pdf(objects)
