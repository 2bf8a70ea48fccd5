"""The hospital's offer, photographed on a desk with a telephone: turned, in perspective, unevenly lit.

The file is stored lying on its side with EXIF orientation 6, as telephones do, and holds no place.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from workshop.balances import HOSPITAL_SECOND, OFFER, OFFER_DATE, OFFER_EXPIRES
from workshop.furniture import scribble
from workshop.money import dollars, spelled
from workshop.people import HOME, HOSPITAL, HOSPITAL_ACCOUNT, PATIENT
from workshop.pixels import face, grain, light, perspective, squiggle, wrapped

PAPER = (1275, 1650)
PICTURE = (1512, 2016)
CORNERS = [(208.0, 236.0), (1302.0, 196.0), (1392.0, 1752.0), (116.0, 1772.0)]
TEAL, GLOW, INK, GREY = (14, 92, 99), (242, 184, 75), (32, 32, 34), (96, 102, 104)
LEFT, RIGHT = 150, 1125
TAKEN = "2026:03:06 18:22:10"
WORDS = (
    "Dear Mr. Okafor-Reyes,",
    f"Your account {HOSPITAL_ACCOUNT} for the visit of October 17 and 18, 2025 shows a balance of "
    f"{dollars(HOSPITAL_SECOND.balance)}. We understand that a bill of this size is hard to carry, and we would like "
    f"to help you settle it.",
    f"If you pay {dollars(OFFER)} in one payment by {spelled(OFFER_EXPIRES)}, we will accept it as payment in full and "
    "close the account. You can pay at the cashier's window, by telephone at 614-555-0118 or with the slip of your "
    "last statement. "
    "Please mention offer PA-26-1177.",
    "If you would rather pay the balance over time, we can arrange up to 24 monthly payments without interest. Please "
    "call us before "
    "the day named above.",
    "This offer does not change your right to apply for financial assistance.",
)  # fmt: skip


def letter() -> Image.Image:
    """The flat letter, 150 dots per inch."""
    page = Image.new("RGB", PAPER, (252, 251, 247))
    draw = ImageDraw.Draw(page)
    lantern(draw, LEFT, 104, 72)
    draw.text((LEFT + 94, 104), "Lantern Hill", TEAL, face("SansBold", 33))
    draw.text((LEFT + 94, 146), "M E D I C A L   C E N T E R", TEAL, face("Sans", 15))
    for row, words in enumerate(("Patient Accounts", HOSPITAL.street, HOSPITAL.town)):
        draw.text((RIGHT, 112 + row * 24), words, GREY, face("Sans", 17), anchor="ra")
    draw.line((LEFT, 202, RIGHT, 202), TEAL, 3)
    for row, words in enumerate((PATIENT, *HOME)):
        draw.text((LEFT, 270 + row * 31), words, INK, face("Sans", 22))
    draw.text((RIGHT, 270), spelled(OFFER_DATE), INK, face("Sans", 22), anchor="ra")
    draw.text((LEFT, 424), "An offer to settle your account", TEAL, face("SansBold", 31))
    y = 496
    for words in WORDS:
        for line in wrapped(words, face("Sans", 22), RIGHT - LEFT):
            draw.text((LEFT, y), line, INK, face("Sans", 22))
            y += 34
        y += 18
    draw.text((LEFT, y + 10), "Sincerely,", INK, face("Sans", 22))
    points = [(LEFT + x * 2.0, y + 118 - 2.0 * up) for x, up in scribble(17, 92)]
    squiggle(draw, points, (34, 51, 106), 3)
    draw.text((LEFT, y + 138), "Owen Tarr", INK, face("Sans", 22))
    draw.text((LEFT, y + 168), "Patient Accounts, settlement desk", GREY, face("Sans", 18))
    draw.text((LEFT, 1568), f"PA-26-1177   account {HOSPITAL_ACCOUNT}", GREY, face("Sans", 15))
    draw.text((RIGHT, 1568), "Page 1 of 1", GREY, face("Sans", 15), anchor="ra")
    return page


def lantern(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    """The hospital's sign in pixels."""
    unit = size / 20
    white = (255, 255, 255)
    draw.rounded_rectangle((x, y, x + size, y + size), size * 0.2, TEAL)
    draw.polygon([(x + 7.2 * unit, y + 7 * unit), (x + 12.8 * unit, y + 7 * unit),
                  (x + 13.6 * unit, y + 13 * unit), (x + 6.4 * unit, y + 13 * unit)], GLOW)  # fmt: skip
    draw.rectangle((x + 6.6 * unit, y + 4.9 * unit, x + 13.4 * unit, y + 6.2 * unit), white)
    draw.rectangle((x + 8.6 * unit, y + 3.1 * unit, x + 11.4 * unit, y + 4.4 * unit), white)
    draw.polygon([(x + 2.4 * unit, y + 17 * unit), (x + 6.5 * unit, y + 14.2 * unit),
                  (x + 13.5 * unit, y + 14.2 * unit), (x + 17.6 * unit, y + 17 * unit)], white)  # fmt: skip


