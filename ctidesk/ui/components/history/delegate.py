"""Paints the lines of the history: icon, name, what became of it, time (look.md, "Panel", "Rows 44", "History")."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ctidesk.cti.text import translate
from ctidesk.store.record import StoredCall
from ctidesk.ui.components.history.rows import AnyIndex, CallRow, CallRows, DayHead, DetailsRow
from ctidesk.ui.components.history.words import end_words, icon_of, time_words
from ctidesk.ui.components.row_list import RowDelegate
from ctidesk.ui.components.row_painting import mirrored, paint_line, row_rect, split_end
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets import line_height, paint_focus_ring, paint_pixmap, paint_rounded

SIDE = 12
TEXT_LEFT = 42
"""Px of 100 % text from the edge to the words."""
_GAP = 12
_BUTTON_SIDE = 10


class Target(Enum):
    """What of a line can be clicked."""

    LINE = "line"
    CALL = "call"
    NOTE = "note"
    PLAY = "play"


class CallDelegate(RowDelegate):
    """Knows also where the buttons of a line are.

    Attributes:
        hovered: what the pointer is over in the hovered line.
        shows_waiting: whether the head of a day counts those who wait to be called back.
    """

    def __init__(
        self,
        rows: CallRows,
        call_words: Callable[[StoredCall], str],
        has_recording: Callable[[StoredCall], bool],
    ) -> None:
        """Paint `rows`.

        Args:
            call_words: gives the words of the button that calls again; empty for none.
            has_recording: whether there is something to play.
        """
        super().__init__(rows)
        self._rows = rows
        self._call_words = call_words
        self._has_recording = has_recording
        self.hovered = Target.LINE
        self.shows_waiting = False

    def target(self, place: QPoint, rect: QRect, row: CallRow, *, right_to_left: bool) -> Target:
        """Return what of the line at `rect`, over which the pointer is, stands at `place`."""
        for target, area in self._buttons(rect, row, _Times(row), with_call=True).items():
            area = _flipped(area, rect) if right_to_left else area
            if area.contains(place):
                return target
        return Target.LINE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        match self._rows.row(index):
            case DayHead() as head:
                self._paint_head(painter, option, head)
            case CallRow() as row:
                self._paint_call(painter, option, row)
            case DetailsRow():
                painter.fillRect(row_rect(option), theme().tokens.accentSoft)

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, head: DayHead) -> None:
        area = row_rect(option).adjusted(SIDE, 2, -SIDE, 0)
        if self.shows_waiting and head.waiting:
            words = translate("History", "not called back: {count}").format(count=head.waiting)
            wanted = QFontMetrics(text_font(TextStyle.HEAD, tabular=True)).horizontalAdvance(words) + 2
            area, end = split_end(area, min(wanted, area.width() // 2), option)
            paint_line(painter, end, words, TextStyle.HEAD, "text3", option, at_end=True)
        paint_line(painter, area, self._rows.head_words(head), TextStyle.HEAD, "text3", option)

    def _paint_call(self, painter: QPainter, option: QStyleOptionViewItem, row: CallRow) -> None:
        rect, state = row_rect(option), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(rect, theme().tokens["accentSoft" if selected else "hover"])
        entry = row.entry
        icon, color = icon_of(entry)
        size, ratio = scaled(18), painter.device().devicePixelRatioF()
        shape = QRect(rect.left() + SIDE, rect.top(), size, rect.height())
        paint_pixmap(painter, icon_pixmap(icon, color, size, ratio), mirrored(shape, rect, option))
        times = _Times(row)
        self._paint_times(painter, option, times)
        left = rect.right() + 1 - SIDE - times.width
        for target, button in self._buttons(rect, row, times, with_call=hovered).items():
            self._paint_button(painter, option, row, target, button, is_hovered=hovered and self.hovered is target)
            left = min(left, button.left())
        area = QRect(rect.left() + self._text_left(), rect.top(), 0, rect.height())
        area.setRight(left - _GAP)
        style = TextStyle.ACTIVE if entry.wants_call_back else TextStyle.NAME
        first, second = _two_lines(area, style)
        paint_line(painter, first, self._rows.title(row), style, "text", option)
        paint_line(painter, second, self._rows.detail(row), TextStyle.SMALL, "text2", option)
        if selected and self.shows_focus:
            paint_focus_ring(painter, rect, 0)

    def _paint_times(self, painter: QPainter, option: QStyleOptionViewItem, times: _Times) -> None:
        rect = row_rect(option)
        area = QRect(rect.right() + 1 - SIDE - times.width, rect.top(), times.width, rect.height())
        first, second = _two_lines(area, TextStyle.NAME) if times.end else (area, area)
        paint_line(painter, first, times.time, TextStyle.BODY, "text", option, at_end=True)
        if times.end:
            paint_line(painter, second, times.end, TextStyle.SMALL, "text2", option, at_end=True)

    def _paint_button(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: CallRow,
        target: Target,
        rect: QRect,
        *,
        is_hovered: bool,
    ) -> None:
        place = mirrored(rect, row_rect(option), option)
        tokens = theme().tokens
        if is_hovered:
            paint_rounded(painter, place, 6, tokens.pressed)
        if target is Target.CALL:
            painter.setFont(text_font(TextStyle.NAME))
            painter.setPen(tokens.text)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            words = self._call_words(row.entry.call)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
        else:
            pixmap = icon_pixmap(target.value, "text2", scaled(16), painter.device().devicePixelRatioF())
            paint_pixmap(painter, pixmap, place)

    # ---- measures, for left to right

    def _buttons(self, rect: QRect, row: CallRow, times: _Times, *, with_call: bool) -> dict[Target, QRect]:
        """Return where the buttons of a line stand, from the end inwards."""
        size = theme().target(28)
        top = rect.top() + (rect.height() - size) // 2
        edge = rect.right() + 1 - SIDE - times.width - 6
        places: dict[Target, QRect] = {}
        call = row.entry.call
        for target, is_there in ((Target.PLAY, self._has_recording(call)), (Target.NOTE, bool(call.note))):
            if is_there:
                edge -= size
                places[target] = QRect(edge, top, size, size)
        words = self._call_words(call) if with_call else ""
        if words:
            width = QFontMetrics(text_font(TextStyle.NAME)).horizontalAdvance(words) + 2 * _BUTTON_SIDE
            # The name keeps a third of the line.
            if edge - width > rect.left() + self._text_left() + rect.width() // 3:
                places[Target.CALL] = QRect(edge - width, top, width, size)
        return places

    def _text_left(self) -> int:
        return SIDE + scaled(18) + _GAP


class _Times:
    """What stands at the end of a line, and how wide it is: when it began, and under it how long or how many."""

    def __init__(self, row: CallRow) -> None:
        self.time = time_words(row.entry.call.record.started)
        self.end = end_words(row.entry)
        upper = QFontMetrics(text_font(TextStyle.BODY, tabular=True))
        lower = QFontMetrics(text_font(TextStyle.SMALL, tabular=True))
        widths = (upper.horizontalAdvance(self.time), upper.horizontalAdvance("00:00"))
        self.width = max(*widths, lower.horizontalAdvance(self.end)) + 2


def _two_lines(area: QRect, style: TextStyle) -> tuple[QRect, QRect]:
    first, second = line_height(style), line_height(TextStyle.SMALL)
    top = area.top() + (area.height() - first - second) // 2
    return QRect(area.left(), top, area.width(), first), QRect(area.left(), top + first, area.width(), second)


def _flipped(rect: QRect, within: QRect) -> QRect:
    place = QRect(rect)
    place.moveLeft(within.left() + within.right() - rect.right())
    return place
