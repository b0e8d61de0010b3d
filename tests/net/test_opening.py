"""Opening a connection: every way to fail has its reason."""

import asyncio
import errno
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.server import ServerConnection

from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import NetError, Reason

if TYPE_CHECKING:
    from tests.net.conftest import Authority, Servers


async def echo(server: ServerConnection) -> None:
    async for message in server:
        await server.send(message)


async def failure(url: str, options: ConnectionOptions | None = None) -> NetError:
    """Open what must not open."""
    with pytest.raises(NetError) as caught:
        await Connection.open(url, options or ConnectionOptions())
    return caught.value


async def test_a_plain_connection_talks(servers: "Servers") -> None:
    port = await servers.websocket(echo)
    connection = await Connection.open(f"ws://127.0.0.1:{port}/any/path", ConnectionOptions())
    await connection.send("Привет")
    assert await connection.receive() == "Привет"
    assert connection.is_open
    await connection.close()
    assert not connection.is_open


async def test_the_request_is_modest(servers: "Servers") -> None:
    headers: dict[str, str] = {}

    async def remember(server: ServerConnection) -> None:
        assert server.request is not None
        headers.update({name.lower(): value for name, value in server.request.headers.raw_items()})
        headers["path"] = server.request.path

    port = await servers.websocket(remember)
    connection = await Connection.open(f"ws://127.0.0.1:{port}/verto/?a=1", ConnectionOptions())
    await connection.close()
    assert headers["path"] == "/verto/?a=1"
    assert headers["user-agent"].startswith("ctidesk/")
    assert "sec-websocket-extensions" not in headers
    assert "sec-websocket-protocol" not in headers


async def test_the_subprotocol_is_confirmed(servers: "Servers") -> None:
    port = await servers.websocket(echo, subprotocols=("json",))
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions(subprotocol="json"))
    assert connection.is_open
    await connection.close()


async def test_a_server_without_the_subprotocol_is_refused(servers: "Servers") -> None:
    left = asyncio.Event()

    async def wait(server: ServerConnection) -> None:
        await server.wait_closed()
        left.set()

    port = await servers.websocket(wait)
    error = await failure(f"ws://127.0.0.1:{port}", ConnectionOptions(subprotocol="json"))
    assert error.reason is Reason.WRONG_SUBPROTOCOL
    assert not error.retryable
    await left.wait()


async def test_a_server_with_another_subprotocol_is_refused(servers: "Servers") -> None:
    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    port = await servers.upgraded(wait, "Sec-WebSocket-Protocol: sip\r\n")
    error = await failure(f"ws://127.0.0.1:{port}", ConnectionOptions(subprotocol="json"))
    assert error.reason is Reason.WRONG_SUBPROTOCOL


async def test_a_wrong_handshake_is_refused(servers: "Servers") -> None:
    port = await servers.http(
        "101 Switching Protocols",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n",
    )
    error = await failure(f"ws://127.0.0.1:{port}")
    assert error.reason is Reason.NOT_A_WEBSOCKET


@pytest.mark.parametrize(
    ("status", "reason", "retryable"),
    [
        ("200 OK", Reason.NOT_A_WEBSOCKET, False),
        ("404 Not Found", Reason.NOT_A_WEBSOCKET, False),
        ("401 Unauthorized", Reason.FORBIDDEN, False),
        ("403 Forbidden", Reason.FORBIDDEN, False),
        ("429 Too Many Requests", Reason.SERVER_BUSY, True),
        ("502 Bad Gateway", Reason.SERVER_BUSY, True),
        ("503 Service Unavailable", Reason.SERVER_BUSY, True),
    ],
)
async def test_http_answers(servers: "Servers", status: str, reason: Reason, retryable: bool) -> None:
    port = await servers.http(status)
    error = await failure(f"ws://127.0.0.1:{port}")
    assert (error.reason, error.retryable) == (reason, retryable)
    assert error.http_status == int(status[:3])


