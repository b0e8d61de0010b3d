"""Paints the rows of a list of people: shape, name, state, number (look.md, "Panel", "Rows 44")."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ctidesk.cti.presence import Presence
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.person_rows import AnyIndex, Head, PersonRow, PersonRows, Remark
from ctidesk.ui.components.search import Span
from ctidesk.ui.components.words import presence_shape
from ctidesk.ui.theme import TextStyle, TokenName, icon_pixmap, presence_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets import line_height, paint_focus_ring, paint_pixmap, paint_rounded

SIDE = 12
_TEXT_GAP = 12
_PALE = (Presence.OFFLINE, Presence.UNKNOWN)


def row_height() -> int:
    """Two lines and 10."""
    return max(scaled(44), line_height(TextStyle.NAME) + line_height(TextStyle.SMALL) + 10)


def head_height() -> int:
    """One line and what separates groups."""
    return max(scaled(28), line_height(TextStyle.HEAD) + 12)


class PersonDelegate(QStyledItemDelegate):
    """Knows also where the button of the hovered row is.

    Attributes:
        button_icon: the icon of the hovered row's button, empty when there is none.
        hovers_button: whether the pointer is over that button.
        shows_focus: whether the view has the keyboard.
    """

    def __init__(self, rows: PersonRows) -> None:
        super().__init__(rows)
        self._rows = rows
        self.button_icon = ""
        self.hovers_button = False
        self.shows_focus = False

    def button_rect(self, row_rect: QRect, *, right_to_left: bool = False) -> QRect:
        """Where the button of a row stands."""
        size = theme().target(28)
        top = row_rect.top() + (row_rect.height() - size) // 2
        left = row_rect.left() + 6 if right_to_left else row_rect.right() + 1 - 6 - size
        return QRect(left, top, size, size)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        match self._rows.row(index):
            case Head() as head:
                self._paint_head(painter, option, head)
            case Remark(text):
                self._paint_remark(painter, option, text)
            case PersonRow() as person:
                self._paint_person(painter, option, person)

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, head: Head) -> None:
        area = _rect(option).adjusted(SIDE, 2, -SIDE, 0)
        metrics = QFontMetrics(text_font(TextStyle.HEAD, tabular=True))
        width = metrics.horizontalAdvance(str(head.count))
        words, count = _split(area, width, option)
        color = theme().tokens.text3
        painter.setPen(color)
        painter.setFont(text_font(TextStyle.HEAD, tabular=True))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(count, flags | Qt.AlignmentFlag.AlignRight, str(head.count))
        _paint_line(painter, words, head.word, TextStyle.HEAD, "text3", option)

    def _paint_remark(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        area = _rect(option).adjusted(SIDE + scaled(12) + _TEXT_GAP, 0, -SIDE, 0)
        _paint_line(painter, area, text, TextStyle.SMALL, "text2", option)

    def _paint_person(self, painter: QPainter, option: QStyleOptionViewItem, row: PersonRow) -> None:
        rect, state = _rect(option), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(rect, theme().tokens["accentSoft" if selected else "hover"])
        presence, words = self._rows.state_of(row)
        ratio = painter.device().devicePixelRatioF()
        size = scaled(12)
        right_to_left = _is_right_to_left(option)
        shape = QRect(rect.left() + SIDE, rect.top(), size, rect.height())
        paint_pixmap(painter, presence_pixmap(presence_shape(presence), size, ratio), _mirrored(shape, rect, option))
        area = rect.adjusted(SIDE + size + _TEXT_GAP, 0, -SIDE, 0)
        if hovered and self.button_icon:
            button = self.button_rect(rect, right_to_left=right_to_left)
            paint_rounded(painter, button, 6, theme().tokens["pressed" if self.hovers_button else "accentSoft"])
            pixmap = icon_pixmap(self.button_icon, "accentText", scaled(16), ratio)
            paint_pixmap(painter, pixmap, button)
            area.setRight(rect.right() - button.width() - 6 - 8)
        area = self._paint_number(painter, area, row, option)
        name_height, words_height = line_height(TextStyle.NAME), line_height(TextStyle.SMALL)
        top = rect.top() + (rect.height() - name_height - words_height) // 2
        color: TokenName = "text3" if presence in _PALE else "text"
        first = QRect(area.left(), top, area.width(), name_height)
        _paint_line(painter, first, row.title, TextStyle.NAME, color, option, row.in_name)
        second = QRect(area.left(), top + name_height, area.width(), words_height)
        _paint_line(painter, second, words, TextStyle.SMALL, "text2", option)
        if selected and self.shows_focus:
            paint_focus_ring(painter, rect, 0)

    def _paint_number(self, painter: QPainter, area: QRect, row: PersonRow, option: QStyleOptionViewItem) -> QRect:
        """Paint the number at the end of the row; return what is left for the other words."""
        if not row.name or not row.number:
            return area
        text = row.number if row.in_number else number_text(row.number)
        wanted = QFontMetrics(text_font(TextStyle.BODY, tabular=True)).horizontalAdvance(text) + 2
        words, number = _split(area, min(wanted, area.width() // 2), option)
        _paint_line(painter, number, text, TextStyle.BODY, "text2", option, row.in_number, at_end=True)
        return words


def _paint_line(
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
    area = _mirrored(area, _rect(option), option)
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
    if at_end is not _is_right_to_left(option):
        left = area.right() + 1 - line.naturalTextWidth()
    painter.setPen(theme().tokens[color])
    layout.draw(painter, QPointF(left, area.top() + (area.height() - line.height()) / 2))


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


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _is_right_to_left(option: QStyleOptionViewItem) -> bool:
    direction: Qt.LayoutDirection = option.direction
    return direction is Qt.LayoutDirection.RightToLeft


def _mirrored(rect: QRect, within: QRect, option: QStyleOptionViewItem) -> QRect:
    if not _is_right_to_left(option):
        return rect
    mirrored = QRect(rect)
    mirrored.moveLeft(within.left() + within.right() - rect.right())
    return mirrored


def _split(area: QRect, width: int, option: QStyleOptionViewItem) -> tuple[QRect, QRect]:
    """Cut `width` px and a gap off the end of `area`: what is left, and the end."""
    end = QRect(area.right() + 1 - width, area.top(), width, area.height())
    return area.adjusted(0, 0, -width - 12, 0), end
