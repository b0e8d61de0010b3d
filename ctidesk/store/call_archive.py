"""The calls of a desk on one file: written while they happen, kept as long as wanted, looked through afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from ctidesk.cti.clock import Timer
from ctidesk.cti.model import CtiModel
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.database import Database, StoreError
from ctidesk.store.history import PAGE, History, HistoryFilter, HistoryPage
from ctidesk.store.journal import CLOSE_LIMIT, Journal
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.schema import JOURNAL

if TYPE_CHECKING:
    from ctidesk.store.exchange import ImportResult, Progress

FILE = "journal.db"
FIRST_CLEANING = 60.0
"""Seconds after the start when calls that are too old are first removed: not while the windows come."""
BETWEEN_CLEANINGS = 24 * 3600.0
BETWEEN_ATTEMPTS = 60.0
"""Seconds after which a file that could not be brought into step is tried again."""

logger = logging.getLogger(__name__)


class CallArchive:
    """The journal of a line and the questions about it.

    Signals:
        changed(): calls were written, noted, seen or removed; read the list anew.

    Attributes:
        database: the file; it is opened in its own thread.
        journal: writes the calls down; other parts add contact names to them by `journal.annotate`.
        history: looks through them.
    """

    def __init__(
        self,
        model: CtiModel,
        folder: Path,
        *,
        plan: NumberPlan | None = None,
        account: str = "",
        tells_others: Callable[[], None] | None = None,
    ) -> None:
        """Listen to `model` from now on; the file is opened by `start`.

        Args:
            model: whose calls are kept.
            folder: where the file is or will be.
            plan: how numbers are dialled here.
            account: whose line it is.
            tells_others: called when there are events for others in the file's outbox (`journal.receivers`).
        """
        self.changed: Signal[()] = Signal("archive.changed")
        self._model = model
        self._plan = plan or NumberPlan()
        self.database = Database(folder / FILE, JOURNAL)
        self.journal = Journal(model, self.database, plan=self._plan, account=account, tells_others=tells_others)
        self.history = History(self.database, self._plan)
        self._tasks = TaskOwner("archive")
        self._begun = model.clock.now()
        self._one_plan_at_a_time = asyncio.Lock()
        self._keep_days = 0
        self._cleaning: Timer | None = None
        self._renumbering: Timer | None = None
        self._unsubscribe = self.journal.changed.subscribe(lambda _: self.changed.emit())

    def start(self) -> None:
        """Open the file, in its thread; what happens before it is open is kept and written then."""
        self._tasks.start(self._open())
        self._clean_after(FIRST_CLEANING)

    def use_plan(self, plan: NumberPlan) -> None:
        """Read by another plan who is the same party, also in the calls that are there."""
        if plan != self._plan:
            self._plan = self.journal.plan = self.history.plan = plan
            if self._cleaning is not None:
                self._renumber_soon()

    def keep(self, days: int) -> None:
        """Remove calls that are older than `days`, once a day; 0 keeps them for ever."""
        if days != self._keep_days:
            self._keep_days = days
            if self._cleaning is not None:
                self._clean_after(FIRST_CLEANING)

    async def close(self) -> None:
        """Write what is left, as far as possible, and close the file; comes after the model's end."""
        timer, self._cleaning = self._cleaning, None
        if timer is not None:
            timer.cancel()
        await self._tasks.close()
        if self._renumbering is not None:
            self._renumbering.cancel()
        self._unsubscribe()
        await self.journal.close()
        await self.database.close(CLOSE_LIMIT)

    def now(self) -> datetime:
        """Return the time by the clock that calls are dated with."""
        return self._model.clock.now()

    # ---- looking through, all of it raises StoreError when the file cannot be used

    async def page(
        self, shown: HistoryFilter, *, search: str = "", before: int | None = None, limit: int = PAGE
    ) -> HistoryPage:
        """Return a part of the list; see `History.page`."""
        return await self.history.page(shown, search=search, before=before, limit=limit)

    async def missed_earlier(self) -> int:
        """Return how many calls were missed in former runs and neither looked at nor called back."""
        return await self.history.missed_count(self._begun)

    async def see_missed(self, *, with_earlier: bool) -> None:
        """Take the calls missed so far for looked at; those of former runs only if `with_earlier`."""
        now = self.now()
        await self.journal.write()
        await self.history.mark_missed_seen(now, None if with_earlier else self._begun)
        self.changed.emit()

    async def annotate(self, record_id: UUID, *, note: str | None = None, disposition: str | None = None) -> None:
        """Write a note or a disposition to a call; None leaves as it is. It is kept and tried again if need be."""
        await self.journal.annotate(record_id, note=note, disposition=disposition)

    async def name_party(self, number: str, name: str) -> None:
        """Write who the party of `number` is to all of its calls that have no other contact's name."""
        await self.journal.write()
        await self.history.name_party(number, name)
        self.changed.emit()

    # ---- files for others

    async def export(self, path: Path, progress: Progress | None = None, *, delimiter: str = ",") -> int:
        """Write all calls into a file, JSON by its ending or else CSV with `delimiter`; return how many there were."""
        from ctidesk.store.exchange import export_csv, export_json

        await self.journal.write()
        if path.suffix.casefold() in (".json", ".jsonl"):
            return await export_json(self.database, path, progress=progress)
        return await export_csv(self.database, path, delimiter=delimiter, progress=progress)

    async def take_in(self, path: Path, progress: Progress | None = None) -> ImportResult:
        """Take in the calls of a JSON file that `export` has written."""
        from ctidesk.store.exchange import import_json

        try:
            return await import_json(self.database, path, self._plan, progress=progress)
        finally:
            self.changed.emit()

    # ---- the whole file

    async def _open(self) -> None:
        await self.journal.open()
        await self._renumber()

    async def _renumber(self) -> None:
        from ctidesk.store.renumbering import renumber

        try:
            async with self._one_plan_at_a_time:  # in the order of the settings, so that the last one counts
                changed = await renumber(self.database, self._plan)
        except StoreError as error:
            logger.warning("parties are not read by the number plan of the settings: %s", error)
            self._renumber_later()
        else:
            self.history.has_marks = True
            if changed:
                logger.info("%d calls have another party by the number plan of the settings", changed)
                self.changed.emit()

    def _renumber_later(self) -> None:
        if self._renumbering is not None:
            self._renumbering.cancel()
        self._renumbering = self._model.clock.call_later(BETWEEN_ATTEMPTS, self._renumber_soon)

    def _renumber_soon(self) -> None:
        self._tasks.start(self._renumber())

    def _clean_after(self, seconds: float) -> None:
        if self._cleaning is not None:
            self._cleaning.cancel()
        self._cleaning = self._model.clock.call_later(seconds, self._clean_soon)

    def _clean_soon(self) -> None:
        self._tasks.start(self._clean())
        self._clean_after(BETWEEN_CLEANINGS)

    async def _clean(self) -> None:
        if not self._keep_days:
            return
        try:
            removed = await self._remove_older(self.now() - timedelta(days=self._keep_days))
        except StoreError as error:
            logger.warning("old calls could not be removed, next attempt tomorrow: %s", error)
        else:
            if removed:
                logger.info("%d calls older than %d days are removed", removed, self._keep_days)
                self.changed.emit()

    async def _remove_older(self, before: datetime) -> int:
        from ctidesk.store.retention import remove_older

        return await remove_older(self.database, before)
