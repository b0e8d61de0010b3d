"""Asks for what goes with a state, a number or a text for the colleagues, under the header and without a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.cti.agent import AgentStateOption
from ctidesk.cti.dialling import NumberRefused, normalise_number
from ctidesk.cti.text import translate
from ctidesk.ui.components.call_actions import CallActions
from ctidesk.ui.theme import TextStyle
from ctidesk.ui.widgets import Button, ButtonKind, IconButton, PlainLabel
from ctidesk.ui.widgets.bidi import clean

_LONGEST = 64


class RedirectRow(QWidget):
    """A field for the number or the text, a button with the state's word, and one that leaves it."""

    def __init__(self, actions: CallActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._option: AgentStateOption | None = None
        self._field = QLineEdit()
        self._field.setMaxLength(_LONGEST)
        self._field.returnPressed.connect(self._set)
        self._field.textEdited.connect(lambda: self._say(""))
        self._button = Button("", ButtonKind.PRIMARY)
        self._button.clicked.connect(self._set)
        self._close = IconButton("close", translate("Panel", "Cancel"), size=32)
        self._close.clicked.connect(self.hide)
        self._refusal = PlainLabel("", TextStyle.SMALL, "talk", lines=2)
        self._refusal.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._refusal)
        self.hide()

    @property
    def question(self) -> str:
        """What the field is called while it asks."""
        return self._field.accessibleName()

    def ask(self, option: AgentStateOption) -> None:
        """Ask for the number of `option`, or for its text, which may be empty."""
        self._option = option
        if option.needs_number:
            question = translate("Panel", "Redirect calls to number…")
        else:
            question = translate("Panel", "Note for colleagues")
        self._field.setPlaceholderText(question)
        self._field.setAccessibleName(question)
        self._field.clear()
        self._button.setText(clean(option.label))
        self._say("")
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _set(self) -> None:
        if self._option is None:
            return
        if not self._option.needs_number:
            self._actions.set_agent_state(self._option.code, self._field.text().strip())
            self.hide()
            return
        try:
            number = normalise_number(self._field.text())
        except NumberRefused as refusal:
            self._say(refusal.error.text)
            return
        self._actions.set_agent_state(self._option.code, number)
        self.hide()

    def _say(self, refusal: str) -> None:
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
