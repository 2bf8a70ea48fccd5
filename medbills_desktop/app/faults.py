"""What the person sees of a fault of the program: one plain message, what it means, and that the records are safe."""

from __future__ import annotations

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from medbills_desktop.app import crash
from medbills_desktop.app.crash import Fault
from medbills_desktop.app.paths import Paths


class FaultTeller(QObject):
    """Brings faults of any thread to the window's thread and shows one message at a time."""

    _happened = Signal(object)

    def __init__(self, paths: Paths, parent: QObject) -> None:
        super().__init__(parent)
        self._paths = paths
        self._showing = False
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        crash.listen(self._happened.emit)
        qInstallMessageHandler(_qt_message)

    @Slot(object)
    def _show(self, fault: Fault) -> None:
        if self._showing:
            return
        self._showing = True
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("MedBills")
        if fault.refusal is not None:
            box.setText(fault.refusal.what)
            box.setInformativeText(fault.refusal.todo)
        else:
            box.setText(self.tr("Something in the program did not work. Your records are safe: every change is saved."))
            place = self.tr("A note without names or amounts is kept in {file}.").format(file=self._paths.log_file)
            box.setInformativeText(place)
            box.setDetailedText(fault.text)
        box.exec()
        self._showing = False


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    crash.take_qt_message(kind.name, context.category or "", text)
