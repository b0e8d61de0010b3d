"""The keypad inside a call card: what is pressed or typed is sent as tones (look.md, "Panel", "Keypad")."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, text_font, theme
from ctidesk.ui.widgets import IconButton, Keypad

_TONES = "0123456789*#"


class TonePad(QWidget):
    """A line with what was sent, a button that leaves, and the keys."""

    def __init__(self, send: Callable[[str], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._send = send
        self._leave = leave
        self._sent = _ToneLine(self._key, leave)
        close = IconButton("close", translate("Panel", "Hide keypad"), size=32)
        close.clicked.connect(leave)
        self._keypad = Keypad()
        self._keypad.key_clicked.connect(self._key)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sent, 1)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._keypad)

    def begin(self) -> None:
        """Forget what was sent before and take the keyboard."""
        self._sent.clear()
        self._sent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self, key: str) -> None:
        self._sent.setText(self._sent.text() + key)
        self._keypad.flash(key)
        self._send(key)


class _ToneLine(QLineEdit):
    """Shows what was sent; it cannot be taken back, so nothing can be edited."""

    def __init__(self, key: Callable[[str], None], leave: Callable[[], object]) -> None:
        super().__init__()
        self._key = key
        self._leave = leave
        self.setReadOnly(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        name = translate("Panel", "Tones sent")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        theme().changed.connect(self._restyle)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.text() and event.text() in _TONES and not event.isAutoRepeat():
            self._key(event.text())
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setFont(text_font(TextStyle.BODY, tabular=True))
