"""What becomes of a command (webitel-protocol.md, "2.2 Reply" and "12.1 onError")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from ctidesk.webitel.fields import Fields, Json, JsonObject
from ctidesk.webitel.wire import Reply

NO_REPLY = "-ERR no reply"
NOT_FOUND = " - not found."

_PREFIXES = re.compile(r"^(?:-ERR[: ]\s*)+")
_FAILS_UNDER_OK = ("cc login", "cc logout", "cc tier from user")
_CALL_COMMANDS = frozenset(
    {
        "call",
        "hangup",
        "hold",
        "unhold",
        "toggle_hold",
        "transfer",
        "att_xfer",
        "att_xfer2",
        "att_xfer_bridge",
        "att_xfer_cancel",
        "attended_transfer",
        "bridge",
        "dtmf",
        "park",
        "video_refresh",
        "eavesdrop",
        "displace",
    }
)


class ErrorType(StrEnum):
    """The types of `onError`."""

    AUTH = "AUTH-ERROR"
    CALL = "CALL-ERROR"
    AGENT = "AGENT-ERROR"
    CONNECTION = "CONNECTION-ERROR"
    COMMAND = "COMMAND-ERROR"
    EVENT = "EVENT-ERROR"
    SCRIPT = "SCRIPT-ERROR"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a command.

    Attributes:
        command: the command's name on the wire, or the client's own when nothing was sent.
        response: the server's `exec-response`, or the client's own words when nothing was sent; may hold a secret.
        error: None on success, else the type of the error.
        id: the id on the wire, empty when nothing was sent.
    """

    command: str
    response: Json = field(default=None, repr=False)
    error: ErrorType | None = None
    id: str = ""

    @property
    def ok(self) -> bool:
        """Whether the server has done what was asked."""
        return self.error is None

    @property
    def message(self) -> str:
        """The server's own words for a failure, as they came."""
        if isinstance(self.response, str):
            return self.response
        login = Fields(self.response).get("login")
        return login if isinstance(login, str) else Fields(login).text("message")

    @property
    def text(self) -> str:
        """The words for a failure without the switch's `-ERR` and white space."""
        return _PREFIXES.sub("", self.message.strip()).strip()

    def public(self) -> JsonObject:
        """The result as the maker's library hands it to a callback."""
        public: JsonObject = {"id": self.id} if self.id else {}
        public["status"] = 0 if self.ok else 1
        if self.response is not None:
            public["response"] = self.response
        return public


def read_result(command: str, reply: Reply) -> Result:
    """Return what a reply says about its command."""
    response = reply.response
    says_nothing = isinstance(response, str) and response.startswith(NO_REPLY)
    if reply.complete == "-ERR" and says_nothing:
        return Result(command, id=reply.id)
    ok = reply.complete == "+OK" or reply.complete.startswith(f"{NO_REPLY}\n")
    if ok and isinstance(response, str) and response.startswith("-ERR"):
        ok = not (command in _FAILS_UNDER_OK or command.startswith("blacklist_"))
    if ok:
        return Result(command, response, id=reply.id)
    is_unknown = reply.complete == "+ERR" and isinstance(response, str) and response.endswith(NOT_FOUND)
    return Result(command, response, ErrorType.COMMAND if is_unknown else error_type(command), reply.id)


def refusal(command: str, error: ErrorType, text: str) -> Result:
    """Return the result of a command that the client itself has not carried out."""
    return Result(command, text, error)


def error_type(command: str) -> ErrorType:
    """Return the type of a failure of `command`."""
    if command in ("auth", "login"):
        return ErrorType.AUTH
    if command in _CALL_COMMANDS:
        return ErrorType.CALL
    if command.startswith(("api account", "cc ")) or command == "api list_users":
        return ErrorType.AGENT
    return ErrorType.COMMAND
