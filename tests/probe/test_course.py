"""Each failure is found at its step, and told with what to do."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from ctidesk.cti.errors import ErrorKind
from ctidesk.cti.probing import Fault, Step, StepName, StepState
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.net.options import ConnectionOptions
from ctidesk.oktell.probing import OktellProbe, OktellTarget
from ctidesk.probe.course import probe
from tests.net.conftest import Authority, Servers

PLAIN = [StepName.ADDRESS, StepName.TCP, StepName.WEBSOCKET, StepName.LOGIN, StepName.LINE]
SECURE = [StepName.ADDRESS, StepName.TCP, StepName.TLS, StepName.WEBSOCKET, StepName.LOGIN, StepName.LINE]
QUICK = ConnectionOptions(open_timeout=0.2)
PATIENT = ConnectionOptions(open_timeout=30)


@dataclass
class Outcome:
    """What a probe has told."""

    steps: list[Step]

    @property
    def ends(self) -> list[tuple[StepName, StepState]]:
        return [(step.name, step.state) for step in self.steps if step.state is not StepState.RUNNING]

    @property
    def failed(self) -> Step:
        (step,) = (step for step in self.steps if step.state is StepState.FAILED)
        return step

    @property
    def words(self) -> str:
        assert self.failed.error is not None
        return self.failed.error.text


async def outcome(target: OktellTarget) -> Outcome:
    async with aclosing(probe(OktellProbe(target), target.network)) as steps:
        return Outcome([step async for step in steps])


async def tried(*urls: str, network: ConnectionOptions = PATIENT) -> Outcome:
    return await outcome(OktellTarget(urls, "anna", "S3CR3T", network=network))


def stopped_at(names: list[StepName], failed: StepName) -> list[tuple[StepName, StepState]]:
    place = names.index(failed)
    states = [StepState.DONE] * place + [StepState.FAILED] + [StepState.NOT_REACHED] * (len(names) - place - 1)
    return list(zip(names, states, strict=True))


def demo_target(demo: OktellDemo, **changes: object) -> OktellTarget:
    values: dict[str, object] = {
        "addresses": [demo.url],
        "login": demo.operator_login,
        "password": demo.password,
        "network": PATIENT,
    }
    return OktellTarget(**{**values, **changes})  # type: ignore[arg-type]


# ---- all is well


async def test_a_usable_line(demo: OktellDemo) -> None:
    found = await outcome(demo_target(demo))
    assert found.ends == [(name, StepState.DONE) for name in PLAIN]
    assert [step.state for step in found.steps] == [StepState.RUNNING, StepState.DONE] * len(PLAIN)
    results = {step.name: step.result for step in found.steps if step.state is StepState.DONE}
    port = demo.url.rpartition(":")[2].strip("/")
    assert results[StepName.ADDRESS] == "127.0.0.1"
    assert results[StepName.TCP] == f"127.0.0.1, port {port}"
    assert results[StepName.LOGIN] == demo.operator_login
    assert results[StepName.LINE] == demo.operator_number
    assert all(step.seconds > 0 for step in found.steps if step.state is StepState.DONE)
    assert all(step.headline for step in found.steps)


async def test_a_usable_line_behind_tls(authority: Authority) -> None:
    tls = authority.server()
    options = OktellOptions(tls_cert=tls.file, tls_key=tls.file, tls_port=0)
    async with OktellDemo(options) as demo:
        assert demo.secure_url is not None
        network = ConnectionOptions(open_timeout=30, ca_file=authority.file)
        found = await outcome(demo_target(demo, addresses=[demo.secure_url], network=network))
    assert found.ends == [(name, StepState.DONE) for name in SECURE]
    (certificate,) = (step.result for step in found.steps if (step.name, step.state) == (StepName.TLS, StepState.DONE))
    assert certificate.startswith("localhost, issued by Test authority, to 20")


async def test_the_next_address_is_tried(demo: OktellDemo) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))  # bound, but not listening
        refused = f"ws://127.0.0.1:{occupied.getsockname()[1]}/"
        found = await outcome(demo_target(demo, addresses=[refused, demo.url]))
    assert found.ends == [
        (StepName.ADDRESS, StepState.DONE),
        (StepName.TCP, StepState.FAILED),
        (StepName.WEBSOCKET, StepState.NOT_REACHED),
        *((name, StepState.DONE) for name in PLAIN),
    ]
    assert {step.url for step in found.steps} == {refused, demo.url}


async def test_the_application_stays_logged_in(demo: OktellDemo) -> None:
    """The probe has a session of its own, and takes only that one away."""
    probing = OktellProbe(demo_target(demo))
    await probing.open(demo.url)
    await probing.log_in()
    assert (await outcome(demo_target(demo))).ends[-1] == (StepName.LINE, StepState.DONE)
    assert await probing.load_line() == demo.operator_number
    await probing.close()
    await probing.close()


async def test_who_stops_early_leaves_nothing_open(demo: OktellDemo) -> None:
    target = demo_target(demo)
    async with aclosing(probe(OktellProbe(target), target.network)) as steps:
        async for step in steps:
            if (step.name, step.state) == (StepName.LINE, StepState.RUNNING):
                assert len(demo.desk.clients) == 1
                break
    while demo.desk.clients:
        await asyncio.sleep(0)


async def test_who_is_cancelled_leaves_nothing_open(demo: OktellDemo) -> None:
    reached = asyncio.Event()

    async def walk() -> None:
        target = demo_target(demo)
        async with aclosing(probe(OktellProbe(target), target.network)) as steps:
            async for step in steps:
                if step.name is StepName.LOGIN:
                    reached.set()

    await demo.direct("freeze 3600")
    walking = asyncio.create_task(walk())
    await asyncio.sleep(0)
    await demo.direct("freeze 0")
    await reached.wait()
    walking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await walking
    while demo.desk.clients:
        await asyncio.sleep(0)


# ---- the network


async def test_no_address() -> None:
    found = await tried()
    assert found.ends == stopped_at(PLAIN, StepName.ADDRESS)
    assert found.failed.fault is Fault.ADDRESS


@pytest.mark.parametrize("url", ["ws://a b", "http://a", "ws://anna:S3CR3T@a"])
async def test_a_wrong_address(url: str) -> None:
    found = await tried(url)
    assert found.failed.name is StepName.ADDRESS
    assert found.failed.fault is Fault.ADDRESS
    assert "S3CR3T" not in repr(found)


async def test_an_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    async def getaddrinfo(*arguments: object, **options: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    found = await tried("ws://pbx.invalid")
    assert found.ends == stopped_at(PLAIN, StepName.ADDRESS)
    assert "pbx.invalid was not found" in found.words


async def test_a_refused_port() -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        port = occupied.getsockname()[1]
        found = await tried(f"ws://127.0.0.1:{port}")
    assert found.ends == stopped_at(PLAIN, StepName.TCP)
    assert f"nothing listens on port {port}" in found.words


async def test_a_computer_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def open_connection(*arguments: object, **options: object) -> None:
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(asyncio, "open_connection", open_connection)
    found = await tried("ws://127.0.0.1:871", network=QUICK)
    assert found.ends == stopped_at(PLAIN, StepName.TCP)
    assert "Nobody answers at 127.0.0.1, port 871" in found.words


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(1000):
        continue


@pytest.mark.parametrize(("scheme", "step"), [("ws", StepName.WEBSOCKET), ("wss", StepName.TLS)])
async def test_a_silent_port(servers: Servers, scheme: str, step: StepName) -> None:
    found = await tried(f"{scheme}://127.0.0.1:{await servers.stream(silent)}", network=QUICK)
    assert found.ends == stopped_at(SECURE if scheme == "wss" else PLAIN, step)
    assert "says nothing" in found.words


@pytest.mark.parametrize(
    ("status", "words"),
    [("200 OK", "is no PBX"), ("403 Forbidden", "does not let"), ("503 Service Unavailable", "not ready")],
)
async def test_a_web_server(servers: Servers, status: str, words: str) -> None:
    found = await tried(f"ws://127.0.0.1:{await servers.http(status)}")
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)
    assert words in found.words


async def ssh(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    await reader.read()


async def test_another_protocol(servers: Servers) -> None:
    found = await tried(f"ws://127.0.0.1:{await servers.stream(ssh)}")
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)
    assert "is no PBX" in found.words


async def test_a_server_that_hangs_up(servers: Servers) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    found = await tried(f"ws://127.0.0.1:{await servers.stream(hang_up)}")
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)
    assert "hangs up" in found.words


async def wait(server: ServerConnection) -> None:
    await server.wait_closed()


async def test_a_wrong_subprotocol(servers: Servers) -> None:
    found = await tried(f"ws://127.0.0.1:{await servers.websocket(wait)}")
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)
    assert "another kind of server" in found.words


async def test_an_open_port_behind_which_nobody_speaks(servers: Servers) -> None:
    """The WebSocket opens, but nobody answers the PBX's ping."""
    port = await servers.websocket(wait, subprotocols=("json",))
    found = await tried(f"ws://127.0.0.1:{port}", network=QUICK)
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)


