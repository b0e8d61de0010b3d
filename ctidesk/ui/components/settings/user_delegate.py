"""Paints the cells of the table of users (look.md, "Settings", "Users: table rows 36")."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ctidesk.ui.components.row_painting import mirrored, paint_line, row_rect
from ctidesk.ui.components.settings.user_rows import SHAPE_ROLE, Column
from ctidesk.ui.theme import PresenceState, TextStyle, presence_pixmap, scaled, theme
from ctidesk.ui.widgets import line_height, paint_pixmap

PADDING = 6
SHAPE = 12
SHAPE_GAP = 8


def user_row_height() -> int:
    """One line, its space, and the line that parts it from the next."""
    return max(scaled(36), line_height(TextStyle.BODY) + 12) + 1


def cell_style(column: Column) -> TextStyle:
    """Names stand out."""
    return TextStyle.NAME if column is Column.NAME else TextStyle.BODY


class UserDelegate(QStyledItemDelegate):
    """Knows which row is chosen, and which is under the pointer.

    Attributes:
        chosen, hovered: the rows, -1 for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.chosen = self.hovered = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, cell = theme().tokens, QRect(row_rect(option))
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), tokens.line)
        cell.setBottom(cell.bottom() - 1)
        if index.row() in (self.chosen, self.hovered):
            painter.fillRect(cell, tokens["accentSoft" if index.row() == self.chosen else "hover"])
        column = Column(index.column())
        area = cell.adjusted(PADDING, 0, -PADDING, 0)
        shape = index.data(SHAPE_ROLE)
        if isinstance(shape, PresenceState):
            size = scaled(SHAPE)
            pixmap = presence_pixmap(shape, size, painter.device().devicePixelRatioF())
            place = QRect(area.left(), area.top(), size, area.height())
            paint_pixmap(painter, pixmap, mirrored(place, cell, option))
            area.setLeft(area.left() + size + SHAPE_GAP)
        words = index.data()
        if isinstance(words, str) and words:
            paint_line(painter, area, words, cell_style(column), "text", option)
