"""Channels in any order (webitel-protocol.md, "6. From channels to calls")."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.webitel.channels import LOST, Channels
from ctidesk.webitel.fields import Fields
from ctidesk.webitel.switch_call import State
from tests.webitel.scripted_pbx import ACCOUNT, CONSULTATION, INCOMING, Frame, channel_event

ACTIVE = {"Channel-Call-State": "ACTIVE"}


class Switch:
    """Feeds channel events and shows what was told."""

    def __init__(self) -> None:
        self.channels = Channels()
        self.channels.log_in(ACCOUNT)
        self.told: list[tuple[str, Any]] = []

    def __call__(self, name: str, base: Frame = INCOMING, /, **changes: Any) -> list[str]:
        events = self.channels.take(name, Fields(channel_event(name, base, **changes)))
        self.told += [(event.name, event.args[0]) for event in events]
        return [event.name for event in events]

    @property
    def last(self) -> Any:
        """The argument of the event that was told last."""
        return self.told[-1][1]

    def state(self, call: str = "k1") -> State:
        return self.channels.calls[call].state


@pytest.fixture
def switch() -> Switch:
    return Switch()


def second(**changes: Any) -> Frame:
    """Return another device's leg of the same call."""
    return INCOMING | {"Unique-ID": "b2"} | changes


def test_a_new_call(switch: Switch) -> None:
    assert switch("CHANNEL_CREATE") == ["onNewCall"]
    assert (switch.last["uuid"], switch.last["state"]) == ("k1", 1)


def test_the_call_id_without_an_account_id(switch: Switch) -> None:
    switch("CHANNEL_CREATE", variable_w_account_origination_uuid=None)
    assert switch.last["uuid"] == "a1"


def test_a_second_device_joins_the_call(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    assert switch("CHANNEL_CREATE", second()) == []
    assert [channel.id for channel in switch.channels.calls["k1"].channels] == ["b1", "b2"]


def test_a_repeated_create_is_merged(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    assert switch("CHANNEL_CREATE", **{"Caller-Caller-ID-Name": "Petro"}) == []
    switch("DTMF")
    assert switch.last["call"]["callerName"] == "Petro"


def test_merging_keeps_what_an_event_does_not_have(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_CALLSTATE", **{"Caller-Caller-ID-Number": None, "Caller-Caller-ID-Name": ""})
    switch("CHANNEL_BRIDGE")
    assert (switch.last["callerNumber"], switch.last["callerName"]) == ("0671234567", "Ivan")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"Caller-Caller-ID-Number": "5"}, ["onBridgeCall"]),
        ({"Caller-Callee-ID-Number": "5"}, ["onBridgeCall"]),
        ({"Caller-Caller-ID-Number": None, "Caller-Callee-ID-Number": None}, []),  # D18
        ({"Caller-Caller-ID-Number": "%30671234567"}, []),
        ({"Caller-Caller-ID-Name": "Somebody"}, []),
    ],
)
def test_a_channel_state_tells_changed_numbers(switch: Switch, changes: Frame, told: list[str]) -> None:
    switch("CHANNEL_CREATE")
    assert switch("CHANNEL_STATE", **changes) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ["onAcceptCall", "onBridgeCall"]),
        ({"Other-Leg-Unique-ID": None}, ["onAcceptCall"]),
        ({"Other-Leg-Unique-ID": None, "variable_cc_queue": "sales"}, ["onAcceptCall", "onBridgeCall"]),
        ({"Caller-Logical-Direction": "inbound"}, ["onAcceptCall"]),
    ],
)
def test_an_answer(switch: Switch, changes: Frame, told: list[str]) -> None:
    switch("CHANNEL_CREATE", **{"Other-Leg-Unique-ID": None})
    assert switch("CHANNEL_ANSWER", **changes) == told
    assert switch.state() is State.ANSWERED


