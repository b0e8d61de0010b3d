"""The time of a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ctidesk.cti.clock import SystemClock

START = datetime(2026, 11, 12, 10, 58, tzinfo=UTC)


class StoryClock(SystemClock):
    """Time that passes only by `advance`; timers are real."""

    def __init__(self) -> None:
        self._passed = 0.0

    def monotonic(self) -> float:
        """Return the seconds that the story has let pass, from a point that means nothing."""
        return 1000.0 + self._passed

    def now(self) -> datetime:
        """Return the same moment of the story's day."""
        return START + timedelta(seconds=self._passed)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds
