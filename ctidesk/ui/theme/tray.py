"""The icon of the system tray: one shape and fixed colour per state, with the count of missed calls.

look.md, "State colours and shapes" and "6. In Qt Widgets". The panel's colour is not known to us, so these icons
do not follow the theme.
"""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPixmap, QTransform

from ctidesk.ui.theme.icons import render_svg, svg_source

TRAY_SIZES = (16, 22, 24, 32, 48)

_BADGE_RED = QColor("#B3201A")
_BADGE_HEIGHT = 8.6
_BADGE_WIDTHS = {1: 8.6, 2: 10.4, 3: 12.4}
_BADGE_MARGIN = 0.9
_DIGIT_HEIGHT = 4.6


class TrayState(Enum):
    """Value: the files of the frames in `resources/tray`, without ending."""

    DISCONNECTED = ("disconnected",)
    CONNECTING = ("connecting-1", "connecting-2")
    READY = ("ready",)
    BREAK = ("break",)
    DND = ("dnd",)
    WRAPUP = ("wrapup",)
    RINGING = ("ringing-1", "ringing-2")
    TALKING = ("talking",)
    HOLD = ("hold",)


FRAME_MILLISECONDS = {TrayState.CONNECTING: 800, TrayState.RINGING: 500}
"""How long a frame stands, for the states that have two (look.md, "7. What moves")."""


def tray_icon(state: TrayState, frame: int = 0, missed: int = 0) -> QIcon:
    """The icon in all sizes. `frame` counts on without end; `missed` is the number on the badge, 0 for none."""
    return _icon(state.value[frame % len(state.value)], min(max(missed, 0), 100))


def badge_text(missed: int, size: int) -> str:
    """What fits on an icon of `size` px: up to 9 and "+" on 16, up to 99 and "+" below 32, else "99+"."""
    if size < 22:
        return str(missed) if missed <= 9 else "+"
    if missed <= 99:
        return str(missed)
    return "99+" if size >= 32 else "+"


@lru_cache(maxsize=64)
def _icon(name: str, missed: int) -> QIcon:
    result = QIcon()
    for size in TRAY_SIZES:
        pixmap = render_svg(svg_source(f"tray/{name}.svg"), size)
        if missed:
            _paint_badge(pixmap, badge_text(missed, size))
        result.addPixmap(pixmap)
    return result


def _paint_badge(pixmap: QPixmap, text: str) -> None:
    """Paint the pill at the lower right; all lengths are in sixteenths of the icon."""
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixmap.width() / 16, pixmap.height() / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    width = _BADGE_WIDTHS[len(text)]
    pill = QRectF(16 - width, 16 - _BADGE_HEIGHT, width, _BADGE_HEIGHT)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    inner = pill.adjusted(_BADGE_MARGIN, _BADGE_MARGIN, -_BADGE_MARGIN, -_BADGE_MARGIN)
    painter.setBrush(_BADGE_RED)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPath(_digits(text, inner))
    painter.end()


def _digits(text: str, box: QRectF) -> QPainterPath:
    """Bold digits as a path: unlike text it can be placed and sized exactly in a few pixels."""
    font = QFont()
    font.setPixelSize(64)
    font.setWeight(QFont.Weight.Bold)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    digits = QPainterPath()
    digits.addText(QPointF(0, 0), font, "0")
    bounds = path.boundingRect()
    factor = min(_DIGIT_HEIGHT / digits.boundingRect().height(), (box.width() - 1.2) / bounds.width())
    placed = QTransform.fromTranslate(box.center().x(), box.center().y())
    return placed.scale(factor, factor).translate(-bounds.center().x(), -bounds.center().y()).map(path)
