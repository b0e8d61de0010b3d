"""Events for other programs: kept on disk until they are delivered, in order."""

from __future__ import annotations

import asyncio
import logging
import random
import sqlite3
from collections.abc import Awaitable, Callable, Collection
from enum import StrEnum

import msgspec

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.database import Database, StoreError, transaction

FIRST_WAIT = 1.0
"""Seconds before the second attempt; each further wait is twice as long."""
LONGEST_WAIT = 300.0
JITTER = 0.2
CLOSE_LIMIT = 1.0
"""Seconds that the end waits for the answer to an attempt that is under way."""

logger = logging.getLogger(__name__)


class EventKind(StrEnum):
    """What happened to a call."""

    STARTED = "callStarted"
    CONNECTED = "callConnected"
    FINISHED = "callFinished"
    NOTED = "callNoted"


class Receiver(StrEnum):
    """Who gets events of calls; each has a queue of its own."""

    WEBHOOK = "webhook"
    CREATIO = "creatio"


class OutgoingEvent(msgspec.Struct, frozen=True):
    """An event on its way.

    Attributes:
        number: its place in the queue.
        event_id: the same at each attempt, for receivers that were reached more often than they could say.
        body: what is sent, JSON.
    """

    number: int
    event_id: str
    body: bytes


class DeliveryFailed(Exception):
    """The receiver was not reached, or could not take the event now; the text says why."""


class DeliveryRefused(DeliveryFailed):
    """The receiver will never take this very event."""


Send = Callable[[OutgoingEvent], Awaitable[None]]
"""Delivers an event; raises `DeliveryFailed` when that did not succeed."""


class Outbox:
    """Sends what is in the queue of one receiver, one event after the other, and tries again until each is delivered.

    An event leaves the queue when it was delivered, or when the receiver refuses just this one for good: that one is
    kept apart, so that the others are not held up.
    """

    def __init__(
        self,
        database: Database,
        send: Send,
        clock: Clock,
        *,
        receiver: str = Receiver.WEBHOOK,
        trouble: Callable[[str], None] | None = None,
        jitter: random.Random | None = None,
    ) -> None:
        """Prepare; nothing is sent before `start`.

        Args:
            database: the journal's.
            send: delivers an event.
            clock: sets the timer for the next attempt.
            receiver: whose queue it is.
            trouble: called with the reason when the receiver stops taking events, not again before it has taken one.
            jitter: the source of chance for the waits, so that many desks do not come back at once.
        """
        self._database = database
        self._send = send
        self._clock = clock
        self._receiver = receiver
        self._trouble = trouble
        self._jitter = jitter or random.Random()  # noqa: S311 - spreads load, keeps no secret
        self._tasks = TaskOwner("outbox")
        self._wanted = asyncio.Event()
        self._timer: Timer | None = None
        self._failures = 0
        self._is_told = False
        self._is_ending = False
        self._done: list[tuple[int, str | None]] = []  # what left the queue and is still in the file, and why

    def start(self) -> None:
        """Begin to deliver; needs a running event loop."""
        self._tasks.start(self._deliver())
        self.wake()

    def wake(self) -> None:
        """Look for new events; while the receiver does not answer the next attempt keeps its time."""
        if self._timer is None:
            self._wanted.set()

    def try_now(self) -> None:
        """Try at once: the network is back."""
        self._cancel_timer()
        self._failures = 0
        self._wanted.set()

    async def close(self) -> None:
        """End; what was not delivered stays in the file for the next start."""
        self._is_ending = True
        self._wanted.set()
        try:
            async with asyncio.timeout(CLOSE_LIMIT):
                await self._tasks.finish()
        except TimeoutError:
            logger.info("an attempt is given up at the end, and made again at the next start")
        await self._tasks.close()
        self._cancel_timer()
        await self._write_done()

    async def _deliver(self) -> None:
        while not self._is_ending:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                while not self._is_ending and await self._deliver_next():
                    pass
            except (DeliveryFailed, StoreError) as error:
                self._try_later(error)

    async def _deliver_next(self) -> bool:
        """Deliver the next event; return whether there was one."""
        done = tuple(self._done)
        event = await self._database.run(lambda connection: _next(connection, self._receiver, done))
        del self._done[: len(done)]
        if event is None:
            return False
        try:
            await self._send(event)
        except DeliveryRefused as error:
            self._done.append((event.number, str(error)))
            logger.warning("an event was refused for good: %s", error)
            self._tell(str(error))
        else:
            self._done.append((event.number, None))
            self._failures = 0
            self._is_told = False
        return True

    async def _write_done(self) -> None:
        """Have nothing delivered once more at the next start."""
        done = tuple(self._done)
        if not done:
            return
        try:
            await self._database.run(lambda connection: _take_out(connection, done))
        except StoreError as error:
            logger.warning("%d events will be delivered once more: %s", len(done), error)

    def _try_later(self, error: Exception) -> None:
        if isinstance(error, DeliveryFailed) and not self._is_told:
            self._is_told = True
            self._tell(str(error))
        wait = min(FIRST_WAIT * 2 ** min(self._failures, _MOST_DOUBLINGS), LONGEST_WAIT)
        self._failures += 1
        self._cancel_timer()
        self._timer = self._clock.call_later(wait * self._jitter.uniform(1 - JITTER, 1 + JITTER), self._due)
        logger.info("events are kept, next attempt in %.0f s: %s", wait, error)

    def _due(self) -> None:
        self._timer = None
        self._wanted.set()

    def _cancel_timer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _tell(self, reason: str) -> None:
        if self._trouble is not None:
            self._trouble(reason)


_MOST_DOUBLINGS = 16


def put(connection: sqlite3.Connection, receivers: Collection[str], event_id: str, body: bytes) -> None:
    """Add an event to the queues, in the database's thread and in the transaction of what it tells."""
    connection.executemany(
        "INSERT OR IGNORE INTO outbox (receiver, event_id, body) VALUES (?, ?, ?)",
        [(receiver, event_id, body) for receiver in receivers],
    )


def forget_others(connection: sqlite3.Connection, receivers: Collection[str]) -> None:
    """Drop what waits for receivers that there are no more."""
    marks = ", ".join("?" * len(receivers))
    connection.execute(f"DELETE FROM outbox WHERE receiver NOT IN ({marks})", tuple(receivers))  # noqa: S608


def _take_out(connection: sqlite3.Connection, done: tuple[tuple[int, str | None], ...]) -> None:
    with transaction(connection):
        for number, refusal in done:
            if refusal is None:
                connection.execute("DELETE FROM outbox WHERE number = ?", (number,))
            else:
                connection.execute("UPDATE outbox SET refused = ? WHERE number = ?", (refusal, number))


def _next(
    connection: sqlite3.Connection, receiver: str, done: tuple[tuple[int, str | None], ...]
) -> OutgoingEvent | None:
    _take_out(connection, done)
    row = connection.execute(
        "SELECT number, event_id, body FROM outbox WHERE receiver = ? AND refused IS NULL ORDER BY number LIMIT 1",
        (receiver,),
    ).fetchone()
    return None if row is None else OutgoingEvent(*row)
