"""The accounts of the domain and what they do (webitel-protocol.md, "8. Accounts (users)")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import msgspec

from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, Json, JsonObject, decode_description
from ctidesk.webitel.wire import Event

IN_CALL_CENTRE = ("Available", "Available (On Demand)", "On Break")
"""The statuses of an agent who is logged in."""
INDEX_LIMIT = 2**32 - 1
"""From here on a number is a name like others in the maker's language."""

_INDEX = re.compile("0|[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class User:
    """An account of the domain ("8.1 Account list", "8.2 Presence model").

    Attributes:
        id: the number; tag: the text with what the user has chosen.
        state: the line, and away: what the user has chosen, both as the server writes them; older ones write small
            letters.
        online: a program is connected; agent: is a call-centre agent; in_call_centre: is logged in there.
    """

    id: str
    domain: str = ""
    state: str = ""
    away: str = ""
    tag: str = ""
    online: bool = False
    name: str = ""
    scheme: str = ""
    role: str = ""
    agent: bool = False
    in_call_centre: bool = False

    @property
    def line(self) -> str:
        """The line, in capital letters."""
        return self.state.upper()

    @property
    def choice(self) -> str:
        """What the user has chosen, in capital letters."""
        return self.away.upper()

    def public(self) -> JsonObject:
        """The user as public events carry it; a field that the server has never named is left out."""
        public: JsonObject = {
            "id": self.id,
            "domain": self.domain,
            "state": self.state,
            "away": self.away,
            "tag": self.tag,
            "online": self.online,
            "name": self.name,
        }
        if self.scheme:
            public["scheme"] = self.scheme
        return public | {"roleName": self.role, "agent": self.agent, "inCC": self.in_call_centre}


@dataclass(eq=False, slots=True)
class Reading:
    """The account list that is on its way once more.

    Attributes:
        known: who was there when it was asked for.
        heard_of: whose presence has been told since; removed: who has been removed since.
    """

    known: frozenset[str]
    heard_of: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)


