"""The client over real sockets (oktell-protocol.md, sections 1 to 3; D2, D3, D14 to D17)."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.client import ClientOptions, OktellClient
from ctidesk.oktell.effects import PublicEvent
from tests.oktell.real_server import frozen_server, real_server
from tests.oktell.scripted_connection import IDLE, ME, Pbx
from tests.waiting import settle, until

LIMIT = 30.0
"""Seconds after which a test counts as hanging."""
QUIT = 2.0
"""Seconds within which the client has quit; what is measured here is far below it."""


def client_of(*addresses: str, open_timeout: float = 10.0) -> OktellClient:
    network = ConnectionOptions(open_timeout=open_timeout)
    return OktellClient(ClientOptions(list(addresses), "op1", "Secret1", network=network))


def listen(client: OktellClient) -> list[tuple[str, Any]]:
    """Collect the events of the connection with their codes."""
    found: list[tuple[str, Any]] = []

    def heard(event: PublicEvent) -> None:
        if event.name in ("connecting", "connect", "connectError", "disconnect"):
            argument = event.args[0] if event.args else {}
            assert isinstance(argument, dict)
            found.append((event.name, argument.get("errorCode", argument.get("code"))))

    client.events.subscribe(heard)
    return found


async def timed_close(client: OktellClient) -> float:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await client.close()
    return loop.time() - begun


# ---- the whole way


async def test_connect_and_log_out() -> None:
    async with real_server() as server:
        client = client_of(server.address)
        told = listen(client)
        assert await client.connect() == {"result": True}
        assert (client.is_connected, client.url) == (True, f"ws://{server.address}")
        await client.disconnect()
        assert told == [("connecting", None), ("connect", None), ("disconnect", 13)]
        assert server.requests[-1] == "logout"
        await client.close()


async def test_connect_again() -> None:
    async with real_server() as server:
        client = client_of(server.address)
        told = listen(client)
        for _ in range(3):
            assert (await client.connect())["result"] is True
            await client.disconnect(silent=True, keep_session=True)
        assert [name for name, _ in told] == ["connecting", "connect"] * 3
        await client.close()


async def test_a_connection_that_stands_is_left_alone() -> None:
    async with real_server() as server:
        client = client_of(server.address)
        await client.connect()
        assert await client.connect() == {"result": True}
        assert server.connections == 1
        await client.close()


async def test_one_attempt_at_a_time() -> None:
    """D17."""
    async with real_server() as server:
        client = client_of(server.address)
        first = asyncio.create_task(client.connect())
        await asyncio.sleep(0)
        assert (await client.connect())["result"] is False
        assert (await first)["result"] is True
        assert server.connections == 1
        await client.close()


async def test_the_connection_is_lost() -> None:
    async def hook(connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if method == "getthings":
            await connection.close()
        return True

    async with real_server(hook) as server:
        client = client_of(server.address)
        told = listen(client)
        await client.connect()
        reply = await client.session.ask("getthings")
        assert reply.get("errorCode") == 1201
        await until(lambda: told[-1] == ("disconnect", 12))
        assert not client.is_connected
        await client.close()
        assert told[-1] == ("disconnect", 12)


# ---- the race


async def test_the_first_that_answers_wins() -> None:
    async with real_server() as good, frozen_server() as frozen:
        client = client_of("127.0.0.1:1", f"127.0.0.1:{frozen}", good.address)
        assert (await client.connect())["result"] is True
        assert client.url == f"ws://{good.address}"
        await client.close()


async def test_a_refusal_is_told_at_once_and_once() -> None:
    """D3."""
    client = client_of("127.0.0.1:1", "127.0.0.1:1")
    told = listen(client)
    async with asyncio.timeout(LIMIT):
        assert (await client.connect())["errorCode"] == 1200
    assert told == [("connecting", None), ("connectError", 1200)]
    await client.close()


@pytest.mark.parametrize("answer", [None, ["pong", {}], ["pong", {"qid": "another"}], ["pong"], "x"])
async def test_a_ping_without_its_answer(answer: Any) -> None:
    """D2: also with one address the time limit lasts until an accepted answer."""

    async def hook(connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if answer is not None:
            await connection.send(json.dumps(answer))
        return method != "ping"

    async with real_server(hook) as server:
        client = client_of(server.address, open_timeout=0.3)
        told = listen(client)
        assert (await client.connect())["errorCode"] == 1200
        assert told == [("connecting", None), ("connectError", 1200)]
        assert server.requests == ["ping"]
        await client.close()


@pytest.mark.parametrize("body", [[{}], [{"qid": "1"}], [], [None]])
async def test_a_redirect_is_known_by_its_method_alone(pbx: Pbx, body: list[Any]) -> None:
    del pbx.answers["ping"]
    attempt = asyncio.create_task(pbx.client.connect())
    await settle()
    pbx.connection.put(["websocketredirect", *body])
    await pbx.serve()
    assert await attempt == {"result": True}
    assert [one.url for one in pbx.connections] == ["ws://pbx.example:4055", "wss://pbx.example:443"]
    assert pbx.connections[0].closed_by_client
    assert [name for name, _ in pbx.connections[0].sent] == ["ping"]


async def test_any_answer_with_the_id_is_accepted(pbx: Pbx) -> None:
    del pbx.answers["ping"]
    attempt = asyncio.create_task(pbx.client.connect())
    await settle()
    pbx.connection.put(["whatever", {"qid": pbx.sent[0][1]["qid"]}])
    await pbx.serve()
    assert (await attempt)["result"] is True


async def test_a_defect_in_one_attempt_does_not_hang_the_race(
    pbx: Pbx, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_arguments: object) -> None:
        raise LookupError("unforeseen")

    monkeypatch.setattr("ctidesk.oktell.connector._open_one", broken)
    assert (await pbx.client.connect())["errorCode"] == 1200
    caplog.clear()


# ---- a socket that closes during the boot (D14)

STEPS = (
    "ping",
    "login",
    "getversion",
    "getmyuserinfo",
    "cc_getlunchtypes",
    "getuserstate",
    "getredirectrules",
    "getpbxnumbers",
    "getallusernumbers",
    "getalluserphotolink",
    "getextendedlineinfo",
)


@pytest.mark.parametrize("answers_first", [False, True])
@pytest.mark.parametrize("step", STEPS)
async def test_the_socket_closes_during_the_boot(step: str, answers_first: bool) -> None:
    seen = 0

    async def hook(connection: ServerConnection, method: str, body: dict[str, Any]) -> bool:
        nonlocal seen
        if method != step:
            return True
        seen += 1
        if method == "getextendedlineinfo" and seen == 1:
            return True  # not the boot's own, but the one for the user's state
        if answers_first:
            answer = server.answers[method]
            await connection.send(json.dumps(["pong" if method == "ping" else method, {"qid": body["qid"], **answer}]))
        connection.transport.abort() if not answers_first else await connection.close()
        return False

    async with real_server(hook) as server:
        client = client_of(server.address)
        told = listen(client)
        async with asyncio.timeout(LIMIT):
            result = await client.connect()
            if result["result"] is True:
                # The loss came after the boot's last step: then it is one of a connection that stood.
                await until(lambda: told[-1] == ("disconnect", 12))
                assert (step, answers_first) == ("getextendedlineinfo", True)
            else:
                assert result["errorCode"] == 1200
                assert told[:2] == [("connecting", None), ("connectError", 1200)]
        assert not client.is_connected
        assert client.url == ""
        assert await timed_close(client) < QUIT


async def test_the_last_reply_and_the_end_come_together(pbx: Pbx) -> None:
    """Nobody would ever notice the loss if `connect` were told after it."""
    del pbx.answers["getextendedlineinfo"]
    attempt = asyncio.create_task(pbx.client.connect())
    await pbx.serve()
    for qid in [body["qid"] for method, body in pbx.sent if method == "getextendedlineinfo"]:
        pbx.connection.put(["getextendedlineinfo", {"qid": qid, **IDLE}])
    pbx.connection.drop()
    result = await attempt
    assert result["errorCode"] == 1200
    assert "connect" not in pbx.names()
    assert not pbx.client.is_connected


# ---- the end, at any time


@pytest.mark.parametrize("stage", ["opening", "ping", "login", "getversion", "getallusernumbers", "connected"])
async def test_close_at_any_time_with_a_server_that_has_frozen(stage: str) -> None:
    frozen = asyncio.Event()
    thaw = asyncio.Event()

    async def hook(_connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if method == stage or (stage == "connected" and method == "logout"):
            frozen.set()
            await thaw.wait()
        return True

    async with real_server(hook) as server, frozen_server() as silent:
        client = client_of(server.address if stage != "opening" else f"127.0.0.1:{silent}")
        told = listen(client)
        attempt = asyncio.create_task(client.connect())
        if stage == "connected":
            await attempt
        elif stage == "opening":
            await asyncio.sleep(0)
        else:
            async with asyncio.timeout(LIMIT):
                await frozen.wait()
        assert await timed_close(client) < QUIT
        assert (await attempt)["result"] is (stage == "connected")
        assert "connectError" not in [name for name, _ in told]
        assert (await client.connect())["result"] is False  # there is no way back
        thaw.set()


@pytest.mark.parametrize("stage", ["ping", "login", "getversion", "getextendedlineinfo"])
async def test_disconnect_during_an_attempt(stage: str) -> None:
    reached = asyncio.Event()

    async def hook(_connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if method == stage:
            reached.set()
        return method != stage

    async with real_server(hook) as server:
        client = client_of(server.address)
        told = listen(client)
        attempt = asyncio.create_task(client.connect())
        async with asyncio.timeout(LIMIT):
            await reached.wait()
        await client.disconnect()
        assert (await attempt)["result"] is False
        assert told == [("connecting", None), ("disconnect", 13)]
        server._hook = None
        assert (await client.connect())["result"] is True
        await client.close()


async def test_disconnect_without_a_connection() -> None:
    client = client_of("127.0.0.1:1")
    told = listen(client)
    await client.disconnect(silent=True)
    await client.disconnect()
    assert told == [("disconnect", 13)]
    await client.close()


@pytest.mark.parametrize("stage", ["ping", "login", "getmyuserinfo"])
async def test_whoever_connects_may_be_cancelled(stage: str) -> None:
    reached = asyncio.Event()

    async def hook(_connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if method == stage:
            reached.set()
        return method != stage

    async with real_server(hook) as server:
        client = client_of(server.address)
        attempt = asyncio.create_task(client.connect())
        async with asyncio.timeout(LIMIT):
            await reached.wait()
        attempt.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attempt
        assert client.url == ""
        server._hook = None
        assert (await client.connect())["result"] is True
        await client.close()


async def test_two_ends_at_once() -> None:
    async with real_server() as server:
        client = client_of(server.address)
        told = listen(client)
        await client.connect()
        await asyncio.gather(client.disconnect(), client.disconnect(), client.close())
        assert [name for name, _ in told].count("disconnect") <= 1
        assert server.requests.count("logout") == 1


async def test_nothing_is_asked_after_the_logout(pbx: Pbx) -> None:
    """D15."""
    await pbx.boot()
    pbx.connection.closes_after_logout = False
    leaving = asyncio.create_task(pbx.client.disconnect())
    await settle()
    await pbx.push("phoneevent_ringstarted")
    await pbx.push("userstatechanged", userstateid=2)
    reply = await pbx.session.ask("getcurrentqueue")
    assert reply.get("errorCode") == 1201
    assert pbx.requests() == ["logout"]
    pbx.connection.drop()
    await leaving
    assert pbx.names()[-1] == "disconnect"
    assert "ringStart" not in pbx.names()


# ---- what a server could send


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "null",
        "[",
        '["getextendedlineinfo"]',
        b"\xff\xfe",
        '["multipart",{}]',
        '["multipart",{"message-id":"m","packetcount":1e9,"packetnumber":0,"content":""}]',
        '["phoneevent_commstarted",{"isconference":true,"confid":{"a":1}}]',
        '["confcompositionchanged",{"eventinfo":[1]}]',
        '["userstatechanged",{"userstateid":{"a":[]},"lunchreasonid":[]}]',
        '["pbxnumberstatechanged",{"numbers":{"num":1}}]',
        '["x",' + "[" * 100_000 + "]" * 100_000 + "]",
        '["x",{"a":"' + "y" * 3_000_000 + '"}]',
    ],
)
async def test_garbage_does_not_end_the_line(garbage: str | bytes) -> None:
    async def hook(connection: ServerConnection, method: str, _body: dict[str, Any]) -> bool:
        if method == "getthings":
            await connection.send(garbage)
        return True

    async with real_server(hook) as server:
        server.answers["getthings"] = {"things": 1}
        client = client_of(server.address)
        await client.connect()
        reply = await client.session.ask("getthings")
        assert reply.get("things") == 1
        assert client.is_connected
        await client.close()


async def test_a_reply_in_parts_over_the_wire() -> None:
    async def hook(connection: ServerConnection, method: str, body: dict[str, Any]) -> bool:
        if method != "getallusernumbers":
            return True
        text = json.dumps(
            ["getallusernumbers", {"qid": body["qid"], "users": [{"id": ME, "name": "Анна", "main": "101"}]}],
            ensure_ascii=False,
        ).encode()
        pieces = [text[start : start + 7] for start in range(0, len(text), 7)]
        for number in reversed(range(len(pieces))):
            part = {
                "message-id": "m",
                "packetcount": str(len(pieces)),
                "packetnumber": number,
                "content": base64.b64encode(pieces[number]).decode(),
            }
            await connection.send(json.dumps(["multipart", part]))
        return False

    async with real_server(hook) as server:
        client = client_of(server.address)
        await client.connect()
        assert client.session.directory.users[ME].name == "Анна"
        await client.close()


async def test_a_defect_while_reading_ends_the_connection(
    pbx: Pbx, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await pbx.boot()
    link = pbx.client._link
    assert link is not None

    def broken(_text: str) -> None:
        raise LookupError("unforeseen")

    monkeypatch.setattr(link, "_receive", broken)
    pbx.connection.put(["x", {}])
    await settle()
    assert not pbx.client.is_connected
    assert pbx.names()[-1] == "disconnect"
    caplog.clear()
