"""The contacts of this desk: the book, its file, and the folder that is kept in step with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ctidesk.cti.clock import Clock
from ctidesk.cti.signals import Signal
from ctidesk.cti.tasks import TaskOwner
from ctidesk.store.database import Database, StoreError
from ctidesk.store.numbers import NumberPlan

if TYPE_CHECKING:
    from ctidesk.store.contact import Contact, KnownContact
    from ctidesk.store.contact_book import ContactBook
    from ctidesk.store.contact_csv import CsvForm, CsvPreview
    from ctidesk.store.contact_folder import ContactFolder

# A desk without contacts never loads what reads them.

FILE = "contacts.db"
IMPORTED = "import:"
"""What the names of sources begin with that were imported by hand."""
CLOSE_LIMIT = 2.0

logger = logging.getLogger(__name__)


class Contacts:
    """The book of this desk. Its file is made with the first contact; without one nobody is asked.

    Signals:
        changed(): there are other contacts, or the book is another one.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        trouble: Callable[[str, str], None] | None = None,
        set_aside: Callable[[str], None] | None = None,
    ) -> None:
        """Prepare; nothing is opened before `set_up`.

        Args:
            folder: where the file is or will be.
            clock: sets the timer of the watched folder.
            trouble: called with the name of a file of the watched folder that could not be read, and why.
            set_aside: called with the name under which a damaged file of the contacts is kept.
        """
        self.changed: Signal[()] = Signal("contacts.changed")
        self._path = folder / FILE
        self._clock = clock
        self._trouble = trouble
        self._set_aside = set_aside
        self._plan = NumberPlan()
        self._watched = ""
        self._database: Database | None = None
        self._book: ContactBook | None = None
        self._folder: ContactFolder | None = None
        self._tasks = TaskOwner("contacts")
        self._one_plan_at_a_time = asyncio.Lock()
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def book(self) -> ContactBook | None:
        """The book, or None as long as there are no contacts."""
        if self._book is None and self._path.exists():
            self._open()
        return self._book

    def set_up(self, plan: NumberPlan, watched: str) -> None:
        """Follow other settings.

        Args:
            plan: how numbers are dialled here.
            watched: the folder whose files are kept in step; empty for none.
        """
        is_other_plan, is_other_folder = plan != self._plan, watched != self._watched
        self._plan, self._watched = plan, watched
        if is_other_plan and self._database is not None:
            self._open()
        if (is_other_folder or is_other_plan) and self._folder is not None:
            self._tasks.start(self._folder.close())
            self._folder = None
        if watched and self._folder is None:
            self._watch(Path(watched))
        elif is_other_folder and self.book is not None:
            self._tasks.start(self._forget_folder())

    async def preview(self, path: Path, form: CsvForm | None = None) -> CsvPreview:
        """Look at the beginning of a CSV file.

        Raises:
            StoreError: it cannot be read.
        """
        return await self._needed().preview(path, form)

    async def import_file(
        self, path: Path, form: CsvForm | None = None, progress: Callable[[float], None] | None = None
    ) -> int:
        """Take the contacts of a file in, in the place of those that it had before; return how many there are.

        Another file of the same name keeps its own.

        Raises:
            StoreError: the file cannot be read, or the book not be written; then it is as it was.
        """
        from ctidesk.store.contact_folder import contact_reader

        book = self._needed()
        mark = str(path)
        known = {name: mark for name, (mark, _) in (await book.sources()).items()}
        names = (f"{IMPORTED}{path.stem}{number}{path.suffix}" for number in _numbers())
        source = next(name for name in names if known.get(name, "") in ("", mark))
        return await book.read(source, contact_reader(path, form), mark=mark, progress=progress)

    async def sources(self) -> dict[str, int]:
        """Return how many contacts there are from where; names of files without what they begin with.

        Raises:
            StoreError: the book cannot be read.
        """
        if self.book is None:
            return {}
        found = await self.book.sources()
        return {name: number for name, (_, number) in found.items() if number}

    async def remove(self, source: str) -> None:
        """Forget the contacts of a source.

        Raises:
            StoreError: the book cannot be written.
        """
        if self.book is not None:
            await self.book.remove(source)

    async def search(self, text: str, limit: int) -> tuple[KnownContact, ...]:
        """Return contacts by the beginnings of words of name and company, or by a part of a number.

        Raises:
            StoreError: the book cannot be read.
        """
        return () if self.book is None else await self.book.search(text, limit)

    async def add(self, contact: Contact) -> None:
        """Add a contact of the operator's own.

        Raises:
            StoreError: the book cannot be written.
        """
        await self._needed().add(contact)

    async def close(self) -> None:
        """End; what was read stays."""
        self._unsubscribe()
        if self._folder is not None:
            await self._folder.close()
        await self._tasks.close()
        if self._database is not None:
            await self._database.close(CLOSE_LIMIT)

    def _needed(self) -> ContactBook:
        if self._book is None:
            self._open()
        assert self._book is not None
        return self._book

    def _open(self) -> None:
        """Have a book with the present plan; its numbers are brought into step in the file's thread."""
        from ctidesk.store.contact_book import ContactBook
        from ctidesk.store.contact_schema import CONTACTS

        self._unsubscribe()
        if self._database is None:
            self._database = Database(self._path, CONTACTS)
            self._database.set_aside = self._tell_set_aside
        self._book = book = ContactBook(self._database, self._plan)
        self._unsubscribe = book.changed.subscribe(self.changed.emit)
        self._tasks.start(self._bring_into_step(book))
        self.changed.emit()

    async def _bring_into_step(self, book: ContactBook) -> None:
        """Have the numbers read by the plan of `book`; one plan after the other, so that the last one counts."""
        try:
            async with self._one_plan_at_a_time:
                if book is self._book and await book.open():
                    self.changed.emit()  # whoever has asked meanwhile was answered by the former plan
        except StoreError as error:
            logger.warning("the contacts cannot be used: %s", error)

    def _tell_set_aside(self, kept: Path) -> None:
        if self._set_aside is not None:
            self._set_aside(kept.name)

    def _watch(self, folder: Path) -> None:
        from ctidesk.store.contact_folder import ContactFolder

        book = self._needed()
        assert self._database is not None
        self._folder = ContactFolder(folder, book, self._database, self._clock, trouble=self._trouble)
        self._folder.start()

    async def _forget_folder(self) -> None:
        """Contacts of a folder that is watched no more, or of another one, are nobody's."""
        from ctidesk.store.contact_folder import PREFIX

        assert self._book is not None
        book = self._book
        try:
            for source in await book.sources():
                if source.startswith(PREFIX) and not self._watched:
                    await book.remove(source)
        except StoreError as error:
            logger.warning("the contacts of the folder stay: %s", error)


def _numbers() -> Iterator[str]:
    """Yield what tells files of the same name from each other."""
    yield ""
    yield from (f" ({number})" for number in count(2))
