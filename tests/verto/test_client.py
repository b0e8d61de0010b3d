"""The web phone over a socket of its own: what ends it, what brings it back, and what it leaves behind."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import serve

from ctidesk.cti.errors import ErrorKind
from ctidesk.net.connection import Connection
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions
from ctidesk.verto.client import SAVING_OPEN_LIMIT, Phase, VertoClient, VertoOptions
from ctidesk.verto.dialog import Dialog
from ctidesk.verto.errors import Problem, VertoError
from ctidesk.verto.media import MediaFailed, MediaProblem
from ctidesk.verto.messages import web_phone_error
from ctidesk.verto.states import DialogState as S
from tests.net.conftest import Authority
from tests.verto.scripted_line import LOGIN, PASSWORD, SESSID, B, state_of
from tests.verto.scripted_server import NoWait, PingCountingConnection, Server, refusal
from tests.verto.scripted_sound import ScriptedEngine
from tests.waiting import until_told

LIMIT = 10.0
"""Seconds after which a condition that does not come fails the test."""


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    one = Server()
    PingCountingConnection.pings = 0
    async with serve(
        one.serve, "127.0.0.1", 0, create_connection=PingCountingConnection, ping_interval=None
    ) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        one.url = f"ws://127.0.0.1:{port}"
        yield one


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """The TLS context of a server that vouches for itself."""
    return Authority(tmp_path).server(self_signed=True).context


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


MakeClient = Callable[..., VertoClient]


@pytest.fixture
async def make(server: Server, engine: ScriptedEngine) -> AsyncIterator[MakeClient]:
    clients: list[VertoClient] = []

    def make_client(url: str = "", **options: Any) -> VertoClient:
        chosen = VertoOptions(url or server.url, LOGIN, PASSWORD, SESSID, "Ann", "101", **options)
        clients.append(VertoClient(chosen, engine.make, jitter=NoWait()))
        return clients[-1]

    yield make_client
    for client in clients:
        await client.close()
        assert client.dialogs == {}
    assert engine.open_sessions == []


async def until(client: VertoClient, is_so: Callable[[], bool]) -> None:
    """Wait until `is_so`, looked at after whatever the client tells."""
    await until_told(is_so, client.changed, client.session.changed)


async def ready(make: MakeClient, **options: Any) -> VertoClient:
    client = make(**options)
    client.start()
    await until(client, lambda: client.is_ready)
    return client


async def ringing(client: VertoClient, server: Server) -> Dialog:
    await server.invite()
    await until(client, lambda: B in client.dialogs)
    return client.dialogs[B]


async def talking(client: VertoClient, server: Server) -> Dialog:
    dialog = await ringing(client, server)
    await client.answer(dialog)
    assert state_of(dialog) is S.ACTIVE
    return dialog


# ---- calls


async def test_a_call_from_here(server: Server, make: MakeClient, engine: ScriptedEngine) -> None:
    client = await ready(make)
    dialog = await client.call("102")
    assert state_of(dialog) is S.TRYING
    await server.tell("verto.answer", callID=dialog.id, sdp="theirs")
    await until(client, lambda: dialog.is_talking)
    assert engine.sessions[0].answers == ["theirs"]
    client.hang_up(dialog)
    assert state_of(dialog) is S.DESTROY
    await client.stop()
    assert [frame["method"] for frame in server.asked[-2:]] == ["verto.bye", "verto.ping"]
    assert engine.is_closed


async def test_a_call_to_here_with_hold_mute_and_tones(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    client = await ready(make)
    dialog = await talking(client, server)
    client.set_muted(dialog, True)
    assert engine.sessions[0].is_muted
    await client.set_held(dialog, True)
    held = [engine.sessions[0].is_held]
    await client.set_held(dialog, False)
    assert [*held, engine.sessions[0].is_held] == [True, False]
    await client.send_tones(dialog, "12#")
    server.replies["verto.info"] = {"result": {}}
    with pytest.raises(VertoError):
        await client.send_tones(dialog, "1")
    report = client.report(dialog)
    assert report is not None
    assert report.lost == 2


async def test_a_hold_that_is_wanted_before_the_answer_was_heard_here(server: Server, make: MakeClient) -> None:
    client = await ready(make)
    dialog = await client.call("102")
    holding = asyncio.create_task(client.set_held(dialog, True))  # Webitel has told of the answer already
    await server.tell("verto.answer", callID=dialog.id, sdp="theirs")
    await holding
    assert state_of(dialog) is S.HELD


async def test_an_attended_transfer_is_done_when_both_calls_have_ended(server: Server, make: MakeClient) -> None:
    client = await ready(make)
    first = await talking(client, server)
    second = await client.call("103")
    await server.tell("verto.answer", callID=second.id, sdp="theirs")
    await until(client, lambda: second.is_talking and first.state is S.HELD)
    server.replies["verto.modify"] = refusal(-32002, "the wrong way round, as older servers")
    task = asyncio.create_task(client.connect_parties(second, first))
    for dialog in (second, first):
        await server.tell("verto.bye", callID=dialog.id, cause="NORMAL_CLEARING")
    await task
    assert server.asked[-1]["params"]["replaceCallID"] == first.id


@pytest.mark.parametrize("problem", [MediaProblem.NO_COMMON_CODEC, MediaProblem.NO_ADDRESS])
async def test_a_sound_that_cannot_be_agreed_fails_with_words(
    server: Server, make: MakeClient, engine: ScriptedEngine, problem: MediaProblem
) -> None:
    client = await ready(make)
    dialog = await ringing(client, server)
    engine.refuses = problem
    with pytest.raises(VertoError) as failed:
        await client.answer(dialog)
    assert failed.value.problem in (Problem.NO_CODEC, Problem.NO_SOUND)
    with pytest.raises(VertoError):
        await client.call("102")
    assert client.dialogs == {}
    assert server.count("verto.invite") == 0
    await client.stop()
    assert engine.open_sessions == []


async def test_a_way_that_is_not_found_ends_the_call(server: Server, make: MakeClient, engine: ScriptedEngine) -> None:
    client = await ready(make)
    dialog = await client.call("102")
    await server.tell("verto.media", callID=dialog.id, sdp="theirs")
    await until(client, lambda: dialog.state is S.EARLY)
    engine.sessions[0].tell(MediaFailed(MediaProblem.NOT_CONNECTED))
    assert (state_of(dialog), dialog.cause) == (S.DESTROY, "DESTINATION_OUT_OF_ORDER")


async def test_without_a_microphone_the_call_goes_on_ringing_if_the_settings_say_so(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    engine.missing = ("microphone",)
    client = await ready(make, needs_microphone=True)
    dialog = await ringing(client, server)
    with pytest.raises(VertoError) as failed:
        await client.answer(dialog)
    assert failed.value.problem is Problem.NO_MICROPHONE
    assert state_of(dialog) is S.RINGING
    assert server.count("verto.bye") == 0
    engine.missing = ()  # plugged in
    await client.answer(dialog)
    assert dialog.is_talking


async def test_without_a_microphone_it_is_a_call_in_silence_otherwise(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    engine.missing = ("microphone", "speaker")
    client = await ready(make)
    assert (await talking(client, server)).is_talking


# ---- what ends the web phone


async def test_a_wrong_password_is_not_tried_again(server: Server, make: MakeClient) -> None:
    server.replies["login"] = refusal(-32001, "Authentication Failure")
    client = make()
    client.start()
    await until(client, lambda: client.phase is Phase.STOPPED)
    assert client.error is not None
    told = web_phone_error(client.error, "connect")
    assert (told.kind, told.code, told.raw) == (ErrorKind.AUTHENTICATION, -32001, "Authentication Failure")
    assert len(server.sockets) == 1
    assert server.sockets[0].close_code == 1000
    assert PASSWORD not in told.text + told.raw + repr(client.options)
    assert SESSID not in repr(client.options)


async def test_what_was_opened_elsewhere_is_left_there_until_the_operator_takes_it_back(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    client = await ready(make)
    await talking(client, server)
    await server.tell("verto.punt")
    await until(client, lambda: client.phase is Phase.STOPPED)
    assert client.error is not None
    assert client.error.problem is Problem.OPENED_ELSEWHERE
    assert server.count("verto.bye") == 0
    assert engine.open_sessions == []
    assert len(server.sockets) == 1
    client.start()
    await until(client, lambda: client.is_ready)
    assert client.error is None


async def test_without_the_libraries_nothing_is_opened(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    engine.is_installed = False
    client = make()
    client.start()
    await until(client, lambda: client.phase is Phase.STOPPED)
    assert client.error is not None
    assert web_phone_error(client.error, "connect").kind is ErrorKind.LOAD_LIBRARY
    assert server.sockets == []


async def test_a_server_without_tls_behind_a_secure_address_has_words(make: MakeClient) -> None:
    async def answer_in_the_clear(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer_in_the_clear, "127.0.0.1", 0) as listening:
        client = make(f"wss://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        client.start()
        await until(client, lambda: client.phase is Phase.WAITING)
    assert client.error is not None
    assert client.error.problem is Problem.NO_SECURE_CONNECTION
    with pytest.raises(VertoError):
        await client.call("102")


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    make: MakeClient, self_signed: ssl.SSLContext
) -> None:
    one = Server()
    async with serve(one.serve, "127.0.0.1", 0, ssl=self_signed) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        client = make(f"wss://127.0.0.1:{port}")
        client.start()
        await until(client, lambda: client.phase is Phase.STOPPED)
    assert client.error is not None
    assert client.error.problem is Problem.BAD_CERTIFICATE
    assert one.asked == []


# ---- what brings it back


async def test_a_talk_goes_on_after_a_lost_connection(server: Server, make: MakeClient, engine: ScriptedEngine) -> None:
    client = await ready(make)
    dialog = await talking(client, server)
    client.set_muted(dialog, True)
    server.attached = [B]
    server.drop()
    await until(client, lambda: not dialog.is_confirmed)
    await until(client, lambda: client.is_ready and dialog.state is S.ACTIVE and dialog.is_confirmed)
    assert client.dialogs == {B: dialog}
    assert [session.is_closed for session in engine.sessions] == [True, False]
    assert engine.sessions[-1].is_muted
    logins = [frame["params"]["sessid"] for frame in server.asked if frame["method"] == "login"]
    assert logins == [SESSID, SESSID]


async def test_an_attempt_to_save_a_call_does_not_outlast_the_loss(
    server: Server, make: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was begun without a network would find the server long after the network is back."""
    client = await ready(make)
    dialog = await talking(client, server)
    limits: list[float] = []
    connect = Connection.open

    async def note_limit(url: str, network: ConnectionOptions, log: FrameLog) -> Connection:
        limits.append(network.open_timeout)
        return await connect(url, network, log)

    monkeypatch.setattr(Connection, "open", note_limit)
    server.attached = [B]
    server.drop()
    await until(client, lambda: not client.is_ready)
    await until(client, lambda: client.is_ready and dialog.state is S.ACTIVE)
    client.hang_up(dialog)
    server.drop()
    await until(client, lambda: not client.is_ready)
    await until(client, lambda: client.is_ready)
    assert limits == [SAVING_OPEN_LIMIT, ConnectionOptions().open_timeout]


