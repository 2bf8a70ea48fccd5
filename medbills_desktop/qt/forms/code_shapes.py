"""What a form says of the shape of a code while one types it: a quiet sentence, never a reason to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medbills_desktop.domain.codes import code_warning, npi_warning, revenue_warning
from medbills_desktop.qt.forms.fields import Notice


def _npi(raw: Mapping[str, Any]) -> str | None:
    return npi_warning(str(raw.get("npi") or ""))


def _revenue(raw: Mapping[str, Any]) -> str | None:
    return revenue_warning(str(raw.get("revenue_code") or ""))


def _code(raw: Mapping[str, Any]) -> str | None:
    """By the kind typed beside it, in whatever way it is written (HCPCS, ICD-10-PCS); without one nothing is known."""
    system = "".join(sign for sign in str(raw.get("code_system") or "").casefold() if sign.isalnum())
    return code_warning(str(raw.get("code") or ""), system)


SHAPES: Mapping[str, Notice] = {"npi": _npi, "revenue_code": _revenue, "code": _code}
"""By the name of the record's field; each is given all that stands in the form, unread."""
