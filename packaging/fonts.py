"""Makes the four MedBills Sans files from the Inter release, so that every figure in the program lines up.

Why a changed font at all: Inter's default digits are proportional, and ReportLab cannot switch OpenType
features on. Giving the tabular digits the ordinary code points makes columns of money align everywhere: on
screen, in the packet and on a printer, with no setting to forget.

    python packaging/fonts.py SOURCE [TARGET]

SOURCE is the folder with the WOFF2 files named in SOURCES (the `web` folder of the `inter-ui` package,
version 4.1.1); TARGET defaults to resources/fonts. Needs `fonttools` and `brotli`. The same source
always gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

FAMILY: Final = "MedBills Sans"
SOURCES: Final = {
    "Regular": "Inter-Regular.woff2",
    "SemiBold": "Inter-SemiBold.woff2",
    "Italic": "Inter-Italic.woff2",
    "SemiBoldItalic": "Inter-SemiBoldItalic.woff2",
}

# The signs that stand in a column of figures. Brackets, hyphen and spaces keep their text widths: they also
# stand in sentences, telephone numbers and dates, where a digit-wide hyphen would look torn.
FIGURE_SIGNS: Final = "0123456789.,:+\N{MINUS SIGN}"
KEPT_FEATURES: Final = ["kern", "mark", "mkmk", "ccmp", "locl"]
CHANGE_NOTE: Final = (
    "Derived from Inter 4.1: the digits and the full stop, comma, colon, plus and minus are the tabular "
    "forms by default; optional OpenType features are left out; renamed."
)
# Lets old Windows rasterisers smooth in both directions at every size; the outlines carry no instructions.
SMOOTH_AT_EVERY_SIZE: Final = {0xFFFF: 0x000F}
DROPOUT_CONTROL: Final = ["PUSHW[]", "511", "SCANCTRL[]", "PUSHB[]", "4", "SCANTYPE[]"]


def use_tabular_figures(font: TTFont) -> None:
    """Point the code points of FIGURE_SIGNS at their tabular glyphs (named `<glyph>.tf` in the source).

    Raises KeyError when the source has no such glyph, which means that it is not the expected release.
    """
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        for sign in FIGURE_SIGNS:
            plain = table.cmap.get(ord(sign))
            if plain is None or plain.endswith(".tf"):
                continue
            if f"{plain}.tf" not in glyphs:
                raise KeyError(f"no tabular form of {plain}")
            table.cmap[ord(sign)] = f"{plain}.tf"


def keep_needed_features(font: TTFont) -> TTFont:
    """Drop the optional features and the glyphs that only they reach; every code point stays."""
    options = subset.Options()
    options.layout_features = KEPT_FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.prune_unicode_ranges = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(font.getBestCmap()))
    subsetter.subset(font)
    return font


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name, as its licence asks of a changed version.

    The heavier one is registered as the bold of the family, so that asking for bold gives the drawn weight
    and never a smeared regular; its true weight class (600) is kept.
    """
    bold, italic = "SemiBold" in style, "Italic" in style
    copyright_line = font["name"].getDebugName(0)
    names: dict[int, str] = {
        0: str(copyright_line),
        1: FAMILY,
        2: " ".join(word for word, said in (("Bold", bold), ("Italic", italic)) if said) or "Regular",
        3: f"MedBills:{FAMILY} {style}:4.001",
        4: f"{FAMILY} {style}",
        5: "Version 4.001",
        6: f"MedBillsSans-{style}",
        9: "Rasmus Andersson",
        10: CHANGE_NOTE,
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
        16: FAMILY,
        17: style,
    }
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    italic_bit, bold_bit, regular_bit = 1, 1 << 5, 1 << 6
    selection = font["OS/2"].fsSelection & ~(italic_bit | bold_bit | regular_bit)
    style_bits = (bold_bit if bold else 0) | (italic_bit if italic else 0)
    font["OS/2"].fsSelection = selection | (style_bits or regular_bit)
    font["head"].macStyle = (1 if bold else 0) | (2 if italic else 0)


def smooth(font: TTFont) -> None:
    """Say how to draw unhinted outlines on systems that would otherwise draw them ragged."""
    gasp: Any = newTable("gasp")
    gasp.version = 1
    gasp.gaspRange = dict(SMOOTH_AT_EVERY_SIZE)
    font["gasp"] = gasp
    program = Program()
    program.fromAssembly(DROPOUT_CONTROL)
    prep: Any = newTable("prep")
    prep.program = program
    font["prep"] = prep
    font["maxp"].maxStackElements = max(font["maxp"].maxStackElements, 8)


def make(source: Path, target: Path) -> list[Path]:
    """Write the fonts into `target` and return their paths. Raises OSError when a source file is absent."""
    made = []
    for style, name in SOURCES.items():
        font = TTFont(source / name, recalcTimestamp=False)
        font.flavor = None
        use_tabular_figures(font)
        font = keep_needed_features(font)
        rename(font, style)
        if "fpgm" not in font:
            smooth(font)
        path = target / f"MedBillsSans-{style}.ttf"
        font.save(path)
        made.append(path)
    return made


def main(arguments: list[str]) -> int:
    """Run from the command line; 2 on wrong usage."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: python packaging/fonts.py SOURCE [TARGET]\n")
        return 2
    default = Path(__file__).resolve().parent.parent / "resources" / "fonts"
    target = Path(arguments[1]) if len(arguments) == 2 else default
    for path in make(Path(arguments[0]), target):
        sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
