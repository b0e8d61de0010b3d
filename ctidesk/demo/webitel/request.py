"""What a command gets and how it answers (webitel-protocol.md, "2. Command frames")."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ctidesk.demo.directing import Refused
from ctidesk.demo.webitel.accounts import Account
from ctidesk.demo.webitel.desk import Client, Desk

PERMISSION_DENIED = "Permission denied!"
NO_REPLY = object()
"""Returned by a command that is answered later by itself, or never."""


class Refusal(Refused):
    """Another answer than `+OK`: the text, or an object, under `complete`."""

    def __init__(self, response: object, complete: str = "-ERR") -> None:
        super().__init__(str(response))
        self.response = response
        self.complete = complete


class Caller(Client, Protocol):
    """The session that a command came from."""

    id: str

    def identify(self, account: Account) -> None: ...


@dataclass(frozen=True)
class Request:
    """One command. `reply` sends `exec-complete` and `exec-response`, None being an absent one."""

    desk: Desk
    session: Caller
    name: str
    args: Mapping[str, object]
    reply: Callable[[str, object], None]

    @property
    def account(self) -> Account:
        """Who has sent it; only for commands that need to know."""
        assert self.session.account is not None
        return self.session.account

    def text(self, name: str) -> str:
        """An argument as text, empty when it is missing or no text."""
        value = self.args.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """An argument that is a text or a list of texts."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [one for one in value if isinstance(one, str)]
        return [value] if isinstance(value, str) and value else []

    def reply_line(self, line: str) -> None:
        """Answers with a line of the switch, `+OK …` or `-ERR …`."""
        self.reply("+OK" if line.startswith("+OK") else "-ERR", line)


@dataclass(frozen=True)
class Command:
    """`action` returns the response, or NO_REPLY. `permissions`: one of these pairs of resource and letters is needed.

    `is_public`: also for those who are not authenticated. `unknown_caller`: what they are told instead.
    """

    action: Callable[[Request], object]
    permissions: tuple[tuple[str, str], ...] = ()
    is_public: bool = False
    unknown_caller: str = ""


def json_text(value: object) -> str:
    """For responses that are JSON inside a text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
