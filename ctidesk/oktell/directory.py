"""Users and numbers of the PBX (oktell-protocol.md, "3.1 Sequence after a successful login", steps 9 to 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from ctidesk.oktell.record import Json, JsonObject, Record, as_text

_STEP = 250
"""Entries that are taken at once."""

Entry = TypeVar("Entry")

# Both are tuples: a hundred thousand of them are made three times as fast as frozen dataclasses.


class User(NamedTuple):
    """A user; `controlled` tells that the operator supervises this one."""

    id: str
    name: str
    number: str
    numbers: tuple[str, ...] = ()
    controlled: bool = False
    photo: str = ""
    department: str = ""

    def public(self) -> JsonObject:
        """The user as the getters give it."""
        public: JsonObject = {"id": self.id, "name": self.name, "number": self.number}
        return public | {"numbers": list(self.numbers), "controlledByMe": self.controlled}


class Number(NamedTuple):
    """A number of the plan; `state` is read like a user state.

    `reason` is why its user is on a break, an id of the break reasons or a text. The specification names no such field
    of others; a server that adds the one of the operator's own state is understood.
    """

    id: str
    number: str
    caption: str = ""
    description: str = ""
    state: int | None = None
    reason: str = ""

    def public(self) -> JsonObject:
        """The number as the getters give it; a field without a value is left out."""
        public: JsonObject = {"id": self.id, "number": self.number}
        return public | {"caption": self.caption, "state": self.state}


class Directory:
    """Users by id, numbers by number and by id."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.users: dict[str, User] = {}
        self.numbers: dict[str, Number] = {}
        self._number_of_id: dict[str, str] = {}
        self._owner: dict[str, str] = {}

    def set_numbers(self, numbers: Json) -> Iterator[None]:
        """Take the list of `getpbxnumbers`, in steps; it counts after the last one."""
        by_number: dict[str, Number] = {}
        for some in _batches(_objects(numbers)):
            by_number |= {number.number: number for number in map(_number, some) if number.number}
            yield
        by_id: dict[str, str] = {}
        for known in _batches(by_number.values()):
            by_id |= {number.id: number.number for number in known if number.id}
            yield
        self.numbers, self._number_of_id = by_number, by_id

    def set_users(self, users: Json) -> Iterator[None]:
        """Take the list of `getallusernumbers`, in steps; it counts after the last one."""
        by_id: dict[str, User] = {}
        for some in _batches(_objects(users)):
            by_id |= {user.id: user for user in map(_user, some) if user.id}
            yield
        owner: dict[str, str] = {}
        for known in _batches(by_id.values()):
            for user in known:
                for number in (user.number, *user.numbers):
                    owner.setdefault(number, user.id)
            yield
        self.users, self._owner = by_id, owner

    def set_photos(self, links: Json) -> Iterator[None]:
        """Take the list of `getalluserphotolink`, in steps; links are relative to the web base."""
        for some in _batches(_objects(links)):
            for link in some:
                user = self.users.get(link.text("id"))
                if user is not None:
                    photo = link.text("link96x96") or link.text("link")
                    self.users[user.id] = user._replace(photo=photo)
            yield

    def set_number_states(self, numbers: list[Record]) -> frozenset[str]:
        """Take `pbxnumberstatechanged`; return the known numbers whose state, or its reason, is another one now."""
        changed = set()
        for one in numbers:
            known = self.numbers.get(one.text("num"))
            state = one.number("numstateid")
            if known is None or state is None:
                continue
            reason = _reason(one)
            if state != known.state or reason != known.reason:
                self.numbers[known.number] = known._replace(state=state, reason=reason)
                changed.add(known.number)
        return frozenset(changed)

    def owner(self, number: str) -> User | None:
        """Return the user to whom a number belongs."""
        return self.users.get(self._owner.get(number, ""))

    def find_number(self, wanted: Json) -> Number | None:
        """Return a number of the plan by the number itself or by its id."""
        text = as_text(wanted)
        return self.numbers.get(text) or self.numbers.get(self._number_of_id.get(text, ""))


def _batches(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    rest = iter(entries)
    while some := tuple(islice(rest, _STEP)):
        yield some


def _objects(value: Json) -> Iterable[Record]:
    return (Record(one) for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _number(record: Record) -> Number:
    return Number(
        record.text("id"),
        record.text("number"),
        record.text("caption"),
        record.text("description"),
        record.number("state"),
        _reason(record),
    )


def _reason(record: Record) -> str:
    return record.text("lunchreasonid") or record.text("lunchreasonmsg")


def _user(record: Record) -> User:
    nums = record.get("nums")
    numbers = tuple(text for text in map(as_text, nums) if text) if isinstance(nums, list) else ()
    department = record.text("department") or record.text("departmentname")
    return User(
        record.text("id"),
        record.text("name"),
        record.text("main"),
        numbers,
        record.true("sub"),
        department=department,
    )
