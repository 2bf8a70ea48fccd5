"""One entry of the glossary, to be read at any text size: what it means, an example, where it stands, what is near."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.glossary import TOPIC, Term, glossary
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.reading_pane import ReadingPane, readable
from medbills_desktop.qt.widgets import button, column, label, panel


class Entry(ReadingPane):
    """Signals: `wanted` carries the id of a related term that is asked for."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.term: Term | None = None
        self.show_term(None)

    def show_term(self, term: Term | None) -> None:
        """Show a term from its top, or that none was found."""
        self.term = term
        if term is None:
            self.show_page(self._nothing(), self.tr("No word"), "")
        else:
            self.show_page(self._page(term), term.term, " ".join(self._spoken(term)))

    def _page(self, term: Term) -> QWidget:
        page = QWidget()
        layout = column(readable(term.term, "title"), gap=8, margins=(20, 16, 12, 16))
        if term.names:
            names = self.tr("Also called: {names}").format(names=" · ".join(term.names))
            layout.addWidget(readable(names, "muted"))
        layout.addWidget(readable(term.meaning, "reading"))
        layout.addWidget(self._example(term))
        seen = self.tr("Where it stands: {place}").format(place=term.seen[:1].lower() + term.seen[1:])
        layout.addWidget(readable(seen))
        layout.addWidget(label(self.tr("See also"), "strong"))
        layout.addLayout(Flow([self._link(glossary()[other]) for other in term.see], gap=12))
        layout.addWidget(readable(self._footnote(term), "muted"))
        layout.addStretch(1)
        page.setLayout(layout)
        return page

    def _example(self, term: Term) -> QWidget:
        example = panel("example")
        head = label(self.tr("For example"), "muted")
        example.setLayout(column(head, readable(term.example, "reading"), gap=2, margins=(12, 8, 12, 10)))
        return example

    def _link(self, term: Term) -> QPushButton:
        found = button(term.term, self._link_pressed, "link", term.first_sentence)
        found.setProperty("term", term.id)
        found.setAccessibleName(self.tr("See also: {word}").format(word=term.term))
        return found

    def _footnote(self, term: Term) -> str:
        if not term.source:
            return TOPIC[term.topic]
        text = self.tr(
            "Rule: {source}. Checked on {day}. In general words, for information only; it is not legal advice."
        )
        return text.format(source=term.source.replace("; ", ", "), day=plain_day(term.checked))

    def _spoken(self, term: Term) -> tuple[str, ...]:
        names = self.tr("Also called: {names}.").format(names=", ".join(term.names)) if term.names else ""
        example = self.tr("For example: {text}").format(text=term.example)
        return tuple(part for part in (names, term.meaning, example, term.seen, self._footnote(term)) if part)

    def _nothing(self) -> QWidget:
        page = QWidget()
        hint = self.tr("No word fits. Try another one, or a part of it, as it is printed on the paper.")
        page.setLayout(column(readable(hint, "muted"), None, margins=(20, 16, 12, 16)))
        return page

    @Slot()
    def _link_pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(sender.property("term"))
