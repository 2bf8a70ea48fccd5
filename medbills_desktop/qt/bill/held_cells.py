"""Typed cells that are not kept yet: those of a line that is still being typed, and texts that can't be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import BY_NAME, cell_text, typed_value, with_amounts


class HeldRow:
    """The typed texts of one row, by the name of the field."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def values(self) -> dict[str, Any]:
        """The texts that can be read, as values; a mark brings its amounts along."""
        found: dict[str, Any] = {}
        for name, text in self.texts.items():
            try:
                found[name] = typed_value(BY_NAME[name], text)
            except UserError:
                continue
        return with_amounts(found)

    def line(self, bill_id: int) -> Line:
        """The new line; raises `KeyError` without what the bill says."""
        values = self.values()
        return Line(bill_id=bill_id, description=values.pop("description"), **values)

    def unread(self) -> HeldRow:
        """Only the texts that can't be read."""
        read = self.values()
        return HeldRow({name: text for name, text in self.texts.items() if name not in read})


class HeldCells:
    """Typed texts by line (0: the blank row) and name of the field."""

    def __init__(self, cells: Iterable[tuple[int, str, str]] = ()) -> None:
        self._rows: dict[int, dict[str, str]] = {}
        for key, name, text in cells:
            if name in BY_NAME:
                self.put(key, name, text)

    def get(self, key: int, name: str) -> str | None:
        """The held text of a cell."""
        return self._rows.get(key, {}).get(name)

    def of(self, key: int) -> dict[str, str]:
        """The held texts of a row."""
        return dict(self._rows.get(key, {}))

    def rows(self) -> list[int]:
        """The rows with held texts."""
        return list(self._rows)

    def put(self, key: int, name: str, text: str) -> None:
        """Hold a text; an empty one is forgotten."""
        if text.strip():
            self._rows.setdefault(key, {})[name] = text
        else:
            self.drop(key, name)

    def drop(self, key: int, name: str) -> bool:
        """Forget a text; False where none was held."""
        row = self._rows.get(key, {})
        found = row.pop(name, None) is not None
        if not row:
            self._rows.pop(key, None)
        return found

    def take_row(self, key: int) -> HeldRow:
        """Take all texts of a row out."""
        return HeldRow(self._rows.pop(key, {}))

    def put_row(self, key: int, row: HeldRow) -> None:
        """Hold the texts of a row."""
        for name, text in row.texts.items():
            self.put(key, name, text)

    def plain(self) -> Sequence[tuple[int, str, str]]:
        """All cells, for the library's drafts."""
        return [(key, name, text) for key, row in self._rows.items() for name, text in row.items()]

    @staticmethod
    def read(column: int, text: str) -> tuple[str, str]:
        """How a held text is shown, and why it can't be read (empty where it can)."""
        try:
            value = typed_value(column, text)
        except UserError as error:
            return text, str(error)
        name = next(name for name, number in BY_NAME.items() if number == column)
        return cell_text(Line(**{"bill_id": 0, "description": "", name: value}), column), ""
