"""The one event loop of the application: asyncio on top of Qt's (architecture.md, rule 5).

Nothing else imports qasync, so that a patch of the loop has one place.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ctidesk.cti.threads import DaemonExecutor

logger = logging.getLogger(__name__)

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """The wish that the application ends; whoever has it may make it known, again and again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self) -> None:
        """Make the wish known. From another thread, use the loop's `call_soon_threadsafe`."""
        self._event.set()

    async def wait(self) -> None:
        """Return when somebody wants the application to end."""
        await self._event.wait()


def run(application: QApplication, main: Callable[[StopRequest], Coroutine[Any, Any, int]]) -> int:
    """Run `main` to its end on a new loop and return its result.

    `main` waits for the request to stop, cleans up and returns; the loop does not end before. The request comes from
    `main`'s own parts, from SIGINT and SIGTERM, and from the desktop's session when it ends. Closing the last window
    is no such request. Tasks that `main` has left behind are logged, cancelled and awaited.
    """
    application.setQuitOnLastWindowClosed(False)
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(application)
    loop.set_exception_handler(_log)
    loop.set_default_executor(DaemonExecutor())
    asyncio.set_event_loop(loop)
    try:
        stop = StopRequest()
        quit_filter = _QuitFilter(application, stop)
        restore = _listen_to_signals(loop, stop)
        task = loop.create_task(main(stop))
        task.add_done_callback(lambda _: loop.stop())
        try:
            _run_until_done(loop, task, stop)
            return task.result()
        finally:
            restore()
            application.removeEventFilter(quit_filter)
            _end_tasks(loop)
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class _QuitFilter(QObject):
    """Makes of Qt's own quitting, from a menu of the desktop for instance, a request: `main` then cleans up first."""

    def __init__(self, application: QApplication, stop: StopRequest) -> None:
        super().__init__()
        self._stop = stop
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Quit and isinstance(watched, QApplication):
            self._stop()
            return True
        return False


def _run_until_done(loop: asyncio.AbstractEventLoop, task: asyncio.Task[int], stop: StopRequest) -> None:
    """Come back to a loop that Qt has left before the time: the desktop's session may quit the application."""
    while not task.done():
        loop.run_forever()
        stop()


def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    left = asyncio.all_tasks(loop)
    if left:
        logger.error("left running: %s", ", ".join(sorted(str(task.get_coro()) for task in left)))
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.wait(left))
    loop.run_until_complete(loop.shutdown_asyncgens())


def _listen_to_signals(loop: asyncio.AbstractEventLoop, stop: StopRequest) -> Callable[[], None]:
    """Let the signals of the system ask for the end; the returned function undoes it."""
    undo: list[Callable[[], object]] = []
    for number in _SIGNALS:
        try:
            loop.add_signal_handler(number, stop)
            undo.append(partial(loop.remove_signal_handler, number))
        except NotImplementedError:  # Windows
            before = signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
            undo.append(partial(signal.signal, number, before))

    def restore() -> None:
        for step in undo:
            step()

    return restore


def _log(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    logger.error("%s", context.get("message", "an error on the loop"), exc_info=context.get("exception"))
