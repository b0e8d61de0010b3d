"""All contacts of this desk: found by number or name, read from files without holding anything up.

They lie in a file of their own, so that a large import never keeps a call from being written.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from ctidesk.cti.signals import Signal
from ctidesk.store.contact import (
    LONGEST_FIELD,
    LONGEST_NOTE,
    MOST_NUMBERS,
    Contact,
    ContactNumber,
    ContactReader,
    KnownContact,
)
from ctidesk.store.contact_csv import CsvForm, CsvPreview, preview_csv
from ctidesk.store.database import OPENING_LIMIT, Database, transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import digits_of, folded, many_lines, one_line, storable
from ctidesk.store.resting import Rests

OWN = "own"
"""The source of the contacts that the operator has added here."""
PORTION = 100
"""Contacts at a time: between two portions callers are looked up."""
MOST_FOUND = 20
"""Contacts that share a number, and of which a choice is shown at most."""

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1; called on the event loop."""


class ContactBook:
    """The contacts. All methods raise `StoreError` when the file cannot be used.

    Signals:
        changed(): there are other contacts.
    """

    def __init__(self, database: Database, plan: NumberPlan) -> None:
        """Prepare.

        Args:
            database: a file of its own, with the schema `contact_schema.CONTACTS`.
            plan: how numbers are dialled here.
        """
        self.changed: Signal[()] = Signal("contacts.changed")
        self._database = database
        self._plan = plan
        self._reading = asyncio.Lock()

    async def open(self) -> bool:
        """Bring the numbers into step with the plan, which may have been another one in the last run.

        Returns:
            Whether they were not, so that other contacts may have a number now.
        """
        plan = await self._database.run(lambda connection: _fact(connection, "plan"), OPENING_LIMIT)
        is_other_plan = plan != repr(self._plan)
        last = 0 if is_other_plan else -1
        while last >= 0:
            last = await self._database.run(partial(self._renumber, last))
        await self._sweep()  # what an import has left that did not come to its end
        return is_other_plan

    async def lookup(self, number: str) -> tuple[KnownContact, ...]:
        """Return all contacts that have `number`, in whatever form; the operator's own come first."""
        return await self._database.run(lambda connection: _with_party(connection, self._plan.party(number)))

    async def search(self, text: str, limit: int = MOST_FOUND) -> tuple[KnownContact, ...]:
        """Return contacts by the beginnings of words of name and company, or by a part of a number."""
        return await self._database.run(lambda connection: _search(connection, text, self._plan, limit))

    async def add(self, contact: Contact) -> KnownContact:
        """Add a contact of the operator's own."""

        def work(connection: sqlite3.Connection) -> KnownContact:
            with transaction(connection):
                connection.execute("INSERT OR IGNORE INTO sources VALUES (?, 0, '', 0)", (OWN,))
                one = self._insert(connection, OWN, _generation(connection, OWN), contact)
                connection.execute("UPDATE sources SET contacts = contacts + 1 WHERE name = ?", (OWN,))
                return next(_contacts(connection, "contacts", "WHERE contacts.id = :id", {"id": one}))

        added = await self._database.run(work)
        self.changed.emit()
        return added

    async def read(
        self, source: str, reader: ContactReader, *, mark: str = "", progress: Progress | None = None
    ) -> int:
        """Take the contacts of a file in, in the place of those that it had before; return how many there are.

        Until the end the old ones are found; when this is cancelled or fails they stay.

        Args:
            source: the name of the file among all sources.
            reader: the file.
            mark: tells this state of the file from others.
            progress: hears how far it is.
        """
        async with self._reading:
            generation = await self._database.run(lambda connection: _next_generation(connection, source))
            number = await self._read_all(source, generation, reader, progress)
            await self._database.run(lambda connection: _show(connection, source, generation, mark, number))
        self.changed.emit()
        await self._sweep()
        return number

    async def remove(self, source: str) -> None:
        """Forget the contacts of a source."""
        await self._database.run(
            lambda connection: connection.execute("DELETE FROM sources WHERE name = ?", (source,)).fetchall()
        )
        self.changed.emit()
        await self._sweep()

    async def sources(self) -> dict[str, tuple[str, int]]:
        """Return the mark and the number of contacts of each source."""
        rows = await self._database.run(
            lambda connection: connection.execute("SELECT name, mark, contacts FROM sources ORDER BY name").fetchall()
        )
        return {name: (mark, contacts) for name, mark, contacts in rows}

    async def preview(self, path: Path, form: CsvForm | None = None, *, legacy: str = "cp1251") -> CsvPreview:
        """Look at the beginning of a CSV file; the file is read in the database's thread."""
        return await self._database.run(lambda _: preview_csv(path, form, legacy=legacy), OPENING_LIMIT)

    async def _read_all(self, source: str, generation: int, reader: ContactReader, progress: Progress | None) -> int:
        number = 0
        contacts = iter(reader)

        def read_portion(connection: sqlite3.Connection) -> int:
            taken, rests = 0, Rests()
            with transaction(connection):
                for contact in islice(contacts, PORTION):
                    self._insert(connection, source, generation, contact)
                    taken += 1
                    rests.take()
            return taken

        try:
            while taken := await self._database.run(read_portion, OPENING_LIMIT):
                number += taken
                if progress is not None:
                    progress(reader.done)
        finally:
            reader.close()
        return number

    async def _sweep(self) -> None:
        """Delete what belongs to no source, or to a generation of it that is not shown."""
        for source, generation in await self._database.run(_hidden_generations):
            while await self._database.run(partial(_delete_some, source, generation)):
                pass

    # ---- in the database's thread

    def _insert(self, connection: sqlite3.Connection, source: str, generation: int, contact: Contact) -> int:
        numbers = contact.numbers[:MOST_NUMBERS]
        parties = [self._plan.party(one.number) for one in numbers]
        words = (contact.name, contact.company, contact.title, contact.email)
        digits = dict.fromkeys(digits_of(text) for text in (*(one.number for one in numbers), *parties))
        cursor = connection.execute(
            "INSERT INTO contacts (source, generation, key, name, company, title, email, note, search_words,"
            " search_digits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source,
                generation,
                *(
                    storable(text, LONGEST_FIELD)
                    for text in (contact.key, contact.name, contact.company, contact.title, contact.email)
                ),
                storable(contact.note, LONGEST_NOTE),
                folded(storable(" ".join(words))),
                " ".join(one for one in digits if one)[:LONGEST_FIELD],
            ),
        )
        assert cursor.lastrowid is not None, "a row was inserted"
        connection.executemany(
            "INSERT INTO contact_numbers VALUES (?, ?, ?, ?, ?)",
            (
                (
                    cursor.lastrowid,
                    place,
                    storable(one.number, LONGEST_FIELD),
                    storable(one.label, LONGEST_FIELD),
                    party,
                )
                for place, (one, party) in enumerate(zip(numbers, parties, strict=True))
            ),
        )
        return cursor.lastrowid

    def _renumber(self, after: int, connection: sqlite3.Connection) -> int:
        """Find the parties of some contacts anew; return the id of the last one, or -1 when it is done."""
        rows = connection.execute(
            "SELECT contact, place, number FROM contact_numbers WHERE contact > ? ORDER BY contact LIMIT ?",
            (after, _RENUMBERED),
        ).fetchall()
        rests = Rests()
        with transaction(connection):
            if not rows:
                connection.execute("INSERT OR REPLACE INTO facts VALUES ('plan', ?)", (repr(self._plan),))
                return -1
            for contact, place, number in rows:
                connection.execute(
                    "UPDATE contact_numbers SET party = ? WHERE contact = ? AND place = ?",
                    (self._plan.party(number), contact, place),
                )
                rests.take()
        # The numbers of the last one may go on in the next portion.
        return int(rows[-1][0]) - (len(rows) == _RENUMBERED)


