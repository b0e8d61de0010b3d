"""An icon that only shows something; words beside it say the same."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import TokenName, icon_pixmap, scaled, theme
from ctidesk.ui.widgets.painting import paint_pixmap


class Icon(QWidget):
    """`size` is px at 100 % text."""

    def __init__(self, name: str, color: TokenName = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._color: TokenName = color
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(scaled(self._size), scaled(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = icon_pixmap(self._name, self._color, scaled(self._size), self.devicePixelRatioF())
        paint_pixmap(QPainter(self), pixmap, self.rect())
