"""The operator's own state in the header: shape, word, time, and a chevron for the menu."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import PresenceState, TextStyle, icon_pixmap, presence_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets.label import line_height
from ctidesk.ui.widgets.painted_button import PaintedButton
from ctidesk.ui.widgets.painting import CARD_RADIUS, paint_focus_ring, paint_pixmap, paint_rounded

_SMALLEST_WIDTH = 150
_WIDEST_WISH = 240
_SIDE = 12
_AWAY = (PresenceState.BREAK, PresenceState.DND, PresenceState.WRAPUP)


class StateSelector(PaintedButton):
    """`clicked` asks for the menu; Space, Enter and Down click it too (look.md, "Panel", "Header")."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, parent)
        self._state = PresenceState.UNKNOWN
        self._title = ""
        self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: PresenceState, title: str, accessible_name: str) -> None:
        """First line and shape. `accessible_name` is the whole, like "Agent state: Ready, 42 minutes"."""
        self._state = state
        self._title = title
        self.setAccessibleName(accessible_name)
        self._show_cut_text()
        self.update()

    def show_detail(self, detail: str) -> None:
        """Second line, like "3:12 · in a call"; may change every second."""
        if detail != self._detail:
            self._detail = detail
            self._show_cut_text()
            self.update()  # whole: a part painted anew could differ from the rest when the pointer has come or gone

    def sizeHint(self) -> QSize:
        lines = line_height(TextStyle.ACTIVE) + line_height(TextStyle.CAPTION)
        return QSize(scaled(_SMALLEST_WIDTH), max(scaled(40), lines + 10))

    def wanted_width(self) -> int:
        """Return the width at which the first line is whole, or that it may take from its neighbours."""
        words = QFontMetrics(text_font(TextStyle.ACTIVE)).horizontalAdvance(self._title) + 1
        around = self.width() - self._text_rect().width()
        return max(scaled(_SMALLEST_WIDTH), min(words + around, scaled(_WIDEST_WISH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_cut_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme().tokens
        if self._state in _AWAY:
            paint_rounded(painter, self.rect(), CARD_RADIUS, tokens.awaySoft)
        else:
            fill = tokens.hover if self.is_hovered() else tokens.base
            paint_rounded(painter, self.rect(), CARD_RADIUS, fill, tokens.line)
        ratio = self.devicePixelRatioF()
        size = scaled(14)
        shape = QRect(_SIDE, (self.height() - size) // 2, size, size)
        paint_pixmap(painter, presence_pixmap(self._state, size, ratio), self._mirrored(shape))
        chevron = QRect(self.width() - scaled(16) - 8, 0, scaled(16), self.height())
        paint_pixmap(painter, icon_pixmap("chevron-down", "text2", scaled(16), ratio), self._mirrored(chevron))
        self._paint_lines(painter)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), CARD_RADIUS)

    def _paint_lines(self, painter: QPainter) -> None:
        tokens = theme().tokens
        area = self._text_rect()
        first, second = text_font(TextStyle.ACTIVE), text_font(TextStyle.CAPTION, tabular=True)
        first_metrics, second_metrics = QFontMetrics(first), QFontMetrics(second)
        height = first_metrics.height() + (second_metrics.height() if self._detail else 0)
        top = (self.height() - height) // 2
        cut, flags = Qt.TextElideMode.ElideRight, Qt.TextFlag.TextSingleLine
        painter.setLayoutDirection(self.layoutDirection())
        painter.setFont(first)
        painter.setPen(tokens.text if self.isEnabled() else tokens.disabled)
        line = QRect(area.left(), top, area.width(), first_metrics.height())
        painter.drawText(line, flags, first_metrics.elidedText(self._title, cut, area.width()))
        painter.setFont(second)
        painter.setPen(tokens.text2 if self.isEnabled() else tokens.disabled)
        line = QRect(area.left(), top + first_metrics.height(), area.width(), second_metrics.height())
        painter.drawText(line, flags, second_metrics.elidedText(self._detail, cut, area.width()))

    def _show_cut_text(self) -> None:
        width = self._text_rect().width()
        lines = ((self._title, TextStyle.ACTIVE), (self._detail, TextStyle.CAPTION))
        cut = any(QFontMetrics(text_font(style)).horizontalAdvance(text) > width for text, style in lines)
        self.set_tip("\n".join(text for text, _ in lines if text) if cut else "")

    def _text_rect(self) -> QRect:
        left = _SIDE + scaled(14) + 10
        return self._mirrored(QRect(left, 0, self.width() - left - scaled(16) - 12, self.height()))

    def _mirrored(self, rect: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect
