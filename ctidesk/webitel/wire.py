"""Messages of the socket: commands, replies, events (webitel-protocol.md, "2. Command frames" and "5.1 Envelope")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from ctidesk.webitel.fields import Fields, Json, JsonObject


class BadMessageError(ValueError):
    """A message that cannot be read; it is counted and dropped."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command. Its content may hold a token or a record's link, so it is no part of the repr."""

    id: str
    complete: str
    has_response: bool
    fields: Fields

    @property
    def response(self) -> Json:
        """`exec-response`, None when it is absent."""
        return self.fields.get("exec-response")

    def __repr__(self) -> str:
        return f"Reply({self.id!r})"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at the PBX.

    Attributes:
        kind: the group of the event (`webitel-event-name`); name: the event's own name.
    """

    kind: str
    name: str
    fields: Fields

    def __repr__(self) -> str:
        return f"Event({self.kind!r}, {self.name!r})"


Message: TypeAlias = Reply | Event


def read(text: str) -> Message:
    """Read a message.

    Raises:
        BadMessageError: it is no JSON object, or a reply without id or result.
    """
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise BadMessageError("not JSON") from error
    if not isinstance(value, dict):
        raise BadMessageError("not an object")
    fields = Fields(value)
    kind = fields.text("webitel-event-name")
    if kind:
        return Event(kind, fields.text("Event-Name") or kind, fields)
    uuid, complete = fields.text("exec-uuid"), fields.get("exec-complete")
    if not uuid or not isinstance(complete, str):
        raise BadMessageError("a reply without id or result")
    return Reply(uuid, complete, "exec-response" in fields, fields)


def write(uuid: str, command: str, arguments: JsonObject | None = None) -> str:
    """Write a command; None leaves the arguments out."""
    message: JsonObject = {"exec-uuid": uuid, "exec-func": command}
    if arguments is not None:
        message["exec-args"] = arguments
    return msgspec.json.encode(message).decode()
