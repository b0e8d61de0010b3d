"""Connecting and its failures (webitel-protocol.md, sections 1 and 3)."""

from __future__ import annotations

from typing import Any

import pytest

from ctidesk.net.errors import NetError, Reason
from ctidesk.webitel.addresses import account_of, server_url
from ctidesk.webitel.client import ClientOptions
from tests.waiting import settle
from tests.webitel.scripted_pbx import ACCOUNT, SECRET, SESSION, Pbx


@pytest.mark.parametrize(
    ("text", "secure", "url"),
    [
        ("ws://host:871", False, "ws://host:871"),
        ("wss://host:871", False, "wss://host:871"),
        ("wss://host/path", False, "wss://host/path"),
        (" host ", False, "ws://host:871"),
        ("host", True, "wss://host:871"),
        ("host:10022", True, "wss://host:10022"),
        ("host/webitel", False, "ws://host:871/webitel"),
        ("[::1]", False, "ws://[::1]:871"),
        ("[::1]:871", False, "ws://[::1]:871"),
        ("", False, ""),
    ],
)
def test_addresses(text: str, secure: bool, url: str) -> None:
    assert server_url(text, secure=secure) == url


@pytest.mark.parametrize("text", ["http://host", "ws://", "ws://host:0", "host name", "ws://u:p@host"])
def test_addresses_that_cannot_be_used(text: str) -> None:
    with pytest.raises(NetError):
        server_url(text)


@pytest.mark.parametrize(
    ("login", "domain", "account"),
    [
        ("100@crm.test", "other", "100@crm.test"),
        ("100", "", "100@pbx.crm.test"),
        ("100", "crm.test", "100@crm.test"),
        ("root", "crm.test", "root"),
        ("", "crm.test", ""),
    ],
)
def test_accounts(login: str, domain: str, account: str) -> None:
    assert account_of(login, domain, "ws://pbx.crm.test:871") == account


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        (ClientOptions("ws://h:871", ACCOUNT, "s"), {"account": ACCOUNT, "secret": "s"}),
        (ClientOptions("ws://h:871", key="k", token="t"), {"key": "k", "token": "t"}),
        (
            ClientOptions("ws://h:871", "root", "s", code="123456"),
            {"account": "root", "secret": "s", "code": "123456"},
        ),
    ],
)
async def test_what_auth_is_given(
    options: ClientOptions, arguments: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pbx = Pbx(monkeypatch, options)
    pbx.start(pbx.client.connect())
    await settle()
    assert pbx.asked("auth")["exec-args"] == arguments
    await pbx.close()


@pytest.mark.parametrize(("url", "login"), [("", ACCOUNT), ("http://x", ACCOUNT), ("ws://h:871", "")])
async def test_settings_that_allow_no_attempt(url: str, login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pbx = Pbx(monkeypatch, ClientOptions(url, login, SECRET))
    with pytest.raises(Exception):  # noqa: B017 - the words are looked at below
        await pbx.provider.connect()
    assert pbx.names() == ["onDisconnect", "onError"]
    assert pbx.words() == ["error CONNECTION_CONFIG"]
    assert not pbx.connections


async def test_the_words_for_a_missing_account(monkeypatch: pytest.MonkeyPatch) -> None:
    pbx = Pbx(monkeypatch, ClientOptions("ws://h:871"))
    await pbx.client.connect()
    assert pbx.events[0][1]["errorType"] == "CONNECTION-ERROR"


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (Reason.REFUSED, "OPEN_CONNECTION"),
        (Reason.TIMED_OUT, "OPEN_CONNECTION"),
        (Reason.BAD_CERTIFICATE, "CONNECTION_CONFIG"),
        (Reason.NOT_A_WEBSOCKET, "CONNECTION_CONFIG"),
        (Reason.FORBIDDEN, "CONNECTION_CONFIG"),
        (Reason.NAME_NOT_FOUND, "OPEN_CONNECTION"),
        (Reason.TLS_FAILED, "OPEN_CONNECTION"),
    ],
)
async def test_a_server_that_cannot_be_reached(pbx: Pbx, reason: Reason, kind: str) -> None:
    pbx.refusals.append(NetError(reason, "detail"))
    task = pbx.start(pbx.provider.connect())
    await settle()
    assert task.exception() is not None
    assert [told["errorType"] for name, told in pbx.events if name == "onError"] == ["CONNECTION-ERROR"]
    assert pbx.words() == [f"error {kind}"]


REFUSALS: list[tuple[str, Any, str]] = [
    ("+ERR", {"login": {"status": 401, "message": "secret incorrect"}}, "secret incorrect"),
    ("+ERR", {"login": {"status": 301, "message": "Set security code"}}, "Set security code"),
    ("-ERR", "Invalid Token or Key", "Invalid Token or Key"),
    ("-ERR", "Maximum opened socket 10", "Maximum opened socket 10"),
    ("-ERR", "Maximum license connections", "Maximum license connections"),
]


@pytest.mark.parametrize(("complete", "response", "text"), REFUSALS)
async def test_a_refused_login(pbx: Pbx, complete: str, response: Any, text: str) -> None:
    task = pbx.start(pbx.provider.connect())
    await settle()
    await pbx.reply("auth", response, complete)
    assert pbx.events == [("onDisconnect", response), ("onError", {"errorType": "AUTH-ERROR", "message": text})]
    assert pbx.words() == ["error AUTHENTICATION", "disconnected"]
    assert pbx.connection.closed_by_client
    error = task.exception()
    assert error is not None
    assert SECRET not in repr(error.__dict__)


