"""Writes a PDF in which each page is one picture: a dozen lines of format, no library, the same bytes every
time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from medbills_desktop.papers import hidden_text
from medbills_desktop.papers.protocol import PageSize

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class StoredPicture:
    """A picture as a PDF holds it. `colours` is DeviceGray, DeviceRGB or DeviceCMYK, `bits` per colour value.

    `predicted` says that the data are rows as PNG filters them (Flate only); `inverted` that 0 means most
    ink.
    """

    width: int
    height: int
    colours: str
    bits: int
    filter: str
    data: bytes
    predicted: bool = False
    inverted: bool = False

    @property
    def channels(self) -> int:
        return {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}[self.colours]

    def dictionary(self) -> str:
        """The entries of its PDF dictionary but for the length."""
        entries = (
            f"/Type /XObject /Subtype /Image /Width {self.width} /Height {self.height} "
            f"/ColorSpace /{self.colours} /BitsPerComponent {self.bits} /Filter /{self.filter}"
        )
        if self.predicted:
            shape = f"/Colors {self.channels} /BitsPerComponent {self.bits} /Columns {self.width}"
            entries += f" /DecodeParms << /Predictor 15 {shape} >>"
        if self.filter == "CCITTFaxDecode":
            entries += f" /DecodeParms << /K -1 /Columns {self.width} /Rows {self.height} >>"
        if self.inverted:
            entries += f" /Decode [{' '.join(['1 0'] * self.channels)}]"
        return entries


class PicturePdf:
    """A PDF being written to `path`: aside first, synced and renamed at the end of the `with` block.

    When the block fails, nothing is left at `path`. Raises OSError as the disk does.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._aside = path.with_name(path.name + ".part")
        self._offsets: list[int] = [0, 0]  # of objects 1 (catalog) and 2 (page tree), written last
        self._pages: list[int] = []
        self._font: int | None = None

    def __enter__(self) -> PicturePdf:
        self._file: BinaryIO = self._aside.open("wb")
        self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()
        if kind is None:
            self._aside.replace(self._path)
        else:
            self._aside.unlink(missing_ok=True)

    def add(
        self, size: PageSize, picture: StoredPicture | None, place: Matrix | None = None, text: bytes = b""
    ) -> None:
        """A page of `size` points, filled by the picture through `place` (default: upright), or left white.

        `text` are drawing commands from hidden_text.
        """
        resources, drawing = "", b""
        if picture is not None:
            number = self._stream(picture.dictionary(), picture.data)
            resources = f"/XObject << /P {number} 0 R >>"
            matrix = place or (size.width, 0, 0, size.height, 0, 0)
            drawing = f"q {' '.join(_number(each) for each in matrix)} cm /P Do Q\n".encode("ascii")
        if text:
            self._font = self._font or self._object(hidden_text.FONT)
            resources += f" /Font << /T {self._font} 0 R >>"
        contents = self._stream("", drawing + text)
        box = f"[0 0 {_number(size.width)} {_number(size.height)}]"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources << {resources} >> /Contents {contents} 0 R >>"
        self._pages.append(self._object(page))

    def _stream(self, entries: str, data: bytes) -> int:
        start = f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii")
        return self._object_bytes(start + data + b"\nendstream")

    def _object(self, body: str, number: int | None = None) -> int:
        return self._object_bytes(body.encode("ascii"), number)

    def _object_bytes(self, body: bytes, number: int | None = None) -> int:
        if number is None:
            self._offsets.append(0)
            number = len(self._offsets)
        self._offsets[number - 1] = self._file.tell()
        self._file.write(b"%d 0 obj\n" % number)
        self._file.write(body)
        self._file.write(b"\nendobj\n")
        return number

    def _finish(self) -> None:
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._object(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>", 2)
        self._object("<< /Type /Catalog /Pages 2 0 R >>", 1)
        start = self._file.tell()
        count = len(self._offsets) + 1
        rows = "".join(f"{offset:010d} 00000 n \n" for offset in self._offsets)
        table = f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
        self._file.write(f"{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
