"""The server's addresses (oktell-protocol.md, "1.1 Addresses", "1.3 websocketredirect" and "8.6 HTTP side")."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit, urlunsplit

MOST_ADDRESSES = 10
_PORTS = {"ws": 80, "wss": 443}


class BadAddressError(ValueError):
    """A text that is no address of a server."""


def server_urls(addresses: str | Iterable[object], *, secure: bool = False) -> list[str]:
    """Return the URLs to try: at most ten, in the order given.

    Args:
        addresses: one address or several; members that are no text are skipped.
        secure: whether an address without a scheme means `wss`.

    Raises:
        BadAddressError: there is no address, or one of them is none.
    """
    texts = [addresses] if isinstance(addresses, str) else [one for one in addresses if isinstance(one, str)]
    urls = [server_url(one, secure=secure) for one in texts[:MOST_ADDRESSES] if one.strip()]
    if not urls:
        raise BadAddressError("no address")
    return urls


def server_url(address: str, *, secure: bool = False) -> str:
    """Return the WebSocket URL of an address as people write it; a complete one is left as it is."""
    text = address.strip()
    given, separator, rest = text.partition("://")
    if separator and "/" not in given:
        # People write "WS://", too; "http://" is not taken for a host of that name.
        complete = f"{given.lower()}://{rest}"
        _split(complete)
        return complete
    scheme = "wss" if secure else "ws"
    parts = _split(f"{scheme}://{text}")
    port = parts.port or _PORTS[scheme]
    return urlunsplit(parts._replace(netloc=f"{_bracketed(parts)}:{port}"))


def redirected_url(url: str) -> str:
    """Return the secure URL that `websocketredirect` asks for; a URL without a port keeps having none."""
    parts = _split(url)
    port = ":443" if parts.port is not None else ""
    return urlunsplit(parts._replace(scheme="wss", netloc=f"{_bracketed(parts)}{port}"))


def web_base(url: str, web_port: int | None) -> str:
    """Return where the server's web pages are: the host of the WebSocket URL with the port of the web server."""
    parts = _split(url)
    scheme, usual = ("https", 443) if parts.scheme == "wss" else ("http", 80)
    port = f":{web_port}" if web_port and web_port != usual else ""
    return f"{scheme}://{_bracketed(parts)}{port}"


def http_form(url: str) -> str:
    """Return the http(s) form of a WebSocket URL, without its path (14.6)."""
    parts = _split(url)
    return f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise BadAddressError(str(error)) from error
    if parts.scheme not in _PORTS or not parts.hostname or any(c.isspace() for c in parts.netloc):
        raise BadAddressError("no address of a server")
    return parts


def _bracketed(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host
