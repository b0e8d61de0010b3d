"""A small word on a tinted ground: the queue a call came through."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, theme
from ctidesk.ui.widgets.label import PlainLabel
from ctidesk.ui.widgets.painting import paint_pixmap, paint_rounded

_SIDE = 8
_RADIUS = 4


class Tag(PlainLabel):
    """Icon and word; a long word is cut and stands whole in the tool tip."""

    def __init__(self, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, TextStyle.SMALL_STRONG, "accentText", parent=parent)
        self._icon = icon
        theme().changed.connect(self._set_margins)
        self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_rounded(painter, self.rect(), _RADIUS, theme().tokens.accentSoft)
        if self._icon is not None:
            size = scaled(16)
            left = self.width() - _SIDE - size if self.isRightToLeft() else _SIDE
            pixmap = icon_pixmap(self._icon, "accentText", size, self.devicePixelRatioF())
            paint_pixmap(painter, pixmap, QRect(left, 0, size, self.height()))
        painter.end()
        super().paintEvent(event)

    def _set_margins(self) -> None:
        side = _SIDE + (scaled(16) + 6 if self._icon is not None else 0)
        if self.isRightToLeft():
            self.setContentsMargins(_SIDE, 2, side, 2)
        else:
            self.setContentsMargins(side, 2, _SIDE, 2)
        self.updateGeometry()
