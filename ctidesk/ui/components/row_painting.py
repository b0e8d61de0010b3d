"""Painting a row of a list: lines of plain text that are cut at their end, in either direction of reading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from ctidesk.ui.components.search import Span
from ctidesk.ui.theme import TextStyle, TokenName, text_font, theme


def paint_line(
    painter: QPainter,
    area: QRect,
    text: str,
    style: TextStyle,
    color: TokenName,
    option: QStyleOptionViewItem,
    spans: Sequence[Span] = (),
    *,
    at_end: bool = False,
) -> None:
    """Paint one line of plain text, cut at the end, with `spans` of it in the accent."""
    font = text_font(style, tabular=at_end)
    area = mirrored(area, row_rect(option), option)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    layout = QTextLayout(shown, font)
    words = QTextOption()
    words.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(words)
    layout.setFormats([_accented(start, end) for start, end in _utf16(shown, spans)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    left = float(area.left())
    if at_end is not is_right_to_left(option):
        left = area.right() + 1 - line.naturalTextWidth()
    painter.setPen(theme().tokens[color])
    layout.draw(painter, QPointF(left, area.top() + (area.height() - line.height()) / 2))


def row_rect(option: QStyleOptionViewItem) -> QRect:
    """Return where the row stands."""
    rect: QRect = option.rect
    return rect


def is_right_to_left(option: QStyleOptionViewItem) -> bool:
    """Whether rows begin at the right."""
    direction: Qt.LayoutDirection = option.direction
    return direction is Qt.LayoutDirection.RightToLeft


def mirrored(rect: QRect, within: QRect, option: QStyleOptionViewItem) -> QRect:
    """Return where `rect` stands `within` the row in the direction of reading; it is given for left to right."""
    if not is_right_to_left(option):
        return rect
    place = QRect(rect)
    place.moveLeft(within.left() + within.right() - rect.right())
    return place


def split_end(area: QRect, width: int, option: QStyleOptionViewItem) -> tuple[QRect, QRect]:
    """Cut `width` px and a gap off the end of `area`: what is left, and the end."""
    end = QRect(area.right() + 1 - width, area.top(), width, area.height())
    return area.adjusted(0, 0, -width - 12, 0), end


def _accented(start: int, end: int) -> QTextLayout.FormatRange:
    accented = QTextCharFormat()
    accented.setForeground(theme().tokens.accentText)
    accented.setFontWeight(text_font(TextStyle.ACTIVE).weight())
    part = QTextLayout.FormatRange()
    part.start = start
    part.length = end - start
    part.format = accented
    return part


def _utf16(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the part of `spans` that `text` still has, counted as Qt counts."""
    counted = []
    for start, end in spans:
        before, inside = text[:start], text[start:end]
        if inside:
            begin = len(before.encode("utf-16-le")) // 2
            counted.append((begin, begin + len(inside.encode("utf-16-le")) // 2))
    return counted
