"""Puts pages, and what is pointed out on them, on the screen. Functions of a scene; nothing is kept.

A page is white paper in the dark scheme too, so what is drawn on it has the colours of the light scheme.
All lengths are device pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from medbills_desktop.papers.protocol import Box, PixelBox
from medbills_desktop.papers.reasons import CantShow
from medbills_desktop.qt.theme import LIGHT, token
from medbills_desktop.qt.viewer.labelling import chip_size, labels_of, paint_chip, scaled_font
from medbills_desktop.qt.viewer.page_images import PageImages, SmallPictures
from medbills_desktop.qt.viewer.page_layout import PageLayout, PagePlace
from medbills_desktop.qt.viewer.shown import ShownRegion
from medbills_desktop.qt.viewer.tiles import Sight, tiles_of


@dataclass(frozen=True)
class Mark:
    """A part of a page to colour: a hit, a part of a selection, a region about to be chosen."""

    page: int
    box: Box
    colour: str
    strength: int = 60
    outlined: bool = False


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything that a paint needs to know."""

    document: str
    layout: PageLayout
    sight: Sight
    images: PageImages
    small: SmallPictures
    refused: Mapping[int, CantShow] = field(default_factory=dict)
    regions: Sequence[ShownRegion] = ()
    pointed_out: str | None = None
    marks: Sequence[Mark] = ()
    waiting_text: str = ""


def paint_pages(painter: QPainter, scene: Scene) -> None:
    """All pages in sight. The painter's origin is the view's top left, its unit a device pixel."""
    painter.translate(-scene.sight.left, -scene.sight.top)
    for page in scene.layout.pages_between(scene.sight.top, scene.sight.bottom):
        place = scene.layout.place(page)
        refusal = scene.refused.get(page)
        if refusal is not None:
            _paint_refusal(painter, scene, place, refusal)
            continue
        _paint_page(painter, scene, place)
        for mark in scene.marks:
            if mark.page == page:
                _paint_mark(painter, scene, place, mark)
        _paint_regions(painter, scene, place)


def _paint_page(painter: QPainter, scene: Scene, place: PagePlace) -> None:
    whole = QRect(place.left, place.top, place.width, place.height)
    ratio = scene.layout.frame.ratio
    edge = max(1, round(ratio))
    painter.fillRect(whole.adjusted(-edge, -edge, edge, edge), token("border"))
    sight = scene.sight
    part = place.seen_part(sight.left, sight.top, sight.left + sight.width, sight.bottom)
    if part is None:
        return
    held = [(tile, scene.images.get(tile)) for tile in tiles_of(scene.document, place, part)]
    if any(image is None for _, image in held):
        _paint_stand_in(painter, scene, place, part)
    for tile, image in held:
        if image is not None:
            painter.drawImage(QRect(place.left + tile.left, place.top + tile.top, tile.width, tile.height), image)


def _paint_stand_in(painter: QPainter, scene: Scene, place: PagePlace, part: PixelBox) -> None:
    """White, then the small picture, then whatever was drawn for another zoom."""
    seen = QRect(place.left + part.left, place.top + part.top, part.width, part.height)
    painter.fillRect(seen, QColor(LIGHT["surface"]))
    small = scene.small.get(scene.document, place.page, place.rotation)
    others = scene.images.others(scene.document, place.page, place.rotation, place.width)
    painter.save()
    painter.setClipRect(seen)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if small is not None:
        painter.drawImage(QRect(place.left, place.top, place.width, place.height), small)
    for tile, image in others:
        scale = place.width / tile.page_width
        painter.drawImage(
            QRectF(
                place.left + tile.left * scale,
                place.top + tile.top * scale,
                tile.width * scale,
                tile.height * scale,
            ),
            image,
        )
    painter.restore()
    if scene.waiting_text:
        _paint_waiting(painter, scene, place)


def _paint_waiting(painter: QPainter, scene: Scene, place: PagePlace) -> None:
    text = scene.waiting_text.format(page=place.page)
    top = max(place.top, scene.sight.top) + 12 * scene.layout.frame.ratio
    size = chip_size(scene.layout.frame.ratio, text)
    at = QPointF(place.left + (place.width - size.width()) / 2, top)
    paint_chip(painter, scene.layout.frame.ratio, QRectF(at, size), text)


def _paint_refusal(painter: QPainter, scene: Scene, place: PagePlace, reason: CantShow) -> None:
    ratio = scene.layout.frame.ratio
    whole = QRectF(place.left, place.top, place.width, place.height)
    painter.fillRect(whole, token("window"))
    painter.setPen(QPen(token("control"), ratio))
    painter.drawRect(whole)
    sight = scene.sight
    part = place.seen_part(sight.left, sight.top, sight.left + sight.width, sight.bottom)
    if part is None:
        return
    seen = QRectF(place.left + part.left, place.top + part.top, part.width, part.height)
    room = seen.adjusted(24 * ratio, 24 * ratio, -24 * ratio, -24 * ratio)
    wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
    painter.setFont(scaled_font(ratio, 13, strong=True))
    painter.setPen(token("text"))
    first = painter.boundingRect(room, wrapped, reason.sentence)
    top = max(room.top(), room.center().y() - first.height())
    painter.drawText(QRectF(room.left(), top, room.width(), first.height()), wrapped, reason.sentence)
    painter.setFont(scaled_font(ratio, 13))
    painter.setPen(token("muted"))
    below = top + first.height() + 8 * ratio
    painter.drawText(QRectF(room.left(), below, room.width(), room.bottom() - below), wrapped, reason.what_to_do)


def _paint_mark(painter: QPainter, scene: Scene, place: PagePlace, mark: Mark) -> None:
    rect = QRectF(*place.pixels_of(mark.box))
    colour = QColor(LIGHT[mark.colour])
    fill = QColor(colour)
    fill.setAlpha(mark.strength)
    painter.fillRect(rect, fill)
    if mark.outlined:
        painter.setPen(QPen(colour, 2 * scene.layout.frame.ratio))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def _hatch(painter: QPainter, rect: QRectF, ratio: float) -> None:
    """Slanted lines, dense enough to be told from any colour, light enough to read what is below."""
    ink = QColor(LIGHT["text"])
    ink.setAlpha(150)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(ink, ratio))
    step = 6 * ratio
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def _paint_regions(painter: QPainter, scene: Scene, place: PagePlace) -> None:
    """Soft fill and a thin line round each, and its label where there is room for it (see labelling)."""
    ratio = scene.layout.frame.ratio
    here = [(each, QRectF(*place.pixels_of(each.rect))) for each in scene.regions if each.page == place.page]
    colour = QColor(LIGHT["accent"])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for region, rect in here:
        out = region.key == scene.pointed_out
        fill, line = QColor(colour), QColor(colour)
        fill.setAlpha(46 if out else 26)
        line.setAlpha(255 if out else 120)
        painter.fillRect(rect, fill)
        if region.taken_out:
            _hatch(painter, rect, ratio)
        painter.setPen(QPen(line, (1.5 if out else 1) * ratio))
        painter.drawRoundedRect(rect.adjusted(-ratio, -ratio, ratio, ratio), 2 * ratio, 2 * ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for chip, text in labels_of(scene, place, here):
        paint_chip(painter, ratio, chip, text)
