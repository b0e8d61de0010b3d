"""What the windows ask of the archive of calls. The work is done in tasks; widgets only hear of its end.

Whoever imports this loads SQLite: an operator's start does so when the tray icon stands.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QLocale, QObject, Signal

from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.database import StoreError
from ctidesk.store.history import HistoryFilter
from ctidesk.store.record import StoredCall
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.widgets.bidi import isolate

MOST_RECENT = 5
"""Parties in the menu of the tray icon (ux.md, "Tray")."""
SAVING_LIMIT = 2.0
"""Seconds that the end of the program waits for notes that are being written."""

logger = logging.getLogger(__name__)


class PastCalls(QObject):
    """Asks for pages, writes notes, and writes and reads files.

    Signals:
        changed(): the list is another one; ask for it anew. Once per turn of the event loop.
        answered(number, page): the page of the question with this number, a `HistoryPage`.
        failed(number): that question cannot be answered now.
        waiting_counted(count): so many parties were missed since the moment asked for and not called back.
        found(call): a call that was asked for, a `StoredCall`.
        noted(record_id, is_written): a note was written; or is kept and will be.
        progressed(part): so much of a file is done, from 0 to 1.
        told(words, is_error): what became of a file.
    """

    changed = Signal()
    answered = Signal(int, object)
    failed = Signal(int)
    waiting_counted = Signal(int)
    found = Signal(object)
    noted = Signal(object, bool)
    progressed = Signal(float)
    told = Signal(str, bool)

    def __init__(self, archive: CallArchive, missed: MissedCalls, parent: QObject | None = None) -> None:
        """Follow `archive`; what `missed` takes for seen is written there."""
        super().__init__(parent)
        self.missed = missed
        self._archive = archive
        self._questions = TaskOwner("questions about calls")
        self._writings = TaskOwner("notes about calls")
        self._number = 0
        self._asking: asyncio.Task[object] | None = None
        self._filing: asyncio.Task[object] | None = None
        self._counting: asyncio.Task[object] | None = None
        self._unsubscribe = archive.changed.subscribe(self._change)
        missed.seen.connect(self._see)
        self._recount()
        self._reading: asyncio.Task[object] | None = None
        self._recent: tuple[StoredCall, ...] = ()
        self._read_recent()

    @property
    def recent(self) -> tuple[StoredCall, ...]:
        """The newest call with each of the last few parties, the newest first."""
        return self._recent

    @property
    def is_filing(self) -> bool:
        """Whether a file is being written or read."""
        return self._filing is not None and not self._filing.done()

    def today(self) -> date:
        """Return the day on the operator's calendar."""
        return self._archive.now().astimezone().date()

    def ask(self, shown: HistoryFilter, search: str, before: int | None, limit: int) -> int:
        """Ask for a page, and no more for the one before; returns the number of the question."""
        self._number += 1
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._questions.start(self._ask(self._number, shown, search, before, limit))
        return self._number

    def count_waiting(self, since: datetime) -> None:
        """Ask how many parties were missed since then and not called back."""
        self._questions.start(self._count_waiting(since))

    def find(self, record_id: UUID) -> None:
        """Ask for one call; when there is none nothing is told."""
        self._questions.start(self._find(record_id))

    def note(self, record_id: UUID, note: str | None = None, disposition: str | None = None) -> None:
        """Write what the operator says about a call; None leaves as it is."""
        self._writings.start(self._note(record_id, note, disposition))

    def export(self, path: str) -> None:
        """Write all calls into a file."""
        self._file(self._export(Path(path)))

    def take_in(self, path: str) -> None:
        """Take in the calls of a file."""
        self._file(self._take_in(Path(path)))

    def stop_filing(self) -> None:
        """Give the file up."""
        if self._filing is not None:
            self._filing.cancel()

    async def close(self) -> None:
        """Give questions up, wait a moment for what is being written; comes before the archive's end."""
        self._unsubscribe()
        self.missed.seen.disconnect(self._see)
        await self._questions.close()
        try:
            async with asyncio.timeout(SAVING_LIMIT):
                await self._writings.finish()
        except TimeoutError:
            logger.warning("the last notes were not written in time")
        await self._writings.close()

    # ---- tasks

    async def _ask(self, number: int, shown: HistoryFilter, search: str, before: int | None, limit: int) -> None:
        try:
            page = await self._archive.page(shown, search=search, before=before, limit=limit)
        except StoreError as error:
            logger.info("the list of calls cannot be read: %s", error)
            self.failed.emit(number)
        else:
            self.answered.emit(number, page)

    async def _count_waiting(self, since: datetime) -> None:
        try:
            self.waiting_counted.emit(await self._archive.history.waiting_for_call_back(since))
        except StoreError as error:
            logger.info("missed calls cannot be counted: %s", error)

    async def _find(self, record_id: UUID) -> None:
        try:
            call = await self._archive.journal.find(record_id)
        except StoreError as error:
            logger.info("a call cannot be read: %s", error)
        else:
            if call is not None:
                self.found.emit(call)

    def _read_recent(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._questions.start(self._ask_recent())

    async def _ask_recent(self) -> None:
        try:
            self._recent = await self._archive.history.parties("", MOST_RECENT)
        except StoreError as error:
            logger.info("the last calls cannot be read: %s", error)

    def _change(self) -> None:
        self.changed.emit()
        self._read_recent()
        if self.missed.earlier:
            self._recount()

    def _recount(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
        self._counting = self._questions.start(self._count_earlier())

    async def _count_earlier(self) -> None:
        try:
            self.missed.take_earlier(await self._archive.missed_earlier())
        except StoreError as error:
            logger.info("missed calls cannot be counted: %s", error)

    def _see(self, with_earlier: bool) -> None:
        if self._counting is not None:
            self._counting.cancel()  # what it would count has just been seen
        self._writings.start(self._write_seen(with_earlier))

    async def _write_seen(self, with_earlier: bool) -> None:
        try:
            await self._archive.see_missed(with_earlier=with_earlier)
        except StoreError as error:
            logger.warning("that missed calls were seen is not written: %s", error)

    async def _note(self, record_id: UUID, note: str | None, disposition: str | None) -> None:
        try:
            await self._archive.annotate(record_id, note=note, disposition=disposition)
        except StoreError as error:
            logger.info("a note waits to be written: %s", error)
            self.noted.emit(record_id, False)
        else:
            self.noted.emit(record_id, True)

    # ---- files

    def _file(self, work: Coroutine[Any, Any, None]) -> None:
        if self.is_filing:
            work.close()
            return
        self._filing = self._questions.start(work)

    async def _export(self, path: Path) -> None:
        try:
            count = await self._archive.export(path, self.progressed.emit, delimiter=_delimiter())
        except StoreError as error:
            words = translate("History", "The file could not be written: {reason}")
            self.told.emit(words.format(reason=isolate(error.detail or error.problem.value)), True)
        except asyncio.CancelledError:
            self.told.emit(translate("History", "Stopped. No file was written."), False)
            raise
        else:
            words = translate("History", "Calls written to {file}: {count}")
            self.told.emit(words.format(file=isolate(path.name), count=count), False)

    async def _take_in(self, path: Path) -> None:
        try:
            result = await self._archive.take_in(path, self.progressed.emit)
        except StoreError as error:
            words = translate("History", "The file could not be read: {reason}")
            self.told.emit(words.format(reason=isolate(error.detail or error.problem.value)), True)
        except asyncio.CancelledError:
            self.told.emit(translate("History", "Stopped. What was taken in so far stays."), False)
            raise
        else:
            words = translate("History", "New calls: {added} · changed: {updated} · known: {unchanged}")
            text = words.format(added=result.added, updated=result.updated, unchanged=result.unchanged)
            if result.rejected:
                number, reason = result.reasons[0]
                wrong = translate("History", "Lines that are no calls: {count}, the first is line {number}: {reason}")
                text += ". " + wrong.format(count=result.rejected, number=number, reason=isolate(reason))
            self.told.emit(text, bool(result.rejected))


def _delimiter() -> str:
    """Return the sign between the cells of a table as spreadsheets of this country read it."""
    return ";" if QLocale.system().decimalPoint() == "," else ","
