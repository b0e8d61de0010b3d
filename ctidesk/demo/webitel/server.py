"""The port of the demo Webitel: WebSocket, and HTTP for recordings."""

from __future__ import annotations

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from ctidesk.demo.sockets import SocketServer, Wire
from ctidesk.demo.webitel.desk import Desk
from ctidesk.demo.webitel.session import Session
from ctidesk.demo.webitel.web import respond


class WebitelServer(SocketServer[Session]):
    """Listens from `start` to `stop`. Any path is a WebSocket (webitel-protocol.md, "1. Ports, endpoints")."""

    def __init__(self, desk: Desk) -> None:
        def answer(connection: ServerConnection, request: Request) -> Response | None:
            return respond(desk, connection, request)

        super().__init__(desk.scheduler, answer)
        self._desk = desk

    async def start(self) -> None:
        """Raises OSError when the port cannot be opened."""

        def session(wire: Wire) -> Session:
            return Session(self._desk, wire)

        options = self._desk.options
        port = await self.listen(options.host, options.port, session)
        self._desk.address = f"{options.host}:{port}"

    @property
    def url(self) -> str:
        """For instance `ws://127.0.0.1:40123/`."""
        return f"ws://{self._desk.address}/"
