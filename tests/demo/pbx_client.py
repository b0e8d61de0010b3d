"""A bare WebSocket client of the demo PBX: what a client sees, frame by frame."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from ctidesk.demo.oktell import OktellDemo
from ctidesk.demo.oktell.credentials import digest

Body = dict[str, object]

LINE_EVENTS = (
    "userstatechanged",
    "linestatechanged",
    "flashstatechanged",
    "confcompositionchanged",
    "confcompetitorstatechanged",
    "phoneevent_acmcallstarted",
    "phoneevent_acmcallstopped",
    "phoneevent_ringstarted",
    "phoneevent_ringstopped",
    "phoneevent_ivrstarted",
    "phoneevent_commstarted",
    "phoneevent_commstopped",
)


class PbxClient:
    """`events`: the native events since the last `told`, in order. Replies are returned by `ask`."""

    def __init__(self, socket: ClientConnection, login: str) -> None:
        self.socket = socket
        self.login_name = login
        self.parts = 0
        self.events: list[tuple[str, Body]] = []
        self._qids = itertools.count(1)
        self._parts: dict[str, dict[int, bytes]] = {}

    async def ask(self, method: str, **body: object) -> Body:
        """The body of the reply; events that come before it are kept."""
        qid = f"q{next(self._qids)}"
        await self.socket.send(json.dumps([method, {"qid": qid, **body}]))
        while True:
            name, reply = await self._receive()
            if reply.get("qid") == qid:
                assert name == ("pong" if method == "ping" else f"{method}result")
                return reply
            self.events.append((name, reply))

    async def log_in(self, password: str, *events: str) -> Body:
        reply = await self.ask(
            "login", userlogin=self.login_name, Password=digest(password), password=digest(password.lower())
        )
        if events:
            await self.ask("subscribeevent", eventmethod=list(events))
        return reply

    async def line(self) -> Body:
        """The snapshot of the line, without the fields that never change."""
        info = await self.ask("getextendedlineinfo")
        return {name: value for name, value in info.items() if name not in ("qid", "result", "lineid", "linenumber")}

    async def event(self, name: str) -> Body:
        """The next event of this name, not necessarily the next frame."""
        while True:
            for index, (method, body) in enumerate(self.events):
                if method == name:
                    del self.events[: index + 1]
                    return body
            self.events.append(await self._receive())

    async def told(self) -> list[str]:
        """The names of all events until now: everything that the server sent before it answers a ping."""
        await self.ask("ping")
        names = [name for name, _ in self.events]
        self.events.clear()
        return names

    async def text(self) -> str:
        received = await self.socket.recv()
        assert isinstance(received, str)
        return received

    async def _receive(self) -> tuple[str, Body]:
        while True:
            name, body = json.loads(await self.text())
            if name != "multipart":
                return name, body
            self.parts += 1
            message = self._parts.setdefault(body["message-id"], {})
            message[body["packetnumber"]] = base64.b64decode(body["content"])
            if len(message) == body["packetcount"]:
                whole = b"".join(message[index] for index in range(len(message)))
                name, body = json.loads(whole)
                return name, body


@asynccontextmanager
async def client(demo: OktellDemo, login: str = "operator", *events: str) -> AsyncIterator[PbxClient]:
    """A client that is logged in and subscribed to `events`, by default those of the line."""
    async with raw_client(demo, login) as one:
        reply = await one.log_in(demo.password, *(events or LINE_EVENTS))
        assert reply["result"] == 1
        yield one


@asynccontextmanager
async def raw_client(demo: OktellDemo, login: str = "operator") -> AsyncIterator[PbxClient]:
    """A client that has only opened its socket."""
    socket = connect(demo.url, subprotocols=[Subprotocol("json")], proxy=None, max_size=None, ping_interval=None)
    async with socket as opened:
        yield PbxClient(opened, login)
