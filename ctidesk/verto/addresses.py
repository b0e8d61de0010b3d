"""From what people write to the server's address (verto-protocol.md, "1.1 Address")."""

from __future__ import annotations

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
