"""The bar that tells the keys of a list (look.md, "Panel", "hint bar 28")."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.cti.directory import AbonentAction
from ctidesk.cti.text import translate
from ctidesk.ui.theme import TextStyle, scaled, text_font, theme
from ctidesk.ui.widgets import line_height, paint_rounded

_SIDE = 12
_BETWEEN = 12
_PADDING = 5


class KeyHints(QWidget):
    """Keys and what they do; those that do not fit are left out, the last first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = AbonentAction.CALL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._restyle)

    def show_action(self, action: AbonentAction) -> None:
        """Show what Enter does."""
        if action is not self._action:
            self._action = action
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(scaled(28), line_height(TextStyle.CAPTION) + 12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme().tokens
        painter.fillRect(self.rect(), tokens.window)
        painter.fillRect(0, 0, self.width(), 1, tokens.line)
        keys, words = text_font(TextStyle.HEAD), text_font(TextStyle.CAPTION)
        key_metrics, word_metrics = QFontMetrics(keys), QFontMetrics(words)
        left = _SIDE
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        for key, word in self._hints():
            key_width = key_metrics.horizontalAdvance(key) + 2 * _PADDING
            word_width = word_metrics.horizontalAdvance(word)
            if left + key_width + 4 + word_width > self.width() - _SIDE:
                break
            height = key_metrics.height() + 2
            box = QRect(left, (self.height() - height) // 2, key_width, height)
            paint_rounded(painter, box, 4, tokens.base, tokens.line)
            painter.setFont(keys)
            painter.setPen(tokens.text2)
            painter.drawText(box, flags, key)
            painter.setFont(words)
            area = QRect(box.right() + 5, 0, word_width + 2, self.height())
            painter.drawText(area, flags, word)
            left = area.right() + _BETWEEN

    def _hints(self) -> list[tuple[str, str]]:
        match self._action:
            case AbonentAction.CONSULT:
                act = translate("Panel", "consult")
            case AbonentAction.TRANSFER:
                act = translate("Panel", "transfer")
            case AbonentAction.CONFERENCE:
                act = translate("Panel", "add")
            case _:
                act = translate("Panel", "call")
        return [
            ("↑ ↓", translate("Panel", "choose")),
            (translate("Panel", "Enter"), act),
            (translate("Panel", "Shift Enter"), translate("Panel", "menu")),
            (translate("Panel", "Esc"), translate("Panel", "clear")),
        ]

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
