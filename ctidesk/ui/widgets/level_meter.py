"""How loud it is, as a row of blocks (look.md, "Settings")."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import TokenName, scaled, theme
from ctidesk.ui.widgets.painting import paint_rounded

BLOCKS = 32
GREEN, AMBER = 22, 28
"""Blocks below these numbers are green, and amber; the rest are red."""

_HEIGHT = 12
_GAP = 3


class LevelMeter(QWidget):
    """Shows a level from 0.0 to 1.0; a screen reader says it when it is asked, never by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_level(self, level: float, words: str) -> None:
        """Show a level; `words` is it in translated words."""
        lit = round(min(max(level, 0.0), 1.0) * BLOCKS)
        if lit != self._lit:
            self._lit = lit
            self.setAccessibleDescription(words)
            self.update()

    @property
    def lit(self) -> int:
        """How many of the blocks are lit."""
        return self._lit

    def sizeHint(self) -> QSize:
        return QSize(BLOCKS * scaled(6 + _GAP), scaled(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(BLOCKS * (2 + _GAP), scaled(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        height = scaled(_HEIGHT)
        top = (self.height() - height) // 2
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for block in range(BLOCKS):
            place = BLOCKS - 1 - block if from_right else block
            left = round(place * (self.width() + _GAP) / BLOCKS)
            right = round((place + 1) * (self.width() + _GAP) / BLOCKS) - _GAP
            color = tokens[_color(block)] if block < self._lit else tokens.line
            paint_rounded(painter, QRect(left, top, right - left, height), 1, color)


def _color(block: int) -> TokenName:
    if block < GREEN:
        return "readyFill"
    return "awayMark" if block < AMBER else "talkFill"
