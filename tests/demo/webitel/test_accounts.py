"""Presence, administration of accounts and the call centre (webitel-protocol.md, sections 8 and 9)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo
from tests.demo.webitel.webitel_client import Frame, WebitelClient, client, decoded, raw_client

A = "79161234567"
TAKEN_EXTENSION = {"parameters": ["webitel-extensions=102"]}


async def change(one: WebitelClient, number: str, param: object, value: object = None) -> tuple[str, Any]:
    return await one.ask("api account change", {"user": f"{number}@demo.example", "param": param, "value": value})


async def listed(one: WebitelClient) -> Frame:
    complete, response = await one.ask("api account list", {"domain": "demo.example"})
    assert complete == "+OK"
    accounts = json.loads(response["response"])
    assert isinstance(accounts, dict)
    return accounts


def presence(event: Frame) -> tuple[object, ...]:
    assert event["Event-Name"] == "ACCOUNT_STATUS"
    return (event["Account-User"], event["Account-User-State"], event["Account-Status"])


# ---------------------------------------------------------------- presence


@pytest.mark.parametrize(
    ("state", "line", "away"),
    [
        ("offline", "NONREG", "NONE"),
        ("break", "ISBUSY", "ONBREAK"),
        ("dnd", "ISBUSY", "DND"),
        ("talking", "ISBUSY", "NONE"),
    ],
)
async def test_a_colleague_comes_and_goes(
    demo: WebitelDemo, operator: WebitelClient, state: str, line: str, away: str
) -> None:
    """Transcript T13."""
    assert (await demo.direct(f"presence 102 {state}"))["ok"]
    assert [presence(event) for event in await operator.told()] == [("102", line, away)]
    assert (await demo.direct("presence 102 ready"))["ok"]
    assert [presence(event) for event in await operator.told()] == [("102", "ONHOOK", "NONE")]
    assert (await demo.direct("presence 102 ready"))["ok"]
    assert await operator.told() == []


async def test_fields_of_a_status(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct("presence 102 break")
    (event,) = await operator.told()
    assert event["webitel-event-name"] == "ACCOUNT_STATUS"
    assert decoded(event, "Account-Status-Descript") == "Обед"
    assert event["Account-Status-Descript"].isascii()
    assert (event["Account-Online"], event["ws"], event["cc_logged"], event["cc"]) == (False, False, False, False)
    assert (event["presence_id"], event["Account-Role"]) == ("102@demo.example", "USER")
    assert "Account-Agent-Status" not in event


async def test_own_status_with_a_tag(operator: WebitelClient) -> None:
    """Transcript T14."""
    complete, parameters = await change(operator, "101", "status", "DND('Lunch break')")
    assert complete == "+OK"
    assert (parameters["cc-agent"], parameters["webitel-extensions"]) == ("true", "101")
    (event,) = await operator.told()
    assert presence(event) == ("101", "ISBUSY", "DND")
    assert decoded(event, "Account-Status-Descript") == "Lunch break"
    assert (await listed(operator))["101"]["descript"] == "Lunch%20break"
    await change(operator, "101", "status", "ONHOOK")
    (event,) = await operator.told()
    assert presence(event) == ("101", "ONHOOK", "NONE")
    assert "Account-Status-Descript" not in event
    assert await change(operator, "101", "status", "DANCING") == ("-ERR", "Bad request.")


async def test_a_call_makes_busy(demo: WebitelDemo, operator: WebitelClient) -> None:
    await demo.direct(f"ring 101 {A}")
    await demo.direct("hangup 101")
    states = [presence(event) for event in await operator.told() if event["Event-Name"] == "ACCOUNT_STATUS"]
    assert states == [("101", "ISBUSY", "NONE"), ("101", "ONHOOK", "NONE")]


async def test_users_see_others_by_their_rights(demo: WebitelDemo) -> None:
    async with client(demo, "103") as user:
        await demo.direct("presence 102 dnd")
        assert [presence(event) for event in await user.told()] == [("102", "ISBUSY", "DND")]
        demo.desk.directory.operator.role = "guest"
        async with client(demo) as guest:
            await demo.direct("presence 102 ready")
            assert await guest.told() == []
            await demo.direct("presence 101 dnd")
            assert len(await guest.told()) == 1


# ---------------------------------------------------------------- administration


async def test_another_login(demo: WebitelDemo, operator: WebitelClient) -> None:
    """To everybody else the old account goes and a new one comes; its programs have to log in anew."""
    async with client(demo, "103") as user:
        assert await operator.told()
        assert (await change(operator, "103", "user", "205"))[0] == "+OK"
        with pytest.raises(ConnectionClosedError):
            await user.told()
    told = [(event["Event-Name"], event["User-ID"]) for event in await operator.told() if "User-ID" in event]
    assert told[:2] == [("USER_DESTROY", "103"), ("USER_CREATE", "205")]
    assert (await change(operator, "205", "user", "102")) == ("-ERR", "-ERR Number reserved.\n")
    assert (await change(operator, "205", "user", "")) == ("-ERR", "Bad request.")
    assert (await change(operator, "101", "user", "206")) == ("-ERR", "Bad request.")
    async with client(demo, "205") as user:
        await demo.direct("ring 205 79161234567")
        assert (await user.story())[:1] == ["CREATE"]


async def test_create_change_and_remove_a_user(demo: WebitelDemo, operator: WebitelClient) -> None:
    """Transcript T17, and the new user's own connection."""
    attribute = {"parameters": ["cc-agent=true"], "variables": ["effective_caller_id_name=Новый"]}
    args = {"role": "user", "param": "205:s3cret@demo.example", "attribute": attribute}
    assert await operator.ask("api account create", dict(args)) == ("+OK", "+OK created!\n")
    (event,) = await operator.told()
    assert event == {
        "webitel-event-name": "USER_CREATE",
        "Event-Name": "USER_CREATE",
        "Event-Domain": "demo.example",
        "Event-Account": "205",
        "User-ID": "205",
        "User-Domain": "demo.example",
        "User-State": "NONREG",
    }
    record = (await listed(operator))["205"]
    assert (record["name"], record["agent"], record["state"]) == ("Новый", "true", "NONREG")
    assert (await change(operator, "205", "password", "n3w"))[0] == "+OK"
    async with raw_client(demo) as one:
        await one.log_in("205@demo.example", "n3w")
        assert await operator.ask("api account remove", {"user": "205@demo.example"}) == ("+OK", "+OK destroyed!\n")
        assert json.loads(await one.socket.recv())["Event-Name"] == "USER_DESTROY"
        with pytest.raises(ConnectionClosedError):
            await one.socket.recv()
    names = [event["Event-Name"] for event in await operator.told()]
    assert names[:2] == ["ACCOUNT_ONLINE", "USER_DESTROY"]
    assert "205" not in await listed(operator)


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"role": "user", "param": "101:101@demo.example"}, "Number exists"),
        (
            {"role": "user", "param": "300@demo.example", "attribute": {"parameters": ["webitel-extensions=102"]}},
            "Number exists",
        ),
        ({"role": "user", "param": "300"}, "Domain, login is require."),
        ({"role": "user", "param": "@demo.example"}, "Domain, login is require."),
        ({"param": "300@demo.example"}, "Domain, login is require."),
        ({}, "Domain, login is require."),
    ],
)
async def test_refused_creations(operator: WebitelClient, args: dict[str, object], refusal: str) -> None:
    """Transcript T18."""
    assert await operator.ask("api account create", args) == ("-ERR", refusal)
    assert await operator.told() == []


