"""Any sequence of events leaves a consistent model and a story that can be written down."""

from __future__ import annotations

import asyncio
import random
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallBusy,
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
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures, CallDirection, CallFeatures, CallState
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider, failure
from tests.waiting import settle

IDS = st.sampled_from(["a", "b", "c", "d"])
NUMBERS = st.sampled_from(["", "101", "102", "+79161234567"])
FEATURES = st.sampled_from([CallFeatures.CAN_NOTHING, CallFeatures.CAN_DROP, CallFeatures.CAN_HOLD])
CALLS = st.builds(
    Call,
    IDS,
    st.sampled_from(CallDirection),
    state=st.sampled_from(CallState),
    caller_id=NUMBERS,
    called_id=NUMBERS,
    features=FEATURES,
)
ABOUT_CALLS = st.sampled_from(
    [CallFinished, CommutationStarted, Hold, Unhold, CallBusy, CallInfoChanged, CurrentCallChanged, CallStarted]
)


class Story(RuleBasedStateMachine):
    """Tells a model whatever comes to mind."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.provider = FakeProvider()
        self.model = CtiModel(self.provider, self.clock, jitter=random.Random(1))
        self.alive: dict[UUID, Call] = {}
        self.over: set[UUID] = set()
        self.told: list[CtiEvent] = []
        self.calls_seen: list[Call] = []
        self.model.events.subscribe(self._write_down)

    def _write_down(self, event: CtiEvent) -> None:
        self.told.append(event)
        match event:
            case CallStarted(call):
                assert call.record_id not in self.alive
                assert call.record_id not in self.over
                self.alive[call.record_id] = call
            case CallFinished(call):
                del self.alive[call.record_id]
                self.over.add(call.record_id)
            case CommutationStarted(call) | Hold(call) | Unhold(call) | CallBusy(call) | CallInfoChanged(call):
                assert call.record_id in self.alive

    def _tell(self, event: CtiEvent) -> None:
        async def tell() -> None:
            self.provider.tell(event)
            await settle()

        self.loop.run_until_complete(tell())

    @initialize()
    def start(self) -> None:
        async def start() -> None:
            self.model.start()
            await settle()

        self.loop.run_until_complete(start())

    @rule(call=CALLS)
    def call_starts(self, call: Call) -> None:
        self.calls_seen.append(call)
        self._tell(CallStarted(call))

    @rule(event_type=ABOUT_CALLS, call=CALLS)
    def about_some_call(self, event_type: type[CallFinished], call: Call) -> None:
        self._tell(event_type(call))

    @rule(event_type=ABOUT_CALLS, data=st.data())
    def about_a_call_that_was_there(self, event_type: type[CallFinished], data: st.DataObject) -> None:
        if self.calls_seen:
            self._tell(event_type(data.draw(st.sampled_from(self.calls_seen))))

    @rule(new_id=st.integers(0, 1000), data=st.data())
    def id_changes(self, new_id: int, data: st.DataObject) -> None:
        if self.model.calls:
            call = data.draw(st.sampled_from(list(self.model.calls.values())))
            call.id = f"new-{new_id}-{call.record_id}"
            self._tell(CallInfoChanged(call))

    @rule(calls=st.lists(CALLS, max_size=3), has_main=st.booleans(), keeps=st.booleans())
    def snapshot(self, calls: list[Call], has_main: bool, keeps: bool) -> None:
        if keeps:
            calls = [*self.model.calls.values(), *calls]
        self._tell(ActiveCallSnapshot(tuple(calls), calls[0] if calls and has_main else None))

    @rule(features=FEATURES, call_id=st.none() | IDS)
    def features_change(self, features: CallFeatures, call_id: str | None) -> None:
        self._tell(LineStateChanged(features, call_id))

    @rule(code=st.sampled_from(["ready", "dnd"]))
    def agent_state_changes(self, code: str) -> None:
        self._tell(AgentStateChanged(AgentState(code, Presence.READY)))

    @rule(may_reconnect=st.booleans())
    def connection_is_lost(self, may_reconnect: bool) -> None:
        self.provider.attempts.append(failure())
        self._tell(Disconnected(may_reconnect=may_reconnect))

    @rule()
    def connection_is_there(self) -> None:
        self._tell(Initialized())

    @rule(seconds=st.floats(0, 100))
    def time_passes(self, seconds: float) -> None:
        async def pass_time() -> None:
            self.clock.advance(seconds)
            await settle()

        self.loop.run_until_complete(pass_time())

    @rule()
    def operator_reconnects(self) -> None:
        async def reconnect() -> None:
            self.model.reconnect()
            await settle()

        self.loop.run_until_complete(reconnect())

    @invariant()
    def nothing_failed(self) -> None:
        assert [event for event in self.told if event.name == "error" and "defect" in repr(event)] == []
        assert "EVENT_HANDLER" not in repr(self.told)

    @invariant()
    def roles_are_consistent(self) -> None:
        model = self.model
        calls = list(model.calls.values())
        assert (model.current_call is None) == (not calls)
        assert model.is_consulting == (model.consult_call is not None) == (len(calls) > 1)
        assert model.current_call is None or model.current_call in calls
        assert model.consult_call is None or model.consult_call in calls
        assert model.consult_call is None or model.consult_call is not model.current_call
        for call in calls:
            assert call.parent is (None if call is model.current_call else model.current_call)
        assert model.current_call_number == (model.current_call.abonent_number if model.current_call else "")

    @invariant()
    def the_story_and_the_model_agree(self) -> None:
        assert {call.record_id for call in self.model.calls.values()} == set(self.alive)

    @invariant()
    def nothing_can_be_done_without_a_connection(self) -> None:
        if not self.model.is_connected:
            assert self.model.line_features == CallFeatures.CAN_NOTHING
            assert self.model.agent_features == AgentFeatures.NONE
            assert not any(call.confirmed for call in self.model.calls.values()) or self._started_offline()

    def _started_offline(self) -> bool:
        """Whether a call was told after the loss: such a one the PBX has confirmed by that."""
        names = [event.name for event in self.told]
        since = len(names) - names[::-1].index("disconnected") if "disconnected" in names else 0
        return bool({"callStarted", "activeCallSnapshot"} & set(names[since:]))

    @invariant()
    def times_are_consistent(self) -> None:
        at = self.clock.monotonic()
        for call in self.model.calls.values():
            assert call.started is not None
            assert call.ended is None
            whole = call.ring_duration(at)
            assert call.talk_duration(at) + call.hold_duration(at) <= whole + 1e-6
            assert (call.held_since is not None) == (call.state is CallState.HOLDED)
            assert (call.talking_since is not None) == (call.state in (CallState.CONNECTED, CallState.CONFERENCED))

    def teardown(self) -> None:
        try:
            self.loop.run_until_complete(self.model.close())
            assert self.alive == {}
            assert self.clock.timers == []
        finally:
            self.loop.close()


Story.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow], deadline=None
)
TestStory = Story.TestCase
