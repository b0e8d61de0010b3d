"""How a click becomes a command that runs on without the widget (architecture.md, rule 6)."""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from typing import Any, Protocol

from ctidesk.cti.errors import CtiException
from ctidesk.cti.tasks import TaskOwner

logger = logging.getLogger(__name__)


class CommandRunner(Protocol):
    """Runs what a widget has started; the widget neither waits for it nor hears of its end."""

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Run `work` to its end."""


class Commands:
    """Runs commands as tasks of the running event loop.

    A refusal (`CtiException`) ends here: the model has told it as an `error` event, which the panel shows. Any other
    exception is a defect and goes to the log.
    """

    def __init__(self) -> None:
        self._tasks = TaskOwner("commands")

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Run `work` as a task; after `close` it is dropped."""
        task = self._tasks.start(_told_by_the_model(work))
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())

    async def close(self) -> None:
        """Cancel what is running and wait for its end."""
        await self._tasks.close()


async def _told_by_the_model(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except CtiException as refusal:
        logger.debug("a command was refused: %s", refusal.error.kind.name)
