"""The thread of the sound, with an event loop of its own (architecture.md, rule 5; anchors.md, D12).

Packets have to be sent and heard every 20 ms, whatever the windows do in the meantime.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class MediaThread:
    """Runs coroutines in its own loop from the construction until `close`. Used from the application's loop."""

    def __init__(self) -> None:
        self._loop = _make_loop()
        self._thread = threading.Thread(target=self._run, name="web phone", daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Carry `work` out there and return its result; cancelling the one who waits cancels the work."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def close(self) -> None:
        """Cancel what still runs, and end the thread."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            rest = asyncio.all_tasks(self._loop)
            for task in rest:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
        finally:
            self._loop.close()


def _make_loop() -> asyncio.AbstractEventLoop:
    # Windows' usual loop stops reading UDP after one unreachable peer (cpython#127057).
    return asyncio.SelectorEventLoop() if sys.platform == "win32" else asyncio.new_event_loop()
