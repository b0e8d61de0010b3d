"""The first rows of a table of contacts, with what each column means above them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QTableWidgetItem

from ctidesk.cti.text import translate
from ctidesk.store.contact_csv import CsvPreview
from ctidesk.store.csv_columns import ColumnMapping
from ctidesk.ui.components.settings.fields import QuietComboBox
from ctidesk.ui.theme import scaled
from ctidesk.ui.widgets.bidi import clean

MOST_COLUMNS = 60
COLUMN_WIDTH = 150


class ColumnTable(QTableWidget):
    """Shows a preview; the texts in it are data and shown plain.

    Signals:
        changed(): a column means something else.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[QComboBox] = []
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setAccessibleName(translate("Contacts", "The beginning of the file"))

    def show_preview(self, preview: CsvPreview) -> None:
        """Show other rows, or another meaning of the columns."""
        columns = min(MOST_COLUMNS, max((len(row) for row in (preview.header, *preview.rows)), default=0))
        if columns != self.columnCount():
            self._make_columns(columns)
        self.setHorizontalHeaderLabels([_title(preview, column) for column in range(columns)])
        self.setRowCount(1 + len(preview.rows))
        for index, row in enumerate(preview.rows, 1):
            for column in range(columns):
                text = clean(row[column]) if column < len(row) else ""
                self.setItem(index, column, QTableWidgetItem(text))
        for column, box in enumerate(self._boxes):
            box.setCurrentIndex(box.findData(_meaning(preview.form.mapping, column)))
            box.setAccessibleName(translate("Contacts", "Meaning of {column}").format(column=_title(preview, column)))

    def mapping(self, *, has_header: bool) -> ColumnMapping:
        """Return what the columns mean by the boxes."""
        chosen = [str(box.currentData()) for box in self._boxes]

        def every(meaning: str) -> tuple[int, ...]:
            return tuple(column for column, one in enumerate(chosen) if one == meaning)

        def first(meaning: str) -> int | None:
            return next(iter(every(meaning)), None)

        return ColumnMapping(
            name=every("name"),
            numbers=every("numbers"),
            company=first("company"),
            title=first("title"),
            email=first("email"),
            note=first("note"),
            key=first("key"),
            has_header=has_header,
        )

    def _make_columns(self, count: int) -> None:
        self.clear()
        self.setColumnCount(count)
        self.setRowCount(1)
        self._boxes = []
        for column in range(count):
            box = QuietComboBox()
            for value, words in _meanings():
                box.addItem(words, value)
            box.activated.connect(lambda _: self.changed.emit())
            self._boxes.append(box)
            self.setCellWidget(0, column, box)
            self.setColumnWidth(column, scaled(COLUMN_WIDTH))
        self.setRowHeight(0, scaled(40))


def _meanings() -> list[tuple[str, str]]:
    return [
        ("", translate("Contacts", "Not used")),
        ("name", translate("Contacts", "Name")),
        ("numbers", translate("Contacts", "Number")),
        ("company", translate("Contacts", "Company")),
        ("title", translate("Contacts", "Position")),
        ("email", translate("Contacts", "E-mail")),
        ("note", translate("Contacts", "Note")),
        ("key", translate("Contacts", "Id")),
    ]


def _meaning(mapping: ColumnMapping, column: int) -> str:
    if column in mapping.name and column != mapping.company:
        return "name"
    if column in mapping.numbers:
        return "numbers"
    single = {
        "company": mapping.company,
        "title": mapping.title,
        "email": mapping.email,
        "note": mapping.note,
        "key": mapping.key,
    }
    return next((name for name, at in single.items() if at == column), "")


def _title(preview: CsvPreview, column: int) -> str:
    named = clean(preview.header[column]) if column < len(preview.header) else ""
    return named or translate("Contacts", "Column {number}").format(number=column + 1)
