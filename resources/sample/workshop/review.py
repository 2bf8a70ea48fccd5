"""What the family thinks of the lines of the hospital's bill, and where the visit summary bears it out."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.money import cents

# Lines that were received and look right; the family accepts their whole charge.
RECEIVED = (1, 2, 3, 6, 8, 10, 11, 12, 15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 35, 36, 38, 39, 40)


@dataclass(frozen=True)
class Opinion:
    """A mark with its reason; amounts in cents, units as received, and what to look up in the visit summary."""

    mark: str
    reason: str
    disputed: int | None = None
    accepted: int | None = None
    received_units: str | None = None
    my_words: str | None = None
    record: str | None = None
    record_note: str | None = None


OPINIONS = {
    7: Opinion(
        "wrong_quantity", "3 blocks at $186.00 are $558.00; $744.00 is four blocks. The summary says 43 minutes.",
        cents("186.00"), cents("558.00"), "3", "being put to sleep for the wrist",
        "Sedation", "Sedation from 22:12 to 22:55, 43 minutes: three blocks of 15",
    ),
    17: Opinion(
        "duplicate", "Same as line 15. The summary shows one dose, at 20:52.",
        cents("84.00"), 0, "0", "pain shot", "Ketorolac", "One dose of 30 mg, at 20:52",
    ),
    27: Opinion(
        "overpriced", "$9.40 for one needle; the drugstore asks $0.45. We accept the drugstore's price.",
        cents("53.70"), cents("2.70"), None, "needles",
    ),
    32: Opinion(
        "duplicate", "Same as line 28. One IV was placed, in the left arm.",
        cents("84.25"), 0, "0", "IV kit",
        "One IV was placed in the left forearm at 20:42 and taken out at 13:35.", "One IV for the whole stay",
    ),
    33: Opinion(
        "not_received", "It was the wrist. Nobody gave us crutches and we have none.",
        cents("118.00"), 0, "0", "crutches",
        "You walked out on your own, with your arm in the sling.", "Walked out without crutches",
    ),
    34: Opinion("unclear", "The name says nothing. Ask what it is.", my_words="?"),
}  # fmt: skip