_RENUMBERED = 5 * MOST_NUMBERS
"""Numbers at a time that are read anew: more than one contact can have."""


def _fact(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def _generation(connection: sqlite3.Connection, source: str) -> int:
    row = connection.execute("SELECT generation FROM sources WHERE name = ?", (source,)).fetchone()
    return 0 if row is None else int(row[0])


def _show(connection: sqlite3.Connection, source: str, generation: int, mark: str, number: int) -> None:
    connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", (source, generation, mark, number))


def _next_generation(connection: sqlite3.Connection, source: str) -> int:
    row = connection.execute("SELECT max(generation) FROM contacts WHERE source = ?", (source,)).fetchone()
    return max(int(row[0] or 0), _generation(connection, source)) + 1


def _hidden_generations(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    shown = dict(connection.execute("SELECT name, generation FROM sources").fetchall())
    stored = connection.execute("SELECT DISTINCT source, generation FROM contacts").fetchall()
    return [(source, generation) for source, generation in stored if shown.get(source) != generation]


def _delete_some(source: str, generation: int, connection: sqlite3.Connection) -> int:
    with transaction(connection):
        return connection.execute(
            "DELETE FROM contacts WHERE id IN"
            " (SELECT id FROM contacts WHERE source = ? AND generation = ? ORDER BY id LIMIT ?)",
            (source, generation, PORTION),
        ).rowcount


def _with_party(connection: sqlite3.Connection, party: str) -> tuple[KnownContact, ...]:
    if not party:
        return ()
    return tuple(
        _contacts(
            connection,
            "contacts",
            "WHERE contacts.id IN (SELECT contact FROM contact_numbers WHERE party = :party)"
            " ORDER BY contacts.source <> :own, contacts.id LIMIT :limit",
            {"party": party, "own": OWN, "limit": MOST_FOUND},
        )
    )


def _search(connection: sqlite3.Connection, text: str, plan: NumberPlan, limit: int) -> tuple[KnownContact, ...]:
    if re.fullmatch(r"[\d\s()+.\-]*\d[\d\s()+.\-]*", text):
        table = "contact_digits"
        asked = " OR ".join(f'"{form}"' for form in plan.search_forms(text) if len(form) >= _SHORTEST_DIGITS)
    else:
        table = "contact_words"
        asked = " ".join(f'"{word}"*' for word in re.findall(r"\w+", folded(text))[:_MOST_WORDS])
    if not asked:
        return ()
    origin = f"{table} CROSS JOIN contacts ON contacts.id = {table}.rowid"
    values = {"asked": asked, "limit": limit}
    return tuple(_contacts(connection, origin, f"WHERE {table} MATCH :asked LIMIT :limit", values))


_SHORTEST_DIGITS = 3
_MOST_WORDS = 10


def _contacts(
    connection: sqlite3.Connection, origin: str, condition: str, values: dict[str, object]
) -> Iterator[KnownContact]:
    rows = connection.execute(
        "SELECT contacts.id, contacts.source, contacts.name, company, title, email, note"  # noqa: S608
        f" FROM {origin} CROSS JOIN sources ON sources.name = contacts.source"
        f" AND sources.generation = contacts.generation {condition}",
        values,
    ).fetchall()
    for one, source, name, company, title, email, note in rows:
        numbers = connection.execute(
            "SELECT number, label FROM contact_numbers WHERE contact = ? ORDER BY party <> ?, place",
            (one, values.get("party", "")),
        )
        yield KnownContact(
            id=one,
            source=source,
            name=one_line(name or company),
            numbers=tuple(ContactNumber(one_line(number), one_line(label)) for number, label in numbers),
            company=one_line(company),
            title=one_line(title),
            email=one_line(email),
            note=many_lines(note),
        )