@pytest.mark.parametrize(
    ("number", "param", "value", "refusal"),
    [
        ("101", "role", "user", "Woow! Slow down!"),
        ("101", "account_role", "user", "Woow! Slow down!"),
        ("102", "webitel-extensions", "abc", "Bad request (webitel-extensions)."),
        ("102", "webitel-extensions", "103", "-ERR Number reserved.\n"),
        ("102", "", "x", "Bad request."),
        ("102", {}, None, "Bad request."),
        ("999", "password", "x", "-ERR: user not found\n"),
    ],
)
async def test_refused_changes(
    operator: WebitelClient, number: str, param: object, value: object, refusal: str
) -> None:
    assert await change(operator, number, param, value) == ("-ERR", refusal)


async def test_change_several_and_read(operator: WebitelClient) -> None:
    several = {"parameters": ["vm-enabled=true"], "variables": ["effective_caller_id_name=Anna"]}
    assert (await change(operator, "102", several))[0] == "+OK"
    complete, text = await operator.ask("api account", {"user": "102@demo.example"})
    assert complete == "+OK"
    parameters = json.loads(text)
    assert parameters["vm-enabled"] == "true"
    assert parameters["variable_effective_caller_id_name"] == "Anna"
    assert "demo" not in parameters.values()
    assert (await operator.ask("api account", {"user": "999"}))[1] == "-ERR: user not found\n"
    assert await operator.ask("api account") == ("-ERR", "Domain, login is require.")


