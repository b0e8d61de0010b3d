"""The port of the demo Verto server."""

from __future__ import annotations

import http
from collections.abc import Callable

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response

from ctidesk.demo.scheduler import Scheduler
from ctidesk.demo.sockets import SocketServer, Wire
from ctidesk.demo.verto.options import VertoOptions
from ctidesk.demo.verto.session import Session

_PONG = b"\x8a"


class DeafToPing(ServerConnection):
    """Answers no PING; the payload of one is taken for a request, which then is none (recorded: v35)."""

    def send_data(self) -> None:
        self.protocol.writes[:] = [data for data in self.protocol.writes if data[:1] != _PONG]
        super().send_data()

    def process_event(self, event: object) -> None:
        if isinstance(event, Frame) and event.opcode is Opcode.PING:
            if not event.data:
                return
            event = Frame(Opcode.TEXT, bytes(event.data))
        super().process_event(event)  # type: ignore[arg-type]  # the library's union of events is not exported


class VertoServer(SocketServer[Session]):
    """Listens from `start` to `stop`; any path is a WebSocket."""

    def __init__(self, options: VertoOptions, scheduler: Scheduler, session: Callable[[Wire], Session]) -> None:
        super().__init__(
            scheduler,
            _respond,
            connection=DeafToPing if options.quirks.silent_to_ping else ServerConnection,
        )
        self._options = options
        self._session = session
        self.address = ""

    async def start(self) -> None:
        """Raises OSError when the port cannot be opened."""
        port = await self.listen(self._options.host, self._options.port, self._session)
        self.address = f"{self._options.host}:{port}"

    @property
    def url(self) -> str:
        """For instance `ws://127.0.0.1:40123/`."""
        return f"ws://{self.address}/"


def _respond(_connection: ServerConnection, request: Request) -> Response | None:
    if request.headers.get("Upgrade", "").lower() == "websocket":
        return None
    headers = Headers({"Content-Length": "0", "Connection": "close"})
    status = http.HTTPStatus.UPGRADE_REQUIRED
    return Response(status.value, status.phrase, headers, b"")
