"""A client whose server is the test: no sockets, and time only passes when the test says so."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallCentreStateChanged,
    CtiEvent,
    DtmfEntered,
    ErrorOccurred,
    LineStateChanged,
)
from ctidesk.cti.values import CallFeatures
from ctidesk.net.connection import Connection
from ctidesk.net.errors import NetError
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.cti.fake_clock import FakeClock
from tests.scripted_connection import ScriptedConnection
from tests.waiting import settle

Frame = dict[str, Any]

ACCOUNT = "100@crm.test"
SECRET = "s3cret-of-anna"
SESSION = {
    "login": ACCOUNT,
    "role": "admin",
    "domain": "crm.test",
    "state": "onhook",
    "status": "none",
    "cc-agent": "true",
    "ws-count": 1,
    "acl": {"account": ["*"]},
}
ANNA = {
    "id": "100",
    "name": "Anna",
    "role": "admin",
    "agent": "true",
    "agent.status": "Logged Out",
    "state": "ONHOOK",
    "status": "NONE",
    "descript": "",
    "online": True,
    "domain": "crm.test",
}
BORIS = ANNA | {"id": "101", "name": "Boris", "role": "user", "agent": "false", "agent.status": "", "online": False}

INCOMING: Frame = {
    "webitel-event-name": "call",
    "Channel-Presence-ID": ACCOUNT,
    "Unique-ID": "b1",
    "Channel-Call-UUID": "a1",
    "variable_w_account_origination_uuid": "k1",
    "Call-Direction": "outbound",
    "Caller-Logical-Direction": "outbound",
    "Channel-HIT-Dialplan": "false",
    "Channel-Call-State": "RINGING",
    "Caller-Caller-ID-Name": "Ivan",
    "Caller-Caller-ID-Number": "0671234567",
    "Caller-Callee-ID-Name": "Anna",
    "Caller-Callee-ID-Number": "100",
    "Caller-Destination-Number": "100",
    "Other-Leg-Unique-ID": "a1",
    "variable_originating_leg_uuid": "a1",
}
"""A leg that rings here."""

CONSULTATION: Frame = {
    "webitel-event-name": "call",
    "Channel-Presence-ID": ACCOUNT,
    "Unique-ID": "c1",
    "Channel-Call-UUID": "c1",
    "variable_w_account_origination_uuid": "k3",
    "variable_w_jsclient_originate_number": "101",
    "variable_w_jsclient_xtransfer": "k1",
    "Call-Direction": "outbound",
    "Caller-Logical-Direction": "outbound",
    "Channel-HIT-Dialplan": "false",
    "Channel-Call-State": "RINGING",
    "Caller-Caller-ID-Number": "101",
    "Caller-Callee-ID-Number": "100",
}
"""A leg of ours, on which a colleague is called."""


class Pbx:
    """What the test knows of the client and says to it as its server.

    Attributes:
        connections: every connection that was opened, the newest last.
        refusals: errors with which the next connections are refused.
        events: public events as (name, arguments); told: CTI events in short words.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, options: ClientOptions | None = None) -> None:
        self.clock = FakeClock()
        self.connections: list[ScriptedConnection] = []
        self.refusals: list[NetError] = []
        self.events: list[tuple[str, Any]] = []
        self.told: list[str] = []
        self.cti: list[CtiEvent] = []
        self.provider = WebitelCtiProvider(
            options or ClientOptions("ws://pbx.crm.test:871", ACCOUNT, SECRET), clock=self.clock
        )
        self.client = self.provider.client
        self.session = self.client.session
        self.commands = self.provider.commands
        self._tasks: list[asyncio.Task[Any]] = []
        self.client.events.subscribe(self._public)
        self.provider.events.subscribe(self._told)
        monkeypatch.setattr(Connection, "open", self._open)

    @property
    def connection(self) -> ScriptedConnection:
        return self.connections[-1]

    @property
    def sent(self) -> list[Frame]:
        return self.connection.sent

    def names(self) -> list[str]:
        """The names of the public events since the last look."""
        names = [name for name, _ in self.events]
        self.events.clear()
        return names

    def words(self) -> list[str]:
        """The CTI events since the last look, in short words."""
        words, self.told[:] = list(self.told), []
        return words

    def run(self, name: str, *arguments: Any) -> asyncio.Task[Any]:
        """Start a command by name; whoever does not await it leaves it to `close`."""
        return self.start(self.commands.run(name, arguments))

    def start(self, work: Any) -> asyncio.Task[Any]:
        """Start a coroutine; it is cancelled after the test."""
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._tasks.append(task)
        return task

    async def say(self, *frames: object) -> None:
        """Let the server send messages and the client digest them."""
        for frame in frames:
            self.connection.put(frame)
        await settle()

    async def reply(self, command: str, response: Any = None, complete: str = "+OK") -> Frame:
        """Answer the newest command of this name; return its arguments."""
        frame = self.asked(command)
        reply = {"exec-uuid": frame["exec-uuid"], "exec-complete": complete}
        await self.say(reply if response is None else reply | {"exec-response": response})
        arguments: Frame = frame.get("exec-args", {})
        return arguments

    def asked(self, command: str) -> Frame:
        """The newest command of this name."""
        found = [frame for frame in self.sent if frame["exec-func"] == command]
        assert found, f"{command} was not sent: {[frame['exec-func'] for frame in self.sent]}"
        return found[-1]

    async def connect(self, *accounts: Frame, **identity: Any) -> asyncio.Task[None]:
        """Connect the provider and log in; the account list holds `accounts`, by default Anna and Boris."""
        task: asyncio.Task[None] = self.start(self.provider.connect())
        await settle()
        await self.log_in(*accounts, **identity)
        return task

    async def log_in(self, *accounts: Frame, **identity: Any) -> None:
        """Answer the three commands of a login."""
        await self.reply("auth", SESSION | identity)
        await self.reply("login", "+OK: logged: true")
        listed = {one["id"]: one for one in (accounts or (ANNA, BORIS))}
        await self.reply("api account list", {"response": json.dumps(listed)})

    async def ready(self) -> None:
        """Connect and forget what was told and sent."""
        await (await self.connect())
        self.forget()

    async def call(self, name: str, base: Frame = INCOMING, /, **changes: Any) -> None:
        """Let the server send a channel event."""
        await self.say(channel_event(name, base, **changes))

    async def talk(self) -> None:
        """Have an answered incoming call k1."""
        await self.call("CHANNEL_CREATE")
        await self.call("CHANNEL_ANSWER", **{"Channel-Call-State": "ACTIVE"})
        self.forget()

    async def consult(self) -> None:
        """Have the call k1 on hold and the consultation k3 connected."""
        await self.talk()
        await self.call("CHANNEL_HOLD")
        await self.call("CHANNEL_CREATE", CONSULTATION)
        await self.call("CHANNEL_ANSWER", CONSULTATION)
        await self.call("CHANNEL_BRIDGE", CONSULTATION, **{"Other-Leg-Unique-ID": "d1"})
        self.forget()

    def forget_events(self) -> None:
        """Forget the public events so far."""
        self.events.clear()

    def forget(self) -> None:
        """Forget what was told and sent so far."""
        self.events.clear()
        self.told.clear()
        self.cti.clear()
        self.sent.clear()

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        closing = asyncio.ensure_future(self.provider.close())
        await settle()
        if self.connections and not closing.done():
            self.connection.drop()
        await closing

    async def _open(self, url: str, _options: ConnectionOptions, _log: FrameLog | None = None) -> ScriptedConnection:
        if self.refusals:
            raise self.refusals.pop(0)
        connection = ScriptedConnection(url)
        self.connections.append(connection)
        return connection

    def _public(self, event: PublicEvent) -> None:
        self.events.append((event.name, event.args[0] if event.args else None))

    def _told(self, event: CtiEvent) -> None:
        self.cti.append(event)
        self.told.append(in_words(event))


