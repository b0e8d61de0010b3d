"""Servers on the loopback and certificates of our own making."""

import asyncio
import base64
import datetime
import hashlib
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

StreamHandler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
StreamServer = Callable[[StreamHandler], Awaitable[int]]
WebSocketHandler = Callable[[ServerConnection], Awaitable[None]]


class Authority:
    """A certificate authority in a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "authority.pem"
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test authority")])
        certificate = (
            _builder(self._name, self._name, self._key.public_key(), days=30)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, name: str = "localhost", *, days: int = 30, self_signed: bool = False) -> "ServerTls":
        """Make a server's TLS context; `days` from now its certificate expires."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        names: list[x509.GeneralName] = [x509.DNSName(name)]
        if name == "localhost":
            names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        certificate = (
            _builder(subject, subject if self_signed else self._name, key.public_key(), days)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(key if self_signed else self._key, hashes.SHA256())
        )
        file = self._folder / f"{name}-{days}-{self_signed}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return ServerTls(context, file)


class ServerTls:
    """A server's side of TLS: the context, and the file with its certificate."""

    def __init__(self, context: ssl.SSLContext, file: Path) -> None:
        self.context = context
        self.file = file


class Servers:
    """Starts servers on free loopback ports; all end with the test."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    async def websocket(
        self,
        handler: WebSocketHandler,
        *,
        subprotocols: tuple[str, ...] = (),
        tls: ServerTls | None = None,
    ) -> int:
        """Start a WebSocket server; returns its port."""
        server = await self._stack.enter_async_context(
            serve(
                handler,
                "127.0.0.1",
                0,
                subprotocols=[Subprotocol(name) for name in subprotocols] or None,
                ssl=None if tls is None else tls.context,
                max_size=2**26,
                close_timeout=0.2,
            )
        )
        return int(next(iter(server.sockets)).getsockname()[1])

    async def stream(self, handler: StreamHandler) -> int:
        """Start a plain TCP server; returns its port. A connection is closed after its handler."""
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await handler(reader, writer)
            except ConnectionError:
                pass  # the client hung up first, which is its right
            finally:
                writer.transport.abort()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.add(asyncio.create_task(talk(reader, writer)))

        async def end() -> None:
            server.close()
            for task in talks:
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)
            await server.wait_closed()

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        self._stack.push_async_callback(end)
        return int(server.sockets[0].getsockname()[1])

    async def http(self, status: str, headers: str = "") -> int:
        """Start a server that answers every request with this HTTP status line."""

        async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()
            await reader.read()

        return await self.stream(handler)

    async def upgraded(self, handler: StreamHandler, headers: str = "") -> int:
        """Start a server that opens the WebSocket and leaves every frame to the handler."""

        async def upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            key = next(
                line.partition(":")[2].strip()
                for line in request.splitlines()
                if line.lower().startswith("sec-websocket-key:")
            )
            accept = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest())
            writer.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + accept + b"\r\n" + headers.encode() + b"\r\n"
            )
            await handler(reader, writer)

        return await self.stream(upgrade)


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    async with AsyncExitStack() as stack:
        yield Servers(stack)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=60))
        .not_valid_after(now + datetime.timedelta(days=days))
    )
