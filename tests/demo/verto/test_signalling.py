"""The demo Verto server says what the recorded one said (verto-protocol.md; the calls' sound: tests/verto/media)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.demo.verto.options import Quirks, VertoOptions
from ctidesk.demo.webitel.report import state_report
from tests.demo.verto.verto_client import SDP, SESSID, VertoClient, connected, logged_in
from tests.waiting import until

A = "0b7e2c54-91f3-4d0a-b6d2-3c1f5a7e9b10"
B = "d1a40f6e-2b8c-4e57-9a33-6f0c1e2d3b45"
OTHER = "11111111-0a4b-4c5d-8e6f-7a8b9c0d1e2f"
OUTSIDE = "74951112233"


@pytest.fixture
async def demo() -> AsyncIterator[VertoDemo]:
    async with VertoDemo(VertoOptions(users=4, ping_seconds=0.3)) as running:
        yield running


@pytest.fixture
async def client(demo: VertoDemo) -> AsyncIterator[VertoClient]:
    async with logged_in(demo) as one:
        yield one


async def no_calls(demo: VertoDemo) -> None:
    """Wait until the switch has no call left."""
    await until(lambda: not state_report(demo.desk)["calls"])


# ---- the link and the login


async def test_login(demo: VertoDemo) -> None:
    async with connected(demo) as client:
        refused = await client.ask("verto.invite", sdp=SDP, dialogParams={})
        assert refused["error"] == {"code": -32000, "message": "Authentication Required"}
        assert (await client.log_in(password="wrong"))["error"]["message"] == "Authentication Failure"
        assert (await client.log_in("999"))["error"] == {"code": -32001, "message": "Login Incorrect"}
        assert (await client.ask("login", login="101"))["error"]["message"] == "Missing passwd"
        assert (await client.log_in())["result"] == {"message": "logged in", "sessid": SESSID}
        ready = await client.take("verto.clientReady")
        assert ready["params"] == {"reattached_sessions": []}
        assert ready["id"] == 1  # like the client's own first request


async def test_what_is_no_request(client: VertoClient) -> None:
    await client.send("not json")
    assert json.loads(await client.take_raw()) == {
        "jsonrpc": "2.0",
        "id": None,
        "error": {"code": -32600, "message": "Invalid Request"},
    }
    unknown = await client.ask("verto.novelty")
    assert unknown["error"]["code"] == -32601
    await client.send('{"jsonrpc":"2.0","id":77,"error":{"code":1}}')
    assert json.loads(await client.take_raw())["error"]["code"] == -32601
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"


async def test_a_websocket_ping_is_not_answered(client: VertoClient) -> None:
    pong = await client.ping(b"ping")
    assert json.loads(await client.take_raw())["error"]["code"] == -32600
    await client.ping(b"")
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"
    assert not pong.done()
    pong.cancel()


async def test_it_is_when_the_server_is_told_so() -> None:
    quirks = Quirks(silent_to_ping=False, colliding_ids=False)
    async with VertoDemo(VertoOptions(users=2, quirks=quirks)) as demo, connected(demo) as client:
        async with asyncio.timeout(10):
            await (await client.ping(b"ping"))
        await client.log_in()
        assert (await client.take("verto.clientReady"))["id"] > 1_000_000


async def test_a_silent_client_is_pinged(client: VertoClient) -> None:
    ping = await client.take("verto.ping")
    assert isinstance(ping["params"]["serno"], int)


async def test_the_same_session_elsewhere(demo: VertoDemo, client: VertoClient) -> None:
    async with logged_in(demo):
        assert (await client.take("verto.punt"))["params"] == {}
        async with asyncio.timeout(10):
            await client.closed.wait()


async def test_a_session_of_somebody_else(demo: VertoDemo, client: VertoClient) -> None:
    async with connected(demo) as other:
        assert (await other.log_in("102"))["error"]["message"] == "Session in use"
        async with asyncio.timeout(10):
            await other.closed.wait()


# ---- calls of the client


async def test_a_call_with_early_media(demo: VertoDemo, client: VertoClient) -> None:
    created = await client.invite(A, OUTSIDE)
    assert created["result"] == {"message": "CALL CREATED", "callID": A, "sessid": SESSID}
    media = (await client.take("verto.media"))["params"]
    assert media["callID"] == A
    assert "a=mid" not in media["sdp"]
    assert "BUNDLE" not in media["sdp"]
    assert "m=audio" in media["sdp"]
    assert "UDP/TLS/RTP/SAVPF 96\r\n" in media["sdp"]
    assert "a=setup:active" in media["sdp"]
    assert "FreeSWITCH-Hostname" in media["variables"]
    await demo.direct(f"answer {OUTSIDE}")
    answer = (await client.take("verto.answer"))["params"]
    assert "sdp" not in answer
    display = (await client.take("verto.display"))["params"]
    assert display["display_number"] == OUTSIDE
    assert display["display_direction"] == "inbound"
    ended = await client.ask("verto.bye", cause="NORMAL_CLEARING", causeCode=16, dialogParams={"callID": A})
    assert ended["result"]["message"] == "CALL ENDED"
    assert (await demo.direct("state"))["calls"] == []
    again = await client.ask("verto.bye", dialogParams={"callID": A})
    assert again["error"]["message"] == "CALL DOES NOT EXIST"
    assert not [frame for frame in client.requests if frame["method"] == "verto.bye"]


async def test_an_answer_with_its_description(client: VertoClient) -> None:
    await client.invite(A, "9196")
    assert "m=audio" in (await client.take("verto.answer"))["params"]["sdp"]


async def test_the_channel_has_the_id_of_the_call(demo: VertoDemo, client: VertoClient) -> None:
    await client.invite(A, OUTSIDE)
    await client.take("verto.media")
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    assert A in [call["uuid"] for call in calls]
    assert (await client.invite(A, OUTSIDE))["error"]["cause"] == "DESTINATION_OUT_OF_ORDER"


@pytest.mark.parametrize(
    ("number", "cause"), [("9486", "USER_BUSY"), ("12", "NO_ROUTE_DESTINATION"), ("103", "USER_NOT_REGISTERED")]
)
async def test_calls_that_end_at_once(demo: VertoDemo, client: VertoClient, number: str, cause: str) -> None:
    await demo.direct("presence 103 offline")
    await client.invite(A, number)
    assert (await client.take("verto.bye"))["params"]["cause"] == cause


@pytest.mark.parametrize(
    "sdp",
    [
        SDP.replace("opus", "iLBC").replace(" 0 8", ""),
        SDP.replace("a=candidate:1 1 udp", "a=candidate:1 2 udp"),
        "v=0\r\n",
    ],
)
async def test_a_description_that_does_not_fit(client: VertoClient, sdp: str) -> None:
    assert (await client.invite(A, "9196", sdp))["result"]["message"] == "CALL CREATED"
    bye = (await client.take("verto.bye"))["params"]
    assert (bye["causeCode"], bye["cause"]) == (88, "INCOMPATIBLE_DESTINATION")


async def test_a_refused_invite_has_its_message_twice(client: VertoClient) -> None:
    text = await client.ask_raw("verto.invite", dialogParams={"callID": A})
    assert text.count('"message"') == 2
    assert "SDP missing" in text
    assert json.loads(text)["error"]["message"] == "CALL ERROR"


async def test_video_is_refused_without_attributes(client: VertoClient) -> None:
    video = "m=video 4002 UDP/TLS/RTP/SAVPF 97\r\na=rtpmap:97 VP8/90000\r\n"
    await client.invite(A, "9196", SDP + video)
    sdp = (await client.take("verto.answer"))["params"]["sdp"]
    assert sdp.endswith("m=video 0 UDP/TLS/RTP/SAVPF 19\r\n")


# ---- calls to the client


async def ring(demo: VertoDemo, client: VertoClient) -> str:
    await demo.direct(f"ring 101 {OUTSIDE} Anna")
    params = (await client.take("verto.invite"))["params"]
    assert params["caller_id_number"] == OUTSIDE
    assert params["caller_id_name"] == "Anna"
    assert params["display_direction"] == "outbound"
    assert "m=audio" in params["sdp"]
    assert " RTP/SAVPF 102 0 8\r\n" in params["sdp"]
    assert "a=setup:actpass" in params["sdp"]
    assert "a=end-of-candidates" not in params["sdp"]
    return str(params["callID"])


async def test_a_call_answered_by_the_client(demo: VertoDemo, client: VertoClient) -> None:
    call = await ring(demo, client)
    reply = await client.ask("verto.answer", sdp=SDP.replace("actpass", "active"), dialogParams={"callID": call})
    assert reply["result"] == {"sessid": SESSID}
    assert (await client.take("verto.display"))["params"]["display_number"] == OUTSIDE
    await demo.direct(f"hangup {OUTSIDE}")
    assert (await client.take("verto.bye"))["params"] == {
        "callID": call,
        "causeCode": 16,
        "cause": "NORMAL_CLEARING",
    }


async def test_a_call_that_is_given_up_and_one_that_is_refused(demo: VertoDemo, client: VertoClient) -> None:
    await ring(demo, client)
    await demo.direct(f"abandon {OUTSIDE}")
    bye = (await client.take("verto.bye"))["params"]
    assert (bye["causeCode"], bye["cause"]) == (487, "ORIGINATOR_CANCEL")
    call = await ring(demo, client)
    await client.ask("verto.bye", cause="CALL_REJECTED", causeCode=21, dialogParams={"callID": call})
    assert (await demo.direct("state"))["calls"] == []


async def test_two_programs_of_one_user(demo: VertoDemo, client: VertoClient) -> None:
    async with logged_in(demo, sessid=OTHER) as other:
        call = await ring(demo, client)
        params = (await other.take("verto.invite"))["params"]
        assert params["callID"] != call
        await client.ask("verto.answer", sdp=SDP.replace("actpass", "active"), dialogParams={"callID": call})
        assert (await other.take("verto.bye"))["params"]["cause"] == "LOSE_RACE"


# ---- within a call


async def talk(demo: VertoDemo, client: VertoClient, call: str = A, number: str = OUTSIDE) -> None:
    await client.invite(call, number)
    await client.take("verto.media")
    await demo.direct(f"answer {number}")
    await client.take("verto.answer", lambda frame: frame["params"]["callID"] == call)
    await client.take("verto.display", lambda frame: frame["params"]["callID"] == call)


async def test_hold_and_an_unknown_action(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    for action, state in (
        ("hold", "held"),
        ("hold", "held"),
        ("holdState", "held"),
        ("unhold", "active"),
        ("toggleHold", "held"),
    ):
        result = (await client.modify(A, action))["result"]
        assert result["holdState"] == state
        assert result["callID"] == A


async def test_a_transfer(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    assert (await client.modify(A, "transfer"))["error"]["message"] == "destination missing"
    assert (await client.modify(A, "transfer", destination="9197"))["result"]["message"] == "CALL TRANSFERRED"
    assert (await client.take("verto.bye"))["params"]["cause"] == "NORMAL_CLEARING"
    await client.invite(B, "9196")
    await client.take("verto.answer")
    refused = (await client.modify(B, "transfer", destination="103"))["error"]
    assert refused == {"callID": B, "action": "transfer", "message": "call is not bridged", "code": -32002}


async def test_an_attended_transfer(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    await client.modify(A, "hold")
    await talk(demo, client, B, "74957654321")
    assert (await client.modify(B, "replace"))["error"]["message"] == "replaceCallID missing"
    assert (await client.modify(B, "replace", replaceCallID="x"))["error"]["message"] == "invalid transfer leg"
    assert (await client.modify(B, "replace", replaceCallID=A))["result"]["action"] == "replace"
    byes = [(await client.take("verto.bye"))["params"]["callID"] for _ in range(2)]
    assert sorted(byes) == sorted([A, B])
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    assert sorted(call["with"] for call in calls) == [OUTSIDE, "74957654321"]


async def test_digits_arrive_once_each(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    assert (await client.ask("verto.info", dtmf="12#", dialogParams={"callID": A}))["result"]["message"] == "SENT"
    assert (await client.ask("verto.info", dtmf="3", dialogParams={"callID": A}))["result"]["message"] == "SENT"
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    assert [call["digits"] for call in calls if call["uuid"] == A] == ["12#3"]
    assert "message" not in (await client.ask("verto.info", dtmf="1", dialogParams={"callID": B}))["result"]


async def test_media_negotiated_anew(demo: VertoDemo, client: VertoClient) -> None:
    await talk(demo, client)
    result = (await client.modify(A, "updateMedia", sdp=SDP))["result"]
    assert "m=audio" in result["sdp"]
    assert result["holdState"] == "active"


# ---- the link is lost


async def test_a_lost_link_while_it_rings_ends_the_call(demo: VertoDemo) -> None:
    async with logged_in(demo) as client:
        await ring(demo, client)
        await demo.direct("drop-connections")
        await client.closed.wait()
    await no_calls(demo)


async def test_a_talk_waits_and_is_offered_again(demo: VertoDemo) -> None:
    async with logged_in(demo) as client:
        await talk(demo, client)
        await client.modify(A, "hold")
        await demo.direct("drop-connections")
        await client.closed.wait()
    async with connected(demo) as client:
        await client.log_in()
        attach = (await client.take("verto.attach"))["params"]
        assert attach["callID"] == A
        assert attach["display_direction"] == "inbound"
        assert "UDP/TLS/RTP/SAVPF 96\r\n" in attach["sdp"]
        assert "a=fingerprint:sha-512" in attach["sdp"]
        assert "a=end-of-candidates" in attach["sdp"]
        assert (await client.take("verto.clientReady"))["params"] == {"reattached_sessions": [A]}
        answer = SDP.replace("actpass", "active")
        assert "result" in await client.ask("verto.attach", sdp=answer, dialogParams={"callID": A})
        assert (await client.take("verto.display"))["params"]["display_number"] == OUTSIDE
        assert (await client.modify(A, "holdState"))["result"]["holdState"] == "held"


async def test_nobody_comes_back() -> None:
    async with VertoDemo(VertoOptions(users=3, detach_seconds=0.1)) as demo:
        async with logged_in(demo) as client:
            await talk(demo, client)
        await no_calls(demo)


# ---- the director


@pytest.mark.parametrize(
    "kind", ["notjson", "badshape", "huge", "deep", "wrongtypes", "unknown", "duplicate", "outoforder"]
)
async def test_garbage_is_sent(demo: VertoDemo, client: VertoClient, kind: str) -> None:
    assert await demo.direct(f"garbage {kind}") == {"ok": True, "clients": 1}
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"


async def test_lines(demo: VertoDemo, client: VertoClient) -> None:
    assert (await demo.direct("loss 101"))["ok"] is False
    assert (await demo.direct("loss 5"))["ok"] is True
    assert (await demo.direct("garbage nonsense"))["ok"] is False
    assert (await demo.direct("nonsense"))["ok"] is False
    assert (await demo.direct("delay 10"))["ok"] is True
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"
    assert (await demo.direct("freeze 0.05"))["ok"] is True
    assert (await client.ask("verto.ping"))["result"]["message"] == "PONG"
    users = (await demo.direct("state"))["users"]
    assert isinstance(users, list)
    assert [user["client"] for user in users] == [True, False, False, False]


async def test_a_call_given_up_in_the_same_breath(demo: VertoDemo, client: VertoClient) -> None:
    invited = asyncio.create_task(client.invite(A, OUTSIDE))
    ended = asyncio.create_task(client.ask("verto.bye", cause="ORIGINATOR_CANCEL", dialogParams={"callID": A}))
    assert (await invited)["result"]["message"] == "CALL CREATED"
    assert (await ended)["result"]["cause"] == "ORIGINATOR_CANCEL"
    await no_calls(demo)