# ---- TLS


@pytest.mark.parametrize(
    ("name", "days", "self_signed", "trusted", "words"),
    [
        ("other.test", 30, False, True, "another name than 127.0.0.1"),
        ("localhost", -1, False, True, "has expired"),
        ("localhost", 30, True, False, "self-signed"),
        ("localhost", 30, False, False, "does not know who issued"),
    ],
)
async def test_certificates(
    servers: Servers, authority: Authority, name: str, days: int, self_signed: bool, trusted: bool, words: str
) -> None:
    tls = authority.server(name, days=days, self_signed=self_signed)
    port = await servers.websocket(wait, subprotocols=("json",), tls=tls)
    network = ConnectionOptions(open_timeout=30, ca_file=authority.file if trusted else None)
    found = await tried(f"wss://127.0.0.1:{port}", network=network)
    assert found.ends == stopped_at(SECURE, StepName.TLS)
    assert words in found.words
    assert found.failed.fault is Fault.CERTIFICATE
    assert found.failed.error is not None
    assert found.failed.error.kind is ErrorKind.CONNECTION_CONFIG


async def test_a_certificate_file_that_is_none(servers: Servers, authority: Authority, tmp_path: Path) -> None:
    port = await servers.websocket(wait, subprotocols=("json",), tls=authority.server())
    found = await tried(f"wss://127.0.0.1:{port}", network=ConnectionOptions(ca_file=tmp_path / "none.pem"))
    assert found.failed.name is StepName.TLS
    assert "Your own CA file cannot be used" in found.words


