"""Every window that opens above the main one, by name: for checks that go over all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QDialog

from medbills_desktop.commands.comparing import compare_cases
from medbills_desktop.commands.letters import MarkLetterSent, WriteLetter
from medbills_desktop.commands.offers import MakeOffer
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.people import AuthorizeHelper
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.left_over import LeftOver
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Authorization,
    Bill,
    Call,
    Letter,
    Offer,
    Organization,
    Price,
    Promise,
    Visit,
)
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.qt.bill.line_sheet import read_sheet
from medbills_desktop.qt.calls.promise_form import close_promise
from medbills_desktop.qt.calls.wordings_dialog import WordingsDialog
from medbills_desktop.qt.dialogs.compare_dialog import CompareDialog
from medbills_desktop.qt.dialogs.dates_dialog import DatesDialog
from medbills_desktop.qt.dialogs.hand_over_dialog import HandOverDialog
from medbills_desktop.qt.dialogs.kept_places import KeptPlaces
from medbills_desktop.qt.dialogs.keys_dialog import KeysDialog
from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog
from medbills_desktop.qt.dialogs.packet_told import PacketTold
from medbills_desktop.qt.dialogs.sheet_dialog import SheetDialog
from medbills_desktop.qt.forms.answers_form import ask_about_visit
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import edit_record, enter_bill, new_record
from medbills_desktop.qt.forms.proof_form import link_held_paper
from medbills_desktop.qt.letters.enclosures_dialog import choose_enclosures
from medbills_desktop.qt.letters.letter_forms import begin_letter, choose_recipient, edit_sender, note_reply, note_sent
from medbills_desktop.qt.offers.offer_forms import attach_form, counter_form, offer_form
from medbills_desktop.qt.payments.payment_form import enter_payment
from medbills_desktop.qt.people.people_forms import authorize, edit_authorization, merge_with
from medbills_desktop.qt.points.points_dialog import PointsDialog
from medbills_desktop.qt.rules.card_form import add_card, correct_card
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.welcome import Welcome
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.qt.words.asking import show_words
from medbills_desktop.store.case_loading import load_case
from tests.support.aid_windows import AID_WINDOWS

DAY = Day(2026, 3, 2)
TABLE = (
    "Date\tCode\tDescription\tQty\tAmount\n"
    "3/1/2026\tA4215\tNeedle, sterile, any size, each, from the ward stock of the second floor\t2\t84.00\n"
    "3/1/2026\t\tGauze\t1\tmuch\n\tA4206\t\t\t3.00\n"
)
"""Two rows of it are refused, so that everything that the window can say is in sight."""
Open = Callable[[MainWindow], QDialog]


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _bill(session: Session) -> int:
    return session.read(lambda reader: reader.find(Bill))[0].id


def _letter(session: Session, sent: bool) -> Letter:
    letter: Letter = session.desk.perform(WriteLetter("itemization_request", _bill(session)))
    return session.desk.perform(MarkLetterSent(letter.id, DAY)) if sent else letter


def _enclosures(window: MainWindow) -> QDialog:
    paper = ReceivedPaper("a long name of a paper that was photographed at home.jpg", "a" * 64, 9, "image/jpeg")
    window.session.desk.perform(AddPapers((paper,)))
    return choose_enclosures(window.session, window, _letter(window.session, False))


def _promise(session: Session) -> int:
    return session.read(lambda reader: reader.find(Promise))[0].id


def _wordings(window: MainWindow) -> QDialog:
    call = window.session.read(lambda reader: reader.find(Call))[0]
    said = (("said", "They will look into each charge of that day again, and send what they find in writing."),)
    window.session.desk.perform(EditRecord(Call, call.id, said))
    return _opened(WordingsDialog(window.session, call.id, window))


def _sheet(window: MainWindow) -> QDialog:
    dialog = SheetDialog(window.session, _bill(window.session), window)
    dialog.show_sheet(read_sheet(TABLE))
    return _opened(dialog)


def _empty_sheet(window: MainWindow) -> QDialog:
    return _opened(SheetDialog(window.session, _bill(window.session), window))


def _authorization(window: MainWindow) -> QDialog:
    given = AuthorizeHelper("Maria Lopez", "advocate", Authorization(person_id=1, helper_id=0, ends=DAY))
    return edit_authorization(window.session, window, window.session.desk.perform(given).id)


def _compared(window: MainWindow) -> QDialog:
    """Their case has another note and phone, and less of everything else."""
    ours = window.session.read(load_case)
    bills = tuple(dataclasses.replace(one, notes="They sent it a third time. " * 9) for one in ours.all(Bill))
    places = tuple(dataclasses.replace(one, phone="555-0199") for one in ours.all(Organization))
    theirs = dataclasses.replace(ours, records={**ours.records, Bill: bills, Organization: places})
    return _opened(CompareDialog(compare_cases(ours, theirs), "MedBills case from Maria.zip", window))


def _answers(window: MainWindow) -> QDialog:
    visit = window.session.read(lambda reader: reader.find(Visit))[0]
    return ask_about_visit(window.session, window, visit.id)


def _proof(window: MainWindow) -> QDialog:
    price = Price(code="A4215", amount=Cents(1_25), source="The price list of another hospital")
    return link_held_paper(window.session, window, window.session.desk.perform(AddRecord(price)).id)


def _office(window: MainWindow) -> QDialog:
    office = Organization(name="Blue Mesa", kind="hospital", npi="1234567890")
    return edit_record(window.session, window, Organization, window.session.desk.perform(AddRecord(office)).id)


def _offered(window: MainWindow) -> Offer:
    offer = Offer(bill_id=_bill(window.session), date=DAY, amount=Cents(900_00), direction="from_them")
    kept: Offer = window.session.desk.perform(MakeOffer(offer))
    return kept


WINDOWS: Mapping[str, Open] = {
    "words": show_words,
    "keys": lambda window: _opened(KeysDialog(window)),
    "welcome": lambda window: _opened(Welcome("Documents/MedBills", window)),
    "packet": lambda window: _opened(PacketDialog(window.session, None, Path(window.session.library.folder), window)),
    "places of a packet": lambda window: _opened(
        KeptPlaces(
            [
                LeftOver(7, "account_number", "picture", 2, "Exhibit C, page 2"),
                LeftOver(0, "birth_date", "names", 1),
            ],
            window,
        )
    ),
    "told of a packet": lambda window: _opened(
        PacketTold(
            "The packet is saved: Documents/Packet.pdf",
            [
                "By name only, since it can’t be shown: Exhibit C, scan.pdf: It is locked, and no password was given.",
                "Exhibit J: what is printed in pictures can’t be searched; look through its pages: 1, 3 to 9.",
            ],
            window,
        )
    ),
    "dates": lambda window: _opened(DatesDialog(window.session, Path(window.session.library.folder), window)),
    "sheet": _sheet,
    "sheet without a table": _empty_sheet,
    "changed elsewhere": _compared,
    "two records of one organization": lambda window: merge_with(window.session, window, 1),
    "a helper may speak": lambda window: authorize(window.session, window),
    "authorization": _authorization,
    "hand over one case": lambda window: _opened(
        HandOverDialog(window.session, _bill(window.session), window.home, window)
    ),
    "answers": _answers,
    "earlier wordings of a call": _wordings,
    "promise kept": lambda window: close_promise(window.session, window, _promise(window.session), "kept"),
    "points": lambda window: _opened(PointsDialog(window.session, _bill(window.session), None, window)),
    "write a letter": lambda window: begin_letter(window.session, window, None, lambda _letter: None),
    "letter sent": lambda window: note_sent(window.session, window, _letter(window.session, False)),
    "who gets the letter": lambda window: choose_recipient(window.session, window, _letter(window.session, False)),
    "enclosures": _enclosures,
    "their answer": lambda window: note_reply(
        window.session, window, _letter(window.session, True), lambda _letter: None
    ),
    "your name and address": lambda window: edit_sender(window.session, window, lambda: None),
    "bill": lambda window: enter_bill(window.session, window),
    "EOB": lambda window: enter_claim(window.session, window, _bill(window.session)),
    "offer": lambda window: offer_form(window.session, window, _bill(window.session)),
    "counter-offer": lambda window: counter_form(window.session, window, _offered(window)),
    "confirmation": lambda window: attach_form(window.session, window, _offered(window).id, "confirmation"),
    "zero-balance letter": lambda window: attach_form(window.session, window, _offered(window).id, "zero"),
    "payment on any bill": lambda window: enter_payment(window.session, window),
    "refund": lambda window: enter_payment(window.session, window, _bill(window.session), "refund"),
    **AID_WINDOWS,
    "price": lambda window: new_record(window.session, window, Price, {}),
    "proof of a price": _proof,
    "office with an unusual number": _office,
    "correct a rule": lambda window: correct_card(window.session, window, shipped_cards()[-1], print),
    "add a rule": lambda window: add_card(window.session, window, print),
}
