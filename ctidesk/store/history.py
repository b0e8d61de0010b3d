"""The list of calls as people look through it (ux.md, "Panel"; look.md, "History")."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from enum import StrEnum
from itertools import islice
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from ctidesk.cti.values import CallDirection
from ctidesk.store import calls_table, search_marks
from ctidesk.store.calls_table import SELECTED, microseconds
from ctidesk.store.database import Database, transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import digits_of, folded
from ctidesk.store.record import Outcome, StoredCall

PAGE = 50
"""Entries in a page."""
MOST_LOOKED_THROUGH = 1000
"""Calls among which parties are looked for: somebody may have made all of the others."""


class HistoryFilter(StrEnum):
    """Which calls are listed."""

    ALL = "all"
    MISSED = "missed"
    """Calls that rang here and were answered by nobody or elsewhere."""
    IN = "in"
    OUT = "out"


class HistoryEntry(Struct, frozen=True):
    """One line of the list.

    Attributes:
        call: the call, the newest of several missed ones in a row from one party on one day.
        day: the local day that it began on, for the heads of groups.
        folded: the record ids of all calls in this line, the newest first.
    """

    call: StoredCall
    day: date
    folded: tuple[UUID, ...]

    @property
    def count(self) -> int:
        """How many calls the line stands for."""
        return len(self.folded)

    @property
    def wants_call_back(self) -> bool:
        """Whether the party was missed and nobody has talked to it since."""
        return self.call.record.outcome is Outcome.MISSED and self.call.called_back is None


class HistoryPage(Struct, frozen=True):
    """A part of the list, the newest entries first.

    Attributes:
        entries: the entries.
        older: the key to ask for the next page with; None when this is the last one.
    """

    entries: tuple[HistoryEntry, ...]
    older: int | None


class Acquaintance(Struct, frozen=True):
    """What the journal knows of a party.

    Attributes:
        calls: how many calls there were.
        last: the newest of them, or None.
    """

    calls: int
    last: StoredCall | None


class History:
    """Questions about the calls in the journal. All methods raise `StoreError` when the file cannot be used.

    Attributes:
        plan: how numbers are dialled here.
        has_marks: whether all calls have their search marks; then filters cost a search nothing.
    """

    def __init__(self, database: Database, plan: NumberPlan, zone: tzinfo | None = None) -> None:
        """Prepare.

        Args:
            database: the journal's.
            plan: how numbers are dialled here.
            zone: the zone of the days; the computer's by default.
        """
        self._database = database
        self.plan = plan
        self.has_marks = False
        self._zone = zone

    async def page(
        self, shown: HistoryFilter, *, search: str = "", before: int | None = None, limit: int = PAGE
    ) -> HistoryPage:
        """Return a part of the list.

        Args:
            shown: which calls.
            search: beginnings of words, or a part of a number; empty for all.
            before: the `older` of the page before; None for the newest.
            limit: the most entries.
        """

        def work(connection: sqlite3.Connection) -> HistoryPage:
            return self._page(self._calls(connection, shown, search, before), limit)

        return await self._database.run(work)

    async def parties(self, search: str, limit: int) -> tuple[StoredCall, ...]:
        """Return the newest call with each of the parties that `search` finds first, the newest first."""

        def work(connection: sqlite3.Connection) -> tuple[StoredCall, ...]:
            found: dict[str, StoredCall] = {}
            for call in islice(self._calls(connection, HistoryFilter.ALL, search, None), MOST_LOOKED_THROUGH):
                if call.party:
                    found.setdefault(call.party, call)
                if len(found) == limit:
                    break
            return tuple(found.values())

        return await self._database.run(work)

    async def acquaintance(self, number: str, besides: UUID | None = None) -> Acquaintance:
        """Return how often and when there were calls with the party of `number`, leaving out the call `besides`."""

        def work(connection: sqlite3.Connection) -> Acquaintance:
            party = self.plan.party(number)
            if not party:
                return Acquaintance(0, None)
            these = (party, "" if besides is None else str(besides))
            counted = connection.execute("SELECT count(*) FROM calls WHERE party = ? AND record_id <> ?", these)
            calls = counted.fetchone()[0]
            newest = calls_table.select(
                connection, "WHERE party = ? AND record_id <> ? ORDER BY row DESC LIMIT 1", these
            )
            return Acquaintance(calls, next(newest, None))

        return await self._database.run(work)

    async def missed_count(self, before: datetime | None = None) -> int:
        """Return how many missed calls nobody has looked at yet, nor talked to since.

        Args:
            before: count those that began before; all of them by default.
        """

        def work(connection: sqlite3.Connection) -> int:
            until = _LAST_KEY if before is None else microseconds(before)
            return int(connection.execute(COUNT_MISSED, {"before": until}).fetchone()[0])

        return await self._database.run(work)

    async def waiting_for_call_back(self, since: datetime) -> int:
        """Return how many parties were missed from `since` on and not talked to afterwards."""

        def work(connection: sqlite3.Connection) -> int:
            return int(connection.execute(COUNT_WAITING, {"since": microseconds(since)}).fetchone()[0])

        return await self._database.run(work)

    async def mark_missed_seen(self, until: datetime | None = None, since: datetime | None = None) -> None:
        """Take the missed calls that began between these moments for looked at; all of them by default."""
        earliest = 0 if since is None else microseconds(since)
        latest = _LAST_KEY if until is None else microseconds(until)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE calls SET seen = 1 WHERE seen = 0 AND outcome = 'missed' AND row BETWEEN ? AND ?",
                (earliest, latest),
            )

        await self._database.run(work)

    async def name_party(self, number: str, name: str) -> None:
        """Write who the party of `number` is to all of its calls that have no contact's name yet."""
        party = self.plan.party(number)

        def work(connection: sqlite3.Connection) -> None:
            with transaction(connection):
                unnamed = connection.execute(
                    "SELECT record_id FROM calls WHERE party = ? AND contact_name = ''", (party,)
                ).fetchall()
                for (record_id,) in unnamed:
                    calls_table.annotate(connection, UUID(record_id), self.plan, contact_name=name)

        if party:
            await self._database.run(work)

    def _calls(
        self, connection: sqlite3.Connection, shown: HistoryFilter, search: str, before: int | None
    ) -> Iterator[StoredCall]:
        statement = page_statement(shown, search, self.plan, has_marks=self.has_marks)
        if statement is None:
            return
        text, values = statement
        for row in connection.execute(text, {**values, "before": _LAST_KEY if before is None else before}):
            yield calls_table.stored_call(row)

    def _page(self, calls: Iterator[StoredCall], limit: int) -> HistoryPage:
        entries: list[HistoryEntry] = []
        last_key = None
        for call in calls:
            day = self._day(call.record.started)
            entry = HistoryEntry(call, day, (call.record.record_id,))
            if entries and _belong_together(entries[-1], entry):
                entries[-1] = replace(entries[-1], folded=entries[-1].folded + entry.folded)
            elif len(entries) == limit:
                return HistoryPage(tuple(entries), last_key)
            else:
                entries.append(entry)
            last_key = call.key
        return HistoryPage(tuple(entries), None)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


