"""Commands, deadlines, keep-alive, subscriptions (webitel-protocol.md, 2.3, 3.4 and 5.6)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctidesk.webitel.session import PING_INTERVAL, REPLY_LIMIT, Session
from tests.cti.fake_clock import FakeClock
from tests.waiting import settle
from tests.webitel.scripted_pbx import Pbx


async def test_replies_find_their_commands_in_any_order(line: Pbx) -> None:
    first, second = line.run("ready"), line.run("busy", "dnd")
    await settle()
    one, two = line.sent
    assert one["exec-uuid"] != two["exec-uuid"]
    await line.say(*({"exec-uuid": frame["exec-uuid"], "exec-complete": "+OK"} for frame in (two, one)))
    assert (await first)["id"] == one["exec-uuid"]
    assert (await second)["id"] == two["exec-uuid"]


async def test_replies_to_nobody_are_ignored(line: Pbx) -> None:
    task = line.run("ready")
    await settle()
    reply = {"exec-uuid": line.sent[0]["exec-uuid"], "exec-complete": "+OK"}
    await line.say({"exec-uuid": "unknown", "exec-complete": "+OK"}, reply, reply)
    assert (await task)["status"] == 0
    assert line.names() == []


@pytest.mark.parametrize(
    ("command", "limit"), [(("ready",), 10), (("hold", "k1"), 10), (("call", "101"), 90), (("userList",), 10)]
)
async def test_deadlines(line: Pbx, command: tuple[str, ...], limit: float) -> None:
    await line.talk()
    line.session.stop_pings()
    task = line.run(*command)
    await settle()
    line.clock.advance(limit - 0.1)
    await settle()
    assert not task.done()
    line.clock.advance(0.2)
    assert (await task)["status"] == 1
    assert [told["errorType"] for name, told in line.events if name == "onError"] == ["COMMAND-ERROR"]


async def test_without_a_connection_nothing_is_sent(pbx: Pbx) -> None:
    result = await pbx.run("call", "101")
    assert result == {"status": 1, "response": "there is no connection"}
    assert pbx.events == [("onError", {"errorType": "CONNECTION-ERROR", "message": "there is no connection"})]
    assert not pbx.connections


async def test_the_loss_of_the_connection_fails_what_waits(line: Pbx) -> None:
    tasks = [line.run("ready"), line.run("call", "101"), line.run("getTiers")]
    await settle()
    line.connection.drop()
    results = [await task for task in tasks]
    assert [result["status"] for result in results] == [1, 1, 1]
    assert line.names() == ["onDisconnect", "onRemoveUser", "onRemoveUser", *["onError"] * 3]
    assert line.clock.timers == []


async def test_a_failure_is_told_after_its_result(line: Pbx) -> None:
    order: list[str] = []
    line.client.events.subscribe(lambda event: order.append(event.name))
    future = line.session._start("hold", {}, line.session._tell_failed)
    await settle()
    order.clear()
    line.session.receive(
        json.dumps({"exec-uuid": line.sent[-1]["exec-uuid"], "exec-complete": "-ERR", "exec-response": "-ERR x"})
    )
    assert future.done()
    assert order == ["onError"]


# ---- keep-alive


async def test_pings_are_answered(line: Pbx) -> None:
    for _ in range(3):
        line.clock.advance(PING_INTERVAL)
        await settle()
        await line.reply("ping", "pong")
    assert [frame["exec-func"] for frame in line.sent] == ["ping"] * 3
    assert line.names() == []
    assert line.client.is_connected


async def test_an_unanswered_ping_ends_the_connection(line: Pbx) -> None:
    line.clock.advance(PING_INTERVAL)
    await settle()
    line.clock.advance(REPLY_LIMIT)
    await settle()
    assert line.connection.closed_by_client
    assert line.names() == ["onDisconnect", "onRemoveUser", "onRemoveUser", "onError"]
    assert line.words()[0] == "disconnected"


async def test_a_refused_ping_is_a_sign_of_life(line: Pbx) -> None:
    line.clock.advance(PING_INTERVAL)
    await settle()
    await line.reply("ping", "no", "-ERR")
    line.clock.advance(REPLY_LIMIT)
    await settle()
    assert line.client.is_connected


class SleepyClock(FakeClock):
    """A clock of a computer that falls asleep before its timers ring."""

    def __init__(self) -> None:
        super().__init__()
        self.slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.slept


async def test_a_computer_that_was_asleep_asks_once_more() -> None:
    clock = SleepyClock()
    session = Session(clock)
    sent: list[Any] = []
    dead: list[None] = []
    session.dead.subscribe(lambda: dead.append(None))
    session.open(lambda text: sent.append(json.loads(text)))
    session.start_pings()
    clock.advance(PING_INTERVAL)
    clock.slept = 3600
    clock.advance(REPLY_LIMIT)
    assert len(sent) == 2
    assert dead == []
    clock.advance(REPLY_LIMIT)
    assert dead == [None]
    session.close()


# ---- subscriptions

EVENT = {"webitel-event-name": "server", "Event-Name": "CC::AGENT-STATUS-CHANGE", "CC-Agent": "100@crm.test"}


async def test_subscribed_events_are_told(line: Pbx) -> None:
    await line.say(EVENT)
    assert line.names() == []
    task = line.run("onServerEvent", "cc::agent-status-change", {"all": True})
    await settle()
    assert await line.reply("subscribe", "+OK") == {"event": "CC::AGENT-STATUS-CHANGE", "all": True}
    assert (await task)["status"] == 0
    await line.say(EVENT)
    assert line.events == [("server:CC::AGENT-STATUS-CHANGE", EVENT)]


async def test_one_subscription_a_name(line: Pbx) -> None:
    line.run("onServerEvent", "SE:CHANNEL_CREATE")
    await settle()
    await line.reply("subscribe", "+OK")
    await line.run("onServerEvent", "SE:CHANNEL_CREATE")
    await line.run("onServerEvent", "CHANNEL_CREATE")
    assert [frame["exec-func"] for frame in line.sent] == ["subscribe"]
    line.run("unServerEvent", "SE:CHANNEL_CREATE")
    await settle()
    assert await line.reply("unsubscribe", "+OK") == {"event": "SE:CHANNEL_CREATE"}


async def test_subscriptions_are_renewed(line: Pbx) -> None:
    line.run("onServerEvent", "CC::AGENT-STATUS-CHANGE")
    await settle()
    await line.reply("subscribe", "+OK")
    line.connection.drop()
    await settle()
    await line.connect()
    assert line.asked("subscribe")["exec-args"] == {"event": "CC::AGENT-STATUS-CHANGE"}


async def test_a_refused_subscription_is_not_renewed(line: Pbx) -> None:
    task = line.run("onServerEvent", "SE:NONSENSE")
    await settle()
    await line.reply("subscribe", "-ERR: Event unregistered", "-ERR")
    assert (await task)["status"] == 1
    line.connection.drop()
    await settle()
    await line.connect()
    assert all(frame["exec-func"] != "subscribe" for frame in line.sent)


# ---- bad input


@pytest.mark.parametrize("text", ["{", "[]", "null", "7", '"x"', "{}", '{"exec-uuid":"1"}', "[" * 9999, "\x00"])
async def test_what_cannot_be_read_is_counted_and_dropped(line: Pbx, text: str) -> None:
    await line.say(text)
    assert line.session.broken_messages == line.provider.unreadable_messages == 1
    assert [told["errorType"] for _, told in line.events] == ["EVENT-ERROR"]
    await line.call("CHANNEL_CREATE")
    assert line.events[-1][0] == "onNewCall"


async def test_the_operator_hears_of_broken_messages_once(line: Pbx) -> None:
    await line.say("{", "{", "{")
    assert line.words() == ["error GENERAL"]
    assert line.names() == ["onError"] * 3


async def test_a_subscriber_that_raises_stops_nobody(line: Pbx) -> None:
    def broken(_event: object) -> None:
        raise ValueError("a defect")

    line.client.events.subscribe(broken)
    later: list[str] = []
    line.client.events.subscribe(lambda event: later.append(event.name))
    await line.call("CHANNEL_CREATE")
    assert later.count("onNewCall") == 1
    assert ("onError", {"errorType": "SCRIPT-ERROR", "message": "ValueError"}) in line.events
    assert "error EVENT_HANDLER" in line.words()


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [
        "webitel-event-name",
        "Event-Name",
        "exec-uuid",
        "exec-complete",
        "exec-response",
        "Channel-Presence-ID",
        "Unique-ID",
        "User-ID",
        "Account-User",
    ]
)
words = st.sampled_from(["call", "user", "server", "USER_CREATE", "ACCOUNT_STATUS", "CHANNEL_CREATE", "100@crm.test"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(names, words | json_values, max_size=7), max_size=10))
def test_messages_of_any_shape(messages: list[dict[str, Any]]) -> None:
    session = Session(FakeClock())
    session.open(lambda _text: None)
    session.channels.log_in("100@crm.test")
    for message in messages:
        session.receive(json.dumps(message))
    session.close()
