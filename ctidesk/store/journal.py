"""Every call from its first event on, on disk (anchors: history is written at ring time, not at hangup)."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from ctidesk.cti.call import Call
from ctidesk.cti.clock import Timer
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import CallSaved, CtiEvent, ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.store import calls_table, outbox
from ctidesk.store.call_log import CallLog
from ctidesk.store.calls_table import Stage
from ctidesk.store.database import OPENING_LIMIT, Database, Problem, StoreError, transaction
from ctidesk.store.exported_call import exported
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.outbox import EventKind
from ctidesk.store.record import CallRecord, StoredCall
from ctidesk.store.spool import Spool

PROGRESS_INTERVAL = 30.0
"""Seconds between two records of a call's durations while nothing else happens."""
FIRST_RETRY = 1.0
LONGEST_RETRY = 60.0
"""Seconds between attempts to write what could not be written."""
CLOSE_LIMIT = 2.0
"""Seconds that the end of the program waits for the disk."""
LARGEST_BATCH = 200
"""Records written in one transaction."""

logger = logging.getLogger(__name__)


class Journal:
    """Writes the calls of a model down while they happen.

    What cannot be written is kept, told once, and written as soon as that is possible again.

    Signals:
        changed(record_ids): these calls are written, new or anew.
    """

    def __init__(
        self,
        model: CtiModel,
        database: Database,
        *,
        plan: NumberPlan | None = None,
        account: str = "",
        spool: Path | None = None,
        on_error: Callable[[CtiError], None] | None = None,
        tells_others: Callable[[], None] | None = None,
        receivers: Collection[str] = (),
    ) -> None:
        """Listen to `model` from now on.

        Args:
            model: whose calls are written; it is told `CallSaved` for each record written.
            database: the file, with the schema `schema.JOURNAL`.
            plan: how numbers are dialled here.
            account: whose line it is.
            spool: the file that bridges the time until the database has a record; beside the database by default.
            on_error: hears of errors of kind CALL_SAVING; by default the model tells them.
            tells_others: called when there are events for others in the outbox.
            receivers: who gets events of calls; can be set anew later.
        """
        self.changed: Signal[frozenset[UUID]] = Signal("journal.changed")
        self.plan = plan or NumberPlan()
        self._model = model
        self._database = database
        self._on_error = on_error or (lambda error: model.tell(ErrorOccurred(error)))
        self.tells_others = tells_others
        self.receivers: Collection[str] = receivers
        self._log = CallLog(account)
        self._spool = Spool(spool or database.path.with_suffix(".spool"))
        self._waiting: dict[UUID, CallRecord] = {}
        self._calls: dict[UUID, Call] = {}
        self._additions: dict[UUID, _Addition] = {}
        self._unknown: set[UUID] = set()  # of calls that something was to be added to, and that are not there
        self._tasks = TaskOwner("journal", self._task_failed)
        self._is_open = False
        self._writing = asyncio.Lock()
        self._will_write = False
        self._told: Problem | None = None
        self._retry: Timer | None = None
        self._retry_wait = FIRST_RETRY
        self._progress: Timer | None = None
        database.set_aside = self._set_aside
        self._unsubscribe = model.events.subscribe(self._take)

    @property
    def waiting(self) -> int:
        """How many records are not in the database yet."""
        return len(self._waiting)

    async def open(self) -> None:
        """Take in what the last run left and begin to write; never raises `StoreError`: it is told and tried again."""
        await self._write_all()

    async def annotate(
        self,
        record_id: UUID,
        *,
        note: str | None = None,
        disposition: str | None = None,
        contact_name: str | None = None,
    ) -> None:
        """Write a note, a disposition or who it was to a call; None leaves as it is.

        Raises:
            StoreError: it is not written yet, but kept and tried again like the calls; or there is no such call.
        """
        before = self._additions.get(record_id, _Addition())
        self._additions[record_id] = before.with_newer(_Addition(note, disposition, contact_name))
        await self._write_all()
        if record_id in self._additions:
            raise StoreError(self._told or Problem.OTHER, "it will be tried again")
        if record_id in self._unknown:
            self._unknown.discard(record_id)
            raise StoreError(Problem.OTHER, "no such call")

    async def find(self, record_id: UUID) -> StoredCall | None:
        """Return a call as it is stored, or None."""
        return await self._database.run(lambda connection: calls_table.by_record_id(connection, record_id))

    async def write(self) -> None:
        """Write what waits, if that is possible now; else it is told and tried again."""
        await self._write_all()

    async def close(self) -> None:
        """Write what is left, as far as possible, and end; comes after the model's end and before the database's.

        What a disk that does not answer has not taken by then is in the spool, which the next start reads.
        """
        self._unsubscribe()
        self._cancel_timers()
        await self._tasks.close()
        try:
            async with asyncio.timeout(CLOSE_LIMIT):
                await self._write_all()
        except TimeoutError:
            logger.warning("%d calls are left to the next start", len(self._waiting))
        finally:
            self._cancel_timers()
            self._spool.close()

    # ---- events

    def _take(self, event: CtiEvent) -> None:
        clock = self._model.clock
        records = self._log.take(event, clock.monotonic(), clock.now())
        call = getattr(event, "call", None)
        if isinstance(call, Call) and records:
            self._calls[call.record_id] = call
        self._keep(records)

    def _keep(self, records: Sequence[CallRecord]) -> None:
        for record in records:
            self._spool.append(record)
            self._waiting[record.record_id] = record
        if not records:
            return
        if self._progress is None:
            self._progress = self._model.clock.call_later(PROGRESS_INTERVAL, self._keep_progress)
        if self._is_open and self._retry is None:
            self._write_soon()

    def _keep_progress(self) -> None:
        self._progress = None
        clock = self._model.clock
        self._keep(self._log.progress(clock.monotonic(), clock.now()))

    # ---- writing

    def _write_soon(self) -> None:
        if not self._will_write:
            self._will_write = True
            self._tasks.start(self._write_all())

    async def _write_all(self) -> None:
        async with self._writing:
            self._will_write = False
            try:
                if not self._is_open:
                    await self._open()
                while self._waiting:
                    await self._write_batch()
                self._spool.clear()
                while self._additions:
                    await self._write_additions()
            except StoreError as error:
                self._failed(error)
            else:
                self._told = None
                self._retry_wait = FIRST_RETRY
                self._cancel_retry()

    async def _open(self) -> None:
        receivers = self.receivers
        left = await self._database.run(lambda _: self._spool.read(), OPENING_LIMIT)
        # What happened in this run already is waiting, too, and must not be taken for interrupted.
        left = [record for record in left if record.record_id not in self._waiting]

        def work(connection: sqlite3.Connection) -> list[StoredCall]:
            with transaction(connection):
                saved = _save(connection, left, self.plan, receivers=receivers)
                closed = calls_table.close_open_calls(connection)
                if receivers:
                    for call in closed:
                        _put_reached(connection, call, receivers)
                return [*saved, *closed]

        saved = await self._database.run(work, OPENING_LIMIT)
        self._is_open = True
        self._tell_written(saved)

    async def _write_batch(self) -> None:
        batch = tuple(self._waiting.values())[:LARGEST_BATCH]
        receivers = self.receivers

        def work(connection: sqlite3.Connection) -> list[StoredCall]:
            with transaction(connection):
                return _save(connection, batch, self.plan, receivers=receivers)

        saved = await self._database.run(work)
        for record in batch:
            if self._waiting.get(record.record_id) is record:
                del self._waiting[record.record_id]
        self._tell_written(saved)
        for record in batch:
            call = self._calls.get(record.record_id)
            if call is not None:
                if not call.is_active and record.record_id not in self._waiting:
                    del self._calls[record.record_id]
                self._model.tell(CallSaved(call))

    async def _write_additions(self) -> None:
        additions = dict(self._additions)
        receivers = self.receivers

        def work(connection: sqlite3.Connection) -> list[UUID]:
            with transaction(connection):
                return [
                    one
                    for one, added in additions.items()
                    if not self._add(connection, one, added, receivers=receivers)
                ]

        unknown = await self._database.run(work)
        for record_id, added in additions.items():
            if self._additions.get(record_id) is added:
                del self._additions[record_id]
        self._unknown.update(unknown)
        if receivers and self.tells_others is not None:
            self.tells_others()
        self.changed.emit(frozenset(additions) - frozenset(unknown))

    def _add(
        self, connection: sqlite3.Connection, record_id: UUID, added: _Addition, *, receivers: Collection[str]
    ) -> bool:
        """Add to a call what was noted; in the database's thread. Returns whether there is such a call."""
        call = calls_table.annotate(
            connection,
            record_id,
            self.plan,
            note=added.note,
            disposition=added.disposition,
            contact_name=added.contact_name,
        )
        if call is not None and receivers and (added.note is not None or added.disposition is not None):
            _put_noted(connection, call, receivers)
        return call is not None

    def _tell_written(self, saved: list[StoredCall]) -> None:
        if saved:
            self.changed.emit(frozenset(call.record.record_id for call in saved))
            if self.tells_others is not None:
                self.tells_others()

    # ---- trouble

    def _failed(self, error: StoreError) -> None:
        logger.warning("%d calls wait to be written: %s", len(self._waiting), error)
        if self._told is None:
            self._told = error.problem
            self._on_error(_error(_text(error.problem), error.detail))
        self._cancel_retry()
        self._retry = self._model.clock.call_later(self._retry_wait, self._try_again)
        self._retry_wait = min(2 * self._retry_wait, LONGEST_RETRY)

    def _try_again(self) -> None:
        self._retry = None
        self._write_soon()

    def _set_aside(self, kept: Path) -> None:
        text = translate(
            "Journal", "The list of calls was damaged and a new one was begun. The old file is kept: {file}"
        )
        self._on_error(_error(text.format(file=kept.name), str(kept)))

    def _task_failed(self, error: BaseException) -> None:
        text = translate("Journal", "Calls cannot be saved because of a defect in this program. Calls go on.")
        self._on_error(_error(text, type(error).__name__))

    def _cancel_retry(self) -> None:
        timer, self._retry = self._retry, None
        if timer is not None:
            timer.cancel()

    def _cancel_timers(self) -> None:
        self._cancel_retry()
        timer, self._progress = self._progress, None
        if timer is not None:
            timer.cancel()


