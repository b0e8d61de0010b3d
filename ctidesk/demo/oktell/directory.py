"""Who works in the demo company: users with numbers and logins, queues and a voice menu."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ctidesk.demo.people import full_name

FIRST_NUMBER = 101
OPERATOR_LOGIN = "operator"


@dataclass(frozen=True)
class User:
    """One user of the PBX.

    `plain_phone`: a phone that cannot be answered from afar (oktell-protocol.md, "13.10").
    `subordinate`: the demo operator may listen to this user's calls.
    """

    id: str
    number: str
    login: str
    name: str
    department: str
    line_id: str
    number_id: str
    has_photo: bool
    plain_phone: bool
    subordinate: bool

    @property
    def line_number(self) -> str:
        return self.number.zfill(5)


@dataclass(frozen=True)
class Service:
    """A number behind which no person sits: a queue of callers or a voice menu."""

    number: str
    name: str
    kind: Literal["queue", "menu"]


SERVICES = (
    Service("60", "Продажи", "queue"),
    Service("61", "Support", "queue"),
    Service("70", "Главное меню", "menu"),
)


class Directory:
    """All users and services. The same `seed` makes the same company.

    The first user, number 101, is the demo operator with the login `operator`; the others are
    called by their number: `u102`, `u103` …
    """

    def __init__(self, count: int, seed: int) -> None:
        if count < 1:
            raise ValueError("the demo PBX needs at least one user")
        chance = random.Random(f"directory {seed}")  # noqa: S311 - names, no secrets
        self.users = [_make_user(FIRST_NUMBER + index, chance) for index in range(count)]
        self._found: dict[str, User] = {}
        for user in self.users:
            self._found.update({user.id: user, user.login: user, user.number: user})
        self.services = SERVICES

    @property
    def operator(self) -> User:
        return self.users[0]

    def user(self, key: str) -> User | None:
        """A user by id, login name or number."""
        return self._found.get(key)

    def service(self, key: str) -> Service | None:
        """A queue or menu by its number or its name, letter case aside."""
        wanted = key.casefold()
        return next((one for one in self.services if wanted in (one.number, one.name.casefold())), None)


_DEPARTMENTS = ("Продажи", "Support", "Бухгалтерія", "Склад", "Logistics", "Дирекция")


def _make_user(number: int, chance: random.Random) -> User:
    ids = _ids(chance)
    is_operator = number == FIRST_NUMBER
    return User(
        id=next(ids),
        number=str(number),
        login=OPERATOR_LOGIN if is_operator else f"u{number}",
        name=full_name(chance),
        department=chance.choice(_DEPARTMENTS),
        line_id=next(ids),
        number_id=next(ids),
        has_photo=chance.random() < 0.6,
        plain_phone=not is_operator and number % 10 == 9,
        subordinate=not is_operator and number % 3 == 0,
    )


def _ids(chance: random.Random) -> Iterator[str]:
    while True:
        yield str(uuid.UUID(int=chance.getrandbits(128), version=4))
