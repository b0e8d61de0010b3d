"""A place to drop something on: icon, what happens, and what that means (look.md, picture drag-transfer)."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import TextStyle, TokenName, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets.accessible import spoken
from ctidesk.ui.widgets.label import line_height
from ctidesk.ui.widgets.painting import BUTTON_RADIUS, paint_pixmap, paint_rounded

_ICON = 24
_HEIGHT = 88
_GAP = 8
_LINE_GAP = 2
_MARGIN = 8


class DropField(QWidget):
    """`set_chosen` marks the one that a drop would mean now. In a narrow place icon and words stand side by side."""

    def __init__(self, icon: str, title: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._title = title
        self._meaning = meaning
        self._is_chosen = False
        self._beside = False
        self.setAccessibleName(spoken(title, meaning))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def is_chosen(self) -> bool:
        """Whether a drop would mean this one."""
        return self._is_chosen

    def set_chosen(self, chosen: bool) -> None:
        """Mark it, or mark it no more."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self.update()

    def set_beside(self, beside: bool) -> None:
        """Have the words beside the icon instead of below it."""
        if beside != self._beside:
            self._beside = beside
            self.updateGeometry()
            self.update()

    def needed_width(self) -> int:
        """The width in px that holds both lines whole with the icon above them."""
        title, meaning = QFontMetrics(text_font(TextStyle.STRONG)), QFontMetrics(text_font(TextStyle.SMALL))
        return max(title.horizontalAdvance(self._title), meaning.horizontalAdvance(self._meaning)) + 2 * _MARGIN

    def sizeHint(self) -> QSize:
        lines = line_height(TextStyle.STRONG) + _LINE_GAP + line_height(TextStyle.SMALL)
        if self._beside:
            return QSize(self.needed_width() + scaled(_ICON) + _GAP, max(scaled(_ICON), lines) + 2 * _MARGIN)
        return QSize(self.needed_width(), max(scaled(_HEIGHT), scaled(_ICON) + _GAP + lines + 2 * _MARGIN))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_ICON) + 2 * _MARGIN, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, strong, weak = _CHOSEN if self._is_chosen else _PLAIN
        paint_rounded(painter, self.rect(), BUTTON_RADIUS, theme().tokens[ground])
        pixmap = icon_pixmap(self._icon, strong, scaled(_ICON), self.devicePixelRatioF())
        icon, words, alignment = self._places()
        paint_pixmap(painter, pixmap, icon)
        top = words.top()
        for text, style, color in ((self._title, TextStyle.STRONG, strong), (self._meaning, TextStyle.SMALL, weak)):
            font = text_font(style)
            metrics = QFontMetrics(font)
            line = QRect(words.left(), top, words.width(), metrics.height())
            painter.setFont(font)
            painter.setPen(theme().tokens[color])
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, alignment | Qt.TextFlag.TextSingleLine, shown)
            top += metrics.height() + _LINE_GAP

    def _places(self) -> tuple[QRect, QRect, Qt.AlignmentFlag]:
        """Where the icon and the words stand, and how the words are aligned."""
        size = scaled(_ICON)
        lines = line_height(TextStyle.STRONG) + _LINE_GAP + line_height(TextStyle.SMALL)
        if self._beside:
            words = QRect(_MARGIN + size + _GAP, 0, self.width() - size - _GAP - 2 * _MARGIN, lines)
            words.moveTop((self.height() - lines) // 2)
            icon = QRect(_MARGIN, 0, size, self.height())
            if self.isRightToLeft():
                icon.moveLeft(self.width() - _MARGIN - size)
                words.moveLeft(_MARGIN)
            return icon, words, Qt.AlignmentFlag.AlignLeading
        top = (self.height() - size - _GAP - lines) // 2
        icon = QRect(0, top, self.width(), size)
        words = QRect(_MARGIN, top + size + _GAP, self.width() - 2 * _MARGIN, lines)
        return icon, words, Qt.AlignmentFlag.AlignHCenter


_CHOSEN: tuple[TokenName, TokenName, TokenName] = ("accent", "onAccent", "onAccent")
_PLAIN: tuple[TokenName, TokenName, TokenName] = ("hover", "text", "text2")
