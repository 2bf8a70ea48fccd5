"""Names for mail programs: what can be said in plain letters stays, and there is always a name."""

from __future__ import annotations

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.plain_names import as_attached, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Packet.pdf", "Packet.pdf"),
        ("Reclamación médica.pdf", "Reclamacion medica.pdf"),
        ("Đơn khiếu nại.pdf", "Don khieu nai.pdf"),
        ("账单.pdf", "Packet.pdf"),
        ("Packet – Müller & Co.pdf", "Packet Muller Co.pdf"),
        ("...pdf", "Packet.pdf"),
        ("Straße", "Strasse"),
    ],
)
def test_names(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text(max_size=60))
def test_any_text_becomes_a_name_that_stays_as_it_is(stem: str) -> None:
    made = plain_name(f"{stem}.pdf")
    assert set(made) <= set(string.ascii_letters + string.digits + " ._()-")
    assert plain_name(made) == made
    assert len(made) > len(".pdf")


def test_what_an_email_weighs_is_what_it_is_coded_as() -> None:
    data = b"x" * 3_000_001
    coded = len(base64.encodebytes(data)) + data.count(b"\n")
    lines = base64.encodebytes(data).count(b"\n")
    assert as_attached(len(data)) == f"3.0 MB; an e-mail that carries it weighs about {(coded + lines) / 1e6:.1f} MB."
