"""An on/off switch with its label."""

from PySide6.QtCore import Property, QPropertyAnimation, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ctidesk.ui.theme import TextStyle, scaled, text_font, theme
from ctidesk.ui.widgets.painting import paint_focus_ring, paint_rounded
from ctidesk.ui.widgets.tooltip import plain_tooltip

_SLIDE_MILLISECONDS = 120
_SIDE = 4


class Switch(QCheckBox):
    """A check box in the shape of a switch: for screen readers it is one. Space and Enter turn it.

    `toggled` reports every change, `clicked` only the operator's.
    """

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._label_shown = True
        self._knob = 0.0
        self._slide = QPropertyAnimation(self, b"knob", self)
        self._slide.setDuration(_SLIDE_MILLISECONDS)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._move_knob)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_label_shown(self, shown: bool) -> None:
        """Hide the label where space is short; it then stands in the tool tip."""
        if shown != self._label_shown:
            self._label_shown = shown
            self.setToolTip("" if shown else plain_tooltip(self._label))
            self.updateGeometry()
            self.update()

    def label_width(self) -> int:
        """What hiding the label saves, in logical px."""
        return self.fontMetrics().horizontalAdvance(self._label) + 6

    def set_available(self, available: bool, reason: str = "") -> None:
        """Enable, or disable and say why in the tool tip and to screen readers."""
        self.setEnabled(available)
        tip = self._label if available and not self._label_shown else reason
        self.setToolTip(plain_tooltip(tip))
        self.setAccessibleDescription("" if available else reason)

    def sizeHint(self) -> QSize:
        width = self._track_size().width() + (self.label_width() if self._label_shown else 0)
        return QSize(width + 2 * _SIDE, theme().target(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The whole widget is the target, with the label."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme().tokens
        size = self._track_size()
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = _SIDE if right_to_left else self.width() - size.width() - _SIDE
        track = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
        if self._label_shown:
            painter.setPen(tokens.text2 if self.isEnabled() else tokens.disabled)
            words = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._label)
        radius = track.height() / 2
        if self._knob > 0.5:
            fill = tokens.accent if self.isEnabled() else tokens.disabled
            if self.isEnabled() and self.underMouse():
                fill = tokens.accentHover
            paint_rounded(painter, track, radius, fill)
            knob_color = tokens.onAccent
        else:
            knob_color = tokens.offline if self.isEnabled() else tokens.disabled
            fill = tokens.hover if self.isEnabled() and self.underMouse() else tokens.window
            paint_rounded(painter, track, radius, fill, tokens.border if self.isEnabled() else tokens.disabled, 2)
        gap = scaled(2) + (0 if self._knob > 0.5 else 1)
        diameter = track.height() - 2 * gap
        position = 1 - self._knob if right_to_left else self._knob
        x = track.left() + gap + position * (track.width() - 2 * gap - diameter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob_color)
        painter.drawEllipse(QRectF(x, track.top() + gap, diameter, diameter))
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), 6)

    def _get_knob(self) -> float:
        return self._knob

    def _set_knob(self, value: float) -> None:
        self._knob = value
        self.update()

    knob = Property(float, _get_knob, _set_knob)
    """Place of the knob, 0.0 off to 1.0 on; the animation drives it."""

    def _move_knob(self, on: bool) -> None:
        self._slide.stop()
        if self.isVisible() and not theme().reduced_motion:
            self._slide.setEndValue(1.0 if on else 0.0)
            self._slide.start()
        else:
            self._set_knob(1.0 if on else 0.0)

    def _track_size(self) -> QSize:
        return QSize(scaled(30), scaled(18))

    def _restyle(self) -> None:
        self.setFont(text_font(TextStyle.BODY))
        self.updateGeometry()
        self.update()
