"""The record of the other party (oktell-protocol.md, "6.1 Building a record")."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from ctidesk.oktell.phone_format import format_phone
from ctidesk.oktell.record import Json, JsonObject, Record, is_true, same

EMPTY_CHAIN = "00000000-0000-0000-0000-000000000000"

_NAMES = ("simplename", "username", "name", "caption", "userlogin", "number", "ivrname")
_CONFERENCE_FLAGS = (
    ("isConferenceCreator", "iscreator"),
    ("isConferenceDirector", "isdirector"),
    ("isConferenceGhost", "isghost"),
    ("isConferenceGhostMajor", "isghostmajor"),
    ("isConferenceHidden", "ishidden"),
)


class Abonent(Struct, frozen=True):
    """The other party of a talk, or one competitor of a conference.

    Attributes:
        key: what tells this abonent from others.
        properties: the public fields under the maker's names, those without a value left out.
        source: the record as the server gave it.
    """

    key: str
    properties: JsonObject
    source: Record

    @property
    def phone(self) -> str:
        """The number, or empty."""
        value = self.properties.get("phone")
        return value if isinstance(value, str) else ""

    @property
    def name(self) -> str:
        """The name, or empty."""
        value = self.properties.get("name")
        return value if isinstance(value, str) else ""

    @property
    def chain_id(self) -> str:
        """The chain of the call, or empty."""
        value = self.properties.get("chainId")
        return value if isinstance(value, str) else ""

    @property
    def user_id(self) -> str:
        """The user's id, or empty."""
        return self.source.text("userid")

    @property
    def is_user(self) -> bool:
        """Whether the party is a user of the PBX."""
        return self.properties.get("isUser") is True

    @property
    def is_external(self) -> bool:
        """Whether the party comes over an outside line."""
        return self.properties.get("isExternal") is True

    @property
    def is_ivr(self) -> bool:
        """Whether the party is an IVR."""
        return is_true(self.properties.get("isIvr"))

    def is_known_as(self, wanted: Json) -> bool:
        """Whether `wanted` is this abonent's guid, user id or phone (loose equality)."""
        if not is_true(wanted):
            return False
        return any(same(wanted, one) for one in (self.properties.get("guid"), self.user_id, self.phone) if one)


def build_abonent(record: Record, conference_id: str = "", ivr_key: Callable[[], str] | None = None) -> Abonent | None:
    """Build an abonent from what the server says, or None when nothing in it can be a key.

    Args:
        record: abonent data of the line, of a hold, of a queue or of a conference.
        conference_id: the conference in which the line is now, or empty.
        ivr_key: gives the key of an IVR that has nothing else (D22: the same one all through its session).
    """
    chain = record.text("chainid")
    candidates = (record.text(name) for name in ("competitorid", "number", "userid", "callerid"))
    key = next((one for one in candidates if one), "") or (chain if chain != EMPTY_CHAIN else "")
    if not key and record.true("isivr") and ivr_key is not None:
        key = ivr_key()
    if not key:
        return None
    return Abonent(key, _properties(record, key, conference_id), record)


def find_abonent(abonents: Iterable[Abonent], wanted: Json) -> Abonent | None:
    """Return the first abonent that is known as `wanted`."""
    return next((one for one in abonents if one.is_known_as(wanted)), None)


def _properties(record: Record, key: str, conference_id: str) -> JsonObject:
    is_competitor = record.true("competitorid")
    properties: JsonObject = {
        "key": key,
        "guid": record.text("competitorid") or record.text("userid") or None,
        "isIvr": record.get("isivr"),
        "ivrName": record.get("ivrname"),
        "isConferenceCompetitor": is_competitor,
        "conferenceId": conference_id or False,
    }
    for name, source in _CONFERENCE_FLAGS:
        if is_competitor and record.true(source):
            properties[name] = record[source]
    user: JsonObject = {
        "id": record.get("userid"),
        "name": record.get("username"),
        "login": record.get("userlogin"),
        "comment": record.get("comment"),
    }
    properties |= {
        "isExternal": record.true("isextline"),
        "chainId": record.get("chainid"),
        "phone": record.text("number") or record.text("callerid") or None,
        "phoneFormatted": format_phone(record.text("number")) if record.text("number") else None,
        "name": next((text for text in map(record.text, _NAMES) if text), None),
        "isUser": record.true("userid"),
        "user": {name: value for name, value in user.items() if value is not None},
    }
    return {name: value for name, value in properties.items() if value is not None}
