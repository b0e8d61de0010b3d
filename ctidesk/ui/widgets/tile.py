"""A call action: icon above word, or beside it where text is large."""

from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctidesk.ui.theme import TextStyle, TokenName, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets.label import line_height
from ctidesk.ui.widgets.painted_button import PaintedButton
from ctidesk.ui.widgets.painting import BUTTON_RADIUS, paint_focus_ring, paint_pixmap, paint_rounded

_ICON = 20
_SIDE_MARGIN = 2
_GAP_BELOW_ICON = 2
_GAP_BESIDE_ICON = 12


class TileKind(Enum):
    """End is the only filled red tile."""

    NORMAL = "normal"
    END = "end"


class TileFace(Struct, frozen=True):
    """What a tile shows. Both labels are translated; the full one is the accessible name."""

    icon: str
    label: str
    short: str = ""


class Tile(PaintedButton):
    """One cell, or `span` cells, of a TileGrid. `set_pressed` marks a toggle that is on."""

    def __init__(
        self,
        face: TileFace,
        kind: TileKind = TileKind.NORMAL,
        *,
        span: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(face.label, parent)
        self.span = span
        self._face = face
        self._kind = kind
        self._short = False
        self._beside = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def face(self) -> TileFace:
        """Icon and labels of this moment."""
        return self._face

    def set_face(self, face: TileFace) -> None:
        """Another meaning at the same place: Hold becomes Resume, Mute becomes Unmute."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.label)
            self.updateGeometry()
            self.update()

    def set_pressed(self, pressed: bool) -> None:
        """Show the toggle as on, also to screen readers."""
        self.setCheckable(True)
        self.setChecked(pressed)

    def nextCheckState(self) -> None:
        """A click is a wish; the state follows when the PBX confirms it by way of `set_pressed`."""

    def set_form(self, *, short: bool, beside: bool) -> None:
        """How the grid wants it: short label, word beside the icon."""
        if (short, beside) != (self._short, self._beside):
            self._short, self._beside = short, beside
            self.update()

    def shown_label(self) -> str:
        """The label of the present form."""
        return self._label(self._short)

    def needed_width(self, *, short: bool, beside: bool) -> int:
        """The width in px that holds the whole label in this form."""
        width = QFontMetrics(text_font(TextStyle.TILE)).horizontalAdvance(self._label(short)) + 2 * _SIDE_MARGIN
        return width + scaled(_ICON) + _GAP_BESIDE_ICON + 2 * _SIDE_MARGIN if beside else width

    @staticmethod
    def needed_height(*, beside: bool) -> int:
        """Icon, line and 16; beside each other, icon and 32."""
        if beside:
            return max(scaled(_ICON), line_height(TextStyle.TILE)) + 32
        return max(scaled(52), scaled(_ICON) + _GAP_BELOW_ICON + line_height(TextStyle.TILE) + 16)

    def sizeHint(self) -> QSize:
        width = self.needed_width(short=self._short, beside=self._beside)
        return QSize(max(28, width), self.needed_height(beside=self._beside))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, icon_color, text_color = self._colors()
        paint_rounded(painter, self.rect(), BUTTON_RADIUS, theme().tokens[ground])
        font = text_font(TextStyle.TILE)
        metrics = QFontMetrics(font)
        label, size = self.shown_label(), scaled(_ICON)
        pixmap = icon_pixmap(self._face.icon, icon_color, size, self.devicePixelRatioF())
        if self._beside:
            width = size + _GAP_BESIDE_ICON + metrics.horizontalAdvance(label)
            left = (self.width() - width) // 2
            icon_box = QRect(left, 0, size, self.height())
            words = QRect(left + size + _GAP_BESIDE_ICON, 0, self.width(), self.height())
            alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        else:
            height = size + _GAP_BELOW_ICON + metrics.height()
            top = (self.height() - height) // 2
            icon_box = QRect(0, top, self.width(), size)
            words = QRect(0, top + size + _GAP_BELOW_ICON, self.width(), metrics.height())
            alignment = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        paint_pixmap(painter, pixmap, icon_box)
        painter.setFont(font)
        painter.setPen(theme().tokens[text_color])
        painter.drawText(words, alignment | Qt.TextFlag.TextSingleLine, label)
        if self.hasFocus():
            ring: TokenName = "text" if self._kind is TileKind.END else "accent"
            paint_focus_ring(painter, self.rect(), BUTTON_RADIUS, ring)

    def _label(self, short: bool) -> str:
        return self._face.short if short and self._face.short else self._face.label

    def _colors(self) -> tuple[TokenName, TokenName, TokenName]:
        """Ground, icon, text."""
        if not self.isEnabled():
            return "hover", "disabled", "disabled"
        if self._kind is TileKind.END:
            ground: TokenName = "talkHover" if self.is_hovered() or self.isDown() else "talkFill"
            return ground, "onAccent", "onAccent"
        if self.isChecked():
            return "accentSoft", "accentText", "accentText"
        if self.isDown():
            return "line", "text2", "text"
        return ("pressed" if self.is_hovered() else "hover"), "text2", "text"
