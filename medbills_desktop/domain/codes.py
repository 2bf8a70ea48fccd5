"""Whether a code has the shape of its kind: warnings in plain words, never a reason to refuse what a paper prints.

The rules are those of the public code sets (how many characters, which letters, where a check digit stands). No list of
codes and no description is in here. Each function takes what was typed and gives a sentence, or `None` where the shape
is right or nothing was typed. Case, blanks and the hyphens of a package number make no difference; `normal_form` gives
the text as code lists write it, while what was typed stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CPT = re.compile(r"\d{5}|\d{4}[FTUM]", re.ASCII)
_HCPCS = re.compile(r"[ABCEGHJKLMPQRSTUV]\d{4}", re.ASCII)
_CDT = re.compile(r"D\d{4}", re.ASCII)
_REVENUE = re.compile(r"\d{3,4}", re.ASCII)
_MODIFIER = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_ICD10CM = re.compile(r"[A-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?", re.ASCII)
_ICD10PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}", re.ASCII)
_NDC10 = re.compile(r"\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d", re.ASCII)
_NDC11 = re.compile(r"\d{5}-\d{4}-\d{2}|\d{11}", re.ASCII)
_NDC12 = re.compile(r"\d{6}-\d{4}-\d{2}|\d{12}", re.ASCII)
_NPI = re.compile(r"\d{10}", re.ASCII)
_NPI_PREFIX = "80840"
"""The prefix of health-care identifiers in the United States, with which the check digit is worked out."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "B": "8"})
"""Letters that are often read for digits on a scan."""


def normal_form(text: str) -> str:
    """The code as lists write it: upper case, without blanks, with plain hyphens. What was typed is not touched."""
    return "".join(text.translate(_DASHES).split()).upper()


def cpt_warning(text: str) -> str | None:
    """CPT: five digits, or four digits and one of the letters F, T, U, M. A zero at the start belongs to the code."""
    return _shape(text, _CPT, "A CPT code has five digits, or four digits and a letter F, M, T or U")


def hcpcs_warning(text: str) -> str | None:
    """HCPCS Level II: one letter from A to V (not D, F, I, N or O) and four digits."""
    code = normal_form(text)
    if _CDT.fullmatch(code):
        return f"“{_shown(text)}” has the shape of a dental (CDT) code, not of an HCPCS Level II code."
    if _CPT.fullmatch(code):
        return f"“{_shown(text)}” has the shape of a CPT code; an HCPCS Level II code begins with a letter."
    return _shape(text, _HCPCS, "An HCPCS Level II code has one letter and four digits, like G0463")


def cdt_warning(text: str) -> str | None:
    """CDT, the dental codes: the letter D and four digits."""
    return _shape(text, _CDT, "A dental (CDT) code has the letter D and four digits")


def revenue_warning(text: str) -> str | None:
    """Revenue code: four digits, of which the first, a zero, is often left out."""
    return _shape(text, _REVENUE, "A revenue code has four digits, like 0450; the zero at its start may be left out")


def modifier_warning(text: str) -> str | None:
    """Modifier: two digits or letters."""
    return _shape(text, _MODIFIER, "A modifier has two digits or letters, like 25 or RT")


def icd10cm_warning(text: str) -> str | None:
    """ICD-10-CM, the diagnoses: a letter, a digit, a third character, then up to four after a point."""
    return _shape(
        text,
        _ICD10CM,
        "A diagnosis code (ICD-10-CM) has three to seven characters, like S52.501A, and begins with a letter",
    )


def icd10pcs_warning(text: str) -> str | None:
    """ICD-10-PCS, the procedures of a hospital stay: seven digits or letters without I and O."""
    return _shape(text, _ICD10PCS, "A hospital procedure code (ICD-10-PCS) has seven digits or letters, never I or O")


def ndc_warning(text: str) -> str | None:
    """NDC, the package number of a drug: ten digits in three parts, eleven (5-4-2), or twelve (6-4-2, from 2033).

    Ten digits without hyphens don't say which part is the short one, and that is told.
    """
    code = normal_form(text)
    if re.fullmatch(r"[0-9]{10}", code):
        return (
            f"“{_shown(text)}” has ten digits without hyphens, so its three parts can't be told apart. "
            "Type the hyphens as on the package."
        )
    if _NDC10.fullmatch(code) or _NDC12.fullmatch(code):
        return None
    return _shape(
        text, _NDC11, "A drug package number (NDC) has ten or eleven digits in three parts, like 12345-6789-01 (5-4-2)"
    )


def ndc_in_eleven_digits(text: str) -> str | None:
    """A package number of ten or eleven digits in the form of claims, 5-4-2; `None` where the parts can't be told.

    The short part of a number of ten digits gets a zero at its left.
    """
    code = normal_form(text)
    if re.fullmatch(r"[0-9]{11}", code):
        return f"{code[:5]}-{code[5:9]}-{code[9:]}"
    if not (_NDC10.fullmatch(code) or _NDC11.fullmatch(code)):
        return None
    labeler, product, package = code.split("-")
    return f"{labeler.zfill(5)}-{product.zfill(4)}-{package.zfill(2)}"


def npi_warning(text: str) -> str | None:
    """NPI, a provider's number: ten digits from 1 or 2, the last one a check digit (Luhn, with 80840 before it)."""
    code = normal_form(text).replace("-", "")
    if not code:
        return None
    if not _NPI.fullmatch(code):
        return _shape(code, _NPI, "A provider number (NPI) has ten digits", text)
    if code[0] not in "12":
        return f"“{_shown(text)}”: a provider number (NPI) begins with 1 or 2. Compare it with the paper."
    if not _luhn(_NPI_PREFIX + code):
        return f"“{_shown(text)}”: the check digit at the end does not fit, so one digit may differ from the paper."
    return None


_WARNINGS: dict[str, Callable[[str], str | None]] = {
    "cpt": cpt_warning,
    "hcpcs": hcpcs_warning,
    "cdt": cdt_warning,
    "ndc": ndc_warning,
    "revenue": revenue_warning,
    "icd10pcs": icd10pcs_warning,
}


def code_warning(text: str | None, code_system: str | None) -> str | None:
    """The warning for a code by the code system entered beside it; none for house numbers or without a system."""
    check = _WARNINGS.get(code_system or "")
    return check(text) if check and text else None


def modifiers_warning(modifiers: tuple[str, ...] | None) -> str | None:
    """The warning for the first modifier that has another shape, or is there twice."""
    seen: set[str] = set()
    for modifier in modifiers or ():
        warning = modifier_warning(modifier)
        if warning:
            return warning
        code = normal_form(modifier)
        if code and code in seen:
            return f"The modifier {code} is typed twice."
        seen.add(code)
    return None


def _shape(text: str, shape: re.Pattern[str], rule: str, typed: str | None = None) -> str | None:
    """The rule in words where a text has another shape, with the digits offered for which a scan may read letters."""
    code = normal_form(text)
    if not code or shape.fullmatch(code):
        return None
    found = f"“{_shown(typed or text)}” has another shape. {rule}."
    read = next((one for one in _misread(code) if shape.fullmatch(one)), None)
    return f"{found} Is it {read}?" if read else found


def _misread(code: str) -> tuple[str, ...]:
    """The code with letters read as digits: all of them, all but the first, all but the last."""
    digits = code.translate(_LOOKS_LIKE)
    return digits, code[:1] + digits[1:], digits[:-1] + code[-1:]


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 20 else f"{plain[:19]}…"


def _luhn(digits: str) -> bool:
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
