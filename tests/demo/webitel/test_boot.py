"""From the open socket to a ready client, and everything that can be refused on the way (sections 2 and 3)."""

from __future__ import annotations

import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from tests.demo.webitel.webitel_client import WebitelClient, client, raw_client


async def test_boot(demo: WebitelDemo) -> None:
    """Transcript T1."""
    assert (demo.operator_login, demo.password) == ("101@demo.example", "demo")
    async with raw_client(demo) as one:
        response = await one.log_in(demo.operator_login, demo.password)
        assert [event["Event-Name"] for event in one.events] == ["ACCOUNT_ONLINE"]
        assert one.events[0] == {
            "webitel-event-name": "user",
            "Event-Name": "ACCOUNT_ONLINE",
            "Event-Domain": "demo.example",
            "User-ID": "101",
            "User-Domain": "demo.example",
            "User-Scheme": "account",
            "Content-Type": "text/event-json",
        }
        fields = {
            name: response[name] for name in ("login", "role", "domain", "state", "status", "cc-agent", "ws-count")
        }
        assert fields == {
            "login": "101@demo.example",
            "role": "admin",
            "domain": "demo.example",
            "state": "onhook",
            "status": "none",
            "cc-agent": "true",
            "ws-count": 1,
        }
        assert response["acl"]["account"] == ["*", "r", "uo"]
        complete, listed = await one.ask("api account list", {"domain": "demo.example"})
        assert complete == "+OK"
        accounts = json.loads(listed["response"])
        assert list(accounts) == ["101", "102", "103", "104", "105", "106"]
        assert accounts["101"].pop("name")
        assert accounts["101"] == {
            "role": "admin",
            "agent": "true",
            "agent.status": "Logged Out",
            "state": "ONHOOK",
            "status": "NONE",
            "descript": "",
            "id": "101",
            "online": True,
            "cc_logged": False,
            "domain": "demo.example",
        }
        assert accounts["102"]["online"] is False
        assert (accounts["102"]["agent"], accounts["102"]["agent.status"]) == ("false", "")


async def test_the_first_event_comes_before_the_reply(demo: WebitelDemo) -> None:
    async with connect(demo.url, proxy=None) as socket:
        args = {"account": demo.operator_login, "secret": demo.password}
        await socket.send(json.dumps({"exec-uuid": "1", "exec-func": "auth", "exec-args": args}))
        assert json.loads(await socket.recv())["Event-Name"] == "ACCOUNT_ONLINE"
        assert json.loads(await socket.recv())["exec-uuid"] == "1"


@pytest.mark.parametrize(
    ("login", "secret", "message"),
    [
        ("101@demo.example", "wrong", "secret incorrect"),
        ("101@demo.example", "", "secret incorrect"),
        ("999@demo.example", "demo", "user 999@demo.example not found"),
        ("101@elsewhere.example", "demo", "user 101@elsewhere.example not found"),
        ("101", "demo", "user 101 not found"),
    ],
)
async def test_wrong_secret_or_account(demo: WebitelDemo, login: str, secret: str, message: str) -> None:
    """Transcript T15. The socket stays open, and a right secret is taken then."""
    async with raw_client(demo) as one:
        answer = await one.ask("auth", {"account": login, "secret": secret})
        assert answer == ("+ERR", {"login": {"status": 401, "message": message}})
        await one.log_in(demo.operator_login, demo.password)


async def test_key_and_token_win_over_the_secret(demo: WebitelDemo) -> None:
    async with client(demo, "102") as one, raw_client(demo) as other:
        credentials = json.loads((await one.ask("token_generate", {"password": "any"}))[1])
        assert (credentials["username"], credentials["roleName"], credentials["role"]) == (
            "102@demo.example",
            "user",
            0,
        )
        assert json.loads((await one.ask("token_generate"))[1])["token"] == credentials["token"]
        token = {"key": credentials["key"], "token": credentials["token"]}
        complete, response = await other.ask("auth", {"account": "101@demo.example", "secret": "wrong", **token})
        assert complete == "+OK"
        assert (response["login"], response["ws-count"]) == ("102@demo.example", 2)
        assert (response["cc-agent"], response["state"], response["status"]) == ("", "", "")
        assert other.events == []


async def test_bad_and_old_tokens(demo: WebitelDemo, operator: WebitelClient, clock: ManualScheduler) -> None:
    token = demo.desk.token_for(demo.desk.directory.operator)
    async with raw_client(demo) as one:
        assert await one.ask("auth", {"key": "x", "token": token.token}) == ("-ERR", "Invalid Token or Key")
        token.expires = clock.now()
        assert await one.ask("auth", {"key": token.key, "token": token.token}) == ("-ERR", "Token Expired")


