"""The shape of a state as a small widget."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import PresenceState, presence_pixmap, scaled, theme
from ctidesk.ui.widgets.painting import paint_pixmap

TURN_MILLISECONDS = 1200
"""One turn of the connecting ring (look.md, "7. What moves")."""

_STEPS = 24
_PALE = 0.4


class PresenceShape(QWidget):
    """Paints one shape; the connecting ring turns while it can be seen. Never alone: a word belongs beside it.

    `size` is 12 in rows, 14 in headers, menus and popups, 18 in strips, in px at 100 % text.
    """

    def __init__(
        self, state: PresenceState = PresenceState.UNKNOWN, size: int = 14, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._size = size
        self._pale = False
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MILLISECONDS // _STEPS)
        self._timer.timeout.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._restyle)

    def state(self) -> PresenceState:
        """The state shown."""
        return self._state

    def set_state(self, state: PresenceState) -> None:
        """Show another state."""
        if state is not self._state:
            self._state = state
            self._step = 0
            self._move()
            self.update()

    def set_pale(self, pale: bool) -> None:
        """The second half of a blink: 40 % opacity."""
        if pale != self._pale:
            self._pale = pale
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size), scaled(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._move()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(_PALE if self._pale else 1.0)
        pixmap = presence_pixmap(self._state, scaled(self._size), self.devicePixelRatioF())
        if self._step:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            middle = self.rect().toRectF().center()
            painter.translate(middle)
            painter.rotate(self._step * 360 / _STEPS)
            painter.translate(-middle)
        paint_pixmap(painter, pixmap, self.rect())

    def _move(self) -> None:
        turning = self._state is PresenceState.CONNECTING and self.isVisible() and not theme().reduced_motion
        if not turning:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _turn(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()

    def _restyle(self) -> None:
        self._move()
        self.updateGeometry()
        self.update()
