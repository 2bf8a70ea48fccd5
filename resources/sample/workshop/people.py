"""Who is in the sample case. Every person, firm, address and number is invented.

Telephone numbers come from the range kept for fiction (555-01xx) and tax numbers begin with 00, which is never given.
"""

from __future__ import annotations

from dataclasses import dataclass

TODAY = "2026-03-20"
ARRIVED = "2025-10-17T19:35"
LEFT = "2025-10-18T14:10"

PATIENT = "Tomás Okafor-Reyes"
PATIENT_PLAIN = "TOMAS OKAFOR-REYES"
WRITER = "Adaeze Okafor-Reyes"
BORN = "1987-04-22"
HOME = ("118 Quarry Lane", "Ashgrove, OH 44998")
HOME_PHONE = "(614) 555-0137"

MEMBER = "HVX 4420 7719 02"
GROUP = "70-1185"
PLAN = "Harbor Choice 1500"


@dataclass(frozen=True)
class Firm:
    """Someone with a letterhead; `key` is its id in the case file."""

    key: str
    name: str
    kind: str
    street: str
    town: str
    phone: str
    tax_id: str | None = None
    website: str | None = None

    @property
    def address(self) -> str:
        """Street and town in one line."""
        return f"{self.street}, {self.town}"


HOSPITAL = Firm("H", "Lantern Hill Medical Center", "hospital", "2200 Lantern Hill Road", "Ashgrove, OH 44998",
                "(614) 555-0118", "00-4417720", "www.lanternhill.example")  # fmt: skip
PHYSICIANS = Firm("E", "Copperline Emergency Physicians, PLLC", "physician", "PO Box 4471", "Dunmore, OH 44997",
                  "(614) 555-0162", "00-8820416", "pay.copperline.example")  # fmt: skip
IMAGING = Firm("R", "Tern Lake Imaging Associates", "imaging", "61 Weir Street, Suite 4", "Ashgrove, OH 44998",
               "(614) 555-0175", "00-3319057", "www.ternlake.example")  # fmt: skip
INSURER = Firm("I", "Harbor & Vale Health Plan", "insurer", "PO Box 9020", "Port Vale, OH 44996",
               "(800) 555-0144", None, "www.harborvale.example")  # fmt: skip
COLLECTOR = Firm("C", "Hollis Crane Receivables, LLC", "collector", "900 Mercer Avenue, Floor 3", "Dunmore, OH 44997",
                 "(877) 555-0190", None, None)  # fmt: skip
FIRMS = (HOSPITAL, PHYSICIANS, IMAGING, INSURER, COLLECTOR)

HOSPITAL_ACCOUNT = "0048213907"
PHYSICIANS_ACCOUNT = "CEP-771204-2"
IMAGING_ACCOUNT = "TLI 5530918"
COLLECTOR_FILE = "HC-26-0093318"
