"""From the line's events to calls for the application (webitel-protocol.md, "15.3 Events").

The mapper is a plain object: it takes public events and returns CTI events, and keeps what it wants the provider to do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    CurrentCallChanged,
    DtmfEntered,
    Hold,
    LineStateChanged,
    Unhold,
)
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from ctidesk.webitel.channels import LOST
from ctidesk.webitel.effects import PublicEvent
from ctidesk.webitel.fields import Fields
from ctidesk.webitel.switch_call import Direction, State, SwitchCall

LINE_CAPABILITIES = (
    CallFeatures.CAN_RECALL
    | CallFeatures.CAN_DIAL
    | CallFeatures.CAN_DROP
    | CallFeatures.CAN_HOLD
    | CallFeatures.CAN_UNHOLD
    | CallFeatures.CAN_COMPLETE_TRANSFER
    | CallFeatures.CAN_BLIND_TRANSFER
    | CallFeatures.CAN_MAKE_CONSULT_CALL
    | CallFeatures.CAN_DTMF
)
"""What can be done with calls at all ("15.5 Capabilities")."""
WEB_PHONE_CAPABILITIES = CallFeatures.CAN_ANSWER | CallFeatures.CAN_MUTE
"""What a web phone adds."""
TALKING = CallFeatures.CAN_DROP | CallFeatures.CAN_HOLD | CallFeatures.CAN_DTMF
PASSING_ON = CallFeatures.CAN_MAKE_CONSULT_CALL | CallFeatures.CAN_BLIND_TRANSFER
HELD = CallFeatures.CAN_UNHOLD | CallFeatures.CAN_MAKE_CONSULT_CALL | CallFeatures.CAN_DTMF
REMEMBERED_RECORDS = 200
"""Of how many calls it is remembered under which id their recording is found."""

logger = logging.getLogger(__name__)

_STATES = {
    State.RINGING: CallState.ALERTING,
    State.ANSWERED: CallState.CONNECTED,
    State.HOLD: CallState.HOLDED,
    State.ACTIVE: CallState.CONNECTED,
}
_DIRECTIONS = {
    Direction.INBOUND: CallDirection.IN,
    Direction.OUTBOUND: CallDirection.OUT,
    Direction.CALLBACK: CallDirection.OUT,
}
_NAMELESS = "Outbound Call"
"""What the switch says in place of the name of somebody who is called."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Let the caller hear that the line is busy: there is no place for this call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take the held party back: the consultation is over."""

    call: Call


Wish: TypeAlias = Refuse | TakeBack


@dataclass(slots=True, eq=False)
class _Tracked:
    """A call and what its features follow from.

    Attributes:
        uuid: the id under which the PBX knows the call to the end, whatever `call.id` has become.
        is_reached: the other party is connected.
    """

    uuid: str
    call: Call
    is_reached: bool = False


