"""The settings dialog: pages, and what is done with what was typed (ux.md, "Settings dialog")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.connection_page import ConnectionPage
from ctidesk.ui.components.settings.contacts_page import ContactsPage
from ctidesk.ui.components.settings.crm_page import CrmPage
from ctidesk.ui.components.settings.diagnostics_page import DiagnosticsPage
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.history_page import HistoryPage
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.pages import CallsPage, IntegrationPage, InterfacePage
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.components.settings.reconnect_question import ReconnectQuestion
from ctidesk.ui.components.settings.services import Services
from ctidesk.ui.components.settings.sound_page import SoundPage
from ctidesk.ui.components.settings.users_page import UsersPage
from ctidesk.ui.theme import TextStyle, icon_pixmap, scaled, text_font, theme
from ctidesk.ui.widgets import Button, ButtonKind, PlainLabel, announce, paint_focus_ring, paint_rounded
from ctidesk.ui.widgets.painted_button import PaintedButton

WIDTH, HEIGHT = 820, 640
SMALLEST_WIDTH, SMALLEST_HEIGHT = 720, 560
LIST_WIDTH = 216
_ENTRY_SIDE = _ENTRY_GAP = 10


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is made of."""

    draft: Draft
    editing: Editing
    services: Services


@dataclass(frozen=True, slots=True)
class PageKind:
    """One page of the dialog.

    Attributes:
        name: how other windows ask for it.
        icon: beside its title in the list.
        make: makes it; None when it has nothing to set on this computer.
    """

    name: str
    icon: str
    make: Callable[[Context], Page | None]


def _integration(context: Context) -> Page:
    services = context.services
    return IntegrationPage(context.draft, services.url_handler, services.shortcut())


def _with_programs(context: Context, make: Callable[[Draft, ProgramWork], Page]) -> Page | None:
    work = context.editing.programs
    return None if work is None else make(context.draft, work)


PAGES: tuple[PageKind, ...] = (
    PageKind("connection", "connection", lambda context: ConnectionPage(context.draft, context.editing)),
    PageKind("users", "people", lambda context: UsersPage(context.services.users, context.editing)),
    PageKind("calls", "bell", lambda context: CallsPage(context.draft)),
    PageKind(
        "sound",
        "speaker",
        lambda context: SoundPage(context.draft, context.services.outputs, context.services.audio()),
    ),
    PageKind("history", "history", lambda context: HistoryPage(context.draft, context.services.past_calls)),
    PageKind("contacts", "contact", lambda context: _with_programs(context, ContactsPage)),
    PageKind("crm", "building", lambda context: _with_programs(context, CrmPage)),
    PageKind("integration", "integration", _integration),
    PageKind(
        "interface",
        "monitor",
        lambda context: InterfacePage(context.draft, can_start_at_login=context.services.autostart is not None),
    ),
    PageKind(
        "diagnostics",
        "diagnostics",
        lambda context: DiagnosticsPage(context.draft, context.editing, context.services),
    ),
)
"""All pages, in the order of the list."""


