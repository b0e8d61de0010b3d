"""A list of people that can be chosen by mouse and keyboard (look.md, section 6, "Lists are delegates")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from ctidesk.cti.directory import Abonent
from ctidesk.ui.components.favourites import Favourites
from ctidesk.ui.components.person_delegate import PersonDelegate
from ctidesk.ui.components.person_menu import favour_word
from ctidesk.ui.components.person_rows import PersonRow, PersonRows, Remark, Row, is_party
from ctidesk.ui.components.row_list import RowList, head_height, row_height
from ctidesk.ui.widgets import plain_tooltip

_STARS = ("star", "star-filled")


class PersonList(RowList):
    """One column, rows of fixed height, everything painted by the delegate.

    Signals:
        chosen(abonent): double click, Enter or the button of the hovered row.
        favour_toggled(abonent): the star of the hovered row.
        menu_wanted(abonent, place): the menu of a person, at a point of the screen.
    """

    chosen = Signal(object)
    favour_toggled = Signal(object)

    def __init__(
        self,
        rows: PersonRows,
        button_icon: Callable[[Abonent], str],
        favourites: Favourites,
        parent: QWidget | None = None,
    ) -> None:
        """Show `rows`; `button_icon` gives the icon of the natural action with a person, or nothing."""
        super().__init__(parent)
        self._favourites = favourites
        self._people = rows
        self._button_icon = button_icon
        self._heads: list[int] = []
        self._painter = PersonDelegate(rows)
        self.doubleClicked.connect(self._double_clicked)
        self._show(rows, self._painter)

    def current(self) -> Abonent | None:
        """The person whose row is selected, or None."""
        return self._subject(self.selected())

    def person_at(self, place: QPoint) -> Abonent | None:
        """The person whose row, beside its buttons, is at a point of the viewport, or None."""
        index = self.indexAt(place)
        row = self._people.row(index)
        if not isinstance(row, PersonRow) or is_party(row.abonent):
            return None
        return row.abonent if self._button_at(place, index, self._buttons(row.abonent)) is None else None

    def select_first(self) -> None:
        """Select the first person."""
        self._select(self._people.next_person(-1, 1))

    def select_person(self, abonent_id: str) -> None:
        """Select the row of a person, if there is one."""
        self._select(self._people.place_of(abonent_id))

    def move_selection(self, key: Qt.Key) -> None:
        """Move the selection for an arrow or page key that another widget has got."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step = steps.get(key, 0)
        place = self.selected().row()
        distance = self._page() if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else 1
        for _ in range(distance):
            further = self._people.next_person(place, step)
            if further is None:
                break
            place = further
        self._select(place if place >= 0 else None)

    # ---- keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        abonent = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if abonent is not None and not event.isAutoRepeat():
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self.ask_menu()
                else:
                    self.chosen.emit(abonent)
        elif event.matches(QKeySequence.StandardKey.Copy):
            if abonent is not None:
                QGuiApplication.clipboard().setText(abonent.number)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.move_selection(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._painter.buttons = ()
        self._painter.hovered_button = None
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(place)
        button = self._painter.hovered_button
        if event.button() is Qt.MouseButton.LeftButton and button is not None:
            row = self._people.row(self.indexAt(place))
            if isinstance(row, PersonRow):
                is_star = self._painter.buttons[button] in _STARS
                (self.favour_toggled if is_star else self.chosen).emit(row.abonent)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._painter.hovered_button is None:  # its first press has done it
            super().mouseDoubleClickEvent(event)

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self._people.row(index)
        buttons = self._buttons(row.abonent) if isinstance(row, PersonRow) else ()
        rect, painter = self.visualRect(index), self._painter
        hovered = self._button_at(place, index, buttons)
        if (buttons, hovered) != (painter.buttons, painter.hovered_button):
            painter.buttons, painter.hovered_button = buttons, hovered
            self.viewport().update(rect)
        if hovered is not None and isinstance(row, PersonRow) and buttons[hovered] in _STARS:
            words = favour_word(row.abonent, self._favourites)
        else:
            words = self._hidden_words(row, index)
        self.setToolTip(plain_tooltip(words))

    def _button_at(self, place: QPoint, index: QModelIndex, buttons: Sequence[str]) -> int | None:
        rect, painter = self.visualRect(index), self._painter
        rects = (painter.button_rect(rect, one, right_to_left=self.isRightToLeft()) for one in range(len(buttons)))
        return next((one for one, button in enumerate(rects) if button.contains(place)), None)

    def _buttons(self, abonent: Abonent) -> tuple[str, ...]:
        star = _STARS[abonent in self._favourites] if abonent.number and not is_party(abonent) else ""
        return tuple(icon for icon in (self._button_icon(abonent), star) if icon)

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self._people.row(index)
        if isinstance(row, PersonRow):
            self.chosen.emit(row.abonent)

    # ---- rows

    def _subject(self, index: QModelIndex) -> Abonent | None:
        row = self._people.row(index)
        return row.abonent if isinstance(row, PersonRow) else None

    def _hidden_words(self, row: Row | None, index: QModelIndex) -> str:
        """Return the words of a row that may be cut: a tool tip then has them whole."""
        if isinstance(row, Remark):
            return row.text
        if not isinstance(row, PersonRow):
            return ""
        words = f"{row.title}\n{self._people.state_of(row)[1]}"
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in words.splitlines())
        return words if widest > self.visualRect(index).width() * 2 // 3 else ""

    def _set_heights(self) -> None:
        header = self.verticalHeader()
        header.setDefaultSectionSize(row_height())
        former, self._heads = self._heads, self._people.heads()
        for place in former:  # Qt keeps what was once another size than the default
            if place < self._people.rowCount():
                header.resizeSection(place, row_height())
        for place in self._heads:
            header.resizeSection(place, head_height())
