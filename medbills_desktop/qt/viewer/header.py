"""The viewer pane's two upper lines: title, page, zoom; below them the region pointed out and the tools."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.theme import font, px, token
from medbills_desktop.qt.viewer.glyphs import GlyphButton
from medbills_desktop.qt.viewer.view_actions import with_keys
from medbills_desktop.qt.widgets import ElidedLabel, column, label, row

_GLYPHS = {
    "zoom_out": "minus",
    "zoom_in": "plus",
    "detach": "apart",
    "thumbnails": "pages",
    "turn": "turn",
    "find": "find",
}


class Header(QWidget):
    """Shows what it is told; `page_wanted` carries the number typed into the page field."""

    page_wanted = Signal(object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = 0
        self.title = ElidedLabel("", "strong")
        self.chip = RegionChip()
        self.page = QLineEdit()
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setAccessibleName(self.tr("Page"))
        self.page.setToolTip(self.tr("Page in front; type another and press Enter (Ctrl+G)"))
        self.page.setMaxLength(6)
        self.page.returnPressed.connect(self._wanted)
        self.of_pages = label("", "muted")
        self._buttons = {
            name: _follow(GlyphButton(glyph), actions[name], with_keys(actions[name]))
            for name, glyph in _GLYPHS.items()
        }
        self.fit = _follow(_ZoomButton(), actions["fit"], self.tr("Fit width, then fit page (Ctrl+0, Ctrl+9)"))
        self.region = _follow(QToolButton(), actions["choose_region"], self.tr("Link a region of the page (R)"))
        self.region.setObjectName("flat")
        self.region.setText(self.tr("Link region  R"))
        self._tools = (self.fit, self.region, *(button for name, button in self._buttons.items() if name != "detach"))
        zooming = (self._buttons["zoom_out"], self.fit, self._buttons["zoom_in"], self._buttons["detach"])
        upper = Headed(self.title, (self.page, self.of_pages, *zooming), least=110)
        lower = row(self.chip, gap=4)
        for name in ("thumbnails", "turn", "find"):
            lower.addWidget(self._buttons[name])
        lower.addWidget(self.region)
        lower.setStretch(0, 1)
        whole = column(gap=4)
        whole.addLayout(upper)
        whole.addLayout(lower)
        self.setLayout(whole)

    def show_tools(self, shown: bool) -> None:
        """Only the title and the way to a second window make sense for a paper that can't be shown."""
        for tool in self._tools:
            tool.setVisible(shown)

    def show_title(self, title: str) -> None:
        """The paper's name."""
        self.title.set_text(title)

    def show_page(self, page: int, pages: int) -> None:
        """The page in front and how many there are; nothing for 0 of 0."""
        self._pages = pages
        if not self.page.hasFocus() or not self.page.isModified():
            self.page.setText(str(page) if pages else "")
        room = QFontMetrics(self.page.font()).horizontalAdvance("0" * max(2, len(str(pages))))
        self.page.setFixedWidth(room + px(26))
        self.of_pages.setText(f"/ {pages}" if pages else "")
        self.page.setVisible(pages > 0)
        self.page.setAccessibleDescription(self.tr("of {pages}").format(pages=pages))

    def show_zoom(self, zoom: float, fitted: bool) -> None:
        """The word on the button between minus and plus."""
        text = self.tr("Fit") if fitted else f"{round(zoom * 100)} %"
        self.fit.setText(text)
        self.fit.setAccessibleName(self.tr("Fit; now {zoom} %").format(zoom=round(zoom * 100)))

    def edit_page(self) -> None:
        """Put the keyboard into the page field."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    @Slot()
    def _wanted(self) -> None:
        text = self.page.text().strip()
        self.page.setModified(False)
        if text.isdecimal() and self._pages:
            self.page_wanted.emit(min(max(int(text), 1), self._pages))


class RegionChip(QWidget):
    """What the region pointed out is linked to, on its soft colour; takes the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str) -> None:
        """Show a label; an empty one shows nothing."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text or self.width() < px(40):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = font(12, strong=True)
        metrics = QFontMetrics(letters)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width() - px(20))
        pill = QRectF(0, 0, metrics.horizontalAdvance(text) + px(20), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("accent_soft"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(letters)
        painter.setPen(token("accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class _ZoomButton(QToolButton):
    """As wide as its widest word, so that the buttons beside it stay where they are."""

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        widest = QFontMetrics(self.font()).horizontalAdvance("800 %") + px(18)
        return super().sizeHint().expandedTo(QSize(widest, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _follow(button: QToolButton, action: QAction, tip: str) -> QToolButton:
    """Act like the action without taking over its words: they would replace the button's own."""
    button.setCheckable(action.isCheckable())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setToolTip(tip)
    button.setAccessibleName(action.text())
    button.clicked.connect(action.trigger)
    action.toggled.connect(button.setChecked)
    action.enabledChanged.connect(button.setEnabled)
    return button
