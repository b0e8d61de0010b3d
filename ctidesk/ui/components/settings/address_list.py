"""The list of server addresses: add, edit, remove, move (look.md, "settings-connection-oktell")."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctidesk.config.validation import MOST_ADDRESSES
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.fields import Field, LockedField
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import Button, ButtonKind, IconButton, PlainLabel, paint_focus_ring, paint_rounded

_GAP = 6


class AddressField(Field):
    """Addresses in the order in which they are tried."""

    def __init__(self, draft: Draft, key: str, label: str) -> None:
        self._list = _AddressList(label)
        self._further: list[LockedField] = []
        super().__init__(draft, key, label, self._list)
        if not self.is_locked:
            self._list.changed.connect(self._take)
            self._list.ended.connect(self.check)
            self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes a null pointer here
        self.show_value()

    def show_value(self) -> None:
        super().show_value()
        if not self.is_locked:
            self._list.show_addresses(_texts(self.draft.value(self.key)))
        elif isinstance(self.editor, LockedField):
            self._show_locked(self.editor, _texts(self.draft.value(self.key)))

    def text_of_value(self) -> str:
        return ", ".join(_texts(self.draft.value(self.key)))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to where an address is typed."""
        if self.is_locked:
            self.editor.setFocus(reason)
        else:
            self._list.edit_first(reason)

    def _show_locked(self, first: LockedField, addresses: list[str]) -> None:
        """Show one address below the other."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        while len(self._further) < len(addresses) - 1:
            self._further.append(LockedField(self.label))
            column.insertWidget(len(self._further), self._further[-1])
        for line, address in zip([first, *self._further], addresses, strict=False):
            line.setText(address)
            line.setCursorPosition(0)

    def _take(self, addresses: list[str]) -> None:
        self.draft.set(self.key, addresses)


class _AddressList(QWidget):
    changed = Signal(list)
    ended = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._addresses: list[str] = []
        self._rows: list[_AddressRow] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._frame = _Frame()
        self._frame.setLayout(self._column)
        self._add = Button(translate("Settings", "Add address"), ButtonKind.QUIET, icon="plus")
        self._add.clicked.connect(self._add_address)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._frame)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def show_addresses(self, addresses: list[str]) -> None:
        """Show the list; a line that is being typed stays."""
        if addresses == self._addresses and self._rows:
            return
        self._addresses = list(addresses)
        self._fill()

    def edit_first(self, reason: Qt.FocusReason) -> None:
        """Type the first address."""
        if self._rows:
            self._rows[0].begin(reason)
        else:
            self._add_address()

    def _fill(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for index, address in enumerate(self._addresses or [""]):
            row = _AddressRow(self._label, address, index == 0, bool(self._addresses))
            row.edited.connect(lambda text, index=index: self._edit(index, text))
            row.removed.connect(lambda index=index: self._remove(index))
            row.moved.connect(lambda step, index=index: self._move(index, step))
            row.ended.connect(self.ended)
            self._rows.append(row)
            self._column.addWidget(row)
            row.show()
        self._add.setVisible(0 < len(self._addresses) < MOST_ADDRESSES)

    def _edit(self, index: int, text: str) -> None:
        if self._addresses:
            self._addresses[index] = text
        elif text:
            self._addresses = [text]
            self._rows[0].show_buttons()
            self._add.show()
        self.changed.emit(list(self._addresses))

    def _remove(self, index: int) -> None:
        del self._addresses[index]
        self._fill()
        self.changed.emit(list(self._addresses))
        self._rows[min(index, len(self._rows) - 1)].take_focus()

    def _move(self, index: int, step: int) -> None:
        to = index + step
        if 0 <= to < len(self._addresses):
            self._addresses[index], self._addresses[to] = self._addresses[to], self._addresses[index]
            self._fill()
            self.changed.emit(list(self._addresses))
            self._rows[to].take_handle()

    def _add_address(self) -> None:
        self._addresses.append("")
        self._fill()
        self.changed.emit(list(self._addresses))
        self._rows[-1].begin(Qt.FocusReason.TabFocusReason)


class _AddressRow(QWidget):
    edited = Signal(str)
    ended = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, label: str, address: str, is_first: bool, has_buttons: bool) -> None:
        super().__init__()
        self._is_first = is_first
        self._has_buttons = has_buttons
        self._handle = _Handle()
        self._handle.moved.connect(self.moved)
        self._line = QLineEdit(address)
        self._line.setCursorPosition(0)  # what an address begins with tells more than its end
        self._line.setAccessibleName(label)
        self._line.setPlaceholderText("wss://pbx.example:4066")
        self._line.setFrame(False)
        self._line.setStyleSheet("QLineEdit, QLineEdit:focus { border: 0; background: transparent; padding: 0; }")
        self._line.textEdited.connect(lambda text: self.edited.emit(text.strip()))
        self._line.editingFinished.connect(self.ended)
        self._line.installEventFilter(self)
        self._first = PlainLabel(translate("Settings", "first"), TextStyle.SMALL, "text2", elide=None)
        self._edit = IconButton("edit", translate("Settings", "Edit address"))
        self._edit.clicked.connect(lambda: self.begin(Qt.FocusReason.TabFocusReason))
        self._remove = IconButton("trash", translate("Settings", "Remove address"))
        self._remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(_GAP)
        for widget in (self._handle, self._line, self._first, self._edit, self._remove):
            row.addWidget(widget, 1 if widget is self._line else 0)
        self._first.setVisible(is_first and has_buttons)
        for button in (self._handle, self._edit, self._remove):
            button.setVisible(has_buttons)
        self.setMinimumHeight(scaled(32))

    def show_buttons(self) -> None:
        """An address has been typed where there was none."""
        for widget in (self._handle, self._first, self._edit, self._remove):
            widget.show()

    def begin(self, reason: Qt.FocusReason) -> None:
        """Put the cursor into the line with all of it selected, so that typing replaces it."""
        self._line.setFocus(reason)
        self._line.selectAll()

    def take_focus(self) -> None:
        """Have the keyboard after the row before has gone."""
        (self._remove if self._remove.isVisibleTo(self) else self._line).setFocus(Qt.FocusReason.TabFocusReason)

    def take_handle(self) -> None:
        """Have the keyboard after a move."""
        self._handle.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._has_buttons:
            room = self._line.width() + (self._first.width() + _GAP if self._first.isVisibleTo(self) else 0)
            address = self._line.fontMetrics().horizontalAdvance(self._line.text()) + 2 * _GAP
            self._first.setVisible(self._is_first and address + self._first.sizeHint().width() + _GAP <= room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_first and self._handle.isVisibleTo(self):
            paint_rounded(painter, self.rect(), 5, theme().tokens.accentSoft)
        if self._line.hasFocus():
            paint_focus_ring(painter, self.rect(), 5)


class _Handle(IconButton):
    """Moves an address by the arrow keys; a click moves it up."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__("drag", translate("Settings", "Move address"))
        self.set_tip(translate("Settings", "Move address up; the arrow keys move it up and down"))
        self.clicked.connect(lambda: self.moved.emit(-1))

    def sizeHint(self) -> QSize:
        return QSize(scaled(24), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Down:
            self.moved.emit(1)
        else:
            super().keyPressEvent(event)


class _Frame(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        paint_rounded(QPainter(self), self.rect(), 6, tokens.base, tokens.border)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []
