"""Asks who a number is, for the operator's own contacts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel
from ctidesk.ui.widgets.bidi import clean

LONGEST = 200


class NewContact(QDialog):
    """A small dialog; calls go on meanwhile.

    Signals:
        given(name, company): the contact is to be added.
    """

    given = Signal(str, str)

    def __init__(self, name: str, number: str, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            name: what is known so far, or empty.
            number: whose it is.
        """
        super().__init__(parent)
        title = translate("Contacts", "Add to contacts")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = _field(translate("Contacts", "Name"), name)
        self._company = _field(translate("Contacts", "Company"), "")
        self._name.textChanged.connect(self._typed)
        cancel = Button(translate("Settings", "Cancel"), ButtonKind.OUTLINE)
        cancel.clicked.connect(self.reject)
        self._add = Button(translate("Contacts", "Add"), ButtonKind.PRIMARY)
        self._add.clicked.connect(self._finish)
        self._add.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, TextStyle.PAGE, lines=2))
        column.addWidget(PlainLabel(number_text(number), TextStyle.NUMBER, "text2", tabular=True, ltr=True))
        for field in (self._name, self._company):
            column.addWidget(PlainLabel(field.accessibleName(), TextStyle.SMALL, "text2"))
            column.addWidget(field)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._add)
        column.addLayout(row)
        self._typed()
        self.resize(scaled(340), scaled(260))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.window)

    def _typed(self) -> None:
        self._add.set_available(bool(clean(self._name.text())), translate("Contacts", "Type a name"))

    def _finish(self) -> None:
        self.given.emit(clean(self._name.text()), clean(self._company.text()))
        self.accept()


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setMaxLength(LONGEST)
    field.setAccessibleName(name)
    return field
