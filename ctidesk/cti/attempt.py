"""An attempt to connect, which others may give up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Generic, TypeVar

from ctidesk.cti.tasks import TaskOwner

Outcome = TypeVar("Outcome")


class Attempt(Generic[Outcome]):
    """At most one attempt at a time. It is a task of `tasks`, and so ends with them at the latest."""

    def __init__(self, tasks: TaskOwner) -> None:
        self._tasks = tasks
        self._task: asyncio.Task[object] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether an attempt runs."""
        return self._task is not None

    async def make(self, work: Coroutine[Any, Any, Outcome], given_up: Outcome) -> Outcome:
        """Run `work`, while no other attempt is under way.

        Returns:
            What `work` returns; `given_up` when `give_up` was called, or the tasks were ended.

        Raises:
            Whatever `work` raises.
        """
        outcome = given_up

        async def run() -> None:
            nonlocal outcome
            outcome = await work

        self._task = task = self._tasks.start(run())
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            await self.give_up()
            raise
        finally:
            self._task = None
        if not task.cancelled():
            task.result()  # raises what was not foreseen
        return outcome

    async def give_up(self) -> None:
        """Cancel the attempt, if there is one, and return when it has ended."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
