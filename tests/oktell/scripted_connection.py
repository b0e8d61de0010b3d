"""A client whose server is the test: no sockets, and time only passes when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from ctidesk.net.connection import Connection
from ctidesk.net.errors import NetError, Reason
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.client import ClientOptions, OktellClient
from ctidesk.oktell.effects import PublicEvent
from tests.cti.fake_clock import FakeClock
from tests.scripted_connection import ScriptedConnection
from tests.waiting import settle

Frame = tuple[str, dict[str, Any]]

ME = "5b0d0cb2-7c5d-4e0e-9a4b-2b6b4a0c1a11"
ZERO = "00000000-0000-0000-0000-000000000000"
OPTIONS = ClientOptions("pbx.example:4055", "op1", "Secret1")
IDLE: dict[str, Any] = {"linestatestr": "lsIdle", "chainid": ZERO, "isflashing": False, "abonent": {}}


class OktellConnection(ScriptedConnection):
    """A connection that the server closes after a logout, unless told otherwise."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.closes_after_logout = True

    async def send(self, text: str) -> None:
        await super().send(text)
        method, body = self.sent[-1]
        self.sent[-1] = (method, body)  # a `Frame`
        if method == "logout" and self.closes_after_logout:
            self.drop()


class Pbx:
    """What the test knows of the client and says to it as its server.

    Attributes:
        connections: every connection that was opened, the newest last.
        events: the client's public events.
        answers: replies by method; a request of another method is not answered. Values may be functions of the body.
        auto: whether requests are answered from `answers` by `serve`.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, client: OktellClient | None = None, clock: FakeClock | None = None
    ) -> None:
        self.clock = clock or FakeClock()
        self.connections: list[OktellConnection] = []
        self.refuses = False
        self.client = client or OktellClient(OPTIONS, clock=self.clock)
        self.session = self.client.session
        self.events: list[PublicEvent] = []
        self.answers: dict[str, Any] = boot_answers()
        self._answered: dict[int, int] = {}
        self.client.events.subscribe(self.events.append)

        async def open_scripted(url: str, options: ConnectionOptions, log: FrameLog | None = None) -> Connection:
            if self.refuses:
                raise NetError(Reason.REFUSED)
            self.connections.append(OktellConnection(url))
            return self.connections[-1]

        monkeypatch.setattr(Connection, "open", staticmethod(open_scripted))

    @property
    def connection(self) -> OktellConnection:
        return self.connections[-1]

    @property
    def sent(self) -> list[Frame]:
        """What the client has sent over the newest connection since `forget`."""
        return self.connection.sent

    def bodies(self, method: str) -> list[dict[str, Any]]:
        """The bodies of all requests of a method, without what every request has."""
        common = ("qid", "userlogin")
        return [
            {name: value for name, value in body.items() if name not in common}
            for sent, body in self.sent
            if sent == method
        ]

    def requests(self) -> list[str]:
        """The methods that were sent, without those of the background."""
        background = ("ping", "getcurrentqueue", "subscribeevent")
        return [method for method, _ in self.sent if method not in background]

    def names(self) -> list[str]:
        """The names of the public events, without the ticks of the talk timer."""
        return [event.name for event in self.events if event.name != "talkTimer"]

    def forget(self) -> None:
        """Forget what was sent and told until now."""
        if self.connections:
            self.connection.sent.clear()
            self._answered.pop(id(self.connection), None)
        self.events.clear()

    async def serve(self) -> None:
        """Answer everything that `answers` has an answer for, until nothing new is asked."""
        await settle()
        while True:
            # A connection that lost the race or was redirected is served, too.
            todo = [(one, self._answered.get(id(one), 0)) for one in self.connections]
            todo = [(one, done) for one, done in todo if done < len(one.sent)]
            if not todo:
                return
            for one, done in todo:
                self._answered[id(one)] = len(one.sent)
                for method, body in one.sent[done:]:
                    answer = self.answers.get(method)
                    if callable(answer):
                        answer = answer(body)
                    if answer is not None:
                        name = "pong" if method == "ping" else method
                        one.put([name, {"qid": body["qid"], **answer}])
            await settle()

    async def push(self, method: str, **fields: Any) -> None:
        """Let the server push an event and answer what follows at once."""
        self.connection.put([method, fields])
        await self.serve()

    async def show(self, event: str = "phoneevent_ringstopped", **line: Any) -> None:
        """Let the line be another one and have the client look at it."""
        self.answers["getextendedlineinfo"] = line
        await self.push(event)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in small steps, and answer what is asked on the way."""
        steps = max(1, round(seconds * 20))
        for _ in range(steps):
            self.clock.advance(seconds / steps)
            await self.serve()

    async def boot(self, **line: Any) -> None:
        """Connect and boot until everything is quiet; `line` is what the line shows then."""
        self.answers["getextendedlineinfo"] = line or IDLE
        attempt = asyncio.create_task(self.client.connect())
        await self.serve()
        result = await attempt
        assert result == {"result": True}, result
        await self.pass_time(1.0)
        self.forget()

    async def run(self, command: Any) -> Any:
        """Run a command whose requests are answered at once."""
        task = asyncio.ensure_future(command)
        await self.serve()
        return await task

    async def user_state(self, number: int, **fields: Any) -> None:
        """Let the server tell the user's state, and wait for the reloads that follow."""
        await self.push("userstatechanged", userstateid=number, **fields)
        await self.pass_time(0.5)


def boot_answers() -> dict[str, Any]:
    """What a server answers during the boot."""
    answers: dict[str, dict[str, Any] | Callable[[dict[str, Any]], dict[str, Any] | None]] = {
        "ping": {},
        "login": {"result": 1, "userid": ME, "sessionid": "session-1"},
        "getcurrentqueue": {"queue": []},
        "subscribeevent": {"result": 1},
        "getversion": {
            "version": {"dated": 150520, "build": "2.12.0.150520", "webserverport": 4057},
            "alloweddbstoredprocs": {"sp_clients": 1},
        },
        "getmyuserinfo": {"mainpbxnumber": "101", "username": "Anna", "isoperator": True},
        "cc_getlunchtypes": {"items": [{"id": 1, "name": "Lunch"}, {"id": 2, "name": "Pause"}]},
        "getuserstate": {"userstateid": 1, "oncallcenter": False, "onccmanual": False, "onredirect": False},
        "getredirectrules": {"redirectrules": []},
        "getpbxnumbers": {
            "numbers": [{"id": "n101", "number": "101", "state": 1}, {"id": "n102", "number": "102", "state": 1}]
        },
        "getallusernumbers": {
            "users": [
                {"id": ME, "name": "Anna", "main": "101", "nums": ["101"]},
                {"id": "u102", "name": "Boris", "main": "102", "nums": ["102"], "sub": True},
            ]
        },
        "getalluserphotolink": {"links": [{"id": "u102", "link": "/photo/102"}]},
        "getextendedlineinfo": IDLE,
    }
    return dict(answers)
