"""A row of a list that is taken with the mouse.

It is not the system's drag and drop: `QDrag.exec` is a nested event loop, and nothing here leaves the window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ctidesk.cti.directory import Abonent


class RowDrag(QObject):
    """Watches the mouse over a list; once a row is dragged, the list itself hears of the mouse no more.

    Signals:
        began(abonent): a person was taken.
        moved(place), dropped(place): the pointer, a point of the screen.
        broken_off(): another button was pressed, or the mouse is somebody else's.
    """

    began = Signal(object)
    moved = Signal(QPoint)
    dropped = Signal(QPoint)
    broken_off = Signal()

    def __init__(self, view: QAbstractItemView, taken: Callable[[QPoint], Abonent | None]) -> None:
        """Watch `view`; `taken` tells whom a point of its viewport means, or None where nobody can be dragged."""
        super().__init__(view)
        self._taken = taken
        self._pressed_at: QPoint | None = None
        self._person: Abonent | None = None
        self._is_on = False
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)

    def stop(self) -> None:
        """The drag is over, wherever the mouse is."""
        self._is_on = False
        self._pressed_at = self._person = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            return self._press(event)
        if self._pressed_at is None:
            return False
        if kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            return self._move(event)
        if kind is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return self._release(event)
        if self._is_on and kind in (QEvent.Type.UngrabMouse, QEvent.Type.Hide):
            self.stop()
            self.broken_off.emit()
        return False

    def _press(self, event: QMouseEvent) -> bool:
        if self._is_on:
            self.stop()
            self.broken_off.emit()
            return True
        # Who is meant is who stood there when the button went down: the rows may move before the mouse does.
        place = event.position().toPoint()
        self._person = self._taken(place) if event.button() is Qt.MouseButton.LeftButton else None
        self._pressed_at = place if self._person is not None else None
        return False

    def _move(self, event: QMouseEvent) -> bool:
        assert self._pressed_at is not None
        if not self._is_on:
            distance = event.position().toPoint() - self._pressed_at
            if distance.manhattanLength() < QApplication.startDragDistance():
                return False
            if event.buttons() is not Qt.MouseButton.LeftButton:
                self.stop()
                return False
            self._is_on = True
            self.began.emit(self._person)
        if self._is_on:  # whoever was told may have stopped it
            self.moved.emit(event.globalPosition().toPoint())
        return True

    def _release(self, event: QMouseEvent) -> bool:
        was_on = self._is_on
        self.stop()
        if was_on:
            self.dropped.emit(event.globalPosition().toPoint())
        return was_on
