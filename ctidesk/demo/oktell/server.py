"""The sockets of the demo PBX: WebSocket and HTTP on one port, and everything that can go wrong with a link."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Sequence

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.options import OktellOptions
from ctidesk.demo.oktell.scheduler import Scheduler, Timer
from ctidesk.demo.oktell.session import Session
from ctidesk.demo.oktell.web import respond

_log = logging.getLogger(__name__)

# websockets reports every broken handshake with a traceback; to a demo they are the clients' affair.
_websockets_log = logging.getLogger(f"{__name__}.websockets")
_websockets_log.setLevel(logging.CRITICAL)

JSON = Subprotocol("json")


class OktellServer:
    """Listens from `start` to `stop`. `delay` (seconds) makes everything that is sent late."""

    def __init__(self, desk: Desk, options: OktellOptions) -> None:
        self.delay = 0.0
        self._desk = desk
        self._options = options
        self._servers: list[Server] = []
        self._links: set[_Link] = set()
        self._awake = asyncio.Event()
        self._awake.set()
        self._thaw: Timer | None = None

    async def start(self) -> None:
        """Raises OSError when a port cannot be opened, ssl.SSLError when the certificate is no good."""
        options = self._options
        self._servers.append(await self._listen(options.port, None, redirect=options.redirect_to_wss))
        if options.tls_cert is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.tls_cert, options.tls_key)
            self._servers.append(await self._listen(options.tls_port, context, redirect=False))
        self._desk.web_port = self._port(1 if options.redirect_to_wss and len(self._servers) > 1 else 0)

    async def stop(self) -> None:
        self.freeze(0)
        for server in self._servers:
            server.close()
        for server in self._servers:
            await server.wait_closed()

    @property
    def url(self) -> str:
        """The address of the plain port, for instance `ws://127.0.0.1:40123/`."""
        return f"ws://{self._options.host}:{self._port(0)}/"

    @property
    def secure_url(self) -> str | None:
        return f"wss://{self._options.host}:{self._port(1)}/" if len(self._servers) > 1 else None

    @property
    def sessions(self) -> list[Session]:
        return [link.session for link in self._links]

    def drop_connections(self) -> int:
        """Cuts every client's connection without a goodbye; returns how many there were."""
        links = list(self._links)
        for link in links:
            link.cut()
        return len(links)

    def freeze(self, seconds: float) -> None:
        """For so long nothing is read, so not even WebSocket pings are answered, and nothing is sent."""
        if self._thaw is not None:
            self._thaw.cancel()
            self._thaw = None
        if seconds > 0:
            self._awake.clear()
            self._thaw = self._desk.scheduler.later(seconds, lambda: self.freeze(0))
        else:
            self._awake.set()
        for link in self._links:
            link.listen(seconds <= 0)

    async def _listen(self, port: int, tls: ssl.SSLContext | None, *, redirect: bool) -> Server:
        async def handle(connection: ServerConnection) -> None:
            await self._serve(connection, redirect=redirect)

        return await serve(
            handle,
            self._options.host,
            port,
            ssl=tls,
            select_subprotocol=_choose_subprotocol,
            process_request=self._admit,
            compression=None,
            ping_interval=None,
            close_timeout=2,
            logger=_websockets_log,
        )

    def _port(self, index: int) -> int:
        return int(next(iter(self._servers[index].sockets)).getsockname()[1])

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        await self._awake.wait()
        return respond(self._desk, connection, request)

    async def _serve(self, connection: ServerConnection, *, redirect: bool) -> None:
        link = _Link(self, self._desk.scheduler, connection)
        link.session = session = Session(self._desk, link, redirect=redirect)
        self._links.add(link)
        self._desk.add(session)
        writer = asyncio.create_task(link.write(self._awake))
        try:
            async for text in connection:
                await self._awake.wait()
                session.receive(text)
        except ConnectionClosed:
            _log.debug("a client went away without a goodbye")
        finally:
            self._desk.remove(session)
            self._links.discard(link)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer


class _Link:
    """One client's socket: sends in order without making anybody wait."""

    session: Session

    def __init__(self, server: OktellServer, scheduler: Scheduler, connection: ServerConnection) -> None:
        self._server = server
        self._scheduler = scheduler
        self._connection = connection
        self._due = 0.0
        self._ready: asyncio.Queue[str | None] = asyncio.Queue()

    def send(self, text: str) -> None:
        self._enqueue(text)

    def close(self) -> None:
        self._enqueue(None)

    def cut(self) -> None:
        self._connection.transport.abort()

    def listen(self, listening: bool) -> None:
        if listening:
            self._connection.transport.resume_reading()
        else:
            self._connection.transport.pause_reading()

    async def write(self, awake: asyncio.Event) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                text = await self._ready.get()
                await awake.wait()
                if text is None:
                    await self._connection.close()
                    return
                await self._connection.send(text)

    def _enqueue(self, text: str | None) -> None:
        """What is sent later never overtakes what was sent before, also when the delay has become shorter."""
        now = self._scheduler.now()
        self._due = max(self._due, now + self._server.delay)
        if self._due <= now:
            self._ready.put_nowait(text)
        else:
            self._scheduler.later(self._due - now, lambda: self._ready.put_nowait(text))


def _choose_subprotocol(_connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return JSON if JSON in offered else None
