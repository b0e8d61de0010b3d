"""A list of painted rows: one column of a table, no size hints (look.md, section 6, "Lists are delegates")."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import line_height

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


def row_height() -> int:
    """Two lines and 10."""
    return max(scaled(44), line_height(TextStyle.NAME) + line_height(TextStyle.SMALL) + 10)


def head_height() -> int:
    """One line and what separates groups."""
    return max(scaled(28), line_height(TextStyle.HEAD) + 12)


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a list.

    Attributes:
        shows_focus: whether the list has the keyboard.
    """

    shows_focus = False


class RowList(QTableView):
    """What the lists of the panel have in common: looks, one selected row and its menu, no hidden editing.

    Some rows are about somebody or something, their subject, and only these are selected.

    Signals:
        menu_wanted(subject, place): the menu of a row, at a point of the screen.
    """

    menu_wanted = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def select_none(self) -> None:
        """Select nothing."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def selected(self) -> QModelIndex:
        """Return the index of the selected row; with the focus, Qt makes an index current that nobody chose."""
        return next(iter(self.selectionModel().selectedRows()), QModelIndex())

    def ask_menu(self) -> None:
        """Ask for the menu of the selected row."""
        subject = self._subject(self.selected())
        if subject is not None:
            rect = self.visualRect(self.selected())
            self.menu_wanted.emit(subject, self.viewport().mapToGlobal(rect.center()))

    def select_first(self) -> None:
        """Select the first row that has a subject."""
        raise NotImplementedError

    # ---- what Qt calls

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(on=True)
        if event.reason() in _BY_KEYBOARD and self._subject(self.selected()) is None:
            self.select_first()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(on=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.ask_menu()
            return
        index = self.indexAt(event.pos())
        subject = self._subject(index)
        if subject is not None:
            self.setCurrentIndex(index)
            self.menu_wanted.emit(subject, event.globalPos())

    # ---- for the lists themselves

    def _subject(self, index: QModelIndex) -> object | None:
        """Return what the row at `index` is about, or None."""
        raise NotImplementedError

    def _hover(self, place: QPoint) -> None:
        """Show that the pointer is at a point of the viewport."""
        raise NotImplementedError

    def _set_heights(self) -> None:
        """Give all rows their height."""
        raise NotImplementedError

    def _show(self, rows: QAbstractItemModel, painter: RowDelegate) -> None:
        """Show `rows`; called once."""
        self._row_painter = painter
        self.setModel(rows)
        self.setItemDelegate(painter)
        rows.modelReset.connect(self._set_heights)
        self.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        theme().changed.connect(self._set_heights)
        self._set_heights()

    def _select(self, place: int | None) -> None:
        if place is None:
            self.select_none()
        else:
            self.setCurrentIndex(self.model().index(place, 0))

    def _page(self) -> int:
        """How many rows Page Up and Page Down go."""
        return max(1, self.viewport().height() // row_height() - 1)

    def _show_focus(self, *, on: bool) -> None:
        self._row_painter.shows_focus = on
        self.viewport().update()