async def test_a_redirect_is_not_followed(servers: "Servers") -> None:
    elsewhere_was_called = False

    async def elsewhere(server: ServerConnection) -> None:
        nonlocal elsewhere_was_called
        elsewhere_was_called = True

    target = await servers.websocket(elsewhere)
    port = await servers.http("302 Found", f"Location: ws://127.0.0.1:{target}/?token=S3CR3T\r\n")
    error = await failure(f"ws://127.0.0.1:{port}")
    assert error.reason is Reason.NOT_A_WEBSOCKET
    assert "127.0.0.1" in error.detail
    assert "S3CR3T" not in error.detail
    assert not elsewhere_was_called


async def test_something_that_is_not_http(servers: "Servers") -> None:
    async def ssh(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await reader.read()

    error = await failure(f"ws://127.0.0.1:{await servers.stream(ssh)}")
    assert error.reason is Reason.NOT_A_WEBSOCKET
    assert not error.retryable


async def test_a_server_that_hangs_up_at_once_is_retried(servers: "Servers") -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    error = await failure(f"ws://127.0.0.1:{await servers.stream(hang_up)}")
    assert error.reason is Reason.CLOSED
    assert error.retryable


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_port_where_nothing_listens(host: str) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))  # bound, but not listening
        error = await failure(f"ws://{host}:{occupied.getsockname()[1]}")
    assert error.reason is Reason.REFUSED
    assert error.retryable


async def test_a_port_that_never_answers(servers: "Servers") -> None:
    left = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        left.set()

    error = await failure(f"ws://127.0.0.1:{await servers.stream(silent)}", ConnectionOptions(open_timeout=0.05))
    assert error.reason is Reason.TIMED_OUT
    assert error.retryable
    await left.wait()


async def test_a_tls_port_that_never_answers(servers: "Servers") -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            continue

    port = await servers.stream(silent)
    error = await failure(f"wss://127.0.0.1:{port}", ConnectionOptions(open_timeout=0.5))
    assert error.reason is Reason.TIMED_OUT


async def test_cancelling_leaves_nothing_open(servers: "Servers") -> None:
    asked = asyncio.Event()
    left = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()
        left.set()

    port = await servers.stream(silent)
    opening = asyncio.create_task(Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions()))
    await asked.wait()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    await left.wait()


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Reason.NAME_NOT_FOUND),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), Reason.NAME_NOT_FOUND),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), Reason.UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "No route to host"), Reason.UNREACHABLE),
        (TimeoutError(errno.ETIMEDOUT, "Connection timed out"), Reason.TIMED_OUT),
        (ConnectionResetError(errno.ECONNRESET, "Reset"), Reason.CLOSED),
        (
            OSError("Multiple exceptions: [Errno 101] Network is unreachable, [Errno 111] Connect call failed"),
            Reason.REFUSED,
        ),
        (OSError("Multiple exceptions: [Errno 101] a, [Errno 113] b"), Reason.UNREACHABLE),
    ],
)
async def test_system_errors(monkeypatch: pytest.MonkeyPatch, raised: OSError, reason: Reason) -> None:
    async def getaddrinfo(*arguments: object, **options: object) -> list[object]:
        raise raised

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    error = await failure("ws://pbx.invalid:871")
    assert error.reason is reason
    assert error.retryable


async def test_a_bad_address_opens_nothing() -> None:
    error = await failure("ws://anna:S3CR3T@pbx.test/")
    assert error.reason is Reason.BAD_ADDRESS
    assert not error.retryable
    assert "S3CR3T" not in f"{error}{error!r}{error.detail}"


