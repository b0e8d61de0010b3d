"""An open connection that the test holds the other end of."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from ctidesk.net.connection import Connection
from ctidesk.net.errors import ConnectionLost


class ScriptedConnection(Connection):
    """What the client sends is kept, what it receives is put in by the test.

    Attributes:
        sent: the messages, decoded.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.sent: list[Any] = []
        self.closed_by_client = False
        self._inbox: asyncio.Queue[str | ConnectionLost] = asyncio.Queue()

    async def send(self, text: str) -> None:
        if self.closed_by_client:
            raise ConnectionLost(None)
        self.sent.append(json.loads(text))

    async def receive(self) -> str:
        entry = await self._inbox.get()
        if isinstance(entry, ConnectionLost):
            self._inbox.put_nowait(entry)
            raise entry
        return entry

    async def close(self, code: int = 1000) -> None:
        self.closed_by_client = True
        self._inbox.put_nowait(ConnectionLost(code))

    def put(self, frame: object) -> None:
        """Let the server send a message."""
        self._inbox.put_nowait(frame if isinstance(frame, str) else json.dumps(frame))

    def drop(self) -> None:
        """Let the server close the connection."""
        self._inbox.put_nowait(ConnectionLost(1006))
