"""The table of users: what stands in its cells. Rows come and go one by one, so that what is typed in one stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ctidesk.cti.administration import UserAccount
from ctidesk.cti.presence import Presence
from ctidesk.cti.text import translate
from ctidesk.ui.components.search import fold
from ctidesk.ui.components.words import presence_shape, presence_word, with_reason
from ctidesk.ui.theme import PresenceState
from ctidesk.ui.widgets import spoken
from ctidesk.ui.widgets.bidi import clean

AnyIndex = QModelIndex | QPersistentModelIndex

NEW_USER = ""
"""The key of the row in which a new user is typed; other rows have the number."""
USUAL_ROLES = ("user", "admin")
"""Those that have a word of their own."""
SHAPE_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    NAME = 1
    ROLE = 2
    ONLINE = 3
    STATE = 4
    ACTIONS = 5


class UserRows(QAbstractTableModel):
    """The users that are searched for, by number, and those that are being worked on whatever is searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._users: Mapping[str, UserAccount] = {}
        self._words = ""
        self._keys: list[str] = []
        self._kept: set[str] = set()

    # ---- what is shown

    def show_users(self, users: Mapping[str, UserAccount]) -> None:
        """Show these users."""
        before, self._users = self._users, dict(users)
        self._arrange()
        changed = [row for row, key in enumerate(self._keys) if before.get(key) != self._users.get(key)]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))

    def search(self, words: str) -> None:
        """Show those whose number or name has all of `words`."""
        self._words = fold(clean(words))
        self._arrange()

    def keep(self, key: str, kept: bool) -> None:
        """Let a row stay, whatever becomes of its user and of the search, until it is no longer kept."""
        if kept:
            self._kept.add(key)
        else:
            self._kept.discard(key)
        self._arrange()

    # ---- rows

    def key(self, row: int) -> str | None:
        """Return the key of a row, None for one that there is not."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row(self, key: str) -> int | None:
        """Return where the row of a key is."""
        return self._keys.index(key) if key in self._keys else None

    def user(self, key: str) -> UserAccount | None:
        """Return the user of a row; None for a new one, and for one who has been removed."""
        return self._users.get(key)

    # ---- what Qt asks

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        user = self._users.get(self._keys[index.row()]) if index.isValid() else None
        if user is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(user, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(user) if column is Column.NUMBER else _text(user, column)
            case x if x == SHAPE_ROLE:
                return _shape(user, column)
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(Column(section))
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    # ---- parts

    def _arrange(self) -> None:
        """Take rows out and put rows in until the right ones are there."""
        wanted = sorted(self._wanted(), key=_order)
        kept = set(wanted)
        for first, last in reversed(list(_runs([row for row, key in enumerate(self._keys) if key not in kept]))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._keys[first : last + 1]
            self.endRemoveRows()
        there = set(self._keys)
        for first, last in _runs([row for row, key in enumerate(wanted) if key not in there]):
            self.beginInsertRows(QModelIndex(), first, last)
            self._keys[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _wanted(self) -> Iterator[str]:
        words = self._words.split()
        yield from self._kept
        for key, user in self._users.items():
            if key not in self._kept and (not words or _has(user, words)):
                yield key


def heading(column: Column) -> str:
    """Return what stands over a column."""
    match column:
        case Column.NUMBER:
            return translate("Users", "Number")
        case Column.NAME:
            return translate("Users", "Name")
        case Column.ROLE:
            return translate("Users", "Role")
        case Column.ONLINE:
            return translate("Users", "Online")
        case Column.STATE:
            return translate("Users", "State")
        case _:
            return ""


def online_word(is_online: bool) -> str:
    """Return whether a program of a user is connected."""
    return translate("Users", "Online") if is_online else translate("Users", "Offline")


def role_word(role: str) -> str:
    """Return the word for a role; one that only this PBX has is shown as it is."""
    match role.lower():
        case "user":
            return translate("Users", "User")
        case "admin":
            return translate("Users", "Admin")
        case _:
            return clean(role)


def _has(user: UserAccount, words: Sequence[str]) -> bool:
    text = f"{user.number} {fold(clean(user.name))}"
    return all(word in text for word in words)


def _order(key: str) -> tuple[int, int, str]:
    """Order numbers by their value, the new user first."""
    if key == NEW_USER:
        return 0, 0, ""
    return (1, len(key), key) if key.isdecimal() else (2, 0, key)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give neighbouring rows together, as the first and the last."""
    for _, run in groupby(enumerate(rows), key=lambda one: one[1] - one[0]):
        places = [row for _, row in run]
        yield places[0], places[-1]


def _text(user: UserAccount, column: Column) -> str:
    match column:
        case Column.NUMBER:
            return clean(user.number)
        case Column.NAME:
            return clean(user.name)
        case Column.ROLE:
            return role_word(user.role)
        case Column.ONLINE if user.presence is Presence.UNKNOWN and not user.is_online:
            return "–"
        case Column.ONLINE:
            return online_word(user.is_online)
        case Column.STATE:
            return with_reason(presence_word(user.presence), user.detail)
        case _:
            return ""


def _shape(user: UserAccount, column: Column) -> PresenceState | None:
    if column is Column.ONLINE and _text(user, column) != "–":
        return PresenceState.READY if user.is_online else PresenceState.OFFLINE
    return presence_shape(user.presence) if column is Column.STATE else None


def _spoken(user: UserAccount) -> str:
    return spoken(*(_text(user, column) for column in Column))
