"""A combination of keys, typed by pressing it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit

from ctidesk.cti.text import translate
from ctidesk.system.global_shortcut import GlobalShortcut
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Field
from ctidesk.ui.widgets import IconButton


class ShortcutField(Field):
    """One combination for all programs. Tab leaves the field, as it leaves others."""

    def __init__(self, draft: Draft, key: str, label: str, shortcut: GlobalShortcut) -> None:
        """Bind a field.

        Args:
            shortcut: tells which combinations are free.
        """
        self._edit = edit = _Keys()
        edit.setMaximumSequenceLength(1)
        super().__init__(draft, key, label, edit)
        self._shortcut = shortcut
        if not self.is_locked:
            line = edit.findChild(QLineEdit)
            assert line is not None
            line.setAccessibleName(label)
            line.setPlaceholderText(translate("Settings", "None; press the keys"))
            edit.keySequenceChanged.connect(self._take)
            edit.editingFinished.connect(self.check)
            clear = IconButton("close", translate("Settings", "Remove the keys"))
            clear.clicked.connect(edit.clear)
            self.row.addWidget(clear)
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked:
            wanted = QKeySequence.fromString(self._written(), QKeySequence.SequenceFormat.PortableText)
            if wanted != self._edit.keySequence():
                self._edit.setKeySequence(wanted)

    def text_of_value(self) -> str:
        keys = QKeySequence.fromString(self._written(), QKeySequence.SequenceFormat.PortableText)
        return keys.toString(QKeySequence.SequenceFormat.NativeText)

    def check(self) -> None:
        """Say as well when another program has the keys; that can change, so they can be saved in spite of it."""
        words = self.draft.words(self.key)
        if not words and self._written() and not self._shortcut.can_take(self._written()):
            words = translate("Settings", "Another program has these keys. Choose others.")
        self.show_problem(words)

    def _take(self, keys: QKeySequence) -> None:
        self.draft.set(self.key, keys.toString(QKeySequence.SequenceFormat.PortableText))

    def _written(self) -> str:
        return str(self.draft.value(self.key))


class _Keys(QKeySequenceEdit):
    """Takes no Tab for itself: with Shift it would be a combination, and the keyboard would never get out backwards."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, others = event.key(), event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and others == Qt.KeyboardModifier.NoModifier:
            is_back = key == Qt.Key.Key_Backtab or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.focusNextPrevChild(not is_back)
        else:
            super().keyPressEvent(event)
