"""Who is calling: by the contacts, the people of the PBX and the CRM; the answer grows as they reply.

ux.md, "Incoming call popup": contact, then directory, then what the PBX says.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from ctidesk.cti.directory import Directory
from ctidesk.cti.identification import Identification, Match, Source
from ctidesk.store.database import StoreError
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import digits_of, one_line

if TYPE_CHECKING:
    from ctidesk.store.contact import KnownContact
    from ctidesk.store.contact_book import ContactBook

logger = logging.getLogger(__name__)


class CallerLookup(Protocol):
    """A program of the company that knows people by their numbers."""

    async def find(self, number: str) -> tuple[Found, ...]:
        """Return who has `number`; nobody for none.

        Raises:
            LookupFailed: there is no answer to use.
        """


NOTHING_TO_ASK: Mapping[Source, CallerLookup] = MappingProxyType({})


class Identifier:
    """Asks all sources for a number: directory and contacts first, then the company's programs, all at once."""

    def __init__(
        self,
        plan: NumberPlan,
        *,
        contacts: ContactBook | None = None,
        directory: Directory | None = None,
        lookups: Mapping[Source, CallerLookup] = NOTHING_TO_ASK,
    ) -> None:
        """Prepare; a source that is None is not asked. Of `lookups` the first is the most trusted."""
        self._plan = plan
        self._contacts = contacts
        self._directory = directory
        self._lookups = dict(lookups)
        self._ends: dict[str, frozenset[str]] | None = None  # of the abonents' numbers, by their ids
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
        now = Identification(number, matches, is_complete=self._contacts is None and not self._lookups)
        told(now)
        if self._contacts is not None:
            now = await self._with_contacts(self._contacts, now)
            told(now)
        if self._lookups:
            now = await self._with_lookups(now, told)
        return now

    def close(self) -> None:
        """Listen to the directory no more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    async def _with_contacts(self, contacts: ContactBook, now: Identification) -> Identification:
        is_complete = not self._lookups
        try:
            found = await contacts.lookup(now.number)
        except StoreError as error:
            logger.warning("the contacts cannot be asked: %s", error)
            return replace(now, failed=now.failed | {Source.CONTACTS}, is_complete=is_complete)
        return replace(now, matches=(*map(_contact_match, found), *now.matches), is_complete=is_complete)

    async def _with_lookups(self, now: Identification, told: Callable[[Identification], None]) -> Identification:
        """Tell of each answer as it comes; the order of the matches is that of the sources, not of the answers."""
        found: dict[Source, tuple[Match, ...]] = {}
        async with asyncio.TaskGroup() as group:
            left = {group.create_task(self._ask(source, now.number)) for source in self._lookups}
            while left:
                done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    source, matches = task.result()
                    if matches is None:
                        now = replace(now, failed=now.failed | {source})
                    else:
                        found[source] = matches
                answers = (match for source in self._lookups for match in found.get(source, ()))
                before = tuple(match for match in now.matches if match.source not in self._lookups)
                now = replace(now, matches=(*before, *answers), is_complete=not left)
                told(now)
        return now

    async def _ask(self, source: Source, number: str) -> tuple[Source, tuple[Match, ...] | None]:
        try:
            found = await self._lookups[source].find(number)
        except LookupFailed as error:
            logger.info("%s gave no answer: %s", source, error)
            return source, None
        return source, tuple(_lookup_match(source, one) for one in found)

    async def _in_directory(self, directory: Directory, number: str) -> tuple[Match, ...]:
        if self._ends is None:
            self._ends = {}
        ends, abonents = self._ends, directory.abonents
        numbers = {one.id: (one.number, *one.numbers) for one in abonents.values() if one.id not in ends}
        # Reading a number for the first time loads the numbering plans, which takes longer than a frame.
        new = await asyncio.to_thread(_ends_of, numbers)
        ends.update(new)
        end = _end(number)
        likely = {
            one.id: (one.number, *one.numbers) for one in abonents.values() if end and end in ends.get(one.id, ())
        }
        if not likely:
            return ()
        same = await asyncio.to_thread(self._same_parties, number, likely)
        people = (directory.abonents.get(one) for one in same)
        return tuple(
            Match(Source.DIRECTORY, name, company=one_line(abonent.group), id=abonent.id)
            for abonent in people
            if abonent is not None and (name := one_line(abonent.name))
        )

    def _same_parties(self, number: str, numbers: dict[str, tuple[str, ...]]) -> list[str]:
        party = self._plan.party(number)
        return [
            one for one, texts in numbers.items() if party and any(self._plan.party(text) == party for text in texts)
        ]

    def _forget_all(self) -> None:
        self._ends = None

    def _forget(self, ids: frozenset[str]) -> None:
        if self._ends is not None:
            for one in ids:
                self._ends.pop(one, None)


_COMPARED = 5
"""Digits at the end in which all ways to write a number agree; only those who share them are compared by the plan."""


def _end(text: str) -> str:
    user = text.partition("@")[0]
    return digits_of(user)[-_COMPARED:] or user.strip().casefold()


def _ends_of(numbers: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    return {one: frozenset(_end(text) for text in texts if text) for one, texts in numbers.items()}


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


def _lookup_match(source: Source, found: Found) -> Match:
    return Match(
        source,
        found.name,
        company=found.company,
        title=found.title,
        note=found.note,
        email=found.email,
        id=found.id,
        url=found.url,
    )
