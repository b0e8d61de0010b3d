"""Time for the demo PBX: asked for through an interface, so that tests can turn it forward themselves."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """Something that will happen; `cancel` may be called at any time, also too late."""

    def cancel(self) -> None: ...


class Scheduler(Protocol):
    """A monotonic clock in seconds, and timers on it."""

    def now(self) -> float: ...

    def later(self, seconds: float, action: Callable[[], None]) -> Timer: ...


class LoopScheduler:
    """Real time: the clock of the running asyncio loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def now(self) -> float:
        return self._loop.time()

    def later(self, seconds: float, action: Callable[[], None]) -> Timer:
        return self._loop.call_later(seconds, action)


class ManualScheduler:
    """A clock that stands still until `advance` is called; actions run inside that call, in order of time."""

    def __init__(self) -> None:
        self._now = 0.0
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, _ManualTimer]] = []

    def now(self) -> float:
        return self._now

    def later(self, seconds: float, action: Callable[[], None]) -> Timer:
        timer = _ManualTimer(action)
        heapq.heappush(self._waiting, (self._now + max(seconds, 0.0), next(self._order), timer))
        return timer

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass, running what becomes due, also what that asks for in turn."""
        until = self._now + seconds
        while self._waiting and self._waiting[0][0] <= until:
            self._now, _, timer = heapq.heappop(self._waiting)
            timer.run()
        self._now = until


class _ManualTimer:
    def __init__(self, action: Callable[[], None]) -> None:
        self._action: Callable[[], None] | None = action

    def cancel(self) -> None:
        self._action = None

    def run(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            action()