@pytest.mark.parametrize(
    ("response", "account"),
    [
        (SESSION, ACCOUNT),
        ({"role": "admin"}, ACCOUNT),
        (None, ACCOUNT),
        ({"login": "100", "domain": "crm.test"}, ACCOUNT),
        ({"login": "102@crm.test"}, "102@crm.test"),
        ({"login": "root", "role": "root"}, "root"),
    ],
)
async def test_whose_the_line_is(pbx: Pbx, response: Any, account: str) -> None:
    """As whom the server has let us in; one that does not say so has let in who asked."""
    pbx.start(pbx.provider.connect())
    await settle()
    await pbx.reply("auth", response)
    assert pbx.session.account == account


async def test_a_login_that_fails_after_auth(pbx: Pbx) -> None:
    pbx.start(pbx.provider.connect())
    await settle()
    await pbx.reply("auth", SESSION)
    await pbx.reply("login", "no", "-ERR")
    assert pbx.names() == ["onConnect", "onDisconnect", "onError"]
    assert pbx.words() == ["error AUTHENTICATION", "disconnected"]


@pytest.mark.parametrize("answered", [0, 1, 2])
async def test_a_connection_lost_during_the_login(pbx: Pbx, answered: int) -> None:
    task = pbx.start(pbx.provider.connect())
    await settle()
    if answered:
        await pbx.reply("auth", SESSION)
    if answered > 1:
        await pbx.reply("login")
    pbx.connection.drop()
    await settle()
    assert task.exception() is not None
    expected = [[], ["onConnect"], ["onConnect", "onUserLogin"]][answered]
    assert pbx.names() == [*expected, "onDisconnect", "onError"]
    assert pbx.words() == ["error OPEN_CONNECTION"]


@pytest.mark.parametrize("answered", [False, True])
async def test_a_server_that_says_nothing(pbx: Pbx, answered: bool) -> None:
    task = pbx.start(pbx.provider.connect())
    await settle()
    if answered:
        await pbx.reply("auth", SESSION)
    pbx.clock.advance(10.1)
    await settle()
    assert task.exception() is not None
    assert pbx.names()[-1] == "onError"
    assert pbx.words() == ["error OPEN_CONNECTION"]
    assert pbx.connection.closed_by_client
    assert pbx.clock.timers == []


async def test_an_agent_is_one_by_the_word_true(pbx: Pbx) -> None:
    """D9: the maker's library, whose events we tell, takes "false" for yes; our own decisions do not."""
    await pbx.connect(**{"cc-agent": "false"})
    identity = pbx.client.session.identity
    assert identity is not None
    assert not identity.agent
    assert pbx.events[0] == (
        "onConnect",
        {
            "login": ACCOUNT,
            "role": "admin",
            "domain": "crm.test",
            "wsCount": 1,
            "acl": {"account": ["*"]},
            "agent": True,
        },
    )


async def test_connecting_twice_does_nothing(line: Pbx) -> None:
    await line.provider.connect()
    assert line.names() == []
    assert len(line.connections) == 1


async def test_one_attempt_at_a_time(pbx: Pbx) -> None:
    pbx.start(pbx.client.connect())
    await settle()
    assert not (await pbx.client.connect()).ok
    assert len(pbx.connections) == 1


@pytest.mark.parametrize("answered", [False, True])
async def test_disconnecting_gives_an_attempt_up(pbx: Pbx, answered: bool) -> None:
    task = pbx.start(pbx.provider.connect())
    await settle()
    if answered:
        await pbx.reply("auth", SESSION)
    await pbx.run("disconnect")
    await settle()
    assert task.exception() is not None
    assert pbx.connection.closed_by_client
    assert pbx.names() == [*(["onConnect"] if answered else []), "onDisconnect"]
    assert pbx.words() == ["error OPEN_CONNECTION", "disconnected"]
    assert pbx.cti[-1].may_reconnect is False  # type: ignore[attr-defined]


async def test_connecting_while_the_old_connection_closes(line: Pbx) -> None:
    closing = line.run("disconnect")
    await settle()
    again = line.start(line.client.connect())
    await settle()
    assert len(line.connections) == 1
    await line.reply("logout", "+OK: logged: false")
    await closing
    await line.log_in()
    assert (await again).ok
    assert len(line.connections) == 2


# ---- the end


async def test_disconnecting_logs_out(line: Pbx) -> None:
    task = line.run("disconnect")
    await settle()
    await line.reply("logout", "+OK: logged: false")
    await task
    assert line.connection.closed_by_client
    assert line.names() == ["onDisconnect", "onRemoveUser", "onRemoveUser"]
    assert [event.name for event in line.cti] == ["disconnected"]
    assert line.cti[0].may_reconnect is False  # type: ignore[attr-defined]


async def test_another_program_of_the_account_is_not_silenced(pbx: Pbx) -> None:
    await pbx.connect(**{"ws-count": 2})
    await pbx.run("disconnect")
    assert all(frame["exec-func"] != "logout" for frame in pbx.sent)
    assert pbx.connection.closed_by_client


async def test_a_logout_without_answer_is_not_waited_for(line: Pbx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctidesk.webitel.client.LOGOUT_LIMIT", 0.001)
    await line.run("disconnect")
    assert line.connection.closed_by_client


async def test_the_logout_command_stays_connected(line: Pbx) -> None:
    task = line.run("logout")
    await settle()
    await line.reply("logout", "+OK: logged: false")
    assert (await task)["status"] == 0
    assert line.client.is_connected
    assert line.names() == []


async def test_a_lost_connection_may_come_back(line: Pbx) -> None:
    line.connection.drop()
    await settle()
    assert line.names() == ["onDisconnect", "onRemoveUser", "onRemoveUser"]
    assert [(event.name, event.may_reconnect) for event in line.cti] == [("disconnected", True)]  # type: ignore[attr-defined]