class SettingsDialog(QDialog):
    """Open it with `open_page`; calls go on meanwhile.

    Signals:
        saved(reconnect): other settings count; `reconnect` when the connection has to be made anew.
        closed(): the dialog has gone.

    Attributes:
        may_cost_calls: whether the new connection is wanted in spite of a call that is going on.
    """

    saved = Signal(bool)
    closed = Signal()

    def __init__(self, services: Services, editing: Editing) -> None:
        """Make the dialog.

        Args:
            services: what the pages use.
            editing: the slow work; whoever made it closes it.
        """
        super().__init__()
        self.setWindowTitle(translate("Settings", "Settings"))
        self._editing = editing
        self._store = services.store
        self._calls = services.calls
        self._is_ending = False
        self.may_cost_calls = False
        self.draft = Draft(services.store, self)
        context = Context(self.draft, editing, services)
        self.pages: dict[str, Page] = {}
        self._shown: Page | None = None
        self._had_room: set[Page] = set()
        self._stack = QStackedWidget()
        self._list = _PageList()
        self._list.chosen.connect(self._show_page)
        for kind in PAGES:
            page = kind.make(context)
            if page is not None:
                self.pages[kind.name] = page
                self._stack.addWidget(page)
                self._list.add(kind.icon, page.title)
                self._offer(page, page.is_offered)
                page.offered.connect(partial(self._offer, page))
        connection = self.pages["connection"]
        assert isinstance(connection, ConnectionPage)
        self._connection = connection
        self._build()
        connection.password_typed.connect(self._show_buttons)
        self.draft.changed.connect(self._show_buttons)
        self.finished.connect(self._ended)
        editing.saved.connect(self._saved)
        editing.refused.connect(self._refused)
        self._unsubscribe = self._calls.changed.subscribe(self._calls_changed)
        theme().changed.connect(self._follow_theme)
        self._set_sizes()
        self._make_room(*(page for page in self.pages.values() if page.is_offered))
        self._show_buttons()

    def open_page(self, name: str = "connection") -> None:
        """Show the dialog with one of its pages in front."""
        pages = list(self.pages)
        self._list.choose(pages.index(name) if name in pages and self.pages[name].is_offered else 0)
        self._list.take_keyboard()
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def page_name(self) -> str:
        """The name of the page in front."""
        return next((name for name, page in self.pages.items() if page is self._shown), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.matches(QKeySequence.StandardKey.Save) and self._apply.isEnabled():
            self._save()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # in a field it would press OK
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        painter.fillRect(event.rect(), tokens.window)
        top = self._bottom.geometry().top() - 1
        painter.fillRect(0, top, self.width(), 1, tokens.line)
        painter.fillRect(self._stack.geometry().left() - 1, 0, 1, top, tokens.line)

    # ---- parts

    def _build(self) -> None:
        self._problem = PlainLabel("", TextStyle.SMALL, "talk", lines=2)
        cancel = Button(translate("Settings", "Cancel"), ButtonKind.OUTLINE)
        cancel.clicked.connect(self.reject)
        self._apply = Button(translate("Settings", "Apply"))
        self._apply.clicked.connect(self._save)
        self._ok = Button(translate("Settings", "OK"), ButtonKind.PRIMARY)
        self._ok.clicked.connect(self._finish)
        self._question = ReconnectQuestion()
        self._question.answered.connect(self._answered)
        self._question.given_up.connect(self._give_up_saving)
        self._bottom = QWidget()
        row = QHBoxLayout(self._bottom)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self._problem, 1)
        for button in (cancel, self._apply, self._ok):
            button.setMinimumWidth(scaled(88))
            button.setAutoDefault(False)
            row.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(1)
        top.addWidget(self._list)
        top.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(top, 1)
        column.addWidget(self._question)
        column.addWidget(self._bottom)

    def _follow_theme(self) -> None:
        """Larger letters need a larger window."""
        self._set_sizes()
        if self._shown is not None:
            self._make_room(self._shown)

    def _set_sizes(self) -> None:
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self._list.setFixedWidth(max(scaled(LIST_WIDTH), self._list.sizeHint().width()))

    def _show_page(self, index: int) -> None:
        page = list(self.pages.values())[index]
        if page is self._shown:
            return
        if self._shown is not None:
            self._shown.put_away()
        self._shown = page
        if page.window_width and page not in self._had_room:
            self._had_room.add(page)
            self._make_room(page)
        self._stack.setCurrentWidget(page)
        page.shown()

    def _make_room(self, *pages: Page) -> None:
        """Be at least so wide as `pages` want and the screen allows."""
        wanted = max(WIDTH, *(page.window_width for page in pages))
        size = QSize(scaled(wanted), scaled(HEIGHT)).boundedTo(self.screen().availableGeometry().size())
        if not self.isVisible():
            self.resize(size)
        elif self.width() < size.width() and not self.isMaximized():
            self.resize(size.width(), self.height())

    def _offer(self, page: Page, is_offered: bool) -> None:
        """Have a page in the list, or not; from one that goes away the dialog turns to the first."""
        self._list.set_offered(list(self.pages.values()).index(page), is_offered)
        self._set_sizes()
        if not is_offered and page is self._shown:
            self._list.choose(0)

    def _ended(self) -> None:
        for page in self.pages.values():
            page.put_away()
        self._connection.password.clear()
        self._shown = None
        self._unsubscribe()
        self.closed.emit()

    # ---- saving

    def _is_changed(self) -> bool:
        return self.draft.is_changed or bool(self._connection.password.text())

    def _show_buttons(self, _key: str = "") -> None:
        self._apply.set_available(self._is_changed(), translate("Settings", "Nothing has been changed"))
        self._problem.setText("")
        self._drop_question()

    def _finish(self) -> None:
        if self._show_unsaved():
            return
        if self._is_changed():
            self._is_ending = True
            self._save()
        else:
            self.close()

    def _show_unsaved(self) -> bool:
        """Go to what a page would lose with the dialog; returns whether there is something."""
        for index, page in enumerate(self.pages.values()):
            if page.is_offered and (words := page.unsaved()):
                self._list.choose(index)
                page.go_to_unsaved()
                self._tell(words)
                return True
        return False

    def _save(self) -> None:
        problems = self.draft.problems()
        if problems:
            self._is_ending = False
            self._show_problems(problems)
        elif self._calls.are_there and self._needs_connection():
            self._question.ask()
        else:
            self._answered(now=False)

    def _needs_connection(self) -> bool:
        before, after = self._store.settings, self.draft.settings
        return bool(self._connection.password.text()) or after.needs_new_line(before)

    def _answered(self, now: bool) -> None:
        self.may_cost_calls = now
        self._question.put_away()
        self._editing.save(self.draft, self._connection.password.text())

    def _give_up_saving(self) -> None:
        self._drop_question()
        self._list.take_keyboard()

    def _drop_question(self) -> None:
        if self._question.is_asking:
            self._is_ending = False
            self._question.put_away()

    def _calls_changed(self) -> None:
        """Without a call there is nothing to ask any more."""
        if self._calls.are_there:
            return
        if self._question.is_asking:
            self._answered(now=False)
        else:
            self._question.put_away()

    def _show_problems(self, problems: dict[str, str]) -> None:
        for index, page in enumerate(self.pages.values()):
            if page.mark(problems):
                self._list.choose(index)
                page.mark(problems)  # once more, now that it can have the focus
                self._problem.setText("")
                return
        self._tell(next(iter(problems.values())))

    def _saved(self, reconnect: bool) -> None:
        self._connection.password.clear()
        self._show_buttons()
        if reconnect and self._calls.are_there and not self.may_cost_calls:
            self._question.tell_later()
        self.saved.emit(reconnect)
        if self._is_ending:
            self._is_ending = False
            self.close()

    def _refused(self, words: str) -> None:
        self._is_ending = False
        self._tell(words)

    def _tell(self, words: str) -> None:
        self._problem.setText(words)
        announce(self, words)


