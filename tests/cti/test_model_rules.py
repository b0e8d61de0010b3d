"""The rules of cti-model.md, "5.1 Rules", by their numbers."""

from __future__ import annotations

import logging

import pytest

from ctidesk.cti.agent import DISCONNECTED, AgentState
from ctidesk.cti.errors import CtiException, ErrorKind
from ctidesk.cti.events import (
    ActiveCallSnapshot,
    AgentStateChanged,
    CallBusy,
    CallCentreStateChanged,
    CallFinished,
    CallInfoChanged,
    CallSaved,
    CallStarted,
    CommutationStarted,
    CtiEvent,
    CurrentCallChanged,
    ErrorOccurred,
    Hold,
    Initialized,
    LineStateChanged,
    Unhold,
)
from ctidesk.cti.model import CtiModel
from ctidesk.cti.presence import Presence
from ctidesk.cti.values import AgentFeatures, CallFeatures, CallState
from tests.cti.fake_clock import START, FakeClock
from tests.cti.fake_provider import FakeProvider, failure
from tests.cti.watcher import Watcher, current, incoming, outgoing
from tests.waiting import settle

DROP = CallFeatures.CAN_DROP
TALK = CallFeatures.CAN_DROP | CallFeatures.CAN_HOLD


class TestRule1MainCallAndConsultation:
    async def test_the_first_call_is_the_main_one(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming()
        provider.tell(CallStarted(call))
        assert model.current_call is call
        assert model.last_call is call
        assert model.current_call_number == "79161234567"
        assert not model.is_consulting
        assert model.consult_call is None
        assert call.parent is None

    async def test_a_call_beside_it_is_its_consultation(self, model: CtiModel, provider: FakeProvider) -> None:
        main, consult = incoming(), outgoing()
        provider.tell(CallStarted(main), CallStarted(consult))
        assert model.current_call is main
        assert model.consult_call is consult
        assert model.consult_call_number == "102"
        assert model.is_consulting
        assert consult.parent is main
        assert model.last_call is consult
        assert list(model.calls) == ["c1", "c2"]

    async def test_a_third_call_leaves_the_consultation_what_it_is(
        self, model: CtiModel, provider: FakeProvider
    ) -> None:
        main, consult, third = incoming(), outgoing(), incoming("c3", "103")
        provider.tell(CallStarted(main), CallStarted(consult), CallStarted(third))
        assert model.consult_call is consult
        assert third.parent is main
        provider.tell(CallFinished(consult))
        assert model.consult_call is third
        assert model.is_consulting

    async def test_a_call_starts_once(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        call = incoming()
        again = incoming()
        provider.tell(CallStarted(call), CallStarted(call), CallStarted(again))
        assert watcher.names == ["callStarted"]
        assert list(model.calls.values()) == [call]

    async def test_a_call_without_state_rings(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming(state=CallState.NONE)
        provider.tell(CallStarted(call))
        assert current(call.state) is CallState.ALERTING


class TestRule2EndOfCalls:
    async def test_the_last_one_leaves_an_idle_line(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        call = incoming()
        provider.tell(CallStarted(call), CallFinished(call))
        assert model.current_call is None
        assert model.current_call_number == ""
        assert model.last_call is call
        assert model.calls == {}
        assert current(call.state) is CallState.NONE
        assert call.previous_state is CallState.ALERTING
        assert current(model.line_features) == CallFeatures.CAN_DIAL
        assert watcher.names == ["callStarted", "callFinished"]

    async def test_the_idle_features_are_those_the_provider_said(self, model: CtiModel, provider: FakeProvider) -> None:
        idle = CallFeatures.CAN_RECALL
        call = incoming()
        provider.tell(LineStateChanged(idle), CallStarted(call), CallFinished(call))
        assert current(model.line_features) == idle
        provider.tell(LineStateChanged(CallFeatures.CAN_DIAL, call.id))  # of a call that is over, with none left
        assert current(model.line_features) == CallFeatures.CAN_DIAL

    async def test_the_main_call_is_left(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        main, consult = incoming(), outgoing()
        provider.tell(CallStarted(main), CallStarted(consult), CallFinished(consult))
        assert model.current_call is main
        assert model.last_call is main
        assert not model.is_consulting
        assert model.consult_call_number == ""
        assert consult.parent is main
        assert watcher.events[-2:] == [CallFinished(consult), CurrentCallChanged(main)]

    async def test_the_consultation_is_left(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        main, consult = incoming(), outgoing(features=TALK)
        provider.tell(CallStarted(main), CallStarted(consult), CallFinished(main))
        assert model.current_call is consult
        assert model.last_call is consult
        assert consult.parent is None
        assert not model.is_consulting
        assert current(model.line_features) == TALK
        assert watcher.events[-2:] == [CallFinished(main), CurrentCallChanged(consult)]

    async def test_the_consultation_follows_the_main_call_of_three(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        main, consult, third = incoming(), outgoing(), incoming("c3", "103")
        provider.tell(CallStarted(main), CallStarted(consult), CallStarted(third), CallFinished(main))
        assert model.current_call is consult
        assert model.consult_call is third
        assert third.parent is consult
        assert watcher.events[-1] == CurrentCallChanged(consult)

    async def test_a_call_ends_once(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        call = incoming()
        provider.tell(CallStarted(call), CallFinished(call), CallFinished(call), CallStarted(call))
        assert watcher.names == ["callStarted", "callFinished"]
        assert model.current_call is None

    async def test_a_late_end_does_not_end_a_new_call_with_the_same_id(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        old, new = incoming("same"), incoming("same")
        provider.tell(CallStarted(old), CallFinished(old), CallStarted(new), CallFinished(old), Hold(old))
        assert model.current_call is new
        assert new.state is CallState.ALERTING
        assert watcher.names == ["callStarted", "callFinished", "callStarted"]

    async def test_the_provider_may_say_that_another_call_is_the_main_one(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        main, consult = incoming(), outgoing(features=TALK)
        provider.tell(CallStarted(main), CallStarted(consult), CurrentCallChanged(consult))
        assert model.current_call is consult
        assert model.consult_call is main
        assert main.parent is consult
        assert consult.parent is None
        assert current(model.line_features) == TALK
        assert watcher.names == ["callStarted", "callStarted", "currentCallChanged"]

    async def test_what_the_end_has_told_is_not_told_again(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        main, consult = incoming(), outgoing()
        provider.tell(CallStarted(main), CallStarted(consult), CallFinished(main), CurrentCallChanged(consult))
        assert watcher.names.count("currentCallChanged") == 1
        provider.tell(CallFinished(consult), CurrentCallChanged(None))
        assert watcher.names[-1] == "callFinished"


class TestRule3FeaturesAndNumbers:
    async def test_the_main_calls_features_are_the_lines(self, model: CtiModel, provider: FakeProvider) -> None:
        main = incoming(features=CallFeatures.CAN_ANSWER)
        provider.tell(CallStarted(main))
        assert current(model.line_features) == CallFeatures.CAN_ANSWER
        provider.tell(LineStateChanged(TALK, main.id))
        assert main.features == TALK
        assert current(model.line_features) == TALK
        main.features = DROP
        provider.tell(CallInfoChanged(main))
        assert current(model.line_features) == DROP

    async def test_the_consultations_features_are_its_own(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        main, consult = incoming(), outgoing()
        provider.tell(CallStarted(main), CallStarted(consult), LineStateChanged(TALK, consult.id))
        assert consult.features == TALK
        assert current(model.line_features) == DROP
        assert watcher.names[-1] == "lineStateChanged"

    async def test_features_without_a_call_are_the_lines(self, model: CtiModel, provider: FakeProvider) -> None:
        main = incoming()
        provider.tell(CallStarted(main), LineStateChanged(CallFeatures.CAN_MUTE))
        assert current(model.line_features) == CallFeatures.CAN_MUTE
        assert main.features == DROP
        provider.tell(AgentStateChanged(AgentState("busy", Presence.TALKING)))
        assert current(model.line_features) == CallFeatures.CAN_MUTE

    async def test_numbers_follow_the_calls(self, model: CtiModel, provider: FakeProvider) -> None:
        main, consult = incoming(), outgoing()
        provider.tell(CallStarted(main), CallStarted(consult))
        main.caller_id, consult.called_id = "555", "666"
        provider.tell(CallInfoChanged(main), CallInfoChanged(consult))
        assert model.current_call_number == "555"
        assert model.consult_call_number == "666"


class TestRule4ChangedIds:
    async def test_the_call_is_found_by_its_record(
        self, model: CtiModel, provider: FakeProvider, clock: FakeClock
    ) -> None:
        call = incoming()
        provider.tell(CallStarted(call))
        clock.advance(3)
        call.id = "new"
        provider.tell(CallInfoChanged(call))
        assert list(model.calls) == ["new"]
        assert call.started == START
        provider.tell(CallFinished(call))
        assert model.calls == {}

    async def test_another_object_takes_its_place(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher, clock: FakeClock
    ) -> None:
        call = incoming()
        provider.tell(CallStarted(call))
        provider.tell(CommutationStarted(call))
        clock.advance(3)
        other = incoming("new", "555", record_id=call.record_id, state=CallState.CONNECTED)
        provider.tell(CallInfoChanged(other))
        clock.advance(2)
        assert model.current_call is other
        assert model.last_call is other
        assert list(model.calls) == ["new"]
        assert other.started == START
        assert other.talk_duration(clock.monotonic()) == 5
        provider.tell(CallFinished(other))
        assert watcher.events[-1] == CallFinished(other)
        assert other.talk_duration(clock.monotonic()) == 5

    async def test_a_new_object_with_the_id_gets_the_record(self, model: CtiModel, provider: FakeProvider) -> None:
        call = incoming()
        other = incoming(state=CallState.CONNECTED)
        provider.tell(CallStarted(call), CommutationStarted(other))
        assert other.record_id == call.record_id
        assert model.calls == {"c1": other}

    async def test_an_object_from_before_the_change_does_not_take_another_calls_id(
        self, model: CtiModel, provider: FakeProvider
    ) -> None:
        call, before = incoming("a"), incoming("a")
        before.record_id = call.record_id
        provider.tell(CallStarted(call))
        call.id = "b"
        other = outgoing("a")
        provider.tell(CallInfoChanged(call), CallStarted(other), CommutationStarted(before))
        assert model.calls == {"b": before, "a": other}


class TestRule5LostConnection:
    async def test_calls_stay_unconfirmed(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        call = incoming(features=TALK)
        provider.tell(
            CallStarted(call),
            AgentStateChanged(AgentState("busy", Presence.TALKING)),
            CallCentreStateChanged(True),
        )
        provider.lose_connection()
        assert not current(model.is_connected)
        assert current(model.line_features) == CallFeatures.CAN_NOTHING
        assert model.agent_features == AgentFeatures.NONE
        assert model.agent_state == DISCONNECTED
        assert model.is_call_centre_active is None
        assert model.current_call is call
        assert not call.confirmed
        assert call.is_active
        assert watcher.names[-1] == "disconnected"

    async def test_the_snapshot_confirms_them(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher, clock: FakeClock
    ) -> None:
        call = incoming(queue="Sales", comment="VIP")
        provider.tell(CallStarted(call))
        clock.advance(2)
        provider.tell(CommutationStarted(call))
        clock.advance(10)
        provider.lose_connection()
        again = incoming("other-id", state=CallState.HOLDED, features=CallFeatures.CAN_UNHOLD)
        provider.snapshot = (again,)
        clock.advance(8)
        await settle()
        assert watcher.names[-2:] == ["initialized", "activeCallSnapshot"]
        assert list(model.calls.values()) == [again]
        assert again.record_id == call.record_id
        assert again.confirmed
        assert again.started == START
        assert again.queue == "Sales"
        assert again.comment == "VIP"
        assert again.previous_state is CallState.CONNECTED
        assert again.talk_duration(clock.monotonic()) > 10
        assert current(model.line_features) == CallFeatures.CAN_UNHOLD
        assert model.current_call is again
        assert model.last_call is again

    async def test_the_snapshot_ends_those_that_are_gone_and_starts_new_ones(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        gone, new = incoming(), incoming("n", "999", state=CallState.CONNECTED)
        provider.tell(CallStarted(gone))
        provider.lose_connection()
        provider.tell(Initialized())
        names = watcher.during(lambda: provider.tell(ActiveCallSnapshot((new,), new)))
        assert names == ["callFinished", "callStarted", "currentCallChanged", "activeCallSnapshot"]
        assert gone.state is CallState.NONE
        assert gone.state_cause == "ended while disconnected"
        assert model.current_call is new
        assert model.last_call is new
        assert new.connected is not None

    async def test_the_snapshot_says_which_is_the_main_call(self, model: CtiModel, provider: FakeProvider) -> None:
        first, second = incoming(), outgoing()
        provider.tell(CallStarted(first), CallStarted(second))
        provider.lose_connection()
        provider.tell(Initialized(), ActiveCallSnapshot((first, second), second))
        assert model.current_call is second
        assert model.consult_call is first
        assert first.parent is second
        assert list(model.calls) == ["c1", "c2"]

    async def test_an_id_counts_more_than_a_number(self, model: CtiModel, provider: FakeProvider) -> None:
        first, second = incoming("a", "5"), incoming("b", "5")
        provider.tell(CallStarted(first), CallStarted(second))
        new_second = incoming("b", "5")
        provider.tell(ActiveCallSnapshot((new_second,)))
        assert new_second.record_id == second.record_id
        assert list(model.calls.values()) == [new_second]

    async def test_an_empty_snapshot_ends_all(self, model: CtiModel, provider: FakeProvider, watcher: Watcher) -> None:
        first, second = incoming(), outgoing()
        provider.tell(CallStarted(first), CallStarted(second), ActiveCallSnapshot(()))
        assert model.calls == {}
        assert watcher.names[-3:] == ["callFinished", "callFinished", "activeCallSnapshot"]
        assert first.state_cause == ""  # the connection was there all the time

    async def test_calls_that_are_no_longer_active_do_not_come_back(
        self, model: CtiModel, provider: FakeProvider
    ) -> None:
        ended = incoming(state=CallState.NONE)
        provider.tell(ActiveCallSnapshot((ended,), ended))
        assert model.current_call is None

    async def test_a_call_that_was_given_up_comes_back_as_a_new_one(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        call = incoming(state=CallState.CONNECTED)
        provider.tell(CallStarted(call))
        old_record = call.record_id
        provider.lose_connection(may_reconnect=False)
        assert call.state_cause == "connection lost"
        assert watcher.names[-2:] == ["disconnected", "callFinished"]
        assert model.current_call is None
        call.state = CallState.CONNECTED
        provider.tell(Initialized(), ActiveCallSnapshot((call,)))
        assert call.record_id != old_record
        assert call.ended is None
        assert call.state_cause == ""
        assert watcher.names[-2:] == ["callStarted", "activeCallSnapshot"]


class TestRule6Initialized:
    async def test_an_idle_line_can_dial(self, unconnected: CtiModel, provider: FakeProvider) -> None:
        assert current(unconnected.line_features) == CallFeatures.CAN_NOTHING
        unconnected.start()
        await settle()
        assert current(unconnected.is_connected)
        assert current(unconnected.line_features) == CallFeatures.CAN_DIAL
        assert unconnected.agent_features == provider.capabilities[1]
        assert provider.names == ["connect", "query_active_calls"]

    async def test_unless_the_provider_has_said_otherwise(self, unconnected: CtiModel, provider: FakeProvider) -> None:
        provider.tell(LineStateChanged(CallFeatures.CAN_RECALL))
        assert current(unconnected.line_features) == CallFeatures.CAN_NOTHING
        provider.tell(Initialized())
        assert current(unconnected.line_features) == CallFeatures.CAN_RECALL

    async def test_what_was_said_before_the_loss_does_not_count(self, model: CtiModel, provider: FakeProvider) -> None:
        provider.tell(LineStateChanged(CallFeatures.CAN_NOTHING))
        provider.lose_connection()
        provider.tell(Initialized())
        assert current(model.line_features) == CallFeatures.CAN_DIAL

    async def test_a_snapshot_that_is_refused_is_told(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        provider.refusals["query_active_calls"] = failure(ErrorKind.COMMAND)
        provider.tell(Initialized())
        await settle()
        assert [error.kind for error in watcher.errors] == [ErrorKind.COMMAND]

    async def test_a_defect_in_the_snapshot_is_told(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        provider.refusals["query_active_calls"] = KeyError("x")
        provider.tell(Initialized())
        await settle()
        assert [error.kind for error in watcher.errors] == [ErrorKind.GENERAL]


class TestRule7SubscribersThatRaise:
    async def test_the_others_hear_the_event_and_the_error(self, model: CtiModel, provider: FakeProvider) -> None:
        def fail(event: CtiEvent) -> None:
            raise ValueError("secret")

        model.events.subscribe(fail)
        watcher = Watcher(model)
        provider.tell(CallStarted(incoming()))
        assert watcher.names == ["callStarted", "error"]
        assert watcher.errors[0].kind is ErrorKind.EVENT_HANDLER
        assert "secret" not in repr(watcher.errors[0])
        assert model.current_call is not None
        assert watcher.changes == 1

    async def test_a_subscriber_of_changes_that_raises_is_told_once(
        self, model: CtiModel, provider: FakeProvider
    ) -> None:
        def fail() -> None:
            raise ValueError

        model.changed.subscribe(fail)
        watcher = Watcher(model)
        provider.tell(CallStarted(incoming()))
        assert watcher.names == ["callStarted", "error"]

    async def test_the_journal_may_tell_its_errors(self, model: CtiModel, watcher: Watcher) -> None:
        call = incoming()
        error = failure(ErrorKind.CALL_SAVING).error
        model.tell(CallSaved(call))
        model.tell(ErrorOccurred(error))
        assert watcher.events == [CallSaved(call), ErrorOccurred(error)]
        assert watcher.changes == 0


class TestRule8CommandsWithoutCall:
    @pytest.mark.parametrize(
        "command",
        ["answer", "hold_or_unhold", "drop", "complete_transfer", "cancel_transfer", "swap", "mute"],
    )
    async def test_nothing_is_sent(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher, command: str
    ) -> None:
        with pytest.raises(CtiException) as caught:
            await getattr(model, command)()
        assert caught.value.error.kind is ErrorKind.COMMAND
        assert caught.value.error.text
        assert watcher.errors == [caught.value.error]
        assert provider.commands == []

    @pytest.mark.parametrize(
        ("command", "argument"),
        [("consult", "102"), ("blind_transfer", "102"), ("send_dtmf", "5"), ("set_video_state", True)],
    )
    async def test_nothing_is_sent_with_an_argument_either(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher, command: str, argument: object
    ) -> None:
        with pytest.raises(CtiException):
            await getattr(model, command)(argument)
        assert len(watcher.errors) == 1
        assert provider.commands == []

    @pytest.mark.parametrize("command", ["complete_transfer", "cancel_transfer", "swap"])
    async def test_a_consultation_is_needed(self, model: CtiModel, provider: FakeProvider, command: str) -> None:
        provider.tell(CallStarted(incoming()))
        with pytest.raises(CtiException, match="no consultation"):
            await getattr(model, command)()
        assert provider.commands == []

    @pytest.mark.parametrize("command", ["answer", "hold_or_unhold", "drop"])
    async def test_a_call_that_has_ended_is_none(self, model: CtiModel, provider: FakeProvider, command: str) -> None:
        ended, other = incoming(), outgoing()
        provider.tell(CallStarted(ended), CallFinished(ended), CallStarted(other))
        with pytest.raises(CtiException, match="There is no call"):
            await getattr(model, command)(ended)
        assert provider.commands == []


class TestRule9UnknownCalls:
    @pytest.mark.parametrize(
        "event_type",
        [CallFinished, CommutationStarted, Hold, Unhold, CallBusy, CurrentCallChanged, CallInfoChanged],
    )
    async def test_the_event_is_logged_and_goes_no_further(
        self,
        model: CtiModel,
        provider: FakeProvider,
        watcher: Watcher,
        caplog: pytest.LogCaptureFixture,
        event_type: type[CallFinished],
    ) -> None:
        known = incoming()
        provider.tell(CallStarted(known))
        caplog.set_level(logging.DEBUG, "ctidesk.cti")
        assert watcher.during(lambda: provider.tell(event_type(outgoing("strange")))) == []
        assert "unknown call" in caplog.text
        assert model.current_call is known
        assert watcher.changes == 1

    async def test_features_of_an_unknown_call_do_not_count_during_a_call(
        self, model: CtiModel, provider: FakeProvider, watcher: Watcher
    ) -> None:
        provider.tell(CallStarted(incoming()), LineStateChanged(TALK, "strange"))
        assert current(model.line_features) == DROP
        assert watcher.names == ["callStarted"]
