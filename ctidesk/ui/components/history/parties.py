"""Who else is meant by what is typed in the dial field: contacts, and those there were calls with (ux.md, "Panel")."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, Signal

from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate
from ctidesk.store.call_archive import CallArchive
from ctidesk.store.contact import KnownContact
from ctidesk.store.database import StoreError
from ctidesk.store.record import Outcome, StoredCall
from ctidesk.ui.components.history.words import day_words, direction_icon, kind_words, time_words, title_of
from ctidesk.ui.components.number_text import number_text
from ctidesk.ui.components.people import People
from ctidesk.ui.components.person_rows import PartyRow, party_row
from ctidesk.ui.widgets.bidi import clean, ltr

MOST_CONTACTS = 8
MOST_OF_HISTORY = 5

SearchContacts = Callable[[str, int], Awaitable[Sequence[KnownContact]]]
"""Finds so many contacts by a query; raises `StoreError`."""

logger = logging.getLogger(__name__)


class Parties(QObject):
    """Searches while somebody types; only the newest question is answered.

    Signals:
        found(query, rows): whom a query has found, a list of `PartyRow`, contacts first.

    Attributes:
        search_contacts: where contacts are looked for; None for nowhere.
    """

    found = Signal(str, object)

    def __init__(self, archive: CallArchive, people: People, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.search_contacts: SearchContacts | None = None
        self._archive = archive
        self._people = people
        self._tasks = TaskOwner("search for parties")
        self._searching: asyncio.Task[object] | None = None

    def find(self, query: str) -> None:
        """Ask for the parties of `query`, and no more for those of the query before."""
        if self._searching is not None:
            self._searching.cancel()
        self._searching = self._tasks.start(self._find(query))

    async def close(self) -> None:
        """Give up what is asked; comes before the archive's end."""
        await self._tasks.close()

    async def _find(self, query: str) -> None:
        try:
            contacts = [] if self.search_contacts is None else await self.search_contacts(query, MOST_CONTACTS)
            calls = await self._archive.history.parties(query, MOST_OF_HISTORY)
        except StoreError as error:
            logger.info("contacts and calls cannot be searched: %s", error)
            return
        plan = self._archive.history.plan
        rows: list[PartyRow] = []
        known: set[str] = set()
        for contact in contacts:
            number = next((one.number for one in contact.numbers if clean(one.number)), "")
            if number and plan.party(number) not in known:
                known.add(plan.party(number))
                rows.append(_of_contact(contact, clean(number), query))
        for call in calls:
            if call.party not in known and self._people.with_number(call.record.abonent_number) is None:
                known.add(call.party)
                rows.append(self._of_history(call, query))
        self.found.emit(query, rows)

    def _of_history(self, call: StoredCall, query: str) -> PartyRow:
        number = clean(call.record.abonent_number)
        name = title_of(call, self._people)
        started = call.record.started
        today = self._archive.now().astimezone().date()
        when = f"{day_words(started.astimezone().date(), today)} {time_words(started)}"
        shown = ltr(number_text(number)) if name != number_text(number) else ""
        detail = " · ".join(part for part in (kind_words(call), when, shown) if part)
        is_waiting = call.record.outcome is Outcome.MISSED and call.called_back is None
        return party_row(
            name,
            number,
            query,
            detail=detail,
            source=translate("Panel", "History"),
            icon=direction_icon(call),
            color="talk" if is_waiting else "text2",
        )


def _of_contact(contact: KnownContact, number: str, query: str) -> PartyRow:
    detail = " · ".join(part for part in (clean(contact.company), ltr(number_text(number))) if part)
    name = clean(contact.name) or clean(contact.company) or number_text(number)
    return party_row(name, number, query, detail=detail, source=translate("Panel", "Contact"), icon="contact")
