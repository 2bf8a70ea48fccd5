"""The cashier's receipt, laid on a flatbed scanner: a narrow slip in black and white, a little crooked."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from workshop.balances import PAID_TO_HOSPITAL
from workshop.money import dollars
from workshop.people import HOSPITAL_ACCOUNT, PATIENT_PLAIN
from workshop.pixels import face, grain

DPI = 200
PAGE = (1700, 2200)
SLIP = (640, 1180)
NUMBER = "R-1212-0457"
ROWS = (
    ("LANTERN HILL MEDICAL CENTER", "center"),
    ("CASHIER, MAIN LOBBY", "center"),
    ("2200 LANTERN HILL ROAD", "center"),
    ("ASHGROVE, OH 44998", "center"),
    ("", ""),
    ("12/12/2025      16:08      REG 2", "left"),
    (f"RECEIPT        {NUMBER}", "left"),
    ("- " * 18, "left"),
    ("PATIENT", "left"),
    (f"  {PATIENT_PLAIN}", "left"),
    (f"ACCOUNT         {HOSPITAL_ACCOUNT}", "left"),
    ("PAYMENT ON ACCOUNT", "left"),
    ("- " * 18, "left"),
    ("AMOUNT", "amount"),
    ("", ""),
    ("CARD            ********7714", "left"),
    ("APPROVED        061944", "left"),
    ("- " * 18, "left"),
    ("", ""),
    ("THANK YOU", "center"),
    ("PLEASE KEEP THIS RECEIPT", "center"),
)


def slip() -> Image.Image:
    """The slip by itself, with torn ends."""
    paper = Image.new("L", SLIP, 250)
    draw = ImageDraw.Draw(paper)
    small, large = face("Mono", 33), face("Mono", 52)
    y = 70
    for words, place in ROWS:
        if place == "center":
            draw.text((SLIP[0] / 2, y), words, 40, small, anchor="ma")
        elif place == "amount":
            draw.text((36, y + 8), words, 40, small)
            draw.text((SLIP[0] - 36, y - 4), dollars(PAID_TO_HOSPITAL), 30, large, anchor="ra")
        else:
            draw.text((36, y), words, 40, small)
        y += 50
    dice = random.Random(9)
    for edge in (0, SLIP[1]):
        teeth = [
            (x, edge + (dice.randint(2, 12) if edge == 0 else -dice.randint(2, 12))) for x in range(0, SLIP[0] + 9, 8)
        ]
        draw.polygon([(0, edge), *teeth, (SLIP[0], edge)], 255)
    draw.line([(2, 8), (2, SLIP[1] - 8)], 150, 3)
    draw.line([(SLIP[0] - 3, 8), (SLIP[0] - 3, SLIP[1] - 8)], 120, 4)
    return paper


def circled(paper: Image.Image) -> None:
    """The pen ring that the family drew around the amount: an ellipse that does not quite close."""
    draw = ImageDraw.Draw(paper)
    ring = []
    for step in range(67):
        angle = -2.2 + step / 60 * 2 * math.pi
        grow = 1 + step / 60 * 0.09
        ring.append((478 + 148 * grow * math.cos(angle), 744 + 52 * grow * math.sin(angle)))
    draw.line(ring, fill=70, width=5, joint="curve")


def scanned_receipt() -> bytes:
    """The TIFF, one page at 200 dots per inch, one bit deep."""
    paper = slip()
    circled(paper)
    bed = Image.new("L", PAGE, 255)
    turned = paper.rotate(-1.7, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    bed.paste(turned, (512, 236))
    draw = ImageDraw.Draw(bed)
    draw.rectangle((0, 0, PAGE[0], 9), 60)
    draw.rectangle((PAGE[0] - 7, 0, PAGE[0], PAGE[1]), 90)
    faded = ImageChops.subtract(bed.filter(ImageFilter.GaussianBlur(1.1)), grain(PAGE, 31, 0, 70))
    dice = random.Random(12)
    speckled = ImageDraw.Draw(faded)
    for _ in range(160):
        x, y = dice.randrange(PAGE[0]), dice.randrange(PAGE[1])
        speckled.ellipse((x, y, x + dice.choice((1, 1, 2, 3)), y + dice.choice((1, 1, 2))), 0)
    black_and_white = faded.point([0 if value < 128 else 255 for value in range(256)]).convert(
        "1", dither=Image.Dither.NONE
    )
    target = io.BytesIO()
    black_and_white.save(target, "TIFF", compression="group4", dpi=(DPI, DPI))
    return target.getvalue()
