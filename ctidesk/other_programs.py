"""The company's other programs, for the whole run. What works with them is loaded when it is needed first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ctidesk.config.secrets import Answer, Program, program_account
from ctidesk.config.settings import Integration, Settings
from ctidesk.cti.clock import Clock, SystemClock
from ctidesk.cti.identification import Source, TrialFailed
from ctidesk.cti.model import CtiModel
from ctidesk.ui.components.settings.passwords import Passwords

if TYPE_CHECKING:
    from ctidesk.integration.contacts import Contacts
    from ctidesk.integration.programs import LinePrograms, Programs
    from ctidesk.store.call_archive import CallArchive

# An operator's start must not wait for databases and HTTP.


class OtherPrograms:
    """Follows the settings, and joins each line with the programs that they name."""

    def __init__(self, folder: Path, keys: Passwords, clock: Clock | None = None) -> None:
        """Prepare; nothing is loaded or opened.

        Args:
            folder: where contacts are kept.
            keys: where passwords are kept.
            clock: the time; the computer's by default.
        """
        self._folder = folder
        self._keys = keys
        self._clock = clock or SystemClock()
        self._settings = Settings()
        self._programs: Programs | None = None

    @property
    def contacts(self) -> Contacts:
        """The contacts of this desk."""
        return self._load().contacts

    def set_up(self, settings: Settings) -> None:
        """Follow other settings."""
        self._settings = settings
        if self._programs is not None:
            self._programs.set_up(settings)

    def network_available(self) -> None:
        """Try at once what could not be delivered: the network is back, or the computer has woken."""
        if self._programs is not None:
            self._programs.network_available()

    async def find_key(self, program: Program, integration: Integration) -> Answer:
        """Return where the secret for a program is kept."""
        return await self._keys.find(program_account(program, integration))

    async def keep_key(self, program: Program, integration: Integration, secret: str) -> Answer:
        """Keep the secret for a program, and use it from now on."""
        answer = await self._keys.keep(program_account(program, integration), secret)
        if self._programs is not None:
            self._programs.keys_changed()
        return answer

    async def forget_key(self, program: Program, integration: Integration) -> Answer:
        """Take the secret for a program out of the keyring."""
        return await self._keys.forget(program_account(program, integration))

    def join(self, model: CtiModel, archive: CallArchive, say: Callable[[str, str], None]) -> LinePrograms:
        """Let a line work together with the other programs until it is closed.

        Args:
            model: the line; it has not been started yet.
            archive: its calls.
            say: tells the operator something once: a title and a sentence.
        """
        programs = self._load()
        programs.say = say
        return programs.join(model, archive)

    async def leave(self, line: LinePrograms) -> None:
        """Let go of a line that has ended; what was not delivered is kept."""
        if self._programs is not None:
            self._programs.say = None
            self._programs.leave()
        await line.close()

    async def find(self, source: Source, settings: Settings, secret: str, number: str) -> tuple[str, ...]:
        """Return in words whom a source finds under a number; for a test before the settings count.

        Args:
            source: `LOOKUP` or `CREATIO`.
            settings: as they are typed.
            secret: the password as it is typed; an empty one is taken from the keyring.
            number: any number; empty only tries whether there is an answer.

        Raises:
            TrialFailed: there is no answer to use.
        """
        from ctidesk.integration.trials import find
        from ctidesk.store.found import LookupFailed

        try:
            found = await find(source, settings, secret, self._keys, self._clock, number)
        except LookupFailed as error:
            raise TrialFailed(str(error)) from error
        return tuple(" · ".join(part for part in (one.name, one.company, one.title) if part) for one in found)

    async def close(self) -> None:
        """End; comes after the line's end."""
        if self._programs is not None:
            await self._programs.close()

    def _load(self) -> Programs:
        if self._programs is None:
            from ctidesk.integration.programs import Programs
            from ctidesk.system.opening import SystemOpener

            self._programs = Programs(self._folder, self._keys, self._clock, SystemOpener())
            self._programs.set_up(self._settings)
        return self._programs