async def test_removing_oneself(operator: WebitelClient) -> None:
    assert await operator.ask("api account remove", {"user": "101@demo.example"}) == ("-ERR", "Easy! it's YOU !!!")


async def test_what_a_user_may_not(demo: WebitelDemo) -> None:
    async with client(demo, "102") as user:
        denied = ("-ERR", "Permission denied!")
        args = {"role": "user", "param": "300@demo.example"}
        assert await user.ask("api account create", dict(args)) == denied
        assert await user.ask("api account remove", {"user": "103@demo.example"}) == denied
        assert await change(user, "103", "status", "DND") == denied
        assert await user.ask("sip_gateway_list") == denied
        assert await user.ask("api domain list") == denied
        assert await user.ask("list_sockets") == ("-ERR", "Forbidden")
        assert (await change(user, "102", "status", "DND"))[0] == "+OK"
        assert (await user.ask("api list_users", {"domain": "demo.example"}))[1]["103"]["domain"] == "demo.example"


async def test_columns_and_filter(operator: WebitelClient) -> None:
    args = {"columns": ["name"], "filter": {"role": "admin"}}
    response = json.loads((await operator.ask("api account list", dict(args)))[1]["response"])
    assert [sorted(record) for record in response.values()] == [["id", "name"]]


async def test_a_new_password_revokes_the_tokens(demo: WebitelDemo, operator: WebitelClient) -> None:
    async with client(demo, "102") as user, raw_client(demo) as other:
        token = json.loads((await user.ask("token_generate"))[1])
        await change(operator, "102", "password", "n3w")
        answer = await other.ask("auth", {"key": token["key"], "token": token["token"]})
        assert answer == ("-ERR", "Invalid Token or Key")


# ---------------------------------------------------------------- call centre


async def test_agent_logs_in_and_out(operator: WebitelClient) -> None:
    """Transcript T14, last part. A second login changes nothing."""
    assert (await operator.ask("subscribe", {"event": "CC::AGENT-STATUS-CHANGE"}))[0] == "+OK"
    assert await operator.ask("cc login", {"status": "Available"}) == ("+OK", "+OK\n")
    change_event, status = await operator.told()
    assert (change_event["Event-Name"], change_event["CC-Agent-Status"]) == ("CC::AGENT-STATUS-CHANGE", "Available")
    assert change_event["webitel-event-name"] == "server"
    assert (status["Account-Agent-Status"], status["cc_logged"]) == ("Available", True)
    assert await operator.ask("cc login", {"status": "On Break"}) == ("+OK", "+OK\n")
    assert await operator.told() == []
    await change(operator, "101", "status", "ONBREAK('обед')")
    assert decoded((await operator.told())[-1], "Account-Agent-Status") == "On Break"
    await change(operator, "101", "status", "ONHOOK")
    assert decoded((await operator.told())[-1], "Account-Agent-Status") == "Available"
    assert await operator.ask("cc logout") == ("+OK", "+OK\n")
    assert decoded((await operator.told())[-1], "Account-Agent-Status") == "Logged Out"


