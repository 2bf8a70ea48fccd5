"""A paper is what its bytes say, whatever it is called."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from medbills_desktop.papers.reasons import PaperRefusedError, Why
from medbills_desktop.papers.sniffing import Kind, kind_of, kind_of_file
from tests.papers.specimens import HEIC


def saved(form: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", Kind.PDF),
        (b"From: printer\r\n" * 40 + b"%PDF-1.7", Kind.PDF),
        (saved("JPEG"), Kind.JPEG),
        (saved("PNG"), Kind.PNG),
        (saved("TIFF"), Kind.TIFF),
        (saved("TIFF", big_tiff=True), Kind.TIFF),
        (saved("GIF"), Kind.GIF),
        (saved("WEBP"), Kind.WEBP),
        (HEIC, Kind.HEIC),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.EMPTY),
        (b"<!DOCTYPE html><html>", Why.NOT_A_PDF),
        (b"\xef\xbb\xbf \r\n<HTML lang=en>", Why.NOT_A_PDF),
        ("\ufeff<html>".encode("utf-16-le"), Why.NOT_A_PDF),
        (b"PK\x03\x04", Why.UNKNOWN_KIND),
        (b"hello", Why.UNKNOWN_KIND),
        (b"x" * 1100 + b"%PDF-1.4", Why.UNKNOWN_KIND),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", Why.UNKNOWN_KIND),
    ],
)
def test_what_can_not_be_a_paper_is_refused_with_its_reason(data: bytes, why: Why) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        kind_of(data)
    assert refusal.value.reason.code is why
    assert refusal.value.reason.sentence.endswith(".")
    assert refusal.value.reason.what_to_do.endswith(".")


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        kind_of_file(tmp_path / "gone.pdf")
    assert refusal.value.reason.code is Why.MISSING


def test_a_picture_named_pdf_is_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "bill.pdf"
    file.write_bytes(saved("PNG"))
    assert kind_of_file(file) is Kind.PNG
