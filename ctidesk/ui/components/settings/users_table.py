"""The table of users: rows to choose, buttons over the chosen one, and forms in place of those worked on."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ctidesk.cti.administration import UserAccount, UserAdministration
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_actions import UserAction, UserActions, action_words, why_not
from ctidesk.ui.components.settings.user_delegate import (
    PADDING,
    SHAPE,
    SHAPE_GAP,
    UserDelegate,
    cell_style,
    user_row_height,
)
from ctidesk.ui.components.settings.user_rows import USUAL_ROLES, Column, UserRows, heading, online_word, role_word
from ctidesk.ui.components.words import presence_shape, presence_word
from ctidesk.ui.theme import scaled, text_font, theme
from ctidesk.ui.widgets import Menu, paint_focus_ring, plain_tooltip
from ctidesk.ui.widgets.bidi import clean

_KEYS = {
    Qt.Key.Key_Return: UserAction.EDIT,
    Qt.Key.Key_Enter: UserAction.EDIT,
    Qt.Key.Key_F2: UserAction.EDIT,
    Qt.Key.Key_Delete: UserAction.REMOVE,
}
_NARROWEST_NAME, _WIDE_NAME = 110, 170
_WIDEST_STATE = 132
"""Px at 100 % text."""
_USUAL = (Presence.READY, Presence.TALKING, Presence.BREAK, Presence.DND, Presence.OFFLINE)
_HIDDEN_FIRST = (Column.ONLINE, Column.ROLE)


class UsersTable(QTableView):
    """Rows of fixed height but for those with a form.

    Signals:
        wanted(key, action): something is to be done with a user; an `UserAction`.
        added(): a new user is wanted.
        left_upwards(): the selection would go above the first row.
    """

    wanted = Signal(str, object)
    added = Signal()
    left_upwards = Signal()
    _is_built = False

    def __init__(self, rows: UserRows) -> None:
        super().__init__()
        self._rows = rows
        self._forms: dict[str, RowForm] = {}
        self._administration: UserAdministration | None = None
        self._painter = UserDelegate()
        self._shows_focus = False
        self._hovered = ""
        self.setModel(rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(translate("Users", "Users"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(1)
        across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        self._chosen_actions = UserActions(self.viewport())
        self._hovered_actions = UserActions(self.viewport())
        for actions in (self._chosen_actions, self._hovered_actions):
            actions.wanted.connect(self.wanted)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._place())
        self.doubleClicked.connect(lambda index: self._want(index.row(), UserAction.EDIT))
        self.verticalScrollBar().valueChanged.connect(lambda _: self._place())
        for changed in (rows.rowsInserted, rows.rowsRemoved, rows.dataChanged):
            changed.connect(lambda *_: self._place())
        theme().changed.connect(self._restyle)
        self._is_built = True
        self._restyle()

    # ---- for the page

    def show_permissions(self, administration: UserAdministration | None) -> None:
        """Offer what this administration allows."""
        self._administration = administration
        self._place()

    def form(self, key: str) -> RowForm | None:
        """Return the form in the row of a key."""
        return self._forms.get(key)

    @property
    def forms(self) -> list[RowForm]:
        """The forms, in no order."""
        return list(self._forms.values())

    def add_form(self, form: RowForm) -> None:
        """Put a form into its row, and let it have the keyboard."""
        self._forms[form.key] = form
        self._rows.keep(form.key, True)
        form.setParent(self.viewport())
        form.resized.connect(self._place)
        form.entered.connect(lambda: self._bring_into_view(form))
        self._place()
        form.show()
        self._order_stops()
        self._bring_into_view(form)
        form.begin()

    def move_form(self, form: RowForm, key: str) -> None:
        """Let a form go on in the row of another key: its user has another number."""
        before = form.key
        del self._forms[before]
        form.key = key
        self._forms[key] = form
        self._rows.keep(key, True)
        self._rows.keep(before, False)
        self._place()

    def take_form(self, form: RowForm, next_key: str | None = None) -> None:
        """Take a form away; with the keyboard, the row of `next_key` is chosen, by default that of the form."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and form.isAncestorOf(focus)
        del self._forms[form.key]
        form.hide()
        self._rows.keep(form.key, False)
        row = self._rows.row(form.key)
        if row is not None:
            self.setRowHeight(row, user_row_height())
        form.deleteLater()
        self._place()
        if had_focus:
            self.select(form.key if next_key is None else next_key)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, key: str) -> None:
        """Choose the row of a key, if there is one."""
        row = self._rows.row(key)
        if row is not None:
            self._choose(row)

    def select_first(self) -> None:
        """Choose the first row."""
        if self._rows.rowCount():
            self._choose(0)

    # ---- keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._chosen()
        key = Qt.Key(event.key())
        if key in _KEYS and not event.isAutoRepeat():
            self._want(row, _KEYS[key])
        elif key == Qt.Key.Key_Insert:
            self.added.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            user = self._user(row)
            if user is not None:
                QGuiApplication.clipboard().setText(user.number)
        elif key == Qt.Key.Key_Up and row <= 0:
            self.left_upwards.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(min(max(0, row + (1 if key == Qt.Key.Key_Down else -1)), self._rows.rowCount() - 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._shows_focus = True
        if self._chosen() < 0:
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row())
        words = str(index.data() or "") if index.isValid() else ""
        column = Column(index.column()) if index.isValid() else Column.ACTIONS
        self.setToolTip(plain_tooltip(words if self._is_cut(column, words) else ""))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self._chosen() if by_keyboard else self.rowAt(self.viewport().mapFromGlobal(event.globalPos()).y())
        user = self._user(row)
        if user is None:
            return
        self._choose(row)
        place = self.viewport().mapToGlobal(self._row_rect(row).center()) if by_keyboard else event.globalPos()
        self._open_menu(user, place)

    # ---- sizes and places

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_built:
            self._fit_columns()
            self._place()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._is_built:
            self._move_parts()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        row = self._chosen()
        if self._shows_focus and row >= 0 and self._rows.key(row) not in self._forms:
            paint_focus_ring(QPainter(self.viewport()), self._row_rect(row).adjusted(0, 0, 0, -1), 0)

    def _place(self) -> None:
        """Give the rows of forms their heights and put forms and buttons where their rows are now."""
        width = self.viewport().width()
        for form in self._forms.values():
            row = self._rows.row(form.key)
            if row is not None and self.rowHeight(row) != (height := form.wanted_height(width)):
                self.setRowHeight(row, height)
        self._move_parts()

    def _move_parts(self) -> None:
        for form in self._forms.values():
            row = self._rows.row(form.key)
            if row is not None:
                form.setGeometry(self._row_rect(row))
        chosen = self._chosen()
        hovered = self._rows.row(self._hovered) if self._hovered else None
        hovered = -1 if hovered is None or hovered == chosen else hovered
        self._painter.chosen, self._painter.hovered = chosen, hovered
        self._show_actions(self._chosen_actions, chosen)
        self._show_actions(self._hovered_actions, hovered)
        self.viewport().update()

    def _show_actions(self, actions: UserActions, row: int) -> None:
        user = self._user(row)
        if user is None or self._rows.key(row) in self._forms:
            actions.hide()
            return
        rect, width = self._row_rect(row), actions.sizeHint().width()
        left = rect.left() if self.isRightToLeft() else rect.right() + 1 - width
        actions.show_user(user, self._administration)
        actions.setGeometry(left, rect.top(), width, rect.height() - 1)
        actions.show()

    def _row_rect(self, row: int) -> QRect:
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _fit_columns(self) -> None:
        """Give the name what the others leave; where that is too little, some of them go."""
        widths = {
            Column.NUMBER: max(scaled(64), self._width_of(Column.NUMBER, heading(Column.NUMBER))),
            Column.ROLE: self._width_of(Column.ROLE, heading(Column.ROLE), *map(role_word, USUAL_ROLES)),
            Column.ONLINE: self._width_of(Column.ONLINE, online_word(True), online_word(False)),
            Column.STATE: min(scaled(_WIDEST_STATE), self._width_of(Column.STATE, *map(presence_word, _USUAL))),
            Column.ACTIONS: self._chosen_actions.sizeHint().width(),
        }
        hidden: set[Column] = set()
        for column in (None, *_HIDDEN_FIRST):
            if column is not None:
                hidden.add(column)
            rest = self.viewport().width() - sum(width for one, width in widths.items() if one not in hidden)
            if rest >= scaled(_NARROWEST_NAME):
                break
        spare = max(0, rest - scaled(_WIDE_NAME)) // 4
        for column in (Column.ROLE, Column.ONLINE, Column.STATE):
            if column not in hidden:
                widths[column] += spare
                rest -= spare
        for column in Column:
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, max(rest, scaled(60)) if column is Column.NAME else widths[column])

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(user_row_height())
        for row in range(self._rows.rowCount()):
            self.setRowHeight(row, user_row_height())
        self.horizontalHeader().setFixedHeight(scaled(28))
        self._fit_columns()
        self._place()

    # ---- parts

    def _order_stops(self) -> None:
        """Let Tab go from the table through its buttons and forms, from above."""
        stops: list[QWidget] = [self, *self._chosen_actions.stops()]
        for row in range(self._rows.rowCount()):
            form = self._forms.get(self._rows.key(row) or "")
            if form is not None:
                stops += form.stops()
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)

    def _bring_into_view(self, form: RowForm) -> None:
        row = self._rows.row(form.key)
        if row is not None:
            self.scrollTo(self._rows.index(row, 0))

    def _want(self, row: int, action: UserAction) -> None:
        key, user = self._rows.key(row), self._user(row)
        form = None if key is None else self._forms.get(key)
        if form is not None:
            form.begin()
        elif user is not None and not why_not(action, user, self._administration):
            self.wanted.emit(user.number, action)

    def _hover(self, row: int) -> None:
        key = self._rows.key(row) or ""
        if key != self._hovered:
            self._hovered = key
            self._move_parts()

    def _is_cut(self, column: Column, words: str) -> bool:
        return self._width_of(column, words) > self.columnWidth(column)

    @staticmethod
    def _width_of(column: Column, *words: str) -> int:
        """Return how wide a column must be for any of these words."""
        metrics = QFontMetrics(text_font(cell_style(column)))
        shape = scaled(SHAPE) + SHAPE_GAP if column in (Column.ONLINE, Column.STATE) else 0
        return max(metrics.horizontalAdvance(one) for one in words) + 1 + shape + 2 * PADDING

    def _open_menu(self, user: UserAccount, place: QPoint) -> None:
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        number = clean(user.number)
        shape, word = presence_shape(user.presence), presence_word(user.presence)
        menu.add_header(clean(user.name) or number, number, shape, word)
        keys = {UserAction.EDIT: translate("Users", "Enter"), UserAction.REMOVE: translate("Users", "Del")}
        for action in UserAction:
            menu.add(
                action_words(action, user.number),
                partial(self.wanted.emit, user.number, action),
                icon_name=action.value,
                shortcut_text=keys.get(action, ""),
                reason=why_not(action, user, self._administration),
            )
        menu.addSeparator()
        copy = translate("Users", "Copy number")
        menu.add(copy, lambda: QGuiApplication.clipboard().setText(user.number), icon_name="copy")
        menu.popup(place)

    def _user(self, row: int) -> UserAccount | None:
        key = self._rows.key(row)
        return None if key is None else self._rows.user(key)

    def _chosen(self) -> int:
        selected = self.selectionModel().selectedRows()
        return selected[0].row() if selected else -1

    def _choose(self, row: int) -> None:
        if 0 <= row < self._rows.rowCount():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            index: QModelIndex = self._rows.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
            self._place()
