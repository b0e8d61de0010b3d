"""A bare WebSocket client of the demo Webitel: what a client sees, frame by frame."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

from websockets.asyncio.client import ClientConnection, connect

from ctidesk.demo.webitel import WebitelDemo

Frame = dict[str, Any]

DETAILS = (
    "CHANNEL_STATE",
    "CHANNEL_CALLSTATE",
    "CHANNEL_ORIGINATE",
    "CHANNEL_OUTGOING",
    "CHANNEL_PROGRESS",
    "CHANNEL_PROGRESS_MEDIA",
)
"""Channel events that add nothing to a call's story."""


class WebitelClient:
    """`events`: the events since the last `told` or `story`, in order. Replies are returned by `ask`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[Frame] = []
        self.waiting: dict[str, Frame] = {}
        self._ids = itertools.count(1)

    async def send(self, name: str, **args: object) -> str:
        """Sends a command and does not wait. An underscore in an argument's name stands for a dash."""
        uuid = f"#{next(self._ids)}"
        frame: Frame = {"exec-uuid": uuid, "exec-func": name}
        if args:
            frame["exec-args"] = {key.replace("_", "-"): value for key, value in args.items()}
        await self.socket.send(json.dumps(frame))
        return uuid

    async def command(self, name: str, args: dict[str, object]) -> str:
        """The same with arguments under their own names."""
        uuid = f"#{next(self._ids)}"
        await self.socket.send(json.dumps({"exec-uuid": uuid, "exec-func": name, "exec-args": args}))
        return uuid

    async def reply(self, uuid: str) -> Frame:
        """The reply with this id; what comes before it is kept."""
        while uuid not in self.waiting:
            await self._receive()
        return self.waiting.pop(uuid)

    async def ask(self, name: str, args: dict[str, object] | None = None) -> tuple[str, Any]:
        """`exec-complete` and `exec-response`, None for an absent one."""
        frame = await self.reply(await self.command(name, args or {}))
        return frame["exec-complete"], frame.get("exec-response")

    async def log_in(self, login: str, password: str) -> Frame:
        complete, response = await self.ask("auth", {"account": login, "secret": password})
        assert complete == "+OK"
        assert await self.ask("login") == ("+OK", "+OK: logged: true")
        assert isinstance(response, dict)
        return response

    async def told(self) -> list[Frame]:
        """All events until now: everything that the server sent before it answers a ping."""
        assert await self.ask("ping") == ("+OK", "pong")
        events, self.events = self.events, []
        return events

    async def channel_events(self) -> list[Frame]:
        return [event for event in await self.told() if event["webitel-event-name"] == "call"]

    async def story(self) -> list[str]:
        """The names of the channel events, without `CHANNEL_` and without those that are details."""
        events = await self.channel_events()
        return [one["Event-Name"].removeprefix("CHANNEL_") for one in events if one["Event-Name"] not in DETAILS]

    async def own_channel(self) -> Frame:
        """The only channel of this account that `show_channel` has, as its dump."""
        (row,) = await self.channels()
        return await self.dump(row["uuid"])

    async def channels(self) -> list[Frame]:
        _, response = await self.ask("show_channel")
        own = (await self.ask("api whoami"))[1]
        return [row for row in response["rows"] if row["presence_id"] == json.loads(own)["id"]]

    async def dump(self, uuid: str) -> Frame:
        complete, text = await self.ask("channel_dump", {"uuid": uuid})
        assert complete == "+OK"
        dump = json.loads(text)
        assert isinstance(dump, dict)
        return dump

    async def _receive(self) -> None:
        text = await self.socket.recv()
        assert isinstance(text, str)
        frame = json.loads(text)
        if frame.get("webitel-event-name"):
            self.events.append(frame)
        else:
            self.waiting[frame["exec-uuid"]] = frame


@asynccontextmanager
async def client(demo: WebitelDemo, number: str = "101") -> AsyncIterator[WebitelClient]:
    """A client that is logged in; the events until then are forgotten."""
    async with raw_client(demo) as one:
        await one.log_in(f"{number}@{demo.domain}", demo.password)
        one.events.clear()
        yield one


@asynccontextmanager
async def raw_client(demo: WebitelDemo) -> AsyncIterator[WebitelClient]:
    """A client that has only opened its socket."""
    async with connect(demo.url, proxy=None, max_size=None, ping_interval=None) as socket:
        yield WebitelClient(socket)


def decoded(event: Frame, name: str) -> str:
    """A percent-encoded field."""
    return unquote(event[name])