async def test_authentication_timer(demo: WebitelDemo, clock: ManualScheduler) -> None:
    async with raw_client(demo) as one, client(demo) as known:
        assert await one.ask("ping") == ("+OK", "pong")
        clock.advance(5)
        event = json.loads(await one.socket.recv())
        assert event == {"webitel-event-name": "account", "Event-Name": "DISCONNECT"}
        with pytest.raises(ConnectionClosedError):
            await one.socket.recv()
        assert await known.told() == []


async def test_too_many_sockets(clock: ManualScheduler) -> None:
    options = WebitelOptions(users=1, max_sockets=2)
    async with WebitelDemo(options, clock) as demo, client(demo) as first, client(demo), raw_client(demo) as third:
        answer = await third.ask("auth", {"account": demo.operator_login, "secret": demo.password})
        assert answer == ("-ERR", "Maximum opened socket 2")
        with pytest.raises(ConnectionClosedError):
            await third.socket.recv()
        assert await first.told() == []


async def test_licence(demo: WebitelDemo) -> None:
    await demo.direct("login-error licence")
    async with raw_client(demo) as one:
        answer = await one.ask("auth", {"account": demo.operator_login, "secret": demo.password})
        assert answer == ("-ERR", "Maximum license connections")
        with pytest.raises(ConnectionClosedError):
            await one.socket.recv()
    await demo.direct("login-error off")
    async with client(demo) as one:
        assert await one.told() == []


async def test_before_authentication(demo: WebitelDemo) -> None:
    """Some commands have an answer, those that need to know the caller have none (2.3)."""
    async with raw_client(demo) as one:
        for name in ("login", "logout", "call", "att_xfer2", "token_generate", "cc login", "show_channel"):
            await one.send(name, extension="102")
        assert await one.ask("api whoami") == ("-ERR", "-ERR: user not auth.")
        assert await one.ask("subscribe", {"event": "CC::MEMBERS-COUNT"}) == ("-ERR", "-ERR: Authentication required!")
        assert await one.ask("api account list") == ("-ERR", "Permission denied!")
        assert await one.ask("park") == ("+ERR", "park - not found.")
        assert await one.ask("ping") == ("+OK", "pong")
        assert one.waiting == {}


async def test_unknown_commands(operator: WebitelClient) -> None:
    for name in ("rawapi", "park", "state", "reloadAgents", "bind", "api device list", "cc ready", "event"):
        assert await operator.ask(name) == ("+ERR", f"{name} - not found.")
    await operator.socket.send(json.dumps({"exec-uuid": "u"}))
    assert (await operator.reply("u"))["exec-response"] == "undefined - not found."


async def test_no_reply_at_all(demo: WebitelDemo, operator: WebitelClient) -> None:
    for text in ("{", "[]", "5", "null", '"text"'):
        await operator.socket.send(text)
    for name, args in (
        ("broadcast", {}),
        ("api account change", {"param": "status", "value": "DND"}),
        ("api account remove", {}),
        ("auth", {"account": demo.operator_login, "secret": demo.password}),
    ):
        await operator.command(name, dict(args))
    assert await operator.told() == []
    assert operator.waiting == {}


async def test_arguments_may_be_null(operator: WebitelClient) -> None:
    await operator.socket.send('{"exec-uuid":"n","exec-func":"ping","exec-args":null}')
    assert (await operator.reply("n"))["exec-response"] == "pong"


async def test_whoami(operator: WebitelClient) -> None:
    who = json.loads((await operator.ask("api whoami"))[1])
    assert (who["id"], who["logged"], who["sessionLength"], who["roleName"]) == ("101@demo.example", True, 1, "admin")


async def test_logout_silences_all_sockets_of_the_account(demo: WebitelDemo, operator: WebitelClient) -> None:
    async with client(demo) as second:
        assert await second.ask("logout") == ("+OK", "+OK: logged: false")
        await demo.direct("ring 101 79161234567")
        assert await operator.channel_events() == []
        listed = json.loads((await second.ask("api account list"))[1]["response"])
        assert listed["101"]["online"] is False
        await second.ask("login")
        await demo.direct("answer 101")
        assert "ANSWER" in await operator.story()


async def test_online_and_offline_are_told_for_the_first_and_the_last_socket(
    demo: WebitelDemo, operator: WebitelClient
) -> None:
    async with client(demo, "103"), client(demo, "103"):
        assert [event["Event-Name"] for event in await operator.told()] == ["ACCOUNT_ONLINE"]
    while not operator.events:
        await operator.ask("ping")
    (event,) = await operator.told()
    assert (event["Event-Name"], event["User-ID"]) == ("ACCOUNT_OFFLINE", "103")


async def test_any_path_is_a_socket(demo: WebitelDemo) -> None:
    async with connect(f"{demo.url}some/path?query=1", proxy=None) as socket:
        assert socket.subprotocol is None
        await socket.send('{"exec-uuid":"p","exec-func":"ping"}')
        assert json.loads(await socket.recv())["exec-response"] == "pong"
