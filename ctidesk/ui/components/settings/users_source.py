"""The users of the PBX that the line of the moment is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctidesk.cti.signals import Signal, Unsubscribe

if TYPE_CHECKING:
    from ctidesk.cti.administration import UserAdministration


class UsersSource:
    """Gives the administration of one line after another's.

    Signals:
        changed(): the administration, or what it has to say, is another.
    """

    def __init__(self) -> None:
        self.changed: Signal[()] = Signal("users_source.changed")
        self._administration: UserAdministration | None = None
        self._unsubscribe: Unsubscribe | None = None

    @property
    def administration(self) -> UserAdministration | None:
        """The administration; None while there is no line, or where the PBX has none."""
        return self._administration

    def follow(self, administration: UserAdministration | None) -> None:
        """Follow `administration` from now on, and no other."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._administration = administration
        if administration is not None:
            self._unsubscribe = administration.changed.subscribe(self.changed.emit)
        self.changed.emit()
