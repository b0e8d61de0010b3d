"""Twelve keys for tones and numbers."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ctidesk.ui.theme import TextStyle, scaled, text_font, theme
from ctidesk.ui.widgets.label import line_height
from ctidesk.ui.widgets.painted_button import PaintedButton
from ctidesk.ui.widgets.painting import BUTTON_RADIUS, paint_focus_ring, paint_rounded

KEYS = "123456789*0#"
LETTERS = {"2": "ABC", "3": "DEF", "4": "GHI", "5": "JKL", "6": "MNO", "7": "PQRS", "8": "TUV", "9": "WXYZ", "0": "+"}
"""The letters of a telephone keypad (ITU-T E.161)."""

_FLASH_MILLISECONDS = 150


class Keypad(QWidget):
    """Reports every key by `key_clicked`. Keys are 40 high, 4 apart (look.md, "Panel", "Keypad")."""

    key_clicked = Signal(str)

    def __init__(self, *, letters: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self._keys: dict[str, _Key] = {}
        for index, name in enumerate(KEYS):
            key = _Key(name, LETTERS.get(name, "") if letters else "")
            key.clicked.connect(lambda _checked=False, name=name: self.key_clicked.emit(name))
            self._keys[name] = key
            grid.addWidget(key, index // 3, index % 3)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def flash(self, key: str) -> None:
        """Show a key typed on the keyboard as pressed for a moment; anything but the twelve is ignored."""
        if key in self._keys:
            self._keys[key].flash()


class _Key(PaintedButton):
    def __init__(self, name: str, letters: str) -> None:
        super().__init__(name)
        self._name = name
        self._letters = letters
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(_FLASH_MILLISECONDS)
        self._release.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def flash(self) -> None:
        self._release.start()
        self.update()

    def sizeHint(self) -> QSize:
        height = line_height(TextStyle.CLOCK) + (line_height(TextStyle.CAPTION) if self._letters else 0)
        return QSize(scaled(48), max(scaled(40), height + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme().tokens
        down = self.isDown() or self._release.isActive()
        ground = tokens.accentSoft if down else tokens.pressed if self.is_hovered() else tokens.hover
        paint_rounded(painter, self.rect(), BUTTON_RADIUS, ground)
        digit, caption = text_font(TextStyle.CLOCK, tabular=True), text_font(TextStyle.CAPTION)
        height, below = QFontMetrics(digit).height(), QFontMetrics(caption).height() if self._letters else 0
        top = (self.height() - height - below) // 2
        painter.setFont(digit)
        painter.setPen(tokens.disabled if not self.isEnabled() else tokens.accentText if down else tokens.text)
        painter.drawText(QRect(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, self._name)
        if self._letters:
            painter.setFont(caption)
            painter.setPen(tokens.text3 if self.isEnabled() else tokens.disabled)
            box = QRect(0, top + height, self.width(), below)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._letters)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), BUTTON_RADIUS)
