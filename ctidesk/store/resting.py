"""Long work in a database's thread that leaves the event loop its time."""

from __future__ import annotations

import time

WORK = 0.001
"""Seconds of work between two rests."""
REST = 0.0002
"""Seconds of a rest."""


class Rests:
    """The rests of one long work.

    The interpreter runs one thread at a time and lets the running one go on for 5 ms, as often as the other wants its
    turn: without rests rings and clicks wait for an import.
    """

    def __init__(self) -> None:
        """Begin to work."""
        self._since = time.perf_counter()

    def take(self) -> None:
        """Rest if it is time; to be called after each small piece of the work."""
        if time.perf_counter() - self._since >= WORK:
            time.sleep(REST)
            self._since = time.perf_counter()
