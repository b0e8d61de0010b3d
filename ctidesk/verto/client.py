"""The web phone: its connection, which comes back by itself, its calls and their sound (verto-protocol.md)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec.structs import replace

from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import ConnectionLost, NetError, Reason
from ctidesk.net.frames import FrameLog
from ctidesk.net.link import Link
from ctidesk.verto import causes
from ctidesk.verto.dialog import Dialog, Party
from ctidesk.verto.effects import Effect
from ctidesk.verto.errors import STOPPING, Problem, VertoError
from ctidesk.verto.media import MediaFactory, MediaReport, MediaUnavailableError
from ctidesk.verto.schedule import Schedule
from ctidesk.verto.session import Session
from ctidesk.verto.sound import Sound
from ctidesk.verto.states import DialogState

CLOSE_LIMIT = 0.5
"""Seconds for the WebSocket's own goodbye."""
GOODBYE_LIMIT = 0.7
"""Seconds for the server to hear that our calls have ended, when this program closes."""
LARGEST_MESSAGE = 4 * 2**20
SAVING_OPEN_LIMIT = 4.0
"""Seconds for an attempt to connect while there is a call to save: its sound is wanted as soon as the network is back,
and what is sent without a network is sent again later and later."""
ANSWER_PATIENCE = 2.0
"""Seconds by which the news of an answer may come later here than elsewhere."""
REPLACED_LIMIT = 3.0
"""Seconds for the server to end both calls of an attended transfer: older servers report it the wrong way round."""