class _Addition(Struct, frozen=True):
    """What was added to a call here; None leaves as it is."""

    note: str | None = None
    disposition: str | None = None
    contact_name: str | None = None

    def with_newer(self, newer: _Addition) -> _Addition:
        """Return both together; where both say something the newer counts."""
        return _Addition(
            self.note if newer.note is None else newer.note,
            self.disposition if newer.disposition is None else newer.disposition,
            self.contact_name if newer.contact_name is None else newer.contact_name,
        )


def _save(
    connection: sqlite3.Connection, records: Sequence[CallRecord], plan: NumberPlan, *, receivers: Collection[str]
) -> list[StoredCall]:
    saved = []
    for record in records:
        call = calls_table.save(connection, record, plan)
        if call is None:
            continue
        saved.append(call)
        if receivers:
            _put_reached(connection, call, receivers)
    return saved


_KINDS = (
    (Stage.STARTED, EventKind.STARTED),
    (Stage.CONNECTED, EventKind.CONNECTED),
    (Stage.FINISHED, EventKind.FINISHED),
)


def _put_reached(connection: sqlite3.Connection, call: StoredCall, receivers: Collection[str]) -> None:
    reached = calls_table.reach_stages(connection, call)
    for stage, kind in _KINDS:
        if stage in reached:
            event_id = f"{call.record.record_id}:{kind}:{call.record.revision}"
            outbox.put(connection, receivers, event_id, _body(kind, call))


