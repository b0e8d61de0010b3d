"""The line for the application (webitel-protocol.md, "15. Mapping to the CTI model")."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.cti.errors import CtiException
from ctidesk.cti.events import CallInfoChanged
from ctidesk.cti.values import AgentFeatures, CallDirection, CallFeatures, CallState
from ctidesk.webitel.calls import CallMapper, Refuse
from ctidesk.webitel.channels import Channels
from ctidesk.webitel.client import ClientOptions
from ctidesk.webitel.fields import Fields
from tests.waiting import settle
from tests.webitel.consistency import check_mapper
from tests.webitel.scripted_pbx import ACCOUNT, ANNA, BORIS, CONSULTATION, INCOMING, Frame, Pbx, status_event

BRIDGED = "[DROP HOLD BLIND_TRANSFER MAKE_CONSULT_CALL DTMF]"
HELD = "[UNHOLD MAKE_CONSULT_CALL DTMF]"
OUTGOING = INCOMING | {"Unique-ID": "p1", "Channel-Call-UUID": "p1", "variable_w_account_origination_uuid": "k2"}
OUTGOING |= {"Caller-Logical-Direction": "inbound", "Other-Leg-Unique-ID": ""}


async def refused(line: Pbx, work: Any, command: str = "", answer: str = "-ERR Operation failed\n") -> CtiException:
    """Run a command of the provider that the PBX refuses; return what was raised."""
    task = line.start(work)
    await settle()
    if command:
        await line.reply(command, answer, "-ERR")
    with pytest.raises(CtiException) as raised:
        await task
    return raised.value


# ---- 15.2 line state from presence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["initialized", "agentStateChanged ONHOOK", "callCentreStateChanged False"]),
        ({"status": "DND", "descript": "tea"}, ["initialized", "agentStateChanged DND tea"]),
        ({"state": "ISBUSY"}, ["initialized", "agentStateChanged ISBUSY"]),
        ({"agent.status": "Available"}, ["initialized", "agentStateChanged ONHOOK", "callCentreStateChanged True"]),
        ({"agent": "false"}, ["initialized", "agentStateChanged ONHOOK"]),
    ],
)
async def test_the_first_state(pbx: Pbx, changes: Frame, words: list[str]) -> None:
    await pbx.connect(ANNA | changes, BORIS)
    assert pbx.words()[: len(words)] == words


async def test_without_a_registered_phone_the_line_is_not_usable(pbx: Pbx) -> None:
    task = await pbx.connect(ANNA | {"state": "nonreg"}, BORIS)
    await task
    assert pbx.words() == ["agentStateChanged NONREG", "callCentreStateChanged False"]
    await pbx.reply("show_channel", {"row_count": 0})
    assert pbx.words() == ["activeCallSnapshot"]
    await pbx.say(status_event(state="ONHOOK"))
    assert pbx.words() == ["initialized", "agentStateChanged ONHOOK"]


async def test_a_phone_that_goes_and_comes(line: Pbx) -> None:
    await line.say(status_event(state="NONREG"))
    assert line.words() == ["[NOTHING]", "agentStateChanged NONREG"]
    await line.say(status_event(state="ONHOOK"))
    assert line.words() == ["initialized", "[DIAL]", "agentStateChanged ONHOOK"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("NONREG", "ONHOOK", ["initialized", "[DIAL]", "agentStateChanged ONHOOK"]),
        ("ONHOOK", "NONREG", ["[NOTHING]", "agentStateChanged NONREG"]),
        ("ONHOOK", "ONHOOK", ["initialized", "agentStateChanged ONHOOK"]),
    ],
)
async def test_a_phone_that_changes_while_the_operator_reconnects(
    line: Pbx, before: str, after: str, told: list[str]
) -> None:
    await line.say(status_event(state=before))
    line.forget()
    task = line.start(line.provider.reconnect())
    await settle()
    await line.log_in(ANNA | {"state": after}, BORIS)
    await task
    assert line.words()[: len(told)] == told


def offline(online: bool) -> Frame:
    """Return the event that tells the own program gone or there."""
    name = "ACCOUNT_ONLINE" if online else "ACCOUNT_OFFLINE"
    return {"webitel-event-name": "user", "Event-Name": name, "User-ID": "100", "User-Domain": "crm.test"}


async def test_an_account_that_counts_as_gone(line: Pbx) -> None:
    await line.say(offline(False))
    assert line.words() == ["disconnected"]


async def test_during_a_call_it_is_gone_afterwards(line: Pbx) -> None:
    await line.talk()
    await line.say(offline(False))
    assert line.words() == []
    await line.call("CHANNEL_HANGUP")
    assert line.words()[-2:] == ["[DIAL]", "disconnected"]


async def test_an_account_that_is_back_before_the_end(line: Pbx) -> None:
    await line.talk()
    await line.say(offline(False), offline(True))
    line.forget()
    await line.call("CHANNEL_HANGUP")
    assert "disconnected" not in line.words()


async def test_states_of_others_are_not_the_lines(line: Pbx) -> None:
    await line.say(status_event("101", "NONREG"))
    assert line.words() == []


# ---- 15.3 events


async def test_a_second_incoming_call_hears_that_the_line_is_busy(line: Pbx) -> None:
    await line.talk()
    second = INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"}
    await line.call("CHANNEL_CREATE", second)
    assert line.asked("hangup")["exec-args"] == {"channel-uuid": "b9", "cause": "USER_BUSY"}
    await line.call("CHANNEL_HANGUP", second)
    assert line.words() == []


async def test_no_device_rings_for_a_call_that_is_refused(line: Pbx) -> None:
    """The other devices of the account come a moment later."""
    second = INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"}
    await line.talk()
    await line.call("CHANNEL_CREATE", second)
    await line.call("CHANNEL_CREATE", second, **{"Unique-ID": "b10"})
    assert {frame["exec-args"]["channel-uuid"] for frame in line.sent} == {"b9", "b10"}
    assert {frame["exec-args"]["cause"] for frame in line.sent} == {"USER_BUSY"}


async def test_further_devices_of_a_call_that_is_shown_ring_on(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE")
    await line.call("CHANNEL_CREATE", **{"Unique-ID": "b2"})
    assert line.sent == []


async def test_a_refusal_that_fails_is_no_error(line: Pbx) -> None:
    await line.talk()
    await line.call("CHANNEL_CREATE", INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"})
    await line.reply("hangup", "-ERR No such channel!\n", "-ERR")
    assert line.words() == []
    assert line.names() == ["onNewCall"]


async def test_a_third_call_has_no_place(line: Pbx) -> None:
    await line.consult()
    third = CONSULTATION | {"Unique-ID": "c9", "variable_w_account_origination_uuid": "k9"}
    await line.call("CHANNEL_CREATE", third)
    assert line.asked("hangup")["exec-args"]["channel-uuid"] == "c9"
    assert line.words() == []


async def test_a_call_dialled_on_the_phone_besides_another_is_a_consultation(line: Pbx) -> None:
    await line.talk()
    await line.call("CHANNEL_CREATE", OUTGOING)
    assert line.words() == ["callStarted k2", "[NOTHING]"]
    assert line.provider._mapper.calls[1].parent is line.provider._mapper.calls[0]


async def test_a_ringing_consultation_cannot_be_completed(line: Pbx) -> None:
    await line.talk()
    await line.call("CHANNEL_CREATE", CONSULTATION)
    await line.call("CHANNEL_STATE", CONSULTATION, **{"Caller-Caller-ID-Number": "9"})
    assert line.words() == ["callStarted k3", "[NOTHING]", "callInfoChanged k3"]
    await line.call("CHANNEL_ANSWER", CONSULTATION)
    await line.call("CHANNEL_STATE", CONSULTATION, **{"Caller-Caller-ID-Number": "100"})
    assert line.words() == ["commutationStarted k3", "callInfoChanged k3"]
    await line.call("CHANNEL_BRIDGE", CONSULTATION, **{"Other-Leg-Unique-ID": "d1"})
    assert line.words() == ["callInfoChanged k3", "[COMPLETE_TRANSFER]"]


async def test_numbers_of_a_ringing_call_do_not_make_it_talk(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE")
    line.forget()
    await line.call("CHANNEL_STATE", **{"Caller-Caller-ID-Number": "102"})
    (call,) = line.provider._mapper.calls
    assert line.words() == ["callInfoChanged k1"]
    assert (call.abonent_number, call.features) == ("102", CallFeatures.CAN_DROP)


async def test_the_consultation_ends_and_the_held_party_is_taken_back(line: Pbx) -> None:
    await line.consult()
    await line.call("CHANNEL_HANGUP", CONSULTATION, variable_hangup_cause="NORMAL_CLEARING")
    assert line.words() == ["callInfoChanged c1", "callFinished c1", "currentCallChanged k1", HELD]
    assert await line.reply("unhold", "+OK Success\n") == {"channel-uuid": "b1"}
    await line.call("CHANNEL_UNHOLD")
    assert line.words() == ["unhold k1", BRIDGED]


async def test_a_refused_taking_back_is_no_error(line: Pbx) -> None:
    await line.consult()
    await line.call("CHANNEL_HANGUP", CONSULTATION)
    await line.reply("unhold", "-ERR Operation failed\n", "-ERR")
    assert "error COMMAND" not in line.words()
    assert "onError" not in line.names()


async def test_the_main_call_ends_and_the_consultation_takes_its_place(line: Pbx) -> None:
    await line.consult()
    await line.call("CHANNEL_HANGUP")
    assert line.words() == ["callInfoChanged a1", "callFinished a1", "currentCallChanged k3", BRIDGED]
    (call,) = line.provider._mapper.calls
    assert call.parent is None


async def test_the_switch_s_word_for_nobody_in_particular_is_nobody_s_name(line: Pbx) -> None:
    names = {"Caller-Caller-ID-Name": "Outbound Call", "Caller-Callee-ID-Name": "Outbound Call"}
    await line.call("CHANNEL_CREATE", **names)
    (call,) = line.provider._mapper.calls
    assert (call.caller_name, call.called_name) == ("", "")


async def test_what_a_call_says_of_itself(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE", variable_cc_queue="sales@crm.test", variable_webitel_data="'VIP'")
    (call,) = line.provider._mapper.calls
    assert (call.direction, call.caller_id, call.caller_name) == (CallDirection.IN, "0671234567", "Ivan")
    assert (call.called_id, call.called_name, call.device_id) == ("100", "Anna", "100")
    assert (call.queue, call.comment) == ("sales", "VIP")
    await line.call("CHANNEL_HANGUP", variable_hangup_cause="ORIGINATOR_CANCEL")
    assert (call.state, call.state_cause, call.id) == (CallState.NONE, "ORIGINATOR_CANCEL", "a1")


async def test_a_call_back_is_an_outgoing_call(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE", CONSULTATION)
    (call,) = line.provider._mapper.calls
    assert (call.direction, call.abonent_number) == (CallDirection.OUT, "101")


EVENTS = (
    "CHANNEL_CREATE",
    "CHANNEL_STATE",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "CHANNEL_HOLD",
    "CHANNEL_UNHOLD",
    "CHANNEL_HANGUP",
    "DTMF",
    "CHANNEL_DESTROY",
)
LEGS: tuple[Frame, ...] = (
    INCOMING,
    INCOMING | {"Unique-ID": "b2"},
    CONSULTATION,
    OUTGOING,
    INCOMING | {"Unique-ID": "b9", "variable_w_account_origination_uuid": "k9"},
)


def test_a_call_whose_sound_is_away_can_only_be_ended() -> None:
    channels = Channels()
    channels.log_in(ACCOUNT)
    is_away = True
    mapper = CallMapper(lambda: True, lambda _call: True, lambda _call: is_away)
    for name in ("CHANNEL_CREATE", "CHANNEL_ANSWER", "CHANNEL_BRIDGE"):
        for event in channels.take(name, Fields(INCOMING)):
            mapper.event(event)
    (call,) = mapper.calls
    assert list(call.features) == [CallFeatures.CAN_DROP]
    is_away = False
    assert CallInfoChanged(call) in mapper.refresh()
    assert CallFeatures.CAN_HOLD | CallFeatures.CAN_MUTE in call.features


@given(
    st.lists(
        st.tuples(st.sampled_from(EVENTS), st.sampled_from(LEGS), st.sampled_from(["", "d1"]), st.booleans()),
        max_size=60,
    )
)
def test_features_always_fit_the_calls(steps: list[tuple[str, Frame, str, bool]]) -> None:
    channels = Channels()
    channels.log_in(ACCOUNT)
    mapper = CallMapper(can_answer=lambda: False)
    started: list[str] = []
    finished: list[str] = []
    features = CallFeatures.CAN_DIAL

    def digest(name: str, leg: Frame, other: str) -> None:
        nonlocal features
        for event in channels.take(name, Fields(leg | ({"Other-Leg-Unique-ID": other} if other else {}))):
            for told in mapper.event(event):
                if told.name == "callStarted":
                    started.append(str(told.call.record_id))  # type: ignore[attr-defined]
                if told.name == "callFinished":
                    finished.append(str(told.call.record_id))  # type: ignore[attr-defined]
                if told.name == "lineStateChanged":
                    assert told.features != features, "told without a change"  # type: ignore[attr-defined]
                    features = told.features  # type: ignore[attr-defined]
            check_mapper(mapper)
            assert features == mapper.line_features

    for name, leg, other, rebuild in steps:
        digest(name, leg, other)
        if rebuild:
            mapper.rebuild(channels.calls.values())
            features = mapper.line_features
            check_mapper(mapper)
    for leg in LEGS:
        digest("CHANNEL_DESTROY", leg, "")
    assert mapper.calls == ()
    assert len(finished) == len(set(finished))
    assert set(started) <= set(finished)
    assert all(isinstance(wish, Refuse) or wish.call for wish in mapper.wishes)


# ---- 15.4 commands


@pytest.mark.parametrize(
    ("direction", "answered", "cause"),
    [
        ("outbound", False, "CALL_REJECTED"),
        ("outbound", True, "NORMAL_CLEARING"),
        ("inbound", False, "NORMAL_CLEARING"),
    ],
)
async def test_ending_a_call(line: Pbx, direction: str, answered: bool, cause: str) -> None:
    await line.call("CHANNEL_CREATE", **{"Caller-Logical-Direction": direction})
    if answered:
        await line.call("CHANNEL_ANSWER", **{"Caller-Logical-Direction": direction})
    task = line.start(line.provider.drop(line.provider._mapper.calls[0]))
    await settle()
    assert await line.reply("hangup", "+OK\n") == {"channel-uuid": "b1", "cause": cause}
    await task


async def test_consulting_holds_first(line: Pbx) -> None:
    await line.talk()
    (call,) = line.provider._mapper.calls
    task = line.start(line.provider.make_consult_call(call, "101"))
    await settle()
    assert [frame["exec-func"] for frame in line.sent] == ["hold"]
    await line.reply("hold", "+OK Success\n")
    assert (await line.reply("att_xfer2", "+OK c1\n"))["extension"] == "101@crm.test"
    await task


async def test_consulting_out_of_a_held_call(line: Pbx) -> None:
    await line.talk()
    await line.call("CHANNEL_HOLD")
    line.forget()
    task = line.start(line.provider.make_consult_call(line.provider._mapper.calls[0], "101"))
    await settle()
    assert [frame["exec-func"] for frame in line.sent] == ["att_xfer2"]
    await line.reply("att_xfer2", "+OK c1\n")
    await task


async def test_without_hold_there_is_no_consultation(line: Pbx) -> None:
    await line.talk()
    error = await refused(line, line.provider.make_consult_call(line.provider._mapper.calls[0], "101"), "hold")
    assert error.error.kind.name == "COMMAND"
    assert [frame["exec-func"] for frame in line.sent] == ["hold"]


async def test_a_consultation_that_fails_gives_the_caller_back(line: Pbx) -> None:
    await line.talk()
    task = line.start(line.provider.make_consult_call(line.provider._mapper.calls[0], "101"))
    await settle()
    await line.reply("hold", "+OK Success\n")
    await line.reply("att_xfer2", "-ERR USER_NOT_REGISTERED\n", "-ERR")
    assert await line.reply("unhold", "+OK\n") == {"channel-uuid": "b1"}
    with pytest.raises(CtiException, match="phone is not registered"):
        await task


async def test_consulting_nobody_holds_nobody(line: Pbx) -> None:
    await line.talk()
    await refused(line, line.provider.make_consult_call(line.provider._mapper.calls[0], ""))
    assert line.sent == []


async def test_a_blind_transfer_is_stored_when_it_went_well(line: Pbx) -> None:
    await line.talk()
    (call,) = line.provider._mapper.calls
    await refused(line, line.provider.blind_transfer(call, "104"), "transfer")
    assert (call.redirecting_id, call.redirection_id) == ("", "")
    task = line.start(line.provider.blind_transfer(call, "104"))
    await settle()
    await line.reply("transfer", "+OK\n")
    await task
    assert (call.redirecting_id, call.redirection_id) == ("100", "104")


@pytest.mark.parametrize(
    ("command", "sent"),
    [("transfer", "att_xfer_bridge"), ("cancel_transfer", "att_xfer_cancel"), ("swap", "hold")],
)
async def test_commands_for_two_calls(line: Pbx, command: str, sent: str) -> None:
    await line.consult()
    task = line.start(getattr(line.provider, command)(*line.provider._mapper.calls))
    await settle()
    await line.reply(sent, "+OK\n")
    if command == "swap":
        assert line.asked("hold")["exec-args"] == {"channel-uuid": "c1"}
        assert await line.reply("unhold", "+OK\n") == {"channel-uuid": "b1"}
    await task


@pytest.mark.parametrize("answer", ["-ERR No such channel!\n", "-ERR Invalid uuid", "-ERR Operation failed\n"])
async def test_a_refusal_is_raised_and_told_once(line: Pbx, answer: str) -> None:
    await line.talk()
    call = line.provider._mapper.calls[0]
    error = await refused(line, line.provider.hold_or_unhold(call), "hold", answer)
    assert error.error.source == "webitel.hold"
    assert line.words() == []
    assert line.names() == ["onError"]


async def test_a_desk_phone_is_answered_by_hand(line: Pbx) -> None:
    await line.call("CHANNEL_CREATE")
    line.forget()
    error = await refused(line, line.provider.answer(line.provider._mapper.calls[0]))
    assert "by hand" in error.error.text
    assert line.sent == []


@pytest.mark.parametrize("command", ["mute", "set_wrap_up"])
async def test_what_a_desk_phone_cannot_do(line: Pbx, command: str) -> None:
    await line.talk()
    argument: Any = line.provider._mapper.calls[0] if command == "mute" else True
    error = await refused(line, getattr(line.provider, command)(argument))
    assert error.error.kind.name == "COMMAND_NOT_IMPLEMENTED"


@pytest.mark.parametrize(
    ("code", "reason", "value"),
    [
        ("ONHOOK", "", "ONHOOK"),
        ("DND", "", "DND"),
        ("ONBREAK", "Lunch", "ONBREAK('Lunch')"),
        ("CALLFORWARD", "105", "CALLFORWARD('105')"),
        ("VOICEMAIL", "", "VOICEMAIL"),
    ],
)
async def test_choosing_a_state(line: Pbx, code: str, reason: str, value: str) -> None:
    assert code in {option.code for option in line.provider.agent_states}
    task = line.start(line.provider.set_agent_state(code, reason))
    await settle()
    assert (await line.reply("api account change", {}))["value"] == value
    await task


async def test_an_unknown_state_is_refused_here(line: Pbx) -> None:
    await refused(line, line.provider.set_agent_state("NONSENSE"))
    assert line.sent == []


async def test_logging_out_and_in_again(line: Pbx) -> None:
    task = line.start(line.provider.set_agent_state("NONREG"))
    await settle()
    await line.reply("logout", "+OK: logged: false")
    await task
    assert line.words() == ["agentStateChanged NONREG", "disconnected"]
    await line.say(status_event(state="ONHOOK"))
    assert line.words() == []
    task = line.start(line.provider.set_agent_state("ONHOOK"))
    await settle()
    await line.reply("login", "+OK: logged: true")
    await line.reply("api account change", {})
    await task
    assert line.words() == ["initialized", "agentStateChanged ONHOOK"]


@pytest.mark.parametrize("calls", [[], ["k1"]])
async def test_a_call_that_begins_while_logging_out(line: Pbx, calls: list[str]) -> None:
    """Without the login nothing would be heard of its end."""
    task = line.start(line.provider.set_agent_state("NONREG"))
    await settle()
    await line.call("CHANNEL_CREATE")
    await line.reply("logout", "+OK: logged: false")
    await line.reply("login", "+OK: logged: true")
    rows = [{"uuid": "b1", "callstate": "RINGING", "presence_id": ACCOUNT}] if calls else []
    await line.reply("show_channel", {"rows": rows})
    if calls:
        await line.reply("channel_dump", json.dumps(INCOMING | {"variable_webitel_call_uuid": "k1"}))
    with pytest.raises(CtiException):
        await task
    assert "disconnected" not in line.words()
    assert [call.id for call in line.provider._mapper.calls] == calls


async def test_no_logging_out_in_a_call(line: Pbx) -> None:
    await line.talk()
    await refused(line, line.provider.set_agent_state("NONREG"))
    assert line.sent == []


async def test_a_state_connects_first(pbx: Pbx) -> None:
    task = pbx.start(pbx.provider.set_agent_state("DND"))
    await settle()
    await pbx.log_in()
    await pbx.reply("api account change", {})
    await task


@pytest.mark.parametrize(("on", "command"), [(True, "cc login"), (False, "cc logout")])
async def test_the_call_centre(line: Pbx, on: bool, command: str) -> None:
    task = line.start(line.provider.change_call_centre_state(on))
    await settle()
    await line.reply(command, "+OK\n")
    await task
    error = await refused_under_ok(line, line.provider.change_call_centre_state(on), command)
    assert error.error.kind.name == "COMMAND"


async def test_an_agent_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    options = ClientOptions("ws://h:871", ACCOUNT, "s", agent_status="Available (On Demand)")
    pbx = Pbx(monkeypatch, options)
    await pbx.ready()
    for work in (pbx.provider.change_call_centre_state(True), pbx.commands.run("loginCallCenter", [])):
        task = pbx.start(work)
        await settle()
        assert await pbx.reply("cc login", "+OK\n") == {"status": "Available (On Demand)"}
        await task
    await pbx.close()


async def refused_under_ok(line: Pbx, work: Any, command: str) -> CtiException:
    """Run a command that the server refuses under +OK."""
    task = line.start(work)
    await settle()
    await line.reply(command, "-ERR: no agent")
    with pytest.raises(CtiException) as raised:
        await task
    return raised.value


async def test_the_call_centre_state_is_told_when_it_changes(line: Pbx) -> None:
    available = status_event(**{"Account-Agent-Status": "Available"})
    await line.say(available, available)
    assert line.words() == ["agentStateChanged ONHOOK", "callCentreStateChanged True", "agentStateChanged ONHOOK"]


# ---- 15.5, 10.1


async def test_capabilities(pbx: Pbx) -> None:
    await pbx.connect(ANNA | {"agent": "false"}, BORIS)
    line_features, agent_features = pbx.provider.capabilities
    assert CallFeatures.CAN_ANSWER not in line_features
    assert CallFeatures.CAN_DTMF in line_features
    assert agent_features == AgentFeatures.CAN_GET_CALL_RECORDS
    assert pbx.provider.agent_logout_code == "NONREG"


LINK = "http://pbx.crm.test:4004/api/v2/files/a1?x_key=KEY-PLANTED&access_token=TOKEN-PLANTED"


async def test_the_recording_of_a_call(line: Pbx, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    await line.talk()
    for call_id, record_id in (("k1", "a1"), ("elsewhere", "elsewhere")):
        task = line.start(line.provider.query_call_records(call_id))
        await settle()
        assert await line.reply("cdr_get_record_link", LINK) == {"uuid": record_id}
        assert await task == [LINK]
    assert "PLANTED" not in caplog.text


@pytest.mark.parametrize(
    ("complete", "response", "text"),
    [
        ("+OK", "+OK: Not found.", "no recording"),
        ("+OK", None, "no recording"),
        ("-ERR", "-ERR: Permission denied!", "role does not allow"),
    ],
)
async def test_no_recording(line: Pbx, complete: str, response: str | None, text: str) -> None:
    task = line.start(line.provider.query_call_records("a1"))
    await settle()
    await line.reply("cdr_get_record_link", response, complete)
    with pytest.raises(CtiException, match=text):
        await task


@pytest.mark.parametrize("query", ["query_line_state", "query_active_calls", "query_agent_state"])
async def test_questions_need_a_connection(pbx: Pbx, query: str) -> None:
    with pytest.raises(CtiException, match="no connection"):
        await getattr(pbx.provider, query)()


async def test_questions_without_traffic(line: Pbx) -> None:
    await line.provider.query_line_state()
    await line.provider.query_agent_state()
    assert line.words() == ["[DIAL]", "agentStateChanged ONHOOK"]
