"""The address of a WebSocket, checked before anything is opened."""

import ipaddress
import re
from typing import NoReturn
from urllib.parse import SplitResult, quote, urlsplit

from msgspec import Struct

from ctidesk.net.errors import NetError, Reason

_HOST_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_URL_CHARACTERS = "/?#[]@!$&'()*+,;=:%~"


class Address(Struct, frozen=True):
    """A checked `ws://` or `wss://` address."""

    secure: bool
    host: str
    """Host name in its ASCII form, or an IP address; IPv6 without brackets."""
    port: int
    path: str
    """Path, at least `/`, without the query."""
    query: str

    @property
    def url(self) -> str:
        """The complete URL. The query may hold a secret: for the log and the screen use `str()`."""
        return f"{self}?{self.query}" if self.query else str(self)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default_port = 443 if self.secure else 80
        port = "" if self.port == default_port else f":{self.port}"
        return f"{'wss' if self.secure else 'ws'}://{host}{port}{self.path}"

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"


def complete(text: str, *, port: int, secure: bool) -> str:
    """Return the WebSocket URL for an address as people write it; empty for an empty text.

    Args:
        text: a complete `ws://` or `wss://` URL, used unchanged; or a host with what may follow it: port, path, query.
        port: for a host without one.
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
        text = f"{'wss' if secure else 'ws'}://{host}{'' if has_port else f':{port}'}{slash}{path}"
    parse(text)
    return text


def parse(url: str) -> Address:
    """Take a WebSocket URL apart.

    Args:
        url: `ws://` or `wss://` URL: host name (also an international one) or IP address, port from 1 to 65535
            (80 and 443 when left out), path and query as the server wants them. No user name, no password,
            no fragment.

    Raises:
        NetError: BAD_ADDRESS; the detail never repeats the URL, for it may hold a password.
    """
    url = url.strip()
    if any(character.isspace() or not character.isprintable() for character in url):
        _refuse("the address holds a space or a control character")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NetError(Reason.BAD_ADDRESS, "the address is malformed") from error
    if parts.scheme not in ("ws", "wss"):
        _refuse("the address must start with ws:// or wss://")
    if "@" in parts.netloc:
        _refuse("the address must not hold a user name or a password")
    if "#" in url:
        _refuse("the address must not hold a fragment (#)")
    secure = parts.scheme == "wss"
    return Address(
        secure=secure,
        host=_host(parts.hostname or ""),
        port=_port(parts, default=443 if secure else 80),
        path=quote(parts.path, safe=_URL_CHARACTERS) or "/",
        query=quote(parts.query, safe=_URL_CHARACTERS),
    )


def _host(host: str) -> str:
    if not host:
        _refuse("the address holds no host name")
    if ":" in host:
        try:
            ipaddress.IPv6Address(host)
        except ValueError as error:
            raise NetError(Reason.BAD_ADDRESS, "not an IPv6 address in the brackets") from error
        return host
    try:
        # Python's tables for other scripts are large, and loaded when they are needed.
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NetError(Reason.BAD_ADDRESS, "the host name is malformed") from error
    labels = ascii_host.removesuffix(".").split(".")
    if len(ascii_host) > 253 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        _refuse("the host name is malformed")
    return ascii_host


def _port(parts: SplitResult, default: int) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise NetError(Reason.BAD_ADDRESS, "the port must be a number from 1 to 65535") from error
    if port == 0 or parts.netloc.endswith(":"):
        _refuse("the port must be a number from 1 to 65535")
    return default if port is None else port


def _refuse(detail: str) -> NoReturn:
    raise NetError(Reason.BAD_ADDRESS, detail)
