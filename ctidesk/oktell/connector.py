"""Finding a server that answers (oktell-protocol.md, "1.2 Opening race")."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from msgspec.structs import replace

from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.connection import Connection, ConnectionOptions
from ctidesk.net.errors import NetError, Reason
from ctidesk.net.frames import FrameLog
from ctidesk.oktell.addresses import redirected_url
from ctidesk.oktell.wire import SUBPROTOCOL, BadFrameError, decode, encode, new_qid

REDIRECT = "websocketredirect"


class NoServerError(Exception):
    """No address could be reached; `cause` is the failure to tell people."""

    def __init__(self, causes: Sequence[NetError]) -> None:
        # One that waiting cannot mend is worth more words than one that passes.
        self.cause = min(causes, key=lambda one: one.retryable)
        super().__init__(str(self.cause))


async def open_first(urls: Sequence[str], options: ConnectionOptions, log: FrameLog | None = None) -> Connection:
    """Open all addresses at once and return the first connection whose server answers; close the others.

    Args:
        urls: complete WebSocket URLs, at least one.
        options: its `open_timeout` is the limit for each address until the answer, a redirect included.

    Raises:
        NoServerError: every address has failed.
    """
    options = replace(options, subprotocol=SUBPROTOCOL)
    outcomes: asyncio.Queue[Connection | NetError] = asyncio.Queue()

    async def attempt(url: str) -> None:
        try:
            outcomes.put_nowait(await _open_one(url, options, log))
        except NetError as error:
            outcomes.put_nowait(error)

    def failed(error: BaseException) -> None:
        # A defect must not leave the race without an end.
        outcomes.put_nowait(NetError(Reason.UNREACHABLE, type(error).__name__))

    attempts = TaskOwner("oktell.connector", failed)
    causes: list[NetError] = []
    winner: Connection | None = None
    try:
        for url in urls:
            attempts.start(attempt(url))
        while winner is None:
            outcome = await outcomes.get()
            if isinstance(outcome, Connection):
                winner = outcome
            else:
                causes.append(outcome)
                if len(causes) == len(urls):
                    raise NoServerError(causes)
        await _close_others(attempts, outcomes)
    except BaseException:
        # Also when the attempt is given up while the losers are being closed: the winner must not stay open.
        if winner is not None:
            outcomes.put_nowait(winner)
        await _close_others(attempts, outcomes)
        raise
    return winner


async def _close_others(attempts: TaskOwner, outcomes: asyncio.Queue[Connection | NetError]) -> None:
    await attempts.close()
    while not outcomes.empty():
        late = outcomes.get_nowait()
        if isinstance(late, Connection):
            await late.close()


async def _open_one(url: str, options: ConnectionOptions, log: FrameLog | None) -> Connection:
    try:
        async with asyncio.timeout(options.open_timeout):
            connection = await Connection.open(url, options, log)
            try:
                redirected = not await _is_accepted(connection)
            except BaseException:
                await connection.close()
                raise
            if not redirected:
                return connection
            await connection.close()
            return await Connection.open(redirected_url(url), options, log)
    except TimeoutError:
        raise NetError(Reason.TIMED_OUT, "the server has not answered in time") from None


async def _is_accepted(connection: Connection) -> bool:
    """Send the first ping and wait for its answer; False when the server asks for the secure address instead."""
    qid = new_qid(random.SystemRandom())
    await connection.send(encode("ping", {"qid": qid}))
    while True:
        try:
            frame = decode(await connection.receive())
        except BadFrameError as bad:
            if bad.method == REDIRECT:
                return False
            continue
        if frame.method == REDIRECT:
            return False
        if frame.body.text("qid") == qid:
            return True
