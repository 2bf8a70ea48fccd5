"""Where the labels of regions go on a page: only where nothing is printed, and one never over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from medbills_desktop.papers.protocol import PixelBox
from medbills_desktop.qt.theme import LIGHT, font
from medbills_desktop.qt.viewer.page_layout import PagePlace
from medbills_desktop.qt.viewer.shown import ShownRegion
from medbills_desktop.qt.viewer.tiles import tiles_of

if TYPE_CHECKING:
    from medbills_desktop.qt.viewer.painting import Scene

_INK = 150
"""A grey value (0 black, 255 white) below which a pixel counts as printed; scanned paper is lighter."""

_LONGEST = 280
"""Pixels at 100 % text of a label; longer ones are elided in the middle."""


def labels_of(
    scene: Scene, place: PagePlace, regions: Sequence[tuple[ShownRegion, QRectF]]
) -> Iterator[tuple[QRectF, str]]:
    """A place and a text for each region that has room, the one pointed out choosing first.

    The text is the region's label or, where that is too long, its part before the first dot. A page that is
    drawn in pieces, or not yet, gets no labels: what is printed on it is not known.
    """
    picture = _whole_picture(scene, place)
    if picture is None:
        return
    taken = [rect for _, rect in regions]
    for region, rect in sorted(regions, key=lambda each: each[0].key != scene.pointed_out):
        for chip, text in _candidates(scene.layout.frame.ratio, rect, region.label):
            if not any(chip.intersects(other) for other in taken) and _is_blank(picture, place, chip):
                taken.append(chip)
                yield chip, text
                break


def _candidates(ratio: float, rect: QRectF, label: str) -> Iterator[tuple[QRectF, str]]:
    gap = 4 * ratio
    for text in dict.fromkeys((label, label.split(" · ", 1)[0])):
        size = chip_size(ratio, text)
        middle = rect.center().y() - size.height() / 2
        for left, top in (
            (rect.right() + gap, middle),
            (rect.left() - gap - size.width(), middle),
            (rect.left(), rect.top() - gap - size.height()),
            (rect.right() - size.width(), rect.top() - gap - size.height()),
            (rect.left(), rect.bottom() + gap),
        ):
            yield QRectF(QPointF(left, top), size), text


def _whole_picture(scene: Scene, place: PagePlace) -> QImage | None:
    tile = next(tiles_of(scene.document, place, PixelBox(0, 0, 1, 1)))
    return scene.images.get(tile) if tile.whole else None


def _is_blank(picture: QImage, place: PagePlace, chip: QRectF) -> bool:
    """Whether a rectangle of the strip lies on the page with nothing printed under it."""
    part = chip.toAlignedRect().translated(-place.left, -place.top)
    if not QRect(0, 0, picture.width(), picture.height()).contains(part):
        return False
    grey = picture.copy(part).convertToFormat(QImage.Format.Format_Grayscale8)
    return min(cast("memoryview", grey.constBits()), default=0) >= _INK


def chip_size(ratio: float, text: str) -> QSizeF:
    """Device pixels that a label takes."""
    metrics = QFontMetricsF(_letters(ratio))
    width = min(metrics.horizontalAdvance(text), _LONGEST * ratio) + 12 * ratio
    return QSizeF(width, metrics.height() + 2 * ratio)


def paint_chip(painter: QPainter, ratio: float, chip: QRectF, text: str) -> None:
    """A label on its soft colour."""
    letters = _letters(ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT["accent_soft"]))
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
    painter.setFont(letters)
    painter.setPen(QColor(LIGHT["accent"]))
    room = chip.width() - 12 * ratio + 1
    shown = QFontMetricsF(letters).elidedText(text, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _letters(ratio: float) -> QFont:
    return scaled_font(ratio, 11, strong=True)


def scaled_font(ratio: float, pixels: float, strong: bool = False) -> QFont:
    """The program's typeface where the painter's unit is a device pixel."""
    found = font(pixels, strong)
    found.setPixelSize(max(1, round(found.pixelSize() * ratio)))
    return found
