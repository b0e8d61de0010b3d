"""One client's connection, without its socket: JSON-RPC in both directions (verto-protocol.md, "1. Transport")."""

from __future__ import annotations

import itertools
import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ctidesk.demo.scheduler import Scheduler, Timer
from ctidesk.demo.sockets import Wire
from ctidesk.demo.verto.speed_test import SpeedTest
from ctidesk.demo.webitel.accounts import Account

QUIET_SECONDS = 0.05
"""Events go out when the client has been silent for so long; replies at once."""

READY_SECONDS = 0.1
PUNTED_SECONDS = 0.05
NO_LOGIN = -32000
LOGIN_FAILED = -32001
CALL_FAILED = -32002
INVALID = -32600
UNKNOWN = -32601

Params = Mapping[str, object]


class RpcError(Exception):
    """A refusal. `more`: what stands beside code and message; `twice`: an earlier message under the same key.

    `code`, `message`: None leaves it out, as this server does with some.
    """

    def __init__(
        self, code: int | None, message: str | None, more: Mapping[str, object] | None = None, twice: str = ""
    ) -> None:
        super().__init__(message or "")
        self.code = code
        self.message = message
        self.more = dict(more or {})
        self.twice = twice


Reply = Callable[[dict[str, object] | RpcError], None]
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

    def carry_out(self, session: Session, method: str, params: Params | None, reply: Reply) -> Answer:
        """`params`: None when the request has none. Raises RpcError."""
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
        self._frames: deque[Mapping[str, object]] = deque()
        self._is_busy = False
        self._speed_test = SpeedTest(self.send_raw)
        self._ping_seconds = ping_seconds
        self._ping = scheduler.later(ping_seconds, self._ping_silent_client)

    # ------------------------------------------------------------ the socket

    def receive(self, text: str | bytes) -> None:
        """Handles one frame of the client."""
        self._heard = self._scheduler.now()
        self._ping.cancel()
        self._ping = self._scheduler.later(self._ping_seconds, self._ping_silent_client)
        if text[:1] in ("#", b"#"):
            self._speed_test.receive(text if isinstance(text, str) else text.decode("utf-8", "replace"))
            return
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            self._refuse(None, RpcError(INVALID, "Invalid Request"))
            return
        if not isinstance(frame, dict) or frame.get("jsonrpc") != "2.0":
            self._refuse(frame.get("id") if isinstance(frame, dict) else None, RpcError(INVALID, "Invalid message"))
        elif "result" not in frame:  # also an error: it is taken for a request without a method
            self._frames.append(frame)
            self._carry_on()

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

    def punt(self) -> None:
        """Another connection has the session now: this is said at once, and the last thing that is said."""
        self._events.clear()
        self.event("verto.punt", {})
        self._flush_events()
        self._scheduler.later(PUNTED_SECONDS, self.close)

    def send_raw(self, text: str) -> None:
        if self._is_open:
            self._wire.send(text)

    def _plan_flush(self) -> None:
        if self._flush is None:
            quiet_since = self._scheduler.now() if self._is_busy else self._heard
            wait = max(quiet_since + QUIET_SECONDS - self._scheduler.now(), 0.0)
            self._flush = self._scheduler.later(wait, self._send_events)

    def _send_events(self) -> None:
        self._flush = None
        if self._is_busy or self._heard + QUIET_SECONDS - self._scheduler.now() > 0.001:
            self._plan_flush()
            return
        self._flush_events()

    def _flush_events(self) -> None:
        events, self._events = self._events, []
        for text in events:
            self.send_raw(text)

    def _ping_silent_client(self) -> None:
        self.event("verto.ping", {"serno": int(time.time())})
        self._ping = self._scheduler.later(self._ping_seconds, self._ping_silent_client)

    # ------------------------------------------------------------ requests of the client

    def _carry_on(self) -> None:
        """One request after the other: who waits for an answer makes all that he has asked later wait, too."""
        while self._frames and not self._is_busy and self._is_open:
            self._is_busy = True
            self._answer(self._frames.popleft())

    def _answer(self, frame: Mapping[str, object]) -> None:
        id_ = frame.get("id")

        def reply_later(answer: dict[str, object] | RpcError) -> None:
            self._finish(id_, answer)
            self._carry_on()

        try:
            result = self._result(frame, reply_later)
        except RpcError as error:
            self._finish(id_, error)
        else:
            if result is not None:
                self._finish(id_, result)

    def _finish(self, id_: object, answer: dict[str, object] | RpcError) -> None:
        self._is_busy = False
        if isinstance(answer, RpcError):
            self._refuse(id_, answer)
        else:
            self._reply(id_, answer)

    def _result(self, frame: Mapping[str, object], reply: Reply) -> Answer:
        method, params = frame.get("method"), frame.get("params")
        if "params" in frame and not isinstance(params, dict):
            params = {}  # no member is found in it
        assert params is None or isinstance(params, dict)
        if not self.sessid and params is not None and isinstance(params.get("sessid"), str):
            self.sessid = params["sessid"]
        if self.account is None or method == "login":
            self._log_in(params)  # any request may carry login and password
        if method == "login":
            return {"message": "logged in"}
        return self._switchboard.carry_out(self, method if isinstance(method, str) else "", params, reply)

    def _log_in(self, params: Params | None) -> None:
        if params is None:
            raise RpcError(LOGIN_FAILED, "Missing params")
        login, password = params.get("login"), params.get("passwd")
        if not isinstance(login, str) or not login:
            raise RpcError(NO_LOGIN, "Authentication Required")
        if not isinstance(password, str) or not password:
            raise RpcError(LOGIN_FAILED, "Missing passwd")
        again = self.account is not None
        self.account = self._switchboard.log_in(self, login, password)
        if not again:
            attached = self._switchboard.bind(self)
            self._scheduler.later(READY_SECONDS, lambda: self._tell_ready(attached))

    def _tell_ready(self, attached: list[str]) -> None:
        self.event("verto.clientReady", {"reattached_sessions": attached})

    def _reply(self, id_: object, result: dict[str, object]) -> None:
        frame = {"jsonrpc": "2.0", "id": id_, "result": {**result, "sessid": self.sessid}}
        self.last_reply = json.dumps(frame, ensure_ascii=False)
        self.send_raw(self.last_reply)

    def _refuse(self, id_: object, error: RpcError) -> None:
        words = {"message": error.message, "code": error.code}
        content = {**error.more, **{name: value for name, value in words.items() if value is not None}}
        body = json.dumps(content, ensure_ascii=False)
        if error.twice:
            body = f'{{"message": {json.dumps(error.twice)}, {body[1:]}'
        self.send_raw(f'{{"jsonrpc": "2.0", "id": {json.dumps(id_)}, "error": {body}}}')


def server_ids(*, colliding: bool) -> Iterator[int]:
    """The numbers of the server's requests: one counter for all its sessions, from 1 like each client's own."""
    return itertools.count(1 if colliding else 1_000_001)
