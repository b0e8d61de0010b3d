"""One session with the PBX, without its socket: commands and their replies, events, the keep-alive.

A session is given the text of each message and the time, and hands out messages to send and public events. It never
waits for the network itself, so that whole conversations can be played to it (webitel-protocol.md, "14. Wire
examples").
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import uuid4

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.signals import Signal
from ctidesk.webitel.channels import Channels
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields, Json, JsonObject
from ctidesk.webitel.identity import Identity
from ctidesk.webitel.results import ErrorType, Result, read_result, refusal
from ctidesk.webitel.users import Users, account_list
from ctidesk.webitel.wire import BadMessageError, Event, Reply, read, write

PING_INTERVAL = 50.0
"""Seconds between pings ("3.4 Keepalive, logout, closing")."""
REPLY_LIMIT = 10.0
"""Seconds to wait for a reply ("2.3 Deadlines, unknown ids, disconnection")."""
PHONE_LIMIT = 90.0
"""Seconds to wait for a reply that comes when the own phone has answered."""
LATE = 5.0
"""A timer that comes so many seconds late says that this computer was asleep: the reply may be waiting to be read."""

_WAIT_FOR_THE_PHONE = ("call", "att_xfer2", "attended_transfer", "eavesdrop")

logger = logging.getLogger(__name__)

OnResult: TypeAlias = Callable[[Result], None]
Request: TypeAlias = Callable[[str, JsonObject | None], Awaitable[Result]]
"""Gives a command to the server: its name and its arguments; returns its result."""


@dataclass(slots=True)
class _Pending:
    """A command that waits for its reply."""

    command: str
    on_result: OnResult | None
    future: asyncio.Future[Result] | None
    reports: Callable[[Result], None]
    timer: Timer | None = None


class Session:
    """The state of calls and users, and the conversation that keeps it true.

    Signals:
        events(event): public events, in order.
        server_event(name, fields): events that were subscribed to.
        channel_events(name, fields): all events about channels, after the calls have followed them.
        dead(): a ping has found no answer.

    Attributes:
        identity: as whom the session is logged in; None before.
        channels: the calls; users: the accounts of the domain.
        is_connected: whether there is a connection whose end is still to be told.
        is_ready: whether the login has ended well.
        broken_messages: messages that could not be read.
    """

    def __init__(self, clock: Clock, new_id: Callable[[], str] | None = None) -> None:
        """Create a session that is not connected.

        Args:
            clock: the time.
            new_id: where the ids of commands come from.
        """
        self.events: Signal[PublicEvent] = Signal("webitel.events", self._subscriber_failed)
        self.channel_events: Signal[str, Fields] = Signal("webitel.channel_events", self._subscriber_failed)
        self.dead: Signal[()] = Signal("webitel.dead")
        self.identity: Identity | None = None
        self.channels = Channels()
        self.users = Users()
        self.is_connected = False
        self.is_ready = False
        self.broken_messages = 0
        self._clock = clock
        self._new_id = new_id or (lambda: str(uuid4()))
        self._send: Callable[[str], None] | None = None
        self._pending: dict[str, _Pending] = {}
        self._subscriptions: dict[str, bool] = {}
        self._listened: set[str] = set()
        self._unknown: set[str] = set()
        self._ping_timer: Timer | None = None
        self._is_telling_failure = False

    # ---- connection

    @property
    def is_open(self) -> bool:
        """Whether commands can be sent."""
        return self._send is not None

    @property
    def account(self) -> str:
        """The own account, `number@domain`; empty before the first login."""
        return self.channels.account

    def open(self, send: Callable[[str], None]) -> None:
        """Begin on a new connection, over which `send` sends one message."""
        self._send = send
        self.is_connected = True
        self._unknown.clear()

    def close(self) -> None:
        """The connection is gone: users are unknown, calls in doubt, whoever waits for a reply is told so.

        `onDisconnect` is told unless the server's refusal of the login has told it.
        """
        self._send = None
        self.is_ready = False
        self.stop_pings()
        self.channels.doubt()
        pending, self._pending = list(self._pending.values()), {}
        lost = [refusal(one.command, ErrorType.CONNECTION, "the connection was lost") for one in pending]
        for one, result in zip(pending, lost, strict=True):
            self._hand_over(one, result)
        gone = self.users.clear()
        if self.is_connected:
            self.is_connected = False
            self.tell([PublicEvent("onDisconnect"), *gone])
        for one, result in zip(pending, lost, strict=True):
            one.reports(result)

    # ---- commands

    async def ask(self, command: str, arguments: JsonObject | None = None) -> Result:
        """Give a command and return its result; a failure is told as `onError`, too."""
        return await self._start(command, arguments, self._tell_failed)

    async def ask_and_report(self, command: str, arguments: JsonObject | None = None) -> Result:
        """Do as `ask` for a caller who tells the operator: the `onError` is marked as reported."""
        return await self._start(command, arguments, self._tell_reported)

    async def ask_quietly(self, command: str, arguments: JsonObject | None = None) -> Result:
        """Give a command for the client's own purposes; a failure is not told."""
        return await self._start(command, arguments, _tell_nobody)

    def send_quietly(self, command: str, arguments: JsonObject | None, on_result: OnResult) -> None:
        """Do as `ask_quietly`; `on_result` gets the result before any later message is read."""
        self._request(_Pending(command, on_result, None, _tell_nobody), arguments)

    def _start(
        self, command: str, arguments: JsonObject | None, reports: Callable[[Result], None]
    ) -> asyncio.Future[Result]:
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._request(_Pending(command, None, future, reports), arguments)
        return future

    def _request(self, pending: _Pending, arguments: JsonObject | None) -> None:
        if self._send is None:
            self._finish(pending, refusal(pending.command, ErrorType.CONNECTION, "there is no connection"))
            return
        uuid = self._new_id()
        limit = PHONE_LIMIT if pending.command in _WAIT_FOR_THE_PHONE else REPLY_LIMIT
        pending.timer = self._clock.call_later(limit, lambda: self._give_up(uuid))
        self._pending[uuid] = pending
        self._send(write(uuid, pending.command, arguments))

    def _give_up(self, uuid: str) -> None:
        pending = self._pending.pop(uuid, None)
        if pending is not None:
            self._finish(pending, refusal(pending.command, ErrorType.COMMAND, "no reply in time"))

    def _finish(self, pending: _Pending, result: Result) -> None:
        """Hand the result to whoever gave the command, then tell a failure."""
        self._hand_over(pending, result)
        if not result.ok:
            pending.reports(result)

    @staticmethod
    def _hand_over(pending: _Pending, result: Result) -> None:
        if pending.timer is not None:
            pending.timer.cancel()
        if pending.future is not None and not pending.future.done():
            pending.future.set_result(result)
        if pending.on_result is not None:
            pending.on_result(result)

    def _tell_failed(self, result: Result) -> None:
        self.tell_error(result.error, result.message)

    def _tell_reported(self, result: Result) -> None:
        self.tell_error(result.error, result.message, is_reported=True)

    # ---- incoming messages

    def receive(self, text: str) -> None:
        """Take one message. One that cannot be read is counted and dropped; the session goes on."""
        try:
            message = read(text)
        except BadMessageError as error:
            self.broken_messages += 1
            logger.warning("a message was dropped: %s", error)
            self.tell_error(ErrorType.EVENT, str(error))
            return
        if isinstance(message, Reply):
            self._take_reply(message)
        else:
            self._take_event(message)

    def _take_reply(self, reply: Reply) -> None:
        pending = self._pending.pop(reply.id, None)
        if pending is None:
            logger.debug("ignored: a reply to a command that nobody waits for")
            return
        self._finish(pending, read_result(pending.command, reply))

    def _take_event(self, event: Event) -> None:
        if event.name in self._listened:
            self.tell([PublicEvent(f"server:{event.name}", (event.fields.values_by_name,))])
        match event.kind:
            case "server":
                pass
            case "call":
                self.tell(self.channels.take(event.name, event.fields))
                self.channel_events.emit(event.name, event.fields)
            case _ if event.name.startswith(("ACCOUNT_", "USER_")):
                self.tell(self.users.take(event))
            case _ if event.kind not in self._unknown:
                self._unknown.add(event.kind)
                logger.debug("ignored: events %s", event.kind)

    # ---- events

    def tell(self, events: list[PublicEvent]) -> None:
        """Tell public events in order."""
        for event in events:
            self.events.emit(event)

    def tell_error(self, error: ErrorType | None, message: Json, *, is_reported: bool = False) -> None:
        """Tell an `onError`.

        Args:
            error: its type; message: the server's own words.
            is_reported: whoever gave the command tells the operator.
        """
        told: JsonObject = {} if error is None else {"errorType": error.value}
        told["message"] = message
        self.events.emit(PublicEvent("onError", (told,), is_reported))

    def _subscriber_failed(self, exception: Exception) -> None:
        if not self._is_telling_failure:
            self._is_telling_failure = True
            try:
                self.tell_error(ErrorType.SCRIPT, type(exception).__name__)
            finally:
                self._is_telling_failure = False

    # ---- subscriptions ("5.6 Subscribing")

    async def listen(self, name: str, *, all_of_them: bool = False) -> Result:
        """Have events of the server told as `server:NAME`, now and after each reconnection.

        Args:
            name: `CC::…` and `SE:…` events are asked for; others come by themselves.
            all_of_them: of the whole domain, not only the own ones.
        """
        is_new = name not in self._listened
        self._listened.add(name)
        if not name.startswith(("CC::", "SE:")) or not is_new:
            return Result("subscribe")
        self._subscriptions[name] = all_of_them
        result = await self.ask("subscribe", _subscription(name, all_of_them))
        if not result.ok and result.error is not ErrorType.CONNECTION:
            self._listened.discard(name)
            self._subscriptions.pop(name, None)
        return result

    async def ignore(self, name: str) -> Result:
        """End what `listen` began."""
        self._listened.discard(name)
        if self._subscriptions.pop(name, None) is None:
            return Result("unsubscribe")
        return await self.ask("unsubscribe", {"event": name})

    def renew_subscriptions(self) -> None:
        """Ask for the events anew that were subscribed to on an earlier connection."""

        def renewed(result: Result) -> None:
            if not result.ok:
                logger.debug("a subscription could not be renewed: %s", result.text)

        for name, all_of_them in self._subscriptions.items():
            self.send_quietly("subscribe", _subscription(name, all_of_them), renewed)

    async def reload_users(self) -> Result:
        """Read the accounts anew: the server tells of few changes by itself ("5.4 Account status").

        The changes have been told when this returns.
        """
        reading = self.users.begin_reading()
        finished: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def reloaded(result: Result) -> None:
            accounts = account_list(result.response) if result.ok else None
            self.tell(self.users.end_reading(reading, accounts))
            if not finished.done():
                finished.set_result(result)

        domain = self.users.domain
        self.send_quietly("api account list", {"domain": domain} if domain else {}, reloaded)
        return await finished

    # ---- keep-alive ("3.4 Keepalive, logout, closing")

    def start_pings(self) -> None:
        """Send a ping regularly from now on; `dead` is told when one finds no answer."""
        self.stop_pings()
        self._ping_timer = self._clock.call_later(PING_INTERVAL, self._ping)

    def stop_pings(self) -> None:
        """End the keep-alive."""
        if self._ping_timer is not None:
            self._ping_timer.cancel()
            self._ping_timer = None

    def _ping(self) -> None:
        self._ping_timer = self._clock.call_later(PING_INTERVAL, self._ping)
        due = self._clock.monotonic() + REPLY_LIMIT

        def answered(result: Result) -> None:
            if result.id or not self.is_open:
                return
            if self._clock.monotonic() - due > LATE:
                self.ping_now()
            else:
                self.dead.emit()

        self.send_quietly("ping", None, answered)

    def ping_now(self) -> None:
        """Send a ping out of turn: this computer was asleep, or the link is in doubt. Without `start_pings`, none."""
        if self._ping_timer is not None:
            self.stop_pings()
            self._ping()


def _subscription(name: str, all_of_them: bool) -> JsonObject:
    arguments: JsonObject = {"event": name}
    return arguments | {"all": True} if all_of_them else arguments


def _tell_nobody(_result: Result) -> None:
    pass
