"""Who works in the demo company: users with numbers and logins, queues and a voice menu."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FIRST_NUMBER = 101
OPERATOR_LOGIN = "operator"

Sex = Literal["male", "female"]


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


_NAMES: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "male": ("Александр", "Борис", "Виктор", "Григорий", "Дмитрий", "Игорь", "Пётр", "Юрий"),
        "female": ("Анна", "Вера", "Екатерина", "Елена", "Мария", "Наталья", "Ольга", "Юлия"),
        "family_male": ("Белов", "Воробьёв", "Кузнецов", "Лебедев", "Морозов", "Орлов", "Соколов", "Щукин"),
        "family_female": ("Белова", "Воробьёва", "Кузнецова", "Лебедева", "Морозова", "Орлова", "Щукина"),
    },
    {
        "male": ("Andrew", "Brian", "Daniel", "George", "Martin", "Oliver", "Peter", "Thomas"),
        "female": ("Alice", "Caroline", "Emma", "Grace", "Helen", "Lucy", "Rachel", "Sophie"),
        "family_male": ("Baker", "Carter", "Fletcher", "Hughes", "Mason", "O'Neill", "Turner", "Walker"),
        "family_female": ("Baker", "Carter", "Fletcher", "Hughes", "Mason", "O'Neill", "Turner", "Walker"),
    },
    {
        "male": ("Андрій", "Богдан", "Євген", "Микола", "Олексій", "Сергій", "Тарас", "Ярослав"),
        "female": ("Галина", "Ірина", "Леся", "Надія", "Оксана", "Світлана", "Тетяна", "Юлія"),
        "family_male": ("Бойко", "Гнатюк", "Їжакевич", "Коваленко", "Лисенко", "Мельник", "Ткаченко"),
        "family_female": ("Бойко", "Ґалаґан", "Їжакевич", "Коваленко", "Лисенко", "Мельник", "Ткаченко"),
    },
)
_LANGUAGE_WEIGHTS = (60, 20, 20)
_SEXES: tuple[Sex, ...] = ("male", "female")
_DEPARTMENTS = ("Продажи", "Support", "Бухгалтерія", "Склад", "Logistics", "Дирекция")


def _make_user(number: int, chance: random.Random) -> User:
    ids = _ids(chance)
    names = chance.choices(_NAMES, _LANGUAGE_WEIGHTS)[0]
    sex = chance.choice(_SEXES)
    is_operator = number == FIRST_NUMBER
    return User(
        id=next(ids),
        number=str(number),
        login=OPERATOR_LOGIN if is_operator else f"u{number}",
        name=f"{chance.choice(names['family_' + sex])} {chance.choice(names[sex])}",
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
