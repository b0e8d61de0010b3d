"""The slow work behind the settings: the keyring, the file, the test of a connection. Widgets only hear of its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from contextlib import aclosing
from typing import Any

from PySide6.QtCore import QObject, Signal

from ctidesk.config.secrets import Answer, Program, account_of
from ctidesk.config.settings import Connection
from ctidesk.config.settings_file import SettingsError
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.probing import Fault, Step, StepName, StepState
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.ui.components.settings.draft import Draft
from ctidesk.ui.components.settings.program_work import ProgramWork
from ctidesk.ui.components.settings.services import Services

logger = logging.getLogger(__name__)


class Editing(QObject):
    """Saves, looks passwords up and tests connections, as tasks that end with `close`.

    Signals:
        password_found(answer): where the password of the typed account is; an `Answer`.
        step(step): a step of the test has begun or ended; a `Step`.
        tested(usable): the test is over.
        saved(reconnect): what was typed counts now; `reconnect` when a connection must be made anew for it.
        refused(words): it could not be saved; nothing has changed.
        reported(words): the report was written, or why not.
    """

    password_found = Signal(object)
    step = Signal(object)
    tested = Signal(bool)
    saved = Signal(bool)
    refused = Signal(str)
    reported = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = TaskOwner("settings")
        self._test: asyncio.Task[object] | None = None
        self._looking: asyncio.Task[object] | None = None
        self._saving = False
        self.programs = None if services.programs is None else ProgramWork(services.programs, self)

    def look_password_up(self, connection: Connection) -> None:
        """Find out where the password of the account is."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._start(self._look_up(connection))

    def forget_password(self, connection: Connection) -> None:
        """Take the password out of the keyring."""
        self._start(self._forget(connection))

    def test(self, connection: Connection, typed_password: str) -> None:
        """Try the connection; a password that was not typed is the one that is known."""
        self.stop_test()
        self._test = self._start(self._try(connection, typed_password))

    def stop_test(self) -> None:
        """Give the test up, if there is one."""
        if self._test is not None:
            self._test.cancel()
            self._test = None

    def save(self, draft: Draft, typed_password: str) -> None:
        """Save what was typed; an empty password stays as it is."""
        if not self._saving:
            self._saving = True
            self._start(self._save(draft, typed_password))

    def report(self, path: str) -> None:
        """Write the report for administrators."""
        self._start(self._report(path))

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run other slow work of a page."""
        self._start(work)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[object]:
        task = self._tasks.start(work)
        # A task that is cancelled before its first step never gets to `work`.
        task.add_done_callback(lambda _: work.close())
        return task

    async def close(self) -> None:
        """Give up what is running and wait for its end."""
        if self.programs is not None:
            await self.programs.close()
        await self._tasks.close()

    async def _look_up(self, connection: Connection) -> None:
        self.password_found.emit(await self._services.passwords.find(account_of(connection)))

    async def _forget(self, connection: Connection) -> None:
        self.password_found.emit(await self._services.passwords.forget(account_of(connection)))

    async def _try(self, connection: Connection, typed_password: str) -> None:
        usable = False
        password = typed_password or (await self._services.passwords.find(account_of(connection))).password
        try:
            async with aclosing(self._services.probe(connection, password)) as steps:
                async for step in steps:
                    self.step.emit(step)
                    usable = step.name is StepName.LINE and step.state is StepState.DONE
        except CtiException as error:
            self.step.emit(Step(StepName.ADDRESS, StepState.FAILED, error=error.error))
        except Exception:
            logger.exception("the test of the connection failed")
            self.step.emit(Step(StepName.LINE, StepState.FAILED, error=_defect(), fault=Fault.NONE))
        self.tested.emit(usable)

    async def _save(self, draft: Draft, typed_password: str) -> None:
        store, passwords = self._services.store, self._services.passwords
        changes, secrets = draft.changes, draft.secrets
        before = store.settings
        try:
            await store.change(changes)
        except SettingsError as error:
            self.refused.emit(error.error.text)
            return
        finally:
            self._saving = False
        after = store.settings
        old, new = account_of(before.connection), account_of(after.connection)
        answer: Answer | None = None
        if old != new and old.login:
            answer = await passwords.move(old, new)
        if typed_password:
            answer = await passwords.keep(new, typed_password)
        await self._keep_secrets(secrets)
        draft.take_saved()
        if answer is not None:
            self.password_found.emit(await passwords.find(new) if old != new and not typed_password else answer)
        self.saved.emit(bool(typed_password) or after.needs_new_line(before))

    async def _keep_secrets(self, secrets: Mapping[Program, str]) -> None:
        if self._services.programs is None or self.programs is None:
            return
        integration = self._services.store.settings.integration
        for program, secret in secrets.items():
            answer = await self._services.programs.keep_key(program, integration, secret)
            self.programs.key_found.emit(program, answer)

    async def _report(self, path: str) -> None:
        try:
            await asyncio.to_thread(self._services.report, path, self._services.machine())
        except OSError as error:
            words = translate("Diagnostics", "The report could not be written. {reason}")
            self.reported.emit(words.format(reason=error.strerror or type(error).__name__))
        else:
            self.reported.emit(translate("Diagnostics", "The report was written. It holds no password."))


def _defect() -> CtiError:
    text = translate("Settings", "The test has failed because of a defect in this program.")
    return CtiError(ErrorKind.GENERAL, text, source="settings.test")
