"""Who is calling: by the contacts, the people of the PBX and the CRM; the answer grows as they reply.

ux.md, "Incoming call popup": contact, then directory, then what the PBX says.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from ctidesk.cti.directory import Directory
from ctidesk.store.contact import KnownContact
from ctidesk.store.contact_book import ContactBook
from ctidesk.store.database import StoreError
from ctidesk.store.lookup import Found, Lookup, LookupFailed
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import one_line

logger = logging.getLogger(__name__)


class Source(StrEnum):
    """Where a match is from."""

    CONTACTS = "contacts"
    DIRECTORY = "directory"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who has the number; text is without control characters and direction marks.

    Attributes:
        source: who says so.
        number_label: what the number is for, or empty.
        id: the contact's, the abonent's or the CRM's id.
        url: where the CRM shows it, or empty.
    """

    source: Source
    name: str
    company: str = ""
    title: str = ""
    note: str = ""
    email: str = ""
    number_label: str = ""
    id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Identification:
    """What is known so far.

    Attributes:
        number: the number that was asked for.
        matches: those who have it, the most trusted source first; several are a choice for the operator.
        failed: the sources that could not answer.
        is_complete: whether all sources have been asked.
    """

    number: str
    matches: tuple[Match, ...] = ()
    failed: frozenset[Source] = frozenset()
    is_complete: bool = False

    @property
    def name(self) -> str:
        """The name to show, by the most trusted source; empty when nobody knows."""
        return self.matches[0].name if self.matches else ""

    @property
    def is_ambiguous(self) -> bool:
        """Whether the most trusted source knows several."""
        return len(self.matches) > 1 and self.matches[0].source is self.matches[1].source


class Identifier:
    """Asks all sources for a number."""

    def __init__(
        self,
        plan: NumberPlan,
        *,
        contacts: ContactBook | None = None,
        directory: Directory | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        """Prepare; a source that is None is not asked."""
        self._plan = plan
        self._contacts = contacts
        self._directory = directory
        self._lookup = lookup
        self._parties: dict[str, frozenset[str]] | None = None  # of the abonents, by their ids
        self._unsubscribe: list[Callable[[], None]] = []
        if directory is not None:
            self._unsubscribe.append(directory.reset.subscribe(self._forget_all))
            self._unsubscribe.append(directory.changed.subscribe(self._forget))

    async def identify(self, number: str, update: Callable[[Identification], None] | None = None) -> Identification:
        """Return who has `number` when all sources have answered, at most 2 s later; never raises but when cancelled.

        Args:
            number: the number as the PBX gave it.
            update: called at once with what the directory knows, and again as each further source answers.
        """
        told = update or (lambda _: None)
        matches = () if self._directory is None else await self._in_directory(self._directory, number)
        now = Identification(number, matches, is_complete=self._contacts is None and self._lookup is None)
        told(now)
        if self._contacts is not None:
            now = await self._with_contacts(self._contacts, now)
            told(now)
        if self._lookup is not None:
            now = await self._with_lookup(self._lookup, now)
            told(now)
        return now

    def close(self) -> None:
        """Listen to the directory no more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    async def _with_contacts(self, contacts: ContactBook, now: Identification) -> Identification:
        is_complete = self._lookup is None
        try:
            found = await contacts.lookup(now.number)
        except StoreError as error:
            logger.warning("the contacts cannot be asked: %s", error)
            return replace(now, failed=now.failed | {Source.CONTACTS}, is_complete=is_complete)
        return replace(now, matches=(*map(_contact_match, found), *now.matches), is_complete=is_complete)

    async def _with_lookup(self, lookup: Lookup, now: Identification) -> Identification:
        try:
            found = await lookup.find(now.number)
        except LookupFailed as error:
            logger.info("the lookup gave no answer: %s", error)
            return replace(now, failed=now.failed | {Source.LOOKUP}, is_complete=True)
        return replace(now, matches=(*now.matches, *map(_lookup_match, found)), is_complete=True)

    async def _in_directory(self, directory: Directory, number: str) -> tuple[Match, ...]:
        if self._parties is None:
            self._parties = {}
        parties = self._parties
        numbers = {one.id: (one.number, *one.numbers) for one in directory.abonents.values() if one.id not in parties}
        # Reading a number for the first time loads the numbering plans, which takes longer than a frame.
        party, new = await asyncio.to_thread(self._read_numbers, number, numbers)
        parties.update(new)
        if not party:
            return ()
        people = (abonent for abonent in directory.abonents.values() if party in parties.get(abonent.id, ()))
        return tuple(
            Match(Source.DIRECTORY, name, company=one_line(abonent.group), id=abonent.id)
            for abonent in people
            if (name := one_line(abonent.name))
        )

    def _read_numbers(self, number: str, numbers: dict[str, tuple[str, ...]]) -> tuple[str, dict[str, frozenset[str]]]:
        parties = {one: frozenset(map(self._plan.party, texts)) for one, texts in numbers.items()}
        return self._plan.party(number), parties

    def _forget_all(self) -> None:
        self._parties = None

    def _forget(self, ids: frozenset[str]) -> None:
        if self._parties is not None:
            for one in ids:
                self._parties.pop(one, None)


def _contact_match(contact: KnownContact) -> Match:
    return Match(
        Source.CONTACTS,
        contact.name,
        company=contact.company,
        title=contact.title,
        note=contact.note,
        email=contact.email,
        number_label=contact.numbers[0].label if contact.numbers else "",
        id=str(contact.id),
    )


def _lookup_match(found: Found) -> Match:
    return Match(
        Source.LOOKUP,
        found.name,
        company=found.company,
        title=found.title,
        note=found.note,
        email=found.email,
        id=found.id,
        url=found.url,
    )
