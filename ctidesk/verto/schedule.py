"""When to connect again (verto-protocol.md, "1.8 Reconnection")."""

from __future__ import annotations

import random

from ctidesk.cti.reconnection import JITTER, interval

SAVING_SECONDS = 120.0
"""How long after the loss a call can be saved: as long as the server keeps it."""


class Schedule:
    """The waits between attempts: short while there is a call to save, else those of the CTI model."""

    def __init__(self, jitter: random.Random | None = None) -> None:
        self._jitter = jitter or random.Random()  # noqa: S311 - spreads load, keeps no secret
        self._lost_at = 0.0
        self._attempt = 0
        self._saves = False

    def lost(self, now: float, *, has_call: bool) -> None:
        """Begin anew: the connection was lost just now.

        Args:
            now: seconds of a monotonic clock; has_call: whether an answered call has to be saved.
        """
        self._lost_at, self._saves, self._attempt = now, has_call, 0

    def next_wait(self, now: float) -> float:
        """Return the seconds to wait before the next attempt."""
        if self._saves and now - self._lost_at >= SAVING_SECONDS:
            self._saves, self._attempt = False, 0
        attempt, self._attempt = self._attempt, self._attempt + 1
        seconds = _saving_wait(attempt) if self._saves else float(interval(attempt))
        return seconds * self._jitter.uniform(1 - JITTER, 1 + JITTER)


def _saving_wait(attempt: int) -> float:
    if attempt == 0:
        return 0.3
    return 1.0 if attempt <= 10 else 2.0 if attempt <= 20 else 3.0
