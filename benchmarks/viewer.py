"""How smoothly a long scan scrolls, against the same pages drawn on the window's own thread, in one run.

    python benchmarks/viewer.py [--pages 300] [--speed 6000] [--frames 600] [--rounds 2] [--paper FILE]

A frame is the processor time of its paint, so that other work on the machine does not count. The step from one painted
frame to the next is wall time: an answer of the worker taken between two ticks, and whatever else the machine does,
delays the next. `control` scrolls ready pictures: what the machine itself loses. A frame is blank when more than half
a per cent of its page area shows nothing at all, soft when a small picture stands in.
Memory is what the processes hold at the end (resident, Linux only).
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pymupdf
from PIL import Image, ImageDraw
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.qt import theme
from medbills_desktop.qt.viewer.pages_view import PagesView
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.tiles import tiles_of
from medbills_desktop.qt.viewer.worker_link import WorkerLink

WIDTH, HEIGHT = 1_000, 900
BLANK = 0.005


@dataclass
class Run:
    """What one way of drawing gave in one round."""

    paints: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    blank: int = 0
    soft: float = 0.0
    drawn: int = 0
    memory: str = ""

    def line(self, name: str) -> str:
        count = len(self.paints)
        paints = sorted(self.paints)
        over16, over33 = (100 * sum(each > limit for each in self.paints) / count for limit in (16.7, 33.3))
        late = 100 * sum(each > 50.0 for each in self.steps) / max(1, len(self.steps))
        return (
            f"{name:24}{count:7}{paints[count // 2]:8.1f}{paints[int(count * 0.99)]:8.1f}{paints[-1]:8.1f}"
            f"{over16:9.2f}{over33:8.2f}{late:9.2f}{100 * self.blank / count:8.2f}{100 * self.soft / count:7.1f}"
            f"{self.drawn:7}  {self.memory}"
        )


HEAD = (
    f"{'':24}{'frames':>7}{'p50':>8}{'p99':>8}{'max':>8}{'>16.7 %':>9}{'>33 %':>8}{'step>50':>9}"
    f"{'blank %':>8}{'soft %':>7}{'drawn':>7}  MB window + worker"
)


class ControlView(PagesView):
    """Every page shows the same ready picture."""

    ready: QImage | None = None

    def paintEvent(self, event: object) -> None:
        for tile, _ in self.needed_tiles(ahead=False):
            if self.ready is None or self.ready.width() != tile.width:
                self.ready = QImage(tile.width, tile.height, QImage.Format.Format_RGB32)
                self.ready.fill(0xFFEEEEEE)
            if tile not in self.source.images:
                self.source.images.put(tile, self.ready)
        super().paintEvent(event)


class OwnThreadView(PagesView):
    """Draws missing pages where it paints them, as a viewer without a worker would."""

    paper: pymupdf.Document | None = None
    drawn = 0

    def paintEvent(self, event: object) -> None:
        for tile, scale in self.needed_tiles(ahead=False):
            if self.source.images.get(tile) is None and self.paper is not None:
                pixmap = self.paper[tile.page - 1].get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
                shape = (pixmap.width, pixmap.height, pixmap.stride)
                image = QImage(pixmap.samples, *shape, QImage.Format.Format_RGB888)
                self.source.images.put(tile, image.convertToFormat(QImage.Format.Format_RGB32))
                self.drawn += 1
        super().paintEvent(event)


def make_scan(path: Path, pages: int) -> None:
    """A colour scan at 200 dpi; each page its own JPEG. Run in a process of its own for the memory it takes."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    ground = Image.effect_noise((1_700, 2_200), 14).convert("RGB")
    for page in range(pages):
        sheet = ground.copy()
        draw = ImageDraw.Draw(sheet)
        for row in range(100, 2_100, 44):
            draw.rectangle((140, row, 140 + (row * (page + 7)) % 1_400, row + 14), fill=(30, 40, 70 + page % 90))
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=78)
        canvas.drawImage(ImageReader(io.BytesIO(out.getvalue())), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()


def uncovered(view: PagesView) -> tuple[float, float]:
    """The share of the page area in sight that shows nothing, and that shows only a small picture."""
    layout, sight, source = view.layout_of_pages, view.sight, view.source
    whole = blank = soft = 0
    for page in layout.pages_between(sight.top, sight.bottom):
        place = layout.place(page)
        part = place.seen_part(sight.left, sight.top, sight.left + sight.width, sight.bottom)
        if part is None:
            continue
        area = part.width * part.height
        whole += area
        if all(tile in source.images for tile in tiles_of(source.document, place, part)):
            continue
        if source.small.get(source.document, page, 0) is not None:
            soft += area
        else:
            blank += area
    return blank / max(1, whole), soft / max(1, whole)


def scroll(view: PagesView, speed: int, frames: int) -> Run:
    """Scroll down at `speed` pixels a second, 60 ticks a second, and time every frame."""
    run = Run()
    bar = view.verticalScrollBar()
    bar.setValue(0)
    state = {"last": 0.0, "began": time.perf_counter()}
    timer = QTimer()
    timer.setInterval(16)

    def tick() -> None:
        bar.setValue(round((time.perf_counter() - state["began"]) * speed) % max(1, bar.maximum()))
        began = time.thread_time()
        view.viewport().repaint()
        run.paints.append((time.thread_time() - began) * 1_000)
        end = time.perf_counter()
        blank, soft = uncovered(view)
        if state["last"]:
            run.steps.append((end - state["last"]) * 1_000)
        state["last"] = end
        run.blank += blank > BLANK
        run.soft += soft
        if len(run.paints) >= frames:
            timer.stop()

    timer.timeout.connect(tick)
    timer.start()
    while timer.isActive():
        QApplication.processEvents()
        time.sleep(0.0005)
    return run


def resident(process: int) -> str:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return "-"
    return next(f"{int(line.split()[1]) // 1024}" for line in lines if line.startswith("VmRSS"))


def opened(kind: type[PagesView], link: WorkerLink, paper: Path, work: bool) -> PagesView:
    """A view on the paper, everything near its first page drawn; without a worker's help when `work` is False."""
    source = PaperSource(link)
    view = kind(source)
    view.resize(WIDTH, HEIGHT)
    view.show()
    source.show(paper)
    view.set_zoom(1.0)
    while source.opened is None or (work and not link.idle):
        QApplication.processEvents()
        time.sleep(0.001)
    if not work:
        link.leave(source)
        while not link.idle:
            QApplication.processEvents()
    return view


def one(kind: type[PagesView], paper: Path, arguments: argparse.Namespace) -> Run:
    link = WorkerLink()
    view = opened(kind, link, paper, work=kind is PagesView)
    if isinstance(view, OwnThreadView):
        view.paper = pymupdf.open(paper)
    sent = link.sent
    run = scroll(view, arguments.speed, arguments.frames)
    run.drawn = getattr(view, "drawn", 0) or link.sent - sent
    run.memory = f"{resident(os.getpid())} + {resident(link.process_id) if kind is PagesView else '0'}"
    view.source.close()
    view.close()
    view.deleteLater()
    link.close()
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--speed", type=int, default=6_000)
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--paper", type=Path)
    arguments = parser.parse_args()
    application = QApplication([])
    theme.load_fonts()
    theme.apply(application, False, 100)
    ways = {"control": ControlView, "worker process": PagesView, "window's own thread": OwnThreadView}
    with tempfile.TemporaryDirectory() as folder:
        paper = arguments.paper or Path(folder) / "scan.pdf"
        if not arguments.paper:
            maker = multiprocessing.get_context("spawn").Process(target=make_scan, args=(paper, arguments.pages))
            maker.start()
            maker.join()
        print(HEAD)
        for _ in range(arguments.rounds):
            for name, kind in ways.items():
                print(one(kind, paper, arguments).line(name), flush=True)


if __name__ == "__main__":
    main()
