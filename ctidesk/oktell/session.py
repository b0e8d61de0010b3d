"""One session with the PBX, without its socket: requests and replies, native events, reloads of the line.

A session is given the text of each frame and the time, and hands out frames to send and public events. It never waits
for the network itself, so that whole conversations can be played to it (oktell-protocol.md, "13. Wire examples").
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.signals import Signal
from ctidesk.oktell.agent import Agent
from ctidesk.oktell.directory import Directory
from ctidesk.oktell.effects import Ask, Effect, LineSettled, LoseLine, PublicEvent, ReloadLine, TalkTimer
from ctidesk.oktell.errors import Code, refusal
from ctidesk.oktell.line import HANDLED_EVENTS, Line
from ctidesk.oktell.queue import Queue
from ctidesk.oktell.record import Json, JsonObject, Record
from ctidesk.oktell.reloads import Reloads
from ctidesk.oktell.talk_timer import TalkClock
from ctidesk.oktell.values import LineState
from ctidesk.oktell.wire import MULTIPART, BadFrameError, Frame, MultipartAssembler, decode, encode, new_qid

logger = logging.getLogger(__name__)

WITHOUT_LOGIN = ("ping", "subscribeevent")
"""Requests that do not carry the login name (1.4)."""
METHOD_GATES = {
    "getversion": 120112,
    "getextendedlineinfo": 120112,
    "getmyuserinfo": 120327,
    "pbxmakeflash": 120725,
    "pbxmaketransfer": 120725,
    "triggercustomevent": 120725,
    "saveredirectrules": 120725,
    "deleteredirectrules": 120725,
    "getredirectrules": 120725,
    "getallusernumbers": 120920,
    "cc_getlunchtypes": 130101,
    "pbxanswercall": 131218,
}
"""The oldest server (`version.dated`) that knows a method (3.3)."""
EVENT_GROUPS = {
    "dynamic": ("executemethod", "cancelmethod"),
    "dynamicwaitabort": ("executemethodwaitaborted",),
    "chat": (
        "chatmessageviewed",
        "chatmessage",
        "chatmemberremoved",
        "chatmemberadded",
        "chatnamechanged",
        "chatcreated",
    ),
    "dlgcard": (
        "dlgcard_showreserve",
        "dlgcard_showconfirm",
        "dlgcard_showformstop",
        "dlgcard_showformdialog",
        "dlgcard_closeall",
        "dlgcard_closereserve",
        "dlgcard_closeformreturnvalues",
        "dlgcard_closeformreturncomment",
    ),
}
"""Names under which several native events are subscribed to at once (3.4)."""
CRITICAL_METHODS = ("getversion", "getextendedlineinfo", "getmyuserinfo")
OTHER_EVENTS = ("customevent", "userstatechanged", "pbxnumberstatechanged", "httpresponsecopy")
RELOAD_PATIENCE = 1.0
"""Seconds for which a reload that was asked for is expected to answer the next wish for one, too."""


@dataclass(slots=True)
class _Pending:
    """A request that waits for its reply."""

    method: str
    on_reply: Callable[[Record], list[Effect]] | None
    future: asyncio.Future[Record] | None
    timer: Timer | None


class Session:
    """The state of the line, the agent and the directory, and the conversation that keeps it true.

    Signals:
        events(event): public events, in order.
        settled(): a reload of the line has been processed with all its events.
        native(name, body): events as the server pushed them, before the reactions to them.
        directory_changed(numbers): numbers whose state changed; None when the directory is another one.
        critical(method): the server is too old for a method that the client cannot do without.
    """

    def __init__(self, clock: Clock, *, query_timeout: float = 20.0, source: random.Random | None = None) -> None:
        """Create a session that is not connected.

        Args:
            clock: the time.
            query_timeout: seconds until a request without a reply is given up.
            source: where request ids come from.
        """
        self.events: Signal[PublicEvent] = Signal("oktell.events")
        self.settled: Signal[()] = Signal("oktell.settled")
        self.native: Signal[str, Record] = Signal("oktell.native")
        self.directory_changed: Signal[frozenset[str] | None] = Signal("oktell.directory")
        self.critical: Signal[str] = Signal("oktell.critical")
        self.line = Line()
        self.agent = Agent()
        self.queue = Queue()
        self.directory = Directory()
        self.login = ""
        self.user_id = ""
        self.my_info: JsonObject = {}
        self.dated: int | None = None
        self.version = Record()
        self.procedures: frozenset[str] = frozenset()
        self.answerable: bool | None = None
        """Whether the phone can be answered remotely; None while nobody has tried (8.1)."""
        self.broken_frames = 0
        self._clock = clock
        self._query_timeout = query_timeout
        self._source = source or random.SystemRandom()
        self._send: Callable[[str], None] | None = None
        self._closing = False
        self._pending: dict[str, _Pending] = {}
        self._assembler = MultipartAssembler()
        self._timers: set[Timer] = set()
        self._subscribed: set[str] = set()
        self._heard: set[str] = set()
        self._unknown: set[str] = set()
        self._reloads = Reloads()
        self._decided = asyncio.Event()
        self._talk = TalkClock(clock, self._tell_talk)

    # ---- connection

    @property
    def is_open(self) -> bool:
        """Whether frames can be sent."""
        return self._send is not None and not self._closing

    @property
    def clock(self) -> Clock:
        """The session's time."""
        return self._clock

    @property
    def talk_length(self) -> int:
        """Seconds of the present talk; 0 outside of talks."""
        return self._talk.seconds

    def open(self, send: Callable[[str], None]) -> None:
        """Begin on a new connection, over which `send` sends one frame."""
        self._send = send
        self._closing = False
        self._subscribed.clear()
        self._heard.clear()
        self._assembler.clear()
        self._unknown.clear()
        self.answerable = None
        self.dated = None
        self.agent.server_dated = None

    def stop(self) -> None:
        """The session is about to end: nothing is asked any more, and the line does not change (D15)."""
        self._closing = True
        self._cancel_timers()

    def close(self, *, lost: bool = False) -> list[PublicEvent]:
        """End the session: the line becomes DISCONNECTED, whoever waits for a reply is told (D16).

        Args:
            lost: the connection broke; the events of the line's end carry the abonents of the last moment.
        """
        self._send = None
        self._closing = True
        self._cancel_timers()
        self._talk.stop()
        self.fail_requests()
        self._reloads = Reloads()
        self._assembler.clear()
        self.agent.forget()
        self.queue.clear()
        self.answerable = None
        effects = self.line.disconnect(with_abonents=lost)
        return [one for one in effects if isinstance(one, PublicEvent)]

    def fail_requests(self) -> None:
        """The connection is gone: whoever waits for a reply is told so."""
        self._send = None
        pending, self._pending = self._pending, {}
        for one in pending.values():
            if one.timer is not None:
                one.timer.cancel()
            if one.future is not None and not one.future.done():
                one.future.set_result(Record(refusal(Code.NOT_CONNECTED)))
        self._decided.set()

    def lose_line(self) -> None:
        """The operator has logged out: the line is DISCONNECTED for us, whatever it still does."""
        self.run(self.line.disconnect())

    # ---- requests

    async def ask(
        self,
        method: str,
        params: JsonObject | None = None,
        on_reply: Callable[[Record], list[Effect]] | None = None,
        *,
        timeout: float | None = None,
    ) -> Record:
        """Send a request and return its reply; one that failed has a false `result` and an `errorCode`.

        Args:
            method, params: the request; members that are None are left out.
            on_reply: turns the reply into effects at the moment when it arrives, before any later frame is read.
            timeout: seconds to wait, instead of the usual time.
        """
        future: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        self._request(method, params or {}, on_reply, future, timeout)
        return await future

    def send(
        self, method: str, params: JsonObject | None = None, on_reply: Callable[[Record], list[Effect]] | None = None
    ) -> bool:
        """Send a request without waiting for its reply; returns whether it could be sent."""
        return self._request(method, params or {}, on_reply, None, None)

    def subscribe_events(self, names: Iterable[str]) -> bool:
        """Ask the server for native events; one that was asked for on this connection is not asked for again."""
        new = [name for name in dict.fromkeys(names) if name and name not in self._subscribed]
        if not new:
            return False

        for name in new:
            self._heard.update((name, *EVENT_GROUPS.get(name, ())))

        def subscribed(reply: Record) -> list[Effect]:
            if reply.true("result"):
                for name in new:
                    self._subscribed.update((name, *EVENT_GROUPS.get(name, ())))
            return []

        wanted: list[Json] = list(new)
        return self.send("subscribeevent", {"eventmethod": wanted}, subscribed)

    def knows(self, method: str) -> bool:
        """Whether the server is new enough for a method; without a date every method is taken for known."""
        return self.dated is None or METHOD_GATES.get(method, 0) <= self.dated

    def _request(
        self,
        method: str,
        params: JsonObject,
        on_reply: Callable[[Record], list[Effect]] | None,
        future: asyncio.Future[Record] | None,
        timeout: float | None,
    ) -> bool:
        send = self._send
        failed = None
        if send is None or self._closing:
            failed = Code.NOT_CONNECTED
        elif not self.knows(method):
            failed = Code.METHOD_TOO_NEW
        if send is None or failed is not None:
            self._finish(_Pending(method, on_reply, future, None), Record(refusal(failed or Code.NOT_CONNECTED)))
            if failed is Code.METHOD_TOO_NEW and method in CRITICAL_METHODS:
                self.critical.emit(method)
            return False
        qid = new_qid(self._source)
        body: JsonObject = {"qid": qid}
        if method not in WITHOUT_LOGIN:
            body["userlogin"] = self.login
        pending = _Pending(method, on_reply, future, None)
        if on_reply is not None or future is not None:
            seconds = timeout if timeout is not None else self._query_timeout
            pending.timer = self._clock.call_later(seconds, lambda: self._give_up(qid))
            self._pending[qid] = pending
        send(encode(method, {**params, **body}))
        return True

    def _give_up(self, qid: str) -> None:
        pending = self._pending.pop(qid, None)
        if pending is not None:
            self._finish(pending, Record(refusal(Code.NO_REPLY)))

    def _finish(self, pending: _Pending, reply: Record) -> None:
        if pending.timer is not None:
            pending.timer.cancel()
        try:
            if pending.on_reply is not None:
                self.run(pending.on_reply(reply))
        finally:
            # Whoever waits goes on, whatever the reply did here.
            if pending.future is not None and not pending.future.done():
                pending.future.set_result(reply)

    # ---- incoming frames

    def receive(self, text: str) -> None:
        """Take one frame. One that cannot be read is counted and dropped; the session goes on."""
        try:
            frame = decode(text)
            if frame.method == MULTIPART:
                whole = self._assembler.add(frame.body)
                if whole is None:
                    return
                frame = whole
        except BadFrameError as error:
            self.broken_frames += 1
            logger.warning("a frame was dropped: %s", error)
            return
        try:
            self._route(frame)
        except Exception:
            # Content of a shape that nobody has foreseen must not end the line.
            self.broken_frames += 1
            logger.exception("a frame %.50s could not be processed", frame.method)

    def _route(self, frame: Frame) -> None:
        qid = frame.body.text("qid")
        is_event = frame.method in HANDLED_EVENTS or frame.method in OTHER_EVENTS or frame.method in self._heard
        if is_event:
            self.native.emit(frame.method, frame.body)
            if not self._closing:
                self.run(self._native_event(frame.method, frame.body))
        pending = self._pending.pop(qid, None) if qid else None
        if pending is not None:
            self._finish(pending, self._with_result(frame.body))
        elif not is_event and frame.method not in self._unknown:
            self._unknown.add(frame.method)
            logger.debug("ignored: a frame %.50s that nobody asked for", frame.method)

    @staticmethod
    def _with_result(body: Record) -> Record:
        return body if "result" in body else Record({**body.fields, "result": 1})

    def _native_event(self, name: str, body: Record) -> list[Effect]:
        match name:
            case "userstatechanged":
                return self.agent.take(body)
            case "pbxnumberstatechanged":
                changed = self.directory.set_number_states(body.records("numbers"))
                if changed:
                    self.directory_changed.emit(changed)
                return []
            case "customevent" if body.text("eventname"):
                return [PublicEvent(f"custom:{body.text('eventname')}", (body.get("eventparam"),))]
            case _:
                return self.line.native_event(name, body)

    # ---- effects

    def run(self, effects: list[Effect]) -> None:
        """Carry out effects in order."""
        for effect in effects:
            match effect:
                case PublicEvent():
                    self.events.emit(effect)
                case Ask(method, params, on_reply):
                    self.send(method, params, on_reply)
                case ReloadLine(delay):
                    self._reload_later(delay / 1000)
                case LoseLine():
                    self._reloads.doubt()
                    self.run([*self.line.disconnect(), LineSettled()])
                case LineSettled():
                    if not self.line.is_undecided:
                        self._decided.set()
                    self.settled.emit()
                case TalkTimer(None):
                    self._talk.stop(tell=True)
                case TalkTimer(int(seconds)):
                    self._talk.start(seconds)

    def _tell_talk(self, seconds: int | None) -> None:
        if seconds is None:
            self.events.emit(PublicEvent("talkTimer", (False,), line=self.line.state))
        else:
            self.events.emit(PublicEvent("talkTimer", (seconds, talk_text(seconds)), line=self.line.state))

    # ---- reloads of the line (5.3; merged and kept in order, D20)

    def _reload_later(self, seconds: float) -> None:
        if seconds <= 0:
            self.reload()
            return
        self._later(seconds, self.reload)

    def _later(self, seconds: float, callback: Callable[[], None]) -> None:
        timer: Timer

        def due() -> None:
            self._timers.discard(timer)
            callback()

        timer = self._clock.call_later(seconds, due)
        self._timers.add(timer)

    def reload(self) -> None:
        """Ask for the line's state; while one request is under way the next one waits for its reply."""
        if not self.is_open:
            return
        if self._reloads.is_awaited:
            self._reloads.again = True
            return
        number = self._reloads.begin()
        self._later(RELOAD_PATIENCE, lambda: self._give_up_reload(number))
        self.send("getextendedlineinfo", {}, lambda reply: self._reloaded(reply, number))

    async def load_line(self) -> Record:
        """Ask for the line's state at once and return the reply, already processed (3.1, step 13).

        A line in a conference has its state when the composition of the conference has come, too.
        """
        number = self._reloads.begin()
        reply = await self.ask("getextendedlineinfo", {}, lambda reply: self._reloaded(reply, number))
        if self.line.is_undecided and self.is_open:
            self._decided.clear()
            await self._decided.wait()
        return reply

    def _reloaded(self, reply: Record, number: int) -> list[Effect]:
        counts, again = self._reloads.end(number)
        effects = self.line.line_info(reply) if counts and not self._closing else []
        if counts and not self._closing and not self.line.is_undecided:
            effects.append(LineSettled())
        return [*effects, ReloadLine()] if again else effects

    def _give_up_reload(self, number: int) -> None:
        if self._reloads.give_up(number):
            self.reload()

    def _cancel_timers(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    # ---- questions without traffic

    @property
    def state_text(self) -> Json:
        """The text of the line's state; False before the first reload."""
        return False if self.line.state is None else self.line.state.text

    @property
    def is_talking(self) -> bool:
        """Whether the line talks."""
        return self.line.state is LineState.TALK


def talk_text(seconds: int) -> str:
    """Return a duration as the `talkTimer` event shows it: `mm:ss`, from one hour on `h:mm:ss`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