def _put_noted(connection: sqlite3.Connection, call: StoredCall, receivers: Collection[str]) -> None:
    event_id = f"{call.record.record_id}:{EventKind.NOTED}:{uuid4()}"
    outbox.put(connection, receivers, event_id, _body(EventKind.NOTED, call))


def _body(kind: EventKind, call: StoredCall) -> bytes:
    return msgspec.json.encode({"event": kind.value, "call": exported(call)})


def _error(text: str, raw: str) -> CtiError:
    return CtiError(ErrorKind.CALL_SAVING, text, raw=raw, source="journal")


def _text(problem: Problem) -> str:
    kept = translate("Journal", "Calls go on; they are kept and will be saved when that is possible.")
    match problem:
        case Problem.FULL:
            why = translate("Journal", "The disk is full: calls cannot be saved. Make room on it.")
        case Problem.DISK:
            why = translate("Journal", "The disk does not take the calls: it may be full or broken.")
        case Problem.READ_ONLY:
            why = translate("Journal", "Calls cannot be saved: this program may not write into its folder.")
        case Problem.LOCKED:
            why = translate("Journal", "Calls cannot be saved: another program is using the list of calls.")
        case Problem.NEWER:
            why = translate(
                "Journal", "Calls cannot be saved: the list of calls is of a newer version. Update this program."
            )
        case Problem.TIMED_OUT:
            why = translate("Journal", "Calls cannot be saved: the disk does not answer.")
        case _:
            why = translate("Journal", "Calls cannot be saved. Look into the diagnostics.")
    return f"{why} {kept}"
