"""Long work in slices, between which the event loop goes on: no key press waits for a list of 100,000 people."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from functools import partial

SLICE = 0.006
"""Seconds after which the loop has its turn; a frame of the screen is 16 ms."""

Later = Callable[[Callable[[], None]], object]
"""Calls back in a later turn of the event loop."""


def at_once(work: Iterator[None]) -> None:
    """Do `work` without interruption: somebody cannot wait, or it is short."""
    for _ in work:
        pass


async def in_slices(work: Iterator[None]) -> None:
    """Do `work`, which yields where it may be interrupted, and let the running loop have its turns."""
    until = time.perf_counter() + SLICE
    for _ in work:
        if time.perf_counter() >= until:
            gc.freeze()  # see `Slices`
            await asyncio.sleep(0)
            until = time.perf_counter() + SLICE


class Slices:
    """Runs one piece of work at a time; what is short is done at once.

    Work is a generator that yields after every few hundred steps, and that is where it may be interrupted.
    """

    def __init__(self, later: Later) -> None:
        """Prepare; `later` gives the loop its turn between two slices."""
        self._later = later
        self._work: Iterator[None] | None = None
        self._done: Callable[[], object] = lambda: None

    @property
    def is_running(self) -> bool:
        """Whether there is something left to do."""
        return self._work is not None

    def run(self, work: Iterator[None], done: Callable[[], object]) -> None:
        """Do `work` instead of what is running, and call `done` after it; at once when it takes one slice only."""
        self._work, self._done = work, done
        if self._slice(work):
            self._end(work)
        else:
            self._later(partial(self._go_on, work))

    def cancel(self) -> None:
        """Leave the rest undone."""
        self._work = None

    def _go_on(self, work: Iterator[None]) -> None:
        if self._work is work:
            # What follows may take as long as a slice.
            self._later(partial(self._end if self._slice(work) else self._go_on, work))

    def _slice(self, work: Iterator[None]) -> bool:
        """Work until the loop should have its turn; True at the end."""
        until = time.perf_counter() + SLICE
        for _ in work:
            if time.perf_counter() >= until:
                # What has been made stays. Looking through all of it for cycles, again and again while it grows,
                # would stop everything for longer than a slice.
                gc.freeze()
                return False
        return True

    def _end(self, work: Iterator[None]) -> None:
        if self._work is work:
            self._work = None
            self._done()