async def test_who_is_no_agent(demo: WebitelDemo) -> None:
    async with client(demo, "102") as user:
        assert await user.ask("cc login") == ("+OK", "-ERR: Agent not found")
        assert await user.ask("cc logout") == ("+OK", "-ERR: Agent not found")
        assert await user.ask("cc tier from user") == ("+OK", [])
        demo.desk.directory.operator.role = "guest"
        async with client(demo) as guest:
            assert await guest.ask("cc tier from user") == ("+OK", "-ERR: Permission denied!")


async def test_tiers(operator: WebitelClient) -> None:
    complete, tiers = await operator.ask("cc tier from user")
    assert complete == "+OK"
    assert tiers["sales"] == {
        "queue": "sales@demo.example",
        "agent": "101@demo.example",
        "state": "Ready",
        "level": "1",
        "position": "1",
    }


async def test_an_agent_without_a_client_is_logged_out_after_a_minute(
    demo: WebitelDemo, clock: ManualScheduler
) -> None:
    async with client(demo, "103") as watcher:
        async with client(demo) as one:
            await one.ask("cc login")
        while not any(event["Event-Name"] == "ACCOUNT_OFFLINE" for event in watcher.events):
            await watcher.ask("ping")
        clock.advance(59)
        assert (await listed(watcher))["101"]["agent.status"] == "Available"
        clock.advance(1)
        assert (await listed(watcher))["101"]["agent.status"] == "Logged Out"


async def test_subscriptions(demo: WebitelDemo, operator: WebitelClient) -> None:
    event = {"event": "SE:CHANNEL_CREATE"}
    assert await operator.ask("subscribe", dict(event)) == ("+OK", "+OK: subscribe SE:CHANNEL_CREATE")
    assert await operator.ask("subscribe", dict(event)) == ("-ERR", "-ERR: event subscribed!")
    assert await operator.ask("subscribe", {"event": "SE:NONSENSE"}) == ("-ERR", "-ERR: Event unregistered")
    assert await operator.ask("subscribe", {}) == ("-ERR", "-ERR: Bad parameters.")
    await demo.direct(f"ring 102 {A}")
    events = [one for one in await operator.told() if one["webitel-event-name"] == "server"]
    assert {one["Event-Name"] for one in events} == {"SE:CHANNEL_CREATE"}
    assert [one["Caller-Caller-ID-Number"] for one in events] == [A, A]
    assert await operator.ask("unsubscribe", dict(event)) == ("+OK", "+OK: unsubscribe SE:CHANNEL_CREATE")
    assert await operator.ask("unsubscribe", dict(event)) == ("+OK", "+OK: unsubscribe SE:CHANNEL_CREATE")
    assert await operator.ask("unsubscribe", {"event": "x"}) == ("-ERR", "-ERR: Event unregistered")
    await demo.direct(f"abandon {A}")
    assert not [one for one in await operator.told() if one["webitel-event-name"] == "server"]


