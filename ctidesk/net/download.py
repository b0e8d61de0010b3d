"""One file over HTTP into a local file, with limits for its size and its time.

The address may hold a one-time password: it is never logged, and no error names it.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ctidesk.net.errors import NetError
from ctidesk.net.tls import client_context

_PIECE = 64 * 2**10
_TOLD_EVERY = 0.1
"""Seconds between two reports of progress."""
_REDIRECTS = (301, 302, 303, 307, 308)

logger = logging.getLogger(__name__)

Progress = Callable[[int, int | None], None]
"""Is told how many bytes have come, and of how many; None when the server does not say."""


class Problem(StrEnum):
    """Why there is no file."""

    BAD_ADDRESS = "bad-address"
    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not-trusted"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    BROKEN = "broken"
    NOT_WRITTEN = "not-written"


class DownloadFailed(Exception):
    """There is no file, or not all of it.

    Attributes:
        problem: the kind of failure; the text for the operator is chosen by it.
        detail: technical words without address and content.
    """

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much.

    Attributes:
        size: bytes.
        silence: seconds in which nothing comes.
        total: seconds for everything.
        redirects: how often the server may send us elsewhere.
    """

    size: int = 256 * 2**20
    silence: float = 20.0
    total: float = 900.0
    redirects: int = 3


async def download(
    url: str,
    target: Path,
    *,
    ca_file: Path | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda _received, _total: None,
) -> None:
    """Write what is at `url` into the new file `target`, which only its owner may read.

    A redirect is followed to http and https alone, and never from https to http. When this is cancelled, the transfer
    ends at once; what has come so far is for the caller to remove, as it is after a failure.

    Args:
        url: where the file is; may hold secrets.
        target: must not exist.
        ca_file: PEM file of certificates to trust besides the system's.
        limits: how much is too much.
        progress: called in the event loop.

    Raises:
        DownloadFailed: there is no file, or not all of it.
    """
    limits = limits or Limits()
    loop = asyncio.get_running_loop()
    transfer = _Transfer(url, target, ca_file, limits, partial(_tell, loop, progress))
    work = loop.run_in_executor(None, transfer.run)
    try:
        async with asyncio.timeout(limits.total):
            await asyncio.shield(work)
    except TimeoutError:
        raise DownloadFailed(Problem.TOO_SLOW, f"not done in {limits.total:g} s") from None
    finally:
        transfer.give_up()
        work.add_done_callback(_forget)


def _tell(loop: asyncio.AbstractEventLoop, progress: Progress, received: int, total: int | None) -> None:
    try:
        loop.call_soon_threadsafe(progress, received, total)
    except RuntimeError:
        logger.debug("the event loop ended before a download")


def _forget(work: asyncio.Future[None]) -> None:
    """Nobody waits for a transfer that was given up; its error is no news."""
    if not work.cancelled():
        work.exception()


