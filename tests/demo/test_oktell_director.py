"""The director's lines (command-line.md, "`ctidesk pbx`") and what they do to links."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from ctidesk.demo.garbage import DEPTH, HUGE_LENGTH
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import PbxClient, client, raw_client

A = "79161234567"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "sing 101",
        "ring",
        "ring 101",
        "ring 999 79161234567",
        "ring 101 12",
        "ring 101 101",
        "answer 101",
        "answer nobody",
        "hangup 79161234567",
        "busy 102 maybe",
        "noanswer 102 soon",
        "presence 102 asleep",
        "presence 79161234567 ready",
        "dtmf 102 1",
        "conference 5001 101",
        "conference 5001 101 101",
        "freeze -1",
        "freeze nan",
        "delay x",
        "garbage nice",
        "login-error none",
        "hold 102",
        "unhold 102",
    ],
)
async def test_wrong_lines_are_answered(demo: OktellDemo, line: str) -> None:
    answer = await demo.direct(line)
    assert answer["ok"] is False
    assert answer["error"]
    assert (await demo.direct("state"))["calls"] == []


async def test_ring_somebody_busy(demo: OktellDemo) -> None:
    assert (await demo.direct(f"ring 101 {A}"))["ok"]
    assert not (await demo.direct("ring 101 74951112233"))["ok"]
    assert not (await demo.direct(f"ring 102 {A}"))["ok"]


async def test_state_tells_calls_and_users(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct(f"queue-ring 101 {A} Support")
    await operator.ask("pbxanswercall")
    assert (await demo.direct(f"dtmf {A} 12#"))["digits"] == "12#"
    state = await demo.direct("state")
    json.dumps(state)
    assert isinstance(state["calls"], list)
    assert isinstance(state["users"], list)
    (call,) = state["calls"]
    assert (call["phase"], call["queue"]) == ("talk", "Support")
    assert [leg["digits"] for leg in call["legs"]] == ["12#", ""]
    first = state["users"][0]
    assert (first["login"], first["state"], first["line"], first["client"]) == (
        "operator",
        "BUSY",
        "lsCommutated",
        True,
    )


async def test_behaviours_with_a_time(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    for line in ("answer 102 2", "hangup 102 10", "answer 101 1"):
        assert (await demo.direct(line))["ok"]
    await operator.ask("pbxautocallstart", sequence="user", number="102")
    assert await phases(demo) == ["own phone rings first"]
    clock.advance(1)
    assert await phases(demo) == ["dialling"]
    clock.advance(2)
    assert await phases(demo) == ["talk"]
    clock.advance(10)
    assert await phases(demo) == []


async def phases(demo: OktellDemo) -> list[str]:
    calls = (await demo.direct("state"))["calls"]
    assert isinstance(calls, list)
    return [call["phase"] for call in calls]


async def test_conference_line(demo: OktellDemo, operator: PbxClient) -> None:
    answer = await demo.direct(f"conference 5005 101 102 {A}")
    assert answer["ok"]
    assert (await operator.event("phoneevent_commstarted"))["confid"] == answer["conference"]
    await demo.direct("hangup 102")
    await demo.direct(f"hangup {A}")
    assert (await operator.line())["abonent"] == {}


# ------------------------------------------------------------------ links


async def test_drop_connections(demo: OktellDemo, operator: PbxClient) -> None:
    assert (await demo.direct("drop-connections"))["dropped"] == 1
    with pytest.raises(ConnectionClosedError):
        await operator.text()
    async with client(demo) as again:
        assert (await again.ask("getuserstate"))["result"] == 1


async def turn_the_loop() -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_freeze_answers_late(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    assert (await demo.direct("freeze 30"))["ok"]
    await operator.socket.send('["ping",{"qid":"late"}]')
    pong = asyncio.ensure_future(await operator.socket.ping())
    await demo.direct(f"ring 101 {A}")
    event = asyncio.create_task(operator.event("pong"))
    clock.advance(29)
    await turn_the_loop()
    assert not pong.done()
    assert operator.events == []
    clock.advance(1)
    await pong
    assert await event == {"qid": "late"}


async def test_delay_keeps_the_order(demo: OktellDemo, clock: ManualScheduler, operator: PbxClient) -> None:
    first = asyncio.create_task(operator.text())
    await demo.direct("delay 500")
    await operator.socket.send('["ping",{"qid":"first"}]')
    await turn_the_loop()
    await demo.direct("delay 0")
    await operator.socket.send('["ping",{"qid":"second"}]')
    await turn_the_loop()
    assert not first.done()
    clock.advance(0.5)
    assert json.loads(await first) == ["pong", {"qid": "first"}]
    assert json.loads(await operator.text()) == ["pong", {"qid": "second"}]


@pytest.mark.parametrize(
    ("kind", "frames"),
    [("notjson", 4), ("badshape", 15), ("wrongtypes", 13), ("unknown", 8), ("outoforder", 0), ("duplicate", 0)],
)
async def test_garbage(demo: OktellDemo, operator: PbxClient, kind: str, frames: int) -> None:
    await demo.direct(f"ring 101 {A}")
    assert await operator.told() == ["userstatechanged", "phoneevent_ringstarted"]
    assert (await demo.direct(f"garbage {kind}"))["clients"] == 1
    await operator.socket.send('["ping",{"qid":"end"}]')
    received = []
    while (text := await operator.text()) != '["pong",{"qid":"end"}]':
        received.append(text)
    if frames:
        assert len(received) == frames
    elif kind == "duplicate":
        assert received[1].startswith('["phoneevent_ringstarted"')
        assert received[2::2] == received[3::2]
    else:
        numbers = [json.loads(text)[1]["packetnumber"] for text in received[:-1]]
        assert numbers == list(range(len(numbers) - 1, -1, -1))


async def test_huge_and_deep_garbage(demo: OktellDemo, operator: PbxClient) -> None:
    await demo.direct("garbage huge")
    assert len(await operator.text()) > HUGE_LENGTH
    await demo.direct("garbage deep")
    assert (await operator.text()).count("[") == DEPTH + 1
    assert (await operator.ask("getuserstate"))["result"] == 1


async def test_redirect_to_the_secure_port(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    options = OktellOptions(redirect_to_wss=True, tls_cert=certificate, tls_key=key, tls_port=0)
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    async with OktellDemo(options) as demo:
        async with raw_client(demo) as one:
            await one.socket.send('["ping",{"qid":"q"}]')
            assert json.loads(await one.text())[0] == "websocketredirect"
        assert demo.secure_url is not None
        async with connect(demo.secure_url, ssl=trusting, proxy=None) as socket:
            secure = PbxClient(socket, "operator")
            assert await secure.ask("ping") == {"qid": "q1"}
            assert (await secure.log_in("demo"))["result"] == 1


async def test_server_ends_with_clients_connected() -> None:
    async with OktellDemo(OktellOptions()) as demo:
        one = await connect(demo.url, proxy=None)
    with pytest.raises(ConnectionClosed):
        await one.recv()
    await one.close()
