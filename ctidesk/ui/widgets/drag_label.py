"""What is being dragged, beside the pointer (look.md, "Panel", "Drop target")."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ctidesk.ui.theme import PresenceState, TextStyle, presence_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets.painting import paint_pixmap, paint_rounded

_RIGHT, _BELOW = 18, 22
_HEIGHT = 32
_SIDE = 12
_GAP = 8
_SHAPE = 12


class DragLabel(QWidget):
    """A pill that follows the pointer inside of its window. It is no drag of the system: that would need a loop."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ground = window
        self._text = ""
        self._state = PresenceState.UNKNOWN
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_what(self, text: str, state: PresenceState) -> None:
        """Say what is dragged."""
        self._text, self._state = text, state
        self.resize(self.sizeHint())
        self.update()

    def follow(self, pointer: QPoint) -> None:
        """Stand at the pointer, `pointer` being a point of the screen, as far as the window goes."""
        place = self._ground.mapFromGlobal(pointer) + QPoint(_RIGHT, _BELOW)
        most = QPoint(self._ground.width() - self.width(), self._ground.height() - self.height())
        self.move(max(0, min(place.x(), most.x())), max(0, min(place.y(), most.y())))
        self.show()
        self.raise_()

    def sizeHint(self) -> QSize:
        text = QFontMetrics(text_font(TextStyle.NAME)).horizontalAdvance(self._text)
        width = scaled(_SHAPE) + _GAP + text + 1 + 2 * _SIDE
        return QSize(min(width, self._ground.width()), scaled(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_rounded(painter, self.rect(), 6, theme().tokens.tip)
        area = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        shape = area.adjusted(0, 0, scaled(_SHAPE) - area.width(), 0)
        paint_pixmap(painter, presence_pixmap(self._state, scaled(_SHAPE), self.devicePixelRatioF()), shape)
        words = area.adjusted(scaled(_SHAPE) + _GAP, 0, 0, 0)
        font = text_font(TextStyle.NAME)
        painter.setFont(font)
        painter.setPen(theme().tokens.tipText)
        shown = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
