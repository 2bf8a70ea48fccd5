"""The only place that stops and asks. Few questions remain, since almost everything can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from medbills_desktop.domain.errors import UserError


def ask_discard(parent: QWidget) -> bool:
    """Whether to close although something typed is not saved yet."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(box.tr("Not saved yet"))
    box.setText(box.tr("What you typed is not saved yet. Close without saving it?"))
    stay = box.addButton(box.tr("Keep typing"), QMessageBox.ButtonRole.RejectRole)
    discard = box.addButton(box.tr("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is discard


def ask_remove(parent: QWidget, question: str, detail: str) -> bool:
    """Whether to remove something larger; the detail says what goes with it and that it can be undone."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(box.tr("Remove"))
    box.setText(question)
    box.setInformativeText(detail)
    stay = box.addButton(box.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
    remove = box.addButton(box.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is remove


def ask_pay_unconfirmed(parent: QWidget, what: str) -> bool:
    """Whether a payment is to be kept although the agreement behind it is not confirmed in writing."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(box.tr("Not confirmed in writing"))
    box.setText(what)
    box.setInformativeText(
        box.tr("It is safer to pay once a paper says that this settles the whole account. If you have paid, keep it.")
    )
    back = box.addButton(box.tr("Go back"), QMessageBox.ButtonRole.RejectRole)
    keep = box.addButton(box.tr("Keep the payment"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(back)
    box.exec()
    return box.clickedButton() is keep


def tell_refusal(parent: QWidget | None, error: UserError) -> None:
    """Say that something can't be done, and what to do instead."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("MedBills")
    box.setText(error.what)
    box.setInformativeText(error.todo)
    box.exec()


def ask_password(parent: QWidget, title: str) -> str | None:
    """The password of a paper, or `None`; it is kept in memory only."""
    text, given = QInputDialog.getText(parent, "MedBills", f"{title}", QLineEdit.EchoMode.Password)
    return text if given and text else None


def ask_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Files to open, chosen in the system's dialog."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def ask_target(parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
    """A file to write, chosen in the system's dialog (which asks before replacing one)."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
    return Path(name) if name else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """A folder, chosen in the system's dialog."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None
