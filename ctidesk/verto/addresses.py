"""From what people write to the server's address (verto-protocol.md, "1.1 Address")."""

from __future__ import annotations

import ipaddress

from ctidesk.net import address as addresses

PORT = 5066
"""The product's own; a plain FreeSWITCH has others."""


def verto_url(text: str, *, secure: bool) -> str:
    """Return the WebSocket URL as `ctidesk.net.address.complete` does, with the usual port."""
    return addresses.complete(text, port=PORT, secure=secure)


def own_addresses(url: str) -> tuple[str, ...] | None:
    """Return which addresses of this computer the sound of a server at `url` is sent from; None for all but loopback.

    A server on this computer reaches the loopback address, and perhaps that alone; for any other one it means nothing,
    and the server could choose it from what it is offered.
    """
    host = addresses.parse(url).host
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    return ("127.0.0.1",) if is_here else None
