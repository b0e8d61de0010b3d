"""The client over real sockets: servers that refuse, vanish, freeze and come back."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from ctidesk.cti.events import CtiEvent
from ctidesk.cti.model import CtiModel
from ctidesk.net.frames import FrameLog
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.cti.fake_clock import FakeClock
from tests.webitel.scripted_pbx import ACCOUNT, ANNA, INCOMING, SECRET, SESSION, channel_event

LIMIT = 30.0
"""Seconds after which a test counts as hanging."""


class Server:
    """A small Webitel server: answers what it knows, and does what the test says.

    Attributes:
        answers: the content of replies by command; a command that is not in it is not answered.
        commands: names of the commands that came.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {
            "auth": SESSION,
            "login": "+OK: logged: true",
            "logout": "+OK: logged: false",
            "ping": "pong",
            "api account list": {"response": json.dumps({"100": ANNA})},
            "show_channel": {"row_count": 0},
        }
        self.complete: dict[str, str] = {}
        self.commands: asyncio.Queue[str] = asyncio.Queue()
        self.socket: ServerConnection | None = None
        self.port = 0
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Listen, the second time on the same port."""
        server = await self._stack.enter_async_context(
            serve(self._talk, "127.0.0.1", self.port, close_timeout=0.2, ping_interval=None)
        )
        self.port = next(iter(server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        """End all connections and listen no more."""
        if self.socket is not None:
            self.socket.transport.abort()
        await self._stack.aclose()

    async def push(self, frame: dict[str, Any]) -> None:
        """Send an event."""
        assert self.socket is not None
        await self.socket.send(json.dumps(frame))

    async def asked(self, command: str) -> None:
        """Wait until a command has come."""
        async with asyncio.timeout(LIMIT):
            while await self.commands.get() != command:
                pass

    async def _talk(self, socket: ServerConnection) -> None:
        self.socket = socket
        async for text in socket:
            frame = json.loads(text)
            command = frame["exec-func"]
            if command in self.answers:
                complete = self.complete.get(command, "+OK")
                reply = {"exec-uuid": frame["exec-uuid"], "exec-complete": complete}
                await socket.send(json.dumps(reply | {"exec-response": self.answers[command]}))
            self.commands.put_nowait(command)


class Told:
    """What the provider has told, to be waited for."""

    def __init__(self, provider: WebitelCtiProvider) -> None:
        self.names: list[str] = []
        self.all: list[PublicEvent | CtiEvent] = []
        self._changed = asyncio.Event()
        provider.client.events.subscribe(self._take)
        provider.events.subscribe(self._take)

    def _take(self, event: PublicEvent | CtiEvent) -> None:
        self.all.append(event)
        self.names.append(event.name)
        self._changed.set()

    async def until(self, name: str, count: int = 1) -> None:
        """Wait until an event was told so often."""
        async with asyncio.timeout(LIMIT):
            while self.names.count(name) < count:
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    running = Server()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def provider(server: Server, clock: FakeClock) -> AsyncIterator[WebitelCtiProvider]:
    url = f"ws://127.0.0.1:{server.port}/path"
    one = WebitelCtiProvider(ClientOptions(url, ACCOUNT, SECRET), clock, FrameLog(enabled=True))
    yield one
    await one.close()


async def test_connecting_and_closing(server: Server, provider: WebitelCtiProvider) -> None:
    told = Told(provider)
    await provider.connect()
    assert told.names[:2] == ["onConnect", "onUserLogin"]
    assert told.names[-1] == "onReady"
    await provider.close()
    await server.asked("logout")
    assert sorted(told.names[-3:]) == ["disconnected", "onDisconnect", "onRemoveUser"]


@pytest.mark.parametrize(
    ("command", "response"),
    [
        ("auth", {"login": {"status": 401, "message": "secret incorrect"}}),
        ("auth", "Maximum license connections"),
        ("login", "Permission denied!"),
    ],
)
async def test_a_refused_login_is_not_tried_again(
    server: Server, provider: WebitelCtiProvider, clock: FakeClock, command: str, response: Any
) -> None:
    server.answers[command], server.complete[command] = response, "-ERR"
    told = Told(provider)
    model = CtiModel(provider, clock)
    model.start()
    await told.until("disconnected")
    async with asyncio.timeout(LIMIT):
        while model.connection.phase != "stopped":
            await asyncio.sleep(0)
    assert clock.timers == []
    assert told.names.count("onDisconnect") == 1
    await model.close()


async def test_the_link_is_lost_with_commands_outstanding(server: Server, provider: WebitelCtiProvider) -> None:
    await provider.connect()
    waiting = asyncio.ensure_future(provider.make_call("101"))
    await server.asked("call")
    assert server.socket is not None
    server.socket.transport.abort()
    async with asyncio.timeout(LIMIT):
        with pytest.raises(Exception, match="no connection"):
            await waiting
    assert not provider.client.is_connected


async def test_a_server_that_restarts_during_a_call(
    server: Server, provider: WebitelCtiProvider, clock: FakeClock
) -> None:
    told = Told(provider)
    model = CtiModel(provider, clock)
    model.start()
    await told.until("activeCallSnapshot")
    await server.push(channel_event("CHANNEL_CREATE"))
    await server.push(channel_event("CHANNEL_ANSWER"))
    await told.until("commutationStarted")
    await server.stop()
    await told.until("disconnected")
    assert [call.confirmed for call in model.calls.values()] == [False]
    clock.advance(7)
    await told.until("onError")  # nobody listens
    server.answers["show_channel"] = {"rows": [{"uuid": "b1", "callstate": "ACTIVE", "presence_id": ACCOUNT}]}
    server.answers["channel_dump"] = json.dumps(INCOMING | {"variable_webitel_call_uuid": "k1"})
    await server.start()
    async with asyncio.timeout(LIMIT):
        while model.connection.next_attempt_at is None:
            await asyncio.sleep(0)
    clock.advance(20)
    await told.until("activeCallSnapshot", 2)
    assert [(call.id, call.confirmed) for call in model.calls.values()] == [("k1", True)]
    await server.push(channel_event("CHANNEL_HANGUP"))
    await told.until("callFinished")
    assert not model.calls
    await model.close()


async def test_a_server_that_freezes(server: Server, provider: WebitelCtiProvider, clock: FakeClock) -> None:
    told = Told(provider)
    await provider.connect()
    server.answers.clear()
    clock.advance(50)
    await server.asked("ping")
    clock.advance(10)
    await told.until("disconnected")
    assert not provider.client.is_connected


async def test_a_server_that_has_forgotten_us_while_the_computer_slept(
    server: Server, provider: WebitelCtiProvider, clock: FakeClock
) -> None:
    told = Told(provider)
    provider.check_connection()
    await provider.connect()
    server.answers.clear()
    provider.check_connection()
    await server.asked("ping")
    clock.advance(10)
    await told.until("disconnected")
    assert not provider.client.is_connected


@pytest.mark.parametrize("silent", ["auth", "login", "api account list"])
async def test_closing_while_the_server_is_silent(server: Server, provider: WebitelCtiProvider, silent: str) -> None:
    del server.answers[silent]
    attempt = asyncio.ensure_future(provider.connect())
    await server.asked(silent)
    attempt.cancel()
    async with asyncio.timeout(LIMIT):
        await asyncio.gather(attempt, return_exceptions=True)
        await provider.close()
    assert not provider.client.is_connected


async def test_a_deadline_leaves_the_connection_alone(
    server: Server, provider: WebitelCtiProvider, clock: FakeClock
) -> None:
    await provider.connect()
    waiting = asyncio.ensure_future(provider.change_call_centre_state(True))
    await server.asked("cc login")
    clock.advance(11)
    with pytest.raises(Exception, match="not answered in time"):
        await waiting
    assert provider.client.is_connected


LINK = "http://pbx.crm.test:4004/api/v2/files/a1?x_key=PLANTED-KEY&access_token=PLANTED-TOKEN"


async def test_secrets_stay_secret(
    server: Server, provider: WebitelCtiProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers["cdr_get_record_link"] = LINK
    server.answers["api account create"] = server.answers["api account change"] = "+OK"
    shown: list[str] = []
    provider.client.frame_log.subscribe(lambda frame: shown.append(frame.text))
    told = Told(provider)
    await provider.connect()
    assert await provider.query_call_records("a1") == [LINK]
    administration = provider.user_administration
    assert administration is not None
    await administration.create("105", "PLANTED-PASSWORD")
    await administration.update("105", password="PLANTED-PASSWORD")
    await provider.close()
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("websockets.server")]
    everything = "\n".join([*logged, *shown, *map(repr, told.all), repr(provider.client.options)])
    for secret in (SECRET, "PLANTED"):
        assert secret not in everything
    assert any('"exec-func":"auth"' in text for text in shown)


async def test_nobody_listens(server: Server, provider: WebitelCtiProvider) -> None:
    await server.stop()
    told = Told(provider)
    with pytest.raises(Exception, match="refuses the connection"):
        await provider.connect()
    assert told.names == ["onError", "error"]
