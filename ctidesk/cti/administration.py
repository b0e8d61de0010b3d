"""Administration of the PBX's users, as the windows see it whatever PBX it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ctidesk.cti.signals import Signal


@dataclass(frozen=True, slots=True)
class UserAccount:
    """A user of the PBX.

    Attributes:
        number: login and extension; name: shown to others, may be empty; role: one of `UserAdministration.roles`.
        is_online: whether a program of the user is connected.
        is_me: whether this is the operator's own account.
    """

    number: str
    name: str = ""
    role: str = ""
    is_online: bool = False
    is_me: bool = False


class UserAdministration(Protocol):
    """The users of a provider whose PBX lets an administrator manage them.

    Every command returns when the PBX has done it and raises `CtiException` with words for the operator when it was
    refused.

    Signals:
        changed(): the users, or what the operator may do with them, are others; read them anew.
    """

    changed: Signal[()]

    @property
    def users(self) -> Mapping[str, UserAccount]:
        """All users by number, in the order in which the PBX gave them."""

    @property
    def can_administer(self) -> bool:
        """Whether the operator may change users at all."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that can be given, the usual one first; their names are the PBX's own words."""

    async def create(self, number: str, password: str = "", *, name: str = "", role: str = "") -> None:
        """Create a user.

        Args:
            number: digits only.
            password: an empty one becomes the number.
            role: one of `roles`; empty for the first.
        """

    async def update(
        self, number: str, *, name: str | None = None, password: str | None = None, role: str | None = None
    ) -> None:
        """Change a user; what is None stays as it is."""

    async def remove(self, number: str) -> None:
        """Remove a user."""
