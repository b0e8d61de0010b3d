"""The forms in which users are added, changed and removed (look.md, "settings-users")."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ctidesk.cti.administration import UserAccount
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.fields import QuietComboBox
from ctidesk.ui.components.settings.password_field import PasswordLine, mark_line
from ctidesk.ui.components.settings.row_form import RowForm
from ctidesk.ui.components.settings.user_rows import role_word
from ctidesk.ui.theme import TextStyle, scaled, theme
from ctidesk.ui.widgets import ButtonKind, PlainLabel, plain_tooltip
from ctidesk.ui.widgets.bidi import clean, isolate, ltr

LONGEST_NUMBER = 32
LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class UserValues:
    """What has been typed."""

    number: str = ""
    name: str = ""
    role: str = ""
    password: str = field(default="", repr=False)


class UserForm(RowForm):
    """Number, name and role; for a new user the password as well.

    Attributes:
        is_renumbered: whether the number has been changed already, and the rest is still to be done.
    """

    def __init__(self, key: str, user: UserAccount | None, roles: tuple[str, ...]) -> None:
        """Make the form.

        Args:
            key: of the row.
            user: who is changed; None for a new user.
            roles: those that can be given.
        """
        super().__init__(key, translate("Users", "Save"), translate("Users", "Discard"))
        self._user = user
        self.is_renumbered = False
        self._number = QLineEdit(user.number if user else "")
        self._number.setMaxLength(LONGEST_NUMBER)
        self._number.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._name = QLineEdit(user.name if user else "")
        self._name.setMaxLength(LONGEST_NAME)
        self._role = QuietComboBox()
        words = {role: role_word(role) for role in (*roles, *((user.role,) if user and user.role else ()))}
        self._role.setMinimumContentsLength(1 + max(map(len, words.values())))
        for role, word in words.items():
            self._role.addItem(word, role)
        self._role.setCurrentIndex(max(0, self._role.findData(user.role if user else roles[0])))
        self._password = PasswordLine(translate("Users", "Password"))
        self._password.setPlaceholderText(translate("Users", "Password"))
        for widget, name in (
            (self._number, translate("Users", "Number")),
            (self._name, translate("Users", "Name")),
            (self._role, translate("Users", "Role")),
        ):
            widget.setAccessibleName(name)
            if isinstance(widget, QLineEdit):
                widget.setPlaceholderText(name)
        self.add_field(self._number)
        self.add_field(self._name, 1)
        self.add_field(self._role)
        if user is None:
            self._add_password()
        elif user.is_me:
            self._lock(self._number, translate("Users", "You cannot change your own number."))
            self._lock(self._role, translate("Users", "You cannot change your own role."))
        self._number.textEdited.connect(self._number_typed)
        for line in (self._name, self._password):
            line.textEdited.connect(self._typed)
        self._role.currentIndexChanged.connect(self._typed)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()
        self._typed()

    @property
    def values(self) -> UserValues:
        """What has been typed."""
        role = self._role.currentData()
        return UserValues(
            self._number.text().strip(), self._name.text().strip(), str(role or ""), self._password.text()
        )

    @property
    def is_changed(self) -> bool:
        user, values = self._user, self.values
        if user is None:
            return bool(values.number or values.name or values.password)
        return (values.number, values.name, values.role) != (user.number, user.name, user.role)

    def take_number(self, number: str) -> None:
        """Note that the PBX knows the user by another number now."""
        self.is_renumbered = True
        if self._user is not None:
            self._user = replace(self._user, number=number)

    @property
    def user(self) -> UserAccount | None:
        """Who is changed, as it was before."""
        return self._user

    def begin(self) -> None:
        line = self._number if self._user is None else self._name
        line.setFocus(Qt.FocusReason.TabFocusReason)
        line.selectAll()

    def check(self) -> bool:
        number = self.values.number
        if self._user is not None and number == self._user.number:
            return True  # it was given by something else, and stays
        if not number:
            return self._wrong_number(translate("Users", "Enter a number."))
        if not _is_digits(number):
            return self._wrong_number(translate("Users", "The number may contain digits only."))
        return True

    def mark_number(self) -> None:
        """Mark the number as the one at fault, and go there."""
        mark_line(self._number, wrong=True)
        self._number.setFocus(Qt.FocusReason.OtherFocusReason)
        self._number.selectAll()

    def clear_refusal(self) -> None:
        mark_line(self._number, wrong=False)
        super().clear_refusal()

    def forget(self) -> None:
        """Forget the password that was typed."""
        self._password.forget()

    def _wrong_number(self, words: str) -> bool:
        self.refuse(words)
        self.mark_number()
        return False

    def _number_typed(self, text: str) -> None:
        number, before = text.strip(), "" if self._user is None else self._user.number
        if number not in ("", before) and not _is_digits(number):
            self.refuse(translate("Users", "The number may contain digits only."))
            mark_line(self._number, wrong=True)
        else:
            self.clear_refusal()
        self._typed()

    def _typed(self) -> None:
        if self._user is not None:
            return
        values = self.values
        same = values.password == values.number
        if values.password and not same:
            self.warn("")
            return
        self.warn(
            translate("Users", "Without a password of its own the number is the password: anybody can guess it.")
            if not values.password
            else translate("Users", "The password is the number: anybody can guess it.")
        )

    def _add_password(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._password)
        row.addStretch(1)
        self.column.insertLayout(1, row)
        self.watch_field(self._password)

    def _lock(self, widget: QWidget, reason: str) -> None:
        widget.setEnabled(False)
        widget.setToolTip(plain_tooltip(reason))
        widget.setAccessibleDescription(reason)

    def _set_sizes(self) -> None:
        self._number.setMinimumWidth(scaled(64))
        self._number.setMaximumWidth(scaled(96))
        self._name.setMinimumWidth(scaled(90))
        self._password.setMinimumWidth(scaled(200))
        self.resized.emit()


class PasswordForm(RowForm):
    """Another password for a user."""

    def __init__(self, key: str, user: UserAccount) -> None:
        super().__init__(key, translate("Users", "Save"), translate("Users", "Discard"))
        title = PlainLabel(f"{ltr(user.number)} · {isolate(user.name)}" if user.name else ltr(user.number))
        label = translate("Users", "New password")
        self._line = PasswordLine(translate("Users", "New password for {number}").format(number=clean(user.number)))
        self._line.setPlaceholderText(label)
        self._number = user.number
        self.add_field(title, 2)
        self.add_field(self._line, 3)
        self._line.textEdited.connect(self._typed)

    @property
    def password(self) -> str:
        """What has been typed."""
        return self._line.text()

    @property
    def is_changed(self) -> bool:
        return bool(self.password)

    def begin(self) -> None:
        self._line.setFocus(Qt.FocusReason.TabFocusReason)

    def check(self) -> bool:
        if self.password:
            return True
        self.refuse(translate("Users", "Enter a password."))
        self.begin()
        return False

    def forget(self) -> None:
        """Forget what was typed."""
        self._line.forget()

    def _typed(self) -> None:
        self.clear_refusal()
        is_number = self.password == self._number
        self.warn(translate("Users", "The password is the number: anybody can guess it.") if is_number else "")


class RemovalForm(RowForm):
    """Asks whether a user is really to go; Enter keeps the user."""

    def __init__(self, key: str, user: UserAccount) -> None:
        super().__init__(key, translate("Users", "Remove"), translate("Users", "Keep"), ButtonKind.END)
        whom = f"{ltr(user.number)} · {isolate(user.name)}" if user.name else ltr(user.number)
        question = translate("Users", "Remove this user? {whom}").format(whom=whom)
        self.add_field(PlainLabel(question, TextStyle.ACTIVE, lines=2), 1)
        self.setAccessibleName(question)
        self.warn(translate("Users", "The user's programs and calls are cut off at once. This cannot be undone."))

    @property
    def is_changed(self) -> bool:
        return False

    def begin(self) -> None:
        self._leave.setFocus(Qt.FocusReason.TabFocusReason)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
