"""One of a few, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ctidesk.ui.theme import TextStyle, scaled, text_font, theme
from ctidesk.ui.widgets.painted_button import PaintedButton
from ctidesk.ui.widgets.painting import paint_focus_ring, paint_rounded

_SIDE = 12
_LEAST_SIDE = 5
_GAP = 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segments(QWidget):
    """A choice whose values can all be seen. The arrow keys go from one to the next, Tab leaves it.

    Where there is too little room the counts go first, then words are cut.

    Signals:
        chosen(value): the user has chosen another one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Make the choice.

        Args:
            name: for screen readers.
            choices: values with their translated words.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for index, (_, words) in enumerate(choices):
            segment = _Segment(words, self._step)
            self._group.addButton(segment, index)
            row.addWidget(segment)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._values[index]))
        theme().changed.connect(self.update)

    def select(self, value: str) -> None:
        """Show the value that counts; one that is not among the choices selects none."""
        self._group.setExclusive(False)
        for index, own in enumerate(self._values):
            self._group.button(index).setChecked(own == value)
        self._group.setExclusive(value in self._values)
        chosen = self._values.index(value) if value in self._values else 0
        for index in range(len(self._values)):
            tab = Qt.FocusPolicy.StrongFocus if index == chosen else Qt.FocusPolicy.ClickFocus
            self._group.button(index).setFocusPolicy(tab)
        self.setFocusProxy(self._group.button(chosen))

    def set_count(self, value: str, count: int, accessible_name: str) -> None:
        """Show `count` (0: none) beside the word of `value`. `accessible_name` is the whole, like "Missed, 2"."""
        segment = self._group.button(self._values.index(value))
        assert isinstance(segment, _Segment)
        segment.set_count(count, accessible_name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_rounded(QPainter(self), self.rect(), 6, theme().tokens.hover)

    def _step(self, segment: PaintedButton, step: int) -> None:
        index = min(max(self._group.id(segment) + step, 0), len(self._values) - 1)
        button = self._group.button(index)
        if not button.isChecked():
            button.click()
        button.setFocus(Qt.FocusReason.TabFocusReason)


class _Segment(PaintedButton):
    def __init__(self, words: str, step: object) -> None:
        super().__init__(words)
        self._words = words
        self._step = step
        self._count = 0
        self.setCheckable(True)

    def set_count(self, count: int, accessible_name: str) -> None:
        self.setAccessibleName(accessible_name)
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._words_width() + self._pill_width() + 2 * scaled(_SIDE), scaled(28))

    def minimumSizeHint(self) -> QSize:
        shortest = QFontMetrics(text_font(TextStyle.ACTIVE)).horizontalAdvance("M…")
        return QSize(min(self.sizeHint().width(), shortest + 2 * _LEAST_SIDE), scaled(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self._words_width() > self.width() - 2 * _LEAST_SIDE
        self.set_tip(self._words if is_cut else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and callable(self._step):
            self._step(self, _STEPS[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        if self.isChecked():
            paint_rounded(painter, self.rect(), 5, tokens.base, tokens.border)
        painter.setFont(text_font(TextStyle.ACTIVE if self.isChecked() else TextStyle.NAME))
        painter.setPen(tokens.text if self.isChecked() else tokens.text2)
        room = self.width() - 2 * _LEAST_SIDE
        pill = self._pill_width() if self._words_width() + self._pill_width() <= room else 0
        words = self.rect().adjusted(_LEAST_SIDE, 0, -_LEAST_SIDE - pill, 0)
        shown = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
        if pill:
            height = scaled(16)
            end = words.center().x() + self._words_width() // 2
            self._paint_count(painter, QRect(end + _GAP, (self.height() - height) // 2, pill - _GAP, height))
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), 5)

    def _paint_count(self, painter: QPainter, rect: QRect) -> None:
        tokens = theme().tokens
        if self.isChecked():
            paint_rounded(painter, rect, rect.height() / 2, tokens.hover)
        painter.setFont(text_font(TextStyle.HEAD, tabular=True))
        painter.setPen(tokens.text2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self._count))

    def _words_width(self) -> int:
        return QFontMetrics(text_font(TextStyle.ACTIVE)).horizontalAdvance(self._words)

    def _pill_width(self) -> int:
        """Width of the count with the gap before it; 0 without a count."""
        if not self._count:
            return 0
        digits = QFontMetrics(text_font(TextStyle.HEAD, tabular=True)).horizontalAdvance(str(self._count))
        return _GAP + max(scaled(17), digits + 10)