_NET_PROBLEMS = {
    Reason.BAD_ADDRESS: Problem.BAD_ADDRESS,
    Reason.BAD_CERTIFICATE: Problem.BAD_CERTIFICATE,
    Reason.TLS_FAILED: Problem.NO_SECURE_CONNECTION,
    Reason.NOT_A_WEBSOCKET: Problem.NOT_VERTO,
    Reason.WRONG_SUBPROTOCOL: Problem.NOT_VERTO,
    Reason.FORBIDDEN: Problem.NOT_LET_IN,
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VertoOptions:
    """How the web phone connects, and as whom.

    Attributes:
        url: a complete WebSocket address.
        login, password: the account.
        sessid: by which the server knows this program again, the same at every start; private.
        name, number: what the other party is shown of us.
        user_agent: the product and its version.
        needs_microphone: whether a call without a microphone is refused; else it is one in silence.
        unanswered_seconds: after how long a call that nobody answers is given up; 0 for never.
        network: TLS, proxy and limits of the connection.
    """

    url: str
    login: str
    password: str = field(repr=False)
    sessid: str = field(repr=False)
    name: str = ""
    number: str = ""
    user_agent: str = "ctidesk"
    needs_microphone: bool = False
    unanswered_seconds: float = 0.0
    network: ConnectionOptions = field(default_factory=ConnectionOptions)


class Phase(StrEnum):
    """How it stands with the connection."""

    OFF = "off"
    CONNECTING = "connecting"
    READY = "ready"
    WAITING = "waiting"
    """The next attempt is set."""
    STOPPED = "stopped"
    """There will be no further attempt by itself; `error` says why."""


class VertoClient:
    """The web phone of one account.

    Signals:
        changed(): `phase` or `error` is another one.
        devices_changed(): `missing_devices` may be others.

    Attributes:
        session: its calls, and the signals about them.
        error: why it is not connected; None when it is, or was never tried.
        frame_log: all messages, secrets masked.
    """

    def __init__(
        self,
        options: VertoOptions,
        media: MediaFactory,
        *,
        clock: Clock | None = None,
        frame_log: FrameLog | None = None,
        jitter: random.Random | None = None,
    ) -> None:
        """Create a web phone that is off.

        Args:
            media: makes the sound at the first use.
        """
        self.options = options
        self.frame_log = frame_log or FrameLog()
        self.changed: Signal[()] = Signal("verto.client.changed")
        self.devices_changed: Signal[()] = Signal("verto.client.devices_changed")
        self.error: VertoError | None = None
        self._clock = clock or SystemClock()
        self._make_engine = media
        self._schedule = Schedule(jitter)
        self._sound = Sound(self._carry_out)
        self.session = Session(self._clock, options.sessid, self._sound.do)
        self.session.own = Party(options.name, options.number)
        self._phase = Phase.OFF
        self._link: Link | None = None
        self._tasks = TaskOwner("verto.client", self._task_failed)
        self._running: asyncio.Task[object] | None = None
        self._wake = asyncio.Event()
        self._was_ready = False
        self._is_taken = False
        self.session.ready.subscribe(self._is_ready)
        self.session.punted.subscribe(self._is_punted)
        self.session.dead.subscribe(self._is_dead)
        self.session.reconnect_wanted.subscribe(self._drop_link)

    @property
    def phase(self) -> Phase:
        """How it stands with the connection."""
        return self._phase

    @property
    def is_ready(self) -> bool:
        """Whether calls can be made and will come; no more from the moment on in which it is told to stop."""
        return self._phase is Phase.READY and self._running is not None

    @property
    def dialogs(self) -> Mapping[str, Dialog]:
        """The calls that there are, by id."""
        return self.session.dialogs

    # ---- connection

    def start(self) -> None:
        """Connect and stay connected; after a stop, try again at once. An attempt that waits for its time comes now."""
        if self._running is None or self._running.done():
            self._running = self._tasks.start(self._run())
        elif self._phase is Phase.WAITING:
            self._wake.set()

    def check(self) -> None:
        """See whether the connection lives, or try at once to get it back: something has shaken it."""
        self.session.requests.ping_now()
        if self._phase is Phase.WAITING:
            self._wake.set()

    async def stop(self) -> None:
        """End all calls, at the server, too, and disconnect; below two seconds. `start` begins anew."""
        running, self._running = self._running, None
        self.session.hang_up_all()
        if self.session.requests.is_logged_in and self.session.requests.is_waiting:
            await self._say_goodbye()
        if running is not None:
            running.cancel()
            await asyncio.wait({running})
        await self._close_link()
        self.session.give_up_all(causes.NORMAL_CLEARING)  # what has come meanwhile, and nobody can be told about
        await self._sound.stop()
        self._set(Phase.OFF, None)

    async def close(self) -> None:
        """Stop, and end all tasks."""
        await self.stop()
        await self._tasks.close()
        await self._sound.close()

    # ---- calls

    async def call(self, number: str) -> Dialog:
        """Call a number; returns when the server has taken the call over, or the call has ended before that.

        Raises:
            VertoError: it could not even be begun, or the server or the sound has refused it.
        """
        self._require_ready()
        if not number:
            raise VertoError(Problem.NO_NUMBER)
        self._require_microphone()
        dialog = self.session.call(number, self.options.unanswered_seconds)
        await self._until(dialog, lambda: dialog.state not in (DialogState.NEW, DialogState.REQUESTING))
        if dialog.failure is not None:
            raise dialog.failure
        return dialog

    async def answer(self, dialog: Dialog) -> None:
        """Answer a call; returns when it is answered.

        Without a microphone it is not answered but goes on ringing, if the options say so: one may be plugged in, or
        the call be taken elsewhere ("6. Hang-up causes and errors").

        Raises:
            VertoError: it could not be answered.
        """
        self._require_microphone()
        effects = dialog.answer()
        if not effects and not dialog.is_being_answered:
            raise VertoError(Problem.NOT_POSSIBLE)
        self.session.carry_out(dialog, effects)
        await self._until(dialog, lambda: dialog.is_talking or not dialog.is_alive)
        if dialog.failure is not None:
            raise dialog.failure

    def hang_up(self, dialog: Dialog, cause: str = "") -> None:
        """End a call; here at once, at the server as soon as it hears of it."""
        self.session.carry_out(dialog, dialog.hang_up(cause))

    def set_muted(self, dialog: Dialog, on: bool) -> None:
        """Switch the microphone off in a call, or on."""
        self.session.carry_out(dialog, dialog.set_muted(on))

    async def set_held(self, dialog: Dialog, on: bool) -> None:
        """Put the other party on hold, or take it back. Raises VertoError."""
        await self._until_talking(dialog)
        await self.session.ask(dialog, dialog.hold() if on else dialog.unhold())
        if dialog.is_alive and (dialog.state is DialogState.HELD) is not on:
            raise VertoError(Problem.NOT_POSSIBLE)

    async def send_tones(self, dialog: Dialog, digits: str) -> None:
        """Send tones. Raises VertoError, also when the server says nothing: then it does not know the call."""
        reply = await self.session.ask(dialog, dialog.send_tones(digits))
        if not reply.message:
            raise VertoError(Problem.REFUSED, "CALL DOES NOT EXIST")

    async def transfer(self, dialog: Dialog, destination: str) -> None:
        """Send the other party to a number and leave. Raises VertoError."""
        await self._until_talking(dialog)
        await self.session.ask(dialog, dialog.transfer(destination))

    async def connect_parties(self, dialog: Dialog, other: Dialog) -> None:
        """Connect the other parties of two calls and leave both.

        Raises:
            VertoError: the server has not ended both calls in time, whatever it has answered ("2.3 verto.modify").
        """
        refused: VertoError | None = None
        try:
            await self.session.ask(dialog, dialog.replace(other.id))
        except VertoError as error:
            if error.problem is not Problem.REFUSED:
                raise
            refused = error
        try:
            async with asyncio.timeout(REPLACED_LIMIT):
                for one in (dialog, other):
                    await self._until_ended(one)
        except TimeoutError:
            raise refused or VertoError(Problem.REFUSED) from None

    def report(self, dialog: Dialog) -> MediaReport | None:
        """Return how well the sound of a call goes; None while it has none."""
        return self._sound.report(dialog)

    def levels(self, dialog: Dialog) -> tuple[float, float]:
        """Return how loud is spoken and heard, each from 0.0 to 1.0."""
        return self._sound.levels(dialog)

    @property
    def missing_devices(self) -> tuple[str, ...]:
        """Which devices there are none of: `microphone`, `speaker`."""
        return () if self._sound.engine is None else self._sound.engine.missing

    # ---- keeping the connection

    async def _run(self) -> None:
        self._was_ready = False
        while True:
            self._wake.clear()
            self._is_taken = False
            self._set(Phase.CONNECTING, self.error)
            try:
                await self._connect()
            except VertoError as error:
                problem = error
            else:
                problem = VertoError(Problem.CONNECTION_LOST)
            finally:
                await self._close_link()
            if self._is_taken:
                problem = VertoError(Problem.OPENED_ELSEWHERE)
            if problem.problem in STOPPING:
                logger.warning("the web phone is off: %s", problem.problem.value)
                self.session.give_up_all(causes.RECOVERY_ON_TIMER_EXPIRE)
                self._set(Phase.STOPPED, problem)
                return
            self._set(Phase.WAITING, problem)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._schedule.next_wait(self._clock.monotonic())):
                    await self._wake.wait()

    async def _connect(self) -> None:
        """Connect and return when the connection has ended. Raises VertoError when it was none."""
        await self._load_engine()
        limit = self.options.network.open_timeout
        # WebSocket's own ping stays off: this server answers none ("1.2 WebSocket"); `requests` has Verto's.
        network = replace(
            self.options.network,
            open_timeout=min(limit, SAVING_OPEN_LIMIT) if self.session.has_call else limit,
            protocol_ping=None,
            subprotocol=None,
            max_size=LARGEST_MESSAGE,
            close_timeout=CLOSE_LIMIT,
        )
        try:
            connection = await Connection.open(self.options.url, network, self.frame_log)
        except NetError as error:
            raise VertoError(_NET_PROBLEMS.get(error.reason, Problem.UNREACHABLE), error.detail) from error
        self._link = link = Link(connection, self.session.receive, self._link_ended)
        self.session.open(link.send)
        try:
            await self.session.log_in(self.options.login, self.options.password, self.options.user_agent)
        except VertoError as error:
            if error.problem is Problem.NOT_VERTO and self._was_ready:
                raise VertoError(Problem.UNREACHABLE, error.raw) from error  # it did speak Verto before
            raise
        await link.ended.wait()

    async def _load_engine(self) -> None:
        if self._sound.engine is None:
            try:
                self._sound.engine = await self._make_engine()
            except MediaUnavailableError as error:
                raise VertoError(Problem.NO_LIBRARY, str(error)) from error
            self._sound.engine.devices_changed.subscribe(self.devices_changed.emit)

    def _link_ended(self, link: Link, lost: ConnectionLost) -> None:
        if link is not self._link:
            return
        logger.info("the web phone's connection has ended: %s", lost.detail)
        self._link = None
        self._schedule_return()
        self.session.close()

    def _schedule_return(self) -> None:
        """Begin to count the attempts anew when the connection was a usable one."""
        if self._phase is Phase.READY:
            self._schedule.lost(self._clock.monotonic(), has_call=self.session.has_call)

    def _drop_link(self) -> None:
        if self._link is not None:
            self._tasks.start(self._link.close())

    async def _close_link(self) -> None:
        if self._link is not None:
            await self._link.close()

    async def _say_goodbye(self) -> None:
        """Let the server hear of the ends of calls before the socket closes: it answers in order."""
        heard = asyncio.Event()
        self.session.requests.ask("verto.ping", {}, lambda _reply: heard.set(), GOODBYE_LIMIT)
        await heard.wait()

    # ---- news

    def _is_ready(self) -> None:
        self._was_ready = True
        self._set(Phase.READY, None)

    def _is_punted(self) -> None:
        self._is_taken = True
        self._drop_link()

    def _is_dead(self) -> None:
        logger.info("the web phone's server does not answer, the connection is closed")
        self._drop_link()

    def _carry_out(self, dialog: Dialog, effects: list[Effect]) -> None:
        self.session.carry_out(dialog, effects)

    def _set(self, phase: Phase, error: VertoError | None) -> None:
        if (phase, error) != (self._phase, self.error):
            self._phase, self.error = phase, error
            self.changed.emit()

    def _task_failed(self, _error: BaseException) -> None:
        self._set(Phase.STOPPED, VertoError(Problem.DEFECT))

    # ---- parts of commands

    def _require_ready(self) -> None:
        if not self.is_ready:
            raise self.error or VertoError(Problem.NOT_CONNECTED)

    def _require_microphone(self) -> None:
        if self.options.needs_microphone and "microphone" in self.missing_devices:
            raise VertoError(Problem.NO_MICROPHONE)

    async def _until_talking(self, dialog: Dialog) -> None:
        """Wait a moment for the answer: another source, such as Webitel's socket, may have told of it before ours."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_PATIENCE):
                await self._until(dialog, lambda: dialog.is_talking)

    async def _until_ended(self, dialog: Dialog) -> None:
        await self._until(dialog, lambda: not dialog.is_alive)

    async def _until(self, dialog: Dialog, is_so: Callable[[], bool]) -> None:
        """Wait until `is_so`, looked at after each change of the dialog's state, or until the dialog has ended."""
        come = asyncio.Event()

        def look(one: Dialog, _old: DialogState, _new: DialogState) -> None:
            if one is dialog and (is_so() or not dialog.is_alive):
                come.set()

        unsubscribe = self.session.changed.subscribe(look)
        try:
            look(dialog, dialog.state, dialog.state)
            await come.wait()
        finally:
            unsubscribe()
