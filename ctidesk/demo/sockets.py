"""The sockets of a demo PBX: WebSocket and HTTP on one port, and everything that can go wrong with a link."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from ctidesk.demo.scheduler import Scheduler, Timer

_log = logging.getLogger(__name__)
# At its debug level the library logs every frame, session ids and all. A level would pass by that of the run.
_library_log = _log.getChild("library")
_library_log.addFilter(lambda record: record.levelno > logging.DEBUG)


class Wire(Protocol):
    """What a session needs of its socket; everything returns at once."""

    def send(self, text: str) -> None: ...

    def close(self) -> None:
        """Says goodbye after what has been sent."""

    def cut(self) -> None:
        """Ends the connection without a goodbye, after what has been sent."""


class Session(Protocol):
    """The PBX's side of one connection."""

    def receive(self, text: str | bytes) -> None: ...

    def closed(self) -> None:
        """The connection has ended, whoever ended it."""


SessionT = TypeVar("SessionT", bound=Session)
Responder = Callable[[ServerConnection, Request], Response | None]


class SocketServer(Generic[SessionT]):
    """Opens ports by `listen`, closes them by `stop`.

    `respond` answers what is no WebSocket handshake, by None what is one. `subprotocol` is granted when it is offered.
    `delay` (seconds) makes everything that is sent late. `connection`: makes and keeps one client's WebSocket.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        respond: Responder,
        subprotocol: str | None = None,
        connection: type[ServerConnection] = ServerConnection,
    ) -> None:
        self.delay = 0.0
        self.scheduler = scheduler
        self._respond = respond
        self._subprotocol = None if subprotocol is None else Subprotocol(subprotocol)
        self._connection = connection
        self._servers: list[Server] = []
        self._links: dict[_Link, SessionT] = {}
        self._awake = asyncio.Event()
        self._awake.set()
        self._thaw: Timer | None = None

    async def listen(
        self, host: str, port: int, session: Callable[[Wire], SessionT], tls: ssl.SSLContext | None = None
    ) -> int:
        """Opens one more port, 0 being any free one, and returns its number. Raises OSError when it is taken.

        `session` makes the session of a new connection.
        """

        async def handle(connection: ServerConnection) -> None:
            await self._serve(connection, session)

        server = await serve(
            handle,
            host,
            port,
            ssl=tls,
            select_subprotocol=self._choose_subprotocol,
            process_request=self._admit,
            create_connection=self._connection,
            compression=None,
            ping_interval=None,
            close_timeout=2,
            logger=_library_log,
        )
        self._servers.append(server)
        return int(next(iter(server.sockets)).getsockname()[1])

    async def stop(self) -> None:
        self.freeze(0)
        for server in self._servers:
            server.close()
        for server in self._servers:
            await server.wait_closed()

    @property
    def sessions(self) -> list[SessionT]:
        return list(self._links.values())

    def drop_connections(self) -> int:
        """Cuts every client's connection without a goodbye; returns how many there were."""
        links = list(self._links)
        for link in links:
            link.abort()
        return len(links)

    def freeze(self, seconds: float) -> None:
        """For so long nothing is read, so not even WebSocket pings are answered, and nothing is sent."""
        if self._thaw is not None:
            self._thaw.cancel()
            self._thaw = None
        if seconds > 0:
            self._awake.clear()
            self._thaw = self.scheduler.later(seconds, lambda: self.freeze(0))
        else:
            self._awake.set()
        for link in self._links:
            link.listen(seconds <= 0)

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        await self._awake.wait()
        return self._respond(connection, request)

    async def _serve(self, connection: ServerConnection, make: Callable[[Wire], SessionT]) -> None:
        link = _Link(self, connection)
        session = make(link)
        self._links[link] = session
        writer = asyncio.create_task(link.write(self._awake))
        try:
            async for text in connection:
                await self._awake.wait()
                session.receive(text)
        except ConnectionClosed:
            _log.debug("a client went away without a goodbye")
        finally:
            del self._links[link]
            session.closed()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer

    def _choose_subprotocol(self, _connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        return self._subprotocol if self._subprotocol in offered else None


class _Link:
    """One client's socket: sends in order without making anybody wait."""

    def __init__(self, server: SocketServer[SessionT], connection: ServerConnection) -> None:
        self._server = server
        self._connection = connection
        self._due = 0.0
        self._ready: asyncio.Queue[str | Callable[[], None] | None] = asyncio.Queue()

    def send(self, text: str) -> None:
        self._enqueue(text)

    def close(self) -> None:
        self._enqueue(None)

    def cut(self) -> None:
        self._enqueue(self.abort)

    def abort(self) -> None:
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
                if callable(text):
                    text()
                    return
                await self._connection.send(text)

    def _enqueue(self, text: str | Callable[[], None] | None) -> None:
        """What is sent later never overtakes what was sent before, also when the delay has become shorter."""
        scheduler = self._server.scheduler
        now = scheduler.now()
        self._due = max(self._due, now + self._server.delay)
        if self._due <= now:
            self._ready.put_nowait(text)
        else:
            scheduler.later(self._due - now, lambda: self._ready.put_nowait(text))
