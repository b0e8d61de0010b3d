"""The slow work behind the pages about contacts and other programs. Widgets only hear of its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ctidesk.config.secrets import Program
from ctidesk.config.settings import Integration, Settings
from ctidesk.cti.identification import Source, TrialFailed
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.other_programs import OtherPrograms

if TYPE_CHECKING:
    from ctidesk.store.contact_csv import CsvForm


class ProgramWork(QObject):
    """Asks the keyring, tries lookups and reads files of contacts, as tasks that end with `close`.

    Signals:
        key_found(program, answer): where the secret for a `Program` is; an `Answer`.
        tried(source, lines, trouble): whom a `Source` found, a tuple of str; or why there was no answer.
        sources_found(sources): how many contacts there are from where, a dict.
        previewed(preview): the beginning of a file of contacts, a `CsvPreview`.
        progressed(part): so much of it is read, from 0 to 1.
        imported(count): all of it is.
        failed(words): that was not possible.
    """

    key_found = Signal(object, object)
    tried = Signal(object, object, str)
    sources_found = Signal(object)
    previewed = Signal(object)
    progressed = Signal(float)
    imported = Signal(int)
    failed = Signal(str)

    def __init__(self, programs: OtherPrograms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._programs = programs
        self._tasks = TaskOwner("settings of other programs")
        self._import: asyncio.Task[object] | None = None
        self._preview: asyncio.Task[object] | None = None
        self._trial: asyncio.Task[object] | None = None

    @property
    def is_importing(self) -> bool:
        """Whether a file is being read."""
        return self._import is not None and not self._import.done()

    def look_key_up(self, program: Program, integration: Integration) -> None:
        """Find out where the secret for a program is."""
        self._start(self._look_key_up(program, integration))

    def forget_key(self, program: Program, integration: Integration) -> None:
        """Take the secret for a program out of the keyring."""
        self._start(self._forget_key(program, integration))

    def try_source(self, source: Source, settings: Settings, secret: str, number: str) -> None:
        """Look a number up by what is typed."""
        if self._trial is not None:
            self._trial.cancel()
        self._trial = self._start(self._try(source, settings, secret, number))

    def list_sources(self) -> None:
        """Find out how many contacts there are from where."""
        self._start(self._list_sources())

    def remove_source(self, name: str) -> None:
        """Forget the contacts of a source."""
        self._start(self._remove_source(name))

    def preview(self, path: str, form: CsvForm | None = None) -> None:
        """Look at the beginning of a CSV file; a look that is going on is given up."""
        if self._preview is not None:
            self._preview.cancel()
        self._preview = self._start(self._look_at(Path(path), form))

    def import_file(self, path: str, form: CsvForm | None = None) -> None:
        """Take the contacts of a file in."""
        if not self.is_importing:
            self._import = self._start(self._import_file(Path(path), form))

    def stop_import(self) -> None:
        """Give the file up; the contacts stay as they were."""
        if self._import is not None:
            self._import.cancel()

    async def close(self) -> None:
        """Give up what is running and wait for its end."""
        await self._tasks.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[object]:
        task = self._tasks.start(work)
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())
        return task

    async def _look_key_up(self, program: Program, integration: Integration) -> None:
        self.key_found.emit(program, await self._programs.find_key(program, integration))

    async def _forget_key(self, program: Program, integration: Integration) -> None:
        self.key_found.emit(program, await self._programs.forget_key(program, integration))

    async def _try(self, source: Source, settings: Settings, secret: str, number: str) -> None:
        try:
            lines = await self._programs.find(source, settings, secret, number)
        except TrialFailed as error:
            self.tried.emit(source, (), str(error))
        else:
            self.tried.emit(source, lines, "")

    async def _list_sources(self) -> None:
        from ctidesk.store.database import StoreError

        try:
            self.sources_found.emit(await self._programs.contacts.sources())
        except StoreError as error:
            self.failed.emit(_words(error))

    async def _remove_source(self, name: str) -> None:
        from ctidesk.store.database import StoreError

        try:
            await self._programs.contacts.remove(name)
            self.sources_found.emit(await self._programs.contacts.sources())
        except StoreError as error:
            self.failed.emit(_words(error))

    async def _look_at(self, path: Path, form: CsvForm | None) -> None:
        from ctidesk.store.database import StoreError

        try:
            self.previewed.emit(await self._programs.contacts.preview(path, form))
        except StoreError as error:
            self.failed.emit(_words(error))

    async def _import_file(self, path: Path, form: CsvForm | None) -> None:
        from ctidesk.store.database import StoreError

        try:
            count = await self._programs.contacts.import_file(path, form, self.progressed.emit)
        except StoreError as error:
            self.failed.emit(_words(error))
        else:
            self.imported.emit(count)
            await self._list_sources()


def _words(error: Exception) -> str:
    text = translate("Contacts", "This was not possible; the contacts are as they were. ({reason})")
    return text.format(reason=getattr(error, "detail", "") or str(error))
