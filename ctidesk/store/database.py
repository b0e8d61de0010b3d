"""One SQLite file, used by one thread (architecture.md, rule 5).

Work is handed over as functions of the connection; they run one after the other in the order in which they came.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]
Migration = Sequence[str]
"""The statements that lead from one version of a schema to the next."""

LIMIT = 5.0
"""Seconds that work may take, waiting for its turn included."""
OPENING_LIMIT = 60.0
"""The same when the file may have to be opened and checked first."""

logger = logging.getLogger(__name__)


class Problem(StrEnum):
    """Why a file cannot be used."""

    LOCKED = "locked"
    READ_ONLY = "read-only"
    FULL = "full"
    DISK = "disk"
    """The disk does not take or give what it should."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """It was written by a later version of this program."""
    TIMED_OUT = "timed out"
    CLOSED = "closed"
    OTHER = "other"


class StoreError(Exception):
    """The work was not done; `problem` says why, `detail` holds SQLite's or the system's own words."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail


class Database:
    """A file with a schema, and the thread that alone touches it.

    The file is opened at the first work. A damaged one is renamed, never deleted, and a new one is begun; the work that
    met the damage is then done on the new one. A file that could not be opened is tried again at each work.

    Attributes:
        path: where the file is.
        set_aside: called on the event loop with the new name of a damaged file.
    """

    def __init__(self, path: Path, schema: Sequence[Migration], *, lock_wait: float = 1.0) -> None:
        """Prepare; nothing is opened yet.

        Args:
            path: where the file is or will be; its folder is made when needed.
            schema: the migrations; the file's version is the number of those it has seen.
            lock_wait: seconds to wait while another program holds the file.
        """
        self.path = path
        self.set_aside: Callable[[Path], None] | None = None
        self._schema = schema
        self._lock_wait = lock_wait
        self._jobs: queue.SimpleQueue[_AnyJob | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._connection: sqlite3.Connection | None = None  # of the thread alone
        self._ended: asyncio.Future[None] | None = None
        self._is_closed = False

    async def run(self, work: Work[Result], limit: float = LIMIT) -> Result:
        """Return what `work` returns for the connection, which commits each statement unless `transaction` is used.

        Work that is cancelled or has taken longer than `limit` seconds is broken off and rolled back.

        Raises:
            StoreError: the file could not be used, or the time is over.
        """
        if self._is_closed:
            raise StoreError(Problem.CLOSED)
        job = _Job(work, asyncio.get_running_loop())
        self._start()
        self._jobs.put(job)
        try:
            async with asyncio.timeout(limit):
                return await job.future
        except TimeoutError:
            raise StoreError(Problem.TIMED_OUT, f"{limit:g} s") from None
        finally:
            job.is_abandoned = True

    async def close(self, limit: float = LIMIT) -> None:
        """Do what is waiting, then close the file; a thread that is not done in `limit` seconds is left alone."""
        self._is_closed = True
        if self._thread is None:
            return
        if self._ended is None:
            self._ended = asyncio.get_running_loop().create_future()
            self._jobs.put(None)
        try:
            async with asyncio.timeout(limit):
                await asyncio.shield(self._ended)
        except TimeoutError:
            logger.warning("%s is still busy after %g s", self.path.name, limit)

    # ---- the thread

    def _start(self) -> None:
        if self._thread is None:
            # A daemon: a disk that does not answer must not keep the application from ending.
            self._thread = threading.Thread(target=self._serve, name=f"database {self.path.name}", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.is_abandoned:
                self._do(job)
        self._disconnect()
        if self._ended is not None:
            _call_on(self._ended.get_loop(), self._tell_end)

    def _tell_end(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def _do(self, job: _AnyJob) -> None:
        try:
            try:
                job.attempt(self._connection or self._connect())
            except sqlite3.DatabaseError as error:
                if _problem_of(error) is not Problem.DAMAGED:
                    raise
                logger.error("%s is damaged: %s", self.path.name, error)
                self._begin_anew(job.loop)
                job.attempt(self._connect())
        except sqlite3.Error as error:
            problem = _problem_of(error)
            if problem is not Problem.LOCKED:
                self._disconnect()
            job.fail(StoreError(problem, str(error)))
        except OSError as error:
            self._disconnect()
            job.fail(StoreError(_problem_of_system(error), error.strerror or type(error).__name__))
        except Exception as error:  # noqa: BLE001 - a defect of the work is raised where the work was asked for
            job.fail(error)

    def _begin_anew(self, loop: asyncio.AbstractEventLoop) -> None:
        self._disconnect()
        kept = _set_aside(self.path)
        if self.set_aside is not None:
            _call_on(loop, partial(self.set_aside, kept))

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Calls and contacts are nobody else's business.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        log = self.path.with_name(self.path.name + "-wal")
        was_left_open = log.exists() and log.stat().st_size > 0
        # The event loop's thread never uses the connection; it only ends while the interpreter may still collect it.
        connection = sqlite3.connect(
            self.path, timeout=self._lock_wait, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            if was_left_open and (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise _Damage(found)
            _migrate(connection, self._schema)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except sqlite3.Error as error:
                logger.warning("%s was not closed: %s", self.path.name, error)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class _Job(Generic[Result]):
    """Work, and the future of its outcome."""

    def __init__(self, work: Work[Result], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[Result] = loop.create_future()
        self.is_abandoned = False

    def attempt(self, connection: sqlite3.Connection) -> None:
        """Do the work and hand the result over to the event loop."""
        connection.set_progress_handler(lambda: self.is_abandoned, _STEPS_BETWEEN_CHECKS)
        try:
            result = self.work(connection)
        finally:
            connection.set_progress_handler(None, 0)
            if connection.in_transaction:
                connection.rollback()
        _call_on(self.loop, lambda: None if self.future.done() else self.future.set_result(result))

    def fail(self, error: BaseException) -> None:
        """Hand the error over to the event loop."""
        _call_on(self.loop, lambda: None if self.future.done() else self.future.set_exception(error))


class _AnyJob(Protocol):
    """A job of which only its author knows what it results in."""

    @property
    def loop(self) -> asyncio.AbstractEventLoop: ...

    @property
    def is_abandoned(self) -> bool: ...

    def attempt(self, connection: sqlite3.Connection) -> None: ...

    def fail(self, error: BaseException) -> None: ...


_STEPS_BETWEEN_CHECKS = 10_000
"""Steps of SQLite's machine between two looks whether anybody still wants the result: some tenths of a millisecond."""


class _Damage(sqlite3.DatabaseError):
    """What a check of the file has found."""


def _call_on(loop: asyncio.AbstractEventLoop, callback: Callable[[], object]) -> None:
    try:
        loop.call_soon_threadsafe(callback)
    except RuntimeError:
        logger.debug("the event loop ended before the work of a database")


def _migrate(connection: sqlite3.Connection, schema: Sequence[Migration]) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(schema):
        raise _Newer(f"version {version}, known are {len(schema)}")
    for number, statements in enumerate(schema[version:], version + 1):
        with transaction(connection):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


class _Newer(sqlite3.DatabaseError):
    """The file has seen migrations that are not known here."""


def _set_aside(path: Path) -> Path:
    """Rename the file and what belongs to it; return the new name."""
    at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}.damaged-{at}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not kept.exists():
            break
        number += 1
    path.rename(kept)
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))
    return kept


_PROBLEMS = {
    sqlite3.SQLITE_BUSY: Problem.LOCKED,
    sqlite3.SQLITE_LOCKED: Problem.LOCKED,
    sqlite3.SQLITE_READONLY: Problem.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Problem.READ_ONLY,
    sqlite3.SQLITE_PERM: Problem.READ_ONLY,
    sqlite3.SQLITE_FULL: Problem.FULL,
    sqlite3.SQLITE_IOERR: Problem.DISK,
    sqlite3.SQLITE_CORRUPT: Problem.DAMAGED,
    sqlite3.SQLITE_NOTADB: Problem.DAMAGED,
    sqlite3.SQLITE_INTERRUPT: Problem.TIMED_OUT,
}
_PRIMARY_CODE = 0xFF
"""The bits of an extended error code that hold the primary one."""


def _problem_of(error: sqlite3.Error) -> Problem:
    if isinstance(error, _Damage):
        return Problem.DAMAGED
    if isinstance(error, _Newer):
        return Problem.NEWER
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return Problem.OTHER if code is None else _PROBLEMS.get(code & _PRIMARY_CODE, Problem.OTHER)


def _problem_of_system(error: OSError) -> Problem:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS | errno.ENOTDIR | errno.EISDIR:
            return Problem.READ_ONLY
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Problem.FULL
        case errno.EIO:
            return Problem.DISK
        case _:
            return Problem.OTHER
