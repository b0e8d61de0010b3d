"""A lock between processes. The system gives it up when its holder ends, in whatever way."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

PAUSE = 0.02
"""Seconds between two attempts."""


class FileLock:
    """Holds the lock inside a `with` statement. Waits for it on the calling thread: never on the event loop."""

    def __init__(self, path: Path, limit: float = 5.0) -> None:
        """Prepare a lock.

        Args:
            path: a file of its own, which is left behind empty.
            limit: seconds to wait for another holder.
        """
        self._path = path
        self._limit = limit
        self._descriptor = -1

    def __enter__(self) -> FileLock:
        """Take the lock.

        Raises:
            TimeoutError: another holder kept it for too long.
            OSError: the file cannot be made or locked.
        """
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            end = time.monotonic() + self._limit
            while not _try_lock(self._descriptor):
                if time.monotonic() > end:
                    raise TimeoutError("another process holds the lock")
                time.sleep(PAUSE)
        except BaseException:
            os.close(self._descriptor)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock up."""
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
