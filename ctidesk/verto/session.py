"""One session with the server, without its socket: login, requests and answers, the dialogs (verto-protocol.md).

A session is given the text of each message and the time; it hands out messages to send, and what the sound has to do.
It outlives its connections: its calls are taken up again on the next one ("4.4 Recovery").
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from uuid import uuid4

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.signals import Signal
from ctidesk.verto import causes
from ctidesk.verto.dialog import Dialog, Party
from ctidesk.verto.effects import (
    AdjustMedia,
    Ask,
    CloseMedia,
    Effect,
    HoldOthers,
    MakeAnswer,
    MakeOffer,
    PartyChanged,
    Reconnect,
    StartTimer,
    StateChanged,
    StopTimer,
    Subject,
    TakeAnswer,
    TimerName,
)
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.requests import Requests
from ctidesk.verto.states import DialogState
from ctidesk.verto.wire import (
    MAX_TEXT,
    BadMessageError,
    JsonObject,
    Reply,
    Request,
    read,
    text_of,
    write_answer,
)

READY_LIMIT = 2.0
"""Seconds after the login from which on the line counts as ready although an older server has not said so ("1.6")."""
BRING_BACK_LIMIT = 5.0
"""Seconds after the login for the server to bring back its calls, when it does not say that these were all ("4.4")."""
SERVER_KEEPS = 120.0
"""Seconds for which the server keeps an answered call without its client ("4.4")."""
REMEMBERED = 130.0
"""Seconds for which it is remembered that a call has to be ended."""
MOST_DIALOGS = 8
"""Calls at once; a further one hears that the line is busy."""

_CALL_ID = re.compile(r"[A-Za-z0-9-]{1,64}")

MediaEffect: TypeAlias = MakeOffer | MakeAnswer | TakeAnswer | CloseMedia | AdjustMedia

logger = logging.getLogger(__name__)


class Session:
    """The calls of the web phone, and the conversation that keeps them true.

    Signals:
        changed(dialog, old, new): a call has another state.
        party_changed(dialog): its other party is another one.
        message(text): words of the server or of a colleague for the operator; data, shown as plain text.
        ready(): the line can be used.
        punted(): another program has taken the session over.
        dead(): the server does not answer any more.
        reconnect_wanted(): the sound of a call needs a new connection.

    Attributes:
        own: as whom calls are made and answered.
        requests: what waits for an answer.
        is_ready: whether the line can be used.
        broken_messages: messages that could not be read.
    """

    def __init__(
        self,
        clock: Clock,
        sessid: str,
        media: Callable[[Dialog, MediaEffect], None],
        new_id: Callable[[], str] | None = None,
    ) -> None:
        """Create a session that is not connected.

        Args:
            clock: the time.
            sessid: by which the server knows this program again; private.
            media: carries out what the sound of a call has to do.
            new_id: where the ids of our calls come from.
        """
        self.changed: Signal[Dialog, DialogState, DialogState] = Signal("verto.changed")
        self.party_changed: Signal[Dialog] = Signal("verto.party_changed")
        self.message: Signal[str] = Signal("verto.message")
        self.ready: Signal[()] = Signal("verto.ready")
        self.punted: Signal[()] = Signal("verto.punted")
        self.dead: Signal[()] = Signal("verto.dead")
        self.reconnect_wanted: Signal[()] = Signal("verto.reconnect_wanted")
        self.own = Party()
        self.requests = Requests(clock, sessid, self.dead.emit)
        self.is_ready = False
        self.broken_messages = 0
        self._clock = clock
        self._media = media
        self._new_id = new_id or (lambda: str(uuid4()))
        self._dialogs: dict[str, Dialog] = {}
        self._timers: dict[tuple[str, TimerName], Timer] = {}
        self._to_end: dict[str, float] = {}
        self._waiting: deque[tuple[Dialog, list[Effect], Callable[[Reply | None], None] | None]] = deque()
        self._is_carrying_out = False
        self._connection_timers: list[Timer] = []
        self._limit: Timer | None = None
        self._unknown: set[str] = set()

    @property
    def dialogs(self) -> Mapping[str, Dialog]:
        """The calls that there are, by id, in the order of their start."""
        return MappingProxyType(self._dialogs)

    @property
    def has_call(self) -> bool:
        """Whether there is an answered call to be saved."""
        return any(dialog.is_talking or not dialog.is_confirmed for dialog in self._dialogs.values())

    # ---- connection

    def open(self, send: Callable[[str], None]) -> None:
        """Begin on a new connection, over which `send` sends one message."""
        self.requests.open(send)
        self._unknown.clear()

    async def log_in(self, login: str, password: str, user_agent: str) -> None:
        """Log in; the server brings back the calls of before afterwards.

        Raises:
            VertoError: WRONG_LOGIN, NOT_VERTO when nothing at all was answered, or CONNECTION_LOST.
        """
        await self.requests.log_in(login, password, user_agent)
        self._connection_timers = [
            self._clock.call_later(READY_LIMIT, self._become_ready),
            self._clock.call_later(BRING_BACK_LIMIT, self._brought_back),
        ]

    def close(self) -> None:
        """The connection is gone. Calls that were answered wait for the next one, as long as the server keeps them."""
        if not self.requests.is_open:
            return
        self.is_ready = False
        for timer in self._connection_timers:
            timer.cancel()
        self._connection_timers = []
        # Before the requests: what waits for an answer belongs to sound that has ended.
        for dialog in tuple(self._dialogs.values()):
            self.carry_out(dialog, dialog.connection_lost())
        self.requests.close()
        if self._dialogs and self._limit is None:
            self._limit = self._clock.call_later(SERVER_KEEPS, self._brought_back)

    def hang_up_all(self) -> None:
        """End all calls, at the server, too: this program closes."""
        for dialog in tuple(self._dialogs.values()):
            self.carry_out(dialog, dialog.hang_up())

    def give_up_all(self, cause: str) -> None:
        """End all calls here alone."""
        for dialog in tuple(self._dialogs.values()):
            self.carry_out(dialog, dialog.purge(cause))

    # ---- calls

    def call(self, number: str, unanswered_seconds: float = 0.0) -> Dialog:
        """Begin a call; the invitation goes out when the sound is prepared."""
        if not self.is_ready:
            raise VertoError(Problem.NOT_CONNECTED)
        dialog = Dialog(self._new_id(), is_outgoing=True, own=self.own, remote=Party("", number))
        self._dialogs[dialog.id] = dialog
        self.carry_out(dialog, dialog.call(unanswered_seconds))
        return dialog

    async def ask(self, dialog: Dialog, effects: list[Effect]) -> Reply:
        """Carry out a command of which one effect is a request, and return the answer.

        Raises:
            VertoError: it is not possible now, was not answered, or was refused.
        """
        if not self.requests.is_open:
            raise VertoError(Problem.NOT_CONNECTED)
        if not any(isinstance(effect, Ask) for effect in effects):
            raise VertoError(Problem.NOT_POSSIBLE)
        answered: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()

        def take(reply: Reply | None) -> None:
            if not answered.done():
                answered.set_result(reply)

        self.carry_out(dialog, effects, take)
        reply = await answered
        if reply is None:
            raise VertoError(Problem.NO_REPLY if self.requests.is_open else Problem.CONNECTION_LOST)
        if not reply.ok:
            raise VertoError(Problem.REFUSED, reply.message, reply.code)
        return reply

    def carry_out(
        self, dialog: Dialog, effects: list[Effect], on_reply: Callable[[Reply | None], None] | None = None
    ) -> None:
        """Carry out what a dialog wants, after what was wanted before.

        Args:
            on_reply: gets the answer to the request among `effects`, after the dialog.
        """
        self._waiting.append((dialog, effects, on_reply))
        if self._is_carrying_out:
            return
        self._is_carrying_out = True
        try:
            while self._waiting:
                one, wanted, take = self._waiting.popleft()
                for effect in wanted:
                    self._do(one, effect, take)
        finally:
            self._is_carrying_out = False

    # ---- incoming messages

    def receive(self, text: str) -> None:
        """Take one message. One that cannot be read is counted and dropped; the session goes on."""
        self.requests.heard()
        if text.startswith("#"):
            return  # a speed test's filling ("1.10")
        try:
            message = read(text)
        except BadMessageError as error:
            self.broken_messages += 1
            logger.warning("a message of %d characters was dropped: %s", len(text), error)
            return
        if isinstance(message, Reply):
            self.requests.take(message)
            return
        # Answered before it is handled; the server does not look at it ("1.3").
        self.requests.send(write_answer(message))
        self._take_request(message)

    def _take_request(self, request: Request) -> None:
        params = request.params
        match request.method:
            case "verto.clientReady":
                self._become_ready()
                self._brought_back()
            case "verto.ping":
                self.requests.take_expiry(params)
            case "verto.punt":
                self._punted()
            case "verto.invite":
                self._invited(params)
            case "verto.attach":
                self._attached(params)
            case "verto.info" | "verto.prompt" | "verto.announce":
                self._tell_message(request)
            case "verto.media" | "verto.answer" | "verto.bye" | "verto.display":
                self._take_dialog_request(request)
            case method if method not in self._unknown and len(self._unknown) < MOST_DIALOGS * 8:
                self._unknown.add(method)
                logger.debug("ignored: requests %.100s", method)

    def _take_dialog_request(self, request: Request) -> None:
        dialog = self._dialogs.get(text_of(request.params, "callID"))
        if dialog is None:
            return
        match request.method:
            case "verto.media":
                effects = dialog.media_offered(request.params)
            case "verto.answer":
                effects = dialog.answered(request.params)
            case "verto.bye":
                effects = dialog.ended(request.params)
            case _:
                effects = dialog.displayed(request.params)
        self.carry_out(dialog, effects)

    def _invited(self, params: JsonObject) -> None:
        call_id = text_of(params, "callID")
        if not _CALL_ID.fullmatch(call_id) or call_id in self._dialogs:
            return
        dialog = Dialog(call_id, is_outgoing=False, own=self.own)
        self._dialogs[call_id] = dialog
        self.carry_out(dialog, dialog.invited(params))
        if len(self._dialogs) > MOST_DIALOGS:
            self.carry_out(dialog, dialog.hang_up(causes.USER_BUSY))

    def _attached(self, params: JsonObject) -> None:
        call_id = text_of(params, "callID")
        if not _CALL_ID.fullmatch(call_id):
            return
        dialog = self._dialogs.get(call_id)
        if dialog is None:
            dialog = Dialog(call_id, is_outgoing=False, own=self.own)
            if self._must_end(call_id):
                logger.info("a call that was given up was brought back; it is ended")
                self.requests.ask("verto.bye", _bye(call_id), self._note_nothing)
                return
            self._dialogs[call_id] = dialog
        self.carry_out(dialog, dialog.attached(params))

    def _must_end(self, call_id: str) -> bool:
        now = self._clock.monotonic()
        self._to_end = {one: until for one, until in self._to_end.items() if until > now}
        return call_id in self._to_end

    def _remember_to_end(self, call_id: str) -> None:
        self._to_end[call_id] = self._clock.monotonic() + REMEMBERED

    def _punted(self) -> None:
        """Another program has the session: its calls have gone there, and a word about them would end them ("1.9")."""
        self.give_up_all(causes.PUNTED)
        self.punted.emit()

    def _tell_message(self, request: Request) -> None:
        params = request.params
        if request.method == "verto.info":
            message = params.get("msg")
            text = text_of(message, "body", MAX_TEXT) if isinstance(message, dict) else ""
        elif request.method == "verto.prompt":
            text = text_of(params, "text", MAX_TEXT)
        else:
            words = params.get("msg")
            text = " ".join(str(word) for word in words)[:MAX_TEXT] if isinstance(words, list) else ""
        if text:
            self.message.emit(text)

    def _become_ready(self) -> None:
        if self.requests.is_logged_in and not self.is_ready:
            self.is_ready = True
            self.ready.emit()

    def _brought_back(self) -> None:
        """What the server has not brought back by now has ended."""
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        for dialog in tuple(self._dialogs.values()):
            self.carry_out(dialog, dialog.not_brought_back())

    # ---- effects

    def _do(self, dialog: Dialog, effect: Effect, on_reply: Callable[[Reply | None], None] | None) -> None:
        match effect:
            case Ask():
                self._ask(dialog, effect, on_reply)
            case MakeOffer() | MakeAnswer() | TakeAnswer() | CloseMedia() | AdjustMedia():
                self._media(dialog, effect)
            case StartTimer(timer, seconds):
                self._stop_timer(dialog, timer)
                self._timers[dialog.id, timer] = self._clock.call_later(
                    seconds, lambda: self._timer_expired(dialog, timer)
                )
            case StopTimer(timer):
                self._stop_timer(dialog, timer)
            case StateChanged(old, new):
                self._state_changed(dialog, old, new)
            case HoldOthers():
                self._hold_others(dialog)
            case PartyChanged():
                self.party_changed.emit(dialog)
            case Reconnect():
                self.reconnect_wanted.emit()

    def _ask(self, dialog: Dialog, ask: Ask, on_reply: Callable[[Reply | None], None] | None) -> None:
        def take(reply: Reply | None) -> None:
            if reply is None and ask.subject is Subject.BYE:
                # Nobody could be told, or the server may not have heard it: it would bring the call back ("4.4", 4).
                self._remember_to_end(dialog.id)
            self.carry_out(dialog, dialog.replied(ask, reply))
            if on_reply is not None:
                on_reply(reply)

        self.requests.ask(ask.method, ask.params, take, ask.limit)

    def _state_changed(self, dialog: Dialog, old: DialogState, new: DialogState) -> None:
        if new is DialogState.DESTROY and self._dialogs.get(dialog.id) is dialog:
            del self._dialogs[dialog.id]
        self.changed.emit(dialog, old, new)

    def _hold_others(self, dialog: Dialog) -> None:
        for other in tuple(self._dialogs.values()):
            if other is not dialog and other.state is DialogState.ACTIVE:
                self.carry_out(other, other.hold())

    def _timer_expired(self, dialog: Dialog, timer: TimerName) -> None:
        self._timers.pop((dialog.id, timer), None)
        self.carry_out(dialog, dialog.expired(timer))

    def _stop_timer(self, dialog: Dialog, timer: TimerName) -> None:
        running = self._timers.pop((dialog.id, timer), None)
        if running is not None:
            running.cancel()

    @staticmethod
    def _note_nothing(_reply: Reply | None) -> None:
        """The server's words to a call that is gone anyway."""


def _bye(call_id: str) -> JsonObject:
    cause = causes.NORMAL_CLEARING
    return {"cause": cause, "causeCode": causes.code_of(cause), "dialogParams": {"callID": call_id}}
