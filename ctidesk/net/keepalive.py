"""Noticing a link that died without a word (half-open): the other end is gone and no packet says so."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from ctidesk.net.errors import NetError

_log = logging.getLogger(__name__)


class KeepAlive:
    """Pings at regular intervals, and tells when nothing at all has been heard for too long.

    The ping is the PBX's own request, not WebSocket's. Its answer is not looked at: any frame proves life.

    Args:
        period: seconds between pings.
        silence: seconds without any frame after which the link counts as dead; longer than `period`.
        ping: sends one ping. It may fail or hang; the silence is watched independently.
        lost: called once when the link counts as dead; nothing is called after that.
        clock: monotonic time in seconds.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        period: float,
        silence: float,
        ping: Callable[[], Awaitable[None]],
        lost: Callable[[], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        if not 0 < period < silence:
            raise ValueError("the silence must be longer than the period, and both positive")
        self._period = period
        self._silence = silence
        self._ping = ping
        self._lost = lost
        self._clock = clock
        self._sleep = sleep
        self._heard_at = clock()
        self._frames_heard = 0
        self._checking: asyncio.Task[None] | None = None
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    def start(self) -> None:
        """Begin; the first ping goes out after one period. The owner calls `stop` in the end."""
        if any(not task.done() for task in self._tasks):
            raise RuntimeError("the keep-alive is already running")
        self.heard()
        pinging = asyncio.create_task(self._ping_regularly(), name="keep-alive pings")
        watching = asyncio.create_task(self._watch(pinging), name="keep-alive watch")
        self._tasks = (pinging, watching)

    async def stop(self) -> None:
        """End; returns when nothing runs any more. May be called twice, and without `start`."""
        started = [*self._tasks, *([] if self._checking is None else [self._checking])]
        tasks = [task for task in started if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def heard(self) -> None:
        """A frame has come in."""
        self._heard_at = self._clock()
        self._frames_heard += 1

    def check(self, limit: float) -> None:
        """Ping now; the link counts as dead when nothing is heard within `limit` seconds.

        For the moment after a computer's sleep, which the clocks of some systems leave out: the silence would be
        noticed much later. Does nothing while a check is under way, and without `start`.
        """
        is_running = any(not task.done() for task in self._tasks)
        if is_running and (self._checking is None or self._checking.done()):
            self._checking = asyncio.create_task(self._check(limit), name="keep-alive check")

    async def _ping_regularly(self) -> None:
        while True:
            await self._sleep(self._period)
            await self._ping_once()

    async def _ping_once(self) -> None:
        try:
            await self._ping()
        except NetError as error:
            _log.debug("the keep-alive ping failed: %s", error.reason)
        except Exception:  # noqa: BLE001
            # The owner's mistake, but a link must not go unwatched, nor unpinged, because of it.
            _log.exception("the keep-alive ping raised")

    async def _check(self, limit: float) -> None:
        heard_before = self._frames_heard
        pinging = asyncio.create_task(self._ping_once(), name="keep-alive ping")
        try:
            await self._sleep(limit)
        finally:
            pinging.cancel()
            await asyncio.gather(pinging, return_exceptions=True)
        if self._frames_heard == heard_before and not any(task.done() for task in self._tasks):
            for task in self._tasks:
                task.cancel()
            _log.info("a check was not answered for %.0f seconds", limit)
            self._lost()

    async def _watch(self, pinging: asyncio.Task[None]) -> None:
        while (left := self._heard_at + self._silence - self._clock()) > 0:
            planned = self._clock() + left
            await self._sleep(left)
            if self._clock() - planned > self._period:
                # This computer was asleep or too busy to read: what came meanwhile still waits in the socket.
                _log.debug("the keep-alive woke late and grants one more period")
                self._heard_at = max(self._heard_at, self._clock() - self._silence + self._period)
        pinging.cancel()
        if self._checking is not None:
            self._checking.cancel()
        _log.info("nothing was heard for %.0f seconds", self._silence)
        self._lost()