class Users:
    """The accounts by number; takes the list and events, and returns public events.

    Attributes:
        domain: the domain whose accounts they are; what is told of another one is ignored.
    """

    def __init__(self) -> None:
        self.domain = ""
        self.own_number = ""
        self._users: dict[str, User] = {}
        self._readings: list[Reading] = []

    @property
    def users(self) -> Mapping[str, User]:
        """The accounts by number."""
        return MappingProxyType(self._users)

    @property
    def in_order(self) -> list[User]:
        """The accounts in the order in which the maker's library has them."""
        return [self._users[number] for number in _in_order(self._users)]

    @property
    def own(self) -> User | None:
        """The own account."""
        return self._users.get(self.own_number)

    def load(self, records: Fields | None, own: User) -> list[PublicEvent]:
        """Take the account list.

        Args:
            records: the accounts by number, None when the list could not be read.
            own: the own account as the session knows it, in case that the list does not have it.
        """
        self.own_number = own.id
        told = []
        for user in _read_records(records):
            told += self._add(user)
        if own.id not in self._users:
            told += self._add(own)
        told.append(self._change(replace(self._users[own.id], online=True)))
        return told

    def begin_reading(self) -> Reading:
        """Note what happens from now on, while the account list is on its way once more."""
        reading = Reading(frozenset(self._users))
        self._readings.append(reading)
        return reading

    def end_reading(self, reading: Reading, records: Fields | None) -> list[PublicEvent]:
        """Take the account list that was asked for at `reading`: newcomers, changes and who has gone are told.

        The list is as old as the question, so events that came meanwhile count for more.

        Args:
            records: the accounts by number, None when the list could not be read.
        """
        if reading not in self._readings:
            return []  # the connection was lost meanwhile
        self._readings.remove(reading)
        if records is None:
            return []
        told = []
        read = {user.id: user for user in _read_records(records) if user.id not in reading.removed}
        for number in _in_order(reading.known - read.keys() - reading.removed - {self.own_number}):
            told += self._remove(number)
        for number, user in read.items():
            known = self._users.get(number)
            if known is None:
                told += self._add(user)
                continue
            if number in reading.heard_of or number == self.own_number:
                user = _with_presence(user, known)
            if user != known:
                told.append(self._change(user))
        return told

    def clear(self) -> list[PublicEvent]:
        """Forget all: the connection is gone."""
        told = [PublicEvent("onRemoveUser", (user.public(),)) for user in self.in_order]
        self._users.clear()
        self._readings.clear()
        return told

    def take(self, event: Event) -> list[PublicEvent]:
        """Take an event about an account ("8.3 What changes a user")."""
        fields = event.fields
        domain = fields.text("Account-Domain") or fields.text("User-Domain") or fields.text("Event-Domain")
        if domain and self.domain and domain != self.domain:
            return []
        if event.name == "ACCOUNT_STATUS":
            return self._take_status(fields)
        number = fields.text("User-ID")
        user = self._users.get(number)
        match event.name:
            case "ACCOUNT_ONLINE" | "ACCOUNT_OFFLINE" if user is not None:
                self._hear_of(number)
                return [self._change(replace(user, online=event.name == "ACCOUNT_ONLINE"))]
            case "USER_CREATE" if number:
                return self._add(_newcomer(user, number, domain, fields.text("User-State")))
            case "USER_STATE" if user is not None and fields.text("User-State"):
                self._hear_of(number)
                return [self._change(replace(user, state=fields.text("User-State")))]
            case "USER_DESTROY":
                for reading in self._readings:
                    reading.removed.add(number)
                return self._remove(number)
            case _:
                return []

    def _take_status(self, fields: Fields) -> list[PublicEvent]:
        user = self._users.get(fields.decoded("Account-User"))
        if user is None:
            return []
        self._hear_of(user.id)
        changed = replace(
            user,
            state=fields.decoded("Account-User-State") or user.state,
            away=fields.decoded("Account-Status") or user.away,
            tag=decode_description(fields.text("Account-Status-Descript")),
            in_call_centre=fields.decoded("Account-Agent-Status") in IN_CALL_CENTRE,
        )
        return [self._change(changed)]

    def _hear_of(self, number: str) -> None:
        for reading in self._readings:
            reading.heard_of.add(number)

    def _add(self, user: User) -> list[PublicEvent]:
        is_new = user.id not in self._users
        self._users[user.id] = user
        return [PublicEvent("onAddUser", (user.public(),))] if is_new else []

    def _remove(self, number: str) -> list[PublicEvent]:
        user = self._users.pop(number, None)
        return [] if user is None else [PublicEvent("onRemoveUser", (user.public(),))]

    def _change(self, user: User) -> PublicEvent:
        self._users[user.id] = user
        return PublicEvent("onUserStatusChange", (user.public(),))


def account_list(response: Json) -> Fields | None:
    """Return the accounts by number, which stand as JSON inside of a reply; None when they cannot be read."""
    try:
        accounts: Json = msgspec.json.decode(Fields(response).text("response"))
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return Fields(accounts) if isinstance(accounts, dict) else None


def _read_records(records: Fields | None) -> list[User]:
    accounts = {} if records is None else records
    by_number = {number: Fields(record) for number, record in accounts.items() if isinstance(record, dict)}
    return [_read_record(number, by_number[number]) for number in _in_order(by_number)]


def _in_order(numbers: Iterable[str]) -> list[str]:
    """Order the members of a JSON object as the maker's language does: numbers come first and by size."""

    def place(number: str) -> tuple[bool, int]:
        is_index = _INDEX.fullmatch(number) is not None and int(number) < INDEX_LIMIT
        return (False, int(number)) if is_index else (True, 0)

    return sorted(numbers, key=place)


def _read_record(number: str, record: Fields) -> User:
    return User(
        id=record.text("id") or number,
        domain=record.text("domain"),
        state=record.text("state"),
        away=record.text("status"),
        tag=decode_description(record.text("descript")),
        online=record.get("online") is True,
        name=record.decoded("name"),
        scheme=record.text("scheme"),
        role=record.text("role"),
        agent=record.text("agent") == "true",
        in_call_centre=record.text("agent.status") in IN_CALL_CENTRE,
    )


def _with_presence(user: User, known: User) -> User:
    """Return `user` with what `known` does."""
    return replace(
        user,
        state=known.state,
        away=known.away,
        tag=known.tag,
        online=known.online,
        in_call_centre=known.in_call_centre,
    )


def _newcomer(known: User | None, number: str, domain: str, state: str) -> User:
    if known is not None:
        return replace(known, state=state or known.state)
    return User(number, domain, state)
