"""The opening of a WebSocket, and what each of its failures means.

This module imports the websockets library, which takes some 30 ms: it is itself imported at the first connection.
"""

import asyncio
import errno
import logging
import re
import socket
import ssl
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    NegotiationError,
    ProxyError,
    WebSocketException,
)
from websockets.typing import Subprotocol

from ctidesk import __version__
from ctidesk.net.address import Address
from ctidesk.net.errors import NetError, Reason
from ctidesk.net.tls import client_context

if TYPE_CHECKING:
    from ctidesk.net.options import ConnectionOptions

# At debug level the library writes whole frames, passwords and all: its logger stays above that whatever level
# the application's log has. Frames are recorded, masked, by the frame log.
_library_log = logging.getLogger("ctidesk.net.websocket")
_library_log.setLevel(logging.WARNING)

# The two others are Windows' own numbers, WSAECONNREFUSED and ERROR_CONNECTION_REFUSED.
_REFUSED = {errno.ECONNREFUSED, 10061, 1225}
_BUSY_STATUS = {408, 425, 429}


async def open_websocket(address: Address, options: "ConnectionOptions") -> ClientConnection:
    """Open a WebSocket within `options.open_timeout` seconds, everything included.

    Raises:
        NetError: whatever failed.
    """
    try:
        async with asyncio.timeout(options.open_timeout):
            return await _open(address, options)
    except (InvalidProxy, ImportError):
        # The text of InvalidProxy holds the proxy's password: it must not be chained.
        raise NetError(Reason.BAD_ADDRESS, "the proxy address cannot be used") from None
    except (OSError, WebSocketException, ValueError) as error:
        raise explain(error, proxied=options.proxy is not None) from error


class _ConnectOnce(connect):
    """Opens exactly the address it was given: a redirect would send the login to a host nobody has chosen."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def _open(address: Address, options: "ConnectionOptions") -> ClientConnection:
    context = await asyncio.to_thread(client_context, options.ca_file) if address.secure else None
    websocket = await _ConnectOnce(
        address.url,
        subprotocols=None if options.subprotocol is None else [Subprotocol(options.subprotocol)],
        compression=None,
        user_agent_header=f"ctidesk/{__version__}",
        proxy=options.proxy,  # None is a direct connection; the library's default is the system's proxy
        open_timeout=None,  # ours is around all of this
        ping_interval=options.protocol_ping,
        ping_timeout=options.protocol_ping,
        close_timeout=options.close_timeout,
        max_size=options.max_size,
        logger=_library_log,
        ssl=context,
        # asyncio's own limits, 60 and 30 seconds, must not be met before or after ours.
        ssl_handshake_timeout=None if context is None else options.open_timeout + 1.0,
        ssl_shutdown_timeout=None if context is None else options.close_timeout,
    )
    if websocket.subprotocol != options.subprotocol:
        websocket.transport.abort()
        await websocket.wait_closed()
        raise NetError(Reason.WRONG_SUBPROTOCOL, f"the server did not confirm {options.subprotocol!r}")
    return websocket


def explain(error: OSError | WebSocketException | ValueError, *, proxied: bool) -> NetError:
    """Return what a failure means.

    Args:
        error: raised by the system or the library.
        proxied: the connection went through a proxy.
    """
    match error:
        case InvalidStatus():
            return _explain_status(error.response.status_code, error.response.headers.get_all("Location"))
        case InvalidProxyStatus():
            status = error.response.status_code
            return NetError(Reason.PROXY_FAILED, f"the proxy answered HTTP {status}", http_status=status)
        case ProxyError():
            return NetError(Reason.PROXY_FAILED, str(error))
        case NegotiationError():
            return NetError(Reason.WRONG_SUBPROTOCOL, str(error))
        case InvalidMessage() if isinstance(error.__cause__, EOFError | ConnectionError):
            return NetError(Reason.CLOSED, "the server hung up before it answered")
        case InvalidHandshake():
            return NetError(Reason.NOT_A_WEBSOCKET, str(error))
        case ssl.SSLCertVerificationError():
            return NetError(Reason.BAD_CERTIFICATE, error.verify_message)
        case ssl.SSLError():
            return NetError(Reason.TLS_FAILED, error.reason or str(error))
        case OSError() if proxied and not isinstance(error, TimeoutError):
            return NetError(Reason.PROXY_FAILED, _explain_system(error).detail)
        case OSError():
            return _explain_system(error)
        case _:
            # A ValueError (UnicodeError included) is the library's way to refuse an address.
            return NetError(Reason.BAD_ADDRESS, "the address cannot be used")


def _explain_status(status: int, locations: Iterable[str]) -> NetError:
    if status in (401, 403):
        return NetError(Reason.FORBIDDEN, f"HTTP {status}", http_status=status)
    if status >= 500 or status in _BUSY_STATUS:
        return NetError(Reason.SERVER_BUSY, f"HTTP {status}", http_status=status)
    detail = f"HTTP {status}"
    for location in locations:
        target = urlsplit(location)
        if target.hostname:
            detail += f", points to {target.scheme}://{target.hostname}"
    return NetError(Reason.NOT_A_WEBSOCKET, detail, http_status=status)


def _explain_system(error: OSError) -> NetError:
    detail = error.strerror or str(error) or type(error).__name__
    if isinstance(error, TimeoutError):
        return NetError(Reason.TIMED_OUT, detail)
    if isinstance(error, socket.gaierror):
        return NetError(Reason.NAME_NOT_FOUND, detail)
    if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return NetError(Reason.CLOSED, detail)
    if isinstance(error, ConnectionRefusedError) or _error_numbers(error) & _REFUSED:
        return NetError(Reason.REFUSED, "nothing listens on this port")
    return NetError(Reason.UNREACHABLE, detail)


def _error_numbers(error: OSError) -> set[int]:
    """The error numbers of every address tried: for a name with several addresses asyncio joins only the texts."""
    if error.errno is not None:
        return {error.errno}
    return {int(number) for number in re.findall(r"\[(?:Errno|WinError) (\d+)\]", str(error))}
