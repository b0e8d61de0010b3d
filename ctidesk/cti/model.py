"""The state of the line that the panel shows, and the operator's commands (cti-model.md, "5. Model: state")."""

from __future__ import annotations

import logging
import random
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Literal

from ctidesk.cti.abilities import Abilities, Ability, derive_abilities
from ctidesk.cti.active_calls import ENDED_UNSEEN
from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.dialling import normalise_number
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.events import (
    CallSaved,
    CommandExecuted,
    CtiEvent,
    Disconnected,
    DtmfEntered,
    ErrorOccurred,
    Initialized,
    RawMessage,
)
from ctidesk.cti.line import Line
from ctidesk.cti.provider import BaseCtiProvider
from ctidesk.cti.reconnection import ATTEMPTS, ConnectionStatus, Reconnection
from ctidesk.cti.signals import Signal
from ctidesk.cti.supervision import SupervisorMode
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.cti.values import AgentFeatures, CallDirection, CallFeatures, CallState

CONNECTION_LOST = "connection lost"
"""The cause of a call that nothing is known of any more."""
CLOSED = "closed"
"""The cause of a call that was still going on when the application closed."""

_Step = Callable[[], Sequence[CtiEvent]]

_WITHOUT_STATE = (RawMessage, ErrorOccurred, CallSaved, CommandExecuted, DtmfEntered)
"""Events that leave the state as it is."""

logger = logging.getLogger(__name__)