def channel_event(name: str, base: Frame = INCOMING, /, **changes: Any) -> Frame:
    """Return a channel event; a change to None leaves the field out."""
    event = base | {"Event-Name": name} | changes
    return {key: value for key, value in event.items() if value is not None}


def status_event(number: str = "100", state: str = "ONHOOK", away: str = "NONE", **more: Any) -> Frame:
    """Return an ACCOUNT_STATUS event."""
    return {
        "webitel-event-name": "ACCOUNT_STATUS",
        "Event-Name": "ACCOUNT_STATUS",
        "Event-Domain": "crm.test",
        "Account-Domain": "crm.test",
        "Account-User": number,
        "Account-User-State": state,
        "Account-Status": away,
        **more,
    }


def features(value: CallFeatures) -> str:
    """Return features in short words, in the order of their bits."""
    names = [flag.name.removeprefix("CAN_") for flag in CallFeatures if flag in value and flag.value and flag.name]
    return " ".join(names) or "NOTHING"


def in_words(event: CtiEvent) -> str:
    """Return a CTI event in short words."""
    match event:
        case LineStateChanged(value):
            return f"[{features(value)}]"
        case AgentStateChanged(state):
            return f"agentStateChanged {state.code}" + (f" {state.reason.name}" if state.reason else "")
        case CallCentreStateChanged(active):
            return f"callCentreStateChanged {active}"
        case ErrorOccurred(error):
            return f"error {error.kind.name}"
        case DtmfEntered(digits):
            return f"dtmfEntered {digits}"
        case ActiveCallSnapshot(calls):
            return " ".join(["activeCallSnapshot", *(call.id for call in calls)])
        case _:
            call = getattr(event, "call", None)
            return f"{event.name} {call.id}" if isinstance(call, Call) else event.name
