"""The three buttons at the end of a user's row: edit, new password, remove."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctidesk.cti.administration import UserAccount, UserAdministration
from ctidesk.cti.text import translate
from ctidesk.ui.widgets import IconButton
from ctidesk.ui.widgets.bidi import clean


class UserAction(Enum):
    """What can be done with a user; the value is the icon."""

    EDIT = "edit"
    PASSWORD = "key"  # noqa: S105 - an icon
    REMOVE = "trash"


def action_words(action: UserAction, number: str) -> str:
    """Return what the button of an action is called (look.md, "8. Accessible names of icon-only buttons")."""
    match action:
        case UserAction.EDIT:
            words = translate("Users", "Edit user {number}")
        case UserAction.PASSWORD:
            words = translate("Users", "New password for {number}")
        case UserAction.REMOVE:
            words = translate("Users", "Remove user {number}")
    return words.format(number=clean(number))


def why_not(action: UserAction, user: UserAccount, administration: UserAdministration | None) -> str:
    """Return why an action is not possible now, empty when it is."""
    if administration is None or not administration.is_connected:
        return translate("Users", "No connection to the PBX")
    if not (administration.can_remove if action is UserAction.REMOVE else administration.can_change):
        return translate("Users", "Your role does not allow this.")
    if action is UserAction.REMOVE and user.is_me:
        return translate("Users", "You cannot remove your own account.")
    return ""


class UserActions(QWidget):
    """Lies over the end of a row.

    Signals:
        wanted(key, action): a button was pressed; an `UserAction`.
    """

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ""
        self._buttons: dict[UserAction, IconButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(2)
        for action in UserAction:
            button = IconButton(action.value, action_words(action, ""))
            button.clicked.connect(lambda _=False, action=action: self.wanted.emit(self.key, action))
            self._buttons[action] = button
            row.addWidget(button)
        self.hide()

    def show_user(self, user: UserAccount, administration: UserAdministration | None) -> None:
        """Offer what may be done with `user`; each button that is off says why."""
        self.key = user.number
        for action, button in self._buttons.items():
            button.set_icon(action.value, action_words(action, user.number))
            reason = why_not(action, user, administration)
            button.set_available(not reason, reason)

    def stops(self) -> list[QWidget]:
        """Return what Tab leads through."""
        return list(self._buttons.values())

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize() if layout is None else layout.sizeHint()
