"""Tasks with an owner (architecture.md, rule 6)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class TaskOwner:
    """Keeps the tasks it starts, reports those that fail, and cancels and awaits them at the end."""

    def __init__(self, name: str, on_error: Callable[[BaseException], None] | None = None) -> None:
        """Create an owner called `name` in the log; `on_error` hears of every task that raised."""
        self._name = name
        self._on_error = on_error
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False

    def start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Run `work` as a task on the running loop; after `close` it is dropped and the task is cancelled."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        if self._closed:
            task.cancel()
        return task

    def __len__(self) -> int:
        return len(self._tasks)

    def cancel(self) -> None:
        """Cancel what is running without waiting for it; the owner can be used again."""
        for task in tuple(self._tasks):
            task.cancel()

    async def finish(self) -> None:
        """Wait until what is running has ended by itself."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def close(self) -> None:
        """Cancel all tasks and wait until they have ended. A task may close its own owner."""
        self._closed = True
        current = asyncio.current_task()
        while others := [task for task in self._tasks if task is not current]:
            for task in others:
                task.cancel()
            await asyncio.wait(others)

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        logger.error("a task of %s failed", self._name, exc_info=error)
        if self._on_error is not None:
            self._on_error(error)