class CallMapper:
    """Keeps the main call and its consultation in step with the line's events.

    Attributes:
        device_id: our own number.
        wishes: what the provider should do now; it takes them out.
    """

    def __init__(
        self,
        can_answer: Callable[[], bool],
        can_mute: Callable[[str], bool] = lambda _call_id: False,
        is_away: Callable[[str], bool] = lambda _call_id: False,
    ) -> None:
        """Create a mapper without calls.

        Args:
            can_answer: whether a ringing call can be answered from here.
            can_mute: whether the microphone of the call with this id is this computer's.
            is_away: whether the web phone has lost its connection in the call with this id: until that is back the
                call can only be ended (verto-protocol.md, "4.4 Recovery").
        """
        self._can_answer = can_answer
        self._can_mute = can_mute
        self._is_away = is_away
        self.device_id = ""
        self.wishes: list[Wish] = []
        self._main: _Tracked | None = None
        self._consult: _Tracked | None = None
        self._consulted_number = ""
        self._is_usable = True
        self._told_features = CallFeatures.CAN_DIAL
        self._records: dict[str, str] = {}
        self._out: list[CtiEvent] = []

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls, the main one first."""
        return tuple(one.call for one in self._tracked)

    @property
    def line_features(self) -> CallFeatures:
        """What may be done now with the line."""
        if self._main is not None:
            return self._main.call.features
        return CallFeatures.CAN_DIAL if self._is_usable else CallFeatures.CAN_NOTHING

    def call_uuid(self, call: Call) -> str:
        """Return the id under which the PBX knows a call now."""
        return next((one.uuid for one in self._tracked if one.call.record_id == call.record_id), call.id)

    def record_uuid(self, call_id: str) -> str:
        """Return the id under which the recording of a call is found ("10.2 Link by REST")."""
        return self._records.get(call_id, call_id)

    # ---- events

    def event(self, event: PublicEvent) -> list[CtiEvent]:
        """Map one public event about a call."""
        argument = Fields(event.args[0] if event.args else None)
        record = argument if "uuid" in argument else argument.fields("call")
        uuid = record.text("uuid")
        self._out = []
        if event.name == "onNewCall":
            self._new_call(record)
        elif (tracked := self._find(uuid)) is not None:
            self._change(event.name, tracked, record, argument)
        elif event.name.endswith("Call"):
            logger.debug("%s is about a call that is not tracked", event.name)
        return self._out

    def _change(self, name: str, tracked: _Tracked, record: Fields, argument: Fields) -> None:
        match name:
            case "onAcceptCall":
                self._accept(tracked, record)
            case "onBridgeCall":
                self._bridge(tracked, record)
            case "onHoldCall":
                tracked.is_reached = True
                self._set_state(tracked.call, CallState.HOLDED)
                self._out.append(Hold(tracked.call))
            case "onUnholdCall":
                tracked.is_reached = True
                self._set_state(tracked.call, CallState.CONNECTED)
                self._out.append(Unhold(tracked.call))
            case "onDtmfCall":
                self._out.append(DtmfEntered(argument.text("digits")))
            case "onUuidCall":
                tracked.call.id = argument.text("newId")
                self._out.append(CallInfoChanged(tracked.call))
            case "onHangupCall":
                self._hang_up(tracked, record)
        self._tell_line()

    def further_channel(self, call: SwitchCall) -> None:
        """Another device rings for a call; when there is no place for the call, it shall not ring either."""
        if call.state is State.RINGING and self._find(call.id) is None:
            self.wishes.append(Refuse(call.id))

    def set_usable(self, usable: bool) -> list[CtiEvent]:
        """Take note of whether the own phone is there; without it nothing can be dialled."""
        self._out = []
        self._is_usable = usable
        self._tell_line()
        return self._out

    def lose_connection(self) -> None:
        """Take note that the line is told to be gone: what may be done is told anew on the next connection."""
        self._is_usable = True
        self._told_features = self.line_features

    # ---- the table of 15.3

    def _new_call(self, record: Fields) -> None:
        if self._find(record.text("uuid")) is None:
            tracked = self._place(record, record.text("direction") == Direction.INBOUND)
            if tracked is not None:
                self._set_state(tracked.call, CallState.ALERTING)
                self._follow()
                self._out.append(CallStarted(tracked.call))
                self._tell_line()

    def _place(self, record: Fields, rings_here: bool) -> _Tracked | None:
        """Give a new call the place of the main call or of the consultation; None when there is no place."""
        if self._main is not None and (self._consult is not None or rings_here):
            self.wishes.append(Refuse(record.text("uuid")))
            return None
        call = Call(
            record.text("uuid"), CallDirection.IN if rings_here else CallDirection.OUT, device_id=self.device_id
        )
        tracked = _Tracked(call.id, call)
        self._take_info(tracked, record)
        if self._main is None:
            self._main = tracked
        else:
            self._consult, call.parent = tracked, self._main.call
        return tracked

    def _accept(self, tracked: _Tracked, record: Fields) -> None:
        call = tracked.call
        self._take_info(tracked, record)
        was_alerting = call.state is CallState.ALERTING
        self._set_state(call, CallState.CONNECTED)
        if was_alerting:
            self._follow()
            self._out.append(CommutationStarted(call))

    def _bridge(self, tracked: _Tracked, record: Fields) -> None:
        self._take_info(tracked, record)
        if tracked.call.state is not CallState.ALERTING:
            # Of the main call it is enough that the PBX tells the other side; a consultation can be completed
            # only when the channel of the one who is consulted is known.
            tracked.is_reached = tracked is self._main or bool(record.text("other-leg-unique-id"))
        self._follow()
        self._out.append(CallInfoChanged(tracked.call))

    def _hang_up(self, tracked: _Tracked, record: Fields) -> None:
        call = tracked.call
        cause = record.text("hangup_cause")
        call.state_cause = cause
        was_main = tracked is self._main
        if was_main and record.text("transferResult") == "confirmed":
            call.redirecting_id = self.device_id
            call.redirection_id = self._consult.call.abonent_number if self._consult else self._consulted_number
        self._remember_record(call, record)
        self._set_state(call, CallState.NONE)
        if was_main:
            self._main, self._consult = self._consult, None
            self._consulted_number = ""
        else:
            self._consult = None
            self._consulted_number = call.abonent_number
        left = self._main
        if left is not None:
            left.call.parent = None
        self._follow()
        call.features = CallFeatures.CAN_NOTHING
        self._out.append(CallFinished(call))
        if left is not None:
            self._out.append(CurrentCallChanged(left.call))
            if not was_main and left.call.state is CallState.HOLDED and cause != LOST:
                self.wishes.append(TakeBack(left.call))

    # ---- after a connection (6.8)

    def rebuild(self, calls: Iterable[SwitchCall]) -> list[CtiEvent]:
        """Make the calls those that the PBX has now and tell them; calls that are known stay the same objects."""
        self._out = []
        for one in calls:
            record = Fields(one.record())
            is_ringing_here = one.state is State.RINGING and one.direction is Direction.INBOUND
            tracked = self._find(one.id) or self._place(record, is_ringing_here)
            if tracked is None:
                continue
            tracked.call.direction = _DIRECTIONS[one.direction]
            self._take_info(tracked, record)
            self._set_state(tracked.call, _STATES.get(one.state, CallState.UNKNOWN))
            if one.state is not State.RINGING:
                tracked.is_reached = tracked.is_reached or bool(record.text("other-leg-unique-id"))
        self._follow()
        self._out.append(ActiveCallSnapshot(self.calls, self._main.call if self._main else None))
        self._tell_line()
        return self._out

    def refresh(self) -> list[CtiEvent]:
        """Let the features follow the telephone, which has become another one or can do other things."""
        self._out = []
        before = {one: one.call.features for one in self._tracked}
        self._follow()
        self._out += [CallInfoChanged(one.call) for one in self._tracked if one.call.features != before[one]]
        self._tell_line()
        return self._out

    # ---- changes

    def _take_info(self, tracked: _Tracked, record: Fields) -> None:
        call = tracked.call
        call.caller_id, call.called_id = record.text("callerNumber"), record.text("calleeNumber")
        call.caller_name = _name(record.text("callerName"), call.caller_id)
        call.called_name = _name(record.text("calleeName"), call.called_id)
        # The switch's name has the domain, which is the operator's own.
        call.queue = record.text("cc_queue").partition("@")[0] or call.queue
        data = record.text("data")
        if data and data[0] not in "{[":
            call.comment = data
        self._remember_record(call, record)

    def _remember_record(self, call: Call, record: Fields) -> None:
        record_id = record.text("dbUuid")
        # A call whose id has changed at its end is found under the new one.
        if record_id and call.id == record.text("uuid"):
            self._records[call.id] = record_id
            while len(self._records) > REMEMBERED_RECORDS:
                del self._records[next(iter(self._records))]

    @staticmethod
    def _set_state(call: Call, state: CallState) -> None:
        if call.state is not state:
            call.previous_state, call.state = call.state, state

    def _follow(self) -> None:
        """Let the features follow from the states."""
        for one in self._tracked:
            one.call.features = self._features(one)
        if self._main is not None and self._consult is not None:
            talks = self._consult.is_reached and self._consult.call.state is not CallState.ALERTING
            may = CallFeatures.CAN_COMPLETE_TRANSFER if talks else CallFeatures.CAN_NOTHING
            self._main.call.features = may

    def _features(self, tracked: _Tracked) -> CallFeatures:
        match tracked.call.state:
            case CallState.ALERTING:
                answerable = tracked.call.direction is CallDirection.IN and self._can_answer()
                return CallFeatures.CAN_DROP | (CallFeatures.CAN_ANSWER if answerable else CallFeatures.CAN_NOTHING)
            case CallState.CONNECTED | CallState.HOLDED if self._is_away(tracked.uuid):
                return CallFeatures.CAN_DROP
            case CallState.CONNECTED:
                mute = CallFeatures.CAN_MUTE if self._can_mute(tracked.uuid) else CallFeatures.CAN_NOTHING
                return TALKING | mute | (PASSING_ON if tracked.is_reached else CallFeatures.CAN_NOTHING)
            case CallState.HOLDED:
                return HELD
            case _:
                return CallFeatures.CAN_NOTHING

    def _tell_line(self) -> None:
        self._follow()
        features = self.line_features
        if features != self._told_features:
            self._told_features = features
            self._out.append(LineStateChanged(features, self._main.call.id if self._main else None))

    # ---- questions

    @property
    def _tracked(self) -> tuple[_Tracked, ...]:
        return tuple(one for one in (self._main, self._consult) if one is not None)

    def _find(self, uuid: str) -> _Tracked | None:
        return next((one for one in self._tracked if one.uuid == uuid), None)


def _name(name: str, number: str) -> str:
    return "" if name in (number, _NAMELESS) else name
