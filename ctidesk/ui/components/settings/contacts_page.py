"""The page about numbers and contacts: how numbers are dialled, and from where callers are known."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.config.secrets import Program
from ctidesk.cti.identification import Source
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Choice, TextField
from ctidesk.ui.components.settings.history_page import NumberChoice
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.components.settings.secret_field import SecretField
from ctidesk.ui.components.settings.source_test import SourceTest
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, IconButton, PlainLabel
from ctidesk.ui.widgets.bidi import clean

FIRST_COUNTRIES = ("RU", "UA", "KZ", "BY")


class ContactsPage(Page):
    """Numbers, contacts, and the lookup in another program."""

    def __init__(self, draft: Draft, work: ProgramWork) -> None:
        super().__init__(translate("Contacts", "Directory and contacts"))
        self._draft = draft
        self._work = work
        self._knows_countries = False
        self._add_numbers(draft)
        self._add_contacts(draft)
        self._add_lookup(draft)
        work.sources_found.connect(self._sources.show_sources)
        work.failed.connect(self._show_trouble)

    def shown(self) -> None:
        """Look what there is, and name the countries."""
        self._work.list_sources()
        self._key.look_up()
        if not self._knows_countries:
            self._knows_countries = True
            for code, name in countries():
                self._country.add(code, name)

    def _add_numbers(self, draft: Draft) -> None:
        self.section(translate("Contacts", "How numbers are dialled"))
        label = translate("Contacts", "Country")
        self._country = Choice(draft, "numbers.country", label, [])
        self.row(label, self._country)
        label = translate("Contacts", "Area code")
        self.row(label, TextField(draft, "numbers.area_code", label, "495"))
        label = translate("Contacts", "Outside line")
        self.row(label, TextField(draft, "numbers.outside_line", label, "9"))
        label = translate("Contacts", "Internal numbers")
        lengths = [(0, translate("Contacts", "There are none"))]
        lengths += [(one, translate("Contacts", "Up to {count} digits").format(count=one)) for one in range(2, 9)]
        unusual = translate("Contacts", "Up to {number} digits")
        self.row(label, NumberChoice(draft, "numbers.longest_extension", label, lengths, unusual))

    def _add_contacts(self, draft: Draft) -> None:
        self.section(translate("Contacts", "Contacts"))
        self._sources = SourceList()
        self._sources.removed.connect(self._work.remove_source)
        button = Button(translate("Contacts", "Import file…"), ButtonKind.OUTLINE, icon="download")
        button.set_tip(translate("Contacts", "CSV tables and vCards"))
        button.clicked.connect(self._choose_file)
        self._trouble = PlainLabel("", TextStyle.SMALL, "talk", lines=3)
        self._trouble.hide()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._sources)
        column.addWidget(self._trouble)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.row(translate("Contacts", "From files"), box)
        label = translate("Contacts", "Watched folder")
        folder = TextField(draft, "directory.contacts_folder", label)
        if not folder.is_locked:
            choose = Button(translate("Contacts", "Choose…"), ButtonKind.OUTLINE, icon="folder")
            choose.clicked.connect(self._choose_folder)
            folder.row.addWidget(choose)
        self.row(label, folder)
        words = translate("Contacts", "Its CSV tables and vCards are read anew whenever they change.")
        self.row("", PlainLabel(words, TextStyle.SMALL, "text2", lines=3))

    def _add_lookup(self, draft: Draft) -> None:
        self.section(translate("Contacts", "Lookup in your company's program"))
        label = translate("Contacts", "Address")
        self.row(label, TextField(draft, "integration.lookup.address", label, "https://crm.example/find?n={number}"))
        words = translate(
            "Contacts",
            "It is asked (GET) who has the number of a call, and answers in JSON within two seconds. {number} is the "
            "number as it came, {party} the international form, {digits} its digits.",
        )
        self.row("", PlainLabel(words, TextStyle.SMALL, "text2", lines=5))
        for key, label, placeholder in (
            ("results", translate("Contacts", "People in the answer"), "data.people"),
            ("name", translate("Contacts", "Name"), "name"),
            ("company", translate("Contacts", "Company"), "company"),
            ("title", translate("Contacts", "Position"), ""),
            ("note", translate("Contacts", "Note"), ""),
            ("id", translate("Contacts", "Id"), ""),
            ("card", translate("Contacts", "Address of the card"), ""),
        ):
            self.row(label, TextField(draft, f"integration.lookup.{key}", label, placeholder))
        label = translate("Contacts", "Authorization")
        explanation = translate("Contacts", "Sent as the header of this name, for example: Bearer and a key.")
        self._key = SecretField(draft, self._work, Program.LOOKUP, label, explanation)
        self.row(label, self._key)
        self.row("", SourceTest(draft, self._work, Source.LOOKUP, self._key.text))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, translate("Contacts", "Import contacts"))
        dialog.setNameFilters(
            [
                translate("Contacts", "Contacts (*.csv *.tsv *.txt *.vcf *.vcard)"),
                translate("Contacts", "All files (*)"),
            ]
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_import)
        dialog.open()

    def open_import(self, path: str) -> None:
        """Show what a file holds before it is read."""
        from ctidesk.ui.components.contacts.import_dialog import ImportDialog

        self._show_trouble("")
        ImportDialog(path, self._work, self).open()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, translate("Contacts", "Watched folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._draft.set("directory.contacts_folder", path))
        dialog.open()

    def _show_trouble(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))


class SourceList(QWidget):
    """The files that contacts were read from, each with a button that forgets them.

    Signals:
        removed(source): the contacts of a source are to be forgotten.
    """

    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._rows: list[QWidget] = []
        self.show_sources({})

    def show_sources(self, sources: Mapping[str, int]) -> None:
        """Show other ones."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(name, count) for name, count in sources.items()]
        if not self._rows:
            self._rows = [PlainLabel(translate("Contacts", "No contacts yet"), TextStyle.BODY, "text2")]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()

    def _row(self, name: str, count: int) -> QWidget:
        kind, _, file = name.partition(":")
        title = clean(file) if file else translate("Contacts", "Added by hand")
        if kind == "file":
            title = f"{title} · {translate('Contacts', 'from the folder')}"
        number = translate("Contacts", "{count} contacts").format(count=QLocale().toString(count))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(PlainLabel(title, TextStyle.BODY), 1)
        line.addWidget(PlainLabel(number, TextStyle.SMALL, "text2", elide=None))
        if kind == "import":
            remove = IconButton("trash", translate("Contacts", "Remove the contacts of {file}").format(file=title))
            remove.clicked.connect(lambda: self.removed.emit(name))
            line.addWidget(remove)
        return row


def countries() -> list[tuple[str, str]]:
    """Return the codes of all countries with their own names; those around come first."""
    found = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha():
            name = QLocale(QLocale.Language.AnyLanguage, territory).nativeTerritoryName()
            found[code] = name or QLocale.territoryToString(territory)
    first = [(code, found[code]) for code in FIRST_COUNTRIES if code in found]
    rest = sorted(((code, name) for code, name in found.items() if code not in FIRST_COUNTRIES), key=lambda one: one[1])
    return [*first, *rest]
