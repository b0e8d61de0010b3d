"""The ways a call can go, as the operator's client sees them (webitel-protocol.md, section 14); transfers are apart."""

from __future__ import annotations

import asyncio
import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from tests.demo.webitel.calling import END, A, act, lift, state, talk
from tests.demo.webitel.webitel_client import WebitelClient, client, decoded


async def test_incoming_call(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T2: the order and the fields of a real FreeSWITCH."""
    far = (await demo.direct(f"ring 101 {A} Иванов Пётр"))["uuid"]
    events = await operator.channel_events()
    assert [(one["Event-Name"], one["Channel-State"], one["Channel-Call-State"]) for one in events] == [
        ("CHANNEL_STATE", "CS_INIT", "DOWN"),
        ("CHANNEL_CREATE", "CS_INIT", "DOWN"),
        ("CHANNEL_ORIGINATE", "CS_INIT", "DOWN"),
        ("CHANNEL_STATE", "CS_ROUTING", "DOWN"),
        ("CHANNEL_STATE", "CS_CONSUME_MEDIA", "DOWN"),
        ("CHANNEL_PROGRESS", "CS_CONSUME_MEDIA", "DOWN"),
        ("CHANNEL_CALLSTATE", "CS_CONSUME_MEDIA", "RINGING"),
    ]
    create = events[1]
    own = create["Unique-ID"]
    assert decoded(create, "Channel-Presence-ID") == "101@demo.example"
    assert create["Channel-Presence-ID"] == "101%40demo.example"
    assert decoded(create, "Caller-Caller-ID-Name") == "Иванов Пётр"
    assert create["Caller-Caller-ID-Name"].isascii()
    assert (create["Caller-Caller-ID-Number"], create["Caller-Callee-ID-Number"]) == (A, "101")
    assert (create["Call-Direction"], create["Caller-Logical-Direction"]) == ("outbound", "outbound")
    assert create["Channel-HIT-Dialplan"] == "false"
    assert create["Channel-Call-UUID"] == create["Other-Leg-Unique-ID"] == far != own
    assert create["variable_originating_leg_uuid"] == far
    assert create["variable_w_account_origination_uuid"] not in (own, far, "")
    assert create["variable_billsec"] == 0
    assert len(create["Caller-Channel-Created-Time"]) == 16
    assert (create["Caller-Channel-Answered-Time"], create["Caller-Channel-Hangup-Time"]) == ("0", "0")
    assert "variable_hangup_cause" not in create
    assert events[-1]["Original-Channel-Call-State"] == "DOWN"
    assert not [name for name in events[-1] if name.startswith("variable_") and name != "variable_billsec"]

    await demo.direct("answer 101")
    events = await operator.channel_events()
    assert [(one["Event-Name"], one["Answer-State"], one["Channel-Call-State"]) for one in events] == [
        ("CHANNEL_ANSWER", "answered", "RINGING"),
        ("CHANNEL_CALLSTATE", "answered", "ACTIVE"),
        ("CHANNEL_OUTGOING", "answered", "ACTIVE"),
        ("CHANNEL_STATE", "answered", "ACTIVE"),
    ]
    assert events[0]["Other-Leg-Unique-ID"] == far
    assert events[-1]["Channel-State"] == "CS_EXCHANGE_MEDIA"
    assert await state(demo) == [(A, "101", "ACTIVE"), ("101", A, "ACTIVE")]


async def test_the_other_party_hangs_up(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    """Transcript T3."""
    await talk(demo, operator)
    clock.advance(25)
    await demo.direct(f"hangup {A}")
    events = await operator.channel_events()
    assert [(one["Event-Name"], one["Channel-Call-State"]) for one in events] == [
        ("CHANNEL_HANGUP", "ACTIVE"),
        ("CHANNEL_STATE", "ACTIVE"),
        ("CHANNEL_CALLSTATE", "HANGUP"),
        ("CHANNEL_STATE", "HANGUP"),
        ("CHANNEL_HANGUP_COMPLETE", "HANGUP"),
        ("CHANNEL_DESTROY", "HANGUP"),
        ("CHANNEL_STATE", "HANGUP"),
    ]
    assert {one["variable_hangup_cause"] for one in events} == {"NORMAL_CLEARING"}
    assert {one["Answer-State"] for one in events} == {"hangup"}
    assert [one["variable_billsec"] for one in events if one["Event-Name"] == "CHANNEL_HANGUP_COMPLETE"] == [25]
    assert await state(demo) == []


async def test_the_client_hangs_up(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T4; afterwards the channel is unknown."""
    own = (await talk(demo, operator))["Unique-ID"]
    assert await act(operator, "hangup", own, cause="NORMAL_CLEARING") == ("+OK", "+OK\n")
    assert "CHANNEL_HANGUP" in [one["Event-Name"] for one in operator.events]
    assert await operator.story() == END
    assert await act(operator, "hangup", own) == ("-ERR", "-ERR No such channel!\n")
    assert await state(demo) == []


async def test_a_caller_who_gives_up(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await operator.told()
    await demo.direct(f"abandon {A}")
    events = await operator.channel_events()
    assert events[0]["Event-Name"] == "CHANNEL_HANGUP"
    assert events[0]["variable_hangup_cause"] == "ORIGINATOR_CANCEL"


async def test_a_ringing_call_is_refused(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 101 {A}")
    own = (await operator.own_channel())["Unique-ID"]
    assert await act(operator, "hangup", own, cause="USER_BUSY") == ("+OK", "+OK\n")
    assert (await operator.channel_events())[-1]["variable_hangup_cause"] == "USER_BUSY"
    assert await state(demo) == []


async def test_two_devices_ring_as_one_call(clock: ManualScheduler) -> None:
    """Transcript T5: the one that answers wins, the other one loses the race."""
    async with WebitelDemo(WebitelOptions(users=2, devices=2), clock) as demo, client(demo) as operator:
        await demo.direct(f"ring 101 {A}")
        creates = [one for one in await operator.channel_events() if one["Event-Name"] == "CHANNEL_CREATE"]
        assert len({one["variable_w_account_origination_uuid"] for one in creates}) == 1
        first, second = (one["Unique-ID"] for one in creates)
        await demo.direct("answer 101")
        lost = [one for one in await operator.channel_events() if one["Unique-ID"] == second]
        assert [one["Event-Name"] for one in lost if "STATE" not in one["Event-Name"]] == [
            "CHANNEL_HANGUP",
            "CHANNEL_HANGUP_COMPLETE",
            "CHANNEL_DESTROY",
        ]
        assert {one["variable_hangup_cause"] for one in lost} == {"LOSE_RACE"}
        assert (await operator.own_channel())["Unique-ID"] == first


async def test_call_from_the_desk_phone_by_command(
    demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler
) -> None:
    """Transcript T6: the own phone rings first; its numbers are swapped when it enters the dialplan."""
    uuid = await operator.command("call", {"extension": "102", "auto_answer_param": None, "user": "101@demo.example"})
    (create,) = [one for one in await operator.channel_events() if one["Event-Name"] == "CHANNEL_CREATE"]
    own = create["Unique-ID"]
    assert create["Channel-Call-UUID"] == own
    assert "Other-Leg-Unique-ID" not in create
    assert create["variable_w_jsclient_originate_number"] == "102"
    assert (create["Caller-Caller-ID-Number"], create["Caller-Callee-ID-Number"]) == ("102", "101")
    assert operator.waiting == {}

    await demo.direct("pickup 101")
    reply = await operator.reply(uuid)
    assert (reply["exec-complete"], reply["exec-response"]) == ("+OK", f"+OK {own}\n")
    names = [one["Event-Name"] for one in operator.events]
    assert names == ["CHANNEL_ANSWER", "CHANNEL_CALLSTATE", "CHANNEL_OUTGOING"]
    events = await operator.channel_events()
    assert [(one["Channel-State"], one["Channel-HIT-Dialplan"], one["Channel-Call-State"]) for one in events[3:]] == [
        ("CS_ROUTING", "false", "ACTIVE"),
        ("CS_EXECUTE", "true", "ACTIVE"),
        ("CS_EXECUTE", "true", "RING_WAIT"),
    ]
    assert (events[4]["Caller-Caller-ID-Number"], events[4]["Caller-Callee-ID-Number"]) == ("101", "102")

    await demo.direct("answer 102")
    events = await operator.channel_events()
    assert [one["Event-Name"] for one in events] == ["CHANNEL_CALLSTATE", "CHANNEL_BRIDGE"]
    bridge = events[-1]
    assert bridge["Bridge-A-Unique-ID"] == own
    assert bridge["Bridge-B-Unique-ID"] == bridge["Other-Leg-Unique-ID"] != own
    assert decoded(bridge, "Caller-Callee-ID-Name") == next(
        one.name for one in demo.desk.directory if one.number == "102"
    )

    clock.advance(3)
    await demo.direct("hangup 102")
    assert await operator.story() == ["UNBRIDGE", *END]
    assert await state(demo) == []


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("presence 101 offline", "-ERR USER_NOT_REGISTERED\n"),
        ("hangup 101", "-ERR CALL_REJECTED\n"),
    ],
)
async def test_own_phone_does_not_answer(demo: WebitelDemo, operator: WebitelClient, line: str, answer: str) -> None:
    if "presence" in line:
        await demo.direct(line)
    uuid = await operator.send("call", extension="102")
    await operator.ask("ping")
    if "hangup" in line:
        await demo.direct(line)
    reply = await operator.reply(uuid)
    assert (reply["exec-complete"], reply["exec-response"]) == ("-ERR", answer)


async def test_own_phone_rings_for_a_minute(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    uuid = await operator.send("call", extension="102")
    await operator.ask("ping")
    clock.advance(60)
    assert (await operator.reply(uuid))["exec-response"] == "-ERR NO_ANSWER\n"
    assert await state(demo) == []


@pytest.mark.parametrize(
    ("prepare", "extension", "cause"),
    [
        ("busy 102 on", "102", "USER_BUSY"),
        ("presence 102 dnd", "102", "USER_BUSY"),
        ("presence 102 talking", "102", "USER_BUSY"),
        ("presence 102 offline", "102", "USER_NOT_REGISTERED"),
        ("noanswer 102 5", "102", "NO_ANSWER"),
        ("state", "777", "NO_ROUTE_DESTINATION"),
    ],
)
async def test_why_a_call_does_not_come_about(
    demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler, prepare: str, extension: str, cause: str
) -> None:
    assert (await demo.direct(prepare))["ok"]
    uuid = await operator.command("call", {"extension": extension, "auto_answer_param": "sip_auto_answer=true"})
    await lift(clock, operator)
    assert (await operator.reply(uuid))["exec-complete"] == "+OK"
    clock.advance(5)
    events = await operator.channel_events()
    assert events[-1]["variable_hangup_cause"] == cause
    assert await operator.channels() == []


async def test_missing_extension(operator: WebitelClient) -> None:
    assert await operator.ask("call") == ("-ERR: bad response", None)
    assert await operator.ask("att_xfer2", {"extension": "@demo.example"}) == ("-ERR: bad response", None)
    assert await operator.ask("eavesdrop", {"channel-uuid": "all"}) == ("-ERR: bad response", None)


async def test_variables_of_a_call(operator: WebitelClient) -> None:
    await operator.command("call", {"extension": "102", "variables": {"order": "'5'\n"}, "params": ["a=b"]})
    dump = await operator.own_channel()
    assert (dump["variable_order"], dump["variable_a"]) == ("5", "b")
    (create,) = [one for one in await operator.channel_events() if one["Event-Name"] == "CHANNEL_CREATE"]
    assert json.loads(create["variable_webitel_data"].strip("'")) == {"order": "'5'\n"}


async def test_dialled_by_hand(demo: WebitelDemo, operator: WebitelClient) -> None:
    """The own leg goes into the switch: it is reported from its creation to the bridge."""
    await demo.direct(f"dial 101 {A}")
    events = await operator.channel_events()
    create = next(one for one in events if one["Event-Name"] == "CHANNEL_CREATE")
    assert (create["Call-Direction"], create["Channel-HIT-Dialplan"]) == ("inbound", "true")
    assert create["Unique-ID"] == create["Channel-Call-UUID"]
    assert "Caller-Callee-ID-Number" not in create
    assert "variable_w_account_origination_uuid" not in create
    assert [one["Channel-Call-State"] for one in events if one["Event-Name"] == "CHANNEL_CALLSTATE"] == [
        "RINGING",
        "EARLY",
    ]
    await demo.direct(f"answer {A}")
    assert await operator.story() == ["ANSWER", "BRIDGE"]


async def test_hold_and_unhold(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T7. The other party's hold is not reported on the own channel."""
    own = (await talk(demo, operator))["Unique-ID"]
    assert await act(operator, "toggle_hold", own) == ("+OK", "+OK Success\n")
    events = await operator.channel_events()
    assert [(one["Event-Name"], one["Channel-Call-State"]) for one in events] == [
        ("CHANNEL_CALLSTATE", "HELD"),
        ("CHANNEL_HOLD", "HELD"),
    ]
    assert await act(operator, "unhold", own) == ("+OK", "+OK Success\n")
    events = await operator.channel_events()
    states = [(one["Event-Name"], one.get("Original-Channel-Call-State"), one["Channel-Call-State"]) for one in events]
    assert states == [
        ("CHANNEL_CALLSTATE", "HELD", "UNHELD"),
        ("CHANNEL_CALLSTATE", "UNHELD", "ACTIVE"),
        ("CHANNEL_UNHOLD", None, "ACTIVE"),
    ]
    assert (await demo.direct(f"hold {A}"))["ok"]
    assert await operator.story() == []
    assert (await demo.direct(f"unhold {A}"))["ok"]
    assert not (await demo.direct(f"unhold {A}"))["ok"]


async def test_what_the_switch_says_to_nonsense(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 101 {A}")
    own = (await operator.own_channel())["Unique-ID"]
    for name in ("hold", "unhold", "toggle_hold", "dtmf", "getvar", "setvar", "hangup"):
        complete, text = await operator.ask(name, {})
        assert complete == "-ERR"
        assert str(text).startswith("-USAGE: ")
        assert await act(operator, name, f"{own},{own}", digits="1") == ("-ERR", "-ERR No such channel!\n")
    assert await act(operator, "hold", own) == ("-ERR", "-ERR Operation failed\n")
    assert await operator.ask("transfer", {"destination": "102"}) == ("-ERR", "-ERR No such channel!\n")
    assert (await act(operator, "transfer", own))[0] == "-ERR"


async def test_dtmf(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T12, first part."""
    own = (await talk(demo, operator))["Unique-ID"]
    assert await act(operator, "dtmf", own, digits="5#") == ("+OK", "+OK 5#")
    events = await operator.channel_events()
    assert [(one["Event-Name"], decoded(one, "DTMF-Digit")) for one in events] == [("DTMF", "5"), ("DTMF", "#")]
    assert (await demo.direct(f"dtmf {A} 12"))["digits"] == "12"
    assert await operator.channel_events() == []


async def test_variables(demo: WebitelDemo, operator: WebitelClient) -> None:
    own = (await talk(demo, operator))["Unique-ID"]
    assert await act(operator, "getvar", own, variable="order") == ("+OK", "_undef_")
    assert await act(operator, "setvar", own, variable="order", value="7") == ("+OK", "+OK\n")
    assert await act(operator, "getvar", own, variable="order") == ("+OK", "7")
    assert await act(operator, "hangup", own, variable="dlr_session_id", value="d1") == ("+OK", "+OK\n")
    hangup = next(one for one in await operator.channel_events() if one["Event-Name"] == "CHANNEL_HANGUP")
    assert hangup["variable_dlr_session_id"] == "d1"


async def test_channels_are_recovered_after_a_reconnection(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Section 6.8: `show_channel`, then the dump of each of the own ones."""
    own = await talk(demo, operator)
    async with client(demo) as again:
        (row,) = await again.channels()
        assert (row["uuid"], row["callstate"], row["cid_num"]) == (own["Unique-ID"], "ACTIVE", A)
        assert all(isinstance(value, str) for value in row.values())
        dump = await again.dump(row["uuid"])
        assert dump["variable_webitel_call_uuid"]
        assert dump["variable_originating_leg_uuid"] == dump["Other-Leg-Unique-ID"]
        assert await again.ask("channel_dump", {"uuid": "x"}) == ("-ERR", "-ERR No such channel!\n")


async def test_eavesdrop(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    await demo.direct(f"ring 102 {A}")
    await demo.direct("answer 102")
    target = (await demo.direct("state"))["calls"]
    assert isinstance(target, list)
    uuid = await operator.command("eavesdrop", {"channel-uuid": target[0]["uuid"], "display": "spy"})
    await operator.ask("ping")
    await demo.direct("pickup 101")
    assert (await operator.reply(uuid))["exec-complete"] == "+OK"
    await demo.direct("hangup 102")
    clock.advance(0)
    assert (await operator.story())[-3:] == END
    assert await state(demo) == []


async def test_recordings(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    """Transcript T12, second part, and section 10.2."""
    main = await talk(demo, operator)
    far = main["Other-Leg-Unique-ID"]
    assert await operator.ask("cdr_get_record_link", {"uuid": far}) == ("+OK", "+OK: Not found.")
    assert await operator.ask("cdr_get_record_link") == ("-ERR", "-ERR: UUID is required.")
    clock.advance(3)
    await act(operator, "hangup", main["Unique-ID"])
    complete, link = await operator.ask("cdr_get_record_link", {"uuid": far})
    assert complete == "+OK"
    assert link.startswith(demo.url.replace("ws", "http", 1) + f"api/v2/files/{far}?x_key=")
    status, kind, content = await asyncio.to_thread(_get, link)
    assert (status, kind, content[:4]) == (200, "audio/wav", b"RIFF")
    assert (await asyncio.to_thread(_get, link.replace("x_key=", "x_key=0")))[0] == 401
    assert (await asyncio.to_thread(_get, link.partition("?")[0]))[0] == 401
    assert (await asyncio.to_thread(_get, link.replace(far, "0" * 8)))[0] == 404
    status, _, problem = await asyncio.to_thread(_get, demo.url.replace("ws", "http", 1) + "other")
    assert (status, json.loads(problem)) == (404, {"status": "error", "info": "/other not found."})


async def test_others_recordings_are_not_for_users(demo: WebitelDemo, clock: ManualScheduler) -> None:
    far = (await demo.direct(f"ring 101 {A}"))["uuid"]
    await demo.direct("answer 101")
    clock.advance(3)
    await demo.direct("hangup 101")
    async with client(demo, "102") as user:
        assert await user.ask("cdr_get_record_link", {"uuid": far}) == ("+OK", "+OK: Not found.")


async def test_calls_of_others_are_not_told(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 102 {A}")
    await demo.direct("answer 102")
    assert await operator.channel_events() == []


async def test_call_forwarding(demo: WebitelDemo, operator: WebitelClient) -> None:
    await operator.ask(
        "api account change", {"user": "102@demo.example", "param": "status", "value": "CALLFORWARD('101')"}
    )
    await operator.told()
    await demo.direct(f"ring 102 {A}")
    assert "CREATE" in await operator.story()


def _get(url: str) -> tuple[int, str, bytes]:
    try:
        with urlopen(url) as response:
            return response.status, response.headers["Content-Type"], response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()
