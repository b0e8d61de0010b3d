"""Paints the rows of a list of people: shape, name, state, number (look.md, "Panel", "Rows 44")."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ctidesk.cti.presence import Presence
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.person_rows import AnyIndex, Head, PartyRow, PersonRow, PersonRows, Remark
from ctidesk.ui.components.row_list import RowDelegate
from ctidesk.ui.components.row_painting import is_right_to_left, mirrored, paint_line, row_rect, split_end
from ctidesk.ui.components.search import Span
from ctidesk.ui.components.words import presence_shape
from ctidesk.ui.theme import TextStyle, TokenName, icon_pixmap, presence_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets import line_height, paint_focus_ring, paint_pixmap, paint_rounded

SIDE = 12
_TEXT_GAP = 12
_PALE = (Presence.OFFLINE, Presence.UNKNOWN)


class PersonDelegate(RowDelegate):
    """Knows also where the buttons of the hovered row are.

    Attributes:
        buttons: the icons of the hovered row's buttons, from its end on.
        hovered_button: the place of the one under the pointer, or None.
    """

    def __init__(self, rows: PersonRows) -> None:
        super().__init__(rows)
        self._rows = rows
        self.buttons: tuple[str, ...] = ()
        self.hovered_button: int | None = None

    def button_rect(self, row: QRect, place: int, *, right_to_left: bool = False) -> QRect:
        """Where a button of a row stands; the one at place 0 is at the row's end."""
        size = theme().target(28)
        top = row.top() + (row.height() - size) // 2
        from_end = 6 + place * (size + 4)
        left = row.left() + from_end if right_to_left else row.right() + 1 - from_end - size
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
        area = row_rect(option).adjusted(SIDE, 2, -SIDE, 0)
        metrics = QFontMetrics(text_font(TextStyle.HEAD, tabular=True))
        width = metrics.horizontalAdvance(str(head.count))
        words, count = split_end(area, width, option)
        color = theme().tokens.text3
        painter.setPen(color)
        painter.setFont(text_font(TextStyle.HEAD, tabular=True))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(count, flags | Qt.AlignmentFlag.AlignRight, str(head.count))
        paint_line(painter, words, head.word, TextStyle.HEAD, "text3", option)

    def _paint_remark(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        area = row_rect(option).adjusted(SIDE + scaled(12) + _TEXT_GAP, 0, -SIDE, 0)
        paint_line(painter, area, text, TextStyle.SMALL, "text2", option)

    def _paint_person(self, painter: QPainter, option: QStyleOptionViewItem, row: PersonRow) -> None:
        rect, state = row_rect(option), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(rect, theme().tokens["accentSoft" if selected else "hover"])
        presence, words = self._rows.state_of(row)
        ratio = painter.device().devicePixelRatioF()
        size = scaled(12)
        right_to_left = is_right_to_left(option)
        shape = QRect(rect.left() + SIDE, rect.top(), size, rect.height())
        if isinstance(row, PartyRow):
            pixmap = icon_pixmap(row.icon, row.color, scaled(16), ratio)
        else:
            pixmap = presence_pixmap(presence_shape(presence), size, ratio)
        paint_pixmap(painter, pixmap, mirrored(shape, rect, option))
        area = rect.adjusted(SIDE + size + _TEXT_GAP, 0, -SIDE, 0)
        if hovered and self.buttons:
            for place, icon in enumerate(self.buttons):
                button = self.button_rect(rect, place, right_to_left=right_to_left)
                is_natural = place == 0
                if is_natural or self.hovered_button == place:
                    ground: TokenName = "pressed" if self.hovered_button == place else "accentSoft"
                    paint_rounded(painter, button, 6, theme().tokens[ground])
                pixmap = icon_pixmap(icon, "accentText" if is_natural else "text2", scaled(16), ratio)
                paint_pixmap(painter, pixmap, button)
            last = self.button_rect(rect, len(self.buttons) - 1)
            area.setRight(last.left() - 8)
        name_height, words_height = line_height(TextStyle.NAME), line_height(TextStyle.SMALL)
        top = rect.top() + (rect.height() - name_height - words_height) // 2
        first = QRect(area.left(), top, area.width(), name_height)
        second = QRect(area.left(), top + name_height, area.width(), words_height)
        if isinstance(row, PartyRow):
            area = self._paint_end(painter, area, row.source, TextStyle.SMALL, option)
            first, second = first & area, second & area
        elif row.source:
            first = self._paint_number(painter, first, row, option)
            second = self._paint_end(painter, second, row.source, TextStyle.SMALL, option)
        else:
            area = self._paint_number(painter, area, row, option)
            first, second = first & area, second & area
        is_pale = presence in _PALE and not isinstance(row, PartyRow)
        color: TokenName = "text3" if is_pale else "text"
        paint_line(painter, first, row.title, TextStyle.NAME, color, option, row.in_name)
        paint_line(painter, second, words, TextStyle.SMALL, "text2", option)
        if selected and self.shows_focus:
            paint_focus_ring(painter, rect, 0)

    def _paint_number(self, painter: QPainter, area: QRect, row: PersonRow, option: QStyleOptionViewItem) -> QRect:
        """Paint the number at the end of the row; return what is left for the other words."""
        if not row.name or not row.number:
            return area
        text = row.number if row.in_number else number_text(row.number)
        return self._paint_end(painter, area, text, TextStyle.BODY, option, row.in_number)

    def _paint_end(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        style: TextStyle,
        option: QStyleOptionViewItem,
        spans: Sequence[Span] = (),
    ) -> QRect:
        wanted = QFontMetrics(text_font(style, tabular=True)).horizontalAdvance(text) + 2
        words, end = split_end(area, min(wanted, area.width() // 2), option)
        paint_line(painter, end, text, style, "text2", option, spans, at_end=True)
        return words