async def test_a_ring_ends_with_the_connection_and_the_line_comes_back(server: Server, make: MakeClient) -> None:
    client = await ready(make)
    dialog = await ringing(client, server)
    server.drop()
    await until(client, lambda: not dialog.is_alive)
    assert dialog.cause == "DESTINATION_OUT_OF_ORDER"
    await until(client, lambda: client.is_ready and len(server.sockets) == 2)


async def test_a_computer_that_has_woken_does_not_wait_for_the_next_attempt(
    server: Server, engine: ScriptedEngine
) -> None:
    options = VertoOptions(server.url, LOGIN, PASSWORD, SESSID)
    client = VertoClient(options, engine.make)  # waits as long as it should
    client.start()
    await until(client, lambda: client.is_ready)
    server.drop()
    await until(client, lambda: client.phase is Phase.WAITING)
    client.check()
    await until(client, lambda: client.is_ready)
    await client.close()


async def test_commands_without_a_connection_fail_at_once_and_open_none(server: Server, make: MakeClient) -> None:
    client = make()
    with pytest.raises(VertoError) as failed:
        await client.call("102")
    assert failed.value.problem is Problem.NOT_CONNECTED
    assert server.sockets == []


async def test_no_websocket_ping_is_sent(server: Server, make: MakeClient) -> None:
    """The switch answers none: a library that waits for the answer would close the connection (recorded: v35)."""
    network = ConnectionOptions(protocol_ping=5.0)  # whatever the settings of other connections say
    client = await ready(make, network=network)
    assert client._link is not None
    assert client._link._connection._websocket.ping_interval is None
    assert PingCountingConnection.pings == 0


