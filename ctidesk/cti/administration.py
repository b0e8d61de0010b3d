"""Managing the users of a PBX, for its administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ctidesk.cti.errors import CtiException
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal


@dataclass(frozen=True, slots=True)
class UserAccount:
    """One user of the PBX as an administrator sees it.

    Attributes:
        number: login and extension; name: shown to others, may be empty.
        role: the PBX's own word; empty while it has not been read.
        is_online: whether a program of the user is connected.
        is_me: whether this is the operator's own account.
        presence: what the user does; detail: the text with it, or empty.
    """

    number: str
    name: str = ""
    role: str = ""
    is_online: bool = False
    is_me: bool = False
    presence: Presence = Presence.UNKNOWN
    detail: str = ""


class NumberRefused(CtiException):
    """The PBX does not take the number; another one may do."""


class OutcomeUnknown(CtiException):
    """The PBX has not answered; it may have done it."""


class UserAdministration(Protocol):
    """The users of a provider whose PBX lets an administrator manage them.

    Every command returns when the PBX has done it and raises `CtiException` with words for the operator when it was
    refused; then nothing has changed. `NumberRefused` and `OutcomeUnknown` say more.

    Signals:
        changed(): the users, or what the operator may do with them, are others; read them anew.
    """

    changed: Signal[()]

    @property
    def users(self) -> Mapping[str, UserAccount]:
        """All users by number; without a connection the last ones, with unknown presence."""

    @property
    def is_connected(self) -> bool:
        """Whether the PBX can be asked now."""

    @property
    def can_create(self) -> bool:
        """Whether the role of the last login allows to create users."""

    @property
    def can_change(self) -> bool:
        """Whether it allows to change users."""

    @property
    def can_remove(self) -> bool:
        """Whether it allows to remove users."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that can be given, the usual one first; their names are the PBX's own words."""

    async def read_again(self) -> None:
        """Read the users anew: not every PBX tells of all that another administrator changes."""

    async def create(self, number: str, password: str = "", *, name: str = "", role: str = "") -> None:
        """Create a user.

        Args:
            number: digits only.
            password: an empty one becomes the number.
            role: one of `roles`; empty for the first.
        """

    async def renumber(self, number: str, new_number: str) -> None:
        """Give a user another number, digits only."""

    async def update(
        self, number: str, *, name: str | None = None, password: str | None = None, role: str | None = None
    ) -> None:
        """Change a user; what is None stays as it is."""

    async def remove(self, number: str) -> None:
        """Remove a user."""
