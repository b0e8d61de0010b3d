"""The list of calls that were, by mouse and keyboard (look.md, "Panel", "History")."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from ctidesk.store.record import StoredCall
from ctidesk.ui.components.history.delegate import CallDelegate, Target
from ctidesk.ui.components.history.rows import CallRow, CallRows, DayHead, DetailsRow
from ctidesk.ui.components.row_list import RowList, head_height, row_height
from ctidesk.ui.widgets import plain_tooltip


class CallList(RowList):
    """Shows rows of calls; the details of one can stand open under it.

    A double click means the line of its first press, wherever that has gone meanwhile: nobody else is called.

    Signals:
        called(call): the party is to be called: double click, Enter or the button of the hovered line; a `StoredCall`.
        menu_wanted(call, place): the menu of a call, at a point of the screen.
        details_wanted(call): the details are to be opened, or closed when they are open.
        note_wanted(call), recording_wanted(call): these were asked for.
        search_wanted(): the operator wants to type.
    """

    called = Signal(object)
    details_wanted = Signal(object)
    note_wanted = Signal(object)
    recording_wanted = Signal(object)
    search_wanted = Signal()

    def __init__(
        self,
        rows: CallRows,
        call_words: Callable[[StoredCall], str],
        has_recording: Callable[[StoredCall], bool],
        parent: QWidget | None = None,
    ) -> None:
        """Show `rows`; see `CallDelegate` for the functions."""
        super().__init__(parent)
        self._calls = rows
        self._painter = CallDelegate(rows, call_words, has_recording)
        self._pressed: UUID | None = None
        self._details: QWidget | None = None
        self._details_height = 0
        self._show(rows, self._painter)
        rows.rowsInserted.connect(self._set_some_heights)

    def current(self) -> StoredCall | None:
        """The call whose line is selected, or None."""
        return self._subject(self.selected())

    def select_first(self) -> None:
        """Select the first call."""
        self._select(self._next_call(-1, 1))

    def select_call(self, record_id: UUID) -> None:
        """Select the line of a call, if there is one."""
        self._select(self._calls.place_of(record_id))

    def show_waiting(self, on: bool) -> None:
        """Count in the heads of days who waits to be called back."""
        self._painter.shows_waiting = on

    def show_details(self, record_id: UUID, details: QWidget) -> None:
        """Show `details`, which then belongs to the list, under a call."""
        self._details, self._details_height = details, details.sizeHint().height()
        self._calls.open_details(record_id)
        place = self._place_of_details()
        if place is None:
            details.deleteLater()
            self._details = None
            return
        self.setIndexWidget(self._calls.index(place, 0), details)
        self.fit_details()
        self.scrollTo(self._calls.index(place, 0))

    def hide_details(self) -> None:
        """Close the details that are open."""
        self._details = None
        self._calls.open_details(None)

    def fit_details(self) -> None:
        """Give the details the height that they need now."""
        place = self._place_of_details()
        if place is not None and self._details is not None:
            details, width = self._details, self.viewport().width()
            grows = details.hasHeightForWidth()
            self._details_height = details.heightForWidth(width) if grows else details.sizeHint().height()
            self.verticalHeader().resizeSection(place, self._details_height)

    def is_at_end(self) -> bool:
        """Whether the last row that is loaded can be seen."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def last_seen(self) -> int:
        """Return how many lines are loaded down to the last that can be seen."""
        bottom = self.rowAt(self.viewport().height() - 1)
        seen = self._calls.rows() if bottom < 0 else self._calls.rows()[: bottom + 1]
        return sum(isinstance(row, CallRow) for row in seen)

    # ---- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        call = self.current()
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            if call is not None:
                QGuiApplication.clipboard().setText(call.record.abonent_number)
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if call is not None and not event.isAutoRepeat():
                if modifiers & Qt.KeyboardModifier.ShiftModifier:
                    self.ask_menu()
                else:
                    self.called.emit(call)
        elif key is Qt.Key.Key_Space:
            if call is not None and not event.isAutoRepeat():
                self.details_wanted.emit(call)
        elif key is Qt.Key.Key_F2:
            if call is not None:
                self.note_wanted.emit(call)
        elif key in _STEPS and not modifiers:
            self._move(key)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters choose nothing here: the list is searched through its field."""

    # ---- mouse

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._painter.hovered = Target.LINE
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(place)
        row = self._calls.row(self.indexAt(place))
        self._pressed = row.record_id if isinstance(row, CallRow) else None
        if event.button() is not Qt.MouseButton.LeftButton or not isinstance(row, CallRow):
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._select(self._calls.place_of(row.record_id))
        call = row.entry.call
        match self._painter.hovered:
            case Target.CALL:
                self.called.emit(call)
            case Target.NOTE:
                self.note_wanted.emit(call)
            case Target.PLAY:
                self.recording_wanted.emit(call)
            case Target.LINE:
                self.details_wanted.emit(call)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = None if self._pressed is None else self._calls.place_of(self._pressed)
        row = None if place is None else self._calls.rows()[place]
        # The first press of a button has done what it is for.
        is_meant = event.button() is Qt.MouseButton.LeftButton and self._painter.hovered is Target.LINE
        if is_meant and isinstance(row, CallRow):
            self.called.emit(row.entry.call)

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self._calls.row(index)
        rect = self.visualRect(index)
        target, words = Target.LINE, ""
        if isinstance(row, CallRow):
            target = self._painter.target(place, rect, row, right_to_left=self.isRightToLeft())
            words = self._hidden_words(row, index)
        if target is not self._painter.hovered:
            self._painter.hovered = target
            self.viewport().update(rect)
        self.setToolTip(plain_tooltip(words))

    # ---- rows

    def _subject(self, index: QModelIndex) -> StoredCall | None:
        row = self._calls.row(index)
        return row.entry.call if isinstance(row, CallRow) else None

    def _hidden_words(self, row: CallRow, index: QModelIndex) -> str:
        """Return the words of a line that may be cut: a tool tip then has them whole."""
        words = f"{self._calls.title(row)}\n{self._calls.detail(row)}"
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in words.splitlines())
        return words if widest > self.visualRect(index).width() // 2 else ""

    def _set_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._set_some_heights(QModelIndex(), 0, len(self._calls.rows()) - 1)

    def _set_some_heights(self, _parent: QModelIndex, first: int, last: int) -> None:
        header = self.verticalHeader()
        blocker = QSignalBlocker(header)  # each row by itself would have all below it painted once more
        for place in range(first, last + 1):
            match self._calls.rows()[place]:
                case CallRow():
                    header.resizeSection(place, row_height())
                case DayHead():
                    header.resizeSection(place, head_height())
                case DetailsRow():
                    header.resizeSection(place, self._details_height)
        blocker.unblock()
        self.updateGeometries()
        self.viewport().update()

    def _place_of_details(self) -> int | None:
        rows = self._calls.rows()
        return next((place for place, row in enumerate(rows) if isinstance(row, DetailsRow)), None)

    def _move(self, key: Qt.Key) -> None:
        step = _STEPS[key]
        place = self.selected().row()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            place = -1 if key is Qt.Key.Key_Home else len(self._calls.rows())
            further = self._next_call(place, step)
            self._select(further)
            return
        for _ in range(self._page() if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else 1):
            further = self._next_call(place, step)
            if further is None:
                break
            place = further
        if place >= 0:
            self._select(place)
        if step < 0 and self._next_call(place, -1) is None:
            self.scrollToTop()  # with the head of the first day

    def _next_call(self, place: int, step: int) -> int | None:
        rows = self._calls.rows()
        place += step
        while 0 <= place < len(rows):
            if isinstance(rows[place], CallRow):
                return place
            place += step
        return None


_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Home: 1,
    Qt.Key.Key_End: -1,
}
