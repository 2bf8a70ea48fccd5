"""The visit summary that the patient was given on leaving: times, what was given, what was used."""

from __future__ import annotations

from workshop import hospital_statement
from workshop.money import slashed
from workshop.people import BORN, HOSPITAL, HOSPITAL_ACCOUNT, PATIENT
from workshop.sheet import Place, Sheet

LEFT, RIGHT = 42.0, 570.0
TEAL, GREY, PALE = hospital_statement.TEAL, hospital_statement.GREY, hospital_statement.PALE
TIMES = (
    ("Arrived", "Fri 10/17/2025  19:35"),
    ("Seen by physician", "19:58"),
    ("Head scan", "20:31"),
    ("Sedation", "22:12 – 22:55  (43 minutes)"),
    ("Observation", "23:30 – 13:40  (14 hours)"),
    ("Left", "Sat 10/18/2025  14:10"),
)
GIVEN = (
    ("20:45", "Saline 1000 mL", "2 bags", "vein", "until 23:20"),
    ("20:50", "Ondansetron", "4 mg", "vein", "once"),
    ("20:52", "Ketorolac", "30 mg", "vein", "once"),
    ("21:10", "Tetanus vaccine", "0.5 mL", "muscle", "once"),
    ("21:40", "Cefazolin", "2 g", "vein", "once"),
    ("22:12", "Midazolam", "2 mg", "vein", "once"),
    ("22:14", "Fentanyl", "100 mcg", "vein", "once"),
    ("22:15", "Propofol", "120 mg", "vein", "during setting"),
    ("00:30", "Acetaminophen 325 mg", "2 tablets", "mouth", "again at 06:45"),
    ("02:10", "Oxycodone 5 mg", "1 tablet", "mouth", "again at 09:30"),
    ("03:10", "Lactated Ringer 1000 mL", "1 bag", "vein", "until 09:00"),
)
USED = (
    "One IV was placed in the left forearm at 20:42 and taken out at 13:35.",
    "The right wrist was set and held with two pins; short arm splint and sling put on.",
    "Road rash on the right shoulder was cleaned and dressed.",
    "You walked out on your own, with your arm in the sling.",
)
HOMEWARD = (
    "Keep the splint dry and the hand above the heart for three days.",
    "Take acetaminophen as the label says. Do not drive while you take oxycodone.",
    "Come back at once for worse headache, vomiting, numb fingers or fever.",
    "See the hand clinic on 10/27/2025 at 10:15. The pins come out in about five weeks.",
)


def block(sheet: Sheet, y: float, title: str) -> float:
    """A heading with its rule; returns the next baseline."""
    sheet.text(LEFT, y, title, "SansBold", 10.5, TEAL)
    sheet.rule(LEFT, y + 6, RIGHT, 0.6, TEAL)
    return y + 21


def bullets(sheet: Sheet, y: float, words: tuple[str, ...], places: dict[str, Place]) -> float:
    """Short sentences, one under the other; `places` learns where each of them stands."""
    for sentence in words:
        places[sentence] = sheet.place(LEFT, y - 10, RIGHT, y + 4)
        sheet.disc(LEFT + 4, y - 3, 1.5, fill=TEAL)
        sheet.text(LEFT + 13, y, sentence, "Sans", 9)
        y += 14
    return y


def visit_record() -> tuple[bytes, dict[str, Place]]:
    """The summary, one page, and the places of its rows by their name, and of its sentences by their words."""
    places: dict[str, Place] = {}
    sheet = Sheet("Visit summary 10/18/2025", HOSPITAL.name)
    hospital_statement.letterhead(sheet)
    sheet.rule(LEFT, 80, RIGHT, 1.4, TEAL)
    sheet.text(LEFT, 106, "Summary of your visit", "SansBold", 16)
    sheet.text(LEFT, 122, "Emergency department and observation unit", "Sans", 9, GREY)
    who = f"{PATIENT}   ·   born {slashed(BORN)}   ·   account {HOSPITAL_ACCOUNT}"
    sheet.text(RIGHT, 106, who, "Sans", 8.6, align="right")
    sheet.text(RIGHT, 122, "Reason: fall from bicycle, right wrist and head", "Sans", 8.6, GREY, "right")
    sheet.box(LEFT, 136, RIGHT - LEFT, 62, fill=PALE, radius=4)
    for place, (label, value) in enumerate(TIMES):
        x, y = LEFT + 12 + (place // 3) * 264, 153.0 + (place % 3) * 17
        sheet.text(x, y, label, "Sans", 8.4, GREY)
        sheet.text(x + 88, y, value, "Sans", 9)
        places[label] = sheet.place(x - 2, y - 10, x + 250, y + 4)
    y = block(sheet, 226, "What you were given")
    edges = (LEFT, LEFT + 62, LEFT + 250, LEFT + 348, LEFT + 430)
    for x, words in zip(edges, ("Time", "Name", "Amount", "Into", "How often"), strict=True):
        sheet.text(x, y, words, "Sans", 7.8, GREY)
    for row in GIVEN:
        y += 14.6
        for x, words in zip(edges, row, strict=True):
            sheet.text(x, y, words, "Sans", 9)
        sheet.rule(LEFT, y + 4.4, RIGHT, 0.25, "#CBD5D6")
        places[row[1]] = sheet.place(LEFT, y - 10, RIGHT, y + 4)
    y = bullets(sheet, block(sheet, y + 30, "What was done"), USED, places)
    y = bullets(sheet, block(sheet, y + 16, "At home"), HOMEWARD, places)
    words = "I have read this summary and had my questions answered."
    sheet.text(LEFT, y + 22, words, "Sans", 8.4, GREY)
    sheet.rule(330, y + 24, RIGHT, 0.5, GREY)
    sheet.text(330, y + 33, "Patient or representative", "Sans", 6.8, GREY)
    sheet.text(LEFT, 764, "Printed 10/18/2025 13:52, nurse J. Haldane, RN", "Sans", 7.4, GREY)
    sheet.text(RIGHT, 764, "Page 1 of 1", "Sans", 7.4, GREY, "right")
    return sheet.finish(), places
