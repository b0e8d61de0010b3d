"""A hand that drags somebody in the list of abonents."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ctidesk.ui.components.person_list import PersonList
from tests.ui.components.stage import Stage


class Mouse:
    """A hand on the mouse, over the list of abonents."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._view = next(view for view in stage.panel.findChildren(PersonList) if view.isVisible())
        self._buttons = Qt.MouseButton.NoButton

    def press(self, name: str = "Kuznetsov Andrey", button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Put the finger down on somebody's row."""
        QTest.mousePress(self._view.viewport(), button, pos=self.row(name))

    def move(self, to: QWidget | QPoint) -> None:
        """Go to the middle of a widget or to a point of the screen with the left button down."""
        place = to if isinstance(to, QPoint) else to.mapToGlobal(to.rect().center())
        local = self._view.viewport().mapFromGlobal(place)
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove, QPointF(local), QPointF(place), left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self._view.viewport(), event)

    def release(self, at: QWidget | QPoint) -> None:
        """Let go."""
        place = at if isinstance(at, QPoint) else at.mapToGlobal(at.rect().center())
        QTest.mouseRelease(
            self._view.viewport(), Qt.MouseButton.LeftButton, pos=self._view.viewport().mapFromGlobal(place)
        )

    async def take(self, name: str = "Kuznetsov Andrey") -> None:
        """Begin to drag somebody."""
        self.press(name)
        self.move(self._stage.panel.mapToGlobal(QPoint(100, 300)))
        await self._stage.turn()

    async def drop(self, at: QWidget | QPoint) -> None:
        """Bring who is dragged somewhere and let go."""
        self.move(at)
        self.release(at)
        await self._stage.turn()

    def row(self, name: str) -> QPoint:
        """Return the middle of somebody's row, a point of the viewport."""
        rows = self._view.model()
        for place in range(rows.rowCount()):
            if name in str(rows.index(place, 0).data()):
                self._view.scrollTo(rows.index(place, 0))
                return self._view.visualRect(rows.index(place, 0)).center()
        raise AssertionError(f"{name} is not in the list")