async def test_the_systems_proxy_is_not_used(servers: "Servers", monkeypatch: pytest.MonkeyPatch) -> None:
    port = await servers.websocket(echo)
    for name in ("http_proxy", "ws_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    connection = await Connection.open(f"ws://127.0.0.1:{port}", ConnectionOptions())
    await connection.close()


async def test_a_proxy_that_is_set_is_used(servers: "Servers") -> None:
    asked: list[bytes] = []
    port = await servers.websocket(echo)

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        finally:
            far_writer.transport.abort()

    proxy_port = await servers.stream(proxy)
    options = ConnectionOptions(proxy=f"http://127.0.0.1:{proxy_port}")
    connection = await Connection.open("ws://pbx.invalid:871/", options)
    await connection.send("through")
    assert await connection.receive() == "through"
    await connection.close()
    assert asked[0].startswith(b"CONNECT pbx.invalid:871 ")


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(4096):
        writer.write(data)
    if writer.can_write_eof():
        writer.write_eof()


@pytest.mark.parametrize(
    ("status", "retryable"), [("407 Proxy Authentication Required", False), ("504 Gateway Timeout", True)]
)
async def test_a_proxy_that_refuses(servers: "Servers", status: str, retryable: bool) -> None:
    port = await servers.http(status)
    options = ConnectionOptions(proxy=f"http://anna:S3CR3T@127.0.0.1:{port}")
    error = await failure("ws://pbx.invalid:871/", options)
    assert (error.reason, error.http_status) == (Reason.PROXY_FAILED, int(status[:3]))
    assert error.retryable is retryable
    assert "S3CR3T" not in f"{error!r}{options!r}"


async def test_a_proxy_that_is_not_there() -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{occupied.getsockname()[1]}"
        error = await failure("ws://pbx.invalid:871/", ConnectionOptions(proxy=proxy))
    assert error.reason is Reason.PROXY_FAILED


@pytest.mark.parametrize("proxy", ["ftp://u:S3CR3T@proxy", "nonsense S3CR3T", "http://u:S3CR3T@proxy:port/"])
async def test_a_proxy_address_that_cannot_be_used(proxy: str) -> None:
    error = await failure("ws://pbx.invalid:871/", ConnectionOptions(proxy=proxy))
    assert error.reason is Reason.BAD_ADDRESS
    assert "S3CR3T" not in f"{error!r}{error.__cause__!r}"


async def test_tls_with_our_own_authority(servers: "Servers", authority: "Authority") -> None:
    port = await servers.websocket(echo, tls=authority.server())
    options = ConnectionOptions(ca_file=authority.file)
    for host in ("localhost", "127.0.0.1"):
        connection = await Connection.open(f"wss://{host}:{port}", options)
        await connection.send("safe")
        assert await connection.receive() == "safe"
        await connection.close()


async def test_the_ca_file_may_be_the_servers_own_certificate(servers: "Servers", authority: "Authority") -> None:
    for self_signed in (False, True):
        tls = authority.server(self_signed=self_signed)
        port = await servers.websocket(echo, tls=tls)
        connection = await Connection.open(f"wss://localhost:{port}", ConnectionOptions(ca_file=tls.file))
        await connection.close()


@pytest.mark.parametrize(
    ("name", "days", "self_signed", "trusted", "words"),
    [
        ("localhost", 30, True, True, "self-signed"),
        ("localhost", 30, False, False, "unable to get local issuer"),
        ("other.test", 30, False, True, "not valid for 'localhost'"),
        ("localhost", -1, False, True, "expired"),
    ],
)
async def test_certificates_that_are_refused(
    servers: "Servers",
    authority: "Authority",
    name: str,
    days: int,
    self_signed: bool,
    trusted: bool,
    words: str,
) -> None:
    port = await servers.websocket(echo, tls=authority.server(name, days=days, self_signed=self_signed))
    options = ConnectionOptions(ca_file=authority.file if trusted else None)
    error = await failure(f"wss://localhost:{port}", options)
    assert error.reason is Reason.BAD_CERTIFICATE
    assert words in error.detail
    assert not error.retryable


@pytest.mark.parametrize("content", [None, "", "no certificate"])
async def test_a_ca_file_that_cannot_be_used(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    error = await failure("wss://pbx.invalid", ConnectionOptions(ca_file=file))
    assert error.reason is Reason.BAD_CERTIFICATE
    assert "CA file" in error.detail


async def test_tls_to_a_port_without_tls(servers: "Servers") -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    error = await failure(f"wss://127.0.0.1:{await servers.stream(plain)}")
    assert error.reason is Reason.TLS_FAILED


def test_the_library_is_imported_at_the_first_connection_only() -> None:
    script = "import sys, ctidesk.net.connection; print([name for name in sys.modules if 'websockets' in name])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
