"""Users and numbers of the PBX (oktell-protocol.md, "3.1 Sequence after a successful login", steps 9 to 12)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ctidesk.oktell.record import Json, JsonObject, Record, as_text


@dataclass(frozen=True, slots=True)
class User:
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


@dataclass(frozen=True, slots=True)
class Number:
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
        self.users: dict[str, User] = {}
        self.numbers: dict[str, Number] = {}
        self._number_of_id: dict[str, str] = {}
        self._owner: dict[str, str] = {}

    def clear(self) -> None:
        """Forget everything."""
        self.__init__()  # type: ignore[misc]

    def set_numbers(self, numbers: list[Record]) -> None:
        """Take the list of `getpbxnumbers`."""
        read = (_number(one) for one in numbers)
        self.numbers = {one.number: one for one in read if one.number}
        self._number_of_id = {one.id: one.number for one in self.numbers.values() if one.id}

    def set_users(self, users: list[Record]) -> None:
        """Take the list of `getallusernumbers`."""
        read = (_user(one) for one in users)
        self.users = {one.id: one for one in read if one.id}
        self._owner = {}
        for user in self.users.values():
            for number in (user.number, *user.numbers):
                self._owner.setdefault(number, user.id)

    def set_photos(self, links: list[Record]) -> None:
        """Take the list of `getalluserphotolink`; links are relative to the web base."""
        for link in links:
            user = self.users.get(link.text("id"))
            if user is not None:
                photo = link.text("link96x96") or link.text("link")
                self.users[user.id] = replace(user, photo=photo)

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
                self.numbers[known.number] = replace(known, state=state, reason=reason)
                changed.add(known.number)
        return frozenset(changed)

    def owner(self, number: str) -> User | None:
        """Return the user to whom a number belongs."""
        return self.users.get(self._owner.get(number, ""))

    def find_number(self, wanted: Json) -> Number | None:
        """Return a number of the plan by the number itself or by its id."""
        text = as_text(wanted)
        return self.numbers.get(text) or self.numbers.get(self._number_of_id.get(text, ""))


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
