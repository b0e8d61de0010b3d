"""One client's connection, without its socket: JSON-RPC in both directions (verto-protocol.md, "1. Transport")."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ctidesk.demo.scheduler import Scheduler, Timer
from ctidesk.demo.sockets import Wire
from ctidesk.demo.webitel.accounts import Account

QUIET_SECONDS = 0.05
"""Events go out when the client has been silent for so long; replies at once."""

READY_SECONDS = 0.1
NO_LOGIN = -32000
LOGIN_FAILED = -32001
CALL_FAILED = -32002
INVALID = -32600
UNKNOWN = -32601

Params = Mapping[str, object]


class RpcError(Exception):
    """A refusal. `more`: what stands beside code and message; `twice`: an earlier message under the same key."""

    def __init__(self, code: int, message: str, more: Mapping[str, object] | None = None, twice: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.more = dict(more or {})
        self.twice = twice


Reply = Callable[[dict[str, object]], None]
Answer = dict[str, object] | None
"""The result of a request; None when it comes later."""


class Switchboard(Protocol):
    """What a session asks of the server."""

    def log_in(self, session: Session, login: str, password: str) -> Account:
        """Raises RpcError."""
        ...

    def bind(self, session: Session) -> list[str]:
        """The session is logged in: its talks are its own again. Returns their ids."""
        ...

    def carry_out(self, session: Session, method: str, params: Params, reply: Reply) -> Answer:
        """Raises RpcError."""
        ...

    def leave(self, session: Session) -> None:
        """The connection has ended."""


class Session:
    """`account`: None before the login. `ids`: the numbers of the server's requests, for all its sessions."""

    def __init__(
        self, switchboard: Switchboard, wire: Wire, scheduler: Scheduler, ids: Iterator[int], ping_seconds: float
    ) -> None:
        self.account: Account | None = None
        self.sessid = ""
        self.last_reply: str | None = None
        self.last_event: str | None = None
        self._switchboard = switchboard
        self._wire = wire
        self._scheduler = scheduler
        self._ids = ids
        self._is_open = True
        self._heard = scheduler.now()
        self._events: list[str] = []
        self._flush: Timer | None = None
        self._ping_seconds = ping_seconds
        self._ping = scheduler.later(ping_seconds, self._ping_silent_client)

    # ------------------------------------------------------------ the socket

    def receive(self, text: str | bytes) -> None:
        """Handles one frame of the client."""
        self._heard = self._scheduler.now()
        self._ping.cancel()
        self._ping = self._scheduler.later(self._ping_seconds, self._ping_silent_client)
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            self._refuse(None, RpcError(INVALID, "Invalid Request"))
            return
        if not isinstance(frame, dict) or frame.get("jsonrpc") != "2.0":
            self._refuse(None, RpcError(INVALID, "Invalid message"))
        elif "result" not in frame:  # also an error: it is taken for a request without a method
            self._answer(frame)

    def closed(self) -> None:
        """The connection has ended."""
        self._is_open = False
        self._ping.cancel()
        if self._flush is not None:
            self._flush.cancel()
        self._switchboard.leave(self)

    def close(self) -> None:
        self._wire.close()

    # ------------------------------------------------------------ to the client

    def event(self, method: str, params: Mapping[str, object]) -> None:
        """Sends a request of ours as soon as the client has been quiet."""
        frame = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}
        self.last_event = json.dumps(frame, ensure_ascii=False)
        self._events.append(self.last_event)
        self._plan_flush()

    def send_raw(self, text: str) -> None:
        if self._is_open:
            self._wire.send(text)

    def _plan_flush(self) -> None:
        if self._flush is None:
            wait = max(self._heard + QUIET_SECONDS - self._scheduler.now(), 0.0)
            self._flush = self._scheduler.later(wait, self._send_events)

    def _send_events(self) -> None:
        self._flush = None
        if self._heard + QUIET_SECONDS - self._scheduler.now() > 0.001:
            self._plan_flush()
            return
        events, self._events = self._events, []
        for text in events:
            self.send_raw(text)

    def _ping_silent_client(self) -> None:
        self.event("verto.ping", {"serno": int(time.time())})
        self._ping = self._scheduler.later(self._ping_seconds, self._ping_silent_client)

    # ------------------------------------------------------------ requests of the client

    def _answer(self, frame: Mapping[str, object]) -> None:
        id_, method, params = frame.get("id"), frame.get("method"), frame.get("params")
        if not isinstance(id_, int | str):
            id_ = None

        def reply(result: dict[str, object]) -> None:
            self._reply(id_, result)

        try:
            if not isinstance(params, dict):
                raise RpcError(LOGIN_FAILED, "Missing params")
            if not self.sessid and isinstance(params.get("sessid"), str):
                self.sessid = str(params["sessid"])
            if method == "login":
                self._log_in(params, reply)
                return
            if self.account is None:
                raise RpcError(NO_LOGIN, "Authentication Required")
            result = self._switchboard.carry_out(self, str(method or ""), params, reply)
        except RpcError as error:
            self._refuse(id_, error)
        else:
            if result is not None:
                reply(result)

    def _log_in(self, params: Params, reply: Reply) -> None:
        login, password = params.get("login"), params.get("passwd")
        if not isinstance(login, str) or not login:
            raise RpcError(NO_LOGIN, "Authentication Required")
        if not isinstance(password, str):
            raise RpcError(LOGIN_FAILED, "Missing passwd")
        again = self.account is not None
        self.account = self._switchboard.log_in(self, login, password)
        reply({"message": "logged in"})
        if again:
            return
        attached = self._switchboard.bind(self)
        self._scheduler.later(READY_SECONDS, lambda: self._tell_ready(attached))

    def _tell_ready(self, attached: list[str]) -> None:
        self.event("verto.clientReady", {"reattached_sessions": attached})

    def _reply(self, id_: int | str | None, result: dict[str, object]) -> None:
        frame = {"jsonrpc": "2.0", "id": id_, "result": {**result, "sessid": self.sessid}}
        self.last_reply = json.dumps(frame, ensure_ascii=False)
        self.send_raw(self.last_reply)

    def _refuse(self, id_: int | str | None, error: RpcError) -> None:
        body = json.dumps({**error.more, "message": error.message, "code": error.code}, ensure_ascii=False)
        if error.twice:
            body = f'{{"message": {json.dumps(error.twice)}, {body[1:]}'
        self.send_raw(f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "error": {body}}}')


def server_ids(*, colliding: bool) -> Iterator[int]:
    """The numbers of the server's requests: one counter for all its sessions, from 1 like each client's own."""
    return itertools.count(1 if colliding else 1_000_001)
