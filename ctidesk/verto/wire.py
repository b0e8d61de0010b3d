"""Messages of the socket: JSON-RPC 2.0, requests from both sides (verto-protocol.md, "1.3 JSON-RPC framing")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

MAX_MESSAGE = 950_000
"""Characters of a message that may be sent: the server closes the connection at 1,000,000 bytes."""
MAX_NAME = 200
"""Characters of a name or number that are kept ("9. Security")."""
MAX_TEXT = 10_000
"""Characters of a message to the operator that are kept."""


class BadMessageError(ValueError):
    """A message that cannot be read; it is counted and dropped."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something that the server asks for or tells; its params may hold keys of the sound, so they are not shown."""

    id: Json
    method: str
    params: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers to a request of ours.

    Attributes:
        ok: whether there is a result.
        content: the result, or the error object with all that stands beside its code and message.
    """

    id: Json
    ok: bool
    content: JsonObject = field(repr=False)

    @property
    def code(self) -> int:
        """The code of an error; 0 when it has none, as some of this server's errors ("1.3")."""
        code = self.content.get("code")
        return code if isinstance(code, int) and not self.ok else 0

    @property
    def message(self) -> str:
        """The server's words."""
        return text_of(self.content, "message", MAX_TEXT)


Message: TypeAlias = Request | Reply


def read(text: str) -> Message:
    """Read a message.

    What has a method is a request and anything else an answer, whatever its id: the ids of the two sides are counted
    independently, both from 1, and so they collide ("5. Facts about Verto" of the recordings). Of a key that stands
    twice the last one counts.

    Raises:
        BadMessageError: it is no JSON object, or neither request nor answer.
    """
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise BadMessageError("not JSON") from error
    if not isinstance(value, dict):
        raise BadMessageError("not an object")
    method = value.get("method")
    if isinstance(method, str):
        return Request(value.get("id"), method, _object(value.get("params")))
    if "result" in value:
        return Reply(value.get("id"), True, _object(value["result"]))
    if "error" in value:
        return Reply(value.get("id"), False, _object(value["error"]))
    raise BadMessageError("neither request nor answer")


def write_request(number: int, method: str, params: JsonObject) -> str:
    """Write a request of ours."""
    return _write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def write_answer(request: Request) -> str:
    """Write the answer to a request of the server. It is never an error: the server would take it for a request."""
    return _write({"jsonrpc": "2.0", "id": request.id, "result": {"method": request.method}})


def text_of(params: JsonObject, name: str, limit: int = MAX_NAME) -> str:
    """Return a member that is a text or a number as text; anything else is empty. It is data of the server."""
    value = params.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:limit]


def sdp_of(params: JsonObject) -> str:
    """Return the description of the sound; empty when there is none."""
    value = params.get("sdp")
    return value if isinstance(value, str) else ""


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _write(message: JsonObject) -> str:
    return msgspec.json.encode(message).decode()
