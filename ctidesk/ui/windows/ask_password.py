"""Asks for the password at the start, where no keyring has it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctidesk.config.secrets import Account, Answer, Outcome
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.password_field import PasswordField
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel
from ctidesk.ui.widgets.bidi import isolate, ltr


class AskPassword(QWidget):
    """A small window of its own; nothing waits inside of it.

    Signals:
        given(password): connect with it.
        settings_wanted(): something else has to be set.
        closed(): the window has gone without a password.
    """

    given = Signal(str)
    settings_wanted = Signal()
    closed = Signal()

    def __init__(self, account: Account, answer: Answer) -> None:
        """Make the window.

        Args:
            account: whose password is needed.
            answer: what the keyring has said.
        """
        super().__init__()
        self._is_done = False
        self.setWindowTitle(translate("Settings", "Password"))
        self._password = PasswordField(translate("Settings", "Password"))
        if answer.outcome is Outcome.NOT_AVAILABLE:
            self._password.show_answer(answer)
        self._password.line.setPlaceholderText("")
        self._password.line.returnPressed.connect(self._connect)
        self._password.typed.connect(self._typed)
        settings = Button(translate("Settings", "Settings…"), ButtonKind.QUIET)
        settings.clicked.connect(self.settings_wanted)
        self._ok = Button(translate("Settings", "Connect"), ButtonKind.PRIMARY)
        self._ok.clicked.connect(self._connect)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(translate("Settings", "Your password at the PBX"), TextStyle.PAGE, lines=2))
        who = f"{isolate(account.login)} · {ltr(account.server)}"
        column.addWidget(PlainLabel(who, TextStyle.BODY, "text2", lines=2))
        column.addWidget(self._password)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(settings)
        row.addStretch(1)
        row.addWidget(self._ok)
        column.addLayout(row)
        self._typed()
        self.resize(scaled(400), scaled(200))

    def put_away(self) -> None:
        """Close without a word: another window takes over."""
        self._is_done = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._password.clear()
        if not self._is_done:
            self._is_done = True
            self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.window)

    def _typed(self) -> None:
        self._ok.set_available(bool(self._password.text()), translate("Settings", "Type your password"))

    def _connect(self) -> None:
        password = self._password.text()
        if password and not self._is_done:
            self.put_away()
            self.given.emit(password)
