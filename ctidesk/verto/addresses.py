"""From what people write to the server's address (verto-protocol.md, "1.1 Address")."""

from __future__ import annotations

import ipaddress

from ctidesk.net import address as addresses

PORT = 5066
"""The product's own; a plain FreeSWITCH has others."""


def verto_url(text: str, *, secure: bool) -> str:
    """Return the WebSocket URL; empty for an empty text.

    A complete `ws://` or `wss://` address is used unchanged; a host, with or without a port, gets the usual port.

    Args:
        secure: whether an address without a scheme means TLS.

    Raises:
        NetError: BAD_ADDRESS.
    """
    text = text.strip()
    if not text:
        return ""
    if "://" not in text:
        host, slash, path = text.partition("/")
        has_port = host.rpartition(":")[2].isdigit() and (host.count(":") == 1 or "]" in host)
        text = f"{'wss' if secure else 'ws'}://{host}{'' if has_port else f':{PORT}'}{slash}{path}"
    addresses.parse(text)
    return text


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
