"""Reads a file of contacts: what was recognised can be changed, with a look at what comes of it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.store.contact_csv import CsvForm, CsvPreview
from ctidesk.store.csv_columns import ColumnMapping
from ctidesk.ui.components.contacts.column_table import ColumnTable
from ctidesk.ui.components.settings.fields import CheckWords, QuietComboBox
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel, announce
from ctidesk.ui.widgets.bidi import clean

WIDTH, HEIGHT = 720, 520
VCARD = (".vcf", ".vcard")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp1252", "koi8-r", "cp866")


class ImportDialog(QDialog):
    """Open it with `open()`. The file is read by `work`; closing the dialog gives it up and changes nothing."""

    def __init__(self, path: str, work: ProgramWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Contacts", "Import contacts"))
        self._path = path
        self._work = work
        self._form: CsvForm | None = None
        self._is_done = False
        self._is_vcard = Path(path).suffix.casefold() in VCARD
        self._build()
        work.previewed.connect(self._show_preview)
        work.progressed.connect(self._show_progress)
        work.imported.connect(self._show_end)
        work.failed.connect(self._show_trouble)
        self.finished.connect(self._give_up)
        self.resize(scaled(WIDTH), scaled(HEIGHT if not self._is_vcard else HEIGHT // 2))
        if self._is_vcard:
            self._forms.hide()
            self._table.hide()
            self._hint.setText(translate("Contacts", "A file of vCards says itself what is what."))
            self._import.setEnabled(True)
        else:
            work.preview(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # in the table it would press a button
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.window)

    # ---- parts

    def _build(self) -> None:
        title = PlainLabel(clean(Path(self._path).name), TextStyle.PAGE)
        self._hint = PlainLabel(translate("Contacts", "Looking at the file…"), TextStyle.SMALL, "text2", lines=3)
        self._table = ColumnTable()
        self._table.changed.connect(self._mapping_changed)
        self._found = PlainLabel("", TextStyle.BODY, "text2", lines=3)
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._cancel = Button(translate("Contacts", "Cancel"), ButtonKind.OUTLINE)
        self._cancel.clicked.connect(self.reject)
        self._import = Button(translate("Contacts", "Import"), ButtonKind.PRIMARY)
        self._import.clicked.connect(self._begin)
        self._import.setEnabled(False)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self._progress, 1)
        bottom.addWidget(self._found, 1)
        for button in (self._cancel, self._import):
            button.setAutoDefault(False)
            button.setMinimumWidth(scaled(88))
            bottom.addWidget(button)
        self._forms = self._form_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        for widget in (title, self._hint, self._forms):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        column.addStretch(0)
        column.addLayout(bottom)

    def _form_row(self) -> QWidget:
        self._encoding = QuietComboBox()
        self._encoding.setAccessibleName(translate("Contacts", "Encoding"))
        for name in ENCODINGS:
            self._encoding.addItem(name.upper(), name)
        self._delimiter = QuietComboBox()
        self._delimiter.setAccessibleName(translate("Contacts", "Between columns"))
        for sign, words in (
            (",", translate("Contacts", "Comma")),
            (";", translate("Contacts", "Semicolon")),
            ("\t", translate("Contacts", "Tab")),
            ("|", "|"),
        ):
            self._delimiter.addItem(words, sign)
        self._delimiter.setMinimumContentsLength(13)
        self._header = QCheckBox()
        words = translate("Contacts", "The first row names the columns")
        self._header.setAccessibleName(words)
        self._encoding.activated.connect(lambda _: self._form_changed())
        self._delimiter.activated.connect(lambda _: self._form_changed())
        self._header.clicked.connect(lambda _: self._form_changed())
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(translate("Contacts", "Encoding"), TextStyle.BODY, "text2"))
        row.addWidget(self._encoding)
        row.addWidget(PlainLabel(translate("Contacts", "Between columns"), TextStyle.BODY, "text2"))
        row.addWidget(self._delimiter)
        row.addWidget(self._header)
        row.addWidget(CheckWords(words, self._header), 1)
        return box

    # ---- the form

    def _show_preview(self, preview: CsvPreview) -> None:
        if self._is_vcard or self._is_done:
            return
        self._form = form = preview.form
        if self._encoding.findData(form.encoding) < 0:
            self._encoding.addItem(form.encoding.upper(), form.encoding)
        if self._delimiter.findData(form.delimiter) < 0:
            self._delimiter.addItem(form.delimiter, form.delimiter)
        self._encoding.setCurrentIndex(self._encoding.findData(form.encoding))
        self._delimiter.setCurrentIndex(self._delimiter.findData(form.delimiter))
        self._header.setChecked(form.mapping.has_header)
        self._table.show_preview(preview)
        self._hint.setText(translate("Contacts", "This is how the file was understood. Change what is wrong."))
        is_usable = bool(form.mapping.numbers)
        if not is_usable:
            words = translate("Contacts", "Say which column holds the numbers.")
        elif preview.contacts:
            first = preview.contacts[0]
            number = first.numbers[0].number if first.numbers else ""
            shown = " · ".join(part for part in (clean(first.name), clean(number), clean(first.company)) if part)
            words = translate("Contacts", "The first one: {contact}").format(contact=shown)
        else:
            words = translate("Contacts", "There is no number in these rows.")
        self._found.setText(words)
        self._import.set_available(is_usable, words)

    def _form_changed(self) -> None:
        """Look anew. With other letters or another division the columns are other ones: their meaning is guessed."""
        if self._form is None:
            return
        encoding, delimiter = self._encoding.currentData(), self._delimiter.currentData()
        if (encoding, delimiter) == (self._form.encoding, self._form.delimiter):
            mapping = msgspec.structs.replace(self._form.mapping, has_header=self._header.isChecked())
        else:
            mapping = ColumnMapping()
        self._look(CsvForm(encoding=encoding, delimiter=delimiter, mapping=mapping))

    def _mapping_changed(self) -> None:
        if self._form is not None:
            mapping = self._table.mapping(has_header=self._header.isChecked())
            self._look(msgspec.structs.replace(self._form, mapping=mapping))

    def _look(self, form: CsvForm) -> None:
        self._form = form
        self._work.preview(self._path, form)

    # ---- reading

    def _begin(self) -> None:
        if self._is_done:
            self.accept()
            return
        self._import.setEnabled(False)
        self._forms.setEnabled(False)
        self._table.setEnabled(False)
        self._found.hide()
        self._progress.setValue(0)
        self._progress.show()
        self._work.import_file(self._path, self._form)

    def _show_progress(self, part: float) -> None:
        self._progress.setValue(round(1000 * part))

    def _show_end(self, count: int) -> None:
        self._is_done = True
        self._progress.hide()
        words = translate("Contacts", "Contacts imported: {count}").format(count=QLocale().toString(count))
        self._tell(words, "text")
        self._cancel.hide()
        self._import.setText(translate("Contacts", "Close"))
        self._import.setEnabled(True)

    def _show_trouble(self, words: str) -> None:
        self._progress.hide()
        self._forms.setEnabled(True)
        self._table.setEnabled(True)
        self._import.setEnabled(self._form is not None or self._is_vcard)
        self._hint.setText("")
        self._tell(words, "talk")

    def _tell(self, words: str, color: str) -> None:
        self._found.setText(words)
        self._found.set_color("talk" if color == "talk" else "text")
        self._found.show()
        announce(self, words)

    def _give_up(self) -> None:
        if not self._is_done:
            self._work.stop_import()
