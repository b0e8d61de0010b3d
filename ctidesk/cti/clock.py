"""Time, handed in from outside, so that nothing below the application reads a clock of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Timer(Protocol):
    """A callback that waits for its time."""

    def cancel(self) -> None:
        """Make sure that the callback does not run."""


class Clock(Protocol):
    """What the model needs to know of time."""

    def monotonic(self) -> float:
        """Return seconds that never jump; the zero point means nothing."""

    def now(self) -> datetime:
        """Return the wall clock's time in UTC, with its zone."""

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call `callback` once after `seconds`."""


class SystemClock:
    """The computer's clock and the running event loop's timers."""

    def monotonic(self) -> float:
        """Return `time.monotonic()`."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Use the running event loop's timer."""
        return asyncio.get_running_loop().call_later(seconds, callback)
