"""One HTTP request at a time to a program of the company: with a time limit for all of it, without redirects.

Addresses and headers may hold keys: neither they nor what was sent or received is ever logged or part of an error.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import SplitResult, quote, urlsplit

LARGEST_ANSWER = 1_000_000
"""Bytes; a longer answer is an error."""
MOST_THREADS = 8
"""Requests at the same time, those included that were given up and still wait for the system."""

logger = logging.getLogger(__name__)


class RequestFailed(Exception):
    """There is no answer; the text says why without naming the address."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is sent. `url` and `headers` may hold keys and stay out of the representation."""

    url: str = field(repr=False)
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back. `headers` have their names in small letters; those that came more than once are there so."""

    status: int
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


class HttpClient:
    """Sends requests, each in a thread of its own and over a connection of its own.

    Servers are verified by the system's certificates and those of `ca_file`. No proxy is used.
    """

    def __init__(self, ca_file: str | None = None) -> None:
        """Prepare; `ca_file` holds certificates that are trusted besides the system's."""
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._free = threading.BoundedSemaphore(MOST_THREADS)

    async def send(self, request: HttpRequest, limit: float) -> HttpAnswer:
        """Return the answer to `request`, whatever its status.

        Args:
            request: what is sent.
            limit: seconds for everything.

        Raises:
            RequestFailed: the address is wrong, nobody answers, or not in time.
        """
        address = _address(request.url)
        if not self._free.acquire(blocking=False):
            raise RequestFailed("too many requests wait for their answer")
        exchange = _Exchange(request, address, limit, asyncio.get_running_loop())
        threading.Thread(target=self._serve, args=(exchange,), name="http request", daemon=True).start()
        try:
            async with asyncio.timeout(limit):
                return await exchange.answer
        except TimeoutError:
            raise RequestFailed(f"no answer in {limit:g} s") from None
        finally:
            exchange.give_up()

    def _serve(self, exchange: _Exchange) -> None:
        try:
            context = None
            if exchange.address.scheme == "https":
                context = self._context = self._context or _tls_context(self._ca_file)
            answer = exchange.run(context)
        except (OSError, http.client.HTTPException, ValueError, RequestFailed) as error:
            exchange.settle(RequestFailed(_reason(error)))
        except Exception as error:  # noqa: BLE001 - a defect is raised where the request was asked for
            exchange.settle(error)
        else:
            exchange.settle(answer)
        finally:
            self._free.release()


class _Exchange:
    """One request in its thread, which can be given up from outside."""

    def __init__(
        self, request: HttpRequest, address: SplitResult, limit: float, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.address = address
        self.answer: asyncio.Future[HttpAnswer] = loop.create_future()
        self._request = request
        self._limit = limit
        self._loop = loop
        self._socket: socket.socket | None = None

    def run(self, context: ssl.SSLContext | None) -> HttpAnswer:
        host = self.address.hostname or ""
        connection: http.client.HTTPConnection
        if context is None:
            connection = http.client.HTTPConnection(host, self.address.port, timeout=self._limit)
        else:
            connection = http.client.HTTPSConnection(host, self.address.port, timeout=self._limit, context=context)
        try:
            connection.connect()
            self._socket = connection.sock
            request = self._request
            connection.request(
                request.method, _target(self.address), request.body, {"Connection": "close", **request.headers}
            )
            response = connection.getresponse()
            body = response.read(LARGEST_ANSWER + 1)
            if len(body) > LARGEST_ANSWER:
                raise RequestFailed("the answer is too long")
            if response.length:
                raise RequestFailed("the answer is cut off")
            headers = tuple((name.lower(), value) for name, value in response.getheaders())
            return HttpAnswer(response.status, body, headers)
        finally:
            self._socket = None
            connection.close()

    def give_up(self) -> None:
        """Wake the thread when it is still waiting for the server."""
        waiting = self._socket
        if waiting is not None:
            try:
                waiting.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                logger.debug("the connection was closed already: %s", error.strerror)

    def settle(self, outcome: HttpAnswer | Exception) -> None:
        try:
            self._loop.call_soon_threadsafe(partial(self._settle, outcome))
        except RuntimeError:
            logger.debug("the event loop ended before a request")

    def _settle(self, outcome: HttpAnswer | Exception) -> None:
        if self.answer.done():
            return
        if isinstance(outcome, Exception):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
        _ = address.port  # raises when it is no number
    except ValueError:
        raise RequestFailed("the address is wrong") from None
    if address.scheme not in ("http", "https") or not address.hostname:
        raise RequestFailed("the address does not begin with http:// or https://")
    if address.username is not None:
        raise RequestFailed("the address holds a login; it belongs into a header")
    return address


def _tls_context(ca_file: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # From Python 3.13 on, formal faults would count that the certificates of a company's own authority often have.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file is not None:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(ca_file)
    return context


def _target(address: SplitResult) -> str:
    path = quote(address.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(address.query, safe="/%:@!$&'()*+,;=~?")
    return f"{path}?{query}" if query else path


def _reason(error: Exception) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the certificate is not trusted: {error.verify_message}"
        case TimeoutError():
            return "no answer in time"
        case socket.gaierror():
            return "the name of the server is not known"
        case ConnectionRefusedError():
            return "the server refuses the connection"
        case RequestFailed():
            return str(error)
        case OSError():
            return error.strerror or type(error).__name__
        case _:
            return f"the answer is no HTTP ({type(error).__name__})"
