"""The state of one telephone line: takes the provider's events in and says what is to be told.

A plain object without clock and without I/O (cti-model.md, "5. Model: state" and "5.1 Rules").
"""

from __future__ import annotations

import logging
from datetime import datetime

from ctidesk.cti.active_calls import TALKING, ActiveCalls
from ctidesk.cti.agent import DISCONNECTED, AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallBusy,
    CallCentreStateChanged,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    CurrentCallChanged,
    Disconnected,
    Hold,
    Initialized,
    LineStateChanged,
    Unhold,
)
from ctidesk.cti.values import CallFeatures, CallState

logger = logging.getLogger(__name__)


class Line:
    """What is known of the line.

    Attributes:
        calls: the active calls.
        last_call: the call that started last, or the one that is left; stays when it has ended.
        agent_state: the operator's state; agent_state_since: since when, on the monotonic clock, None before the first.
        is_call_centre_active: None while the PBX has not said.
        is_connected: whether the line is usable.
    """

    def __init__(self) -> None:
        self.calls = ActiveCalls()
        self.last_call: Call | None = None
        self.agent_state: AgentState = DISCONNECTED
        self.agent_state_since: float | None = None
        self.is_call_centre_active: bool | None = None
        self.is_connected = False
        self._features: CallFeatures | None = None
        self._idle_features: CallFeatures | None = None
        self._followed: tuple[Call, CallFeatures] | None = None

    @property
    def features(self) -> CallFeatures:
        """What may be done now; nothing while there is no connection."""
        if not self.is_connected:
            return CallFeatures.CAN_NOTHING
        return CallFeatures.CAN_DIAL if self._features is None else self._features

    def apply(self, event: CtiEvent, at: float, now: datetime) -> list[CtiEvent]:
        """Take `event` in.

        Args:
            event: what the provider told.
            at: when, on the monotonic clock; now: the same moment in UTC.

        Returns:
            The events to tell, in order; empty when `event` is about a call that is not there.
        """
        told = self._apply(event, at, now)
        self.calls.keep_times(at, now)
        self._follow_main_call()
        return told

    def finish_all(self, cause: str, at: float, now: datetime) -> list[CtiEvent]:
        """End all calls, the consultation first."""
        told: list[CtiEvent] = []
        for call in reversed(tuple(self.calls)):
            self.calls.finish(call, at, now, cause)
            told.append(CallFinished(call))
        self._follow_main_call()
        return told

    def _apply(self, event: CtiEvent, at: float, now: datetime) -> list[CtiEvent]:
        match event:
            case Initialized():
                self.is_connected = True
            case Disconnected():
                self._disconnect(at)
            case CallStarted(call):
                return self._start(event, call, at, now)
            case CallFinished(call):
                return self._finish(event, call, at, now)
            case CurrentCallChanged():
                return self._change_main_call(event)
            case ActiveCallSnapshot():
                return self._replace(event, at, now)
            case LineStateChanged():
                return self._change_features(event)
            case CommutationStarted(call) | Hold(call) | Unhold(call) | CallBusy(call) | CallInfoChanged(call):
                return self._change_call(event, call)
            case AgentStateChanged(state):
                if state != self.agent_state or self.agent_state_since is None:
                    self.agent_state_since = at
                self.agent_state = state
            case CallCentreStateChanged(active):
                self.is_call_centre_active = active
            case _:
                pass  # concerns others: told as it came
        return [event]

    def _disconnect(self, at: float) -> None:
        self.is_connected = False
        self.calls.doubt()
        self._idle_features = None
        if self.calls.main is None:
            self._features = None
        if self.agent_state != DISCONNECTED:
            self.agent_state = DISCONNECTED
            self.agent_state_since = at
        self.is_call_centre_active = None

    def _start(self, event: CtiEvent, call: Call, at: float, now: datetime) -> list[CtiEvent]:
        if self.calls.find(call) is not None or self.calls.has_finished(call):
            logger.debug("%r was started before", call)
            return []
        if call.state is CallState.NONE:
            call.state = CallState.ALERTING
        self.calls.start(call, at, now)
        self.last_call = call
        return [event]

    def _finish(self, event: CtiEvent, call: Call, at: float, now: datetime) -> list[CtiEvent]:
        if not self._is_known(event, call):
            return []
        main = self.calls.main
        self.calls.finish(call, at, now)
        left = self.calls.main
        if left is None or (left is main and len(self.calls) > 1):
            return [event]
        if len(self.calls) == 1:
            self.last_call = left
        return [event, CurrentCallChanged(left)]

    def _change_main_call(self, event: CurrentCallChanged) -> list[CtiEvent]:
        # What follows from the end of a call was told with that end.
        call = event.call
        if call is None or not self._is_known(event, call) or call is self.calls.main:
            return []
        self.calls.make_main(call)
        return [event]

    def _replace(self, event: ActiveCallSnapshot, at: float, now: datetime) -> list[CtiEvent]:
        main_before, last_before = self.calls.main, self.last_call
        finished, started = self.calls.replace(event.calls, event.main_call, at, now)
        main = self.calls.main
        if started:
            self.last_call = started[-1]
        elif main is not None:
            same = (call for call in self.calls if last_before is not None and call.record_id == last_before.record_id)
            self.last_call = next(same, main)
        told: list[CtiEvent] = [*map(CallFinished, finished), *map(CallStarted, started)]
        if main_before is not None and main is not None and main.record_id != main_before.record_id:
            told.append(CurrentCallChanged(main))
        return [*told, event]

    def _change_features(self, event: LineStateChanged) -> list[CtiEvent]:
        main = self.calls.main
        call = None if event.call_id is None else self.calls.with_id(event.call_id)
        if call is not None:
            call.features = event.features
            if call is not main:
                return [event]
        elif event.call_id is not None and main is not None:
            logger.debug("the features are those of an unknown call")
            return []
        self._follow_main_call()
        self._features = event.features
        if main is None:
            self._idle_features = event.features
        return [event]

    def _change_call(self, event: CtiEvent, call: Call) -> list[CtiEvent]:
        if not self._is_known(event, call):
            return []
        # The provider sets the state before it tells; this only holds for one that does not.
        match event:
            case CommutationStarted() if call.state not in TALKING:
                call.state = CallState.CONNECTED
            case Hold():
                call.state = CallState.HOLDED
            case Unhold() if call.state in (CallState.HOLDED, CallState.NONE):
                call.state = CallState.CONNECTED
            case CallBusy():
                call.state = CallState.BUSY
        return [event]

    def _is_known(self, event: CtiEvent, call: Call) -> bool:
        known = self.calls.find(call)
        if known is None:
            logger.debug("%s is about an unknown call", event.name)
            return False
        self.calls.adopt(known, call)
        if self.last_call is known:
            self.last_call = call
        return True

    def _follow_main_call(self) -> None:
        """Let the line's features follow those of the main call, or the idle ones when the last call has gone."""
        main = self.calls.main
        following = None if main is None else (main, main.features)
        if following != self._followed:
            self._followed = following
            self._features = self._idle_features if following is None else following[1]
