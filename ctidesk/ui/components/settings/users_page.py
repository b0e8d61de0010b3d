"""The users of the PBX, for its administrators: find, add, change, remove (ux.md, "Settings dialog"; look.md)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ctidesk.cti.administration import NumberRefused, OutcomeUnknown, UserAdministration
from ctidesk.cti.errors import CtiException
from ctidesk.cti.text import translate
from ctidesk.ui.components.next_turn import NextTurn
from ctidesk.ui.components.settings.editing import Editing
from ctidesk.ui.components.settings.page import Page
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_actions import UserAction
from ctidesk.ui.components.settings.user_commands import UserCommands
from ctidesk.ui.components.settings.user_forms import PasswordForm, RemovalForm, UserForm
from ctidesk.ui.components.settings.user_rows import NEW_USER, UserRows
from ctidesk.ui.components.settings.users_source import UsersSource
from ctidesk.ui.components.settings.users_table import UsersTable
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import (
    Button,
    ButtonKind,
    EmptyState,
    IconButton,
    PlainLabel,
    SearchField,
    Strip,
    StripKind,
    announce,
    spoken,
)

READ_EVERY = 15_000
"""Milliseconds between looks at the list while it is shown: PBXs tell who comes and goes, not who is renamed."""
SMALLEST_TABLE = 180


class UsersPage(Page):
    """The table, and what is done with it."""

    window_width = 960

    def __init__(self, source: UsersSource, editing: Editing) -> None:
        """Make the page; it has something to show while `source` has an administration that allows something."""
        super().__init__(translate("Users", "Webitel users"))
        self._source = source
        self._is_shown = self._is_offered = False
        self._has_asked = self._is_cut_off = False
        self._newcomers: set[str] = set()
        self._asked: dict[RowForm, UserAdministration] = {}
        self._commands = UserCommands(editing.run)
        self._commands.done.connect(self._done)
        self._commands.refused.connect(self._refused)
        self._commands.renumbered.connect(self._renumbered)
        self._commands.read.connect(self._was_read)
        self._search = _Search(translate("Users", "Number or name"), translate("Users", "Clear"))
        self._search.textChanged.connect(self._search_changed)
        self._search.left_downwards.connect(self._enter_table)
        self._users = UserRows(self)
        self._table = UsersTable(self._users)
        self._table.wanted.connect(self._open_form)
        self._table.added.connect(self._add_user)
        self._table.left_upwards.connect(lambda: self._search.setFocus(Qt.FocusReason.OtherFocusReason))
        self._count = PlainLabel("", TextStyle.SMALL, "text2", elide=None, tabular=True)
        self._reload = IconButton("reconnect", translate("Users", "Read the list again"), size=32)
        self._reload.clicked.connect(self._read_again)
        self._new = Button(translate("Users", "Add user"), ButtonKind.PRIMARY, icon="person-add")
        self._new.setAutoDefault(False)
        self._new.clicked.connect(self._add_user)
        self._strip = Strip(StripKind.WARNING, rounded=True)
        self._strip.hide()
        self._nobody = EmptyState()
        self._build()
        self._telling = NextTurn(self._show_users, self)
        self._looking = QTimer(self)
        self._looking.setInterval(READ_EVERY)
        self._looking.timeout.connect(self._read_quietly)
        unsubscribe = source.changed.subscribe(self._changed)
        self.destroyed.connect(lambda: unsubscribe())
        theme().changed.connect(self._set_sizes)
        self._set_sizes()
        self._changed()

    # ---- for the dialog

    @property
    def is_offered(self) -> bool:
        return self._is_offered

    def unsaved(self) -> str:
        if not any(form.is_changed for form in self._table.forms):
            return ""
        return translate("Users", "A user is not saved yet. Save or discard what you typed.")

    def go_to_unsaved(self) -> None:
        for form in self._table.forms:
            if form.is_changed:
                form.begin()
                return

    def shown(self) -> None:
        self._is_shown = True
        self._show_users()
        self._read_quietly()
        self._looking.start()

    def put_away(self) -> None:
        self._is_shown = False
        self._looking.stop()

    # ---- following the PBX

    def _changed(self) -> None:
        """The administration has something new to say; it may do so a thousand times in a second."""
        administration = self._source.administration
        may = administration is not None and (
            administration.can_create or administration.can_change or administration.can_remove
        )
        if may != self._is_offered:
            self._is_offered = may
            self.offered.emit(may)
        if self._is_shown:
            self._telling.ask()

    def _show_users(self) -> None:
        administration = self._source.administration
        users = {} if administration is None else administration.users
        is_connected = administration is not None and administration.is_connected
        self._users.show_users(users)
        self._table.show_permissions(administration)
        self._show_count()
        no_connection = "" if is_connected else translate("Users", "No connection to the PBX")
        if is_connected:
            self._look_for_orphans()
        for form in self._table.forms:
            form.set_possible(
                translate("Users", "There is no such user any more.") if form.is_orphaned else no_connection
            )
        may_create = administration is not None and administration.can_create
        why_not_new = no_connection or ("" if may_create else translate("Users", "Your role does not allow this."))
        self._new.set_available(not why_not_new, why_not_new)
        self._reload.set_available(is_connected, no_connection)
        self._show_connection(no_connection)
        newcomers = {number for number, user in users.items() if not user.role}
        if is_connected and newcomers - self._newcomers:
            self._read_quietly()  # they come without name and role
        self._newcomers = newcomers

    def _show_connection(self, no_connection: str) -> None:
        if bool(no_connection) == self._is_cut_off:
            return
        self._is_cut_off = bool(no_connection)
        if self._is_cut_off:
            sentence = translate("Users", "The list is the last one that is known. What you typed stays.")
            self._say(StripKind.WARNING, no_connection, sentence)
        else:
            self._strip.hide()
            self._read_quietly()

    def _look_for_orphans(self) -> None:
        """Somebody else removes users, and another connection has others: what was typed is not theirs.

        It is not thrown away unasked either.
        """
        administration = self._source.administration
        for form in self._table.forms:
            if form.is_busy or administration is None:
                continue
            is_foreign = self._asked[form] is not administration
            is_orphaned = is_foreign or form.key not in (NEW_USER, *administration.users)
            if is_orphaned and not form.is_changed:
                self._close_form(form)
            elif is_orphaned and not form.is_orphaned:
                form.refuse(
                    translate("Users", "This was typed for another connection.")
                    if is_foreign
                    else translate("Users", "Somebody has removed this user."),
                    translate("Users", "What you typed cannot be saved here. Copy what you need and discard it."),
                )
            elif form.is_orphaned and not is_orphaned:
                form.clear_refusal()
            form.is_orphaned = is_orphaned

    def _show_count(self) -> None:
        administration = self._source.administration
        users = {} if administration is None else administration.users
        online = sum(user.is_online for user in users.values())
        words = translate("Users", "Users: {all} · online: {online}").format(all=len(users), online=online)
        self._count.setText(words if users else "")
        nobody_found = not self._users.rowCount()
        if nobody_found and users:
            self._nobody.set_text(translate("Users", "Nobody found"), translate("Users", "Try a part of the number."))
        elif nobody_found:
            self._nobody.set_text(translate("Users", "No users"))
        self._stack.setCurrentIndex(1 if nobody_found else 0)

    def _read_quietly(self) -> None:
        administration = self._source.administration
        if self._is_shown and administration is not None and administration.is_connected:
            self._commands.read_again(administration)

    def _read_again(self) -> None:
        self._has_asked = True
        self._read_quietly()

    def _was_read(self, failure: CtiException | None) -> None:
        """Say it when somebody has asked for it."""
        asked, self._has_asked = self._has_asked, False
        if not asked or self._is_cut_off:
            return
        if failure is None:
            self._strip.hide()
            announce(self, self._count.text())
        else:
            self._say(StripKind.ERROR, translate("Users", "The list could not be read"), failure.error.text)

    def _say(self, kind: StripKind, title: str, sentence: str) -> None:
        self._strip.set_kind(kind)
        self._strip.set_text(title, sentence)
        self._strip.show()
        announce(self, spoken(title, sentence))

    def _search_changed(self, words: str) -> None:
        self._users.search(words)
        self._show_count()

    def _enter_table(self) -> None:
        if self._users.rowCount():
            self._table.select_first()
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- forms

    def _add_user(self) -> None:
        administration = self._source.administration
        form = self._table.form(NEW_USER)
        if form is not None:
            form.begin()
        elif administration is not None and administration.can_create:
            self._begin(UserForm(NEW_USER, None, administration.roles))

    def _open_form(self, key: str, action: UserAction) -> None:
        administration, user = self._source.administration, self._users.user(key)
        form = self._table.form(key)
        if form is not None:
            form.begin()
        elif administration is not None and user is not None:
            match action:
                case UserAction.EDIT:
                    self._begin(UserForm(key, user, administration.roles))
                case UserAction.PASSWORD:
                    self._begin(PasswordForm(key, user))
                case UserAction.REMOVE:
                    self._begin(RemovalForm(key, user))

    def _begin(self, form: RowForm) -> None:
        form.submitted.connect(lambda: self._submit(form))
        form.discarded.connect(lambda: self._close_form(form))
        assert self._source.administration is not None
        self._asked[form] = self._source.administration
        self._table.add_form(form)
        self._show_count()
        self.ensureWidgetVisible(self._table)

    def _close_form(self, form: RowForm, next_key: str | None = None) -> None:
        del self._asked[form]
        self._table.take_form(form, next_key)
        self._show_count()

    def _submit(self, form: RowForm) -> None:
        administration = self._asked[form]
        if administration is not self._source.administration or not administration.is_connected:
            return
        form.set_busy(True)
        match form:
            case UserForm(user=None):
                self._commands.create(administration, form)
            case UserForm(user=user) if user is not None:
                self._commands.change(administration, form, user)
            case PasswordForm():
                self._commands.change_password(administration, form, form.key, form.password)
            case RemovalForm():
                self._commands.remove(administration, form, form.key)

    def _done(self, form: RowForm) -> None:
        self._show_users()  # a new user is there to be chosen
        self._close_form(form, form.values.number if isinstance(form, UserForm) else None)
        announce(self, translate("Users", "Done"))

    def _refused(self, form: RowForm, exception: CtiException) -> None:
        form.set_busy(False)
        sentence = translate("Users", "Nothing was changed. What you typed stays.")
        if isinstance(form, UserForm) and form.is_renumbered:
            sentence = translate("Users", "The number has been changed, nothing else. What you typed stays.")
        if isinstance(exception, OutcomeUnknown):
            sentence = translate("Users", "It may have been done all the same: look at the list. What you typed stays.")
        form.refuse(exception.error.text, sentence, exception.error.raw)
        if isinstance(form, UserForm) and isinstance(exception, NumberRefused):
            form.mark_number()
        self._show_users()

    def _renumbered(self, form: UserForm, number: str) -> None:
        self._table.move_form(form, number)
        form.take_number(number)

    # ---- parts

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self._search, 3)
        bar.addStretch(1)
        bar.addWidget(self._count)
        bar.addWidget(self._reload)
        bar.addWidget(self._new)
        head = QWidget()
        bar.setContentsMargins(0, 0, 0, 0)
        head.setLayout(bar)
        self.wide(head)
        self.wide(self._strip)
        area = QWidget()
        self._stack = QStackedLayout(area)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._nobody)
        self._area = area
        self.wide(area)
        self.column.setStretchFactor(area, 1000)

    def _set_sizes(self) -> None:
        self._area.setMinimumHeight(scaled(SMALLEST_TABLE))
        self._search.setMaximumWidth(scaled(260))


class _Search(SearchField):
    """Leads into the table by the arrow key; Esc empties it before it closes anything.

    Signals:
        left_downwards(): the arrow key was pressed.
    """

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