def folded(page: Image.Image) -> Image.Image:
    """The same letter after an envelope: two creases, each with a dark and a bright side, and the paper's grain."""
    shade = Image.new("L", PAPER, 255)
    draw = ImageDraw.Draw(shade)
    for crease in (548, 1102):
        for step in range(46):
            draw.line((0, crease - step, PAPER[0], crease - step), 228 + step * 26 // 46)
        draw.line((0, crease, PAPER[0], crease), 205, 2)
    shade = shade.filter(ImageFilter.GaussianBlur(2.2))
    shade = ImageChops.multiply(shade, grain(PAPER, 4, 240, 255).filter(ImageFilter.GaussianBlur(0.8)))
    return ImageChops.multiply(page, Image.merge("RGB", (shade, shade, shade)))


def desk() -> Image.Image:
    """A dark wooden table: long streaks, a seam, and the family's pen."""
    streaks = grain((PICTURE[0] // 3, 9), 7, 60, 200).resize(PICTURE, Image.Resampling.BICUBIC)
    fine = grain((PICTURE[0], 60), 8, 90, 165).resize(PICTURE, Image.Resampling.BICUBIC)
    mixed = Image.blend(streaks, fine, 0.55).filter(ImageFilter.GaussianBlur(1.6))
    table = Image.merge("RGB", [mixed.point([int(base + value * gain) for value in range(256)])
                                for base, gain in ((64, 0.30), (40, 0.22), (26, 0.15))])  # fmt: skip
    draw = ImageDraw.Draw(table)
    draw.rectangle((0, 1846, PICTURE[0], 1853), (38, 24, 16))
    shadow = Image.new("L", PICTURE, 255)
    ImageDraw.Draw(shadow).line((1444, 560, 1486, 1240), 110, 44)
    shadow = shadow.filter(ImageFilter.GaussianBlur(14))
    table = ImageChops.multiply(table, Image.merge("RGB", (shadow, shadow, shadow)))
    draw = ImageDraw.Draw(table)
    draw.line((1430, 540, 1470, 1220), (28, 60, 128), 30)
    draw.line((1424, 540, 1464, 1220), (70, 108, 186), 5)
    draw.line((1470, 1220, 1475, 1262), (196, 198, 204), 14)
    return table


def laid_out() -> Image.Image:
    """The letter on the desk, upright."""
    page = folded(letter())
    numbers = perspective(CORNERS, PAPER)
    flat = page.transform(PICTURE, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    mask = Image.new("L", PICTURE, 0)
    ImageDraw.Draw(mask).polygon(CORNERS, 255)
    mask = mask.filter(ImageFilter.GaussianBlur(0.9))
    cast = Image.new("L", PICTURE, 255)
    ImageDraw.Draw(cast).polygon([(x + 16, y + 22) for x, y in CORNERS], 88)
    cast = cast.filter(ImageFilter.GaussianBlur(18))
    table = ImageChops.multiply(desk(), Image.merge("RGB", (cast, cast, cast)))
    return Image.composite(flat, table, mask)


def developed(picture: Image.Image) -> Image.Image:
    """Lamp light, the shadow of the hand with the telephone, a soft lens and the sensor's noise."""
    lamp = light(PICTURE, (0.22, 0.18), 1.04, 0.6)
    hand = Image.new("L", PICTURE, 255)
    ImageDraw.Draw(hand).polygon([(820, 2016), (1010, 1520), (1250, 1380), (1512, 1420), (1512, 2016)], 190)
    lamp = ImageChops.multiply(lamp, hand.filter(ImageFilter.GaussianBlur(90)))
    warm = [lamp.point([min(255, int(value * gain)) for value in range(256)]) for gain in (1.02, 0.985, 0.93)]
    lit = ImageChops.multiply(picture, Image.merge("RGB", warm)).filter(ImageFilter.GaussianBlur(0.7))
    noise = [grain(PICTURE, seed, 0, 13) for seed in (21, 22, 23)]
    return ImageChops.subtract(lit, Image.merge("RGB", noise))


def photographed_letter() -> bytes:
    """The JPEG as it would come from the telephone."""
    lying = developed(laid_out()).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = TAKEN
    exif.get_ifd(0x8769)[0x9003] = TAKEN
    target = io.BytesIO()
    lying.save(target, "JPEG", quality=80, exif=exif, dpi=(72, 72))
    return target.getvalue()
