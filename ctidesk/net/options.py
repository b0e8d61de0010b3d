"""How to open a connection."""

from pathlib import Path

from msgspec import Struct


class ConnectionOptions(Struct, frozen=True):
    """How to open a connection.

    Args:
        subprotocol: the one that is asked for and must be confirmed.
        ca_file: PEM file of certificates to trust besides the system's.
        open_timeout: seconds for everything from the name's look-up to the WebSocket's opening.
        max_size: largest incoming message, in bytes.
        protocol_ping: seconds between WebSocket pings, and to wait for each pong; None sends none, for some
            PBXs do not answer them (verto-protocol.md, "1.2 WebSocket").
        proxy: URL of a proxy; None connects directly, whatever the system's settings say.
        close_timeout: seconds for a polite close.
    """

    subprotocol: str | None = None
    ca_file: Path | None = None
    open_timeout: float = 10.0
    max_size: int = 64 * 2**20
    protocol_ping: float | None = None
    proxy: str | None = None
    close_timeout: float = 2.0

    def __repr__(self) -> str:
        # The proxy's URL may hold a password.
        return f"ConnectionOptions(subprotocol={self.subprotocol!r}, proxy={'set' if self.proxy else None})"