async def test_tls_where_there_is_none(servers: Servers) -> None:
    found = await tried(f"wss://127.0.0.1:{await servers.stream(ssh)}")
    assert found.ends == stopped_at(SECURE, StepName.TLS)
    assert "does not speak TLS" in found.words


async def test_no_tls_where_there_is_some(servers: Servers, authority: Authority) -> None:
    port = await servers.websocket(wait, subprotocols=("json",), tls=authority.server())
    found = await tried(f"ws://127.0.0.1:{port}")
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)


# ---- a proxy


async def test_a_proxy_that_is_not_there() -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        network = ConnectionOptions(proxy=f"http://127.0.0.1:{occupied.getsockname()[1]}")
        found = await tried("wss://pbx.invalid", network=network)
    assert found.failed.name is StepName.TCP


async def test_a_proxy_that_refuses(servers: Servers) -> None:
    network = ConnectionOptions(open_timeout=30, proxy=f"http://127.0.0.1:{await servers.http('403 Forbidden')}")
    found = await tried("wss://pbx.invalid", network=network)
    assert found.ends == stopped_at(PLAIN, StepName.WEBSOCKET)
    assert found.failed.fault is Fault.PROXY


# ---- the PBX


async def test_a_wrong_password(demo: OktellDemo) -> None:
    found = await outcome(demo_target(demo, password="S3CR3T"))
    assert found.ends == stopped_at(PLAIN, StepName.LOGIN)
    assert found.failed.fault is Fault.PASSWORD
    assert found.failed.error is not None
    assert found.failed.error.raw == "Wrong login/pass combination"
    assert "S3CR3T" not in repr(found)


async def test_no_password(demo: OktellDemo) -> None:
    found = await outcome(demo_target(demo, password=None))
    assert found.ends == stopped_at(PLAIN, StepName.LOGIN)
    assert found.failed.fault is Fault.PASSWORD
    assert "no password" in found.words


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("licence", "licence"),
        ("desktop", "desktop client is already logged in"),
        ("service", "not ready yet. Try again"),
        ("other", "does not say why"),
    ],
)
async def test_a_login_that_is_refused(demo: OktellDemo, refusal: str, words: str) -> None:
    demo.desk.credentials.refusal = refusal
    found = await outcome(demo_target(demo))
    assert found.ends == stopped_at(PLAIN, StepName.LOGIN)
    assert words in found.words
    assert found.failed.fault is Fault.NONE


async def test_a_phone_that_is_not_registered(demo: OktellDemo) -> None:
    await demo.direct(f"presence {demo.operator_number} offline")
    found = await outcome(demo_target(demo))
    assert found.ends == stopped_at(PLAIN, StepName.LINE)
    assert "phone is not registered" in found.words


def scripted(*refused: str, hangs_up_at: str = "") -> object:
    """A PBX that lets everybody in, but refuses some methods or hangs up at one."""

    async def talk(server: ServerConnection) -> None:
        async for text in server:
            method, body = json.loads(text)
            if method == hangs_up_at:
                return
            if method in refused:
                continue
            await server.send(json.dumps([f"{method}result", {"qid": body.get("qid"), "result": 1, "version": {}}]))

    return talk


async def probed(servers: Servers, script: object) -> Outcome:
    port = await servers.websocket(script, subprotocols=("json",))  # type: ignore[arg-type]
    return await outcome(OktellTarget([f"ws://127.0.0.1:{port}"], "anna", "S3CR3T", network=PATIENT, limit=0.2))


@pytest.mark.parametrize(
    ("script", "step"),
    [
        (scripted("login"), StepName.LOGIN),
        (scripted(hangs_up_at="login"), StepName.LOGIN),
        (scripted("getextendedlineinfo"), StepName.LINE),
        (scripted(hangs_up_at="getversion"), StepName.LINE),
    ],
)
async def test_a_pbx_that_falls_silent(servers: Servers, script: object, step: StepName) -> None:
    found = await probed(servers, script)
    assert found.ends == stopped_at(PLAIN, step)
    assert "follows by itself" not in found.words