# ---- the end


@pytest.mark.parametrize("silent", ["login", "verto.ping", "verto.bye", "verto.answer", None])
async def test_closing_takes_less_than_two_seconds_whatever_the_server_does(
    server: Server, make: MakeClient, engine: ScriptedEngine, silent: str | None
) -> None:
    if silent == "login":
        server.replies["login"] = None
        client = make()
        client.start()
        async with asyncio.timeout(LIMIT):
            while not server.asked:
                await asyncio.sleep(0)
    else:
        client = await ready(make)
        dialog = await ringing(client, server)
        if silent is not None:
            server.replies[silent] = None
        client.session.carry_out(dialog, dialog.answer())
    began = time.monotonic()
    await client.close()
    assert time.monotonic() - began < 2.0
    assert client.phase is Phase.OFF
    assert engine.open_sessions == []


async def test_no_call_is_begun_by_a_web_phone_that_stops(server: Server, make: MakeClient) -> None:
    client = await ready(make)
    await ringing(client, server)
    server.replies["verto.ping"] = None  # its goodbye waits for the answer
    stopping = asyncio.create_task(client.stop())
    await until(client, lambda: not client.dialogs)
    with pytest.raises(VertoError):
        await client.call("102")
    await stopping
    assert server.count("verto.invite") == 0


async def test_a_call_that_is_brought_back_to_a_web_phone_that_stops_is_left_alone(
    server: Server, make: MakeClient, engine: ScriptedEngine
) -> None:
    client = await ready(make)
    dialog = await talking(client, server)
    server.replies["verto.ping"] = None
    stopping = asyncio.create_task(client.stop())
    await until(client, lambda: not client.dialogs)
    await server.tell("verto.attach", callID="another", sdp="attach")
    await until(client, lambda: "another" in client.dialogs)
    await stopping
    assert client.dialogs == {}
    assert not dialog.is_alive
    assert engine.open_sessions == []


async def test_a_stopped_web_phone_begins_anew(server: Server, make: MakeClient, engine: ScriptedEngine) -> None:
    client = await ready(make)
    await client.stop()
    assert client.phase is Phase.OFF
    client.start()
    await until(client, lambda: client.is_ready)
    assert (await talking(client, server)).is_talking
