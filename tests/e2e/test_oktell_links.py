"""Links that break, freeze or carry nonsense, and logins that are refused."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from ctidesk.oktell.password import digest
from tests.e2e.processes import DemoPbx, Watch, demo_pbx, line, watch
from tests.e2e.telling import call_story, line_story
from tests.net.conftest import Authority

CALLER = "79161234567"
GARBAGE = ("notjson", "badshape", "huge", "deep", "wrongtypes", "unknown", "duplicate", "outoforder")


async def talk(pbx: DemoPbx, watched: Watch) -> None:
    """Have the outside party call, and answer."""
    await pbx.direct(f"ring 101 {CALLER}")
    await watched.event("pbx", "ringStart")
    await watched.carry_out("answer")
    await watched.event("pbx", "talkStart")


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_the_server_closes_during_a_talk() -> None:
    """13.12, and cti-model.md, "5.1 Rules", rule 5: the call is kept until the new connection confirms it."""
    async with line() as (pbx, watched):
        await talk(pbx, watched)
        started = (await watched.event("cti", "callStarted")).args[0]
        before = len(watched.events)
        await pbx.direct("drop-connections")
        assert (await watched.event("pbx", "disconnect")).args[0]["code"] == 12
        told = watched.events[before:]
        assert line_story(told) == ["abonentsChange []", "stateChange disconnected talk", f"talkStop [{CALLER}]"]
        assert call_story(told) == ["disconnected 12 true"]
        await watched.log("reconnect follows")
        before = len(watched.events)
        await watched.event("pbx", "connect")
        calls, main = (await watched.event("cti", "activeCallSnapshot")).args
        assert [one["recordId"] for one in calls] == [main["recordId"]] == [started["recordId"]]
        assert (main["state"], main["started"]) == ("CONNECTED", started["started"])
        assert "unconfirmed" not in main
        assert call_story(watched.events[before:])[0] == "initialized"
        await watched.carry_out("hold")
        assert (await watched.event("cti", "hold")).args[0]["recordId"] == started["recordId"]


async def test_no_reconnection_when_it_is_switched_off() -> None:
    async with demo_pbx() as pbx, watch(pbx.url, "--no-reconnect") as watched:
        await talk(pbx, watched)
        await pbx.direct("drop-connections")
        ended = (await watched.event("cti", "callFinished")).args[0]
        assert ended["stateCause"] == "connection lost"
        assert (await watched.carry_out("pbx getState")) == "disconnected"
        assert "reconnect follows" not in watched.errors
        assert (await watched.carry_out("pbx connect")) == {"result": True}
        await watched.event("cti", "activeCallSnapshot")
        assert await watched.end() == 0


@pytest.mark.parametrize("kind", GARBAGE)
async def test_garbage_during_a_talk(kind: str) -> None:
    """Architecture, rule 8: the line goes on, and the next command works."""
    async with line() as (pbx, watched):
        await talk(pbx, watched)
        before = len(watched.events)
        assert (await pbx.direct(f"garbage {kind}"))["clients"] == 1
        await pbx.direct("presence 102 break")  # comes behind the garbage
        await watched.carry_out("pbx getQueue")
        calls = await watched.carry_out("snapshot")
        assert [(one["callerId"], one["state"]) for one in calls] == [(CALLER, "CONNECTED")]
        assert "disconnect" not in [event.name for event in watched.since("pbx", before)]
        assert [event.name for event in watched.since("cti", before) if event.name == "callFinished"] == []
        await watched.carry_out("hold")
        await watched.event("cti", "hold")
        assert "Traceback" not in watched.errors


async def test_a_frozen_link_delays_answers_and_nothing_else() -> None:
    async with line() as (pbx, watched):
        await talk(pbx, watched)
        await pbx.direct("freeze 600")
        watched.say("hold")
        watched.say("pbx getQueue")
        assert await watched.carry_out("pbx getState") == "talk"
        assert not any("hold" in text for text in watched.lines if '"command"' in text)
        await pbx.direct("freeze 0")
        await watched.event("cti", "hold")
        await watched.until(lambda: any('"pbx getQueue", "ok": true' in text for text in watched.lines), "the queue")


async def test_a_reply_that_never_comes() -> None:
    """The request is given up after twenty seconds, by oktell-protocol.md, "1.4 Frames, qid, replies"."""
    async with line() as (pbx, watched):
        await pbx.direct("freeze 600")
        watched.say("hold")  # refused at once: there is no call
        given_up = await watched.command('pbx exec ["getversion"]')
        assert (given_up["ok"], given_up["result"]["result"], given_up["result"]["errorCode"]) == (True, False, 1102)


async def test_ends_in_time_on_a_frozen_link() -> None:
    """A command under way gets its answer, and a server that does not say goodbye is not waited for."""
    async with line() as (pbx, watched):
        await pbx.direct("freeze 600")
        watched.say("pbx getQueue")
        assert await watched.carry_out("pbx getState") == "ready"
        watched.say("quit")
        assert await watched.exit_code() == 0
        answers = [json.loads(text) for text in watched.lines if '"command"' in text]
        assert [one["command"] for one in answers] == ["pbx getState", "pbx getQueue", "quit"]
        assert answers[1]["result"]["result"] is False


async def test_wrong_password() -> None:
    """13.8: said plainly, and not tried again."""
    async with demo_pbx() as pbx, watch(pbx.url, password="wrong") as watched:
        refused = (await watched.event("pbx", "connectError")).args[0]
        assert (refused["result"], refused["errorCode"]) == (False, 1202)
        await watched.log("ctidesk: The PBX does not accept this login or password.")
        error = (await watched.event("cti", "error")).args[0]
        assert (error["kind"], error["code"], error["source"]) == ("AUTHENTICATION", 1202, "oktell.connect")
        call = await watched.command("call 102")
        assert (call["ok"], call["kind"]) == (False, "CALL_CENTRE_NOT_AVAILABLE")
        names = [event.name for event in watched.since("pbx")]
        assert names == ["connecting", "connectError", "stateChange", "disconnect"]
        assert watched.errors.count("\n") == 1
        assert await watched.end() == 1


async def test_unreachable_server_is_tried_again() -> None:
    """cti-model.md, "5.2 Reconnection"."""
    async with watch(f"ws://127.0.0.1:{free_port()}") as watched:
        first = (await watched.event("pbx", "connectError")).args[0]
        assert first["errorCode"] == 1200
        assert (await watched.event("cti", "error")).args[0]["kind"] == "CALL_CENTRE_NOT_AVAILABLE"
        await watched.log("attempt 1 to reconnect follows")
        await watched.event("pbx", "connectError")
        assert [event.name for event in watched.since("pbx")] == ["connecting", "connectError"] * 2
        assert await watched.end() == 1


async def test_unreachable_server_without_reconnection() -> None:
    async with watch(f"ws://127.0.0.1:{free_port()}", "--no-reconnect") as watched:
        assert await watched.exit_code() == 1
        assert [event.name for event in watched.since("pbx")] == ["connecting", "connectError"]
        assert watched.errors.startswith("ctidesk: The server refuses the connection.")
        assert watched.errors.count("\n") == 1


async def test_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    """Said plainly and not tried again; with the authority's file the same server is trusted."""
    authority, port = Authority(tmp_path), free_port()
    pem = authority.server().file
    async with demo_pbx("--tls-cert", str(pem), "--tls-key", str(pem), "--tls-port", str(port)):
        url = f"wss://127.0.0.1:{port}"
        async with watch(url) as watched:
            await watched.log("ctidesk: The server's certificate cannot be trusted")
            assert (await watched.event("cti", "error")).args[0]["kind"] == "CONNECTION_CONFIG"
            assert await watched.carry_out("pbx getState") is False
            assert [event.name for event in watched.since("pbx")] == ["connecting", "connectError"]
            assert await watched.end() == 1
        async with watch(url, "--ca-file", str(authority.file)) as watched:
            await watched.event("pbx", "connect")
            assert await watched.end() == 0
        async with watch(f"127.0.0.1:{port}", "--secure", "--ca-file", str(authority.file)) as watched:
            await watched.event("pbx", "connect")


