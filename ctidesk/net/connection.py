"""One WebSocket connection to a PBX."""

import asyncio
import logging
from typing import TYPE_CHECKING

from ctidesk.net import address as addresses
from ctidesk.net.errors import ConnectionLost
from ctidesk.net.frames import FrameLog
from ctidesk.net.options import ConnectionOptions

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.exceptions import ConnectionClosed

__all__ = ["Connection", "ConnectionOptions"]

_log = logging.getLogger(__name__)

_MESSAGE_TOO_BIG = 1009  # RFC 6455, section 7.4.1


class Connection:
    """An open WebSocket: text messages out and in. Made by `Connection.open`."""

    def __init__(
        self, websocket: "ClientConnection", url: str, options: ConnectionOptions, log: FrameLog | None
    ) -> None:
        self.url = url
        self._websocket = websocket
        self._options = options
        self._log = log
        self._closed_here = False
        self._is_damage_told = False

    @classmethod
    async def open(cls, url: str, options: ConnectionOptions, log: FrameLog | None = None) -> "Connection":
        """Open a connection.

        Args:
            url: complete `ws://` or `wss://` address.
            options: how to open it.
            log: where every message is recorded, masked.

        Raises:
            NetError: it could not be opened; `retryable` tells whether another attempt makes sense.
        """
        from ctidesk.net import handshake  # loads the library at the first use

        address = addresses.parse(url)
        return cls(await handshake.open_websocket(address, options), url, options, log)

    @property
    def is_open(self) -> bool:
        """Whether messages can still be sent and received."""
        return not self._closed_here and self._websocket.state.name == "OPEN"

    async def send(self, text: str) -> None:
        """Send one text message; waits while the network cannot take it.

        Raises:
            ConnectionLost: the connection is closed or broke.
        """
        from websockets.exceptions import ConnectionClosed

        if self._log is not None:
            self._log.record("sent", text)
        try:
            await self._websocket.send(text)
        except ConnectionClosed as closed:
            raise self._lost(closed) from closed
        if self._websocket.state.name == "CLOSED":
            # The library lets a send that waits for the network return as if all were well when the link ends.
            raise self._lost(self._websocket.protocol.close_exc)

    async def receive(self) -> str:
        """Wait for the next message, text or binary; one caller at a time. Cancelling it loses nothing.

        A broken byte must not cost a whole message, which may be the ring of a call: it becomes U+FFFD, and the log
        tells so once.

        Raises:
            ConnectionLost: the connection is closed or broke, and all messages before that have been handed out.
        """
        from websockets.exceptions import ConnectionClosed

        try:
            data = await self._websocket.recv(decode=False)
        except ConnectionClosed as closed:
            raise self._lost(closed) from closed
        try:
            text = data.decode()
        except UnicodeDecodeError:
            if not self._is_damage_told:
                self._is_damage_told = True
                _log.warning("the server sends messages that are not UTF-8; what cannot be read in them is replaced")
            text = data.decode(errors="replace")
        if self._log is not None:
            self._log.record("received", text)
        return text

    async def close(self, code: int = 1000) -> None:
        """Close politely, then in any case: takes `close_timeout` at most and never raises.

        Args:
            code: the WebSocket close code to send; 1000 is a normal end.
        """
        self._closed_here = True
        try:
            # The library bounds its wait for the peer's goodbye, but not the sending of ours into a full buffer.
            async with asyncio.timeout(self._options.close_timeout):
                await self._websocket.close(code)
        except TimeoutError:
            _log.debug("the server did not say goodbye in time")
        finally:
            self._websocket.transport.abort()
        await self._websocket.wait_closed()

    def _lost(self, closed: "ConnectionClosed") -> ConnectionLost:
        """Translate the library's report. The close frame that came first is the cause."""
        frame = closed.sent if closed.rcvd is None or closed.rcvd_then_sent is False else closed.rcvd
        code = None if frame is None else int(frame.code)
        text = "" if closed.rcvd is None else closed.rcvd.reason
        if self._closed_here:
            detail = "closed by this side"
        elif frame is not None and frame is closed.sent and code == _MESSAGE_TOO_BIG:
            detail = f"a message was larger than {self._options.max_size} bytes"
        elif frame is not None:
            detail = f"closed by {'the server' if frame is closed.rcvd else 'this side'} with code {code}"
        else:
            broken = closed.__cause__
            detail = (broken.strerror if isinstance(broken, OSError) else None) or "the link broke without a goodbye"
        return ConnectionLost(code, text, detail)
