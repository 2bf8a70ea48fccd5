"""The small forms of assistance, appeals and collections, by name: for checks that go over every window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.appeal_levels import LEVELS
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Appeal, Assistance, AssistancePaper, Bill, Claim, Collection, Organization
from medbills_desktop.qt.appeals.appeal_forms import ask_decided, ask_filed, edit_appeal, start_appeal
from medbills_desktop.qt.assistance.assistance_forms import (
    add_paper,
    ask_asked,
    ask_household,
    ask_sent,
    ask_step,
    edit_paper,
)
from medbills_desktop.qt.collections.notice_forms import ask_disputed, ask_validated, edit_notice, enter_notice
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.window import MainWindow

DAY = Day(2026, 3, 2)


def _bill(session: Session) -> int:
    return session.read(lambda reader: reader.find(Bill))[0].id


def _application(session: Session) -> Assistance:
    kept: Assistance = session.desk.perform(
        AddRecord(Assistance(bill_id=_bill(session), applied=DAY, status="applied"))
    )
    return kept


def _paper(session: Session) -> AssistancePaper:
    paper = AssistancePaper(assistance_id=_application(session).id, text="Tax return", asked=DAY)
    kept: AssistancePaper = session.desk.perform(AddRecord(paper))
    return kept


def _claim(session: Session) -> Claim:
    return session.read(lambda reader: reader.find(Claim))[0]


def _appeal(session: Session) -> Appeal:
    kept: Appeal = session.desk.perform(AddRecord(Appeal(claim_id=_claim(session).id, level="internal")))
    return kept


def _notice(session: Session) -> Collection:
    collector = session.desk.perform(AddRecord(Organization(name="Red Fork Recovery", kind="collector")))
    notice = Collection(bill_id=_bill(session), collector_id=collector.id)
    kept: Collection = session.desk.perform(AddRecord(notice))
    return kept


AID_WINDOWS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "household": lambda window: ask_household(window.session, window, _application(window.session)),
    "assistance approved": lambda window: ask_step(window.session, window, _application(window.session), "approved"),
    "assistance denied": lambda window: ask_step(window.session, window, _application(window.session), "denied"),
    "paper to send": lambda window: add_paper(window.session, window, _application(window.session).id),
    "papers asked for": lambda window: ask_asked(window.session, window, (_paper(window.session),)),
    "papers sent": lambda window: ask_sent(window.session, window, (_paper(window.session),)),
    "edit paper to send": lambda window: edit_paper(window.session, window, _paper(window.session)),
    "start an appeal": lambda window: start_appeal(
        window.session, window, _claim(window.session), LEVELS["private"], None
    ),
    "appeal filed": lambda window: ask_filed(window.session, window, _appeal(window.session)),
    "appeal decided": lambda window: ask_decided(window.session, window, _appeal(window.session)),
    "edit appeal": lambda window: edit_appeal(window.session, window, _appeal(window.session)),
    "collection notice": lambda window: enter_notice(window.session, window, _bill(window.session)),
    "edit collection notice": lambda window: edit_notice(window.session, window, _notice(window.session)),
    "debt disputed": lambda window: ask_disputed(window.session, window, _notice(window.session)),
    "collector answered": lambda window: ask_validated(window.session, window, _notice(window.session)),
}
