"""An open connection: messages, sizes, breaks and the end."""

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.server import ServerConnection

from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import ConnectionLost, Reason
from ctidesk.net.frames import FrameLog

if TYPE_CHECKING:
    from tests.net.conftest import Servers


async def test_a_large_message_passes(servers: "Servers") -> None:
    text = "ж" * (5 * 2**20 // 2)

    async def send(server: ServerConnection) -> None:
        await server.send(text)
        assert await server.recv() == text
        await server.send("both ways")

    port = await servers.websocket(send)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    assert await connection.receive() == text
    await connection.send(text)
    assert await connection.receive() == "both ways"
    await connection.close()


async def test_a_message_over_the_limit_ends_the_connection(servers: "Servers") -> None:
    async def send(server: ServerConnection) -> None:
        await server.send("small")
        await server.send("x" * 1025)
        await server.wait_closed()

    port = await servers.websocket(send)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions(max_size=1024))
    assert await connection.receive() == "small"
    with pytest.raises(ConnectionLost) as caught:
        await connection.receive()
    assert caught.value.code == 1009
    assert "larger than 1024 bytes" in caught.value.detail
    assert not connection.is_open
    await connection.close()


async def test_binary_and_damaged_messages(servers: "Servers", caplog: pytest.LogCaptureFixture) -> None:
    async def send(server: ServerConnection) -> None:
        await server.send("Ян".encode())
        await server.send('["ring",{"name":"Ян"}]'.encode("cp1251"), text=True)
        await server.send(b"\xff\x00", text=False)
        await server.send("after")
        await server.wait_closed()

    port = await servers.websocket(send)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    assert await connection.receive() == "Ян"
    assert await connection.receive() == '["ring",{"name":"\ufffd\ufffd"}]'
    assert await connection.receive() == "\ufffd\0"
    assert await connection.receive() == "after"
    assert len([text for text in caplog.messages if "not UTF-8" in text]) == 1
    await connection.close()


async def test_messages_before_the_end_are_handed_out(servers: "Servers") -> None:
    async def send(server: ServerConnection) -> None:
        for number in range(100):
            await server.send(str(number))
        await server.close(4001, "licence")

    port = await servers.websocket(send)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    for number in range(100):
        assert await connection.receive() == str(number)
    with pytest.raises(ConnectionLost) as caught:
        await connection.receive()
    assert (caught.value.code, caught.value.text) == (4001, "licence")
    assert caught.value.reason is Reason.CLOSED
    assert caught.value.retryable
    with pytest.raises(ConnectionLost):
        await connection.send("late")
    await connection.close()


async def test_a_link_that_breaks_in_the_middle(servers: "Servers") -> None:
    async def abort(server: ServerConnection) -> None:
        await server.recv()
        server.transport.abort()

    port = await servers.websocket(abort)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    await connection.send("hello")
    with pytest.raises(ConnectionLost) as caught:
        await connection.receive()
    assert caught.value.code is None
    assert caught.value.detail
    assert not connection.is_open
    await connection.close()


async def test_cancelling_a_receive_loses_nothing(servers: "Servers") -> None:
    go = asyncio.Event()

    async def send(server: ServerConnection) -> None:
        await go.wait()
        await server.send("kept")
        await server.wait_closed()

    port = await servers.websocket(send)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    waiting = asyncio.create_task(connection.receive())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go.set()
    assert await connection.receive() == "kept"
    await connection.close()


async def test_closing_ends_a_pending_receive(servers: "Servers") -> None:
    code: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()

    async def wait(server: ServerConnection) -> None:
        await server.wait_closed()
        code.set_result(server.close_code)

    port = await servers.websocket(wait)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    waiting = asyncio.create_task(connection.receive())
    await asyncio.sleep(0)
    await connection.close(4000)
    with pytest.raises(ConnectionLost, match="this side"):
        await waiting
    await connection.close()  # twice does no harm
    assert await code == 4000


async def test_closing_is_bounded_when_the_peer_never_answers(servers: "Servers") -> None:
    left = asyncio.Event()

    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(1000):
                continue
            await asyncio.Event().wait()  # half-closed: never says goodbye, never hangs up
        finally:
            left.set()

    port = await servers.upgraded(ignore)
    options = ConnectionOptions(close_timeout=0.05)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", options)
    await connection.close()
    assert not connection.is_open
    assert not left.is_set()


async def test_closing_is_bounded_when_the_peer_reads_nothing(servers: "Servers") -> None:
    async def never_read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    port = await servers.upgraded(never_read)
    options = ConnectionOptions(close_timeout=0.05)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", options)
    sending = asyncio.create_task(connection.send("x" * 2**25))  # more than the kernel's buffers take
    await asyncio.sleep(0)
    assert not sending.done()
    await connection.close()
    with pytest.raises(ConnectionLost):
        await sending


async def test_cancelling_a_close_still_ends_the_link(servers: "Servers") -> None:
    left = asyncio.Event()

    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        left.set()

    port = await servers.upgraded(ignore)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions(close_timeout=600))
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    await left.wait()


async def test_no_protocol_ping_unless_asked_for(servers: "Servers") -> None:
    got_ping = asyncio.Event()

    async def watch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while frame := await reader.read(100):
            if frame[0] == 0x89:
                got_ping.set()

    port = await servers.upgraded(watch)
    options = ConnectionOptions(protocol_ping=0.01, close_timeout=0.05)
    connection = await Connection.open(f"ws://127.0.0.1:{port}", options)
    await got_ping.wait()
    with pytest.raises(ConnectionLost):  # no pong comes
        await connection.receive()
    await connection.close()
    assert ConnectionOptions().protocol_ping is None


async def test_what_is_logged_holds_no_secret(servers: "Servers", caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def answer(server: ServerConnection) -> None:
        await server.recv()
        await server.send('{"sessionid":"S3CR3T"}')
        await server.wait_closed()

    log = FrameLog(enabled=True)
    port = await servers.websocket(answer)
    caplog.clear()
    connection = await Connection.open(f"ws://127.0.0.1:{port}/?token=S3CR3T", ConnectionOptions(), log)
    await connection.send('["login",{"password":"S3CR3T"}]')
    assert "S3CR3T" in await connection.receive()
    await connection.close()
    ours = [record for record in caplog.records if record.name.startswith("ctidesk")]
    assert all("S3CR3T" not in record.getMessage() for record in ours)
    assert not [record for record in caplog.records if record.name == "websockets.client"]
    assert [(frame.direction, frame.text) for frame in log.frames] == [
        ("sent", '["login",{"password":"***"}]'),
        ("received", '{"sessionid":"***"}'),
    ]
    assert "S3CR3T" not in repr(connection)
