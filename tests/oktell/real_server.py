"""A small Oktell server on a real socket, which can be told where to fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.oktell.scripted_connection import boot_answers

Hook = Callable[[ServerConnection, str, dict[str, Any]], Awaitable[bool]]
"""Is given each request before it is answered; returns whether the usual answer follows."""


class RealServer:
    """What the server has seen.

    Attributes:
        port: where it listens.
        requests: the methods of all requests.
        connections: how many were opened.
    """

    def __init__(self, hook: Hook | None) -> None:
        self.port = 0
        self.requests: list[str] = []
        self.connections = 0
        self.answers = boot_answers()
        self._hook = hook

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def handle(self, connection: ServerConnection) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            async for message in connection:
                method, body = json.loads(message)
                self.requests.append(method)
                if self._hook is not None and not await self._hook(connection, method, body):
                    continue
                if method == "logout":
                    await connection.close()
                elif (answer := self.answers.get(method)) is not None:
                    name = "pong" if method == "ping" else method
                    await connection.send(json.dumps([name, {"qid": body["qid"], **answer}]))
        except ConnectionClosed:
            return


@asynccontextmanager
async def real_server(hook: Hook | None = None) -> AsyncIterator[RealServer]:
    """Run a server for as long as the block lasts."""
    server = RealServer(hook)
    async with serve(
        server.handle, "127.0.0.1", 0, subprotocols=[Subprotocol("json")], close_timeout=0.1, ping_interval=None
    ) as listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server


@asynccontextmanager
async def frozen_server() -> AsyncIterator[int]:
    """Run something that takes connections and never says a word; yields its port."""
    writers: list[asyncio.StreamWriter] = []

    async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await server.wait_closed()