COUNT_MISSED = (
    "SELECT count(*) FROM calls WHERE seen = 0 AND outcome = 'missed' AND called_back IS NULL AND row < :before"
)
COUNT_WAITING = (
    "SELECT count(DISTINCT CASE party WHEN '' THEN row ELSE party END) FROM calls"
    " WHERE outcome = 'missed' AND called_back IS NULL AND row >= :since"
)
_LAST_KEY = (1 << 63) - 1
_SHORTEST_DIGITS = 3
"""What the index of numbers can find; it holds groups of three."""

_MOST_WORDS = 10

_FILTERS = {
    HistoryFilter.ALL: "",
    HistoryFilter.MISSED: " AND calls.outcome IN ('missed', 'answered elsewhere')",
    HistoryFilter.IN: f" AND calls.direction = '{CallDirection.IN.value}'",
    HistoryFilter.OUT: f" AND calls.direction = '{CallDirection.OUT.value}'",
}


_MARKS = {
    HistoryFilter.MISSED: search_marks.MISSED,
    HistoryFilter.IN: search_marks.IN,
    HistoryFilter.OUT: search_marks.OUT,
}


def page_statement(
    shown: HistoryFilter, search: str, plan: NumberPlan, *, has_marks: bool = False
) -> tuple[str, dict[str, str]] | None:
    """Return the SELECT of a page, whose parameter ``:before`` is still open, and its other values.

    The newest calls come first without sorting, however many there are. None when `search` can find nothing.

    Args:
        shown: which calls.
        search: beginnings of words, or a part of a number; empty for all.
        plan: how numbers are dialled here.
        has_marks: whether the search tables know by `search_marks` which calls are shown.
    """
    marked = f' AND "{_MARKS[shown]}"' if has_marks and shown in _MARKS else ""
    source, condition, values, key = "calls", "", {}, "calls.row"
    if re.fullmatch(r"[\d\s()+.\-]*\d[\d\s()+.\-]*", search):
        forms = plan.search_forms(search)
        if len(digits_of(search)) < _SHORTEST_DIGITS:
            source = "calls AS found INDEXED BY calls_short_numbers CROSS JOIN calls ON calls.row = found.row"
            key = "found.row"
            condition, values = " AND found.search_digits LIKE :search", {"search": f"%{digits_of(search)}%"}
            if marked:
                condition += f" AND instr(found.search_digits, '{_MARKS[shown]}')"
        else:
            source, key = "call_digits CROSS JOIN calls ON calls.row = call_digits.rowid", "call_digits.rowid"
            condition = " AND call_digits MATCH :search"
            either = " OR ".join(f'"{form}"' for form in forms if len(form) >= _SHORTEST_DIGITS)
            values = {"search": f"({either}){marked}"}
    elif search.strip():
        words = re.findall(r"\w+", folded(search))[:_MOST_WORDS]
        if not words:
            return None
        source, key = "call_words CROSS JOIN calls ON calls.row = call_words.rowid", "call_words.rowid"
        condition = " AND call_words MATCH :search"
        values = {"search": " AND ".join(f'"{word}"*' for word in words) + marked}
    text = f"SELECT {SELECTED} FROM {source} WHERE {key} < :before{condition}{_FILTERS[shown]} ORDER BY {key} DESC"  # noqa: S608
    return text, values


def _belong_together(entry: HistoryEntry, older: HistoryEntry) -> bool:
    outcomes = {entry.call.record.outcome, older.call.record.outcome}
    return (
        outcomes == {Outcome.MISSED}
        and bool(entry.call.party)
        and entry.call.party == older.call.party
        and entry.day == older.day
        and entry.wants_call_back == older.wants_call_back
    )
