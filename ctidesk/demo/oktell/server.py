"""The ports of the demo Oktell: a plain one and, with a certificate, a secure one."""

from __future__ import annotations

import ssl

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from ctidesk.demo.oktell.desk import Desk
from ctidesk.demo.oktell.options import OktellOptions
from ctidesk.demo.oktell.session import Session
from ctidesk.demo.oktell.web import respond
from ctidesk.demo.sockets import SocketServer, Wire


class OktellServer(SocketServer[Session]):
    """Listens from `start` to `stop`."""

    def __init__(self, desk: Desk, options: OktellOptions) -> None:
        def answer(connection: ServerConnection, request: Request) -> Response | None:
            return respond(desk, connection, request)

        super().__init__(desk.scheduler, answer, "json")
        self._desk = desk
        self._options = options
        self._ports: list[int] = []

    async def start(self) -> None:
        """Raises OSError when a port cannot be opened, ssl.SSLError when the certificate is no good."""
        options = self._options

        def session(wire: Wire) -> Session:
            return Session(self._desk, wire, redirect=options.redirect_to_wss)

        def secure_session(wire: Wire) -> Session:
            return Session(self._desk, wire)

        self._ports.append(await self.listen(options.host, options.port, session))
        if options.tls_cert is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.tls_cert, options.tls_key)
            self._ports.append(await self.listen(options.host, options.tls_port, secure_session, context))
        self._desk.web_port = self._ports[1 if options.redirect_to_wss and len(self._ports) > 1 else 0]

    @property
    def url(self) -> str:
        """The address of the plain port, for instance `ws://127.0.0.1:40123/`."""
        return f"ws://{self._options.host}:{self._ports[0]}/"

    @property
    def secure_url(self) -> str | None:
        return f"wss://{self._options.host}:{self._ports[1]}/" if len(self._ports) > 1 else None
