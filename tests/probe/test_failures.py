"""`ctidesk probe` as a program, at real sockets: each failure is found at its step, for both PBXs."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from tests.leaks.planted import PASSWORD
from tests.net.conftest import Authority, Servers

PBXES = ("oktell", "webitel")
PLAIN = ["address", "tcp", "websocket", "login", "line"]
SECURE = ["address", "tcp", "tls", "websocket", "login", "line"]
SILENCE = "1"
"""Seconds within which a step must be done, where it is known that it will not be."""

Demo = OktellDemo | WebitelDemo


@dataclass
class Probed:
    """What the program has printed.

    Attributes:
        steps: the JSON objects in their order.
    """

    code: int
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def failed(self) -> dict[str, Any]:
        (step,) = (step for step in self.steps if step["state"] == "failed")
        return step

    @property
    def words(self) -> str:
        return str(self.failed["error"]["text"])

    def stopped_at(self, name: str, names: list[str]) -> bool:
        """Whether the steps before `name` are done, it has failed, and those after it were not reached."""
        place = names.index(name)
        states = ["done"] * place + ["failed"] + ["not-reached"] * (len(names) - place - 1)
        return [(step["step"], step["state"]) for step in self.steps] == list(zip(names, states, strict=True))


@dataclass(frozen=True)
class Prober:
    """Runs `ctidesk probe --json` for one kind of PBX with the settings of its own folder."""

    pbx: str
    folder: Path

    async def __call__(
        self, url: str, *options: str, login: str = "101", password: str | None = PASSWORD, ca_file: Path | None = None
    ) -> Probed:
        arguments = ["--provider", self.pbx, "--url", url, "--login", login, "--config", str(self.folder), *options]
        if ca_file is not None:
            arguments += ["--ca-file", str(ca_file)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CTIDESK_")}
        if password is not None:
            environment["CTIDESK_PASSWORD"] = password
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "ctidesk", "--log-level", "debug", "probe", "--json", *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
        )
        output, errors = await process.communicate()
        assert PASSWORD.encode() not in output + errors
        assert b"Traceback" not in errors, errors.decode()
        assert process.returncode is not None
        return Probed(process.returncode, [json.loads(line) for line in output.splitlines()])


@pytest.fixture(params=PBXES)
def probe(request: pytest.FixtureRequest, tmp_path: Path) -> Prober:
    return Prober(request.param, tmp_path / "settings")


@pytest.fixture
async def demo(probe: Prober) -> AsyncIterator[Demo]:
    async with AsyncExitStack() as stack:
        if probe.pbx == "oktell":
            yield await stack.enter_async_context(OktellDemo(OktellOptions(login_password=PASSWORD)))
        else:
            yield await stack.enter_async_context(WebitelDemo(WebitelOptions(login_password=PASSWORD)))


async def test_a_usable_line(probe: Prober, demo: Demo) -> None:
    found = await probe(demo.url, login=demo.operator_login)
    assert [(step["step"], step["state"]) for step in found.steps] == [(name, "done") for name in PLAIN]
    assert found.steps[-1]["result"] == demo.operator_number
    assert found.code == 0


# ---- the way to the server


async def test_an_unknown_host(probe: Prober) -> None:
    found = await probe("ws://pbx.invalid:4055")
    assert found.stopped_at("address", PLAIN)
    assert "pbx.invalid was not found" in found.words
    assert (found.failed["fault"], found.code) == ("address", 1)


async def test_a_refused_port(probe: Prober) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))  # bound, but not listening
        port = occupied.getsockname()[1]
        found = await probe(f"ws://127.0.0.1:{port}")
    assert found.stopped_at("tcp", PLAIN)
    assert f"nothing listens on port {port}" in found.words
    assert (found.failed["fault"], found.code) == ("address", 1)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(1000):
        continue


@pytest.mark.parametrize(("scheme", "step", "names"), [("ws", "websocket", PLAIN), ("wss", "tls", SECURE)])
async def test_a_silent_port(probe: Prober, servers: Servers, scheme: str, step: str, names: list[str]) -> None:
    found = await probe(f"{scheme}://127.0.0.1:{await servers.stream(silent)}", "--timeout", SILENCE)
    assert found.stopped_at(step, names)
    assert "says nothing" in found.words
    assert found.failed["seconds"] >= float(SILENCE)
    assert (found.failed["fault"], found.code) == ("address", 1)


async def test_something_that_is_no_websocket(probe: Prober, servers: Servers) -> None:
    found = await probe(f"ws://127.0.0.1:{await servers.http('200 OK')}")
    assert found.stopped_at("websocket", PLAIN)
    assert "is no PBX" in found.words
    assert (found.failed["fault"], found.code) == ("address", 1)


async def test_another_subprotocol(probe: Prober, servers: Servers) -> None:
    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    port = await servers.upgraded(wait, "Sec-WebSocket-Protocol: mqtt\r\n")
    found = await probe(f"ws://127.0.0.1:{port}")
    assert found.stopped_at("websocket", PLAIN)
    assert "another kind of server" in found.words
    assert (found.failed["fault"], found.code) == ("address", 1)


# ---- certificates


@pytest.mark.parametrize(
    ("name", "days", "self_signed", "words"),
    [
        ("other.example", 30, False, "is for another name than 127.0.0.1"),
        ("localhost", -1, False, "has expired"),
        ("localhost", 30, True, "is self-signed"),
    ],
)
async def test_a_certificate_that_is_not_trusted(
    probe: Prober, servers: Servers, authority: Authority, name: str, days: int, self_signed: bool, words: str
) -> None:
    async def wait(server: object) -> None:
        pytest.fail("a WebSocket was opened in spite of the certificate")

    tls = authority.server(name, days=days, self_signed=self_signed)
    port = await servers.websocket(wait, tls=tls)
    found = await probe(f"wss://127.0.0.1:{port}", ca_file=authority.file)
    assert found.stopped_at("tls", SECURE)
    assert words in found.words
    assert (found.failed["fault"], found.code) == ("certificate", 1)


async def test_an_issuer_whom_this_computer_does_not_know(
    probe: Prober, servers: Servers, authority: Authority
) -> None:
    async def wait(server: object) -> None:
        pytest.fail("a WebSocket was opened in spite of the certificate")

    found = await probe(f"wss://127.0.0.1:{await servers.websocket(wait, tls=authority.server())}")
    assert found.stopped_at("tls", SECURE)
    assert "does not know who issued" in found.words
    assert (found.failed["fault"], found.code) == ("certificate", 1)


# ---- the PBX


async def test_a_wrong_password(probe: Prober, demo: Demo) -> None:
    found = await probe(demo.url, login=demo.operator_login, password="another")
    assert found.stopped_at("login", PLAIN)
    assert (found.failed["error"]["kind"], found.failed["fault"], found.code) == ("AUTHENTICATION", "password", 1)


async def test_no_password(probe: Prober, demo: Demo) -> None:
    found = await probe(demo.url, login=demo.operator_login, password=None)
    assert found.stopped_at("login", PLAIN)
    assert (found.failed["error"]["kind"], found.failed["fault"], found.code) == ("CONNECTION_CONFIG", "password", 1)


async def test_no_licence_left(probe: Prober, demo: Demo) -> None:
    await demo.direct("login-error licence")
    found = await probe(demo.url, login=demo.operator_login)
    assert found.stopped_at("login", PLAIN)
    assert "licence" in found.words
    assert "fault" not in found.failed, "no setting of this desk is wrong"
    assert found.code == 1


async def test_a_phone_that_is_not_registered(probe: Prober, demo: Demo) -> None:
    await demo.direct(f"presence {demo.operator_number} offline")
    found = await probe(demo.url, login=demo.operator_login)
    assert found.stopped_at("line", PLAIN)
    assert "phone is not registered" in found.words
    assert found.code == 1