def test_a_second_answer_changes_nothing(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_CREATE", second())
    switch("CHANNEL_ANSWER")
    switch("CHANNEL_HOLD")
    assert switch("CHANNEL_ANSWER", second()) == []
    assert switch("CHANNEL_ANSWER") == []
    assert switch.state() is State.HOLD


def test_the_answered_device_describes_the_call(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_CREATE", second())
    switch("CHANNEL_ANSWER", second())
    assert switch.last["call-channel-uuid"] == "b2"
    assert switch("CHANNEL_HANGUP", variable_hangup_cause="LOSE_RACE") == []
    assert switch("CHANNEL_HANGUP", second()) == ["onUuidCall", "onHangupCall"]


@pytest.mark.parametrize(
    ("created", "answer", "record"),
    [
        ({}, {"Other-Leg-Unique-ID": "o"}, "a1"),
        ({"variable_originating_leg_uuid": None}, {"Other-Leg-Unique-ID": "o"}, "o"),
        (
            {"variable_originating_leg_uuid": None},
            {"Other-Leg-Unique-ID": None, "variable_cc_member_session_uuid": "m"},
            "m",
        ),
        ({"variable_originating_leg_uuid": None}, {"Other-Leg-Unique-ID": None, "Channel-Call-UUID": "x"}, "x"),
        ({"Caller-Logical-Direction": "inbound"}, {"Caller-Logical-Direction": "inbound"}, "b1"),
    ],
)
def test_the_record_id(switch: Switch, created: Frame, answer: Frame, record: str) -> None:
    switch("CHANNEL_CREATE", **created)
    switch("CHANNEL_ANSWER", INCOMING | created, **answer)
    accepted = next(value for name, value in switch.told if name == "onAcceptCall")
    assert accepted["dbUuid"] == record


@pytest.mark.parametrize(
    ("changes", "new_id"),
    [
        ({}, "a1"),
        ({"variable_hangup_cause": "LOSE_RACE"}, None),
        ({"variable_originating_leg_uuid": None, "Other-Leg-Unique-ID": None}, None),  # D15
        ({"variable_originating_leg_uuid": None, "Other-Leg-Unique-ID": "o"}, "o"),
        ({"variable_originating_leg_uuid": "k1"}, None),
        (
            {
                "variable_originating_leg_uuid": None,
                "Other-Leg-Unique-ID": None,
                "variable_cc_member_session_uuid": "m",
            },
            "m",
        ),
        ({"Caller-Logical-Direction": "inbound"}, "b1"),
    ],
)
def test_the_id_after_the_end(switch: Switch, changes: Frame, new_id: str | None) -> None:
    leg = INCOMING | changes
    switch("CHANNEL_CREATE", leg)
    told = switch("CHANNEL_HANGUP", leg)
    assert told == (["onUuidCall"] if new_id else []) + ["onHangupCall"]
    assert switch.last["state"] == 5
    if new_id:
        assert switch.told[-2][1]["newId"] == new_id


@pytest.mark.parametrize("ends", [("CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE"), ("CHANNEL_DESTROY",)])
def test_the_first_end_counts(switch: Switch, ends: tuple[str, ...]) -> None:
    switch("CHANNEL_CREATE")
    assert switch(ends[0])[-1] == "onHangupCall"
    for late in (*ends, "CHANNEL_DESTROY", "CHANNEL_UNBRIDGE", "CHANNEL_ANSWER", "RECORD_STOP"):
        assert switch(late) == []
    assert not switch.channels.calls


def test_a_channel_destroyed_with_a_living_call_ends_it_for_the_application_alone(switch: Switch) -> None:
    """D17: the maker's library, whose events `watch` prints, tells nothing."""
    switch("CHANNEL_CREATE")
    told = switch.channels.take("CHANNEL_DESTROY", Fields(channel_event("CHANNEL_DESTROY", INCOMING)))
    assert told[-1].name == "onHangupCall"
    assert not any(one.is_documented for one in told)
    assert not switch.channels.calls


def test_hold_tells_the_fields_before_it(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_ANSWER")
    assert switch("CHANNEL_HOLD", **{"Caller-Caller-ID-Name": "Music"}) == ["onHoldCall"]
    assert (switch.last["state"], switch.last["callerName"]) == (3, "Ivan")
    assert switch.channels.calls["k1"].actual.text("Channel-Call-State") == "HOLD"
    assert switch("CHANNEL_UNHOLD", **{"Channel-Call-State": "UNHELD"}) == ["onUnholdCall"]
    assert switch.last["callerName"] == "Music"
    assert switch.channels.calls["k1"].actual.text("Channel-Call-State") == "ACTIVE"


def test_a_state_that_is_entered_again_tells_nothing(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_ANSWER")
    assert [switch("CHANNEL_HOLD"), switch("CHANNEL_HOLD")] == [["onHoldCall"], []]
    assert [switch("CHANNEL_UNHOLD"), switch("CHANNEL_UNHOLD")] == [["onUnholdCall"], []]


def test_tones_and_recordings_merge_nothing(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    changed = {"Caller-Caller-ID-Name": "Other"}
    assert switch("DTMF", **changed, **{"DTMF-Digit": "%23"}) == ["onDtmfCall"]
    assert (switch.last["digits"], switch.last["call"]["callerName"]) == ("#", "Ivan")
    assert switch("RECORD_START", **changed) == ["onStartRecordCall"]
    assert switch("RECORD_STOP", **changed) == ["onStopRecordCall"]
    assert switch.last["callerName"] == "Ivan"


def test_a_renamed_channel(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    assert switch("CHANNEL_UUID", **{"Unique-ID": "n1", "Old-Unique-ID": "b1"}) == []
    assert switch("CHANNEL_BRIDGE") == []
    assert switch("CHANNEL_BRIDGE", **{"Unique-ID": "n1"}) == ["onBridgeCall"]
    assert switch.last["call-channel-uuid"] == "n1"
    assert switch("CHANNEL_HANGUP", **{"Unique-ID": "n1"})[-1] == "onHangupCall"


@pytest.mark.parametrize("changes", [{"Unique-ID": "n1"}, {"Unique-ID": "n1", "Old-Unique-ID": "x"}, {}])
def test_a_renaming_that_cannot_be_followed(switch: Switch, changes: Frame) -> None:
    switch("CHANNEL_CREATE")
    assert switch("CHANNEL_UUID", **changes) == []
    assert switch("CHANNEL_BRIDGE") == ["onBridgeCall"]


@pytest.mark.parametrize(
    "name", ["CHANNEL_STATE", "CHANNEL_ANSWER", "CHANNEL_HOLD", "DTMF", "CHANNEL_HANGUP", "CHANNEL_DESTROY"]
)
def test_unknown_channels_are_ignored(switch: Switch, name: str) -> None:
    assert switch(name) == []


def test_a_channel_that_is_ending_is_not_created_again(switch: Switch) -> None:
    for name in ("CHANNEL_CREATE", "CHANNEL_HANGUP"):
        switch(name)
    assert switch("CHANNEL_CREATE") == []
    assert switch("CHANNEL_HANGUP_COMPLETE") == []


@pytest.mark.parametrize("before", [("CHANNEL_HANGUP",), ("CHANNEL_CREATE", "CHANNEL_HANGUP", "CHANNEL_DESTROY")])
def test_a_channel_that_has_been_forgotten_may_be_created_again(switch: Switch, before: tuple[str, ...]) -> None:
    for name in before:
        switch(name)
    assert switch("CHANNEL_CREATE") == ["onNewCall"]
    switch.channels.doubt()
    assert switch.channels.recover([dump("RINGING")]) == []
    assert list(switch.channels.calls) == ["k1"]
    assert switch("CHANNEL_HANGUP")[-1] == "onHangupCall"


def test_a_channel_whose_end_was_told_does_not_come_back_from_an_old_dump(switch: Switch) -> None:
    switch("CHANNEL_HANGUP")
    assert switch.channels.recover([dump("ACTIVE")]) == []
    assert not switch.channels.calls


@pytest.mark.parametrize("name", ["CHANNEL_PARK", "CHANNEL_EXECUTE", "CUSTOM", "", "SOMETHING_NEW"])
def test_other_events_mean_nothing(switch: Switch, name: str) -> None:
    switch("CHANNEL_CREATE")
    assert switch(name) == []


@pytest.mark.parametrize("presence", ["101@crm.test", "100@other.test", "", None])
def test_channels_of_others_are_ignored(switch: Switch, presence: str | None) -> None:
    assert switch("CHANNEL_CREATE", **{"Channel-Presence-ID": presence}) == []


def test_another_account_starts_without_calls(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    told = switch.channels.log_in("101@crm.test")
    assert [event.name for event in told] == ["onHangupCall"]
    assert not switch.channels.calls


# ---- recovery (6.8)


def dump(call_state: str, base: Frame = INCOMING, /, **changes: Any) -> tuple[str, Fields]:
    """Return a channel as the switch has it, under its own names."""
    fields = {key: value for key, value in (base | changes).items() if value is not None}
    if call := fields.pop("variable_w_account_origination_uuid", None):
        fields["variable_webitel_call_uuid"] = call
    return call_state, Fields(fields)


@pytest.mark.parametrize(
    ("call_state", "state"),
    [
        ("ACTIVE", State.ANSWERED),
        ("UNHELD", State.ANSWERED),
        ("HELD", State.HOLD),
        ("RINGING", State.RINGING),
        ("EARLY", State.RINGING),
        ("", State.RINGING),
    ],
)
def test_a_found_call(switch: Switch, call_state: str, state: State) -> None:
    assert switch.channels.recover([dump(call_state, **{"Other-Leg-Unique-ID": None})]) == []
    call = switch.channels.calls["k1"]
    assert call.state is state
    assert call.actual.text("Other-Leg-Unique-ID") == "a1"
    assert call.record_id == ("" if state is State.RINGING else "a1")


def test_a_call_that_is_gone_ends(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_CREATE", CONSULTATION)
    switch.channels.doubt()
    told = switch.channels.recover([dump("RINGING", CONSULTATION)])
    assert [(event.name, event.args[0]["uuid"], event.args[0]["hangup_cause"]) for event in told] == [  # type: ignore[index,call-overload]
        ("onHangupCall", "k1", LOST)
    ]
    assert list(switch.channels.calls) == ["k3"]


def test_a_channel_that_is_heard_of_is_there(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch.channels.doubt()
    switch("CHANNEL_ANSWER")
    assert switch.channels.recover([]) == []
    assert list(switch.channels.calls) == ["k1"]


def test_a_channel_that_ended_meanwhile_does_not_come_back(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch.channels.doubt()
    switch("CHANNEL_HANGUP")
    assert switch.channels.recover([dump("ACTIVE")]) == []
    assert not switch.channels.calls


def test_an_active_call_stays_active(switch: Switch) -> None:
    switch("CHANNEL_CREATE")
    switch("CHANNEL_ANSWER")
    switch("CHANNEL_HOLD")
    switch("CHANNEL_UNHOLD")
    switch.channels.recover([dump("ACTIVE")])
    assert switch.state() is State.ACTIVE
    switch.channels.recover([dump("HELD")])
    assert switch.state() is State.HOLD
    switch.channels.recover([dump("ACTIVE")])
    assert switch.state() is State.ANSWERED


# ---- any order

EVENTS = (
    "CHANNEL_CREATE",
    "CHANNEL_CALLSTATE",
    "CHANNEL_STATE",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "CHANNEL_HOLD",
    "CHANNEL_UNHOLD",
    "CHANNEL_UUID",
    "CHANNEL_HANGUP",
    "CHANNEL_HANGUP_COMPLETE",
    "DTMF",
    "RECORD_START",
    "CHANNEL_DESTROY",
)
ENDS = ("CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY")

steps = st.lists(
    st.tuples(
        st.sampled_from(EVENTS),
        st.sampled_from(["b1", "b2", "c1", "d1"]),
        st.sampled_from(["k1", "k2", ""]),
        st.sampled_from(["inbound", "outbound", ""]),
        st.sampled_from(["", "1", "2"]),
    ),
    max_size=60,
)


@given(steps)
def test_any_order_of_events(steps: list[tuple[str, str, str, str, str]]) -> None:
    switch = Switch()
    living: dict[str, str] = {}
    for name, uuid, call, direction, number in steps:
        changes: Frame = {"Unique-ID": uuid, "variable_w_account_origination_uuid": call}
        changes |= {"Caller-Logical-Direction": direction, "Caller-Caller-ID-Number": number, "Old-Unique-ID": "b2"}
        told = switch(name, **changes)
        for one in told:
            if one == "onNewCall":
                living[switch.last["uuid"]] = uuid
            if one == "onHangupCall":
                assert switch.last["uuid"] in living, "a call ended that had not begun"
                del living[switch.last["uuid"]]
        assert living.keys() == switch.channels.calls.keys()
    for uuid in ("b1", "b2", "c1", "d1"):
        switch("CHANNEL_DESTROY", **{"Unique-ID": uuid})
    assert not switch.channels.calls, "a call stays after its channels are gone"


@given(
    st.permutations(["CHANNEL_CREATE", "CHANNEL_ANSWER", "CHANNEL_HOLD", "CHANNEL_HANGUP", "CHANNEL_HANGUP_COMPLETE"]),
    st.sets(st.sampled_from(["CHANNEL_ANSWER", "CHANNEL_HOLD", "CHANNEL_HANGUP_COMPLETE"])),
)
def test_a_short_call_in_any_order_is_over_with_its_last_event(order: list[str], lost: set[str]) -> None:
    switch = Switch()
    for name in (*(one for one in order if one not in lost), "CHANNEL_DESTROY"):
        switch(name)
    assert not switch.channels.calls
    names = [name for name, _ in switch.told]
    assert names.count("onNewCall") == names.count("onHangupCall") <= 1


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=5,
)


other_fields = st.sampled_from(sorted(INCOMING.keys() - {"Unique-ID"}))


@given(st.lists(st.tuples(st.sampled_from(EVENTS), other_fields, json_values), max_size=20))
def test_values_of_any_kind(events: list[tuple[str, str, Any]]) -> None:
    switch = Switch()
    switch("CHANNEL_CREATE")
    for name, field, value in events:
        switch(name, **{field: value})
    switch("CHANNEL_DESTROY")
    assert "k1" not in switch.channels.calls