class _Transfer:
    """One download in its thread, which can be given up from outside."""

    def __init__(self, url: str, target: Path, ca_file: Path | None, limits: Limits, told: Progress) -> None:
        self._url = url
        self._target = target
        self._ca_file = ca_file
        self._limits = limits
        self._told = told
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_given_up = False

    def run(self) -> None:
        """Fetch the file; raises DownloadFailed."""
        try:
            address, redirects = _address(self._url), 0
            while (further := self._fetch(address)) is not None:
                redirects += 1
                if redirects > self._limits.redirects:
                    raise DownloadFailed(Problem.REFUSED, "too many redirects")
                address = _redirected(address, further)
        except DownloadFailed:
            raise
        except NetError as error:
            raise DownloadFailed(Problem.NOT_TRUSTED, error.detail) from None
        except TimeoutError:
            raise DownloadFailed(Problem.TOO_SLOW, f"nothing came for {self._limits.silence:g} s") from None
        except ssl.SSLError as error:
            raise DownloadFailed(Problem.NOT_TRUSTED, getattr(error, "verify_message", "") or "TLS failed") from None
        except OSError as error:
            raise DownloadFailed(Problem.UNREACHABLE, error.strerror or type(error).__name__) from None
        except (http.client.HTTPException, ValueError) as error:
            # Their texts quote what the server has sent, and a bad request quotes the address.
            raise DownloadFailed(Problem.BROKEN, type(error).__name__) from None

    def give_up(self) -> None:
        """Wake the thread where it waits for the server; nothing is written any more."""
        with self._lock:
            self._is_given_up = True
            waiting = self._socket
        if waiting is not None:
            try:
                waiting.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                logger.debug("the connection was closed already: %s", error.strerror)

    def _fetch(self, address: SplitResult) -> str | None:
        """Ask for one address; returns where the server sends us, None when the file has been written."""
        connection = self._connection(address)
        try:
            connection.connect()
            self._watch(connection.sock)
            connection.request("GET", _target(address), headers={"Connection": "close", "Accept-Encoding": "identity"})
            with connection.getresponse() as response:
                if response.status in _REDIRECTS and (location := response.getheader("Location")):
                    return location
                _check_status(response.status)
                self._save(response)
        finally:
            self._watch(None)
            connection.close()
        return None

    def _connection(self, address: SplitResult) -> http.client.HTTPConnection:
        host, limit = address.hostname or "", self._limits.silence
        if address.scheme == "http":
            return http.client.HTTPConnection(host, address.port, timeout=limit)
        context = client_context(self._ca_file)
        return http.client.HTTPSConnection(host, address.port, timeout=limit, context=context)

    def _watch(self, connected: socket.socket | None) -> None:
        with self._lock:
            self._socket = connected
            if self._is_given_up and connected is not None:
                raise DownloadFailed(Problem.BROKEN, "given up")

    def _save(self, response: http.client.HTTPResponse) -> None:
        total = response.length
        if self._is_given_up:
            raise DownloadFailed(Problem.BROKEN, "given up")
        if total is not None and total > self._limits.size:
            raise DownloadFailed(Problem.TOO_LARGE, f"{total} bytes")
        try:
            target = open(self._target, "xb", opener=_private)  # noqa: SIM115 - a Path opens with no opener
        except OSError as error:
            raise DownloadFailed(Problem.NOT_WRITTEN, error.strerror or "") from None
        with target:
            received, told_at = 0, 0.0
            while piece := response.read1(_PIECE):
                received += len(piece)
                if received > self._limits.size:
                    raise DownloadFailed(Problem.TOO_LARGE, f"more than {self._limits.size} bytes")
                if self._is_given_up:
                    raise DownloadFailed(Problem.BROKEN, "given up")
                try:
                    target.write(piece)
                except OSError as error:
                    raise DownloadFailed(Problem.NOT_WRITTEN, error.strerror or "") from None
                if time.monotonic() - told_at >= _TOLD_EVERY:
                    told_at = time.monotonic()
                    self._told(received, total)
        if total is not None and received < total:
            raise DownloadFailed(Problem.BROKEN, "cut off")
        self._told(received, total)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _check_status(status: int) -> None:
    match status:
        case 200:
            return
        case 401 | 403:
            raise DownloadFailed(Problem.FORBIDDEN, f"HTTP {status}")
        case 404 | 410:
            raise DownloadFailed(Problem.MISSING, f"HTTP {status}")
        case _:
            raise DownloadFailed(Problem.REFUSED, f"HTTP {status}")


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
        _ = address.port  # raises when it is no number
    except ValueError:
        raise DownloadFailed(Problem.BAD_ADDRESS, "no address") from None
    if address.scheme not in ("http", "https") or not address.hostname:
        raise DownloadFailed(Problem.BAD_ADDRESS, "neither http nor https")
    if address.username is not None:
        raise DownloadFailed(Problem.BAD_ADDRESS, "a login in the address")
    return address


def _redirected(before: SplitResult, location: str) -> SplitResult:
    try:
        after = _address(urljoin(before.geturl(), location))
    except ValueError:
        raise DownloadFailed(Problem.BAD_ADDRESS, "a redirect to no address") from None
    if before.scheme == "https" and after.scheme == "http":
        raise DownloadFailed(Problem.NOT_TRUSTED, "a redirect from https to http")
    return after


def _target(address: SplitResult) -> str:
    path = quote(address.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(address.query, safe="/%:@!$&'()*+,;=~?")
    return f"{path}?{query}" if query else path
