"""The details of one call, under its line: the recordings, the note, and what else is known (picture panel-history)."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctidesk.store.record import StoredCall
from ctidesk.ui.components.history.delegate import SIDE
from ctidesk.ui.components.history.words import fact_words
from ctidesk.ui.components.note_field import NoteField
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import PlainLabel


class CallDetails(QWidget):
    """Shows and takes the note of a call; a player of its recordings can stand above it.

    Signals:
        noted(record_id, text): the operator has written another note.
        height_changed(): the details need another height.
        left(): the keyboard may go back to the list.
    """

    noted = Signal(object, str)
    height_changed = Signal()
    left = Signal()

    def __init__(self, call: StoredCall, player: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record_id: UUID = call.record.record_id
        self.player = player
        self._note = NoteField()
        self._facts = PlainLabel("", TextStyle.SMALL, "text2", lines=2)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        if player is not None:
            self._column.addWidget(player)
        self._column.addWidget(self._note)
        self._column.addWidget(self._facts)
        self._note.written.connect(lambda text: self.noted.emit(self.record_id, text))
        self._note.height_changed.connect(self.height_changed)
        self._note.left.connect(self.left)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.show_call(call)

    def show_call(self, call: StoredCall) -> None:
        """Show what is known now; a note that is being written stays."""
        self._note.set_note(call.note_text)
        self._facts.setText(fact_words(call))
        self._facts.setVisible(bool(self._facts.text()))

    def write(self) -> None:
        """Tell the note, if it has changed: the details are about to go."""
        self._note.write()

    def take_keyboard(self) -> None:
        """Put the cursor into the note."""
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        self._note.moveCursor(self._note.textCursor().MoveOperation.End)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().tokens.accentSoft)

    def _restyle(self) -> None:
        self._column.setContentsMargins(SIDE + scaled(18) + SIDE, 2, SIDE, 10)