async def test_secrets_are_never_told() -> None:
    """Neither the password nor what is made of it, nor what the PBX hands out, on any level or in the log."""
    password = "Planted-Secret-7"
    async with (
        demo_pbx(login_password=password) as pbx,
        watch(pbx.url, "--log-level", "debug", password=password, levels="pbx,cti,wire") as watched,
    ):
        await watched.event("cti", "activeCallSnapshot")
        handed_out = await watched.carry_out('pbx exec ["gettemphttppass"]')
        assert handed_out["password"] == "***"
        await watched.event("pbx", "connect")
        await pbx.direct("drop-connections")
        await watched.event("pbx", "disconnect")
        assert await watched.carry_out("pbx connect") == {"result": True}
        watched.say("quit")
        assert await watched.exit_code() == 0
        everything = "\n".join([*watched.lines, watched.errors])
        assert secrets_in(everything, password) == []
        frames = [json.loads(event.args[0]) for event in watched.since("wire")]
        shown = [(name, value) for _, body in frames for name, value in body.items() if is_secret(name)]
        assert {"password", "Password", "sessionid"} <= {name for name, _ in shown}
        assert {value for _, value in shown} == {"***"}


def is_secret(name: str) -> bool:
    """Tell whether a field of a frame holds a secret."""
    return "pass" in name.lower() or "session" in name.lower()


def secrets_in(text: str, password: str) -> list[str]:
    """Return what of a password's forms stands in a text."""
    forms = (password, digest(password), digest(password.lower()), digest(password.upper()))
    return [form for form in forms if form in text]


async def test_wrong_password_is_not_told_either() -> None:
    async with (
        demo_pbx() as pbx,
        watch(pbx.url, "--log-level", "debug", password="Planted-Secret-7", levels="pbx,cti,wire") as watched,
    ):
        await watched.log("does not accept")
        assert await watched.end() == 1
        assert secrets_in("\n".join([*watched.lines, watched.errors]), "Planted-Secret-7") == []
