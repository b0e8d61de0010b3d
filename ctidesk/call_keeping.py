"""What becomes of the calls of a line: the journal, the list in the panel, and the work after each."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ctidesk.config.settings import Numbers, Settings
from ctidesk.config.settings import WrapUp as WrapUpSettings
from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.events import ErrorOccurred
from ctidesk.cti.model import CtiModel
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.ui.components.commands import CommandRunner
from ctidesk.ui.components.missed_calls import MissedCalls
from ctidesk.ui.components.people import People
from ctidesk.ui.windows.window_keeper import WindowKeeper

if TYPE_CHECKING:
    from ctidesk.store.call_archive import CallArchive
    from ctidesk.store.contact import Contact
    from ctidesk.ui.components.history.parties import Parties, SearchContacts
    from ctidesk.ui.components.history.past_calls import PastCalls
    from ctidesk.ui.components.wrap_up import WrapUp
    from ctidesk.ui.windows.new_contact import NewContact
    from ctidesk.ui.windows.panel import Panel

AddContact = Callable[["Contact"], Awaitable[None]]
"""Adds a contact of the operator's own; raises `StoreError`."""

logger = logging.getLogger(__name__)

# The database is imported by `start`: the tray icon must not wait for it.


class CallKeeping:
    """Keeps the calls of one line and shows them in its panel.

    Attributes:
        archive: the calls; None before `start`.
        past_calls: what the windows ask of it; None before `start`.
    """

    def __init__(
        self,
        model: CtiModel,
        people: People,
        missed: MissedCalls,
        panel: Panel,
        keeper: WindowKeeper,
        commands: CommandRunner,
        folder: Path,
        account: str,
    ) -> None:
        """Prepare.

        Args:
            folder: where calls are kept.
            account: whose line it is.
        """
        self.archive: CallArchive | None = None
        self.past_calls: PastCalls | None = None
        self._model = model
        self._people = people
        self._missed = missed
        self._panel = panel
        self._keeper = keeper
        self._commands = commands
        self._folder = folder
        self._account = account
        self._numbers = Numbers()
        self._keep_days = 0
        self._parties: Parties | None = None
        self._add_contact: AddContact | None = None
        self._tasks = TaskOwner("call keeping")
        self._wrap_up: WrapUp | None = None
        self._wrap_up_settings = WrapUpSettings()
        self._dialog: NewContact | None = None

    def set_up(self, settings: Settings) -> None:
        """Follow other settings."""
        self._numbers = settings.numbers
        self._keep_days = settings.history.keep_days
        self._wrap_up_settings = settings.wrap_up
        if self.archive is not None:
            self._set_archive_up(self.archive)
        self._follow_wrap_up()

    def start(self) -> None:
        """Write every call down from its first event on; comes before the line is opened.

        The file is opened by a thread while the windows come.
        """
        from ctidesk.store.call_archive import CallArchive
        from ctidesk.ui.components.history.parties import Parties
        from ctidesk.ui.components.history.past_calls import PastCalls

        self.archive = CallArchive(self._model, self._folder, account=self._account)
        self._set_archive_up(self.archive)
        self.archive.start()
        self.past_calls = PastCalls(self.archive, self._missed)
        self._parties = Parties(self.archive, self._people)
        self._panel.offer_parties(self._parties)
        self._panel.offer_history(self.past_calls)
        self._follow_wrap_up()

    def offer_contacts(self, add: AddContact, search: SearchContacts) -> None:
        """Let people of the list be added to the operator's own contacts, and contacts be found by what is dialled."""
        self._add_contact = add
        if self._parties is not None:
            self._parties.search_contacts = search
        self._panel.offer_contacts()
        self._panel.contact_wanted.connect(self._ask_contact)

    def end_work(self) -> None:
        """Take what was typed after a call for written; the windows are going."""
        if self._wrap_up is not None:
            self._wrap_up.close()
        if self._dialog is not None:
            self._dialog.close()

    async def close(self) -> None:
        """Write what is left and close the file; comes after the line's end."""
        await self._tasks.close()
        if self._parties is not None:
            await self._parties.close()
        if self.past_calls is not None:
            await self.past_calls.close()
        if self.archive is not None:
            await self.archive.close()

    def _set_archive_up(self, archive: CallArchive) -> None:
        from ctidesk.integration.number_plan import plan_of

        archive.use_plan(plan_of(self._numbers))
        archive.keep(self._keep_days)

    def _follow_wrap_up(self) -> None:
        """Have the form after calls once it is wished for."""
        if self._wrap_up is None and self._wrap_up_settings.form and self.past_calls is not None:
            from ctidesk.ui.components.wrap_up import WrapUp
            from ctidesk.ui.components.wrap_up_card import WrapUpCard

            self._wrap_up = WrapUp(self._model, self._commands)
            self._panel.offer_wrap_up(WrapUpCard(self._wrap_up, self.past_calls, self._people))
            self._wrap_up.begun.connect(self._keeper.show_quietly)
        if self._wrap_up is not None:
            self._wrap_up.set_up(self._wrap_up_settings)

    # ---- contacts

    def _ask_contact(self, name: str, number: str) -> None:
        from ctidesk.ui.windows.new_contact import NewContact

        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog = NewContact(name, number, self._panel)
        dialog.given.connect(lambda given, company: self._tasks.start(self._add(given, company, number)))
        dialog.finished.connect(self._forget_dialog)
        dialog.show()  # not modal: calls go on in the panel

    def _forget_dialog(self) -> None:
        self._dialog = None

    async def _add(self, name: str, company: str, number: str) -> None:
        from ctidesk.store.contact import Contact, ContactNumber
        from ctidesk.store.database import StoreError

        try:
            if self._add_contact is not None:
                await self._add_contact(Contact(name=name, company=company, numbers=(ContactNumber(number),)))
            if self.archive is not None:
                await self.archive.name_party(number, name)
        except StoreError as error:
            logger.warning("the contact was not added: %s", error)
            text = translate("Contacts", "The contact was not added: its file cannot be written now.")
            self._model.tell(ErrorOccurred(CtiError(ErrorKind.GENERAL, text, raw=error.detail, source="contacts")))
