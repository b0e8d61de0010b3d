"""The director's lines (command-line.md, "`ctidesk pbx`") and what they do to links; the story of `ctidesk demo`."""

from __future__ import annotations

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from ctidesk.demo.garbage import DEPTH, HUGE_LENGTH
from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from tests.demo.webitel.webitel_client import WebitelClient, client, raw_client

A = "79161234567"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "sing 101",
        "ring",
        "ring 101",
        f"ring 999 {A}",
        "ring 101 12",
        "ring 101 101",
        "queue-ring 101 102",
        "answer 101",
        "answer nobody",
        f"hangup {A}",
        "busy 102 maybe",
        "noanswer 102 soon",
        "presence 102 asleep",
        f"presence {A} ready",
        "dtmf 102 1",
        "dtmf 102 x",
        "freeze -1",
        "freeze nan",
        "delay x",
        "garbage nice",
        "login-error none",
        "hold 102",
        "unhold 102",
    ],
)
async def test_wrong_lines_are_answered(demo: WebitelDemo, line: str) -> None:
    answer = await demo.direct(line)
    assert answer["ok"] is False
    assert answer["error"]
    assert (await demo.direct("state"))["calls"] == []


async def test_people_who_behave_by_themselves(demo: WebitelDemo, clock: ManualScheduler) -> None:
    await demo.direct("answer 102 2")
    await demo.direct("hangup 102 5")
    await demo.direct(f"ring 102 {A}")
    clock.advance(2)
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    assert [call["with"] for call in calls] == ["102", A]
    assert not (await demo.direct(f"ring 103 {A}"))["ok"]
    clock.advance(5)
    assert (await demo.direct("state"))["calls"] == []


async def test_auto_answers_for_everybody_but_those_with_a_client(clock: ManualScheduler) -> None:
    async with WebitelDemo(WebitelOptions(users=3, auto=True), clock) as demo, client(demo) as operator:
        await demo.direct(f"ring 101 {A}")
        await demo.direct("ring 102 79160000000")
        clock.advance(5)
        state = await demo.direct("state")
        assert isinstance(state["calls"], list)
        assert [(call["number"], call["state"]) for call in state["calls"]][1] == ("101", "RINGING")
        assert [call["number"] for call in state["calls"] if call["with"]] == ["79160000000", "102"]
        await demo.direct("hangup 101")
        uuid = await operator.send("call", extension="103")
        await operator.ask("ping")
        clock.advance(1.5)
        assert (await operator.reply(uuid))["exec-complete"] == "+OK"
        clock.advance(1.5)
        assert (await operator.story())[-1] == "BRIDGE"


async def test_drop_connections(demo: WebitelDemo, operator: WebitelClient) -> None:
    assert await demo.direct("drop-connections") == {"ok": True, "dropped": 1}
    with pytest.raises(ConnectionClosedError):
        await operator.socket.recv()
    async with client(demo) as again:
        assert await again.told() == []


async def test_freeze(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    await demo.direct("freeze 5")
    uuid = await operator.command("ping", {})
    await demo.direct(f"ring 101 {A}")
    received = asyncio.create_task(operator.reply(uuid))
    clock.advance(4)
    await asyncio.sleep(0)
    assert not received.done()
    clock.advance(1)
    assert (await received)["exec-response"] == "pong"
    assert "CREATE" in await operator.story()


async def test_delay(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    await demo.direct("delay 1500")
    await demo.direct(f"ring 101 {A}")
    received = asyncio.create_task(operator.socket.recv())
    clock.advance(1.4)
    await asyncio.sleep(0)
    assert not received.done()
    clock.advance(0.2)
    assert json.loads(await received)["Event-Name"] == "CHANNEL_STATE"


@pytest.mark.parametrize(
    "kind", ["notjson", "badshape", "huge", "deep", "wrongtypes", "unknown", "duplicate", "outoforder"]
)
async def test_garbage(demo: WebitelDemo, kind: str) -> None:
    async with connect(demo.url, proxy=None, max_size=None) as socket:
        args = {"account": demo.operator_login, "secret": demo.password}
        await socket.send(json.dumps({"exec-uuid": "1", "exec-func": "auth", "exec-args": args}))
        event, reply = await socket.recv(), await socket.recv()
        assert await demo.direct(f"garbage {kind}") == {"ok": True, "clients": 1}
        await socket.send('{"exec-uuid":"end","exec-func":"ping"}')
        frames = []
        while '"end"' not in (text := str(await socket.recv())):
            frames.append(text)
    if kind == "huge":
        assert len(frames[0]) > HUGE_LENGTH
    elif kind == "deep":
        assert frames[0].count("[") == DEPTH
    elif kind == "duplicate":
        assert frames == [reply, event]
    elif kind == "notjson":
        for frame in frames:
            with pytest.raises(ValueError, match=r"."):
                json.loads(frame)
    else:
        assert len([json.loads(frame) for frame in frames]) >= 8


async def test_a_client_that_goes_away_in_a_call(demo: WebitelDemo) -> None:
    """The telephones go on without it."""
    async with client(demo) as one:
        await demo.direct(f"ring 101 {A}")
        await one.told()
    await demo.direct("answer 101")
    async with client(demo, "103") as watcher:
        listed = json.loads((await watcher.ask("api account list"))[1]["response"])
        assert (listed["101"]["state"], listed["101"]["online"]) == ("ISBUSY", False)


async def test_ends_with_open_connections(clock: ManualScheduler) -> None:
    async with WebitelDemo(WebitelOptions(users=1), clock) as demo, raw_client(demo) as one:
        await demo.__aexit__(None, None, None)
        with pytest.raises(ConnectionClosed):
            await one.socket.recv()


async def tell(*, seed: int, quiet: bool) -> list[tuple[str, object, object]]:
    """What the operator's client hears in five minutes when nobody answers."""
    clock = ManualScheduler()
    options = WebitelOptions(auto=True, story=True, quiet=quiet, seed=seed)
    async with WebitelDemo(options, clock) as demo, client(demo) as one:
        await one.ask("cc login")
        for _ in range(300):
            clock.advance(1)
        events = await one.told()
    return [
        (event["Event-Name"], event.get("Caller-Caller-ID-Number"), event.get("variable_cc_queue"))
        for event in events
        if event["Event-Name"] in ("CHANNEL_CREATE", "CHANNEL_DESTROY", "ACCOUNT_STATUS")
    ]


async def test_story_calls_from_all_sides() -> None:
    calls = [one for one in await tell(seed=1, quiet=False) if one[0] == "CHANNEL_CREATE"]
    assert len(calls) >= 10
    assert {queue for _, _, queue in calls} == {None, "sales@demo.example", "support@demo.example"}
    assert {len(str(number)) == 3 for _, number, _ in calls} == {True, False}


async def test_quiet_story_has_only_colleagues() -> None:
    assert {name for name, _, _ in await tell(seed=1, quiet=True)} == {"ACCOUNT_STATUS"}


async def test_the_same_seed_tells_the_same_story() -> None:
    first = await tell(seed=2, quiet=False)
    assert await tell(seed=2, quiet=False) == first
    assert await tell(seed=3, quiet=False) != first
