"""Blocking work in threads that the end of the program does not wait for (architecture.md, rule 5)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

PATIENCE = 0.5
"""Seconds that work under way has at the end."""

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class DaemonExecutor(ThreadPoolExecutor):
    """The executor of an event loop: a daemon thread for each piece of work.

    A question to a name server takes many seconds where there is no network. An ordinary executor lets the program
    run on until it is answered, although nobody waits for the answer any more.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        """Create an executor whose `shutdown` waits `patience` seconds at most, all threads together."""
        super().__init__()
        self._patience = patience
        self._running: set[threading.Thread] = set()
        self._is_shut_down = False

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Run `fn` in a thread of its own."""
        if self._is_shut_down:
            raise RuntimeError("nothing can be submitted after the shutdown")
        future: Future[Result] = Future()

        def work() -> None:
            try:
                if future.set_running_or_notify_cancel():
                    _carry_out(future, lambda: fn(*args, **kwargs))
            finally:
                self._running.discard(thread)

        thread = threading.Thread(target=work, name="work", daemon=True)
        self._running.add(thread)
        thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take nothing more; with `wait`, let what is running end if it does so in time."""
        self._is_shut_down = True
        super().shutdown(wait=False, cancel_futures=cancel_futures)
        if not wait:
            return
        until = time.monotonic() + self._patience
        for thread in tuple(self._running):
            thread.join(max(0.0, until - time.monotonic()))


def _carry_out(future: Future[Result], work: Callable[[], Result]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whoever waits for the future has it raised
        future.set_exception(error)
    else:
        future.set_result(result)
