"""From what people write to the server's address and the account (webitel-protocol.md, sections 1 and 15.1)."""

from __future__ import annotations

from ctidesk.net import address as addresses

PORT = 871
"""Commands and events."""
SUPERUSER = "root"
"""The account without a domain."""


def server_url(text: str, *, secure: bool = False) -> str:
    """Return the WebSocket URL as `ctidesk.net.address.complete` does, with the usual port."""
    return addresses.complete(text, port=PORT, secure=secure)


def account_of(login: str, domain: str, url: str) -> str:
    """Return the account `number@domain` of a login.

    A login without a domain belongs to the domain that is set, else to the one that is called like the server.
    """
    login = login.strip()
    if not login or "@" in login or login == SUPERUSER:
        return login
    return f"{login}@{domain or addresses.parse(url).host}"
