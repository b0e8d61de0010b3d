"""Users without a PBX: what is asked for is noted, and happens when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from ctidesk.cti.administration import NumberRefused, UserAccount
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.presence import Presence
from ctidesk.cti.signals import Signal

TAKEN = CtiError(ErrorKind.COMMAND, "A user with this number already exists.", raw="Number exists", source="test")
NOT_ALLOWED = CtiError(ErrorKind.COMMAND, "Your role does not allow this.", raw="Permission denied!", source="test")


def company() -> dict[str, UserAccount]:
    """Return the users of the picture settings-users."""
    rows = (
        ("211", "Melnyk Taras", "user", True, Presence.READY),
        ("212", "Tkachuk Iryna", "user", True, Presence.TALKING),
        ("213", "Bondarenko Kateryna", "user", False, Presence.OFFLINE),
        ("214", "Smirnova Anna", "admin", True, Presence.READY),
        ("215", "Kravets Yuriy", "user", True, Presence.BREAK),
        ("216", "Orlova Vera", "user", False, Presence.OFFLINE),
        ("217", "Orlov Viktor", "user", False, Presence.OFFLINE),
        ("218", "Petrova Larisa", "user", True, Presence.DND),
        ("219", "Zaytsev Roman", "user", True, Presence.READY),
    )
    users = (UserAccount(number, name, role, on, number == "214", state) for number, name, role, on, state in rows)
    return {user.number: user for user in users}


class FakeAdministration:
    """An administration in memory.

    Attributes:
        asked: what was asked for, with its arguments.
        refusals: exceptions for the next commands, in order.
        gate: while it is not set, commands wait.
    """

    def __init__(self, users: Mapping[str, UserAccount] | None = None) -> None:
        self.changed: Signal[()] = Signal("fake.changed")
        self._users = dict(company() if users is None else users)
        self.is_connected = self.can_create = self.can_change = self.can_remove = True
        self.roles = ("user", "admin")
        self.asked: list[tuple[str, ...]] = []
        self.refusals: list[CtiException | None] = []
        self.gate = asyncio.Event()
        self.gate.set()

    @property
    def users(self) -> Mapping[str, UserAccount]:
        return self._users

    def tell(self, *changed: UserAccount, removed: str = "") -> None:
        """Let another administrator, or the users themselves, change something."""
        self._users.pop(removed, None)
        self._users.update({one.number: one for one in changed})
        self.changed.emit()

    def connect(self, connected: bool) -> None:
        """Lose the connection, or have it back."""
        self.is_connected = connected
        self.changed.emit()

    async def read_again(self) -> None:
        await self._carry_out("read_again")

    async def create(self, number: str, password: str = "", *, name: str = "", role: str = "") -> None:
        await self._carry_out("create", number, password, name, role)
        if number in self._users:
            raise NumberRefused(TAKEN)
        self.tell(UserAccount(number, name, role, presence=Presence.OFFLINE))

    async def renumber(self, number: str, new_number: str) -> None:
        await self._carry_out("renumber", number, new_number)
        if new_number in self._users:
            raise NumberRefused(TAKEN)
        self.tell(replace(self._users[number], number=new_number), removed=number)

    async def update(
        self, number: str, *, name: str | None = None, password: str | None = None, role: str | None = None
    ) -> None:
        await self._carry_out("update", number, str(name), str(password), str(role))
        user = self._users[number]
        self.tell(replace(user, name=user.name if name is None else name, role=role or user.role))

    async def remove(self, number: str) -> None:
        await self._carry_out("remove", number)
        self.tell(removed=number)

    async def _carry_out(self, *asked: str) -> None:
        self.asked.append(asked)
        await self.gate.wait()
        if asked[0] != "read_again" and self.refusals and (refusal := self.refusals.pop(0)) is not None:
            raise refusal
