"""A clock that a test turns by hand."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeTimer:
    """A callback that waits in a `FakeClock`."""

    def __init__(self, due: float, callback: Callable[[], None]) -> None:
        self.due = due
        self.callback = callback
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class FakeClock:
    """Both clocks start at fixed points and move together, only by `advance`."""

    def __init__(self) -> None:
        self._monotonic = 1000.0
        self._start = self._monotonic
        self._queue: list[tuple[float, int, FakeTimer]] = []
        self._number = count()

    def monotonic(self) -> float:
        return self._monotonic

    def now(self) -> datetime:
        return START + timedelta(seconds=self._monotonic - self._start)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> FakeTimer:
        timer = FakeTimer(self._monotonic + seconds, callback)
        heapq.heappush(self._queue, (timer.due, next(self._number), timer))
        return timer

    @property
    def timers(self) -> list[FakeTimer]:
        """Those that still wait, the next one first."""
        return [timer for _, _, timer in sorted(self._queue, key=lambda entry: entry[:2]) if not timer.is_cancelled]

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass and call what was due on the way, each at its time."""
        end = self._monotonic + seconds
        while self._queue and self._queue[0][0] <= end:
            due, _, timer = heapq.heappop(self._queue)
            if not timer.is_cancelled:
                self._monotonic = max(self._monotonic, due)
                timer.callback()
        self._monotonic = end
