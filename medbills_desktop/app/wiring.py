"""Puts the parts of the program together: an application, a library, its session and window; no globals."""

from __future__ import annotations

import gc
import shutil
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from medbills_desktop.app.paths import Paths
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.errors import LibraryBusyError, ReadOnlyError, UserError
from medbills_desktop.qt import theme
from medbills_desktop.qt.acts import LibraryWish
from medbills_desktop.qt.dialogs.ask import tell_refusal
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings, load_settings, save_settings
from medbills_desktop.qt.welcome import Welcome
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library, Mode


def make_application(paths: Paths) -> QApplication:
    """The one application object, with our fonts; Qt's own notes go to our private folder.

    What was loaded until now lives as long as the program: Python no longer looks through it for what can be thrown
    away, which stopped the window for 75 to 95 ms each time.
    """
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(paths.qt_settings))
    application = QApplication(sys.argv[:1])
    application.setApplicationName("MedBills")
    application.setOrganizationName("MedBills")
    application.setDesktopFileName("medbills")
    theme.load_fonts()
    gc.freeze()
    return application


def wants_dark(settings: Settings) -> bool:
    """Whether the dark scheme is to be used: as chosen, else as the system has it."""
    if settings.scheme != "system":
        return settings.scheme == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def open_library(folder: Path, mode: Mode) -> tuple[Library, UserError | None]:
    """Open a library for writing, or for reading where it can't be written to, with the reason why it can't."""
    try:
        return Library.open(folder, mode), None
    except (LibraryBusyError, ReadOnlyError) as error:
        if mode == "read":
            raise
        return Library.open(folder, "read"), error


class Program(QObject):
    """Opens libraries one after the other, each with a window of its own, and closes them well."""

    def __init__(self, application: QApplication, paths: Paths) -> None:
        super().__init__(application)
        self._application = application
        self._paths = paths
        self.settings = load_settings(paths.settings_file)
        self.window: MainWindow | None = None
        self._library: Library | None = None
        self._welcome: Welcome | None = None
        theme.apply(application, wants_dark(self.settings), self.settings.text_size)
        application.setQuitOnLastWindowClosed(True)
        application.aboutToQuit.connect(self.close)

    def start(self, folder: Path | None, mode: Mode = "write") -> None:
        """Open the named library, else the last one, else offer the two ways in."""
        wanted = folder or (Path(self.settings.library) if self.settings.library else None)
        if wanted is not None and (folder is not None or (wanted / "library.db").is_file()):
            if self.open(wanted, mode) or folder is not None:
                return
        elif (self._paths.default_library / "library.db").is_file() and self.open(self._paths.default_library, mode):
            return
        self._welcome = Welcome(str(self._paths.default_library))
        self._welcome.wished.connect(self.wish)
        self._welcome.show()

    @Slot(object)
    def wish(self, wish: LibraryWish) -> None:
        """Open what was asked for; a refusal is told and the open library stays."""
        try:
            folder = self._folder_of(wish)
        except UserError as error:
            tell_refusal(self.window, error)
            return
        self.open(folder)

    def _folder_of(self, wish: LibraryWish) -> Path:
        if wish.how == "sample":
            sample = self._paths.sample_library
            if not (sample / "library.db").is_file():
                shutil.rmtree(sample, ignore_errors=True)
                make_sample(sample)
            return sample
        folder = wish.folder or self._paths.default_library
        if wish.how == "new":
            Library.create(folder).close()
        return folder

    def open(self, folder: Path, mode: Mode = "write") -> bool:
        """Open a library in a new window in place of the old one; False (and a message) where that is refused."""
        try:
            library, held_back = open_library(folder, mode)
        except UserError as error:
            tell_refusal(self.window, error)
            return False
        old = self.window
        self._close_library()
        self._library = library
        case_day = library.read(lambda reader: reader.info("today"))
        session = Session(library, _day(case_day))
        sample = self._paths.is_sample(folder)
        title = library.read(lambda reader: reader.info("title")) or folder.name
        self.window = MainWindow(session, self.settings, f"SAMPLE · {title}" if sample else title, Path.home())
        self.window.library_wanted.connect(self.wish, Qt.ConnectionType.QueuedConnection)
        self.window.show()
        QTimer.singleShot(0, self.window.begin)
        if held_back is not None:
            what = self.tr("{why} It is open for reading only here.").format(why=held_back.what)
            session.refuse(UserError(what, held_back.todo))
        if old is not None:
            old.close()
            old.deleteLater()
        self.settings.library = str(folder)
        return True

    @Slot()
    def close(self) -> None:
        """Close the library with a backup, and keep the settings."""
        save_settings(self._paths.settings_file, self.settings)
        self._close_library()

    def _close_library(self) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.close()
        if self._library is not None:
            library, self._library = self._library, None
            try:
                library.close(with_backup=library.mode == "write")
            except UserError as error:
                tell_refusal(None, error)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
