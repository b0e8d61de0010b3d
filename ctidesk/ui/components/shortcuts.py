"""The keys of the panel: one place where they are chosen and put into words."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Key(Enum):
    """What a key does; the value is the key."""

    DIAL = "Ctrl+L"
    ANSWER = "F4"
    RECONNECT = "F5"
    HOLD = "F6"
    CONSULT = "F7"
    TRANSFER = "F8"
    TRANSFER_TO_SELECTED = "Ctrl+T"
    COMPLETE = "F9"
    SWAP = "F11"
    END = "F12"
    READY = "Ctrl+1"
    BREAK = "Ctrl+2"
    DO_NOT_DISTURB = "Ctrl+3"
    AFTER_CALL = "Ctrl+4"

    @property
    def text(self) -> str:
        """The key as it is written on this system."""
        return QKeySequence(self.value).toString(QKeySequence.SequenceFormat.NativeText)


def with_key(words: str, key: Key) -> str:
    """Return `words` with the key that does the same, for a tool tip."""
    return f"{words} ({key.text})"


def connect_key(key: Key, window: QWidget, act: Callable[[], object]) -> QShortcut:
    """Call `act` when `key` is pressed anywhere in `window`; a key that is kept down counts once."""
    shortcut = QShortcut(QKeySequence(key.value), window)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(act)
    return shortcut
