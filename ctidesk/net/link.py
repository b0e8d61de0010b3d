"""The tasks around one connection: writing, reading, keeping it alive."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from ctidesk.net.connection import Connection
from ctidesk.net.errors import ConnectionLost
from ctidesk.net.keepalive import KeepAlive

_log = logging.getLogger(__name__)


class Link:
    """Carries messages over one connection until it ends.

    Attributes:
        url: the connection's URL.
        ended: set when the connection is gone.
    """

    def __init__(
        self,
        connection: Connection,
        receive: Callable[[str], None],
        lost: Callable[["Link", ConnectionLost], None],
    ) -> None:
        """Start to carry messages.

        Args:
            receive: takes each incoming message.
            lost: is told once when the connection has ended, by whomever it was ended.
        """
        self.url = connection.url
        self.ended = asyncio.Event()
        self._connection = connection
        self._receive = receive
        self._lost = lost
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._keep_alive: KeepAlive | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._is_stopped = False
        self.start(self._write())
        self.start(self._read())

    def send(self, text: str) -> None:
        """Put a message into the line of those to be written."""
        self._outbox.put_nowait(text)

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Run `work` as long as the link is there. When it fails the link is closed: it would be half-dead."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._task_ended)
        if self._is_stopped:
            task.cancel()

    def keep_alive(self, period: float, silence: float, ping: Callable[[], object]) -> None:
        """Send a ping each `period` seconds, and end the connection after `silence` seconds without any message."""

        async def send_ping() -> None:
            ping()

        self._keep_alive = KeepAlive(period, silence, send_ping, self._is_dead)
        self._keep_alive.start()

    def check(self, limit: float) -> None:
        """End the connection unless a message comes within `limit` seconds; for one that `keep_alive` watches."""
        if self._keep_alive is not None:
            self._keep_alive.check(limit)

    async def close(self) -> None:
        """Close the connection and end all tasks. The owner is told by `lost`."""
        await self._connection.close()
        await self._stop()
        self._tell(ConnectionLost(None, detail="closed by this side"))

    async def _stop(self) -> None:
        self._is_stopped = True
        if self._keep_alive is not None:
            await self._keep_alive.stop()
        current = asyncio.current_task()
        while others := [task for task in self._tasks if task is not current]:
            for task in others:
                task.cancel()
            await asyncio.wait(others)

    def _is_dead(self) -> None:
        _log.info("the server has been silent for too long")
        self.start(self._break("the server has been silent for too long"))

    async def _break(self, detail: str) -> None:
        await self._connection.close()
        # Not left to the reading task: that may be the one which has failed.
        self._tell(ConnectionLost(None, detail=detail))
        await self._stop()

    async def _write(self) -> None:
        try:
            while True:
                await self._connection.send(await self._outbox.get())
        except ConnectionLost:
            _log.debug("nothing can be sent any more")

    async def _read(self) -> None:
        try:
            while True:
                text = await self._connection.receive()
                if self._keep_alive is not None:
                    self._keep_alive.heard()
                self._receive(text)
        except ConnectionLost as lost:
            self._tell(lost)
            await self._connection.close()
            await self._stop()

    def _tell(self, lost: ConnectionLost) -> None:
        if not self.ended.is_set():
            self.ended.set()
            self._lost(self, lost)

    def _task_ended(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("a part of the link has failed, the connection is closed: %s", type(error).__name__)
            self.start(self._break("a defect in this program"))
