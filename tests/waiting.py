"""Waiting in tests: for a condition, or until nothing more happens by itself; never for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

GUARD_SECONDS = 120.0
"""When a test gives up; nothing passes by this time."""

TURNS = 15
"""More turns of the loop than any chain of tasks here takes."""


class Told(Protocol):
    """A signal, whatever it tells."""

    def subscribe(self, subscriber: Callable[..., object], /) -> Callable[[], object]:
        """Call `subscriber` at each emission until the returned function is called."""


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def until(condition: Callable[[], object], turn: Callable[[], object] | None = None) -> None:
    """Return when `condition` holds that no signal tells of, a thread's work for instance; `turn` is done meanwhile."""
    async with asyncio.timeout(GUARD_SECONDS):
        while not condition():
            await asyncio.sleep(0.001)
            if turn is not None:
                turn()


async def until_told(condition: Callable[[], object], *signals: Told) -> None:
    """Return when `condition` holds; it is looked at after each of `signals`."""
    told = asyncio.Event()

    def look(*_: object) -> None:
        told.set()

    ends = [signal.subscribe(look) for signal in signals]
    try:
        async with asyncio.timeout(GUARD_SECONDS):
            while not condition():
                await told.wait()
                told.clear()
    finally:
        for end in ends:
            end()
