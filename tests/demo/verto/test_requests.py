"""The demo Verto server takes each request apart as mod_verto does: the same fields, the same order, the same words."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.client import connect

from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.demo.verto.options import VertoOptions
from tests.demo.verto.verto_client import SDP, SESSID, Frame, VertoClient, connected, logged_in

A = "0b7e2c54-91f3-4d0a-b6d2-3c1f5a7e9b10"
B = "d1a40f6e-2b8c-4e57-9a33-6f0c1e2d3b45"
OTHER = "11111111-0a4b-4c5d-8e6f-7a8b9c0d1e2f"
OUTSIDE = "74951112233"
ANSWER = SDP.replace("actpass", "active")
NO_CODEC = ANSWER.replace("opus", "iLBC").replace(" 0 8", "")


@pytest.fixture
async def demo() -> AsyncIterator[VertoDemo]:
    async with VertoDemo(VertoOptions(users=4)) as running:
        yield running


@pytest.fixture
async def client(demo: VertoDemo) -> AsyncIterator[VertoClient]:
    async with logged_in(demo) as one:
        yield one


async def talk(demo: VertoDemo, client: VertoClient, call: str = A, number: str = OUTSIDE) -> None:
    await client.invite(call, number)
    await client.take("verto.media", lambda frame: frame["params"]["callID"] == call)
    await demo.direct(f"answer {number}")
    await client.take("verto.answer", lambda frame: frame["params"]["callID"] == call)


async def ring(demo: VertoDemo, client: VertoClient) -> str:
    await demo.direct("ring 101 74957654321")
    return str((await client.take("verto.invite"))["params"]["callID"])


async def calls(demo: VertoDemo) -> list[Frame]:
    found = (await demo.direct("state"))["calls"]
    assert isinstance(found, list)
    return found


# ---- JSON-RPC


async def test_a_message_of_another_version_is_refused_under_its_id(client: VertoClient) -> None:
    await client.send('{"jsonrpc":"1.0","id":77,"method":"verto.ping","params":{}}')
    assert json.loads(await client.take_raw()) == {
        "jsonrpc": "2.0",
        "id": 77,
        "error": {"code": -32600, "message": "Invalid message"},
    }
    await client.send("5")
    assert json.loads(await client.take_raw())["id"] is None


async def test_an_id_comes_back_as_it_was(client: VertoClient) -> None:
    await client.send('{"jsonrpc":"2.0","id":"seven","method":"verto.ping","params":{}}')
    assert json.loads(await client.take_raw())["id"] == "seven"
    await client.send('{"jsonrpc":"2.0","method":"verto.ping","params":{}}')
    assert json.loads(await client.take_raw())["id"] is None


async def test_requests_are_answered_in_their_order(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    order: list[str] = []

    async def note(name: str, answered: asyncio.Task[Frame]) -> None:
        await answered
        order.append(name)

    held = asyncio.create_task(client.modify(A, "hold"))
    pinged = asyncio.create_task(client.ask("verto.ping"))
    await asyncio.gather(note("hold", held), note("ping", pinged))
    assert order == ["hold", "ping"]  # it takes its time to hold, and does nothing else meanwhile


# ---- login


async def test_who_brings_no_session_id_is_given_one(demo: VertoDemo) -> None:
    async with connect(demo.url, ping_interval=None, compression=None) as socket:
        params = {"login": "101", "passwd": "demo"}
        await socket.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "login", "params": params}))
        assert len(json.loads(await socket.recv())["result"]["sessid"]) == 36


async def test_any_request_may_carry_the_login(demo: VertoDemo) -> None:
    async with connected(demo) as client:
        assert (await client.ask("login", login="101", passwd=""))["error"]["message"] == "Missing passwd"
        await client.send('{"jsonrpc":"2.0","id":77,"method":"login"}')
        assert json.loads(await client.take_raw())["error"] == {"code": -32001, "message": "Missing params"}
        pong = await client.ask("verto.ping", login="101@demo.example", passwd="demo")
        assert pong["result"] == {"message": "PONG", "sessid": SESSID}
        await client.take("verto.clientReady")


async def test_after_the_login_params_may_be_missing(client: VertoClient) -> None:
    await client.send('{"jsonrpc":"2.0","id":77,"method":"verto.ping"}')
    assert json.loads(await client.take_raw())["result"]["message"] == "PONG"
    await client.send('{"jsonrpc":"2.0","id":78,"method":"verto.bye"}')
    assert json.loads(await client.take_raw())["error"] == {"message": "Params data missing", "code": -32002}


# ---- what is looked at first


@pytest.mark.parametrize(
    ("method", "params", "error"),
    [
        ("verto.answer", {}, {"message": "Dialog data missing"}),
        ("verto.answer", {"dialogParams": {}}, {"message": "CallID missing"}),
        ("verto.answer", {"dialogParams": {"callID": A}}, {"message": "SDP missing"}),
        ("verto.answer", {"dialogParams": {"callID": A}, "sdp": ""}, {"message": "CALL DOES NOT EXIST"}),
        ("verto.attach", {"dialogParams": {}}, {"message": "SDP missing"}),
        ("verto.attach", {"dialogParams": {}, "sdp": ""}, {"message": "CallID missing"}),
        ("verto.attach", {"dialogParams": {"callID": A}, "sdp": ""}, {"message": "CALL DOES NOT EXIST"}),
        ("verto.bye", {"dialogParams": {"callID": 5}}, {"message": "CallID missing"}),
        ("verto.bye", {"dialogParams": {"callID": A}}, {"callID": A, "message": "CALL DOES NOT EXIST"}),
        ("verto.modify", {"dialogParams": {"callID": A}}, {"message": "action missing"}),
        (
            "verto.modify",
            {"dialogParams": {"callID": A}, "action": "hold"},
            {"callID": A, "action": "hold", "message": "CALL DOES NOT EXIST"},
        ),
    ],
)
async def test_what_is_missing(client: VertoClient, method: str, params: Frame, error: Frame) -> None:
    assert (await client.ask(method, **params))["error"] == {**error, "code": -32002}


@pytest.mark.parametrize(
    ("params", "first"),
    [
        ({"sdp": SDP}, "Dialog data missing"),
        ({"sdp": SDP, "dialogParams": {}}, "CallID missing"),
        ({"dialogParams": {"callID": A}}, "SDP missing"),
    ],
)
async def test_what_an_invitation_misses(client: VertoClient, params: Frame, first: str) -> None:
    text = await client.ask_raw("verto.invite", **params)
    more = '"causeCode": 95, "cause": "INVALID_MSG_UNSPECIFIED", "message": "CALL ERROR", "code": -32002'
    assert text.endswith(f'"error": {{"message": "{first}", {more}}}}}')


async def test_an_invitation_under_the_id_of_another_call(client: VertoClient) -> None:
    await client.invite(A, "9196")
    text = await client.ask_raw("verto.invite", sdp=SDP, dialogParams={"callID": A})
    assert json.loads(text)["error"] == {
        "message": "CALL ERROR",
        "causeCode": 27,
        "cause": "DESTINATION_OUT_OF_ORDER",
        "code": -32002,
    }
    assert '"message": "Cannot create channel"' in text


# ---- descriptions that do not fit


async def test_an_answer_without_a_common_codec_leaves_the_call_ringing(demo: VertoDemo, client: VertoClient) -> None:
    call = await ring(demo, client)
    refused = await client.ask("verto.answer", sdp=NO_CODEC, dialogParams={"callID": call})
    assert refused["error"] == {"message": "CODEC ERROR", "code": -32002}
    assert len(await calls(demo)) == 2
    assert "result" in await client.ask("verto.answer", sdp=ANSWER, dialogParams={"callID": call})


async def test_a_second_answer_does_no_harm(demo: VertoDemo, client: VertoClient) -> None:
    call = await ring(demo, client)
    for _ in range(2):
        reply = await client.ask("verto.answer", sdp=ANSWER, dialogParams={"callID": call})
        assert reply["result"] == {"sessid": SESSID}
    assert len(await calls(demo)) == 2


async def test_an_attach_that_cannot_be_used_ends_the_call(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    refused = await client.ask("verto.attach", sdp=NO_CODEC, dialogParams={"callID": A})
    assert refused["error"] == {"message": "CODEC NEGOTIATION ERROR", "code": -32002}
    bye = (await client.take("verto.bye"))["params"]
    assert (bye["causeCode"], bye["cause"]) == (58, "BEARERCAPABILITY_NOTAVAIL")


async def test_an_attach_to_a_call_that_was_not_answered_ends_it(demo: VertoDemo, client: VertoClient) -> None:
    call = await ring(demo, client)
    refused = await client.ask("verto.attach", sdp=ANSWER, dialogParams={"callID": call})
    assert refused["error"]["message"] == "Cannot attach to a call that has not been answered."
    bye = (await client.take("verto.bye"))["params"]
    assert (bye["causeCode"], bye["cause"]) == (27, "DESTINATION_OUT_OF_ORDER")


async def test_media_that_cannot_be_renewed(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    common = {"callID": A, "action": "updateMedia", "code": -32002}
    missing = await client.modify(A, "updateMedia")
    assert missing["error"] == {**common, "message": "SDP missing"}
    refused = await client.modify(A, "updateMedia", sdp=NO_CODEC)
    assert refused["error"] == {**common, "message": "CODEC NEGOTIATION ERROR"}
    assert (await client.modify(A, "holdState"))["result"]["holdState"] == "active"
    call = await ring(demo, client)
    early = await client.modify(call, "updateMedia", sdp=SDP)
    assert early["error"]["message"] == "Cannot update a call that has not been answered."
    assert (await client.take("verto.bye"))["params"]["cause"] == "DESTINATION_OUT_OF_ORDER"


# ---- modify


async def test_an_action_is_named_as_it_was_asked_for(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    for action, state in (("toggleHold", "held"), ("toggleHold", "active"), ("HOLD", "held"), ("UnHold", "active")):
        result = (await client.modify(A, action))["result"]
        assert result == {"callID": A, "action": action, "holdState": state, "sessid": SESSID}


@pytest.mark.parametrize("consulted_first", [True, False])
async def test_an_attended_transfer_to_a_service(demo: VertoDemo, client: VertoClient, consulted_first: bool) -> None:
    await talk(demo, client)
    await client.modify(A, "hold")
    await client.invite(B, "9196")
    await client.take("verto.answer", lambda frame: frame["params"]["callID"] == B)
    call, other = (B, A) if consulted_first else (A, B)
    assert (await client.modify(call, "replace", replaceCallID=other))["result"]["action"] == "replace"
    byes = [(await client.take("verto.bye"))["params"]["callID"] for _ in range(2)]
    assert sorted(byes) == sorted([A, B])
    assert [(call["number"], call["with"]) for call in await calls(demo)] == [(OUTSIDE, "")]


async def test_two_services_cannot_be_connected(client: VertoClient) -> None:
    for call in (A, B):
        await client.invite(call, "9196")
        await client.take("verto.answer")
    refused = (await client.modify(B, "replace", replaceCallID=A))["error"]
    assert refused == {"callID": B, "action": "replace", "message": "transfer failed", "code": -32002}


# ---- bye


@pytest.mark.parametrize(
    ("said", "cause", "code"),
    [
        ({}, "NORMAL_CLEARING", 16),
        ({"cause": "user_busy"}, "USER_BUSY", 17),
        ({"cause": "USER_BUSY", "causeCode": 21}, "USER_BUSY", 17),
        ({"causeCode": 21}, "CALL_REJECTED", 21),
        ({"causeCode": "21"}, "CALL_REJECTED", 21),
        ({"cause": "NORMAL CLEARING", "causeCode": 9999}, "NORMAL_CLEARING", 16),
        ({"cause": "NO_USER_RESPONSE"}, "NO_USER_RESPONSE", 18),
        ({"cause": "MEDIA_TIMEOUT"}, "MEDIA_TIMEOUT", 804),
    ],
)
async def test_causes(client: VertoClient, said: Frame, cause: str, code: int) -> None:
    await client.invite(A, "9196")
    await client.take("verto.answer")
    ended = await client.ask("verto.bye", dialogParams={"callID": A, "cause": "CALL_REJECTED"}, **said)
    expected = {"callID": A, "message": "CALL ENDED", "causeCode": code, "cause": cause, "sessid": SESSID}
    assert ended["result"] == expected


# ---- info


async def test_words_to_a_colleague(demo: VertoDemo, client: VertoClient) -> None:
    async with logged_in(demo, "102", OTHER) as other:
        words = {"to": "102@demo.example", "body": "hello", "from": "somebody", "from_room": "7"}
        assert (await client.ask("verto.info", msg=words))["result"]["message"] == "SENT"
        assert (await other.take("verto.info"))["params"] == {
            "msg": {
                "from": "101@demo.example",
                "to": "102@demo.example",
                "body": "hello",
                "from_user": "101",
                "from_host": "demo.example",
                "from_full": "101",
                "from_room": "7",
            }
        }
        refused = await client.ask("verto.info", msg={"to": "102@demo.example"})
        assert refused["error"] == {"message": "INVALID MESSAGE to and body params required"}


async def test_info_about_nothing(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    assert (await client.ask("verto.info"))["result"] == {"sessid": SESSID}
    assert (await client.ask("verto.info", dialogParams={"callID": A}))["result"] == {"sessid": SESSID}


# ---- event channels


async def test_event_channels(demo: VertoDemo, client: VertoClient) -> None:
    assert (await client.ask("verto.subscribe", eventChannel="FSevent"))["error"] == {
        "unauthorizedChannels": ["FSevent"]
    }
    subscribed = await client.ask("verto.subscribe", eventChannel=["demo", "conference.1", "FSevent"], subParams={})
    assert subscribed["result"] == {
        "subscribedChannels": ["demo", "conference.1"],
        "unauthorizedChannels": ["FSevent"],
        "sessid": SESSID,
    }
    again = await client.ask("verto.subscribe", eventChannel="demo")
    assert again["result"]["alreadySubscribedChannels"] == ["demo"]
    async with logged_in(demo, "102", OTHER) as other:
        told = await other.ask("verto.broadcast", eventChannel="demo", localBroadcast=True, data={"hello": 2})
        assert told["result"] == {"sessid": OTHER}
        assert (await client.take("verto.event"))["params"] == {
            "eventChannel": "demo",
            "localBroadcast": True,
            "data": {"hello": 2},
            "sessid": OTHER,
            "userid": "102@demo.example",
            "eventSerno": 0,
            "subscribedChannel": "demo",
        }
        refused = await other.ask("verto.broadcast", eventChannel="FSevent", data={})
        assert refused["result"] == {"message": "Permission Denied.", "code": -32002, "sessid": OTHER}
    gone = await client.ask("verto.unsubscribe", eventChannel=["demo", "presence"])
    assert gone["result"]["unsubscribedChannels"] == ["demo"]
    assert gone["result"]["notSubscribedChannels"] == ["presence"]
    assert (await client.ask("verto.unsubscribe", eventChannel="demo"))["error"] == {"notSubscribedChannels": ["demo"]}


# ---- the speed test


async def test_the_speed_test(client: VertoClient) -> None:
    await client.send("#SPU 2048")
    for _ in range(2):
        await client.send("#SPB " + "." * 1023)
    await client.send("#SPE")
    assert (await client.take_raw()).startswith("#SPU ")
    filling = [await client.take_raw() for _ in range(20)]
    assert {text[:5] for text in filling} == {"#SPB "}
    assert {len(text) for text in filling} == {1024}
    assert (await client.take_raw()).startswith("#SPD ")
    await client.send("# anything")
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"


# ---- another connection


async def test_a_call_that_rings_does_not_go_to_another_connection(demo: VertoDemo) -> None:
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(logged_in(demo))
        await ring(demo, first)
        second = await stack.enter_async_context(logged_in(demo))
        assert await calls(demo) == []
        assert "verto.attach" not in [frame["method"] for frame in second.requests]


async def test_a_talk_goes_to_another_connection(demo: VertoDemo) -> None:
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(logged_in(demo))
        await talk(demo, first)
        second = await stack.enter_async_context(connected(demo))
        await second.log_in()
        assert (await second.take("verto.attach"))["params"]["callID"] == A
        assert "result" in await second.ask("verto.attach", sdp=ANSWER, dialogParams={"callID": A})
        assert len(await calls(demo)) == 2


async def test_a_punt_is_sent_before_anything_else(demo: VertoDemo) -> None:
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(logged_in(demo))
        for number in range(20):  # it is busy, so that it gets no events
            await first.send(json.dumps({"jsonrpc": "2.0", "id": 1000 + number, "method": "verto.ping", "params": {}}))
        await stack.enter_async_context(logged_in(demo))
        async with asyncio.timeout(10):
            await first.closed.wait()
        assert [frame["method"] for frame in first.requests] == ["verto.punt"]