class CtiModel:
    """One telephone line: takes the provider's events in, keeps the connection up, carries out commands.

    Every command raises `CtiException` when it could not be carried out; the error is told as an event, too, so that
    the panel says it whoever has given the command.

    Signals:
        events(event): everything that happened, in order, each after the model took it in. A call's `CallStarted` comes
            before all else about it, its `CallFinished` once. Events about calls that are not there are left out.
        changed(): the state is another one; read it anew. At most once for each thing that happened.

    Attributes:
        provider: the PBX's side; commands are given to the model.
        clock: what the times of calls and of the connection are measured with.
        transfer_by_default: what `call_by_number` does during a call.
    """

    def __init__(
        self,
        provider: BaseCtiProvider,
        clock: Clock | None = None,
        *,
        reconnects: bool = True,
        jitter: random.Random | None = None,
    ) -> None:
        """Listen to `provider`; nothing is opened before `start`.

        Args:
            provider: the PBX's side.
            clock: the time; the computer's by default.
            reconnects: whether a connection that failed or was lost is opened again without `reconnect`.
            jitter: the source of chance for the times of reconnection.
        """
        self.provider = provider
        self.clock: Clock = clock or SystemClock()
        self.transfer_by_default: Literal["consult", "blind"] = "consult"
        self.events: Signal[CtiEvent] = Signal("model.events", self._subscriber_failed)
        self.changed: Signal[()] = Signal("model.changed", self._subscriber_failed)
        self._line = Line()
        self._tasks = TaskOwner("model", self._task_failed)
        self._reconnection = Reconnection(
            self._open,
            self.clock,
            changed=self._connection_changed,
            failed=self._tell_error,
            given_up=self._connection_given_up,
            attempts=ATTEMPTS if reconnects else 0,
            jitter=jitter,
        )
        self._steps: deque[_Step] = deque()
        self._is_taking_steps = False
        self._has_changed = False
        self._is_telling_failure = False
        self._was_opened = False
        self._told_errors: deque[CtiError] = deque(maxlen=16)  # by the provider, which may raise them, too
        self._unsubscribe = provider.events.subscribe(self._receive)

    # ---- state

    @property
    def connection(self) -> ConnectionStatus:
        """How it stands with the connection, for the icon and the strip."""
        return self._reconnection.status

    @property
    def is_connected(self) -> bool:
        """Whether the line is usable."""
        return self._line.is_connected

    @property
    def line_features(self) -> CallFeatures:
        """What may be done now with the line; nothing without a connection."""
        return self._line.features

    @property
    def agent_features(self) -> AgentFeatures:
        """What the operator's account can do besides calls; nothing without a connection."""
        return self.provider.capabilities[1] if self.is_connected else AgentFeatures.NONE

    @property
    def abilities(self) -> Abilities:
        """What may be done now, for the buttons."""
        return derive_abilities(
            self.line_features,
            self.agent_features,
            is_connected=self.is_connected,
            has_call=self.current_call is not None,
            is_consulting=self.is_consulting,
        )

    @property
    def calls(self) -> Mapping[str, Call]:
        """The active calls by id, in the order of their start."""
        return MappingProxyType(self._line.calls.by_id())

    @property
    def current_call(self) -> Call | None:
        """The main call."""
        return self._line.calls.main

    @property
    def current_call_number(self) -> str:
        """The number of the main call's other party, or empty."""
        return "" if self.current_call is None else self.current_call.abonent_number

    @property
    def consult_call(self) -> Call | None:
        """The consultation of the main call."""
        return self._line.calls.consult

    @property
    def consult_call_number(self) -> str:
        """The number of the one who is consulted, or empty."""
        return "" if self.consult_call is None else self.consult_call.abonent_number

    @property
    def is_consulting(self) -> bool:
        """Whether there is a consultation besides the main call."""
        return self.consult_call is not None

    @property
    def last_call(self) -> Call | None:
        """The call that began last, or the one that is left; may have ended."""
        return self._line.last_call

    @property
    def ringing_call(self) -> Call | None:
        """The first call that rings here and can be answered."""
        ringing = (call for call in self._line.calls if call.state is CallState.ALERTING)
        return next((call for call in ringing if call.direction is not CallDirection.OUT), None)

    @property
    def talking_call(self) -> Call | None:
        """The call in which the operator is heard: the consultation when it is connected, else the main call."""
        consult = self.consult_call
        if consult is not None and consult.state in (CallState.CONNECTED, CallState.CONFERENCED):
            return consult
        return self.current_call

    @property
    def agent_state(self) -> AgentState:
        """The operator's own state."""
        return self._line.agent_state

    @property
    def agent_state_since(self) -> float | None:
        """Since when, on the clock's monotonic scale; None while the PBX has not said anything."""
        return self._line.agent_state_since

    @property
    def is_call_centre_active(self) -> bool | None:
        """Whether the operator takes part in the call centre; None while the PBX has not said."""
        return self._line.is_call_centre_active

    # ---- connection

    def start(self) -> None:
        """Connect, and stay connected until `close`; needs a running event loop, as all that follows."""
        self._reconnection.connect_now()

    def reconnect(self) -> None:
        """Connect anew at once because the operator wants it, whatever has stopped it before."""
        self._reconnection.connect_now()

    def network_available(self) -> None:
        """The computer has woken or has a network: try at once without a connection, else see whether it lives."""
        self._reconnection.network_available()
        if self.is_connected:
            self.provider.check_connection()

    async def close(self) -> None:
        """Log out, close everything and end the calls that are still there for the journal."""
        await self._reconnection.close()
        await self._tasks.close()
        await self.provider.close()
        if self.is_connected:
            self._receive(Disconnected(may_reconnect=False))
        self._unsubscribe()
        self._enqueue(partial(self._finish_all_calls, CLOSED))

    def tell(self, event: CallSaved | ErrorOccurred) -> None:
        """Let the subscribers of `events` know what the journal has done, or could not do."""
        self._enqueue(lambda: (event,))

    # ---- calls

    async def call_by_number(self, number: str) -> None:
        """Do with `number` what fits now: call it, or in a call consult or send the other party there.

        Raises:
            CtiException: `number` is none, or nothing of this is possible now; the error says why.
        """
        with self._command():
            normalised = normalise_number(number)
            abilities = self.abilities
            if self.current_call is None:
                self._require_ability(abilities, Ability.CALL)
                await self.provider.make_call(normalised)
            elif self.transfer_by_default == "blind":
                self._require_ability(abilities, Ability.BLIND_TRANSFER)
                await self.provider.blind_transfer(self.current_call, normalised)
            else:
                self._require_ability(abilities, Ability.CONSULT)
                await self.provider.make_consult_call(self.current_call, normalised)

    async def make_call(self, number: str) -> None:
        """Call `number`, whatever else is going on; the PBX decides."""
        with self._command():
            normalised = normalise_number(number)
            self._require_connection()
            await self.provider.make_call(normalised)

    async def answer(self, call: Call | None = None) -> None:
        """Answer `call`; by default the one that rings."""
        with self._command():
            found = call or self.ringing_call or self.current_call
            await self.provider.answer(self._require_call(found, translate("Model", "There is no call to answer.")))

    async def hold_or_unhold(self, call: Call | None = None) -> None:
        """Put `call` on hold or take it back; by default the main call."""
        with self._command():
            found = call or self.current_call
            no_call = translate("Model", "There is no call to put on hold.")
            await self.provider.hold_or_unhold(self._require_call(found, no_call))

    async def drop(self, call: Call | None = None) -> None:
        """End `call`; by default the consultation, else the main call."""
        with self._command():
            found = call or self.consult_call or self.current_call
            active = self._require_call(found, translate("Model", "There is no call to end."))
            active.declined = active.state is CallState.ALERTING and active.direction is not CallDirection.OUT
            try:
                await self.provider.drop(active)
            except CtiException:
                active.declined = False
                raise

    async def consult(self, number: str) -> None:
        """Hold the main call and call `number`."""
        with self._command():
            main = self._require_call(self.current_call, translate("Model", "There is no call to consult about."))
            await self.provider.make_consult_call(main, normalise_number(number))

    async def complete_transfer(self) -> None:
        """Connect the other party with the one who was consulted, and leave."""
        with self._command():
            await self.provider.transfer(*self._require_consultation())

    async def cancel_transfer(self) -> None:
        """End the consultation and return to the main call."""
        with self._command():
            await self.provider.cancel_transfer(*self._require_consultation())

    async def swap(self) -> None:
        """Talk to the party on hold and hold the other one."""
        with self._command():
            await self.provider.swap(*self._require_consultation())

    async def blind_transfer(self, number: str) -> None:
        """Send the other party of the main call to `number`, and leave."""
        with self._command():
            main = self._require_call(self.current_call, translate("Model", "There is no call to transfer."))
            await self.provider.blind_transfer(main, normalise_number(number))

    async def call_other_first(self, number: str) -> None:
        """Call `number`; the operator's phone rings once somebody there has answered."""
        with self._command():
            normalised = normalise_number(number)
            self._require_ability(self.abilities, Ability.CALL)
            await self.provider.call_other_first(normalised)

    async def intercom(self, number: str) -> None:
        """Call `number`, whose phone lifts by itself."""
        with self._command():
            normalised = normalise_number(number)
            self._require_connection()
            await self.provider.intercom(normalised)

    async def add_to_conference(self, number: str) -> None:
        """Bring `number` into the conference; without one, make it of the present call or begin a new one."""
        with self._command():
            normalised = normalise_number(number)
            self._require_connection()
            await self.provider.add_to_conference(normalised)

    async def remove_from_conference(self, number: str) -> None:
        """Send `number` out of the conference; the operator's own number leaves it."""
        with self._command():
            self._require_connection()
            if not self.provider.conference.has((number,)):
                raise _error(ErrorKind.COMMAND, translate("Model", "Nobody with this number is in the conference."))
            await self.provider.remove_from_conference(number)

    async def supervise(self, number: str, mode: SupervisorMode) -> None:
        """Take part in the talk of the colleague with `number`, or change how; `drop` leaves it."""
        with self._command():
            normalised = normalise_number(number)
            self._require_connection()
            await self.provider.supervise(normalised, mode)

    async def send_dtmf(self, digits: str) -> None:
        """Send `digits` (0-9, *, #) in the call in which the operator is heard."""
        with self._command():
            call = self._require_call(self.talking_call, translate("Model", "There is no call to send tones in."))
            if not digits or digits.strip("0123456789*#"):
                raise _error(ErrorKind.GENERAL, translate("Model", "Only the tones 0 to 9, * and # can be sent."))
            await self.provider.send_dtmf(call, digits)

    async def mute(self) -> None:
        """Switch the microphone off, or on again."""
        with self._command():
            call = self._require_call(self.talking_call, translate("Model", "There is no call to mute."))
            await self.provider.mute(call)

    async def set_video_state(self, on: bool) -> None:
        """Switch the camera on or off."""
        with self._command():
            call = self._require_call(self.talking_call, translate("Model", "There is no call for a picture."))
            await self.provider.set_video_state(call, on)

    # ---- the operator

    async def set_agent_state(self, code: str, reason: str = "") -> None:
        """Take one of the provider's `agent_states`; without a connection some providers connect first."""
        with self._command():
            await self.provider.set_agent_state(code, reason)

    async def set_do_not_disturb(self) -> None:
        """Be called by nobody."""
        with self._command():
            await self.provider.set_do_not_disturb()

    async def set_wrap_up(self, on: bool) -> None:
        """Begin or end the work after a call."""
        with self._command():
            await self.provider.set_wrap_up(on)

    async def change_call_centre_state(self, on: bool) -> None:
        """Enter or leave the call centre."""
        with self._command():
            await self.provider.change_call_centre_state(on)

    # ---- questions

    async def query_line_state(self) -> None:
        """Have the line's features told anew."""
        with self._command():
            await self.provider.query_line_state()

    async def query_active_calls(self) -> None:
        """Have a snapshot of the active calls taken."""
        with self._command():
            await self.provider.query_active_calls()

    async def query_agent_state(self) -> None:
        """Have the operator's state told anew."""
        with self._command():
            await self.provider.query_agent_state()

    async def query_call_records(self, call_id: str) -> Sequence[str]:
        """Return the addresses of a call's recordings; they hold a one-time password: never log them."""
        with self._command():
            return await self.provider.query_call_records(call_id)

    # ---- why calls end

    def cause_text(self, cause: str) -> str:
        """Return a call's `state_cause` in words for the operator; empty when it says nothing."""
        if cause == CONNECTION_LOST:
            return translate("Model", "The connection to the PBX was lost during the call.")
        if cause == ENDED_UNSEEN:
            return translate("Model", "It ended while there was no connection to the PBX.")
        if cause == CLOSED:
            return translate("Model", "ctidesk was closed during the call.")
        return self.provider.cause_text(cause)

    def unusual_end(self, call: Call) -> str:
        """Return why `call` has ended, in words, when the operator would wonder; empty when it ended as calls do."""
        if call.state_cause in (CONNECTION_LOST, ENDED_UNSEEN):
            return self.cause_text(call.state_cause)
        return self.provider.unusual_end(call)

    # ---- what commands need

    @contextmanager
    def _command(self) -> Iterator[None]:
        try:
            yield
        except CtiException as exception:
            self._tell_error(exception.error)
            raise

    def _require_connection(self) -> None:
        if not self.is_connected:
            text = translate("Model", "There is no connection to the PBX.")
            raise _error(ErrorKind.CALL_CENTRE_NOT_AVAILABLE, text)

    def _require_call(self, call: Call | None, no_call: str) -> Call:
        active = None if call is None else self._line.calls.find(call)
        if active is None:
            raise _error(ErrorKind.COMMAND, no_call)
        self._require_connection()
        return active

    def _require_consultation(self) -> tuple[Call, Call]:
        no_consultation = translate("Model", "There is no consultation.")
        main = self._require_call(self.current_call, no_consultation)
        return main, self._require_call(self.consult_call, no_consultation)

    def _require_ability(self, abilities: Abilities, ability: Ability) -> None:
        self._require_connection()
        if not abilities.allows(ability):
            raise _error(ErrorKind.COMMAND, abilities.why_not(ability))

    # ---- events, one after the other

    def _receive(self, event: CtiEvent) -> None:
        self._enqueue(partial(self._take_in, event, self.clock.monotonic(), self.clock.now()))

    def _take_in(self, event: CtiEvent, at: float, now: datetime) -> Sequence[CtiEvent]:
        if isinstance(event, ErrorOccurred):
            self._told_errors.append(event.error)
        told = self._line.apply(event, at, now)
        match event:
            case Initialized():
                self._reconnection.established()
                self._tasks.start(self._confirm_calls())
            case Disconnected():
                self._reconnection.lost(event.may_reconnect)
        if told and not isinstance(event, _WITHOUT_STATE):
            self._has_changed = True
        return told

    def _enqueue(self, step: _Step) -> None:
        """Take `step` when those before it are done and told: what follows from an event is told after it."""
        self._steps.append(step)
        if self._is_taking_steps:
            return
        self._is_taking_steps = True
        try:
            while self._steps or self._has_changed:
                if self._steps:
                    for event in self._steps.popleft()():
                        self._emit(event)
                if self._has_changed:
                    self._has_changed = False
                    self.changed.emit()
        finally:
            self._is_taking_steps = False

    def _emit(self, event: CtiEvent) -> None:
        self._is_telling_failure = isinstance(event, ErrorOccurred) and event.error.kind is ErrorKind.EVENT_HANDLER
        self.events.emit(event)
        self._is_telling_failure = False

    def _subscriber_failed(self, exception: Exception) -> None:
        if self._is_telling_failure:
            return  # one that cannot bear the news of a failure either; the log has it
        text = translate(
            "Model", "A part of this program failed over an event. Calls go on; restart it if something looks wrong."
        )
        error = CtiError(ErrorKind.EVENT_HANDLER, text, raw=type(exception).__name__, source="model")
        self._tell_error(error)

    def _task_failed(self, exception: BaseException) -> None:
        text = translate("Model", "Something in this program failed. Calls go on.")
        self._tell_error(CtiError(ErrorKind.GENERAL, text, raw=type(exception).__name__, source="model"))

    def _tell_error(self, error: CtiError) -> None:
        """Tell `error` unless the provider has just told this very one."""
        for place, told in enumerate(self._told_errors):
            if told is error:
                del self._told_errors[place]
                return
        self._enqueue(lambda: (ErrorOccurred(error),))

    # ---- keeping the connection

    async def _open(self) -> None:
        connect = self.provider.reconnect if self._was_opened else self.provider.connect
        self._was_opened = True
        try:
            await connect()
        except Exception:
            if self.is_connected:
                self._receive(Disconnected())
            raise

    async def _confirm_calls(self) -> None:
        try:
            await self.provider.query_active_calls()
        except CtiException as exception:
            if self.is_connected:  # else the next connection asks again
                self._tell_error(exception.error)

    def _connection_changed(self) -> None:
        self._has_changed = True
        if not self._is_taking_steps:
            self._enqueue(lambda: ())

    def _connection_given_up(self) -> None:
        self._enqueue(partial(self._finish_all_calls, CONNECTION_LOST))

    def _finish_all_calls(self, cause: str) -> Sequence[CtiEvent]:
        self._has_changed = True
        return self._line.finish_all(cause, self.clock.monotonic(), self.clock.now())


def _error(kind: ErrorKind, text: str) -> CtiException:
    return CtiException(CtiError(kind, text, source="model"))
