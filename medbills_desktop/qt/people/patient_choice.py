"""Whose bills are shown, where a family has several patients: one choice for all pages while the window is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.store.queries.people import ListBillIdsOf, ListPatients

if TYPE_CHECKING:
    from medbills_desktop.qt.session import Session

_KINDS = frozenset({"bill", "person"})


class PatientFilter(QObject):
    """Whose bills are shown on Bills and Today: everyone's, or those of one patient. Signals: `changed`."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.person_id: int | None = None
        self._bill_ids: frozenset[int] = frozenset()
        session.herald.changed.connect(self._news)

    def choose(self, person_id: int | None) -> None:
        """Show the bills of one patient, or everyone's."""
        if person_id != self.person_id:
            self.person_id = person_id
            self._read()
            self.changed.emit()

    def shows(self, bill_id: int | None) -> bool:
        """Whether something of a bill is shown; what is of no bill is everyone's."""
        return self.person_id is None or bill_id is None or bill_id in self._bill_ids

    def _read(self) -> None:
        if self.person_id is not None:
            self._bill_ids = self._session.read(ListBillIdsOf(self.person_id))

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if self.person_id is None or not changes.kinds & _KINDS:
            return
        self._read()
        if not self._bill_ids:
            self.choose(None)  # the last bill of this patient is gone


class PatientChoice(QComboBox):
    """Everyone, or one of the patients; not seen while there is only one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Whose bills are shown"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.hide()
        self.activated.connect(self._activated)
        session.patients.changed.connect(self._follow)
        session.herald.changed.connect(self._news)
        self._fill()

    def _fill(self) -> None:
        patients = self._session.read(ListPatients())
        self.clear()
        self.addItem(self.tr("Everyone"), None)
        for patient in patients:
            self.addItem(patient.name, patient.id)
        self._follow()
        self.setVisible(len(patients) > 1 and self.parentWidget() is not None)

    @Slot()
    def _follow(self) -> None:
        self.setCurrentIndex(max(self.findData(self._session.patients.person_id), 0))

    @Slot(int)
    def _activated(self, place: int) -> None:
        self._session.patients.choose(self.itemData(place))

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if changes.kinds & _KINDS:
            self._fill()

    def settle(self) -> None:
        """Be seen where there is a choice, once it stands in its page."""
        self.setVisible(self.count() > 2)
