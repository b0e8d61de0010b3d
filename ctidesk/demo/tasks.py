"""Tasks of the demo PBXs, and who ends them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Work:
    """Keeps what it starts; `end` lets it finish, or cancels it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self, seconds: float) -> None:
        """Waits so long for what is under way, and cancels the rest."""
        if not self._tasks:
            return
        _, waiting = await asyncio.wait(self._tasks, timeout=seconds)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