async def test_call_through_a_queue(demo: WebitelDemo, operator: WebitelClient) -> None:
    """The agent's leg is a call of its own until both are connected; the talk is recorded."""
    for name in ("AGENT-OFFERING", "BRIDGE-AGENT-START", "BRIDGE-AGENT-END", "MEMBER-QUEUE-START", "MEMBER-QUEUE-END"):
        await operator.ask("subscribe", {"event": f"CC::{name}"})
    await operator.ask("cc login")
    await operator.told()
    member = (await demo.direct(f"queue-ring 101 {A} sales"))["uuid"]
    events = await operator.told()
    create = next(one for one in events if one["Event-Name"] == "CHANNEL_CREATE")
    assert create["Channel-Call-UUID"] == create["Unique-ID"] != member
    assert "Other-Leg-Unique-ID" not in create
    assert (create["variable_cc_queue"], create["variable_cc_member_session_uuid"]) == ("sales@demo.example", member)
    assert create["Caller-Caller-ID-Number"] == A
    centre = [one for one in events if one["webitel-event-name"] == "server"]
    assert [one["Event-Name"] for one in centre] == ["CC::MEMBER-QUEUE-START", "CC::AGENT-OFFERING"]
    assert (centre[1]["CC-Agent"], centre[1]["CC-Member-CID-Number"]) == ("101@demo.example", A)

    await demo.direct("answer 101")
    events = await operator.told()
    names = [one["Event-Name"] for one in events]
    assert names.index("CHANNEL_ANSWER") < names.index("CC::BRIDGE-AGENT-START") < names.index("RECORD_START")
    assert next(one for one in events if one["Event-Name"] == "RECORD_START")["Other-Leg-Unique-ID"] == member
    status = [one for one in events if one["Event-Name"] == "ACCOUNT_STATUS"][-1]
    assert (status["Account-Status"], status["Account-Agent-State"]) == ("AGENT", "In%20a%20queue%20call")

    await demo.direct("hangup 101")
    events = await operator.told()
    names = [one["Event-Name"] for one in events]
    assert names.index("RECORD_STOP") < names.index("CHANNEL_HANGUP_COMPLETE")
    assert names.index("CC::BRIDGE-AGENT-END") < names.index("CC::MEMBER-QUEUE-END")
    assert presence([one for one in events if one["Event-Name"] == "ACCOUNT_STATUS"][-1]) == ("101", "ONHOOK", "NONE")


async def test_a_caller_who_is_refused_is_offered_again(
    demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler
) -> None:
    await operator.ask("subscribe", {"event": "CC::BRIDGE-AGENT-FAIL", "all": True})
    await demo.direct(f"queue-ring 101 {A} support")
    await operator.told()
    await demo.direct("hangup 101")
    events = await operator.told()
    assert [one["CC-Hangup-Cause"] for one in events if one["webitel-event-name"] == "server"] == ["CALL_REJECTED"]
    clock.advance(10)
    assert "CREATE" in await operator.story()
    await demo.direct(f"abandon {A}")
    events = await operator.channel_events()
    assert events[0]["variable_hangup_cause"] == "ORIGINATOR_CANCEL"
    assert (await demo.direct("state"))["calls"] == []
    clock.advance(60)
    assert await operator.story() == []


async def test_a_caller_is_taken_out_of_the_queue(demo: WebitelDemo, operator: WebitelClient) -> None:
    await operator.ask("subscribe", {"event": "CC::MEMBER-QUEUE-END", "all": True})
    member = (await demo.direct(f"queue-ring 101 {A} sales"))["uuid"]
    await operator.told()
    assert (await operator.ask("transfer", {"channel-uuid": member, "destination": "102"}))[0] == "+OK"
    events = await operator.told()
    assert "CC::MEMBER-QUEUE-END" in [one["Event-Name"] for one in events]
    hangup = next(one for one in events if one["Event-Name"] == "CHANNEL_HANGUP")
    assert hangup["variable_hangup_cause"] == "ORIGINATOR_CANCEL"
    assert (await demo.direct("answer 102"))["ok"]


# ---------------------------------------------------------------- messages


async def test_message_to_another_client(demo: WebitelDemo, operator: WebitelClient) -> None:
    async with client(demo, "102") as other:
        body = {"type": "REMOTE-VIDEO-CHANGE", "callID": "x", "enabled": True}
        assert await operator.ask("sys_msg", {"to": "102", "body": body}) == ("+OK", "+OK: Message send.")
        (event,) = await other.told()
        assert event == {
            "webitel-event-name": "WEBITEL-CUSTOM",
            "Event-Name": "WEBITEL-CUSTOM-MESSAGE",
            "to": "102@demo.example",
            "from": "101@demo.example",
            "body": body,
        }
    assert await operator.ask("sys_msg", {"to": "103", "body": body}) == ("-ERR", "-ERR: User not found")
    assert await operator.ask("sys_msg", {"to": "103"}) == ("-ERR", "-ERR: Bad request")
    assert await operator.ask("chat_send", {"to": "103", "message": "hello"}) == ("-ERR: bad response", None)
