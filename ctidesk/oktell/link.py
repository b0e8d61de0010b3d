"""The tasks around one connection: writing, reading, keeping it alive."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from ctidesk.cti.tasks import TaskOwner
from ctidesk.net.connection import Connection
from ctidesk.net.errors import ConnectionLost
from ctidesk.net.keepalive import KeepAlive

logger = logging.getLogger(__name__)

KEEP_ALIVE = 15.0
"""Seconds between application pings (oktell-protocol.md, "1.5 Keep-alive and polling")."""
SILENCE = 50.0
"""Seconds without any frame after which the link is taken for dead: three pings and their answers are missing."""


class Link:
    """Carries frames over one connection until it ends.

    Attributes:
        url: the connection's URL.
        ended: set when the connection is gone.
    """

    def __init__(
        self,
        connection: Connection,
        receive: Callable[[str], None],
        lost: Callable[[Link, ConnectionLost], None],
    ) -> None:
        """Start to carry frames.

        Args:
            receive: takes each incoming frame.
            lost: is told once when the connection has ended, by whomever it was ended.
        """
        self.url = connection.url
        self.ended = asyncio.Event()
        self._connection = connection
        self._receive = receive
        self._lost = lost
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._keep_alive: KeepAlive | None = None
        self._tasks = TaskOwner("oktell.link", self._task_failed)
        self._tasks.start(self._write())
        self._tasks.start(self._read())

    def send(self, text: str) -> None:
        """Put a frame into the line of those to be written."""
        self._outbox.put_nowait(text)

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Run `work` as long as the link is there."""
        self._tasks.start(work)

    def keep_alive(self, ping: Callable[[], bool]) -> None:
        """Send pings from now on, and end the connection when nothing is heard any more."""

        async def send_ping() -> None:
            ping()

        self._keep_alive = KeepAlive(KEEP_ALIVE, SILENCE, send_ping, self._is_dead)
        self._keep_alive.start()

    async def close(self) -> None:
        """Close the connection and end all tasks. The owner is told by `lost`."""
        await self._connection.close()
        await self._stop()
        self._tell(ConnectionLost(None, detail="closed by this side"))

    async def _stop(self) -> None:
        if self._keep_alive is not None:
            await self._keep_alive.stop()
        await self._tasks.close()

    def _is_dead(self) -> None:
        logger.info("the server has been silent for too long")
        self._tasks.start(self._break("the server has been silent for too long"))

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
            logger.debug("nothing can be sent any more")

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

    def _task_failed(self, error: BaseException) -> None:
        logger.error("a part of the link has failed, the connection is closed: %s", type(error).__name__)
        self._tasks.start(self._break("a defect in this program"))
