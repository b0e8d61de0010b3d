"""A folder of contact files that is kept in step with the book: new, changed and removed files."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.contact import ContactReader
from ctidesk.store.contact_book import ContactBook
from ctidesk.store.contact_csv import CsvContacts, CsvForm
from ctidesk.store.database import Database, StoreError
from ctidesk.store.vcard import VcardContacts

INTERVAL = 30.0
"""Seconds between two looks at the folder."""
PREFIX = "file:"
"""What the names of sources from the folder begin with."""

logger = logging.getLogger(__name__)


def contact_reader(path: Path, form: CsvForm | None = None, *, legacy: str = "cp1251") -> ContactReader:
    """Return the reader for a file by its ending: vCard for ``.vcf`` and ``.vcard``, else CSV."""
    if path.suffix.lower() in _VCARD:
        return VcardContacts(path, legacy=legacy)
    return CsvContacts(path, form, legacy=legacy)


class ContactFolder:
    """Looks at a folder from time to time and reads what has changed.

    A file that is still being written is not read before it stays as it is for one interval. A folder that cannot be
    read, as a network share may be for a while, changes nothing.
    """

    def __init__(
        self,
        folder: Path,
        book: ContactBook,
        database: Database,
        clock: Clock,
        *,
        forms: Mapping[str, CsvForm] | None = None,
        legacy: str = "cp1251",
        interval: float = INTERVAL,
        trouble: Callable[[str, str], None] | None = None,
    ) -> None:
        """Prepare; nothing is read before `start`.

        Args:
            folder: where the files are; folders in it do not count.
            book: where the contacts go.
            database: that of the book; the folder is looked at in its thread.
            clock: sets the timer.
            forms: how CSV files are to be read, by the name of the file; others are recognised.
            legacy: the code page of files that are no Unicode.
            interval: seconds between two looks.
            trouble: called with the name of a file that could not be read, and why; once for each state of the file.
        """
        self._folder = folder
        self._book = book
        self._database = database
        self._clock = clock
        self._forms = dict(forms or {})
        self._legacy = legacy
        self._interval = interval
        self._trouble = trouble
        self._tasks = TaskOwner("contact folder")
        self._timer: Timer | None = None
        self._looking = asyncio.Lock()
        self._seen: dict[str, str] = {}
        self._failed: dict[str, str] = {}

    def start(self) -> None:
        """Look at once, and from time to time until `close`."""
        self._tasks.start(self._look_and_wait())

    async def look(self) -> None:
        """Look at the folder now."""
        async with self._looking:
            try:
                await self._look()
            except StoreError as error:
                logger.warning("the folder of contacts is left as it was: %s", error)

    async def close(self) -> None:
        """End; what was read stays."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        await self._tasks.close()

    async def _look_and_wait(self) -> None:
        await self.look()
        self._timer = self._clock.call_later(self._interval, self.start)

    async def _look(self) -> None:
        marks = await self._database.run(lambda _: _marks(self._folder))
        if marks is None:
            return
        known = {
            name.removeprefix(PREFIX): mark
            for name, (mark, _) in (await self._book.sources()).items()
            if name.startswith(PREFIX)
        }
        before, self._seen = self._seen, marks
        for name, mark in marks.items():
            if known.get(name) != mark and before.get(name) == mark and self._failed.get(name) != mark:
                await self._read(name, mark)
        for name in known.keys() - marks.keys() - before.keys():
            await self._book.remove(PREFIX + name)

    async def _read(self, name: str, mark: str) -> None:
        reader = contact_reader(self._folder / name, self._forms.get(name), legacy=self._legacy)
        try:
            number = await self._book.read(PREFIX + name, reader, mark=mark)
        except StoreError as error:
            self._failed[name] = mark
            logger.warning("a file of contacts cannot be read: %s", error)
            if self._trouble is not None:
                self._trouble(name, error.detail)
        else:
            self._failed.pop(name, None)
            logger.info("%d contacts are read from a file", number)


_VCARD = (".vcf", ".vcard")
_KINDS = (*_VCARD, ".csv", ".tsv", ".txt")


def _marks(folder: Path) -> dict[str, str] | None:
    """Return what tells the state of each file from others, or None when the folder cannot be read."""
    try:
        return {
            path.name: f"{status.st_size}-{status.st_mtime_ns}"
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in _KINDS and not path.name.startswith((".", "~")) and path.is_file()
            for status in (path.stat(),)
        }
    except OSError as error:
        logger.info("the folder of contacts cannot be read: %s", error.strerror)
        return None
