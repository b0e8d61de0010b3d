"""Requests, replies, subscriptions and reloads (oktell-protocol.md, sections 1.4, 3.3, 3.4 and 12)."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctidesk.oktell.errors import Code
from ctidesk.oktell.record import Record
from ctidesk.oktell.reloads import Reloads
from ctidesk.oktell.session import EVENT_GROUPS, METHOD_GATES, RELOAD_PATIENCE, talk_text
from ctidesk.oktell.values import LineState
from tests.oktell.scripted_connection import IDLE, Pbx
from tests.waiting import settle

TALKER: dict[str, Any] = {"number": "102", "userid": "u102", "iscommutated": True}
TALK: dict[str, Any] = {"linestatestr": "lsCommutated", "abonent": TALKER}
RING: dict[str, Any] = {"abonent": {"number": "102", "userid": "u102", "isringing": True}}

# ---- requests and replies


async def test_a_reply_is_found_by_its_id_whatever_its_method(line: Pbx) -> None:
    task = asyncio.create_task(line.session.ask("anything", {"x": 1, "none": None}))
    await settle()
    method, body = line.sent[-1]
    assert (method, body["x"], body["userlogin"]) == ("anything", 1, "op1")
    assert "none" not in body
    line.connection.put(["another", {"qid": body["qid"], "y": 2}])
    reply = await task
    assert reply.fields == {"qid": body["qid"], "y": 2, "result": 1}


@pytest.mark.parametrize("method", ["ping", "subscribeevent"])
async def test_requests_without_the_login(line: Pbx, method: str) -> None:
    line.session.send(method)
    await settle()
    assert "userlogin" not in line.sent[-1][1]


async def test_no_reply_in_time(line: Pbx) -> None:
    task = asyncio.create_task(line.session.ask("anything"))
    await settle()
    qid = line.sent[-1][1]["qid"]
    line.clock.advance(19.9)
    await settle()
    assert not task.done()
    line.clock.advance(0.2)
    assert (await task).fields["errorCode"] == Code.NO_REPLY
    # D7: what comes after the time is nobody's reply any more.
    line.connection.put(["anything", {"qid": qid, "result": 1}])
    await settle()


async def test_a_second_reply_is_nobodys(line: Pbx) -> None:
    heard: list[Record] = []
    line.session.send("anything", {}, lambda reply: heard.append(reply) or [])  # type: ignore[func-returns-value]
    await settle()
    qid = line.sent[-1][1]["qid"]
    for _ in range(2):
        line.connection.put(["anything", {"qid": qid}])
    await settle()
    assert len(heard) == 1


async def test_whoever_waits_goes_on_although_the_reply_broke_something(
    line: Pbx, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_reply: Record) -> list[object]:
        raise LookupError("unforeseen")

    task = asyncio.create_task(line.session.ask("anything", {}, broken))  # type: ignore[arg-type]
    await settle()
    with caplog.at_level(logging.CRITICAL):
        line.connection.put(["anything", {"qid": line.sent[-1][1]["qid"]}])
        assert (await task).true("result")
    assert line.client.is_connected


async def test_without_a_connection(pbx: Pbx) -> None:
    reply = await pbx.session.ask("anything")
    assert (reply.get("result"), reply.get("errorCode")) == (False, 1201)
    assert not pbx.session.send("anything")


async def test_an_event_may_be_a_reply_as_well(line: Pbx) -> None:
    heard: list[str] = []
    line.session.native.subscribe(lambda name, _body: heard.append(name))
    task = asyncio.create_task(line.session.ask("anything"))
    await settle()
    line.connection.put(["customevent", {"qid": line.sent[-1][1]["qid"], "eventname": "hello", "eventparam": [1]}])
    await task
    assert heard == ["customevent"]
    assert [(one.name, one.args) for one in line.events] == [("custom:hello", ([1],))]


# ---- method gates


@pytest.mark.parametrize(("method", "minimum"), METHOD_GATES.items())
async def test_gates(line: Pbx, method: str, minimum: int) -> None:
    critical: list[str] = []
    line.session.critical._subscribers = ()
    line.session.critical.subscribe(critical.append)
    line.session.dated = minimum - 1
    line.forget()
    reply = await line.run(line.session.ask(method))
    assert reply.get("errorCode") == 1101
    assert line.requests() == []
    assert critical == ([method] if method in ("getversion", "getextendedlineinfo", "getmyuserinfo") else [])
    for dated in (minimum, None):
        line.session.dated = dated
        line.session.send(method)
        await settle()
        assert line.requests()[-1] == method


async def test_gates_of_the_specification() -> None:
    assert METHOD_GATES == {
        "getversion": 120112,
        "getextendedlineinfo": 120112,
        "getmyuserinfo": 120327,
        "pbxmakeflash": 120725,
        "getallusernumbers": 120920,
        "pbxanswercall": 131218,
        "pbxmaketransfer": 120725,
        "triggercustomevent": 120725,
        "saveredirectrules": 120725,
        "deleteredirectrules": 120725,
        "getredirectrules": 120725,
        "cc_getlunchtypes": 130101,
    }


async def test_a_critical_method_ends_the_session(line: Pbx) -> None:
    line.session.dated = 100000
    line.session.reload()
    await line.serve()
    await settle()
    assert line.requests() == ["logout"]
    assert line.events[-1].name == "disconnect"
    assert line.events[-1].args[0]["code"] == 10  # type: ignore[index,call-overload]


# ---- subscriptions


async def test_a_name_is_subscribed_once(line: Pbx) -> None:
    line.client.subscribe_native(["chatmessage", "chatmessage", 5, "", None])
    await line.serve()
    line.client.subscribe_native(["chatmessage"])
    await line.serve()
    assert line.bodies("subscribeevent") == [{"eventmethod": ["chatmessage"]}]


async def test_a_refused_name_is_tried_again(line: Pbx) -> None:
    """D11."""
    line.answers["subscribeevent"] = {"result": False}
    line.session.subscribe_events(["chatmessage"])
    await line.serve()
    line.session.subscribe_events(["chatmessage"])
    await line.serve()
    assert len(line.bodies("subscribeevent")) == 2


@pytest.mark.parametrize("group", EVENT_GROUPS)
async def test_a_group_stands_for_its_members(line: Pbx, group: str) -> None:
    heard: list[str] = []
    line.session.native.subscribe(lambda name, _body: heard.append(name))
    line.client.subscribe_native([group])
    for member in EVENT_GROUPS[group]:
        await line.push(member)
    assert heard == list(EVENT_GROUPS[group])
    line.forget()
    assert not line.session.subscribe_events(EVENT_GROUPS[group])


async def test_everything_is_subscribed_anew(line: Pbx) -> None:
    """D11: subscriptions are lost with the socket."""
    line.client.subscribe_native(["chatmessage"])
    await line.serve()
    line.connection.drop()
    await settle()
    attempt = asyncio.create_task(line.client.connect())
    await line.serve()
    await attempt
    await line.serve()
    names = [body["eventmethod"][0] for body in line.bodies("subscribeevent")]
    assert names.count("chatmessage") == names.count("customevent") == names.count("flashstatechanged") == 1


# ---- reloads (D20)


async def test_wishes_are_merged_while_a_reply_is_awaited(line: Pbx) -> None:
    del line.answers["getextendedlineinfo"]
    for _ in range(5):
        await line.push("phoneevent_ringstopped")
    assert line.requests() == ["getextendedlineinfo"]
    qid = line.sent[-1][1]["qid"]
    line.answers["getextendedlineinfo"] = RING
    line.connection.put(["getextendedlineinfo", {"qid": qid, **IDLE}])
    await line.serve()
    assert line.requests() == ["getextendedlineinfo", "getextendedlineinfo"]
    assert line.session.line.state is LineState.RING


async def test_a_wish_does_not_wait_for_a_reply_that_never_comes(line: Pbx) -> None:
    del line.answers["getextendedlineinfo"]
    await line.push("phoneevent_ringstopped")
    await line.push("phoneevent_ringstopped")
    line.answers["getextendedlineinfo"] = RING
    assert line.requests() == ["getextendedlineinfo"]
    await line.pass_time(RELOAD_PATIENCE + 0.1)
    assert line.requests() == ["getextendedlineinfo", "getextendedlineinfo"]
    assert line.session.line.state is LineState.RING
    await line.pass_time(25)
    assert line.session.line.state is LineState.RING


async def test_an_older_picture_does_not_follow_a_newer_one(line: Pbx) -> None:
    del line.answers["getextendedlineinfo"]
    await line.push("phoneevent_ringstopped")
    await line.pass_time(RELOAD_PATIENCE + 0.1)
    await line.push("phoneevent_ringstopped")
    first, second = (body["qid"] for method, body in line.sent if method == "getextendedlineinfo")
    line.connection.put(["getextendedlineinfo", {"qid": second, **TALK}])
    line.connection.put(["getextendedlineinfo", {"qid": first, **RING}])
    await settle()
    assert line.session.line.state is LineState.TALK


async def test_a_slow_server_is_believed_all_the_same(line: Pbx) -> None:
    del line.answers["getextendedlineinfo"]
    await line.push("phoneevent_ringstopped")
    await line.pass_time(RELOAD_PATIENCE + 0.1)
    await line.push("phoneevent_ringstopped")
    first = next(body["qid"] for method, body in line.sent if method == "getextendedlineinfo")
    line.connection.put(["getextendedlineinfo", {"qid": first, **RING}])
    await settle()
    assert line.session.line.state is LineState.RING


async def test_a_picture_from_before_the_phone_was_gone_does_not_count(line: Pbx) -> None:
    del line.answers["getextendedlineinfo"]
    await line.push("phoneevent_ringstopped")
    qid = line.sent[-1][1]["qid"]
    await line.push("userstatechanged", userstateid=7)
    assert line.session.line.state is LineState.DISCONNECTED
    line.connection.put(["getextendedlineinfo", {"qid": qid, **TALK}])
    await settle()
    assert line.session.line.state is LineState.DISCONNECTED


async def test_a_timer_without_a_connection_does_nothing(line: Pbx) -> None:
    await line.push("linestatechanged")
    line.connection.drop()
    await settle()
    line.forget()
    line.clock.advance(1)
    await settle()
    assert line.sent == []
    assert line.clock.timers == []


@given(st.lists(st.sampled_from(["send", "old", "new", "late"]), max_size=30))
def test_reloads_never_go_back(steps: list[str]) -> None:
    reloads = Reloads()
    waiting: list[int] = []
    taken = 0
    for step in steps:
        if step == "send":
            waiting.append(reloads.begin())
        elif waiting and step == "late":
            reloads.give_up(waiting[-1])
        elif waiting:
            number = waiting.pop(0 if step == "old" else -1)
            counts, _ = reloads.end(number)
            assert counts == (number > taken)
            taken = max(taken, number)
    if not waiting:
        assert not reloads.is_awaited


# ---- talk timer


async def test_the_timer_ticks_and_stops(line: Pbx) -> None:
    await line.show(**TALK, timertalklensec="58")
    line.clock.advance(3)
    await line.push("phoneevent_commstopped")
    told = [one.args for one in line.events if one.name == "talkTimer"]
    assert told == [(58, "00:58"), (59, "00:59"), (60, "01:00"), (61, "01:01"), (False,)]
    assert line.session.talk_length == 0
    line.clock.advance(5)
    assert [one.args for one in line.events if one.name == "talkTimer"] == told


async def test_the_timer_is_adjusted_not_restarted(line: Pbx) -> None:
    await line.show(**TALK, timertalklensec="10")
    await line.show(**TALK, timertalklensec="20")
    assert [one.args[0] for one in line.events if one.name == "talkTimer"] == [10]
    line.clock.advance(1)
    assert [one.args[0] for one in line.events if one.name == "talkTimer"] == [10, 21]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "00:00"), (59, "00:59"), (3599, "59:59"), (3600, "1:00:00"), (36061, "10:01:01")]
)
def test_talk_text(seconds: int, text: str) -> None:
    assert talk_text(seconds) == text
