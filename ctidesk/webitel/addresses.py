"""From what people write to the server's address and the account (webitel-protocol.md, sections 1 and 15.1)."""

from __future__ import annotations

from ctidesk.net import address as addresses

PORT = 871
"""Commands and events."""
SUPERUSER = "root"
"""The account without a domain."""


def server_url(text: str, *, secure: bool = False) -> str:
    """Return the WebSocket URL for a connection string; empty for an empty one.

    A complete `ws://` or `wss://` string is used unchanged; a host, with or without a port, gets the usual port.

    Args:
        secure: whether an address without a scheme means TLS.

    Raises:
        NetError: BAD_ADDRESS.
    """
    text = text.strip()
    if not text:
        return ""
    if "://" not in text:
        scheme = "wss" if secure else "ws"
        host, slash, path = text.partition("/")
        has_port = host.rpartition(":")[2].isdigit() and (host.count(":") == 1 or "]" in host)
        text = f"{scheme}://{host}{'' if has_port else f':{PORT}'}{slash}{path}"
    addresses.parse(text)
    return text


def account_of(login: str, domain: str, url: str) -> str:
    """Return the account `number@domain` of a login.

    A login without a domain belongs to the domain that is set, else to the one that is called like the server.
    """
    login = login.strip()
    if not login or "@" in login or login == SUPERUSER:
        return login
    return f"{login}@{domain or addresses.parse(url).host}"
