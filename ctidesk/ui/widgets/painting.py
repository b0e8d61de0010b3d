"""The few shapes that several widgets paint: rounded ground, focus ring, card with its state bar."""

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from ctidesk.ui.theme import TokenName, theme

CARD_RADIUS = 8
POPUP_RADIUS = 10
BUTTON_RADIUS = 6
BAR_WIDTH = 4

_DASH, _DASH_GAP = 6, 4


class BarKind(Enum):
    """The bar at the left of a card repeats its state (look.md, "State colours and shapes")."""

    NONE = "none"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    UNCONFIRMED = "unconfirmed"


_BAR_COLORS: dict[BarKind, TokenName] = {
    BarKind.RINGING: "accent",
    BarKind.TALKING: "talkFill",
    BarKind.HOLD: "talkFill",
    BarKind.UNCONFIRMED: "offline",
}


def paint_rounded(
    painter: QPainter, rect: QRect, radius: float, fill: QColor | None, outline: QColor | None = None, width: int = 1
) -> None:
    """Fill `rect` and draw its outline inside the edge; in high contrast everything gets an outline."""
    if outline is None and theme().high_contrast:
        outline = theme().tokens.border
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = QRectF(rect)
    if outline is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(outline, width))
        half = width / 2
        inside.adjust(half, half, -half, -half)
        radius -= half
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inside, radius, radius)


def paint_focus_ring(painter: QPainter, rect: QRect, radius: float, color: TokenName = "accent") -> None:
    """Two px inside the edge: the size never changes with the focus (look.md, "5. Behaviour")."""
    paint_rounded(painter, rect, radius, None, theme().tokens[color], 2)


def paint_card(
    painter: QPainter, rect: QRect, bar: BarKind, *, fill: TokenName = "base", outline: TokenName = "line",
    radius: int = CARD_RADIUS,
) -> None:  # fmt: skip
    """The ground of a call card or popup: rounded, outlined, with the state bar clipped to the corners."""
    tokens = theme().tokens
    paint_rounded(painter, rect, radius, tokens[fill], tokens[outline])
    if bar is BarKind.NONE:
        return
    corners = QPainterPath()
    corners.addRoundedRect(QRectF(rect), radius, radius)
    painter.save()
    painter.setClipPath(corners)
    color = tokens[_BAR_COLORS[bar]]
    if bar is BarKind.HOLD:
        for top in range(rect.top(), rect.bottom() + 1, _DASH + _DASH_GAP):
            painter.fillRect(QRect(rect.left(), top, BAR_WIDTH, _DASH), color)
    else:
        painter.fillRect(QRect(rect.left(), rect.top(), BAR_WIDTH, rect.height()), color)
    painter.restore()


def cut_corners(window: QWidget, radius: int) -> None:
    """Take what lies outside the round corners out of a window; without a compositor it would be black.

    Call it whenever the window has another size.
    """
    if QGuiApplication.platformName() == "xcb":
        window.setMask(rounded_region(window.width(), window.height(), radius))


def rounded_region(width: int, height: int, radius: int) -> QRegion:
    """The whole px of a rectangle with round corners, in px; all four are alike, which a polygon's would not be."""
    region = QRegion(0, radius, width, height - 2 * radius)
    for row in range(radius):
        inset = math.ceil(radius - math.sqrt(radius**2 - (radius - row - 0.5) ** 2))
        region += QRegion(inset, row, width - 2 * inset, 1)
        region += QRegion(inset, height - 1 - row, width - 2 * inset, 1)
    return region


def paint_pixmap(painter: QPainter, pixmap: QPixmap, rect: QRect) -> None:
    """Draw `pixmap` in the middle of `rect`, on whole device pixels so that thin lines stay sharp."""
    size = pixmap.deviceIndependentSize()
    ratio = painter.device().devicePixelRatioF()
    left = rect.x() + (rect.width() - size.width()) / 2
    top = rect.y() + (rect.height() - size.height()) / 2
    painter.drawPixmap(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), pixmap)
