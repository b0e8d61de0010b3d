"""The times of calls and states, and the order of what is told."""

from __future__ import annotations

from ctidesk.cti.agent import AgentState
from ctidesk.cti.call import Call
from ctidesk.cti.events import (
    AgentStateChanged,
    CallBusy,
    CallFinished,
    CallInfoChanged,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    Disconnected,
    Hold,
    Initialized,
    LineStateChanged,
    RawMessage,
    Unhold,
)
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import CallDirection, CallFeatures, CallState
from tests.cti.fake_clock import START, FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import Watcher, current, incoming, outgoing

TALK = CallFeatures.CAN_DROP | CallFeatures.CAN_HOLD


class TestTimes:
    async def test_a_call_with_a_hold(self, model: CtiModel, provider: FakeProvider, clock: FakeClock) -> None:
        call = incoming()
        provider.tell(CallStarted(call))
        clock.advance(4)
        assert call.ring_duration(clock.monotonic()) == 4
        call.state = CallState.CONNECTED
        provider.tell(CommutationStarted(call))
        connected = clock.now()
        clock.advance(10)
        provider.tell(Hold(call))
        assert current(call.state) is CallState.HOLDED
        clock.advance(7)
        assert call.current_hold(clock.monotonic()) == 7
        provider.tell(Unhold(call))
        assert current(call.state) is CallState.CONNECTED
        assert call.previous_state is CallState.HOLDED
        clock.advance(5)
        provider.tell(Hold(call))
        clock.advance(1)
        provider.tell(CallFinished(call))
        clock.advance(100)
        at = clock.monotonic()
        assert (call.started, call.connected) == (START, connected)
        assert call.ended is not None
        assert (call.ended - START).total_seconds() == 27
        assert call.talk_duration(at) == 15
        assert call.hold_duration(at) == 8
        assert call.current_hold(at) == 0

    async def test_a_busy_call_is_no_talk(self, model: CtiModel, provider: FakeProvider, clock: FakeClock) -> None:
        call = outgoing()
        provider.tell(CallStarted(call), CallBusy(call))
        clock.advance(5)
        provider.tell(CallFinished(call))
        assert call.previous_state is CallState.BUSY
        assert call.connected is None
        assert call.talk_duration(clock.monotonic()) == 0

    async def test_a_conference_is_talk(self, model: CtiModel, provider: FakeProvider, clock: FakeClock) -> None:
        call = outgoing(state=CallState.CONNECTED)
        provider.tell(CallStarted(call))
        clock.advance(5)
        call.state = CallState.CONFERENCED
        provider.tell(CallInfoChanged(call))
        clock.advance(5)
        assert call.talk_duration(clock.monotonic()) == 10

    async def test_the_time_in_an_agent_state(
        self, unconnected: CtiModel, provider: FakeProvider, clock: FakeClock
    ) -> None:
        assert current(unconnected.agent_state_since) is None
        ready = AgentState("ready", Presence.READY)
        provider.tell(AgentStateChanged(ready))
        first = clock.monotonic()
        clock.advance(5)
        provider.tell(AgentStateChanged(AgentState("ready", Presence.READY)))
        assert unconnected.agent_state_since == first
        clock.advance(5)
        provider.tell(AgentStateChanged(AgentState("dnd", Presence.DND)))
        assert unconnected.agent_state_since == first + 10


class TestOrder:
    async def test_what_a_subscriber_causes_comes_afterwards(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming()

        def answer(event: CtiEvent) -> None:
            if isinstance(event, CallStarted):
                provider.tell(CommutationStarted(call), LineStateChanged(TALK, call.id))

        model.events.subscribe(answer)
        watcher = Watcher(model)
        provider.tell(CallStarted(call))
        assert watcher.names == ["callStarted", "commutationStarted", "lineStateChanged"]
        assert watcher.changes == 3

    async def test_times_are_those_of_the_events(
        self, model: CtiModel, provider: FakeProvider, clock: FakeClock
    ) -> None:
        call = incoming()

        def dawdle(event: CtiEvent) -> None:
            if isinstance(event, CallStarted):
                provider.tell(CommutationStarted(call))
                clock.advance(30)

        model.events.subscribe(dawdle)
        provider.tell(CallStarted(call))
        assert call.connected == START
        assert call.talk_duration(clock.monotonic()) == 30

    async def test_a_change_is_told_once_for_each_event(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        provider.tell(CallStarted(incoming()))
        provider.tell(RawMessage("{}"))
        assert watcher.changes == 1
        provider.tell(Disconnected())
        assert watcher.changes == 2
        provider.tell(Initialized())
        assert watcher.changes == 3

    async def test_the_direction_decides_who_the_other_party_is(self, model: CtiModel, provider: FakeProvider) -> None:
        provider.tell(CallStarted(Call("x", CallDirection.UNKNOWN, caller_id="1", called_id="2")))
        assert model.current_call_number == "2"