class _PageList(QWidget):
    """The list at the left; the arrow keys go through it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setAccessibleName(translate("Settings", "Pages"))

    def add(self, icon: str, title: str) -> None:
        """Add an entry."""
        entry = _Entry(icon, title, self._step)
        self._group.addButton(entry, len(self._group.buttons()))
        self._column.insertWidget(self._column.count() - 1, entry)
        entry.toggled.connect(lambda on: self._toggled(entry, on))

    def set_offered(self, index: int, is_offered: bool) -> None:
        """Show an entry, or hide it."""
        self._group.button(index).setVisible(is_offered)

    def choose(self, index: int) -> None:
        """Choose an entry as a click would."""
        entry = self._group.button(index)
        if entry.isChecked():
            self.chosen.emit(index)
        else:
            entry.setChecked(True)

    def take_keyboard(self) -> None:
        """Go to the entry of the page that is shown."""
        entry = self._group.checkedButton()
        if entry is not None:
            entry.setFocus(Qt.FocusReason.TabFocusReason)

    def _toggled(self, entry: PaintedButton, on: bool) -> None:
        # One stop for Tab: the page that is shown.
        entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        if on:
            self.chosen.emit(self._group.id(entry))

    def _step(self, entry: PaintedButton, step: int) -> None:
        index = self._group.id(entry) + step
        while 0 <= index < len(self._group.buttons()):
            if not self._group.button(index).isHidden():
                self.choose(index)
                self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)
                return
            index += step


class _Entry(PaintedButton):
    def __init__(self, icon: str, title: str, step: Callable[[PaintedButton, int], None]) -> None:
        super().__init__(title)
        self._icon = icon
        self._title = title
        self._step = step
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(text_font(TextStyle.ACTIVE)).horizontalAdvance(self._title)
        return QSize(_ENTRY_SIDE + scaled(18) + _ENTRY_GAP + words + _ENTRY_SIDE, scaled(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(self, steps[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        on = self.isChecked()
        if on or self.is_hovered():
            paint_rounded(painter, self.rect(), 6, tokens.accentSoft if on else tokens.hover)
        size = scaled(18)
        pixmap = icon_pixmap(self._icon, "accentText" if on else "text2", size, self.devicePixelRatioF())
        left = _ENTRY_SIDE
        painter.drawPixmap(left, (self.height() - size) // 2, pixmap)
        painter.setFont(text_font(TextStyle.ACTIVE if on else TextStyle.NAME))
        painter.setPen(tokens.accentText if on else tokens.text2)
        area = self.rect().adjusted(left + size + _ENTRY_GAP, 0, -6, 0)
        words = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), 6)
