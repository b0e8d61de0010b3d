"""Forgetting calls that are older than the settings allow."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from functools import partial

from ctidesk.store.calls_table import microseconds
from ctidesk.store.database import Database, transaction

SEARCH_TABLES = ("call_words", "call_digits")
PORTION = 100
"""Calls, and pages of the file, at a time: between two portions new calls are written."""


async def remove_older(database: Database, before: datetime) -> int:
    """Delete the calls that began before a moment and give their room back to the disk; return how many there were.

    Raises:
        StoreError: the file cannot be used; what was deleted before stays deleted.
    """
    removed = 0
    while portion := await database.run(lambda connection: _remove(connection, microseconds(before))):
        removed += portion
    if removed:
        for table in SEARCH_TABLES:
            await database.run(partial(_merge, table, -PORTION))
            while await database.run(partial(_merge, table, PORTION)):
                pass
        while await database.run(_shrink):
            pass
        await database.run(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    return removed


def _remove(connection: sqlite3.Connection, before: int) -> int:
    with transaction(connection):
        rows = connection.execute(
            "SELECT row, record_id FROM calls WHERE row < ? AND outcome <> 'ongoing' ORDER BY row LIMIT ?",
            (before, PORTION),
        ).fetchall()
        connection.executemany("DELETE FROM calls WHERE row = ?", ((row,) for row, _ in rows))
        connection.executemany("DELETE FROM continued_calls WHERE kept_record_id = ?", ((one,) for _, one in rows))
    return len(rows)


def _merge(table: str, pages: int, connection: sqlite3.Connection) -> bool:
    """Join parts of a search table, as deleted entries take room until then; return whether there was something to do.

    SQLite asks for a negative number of pages at first, and tells the end by changing next to nothing.
    """
    before = connection.total_changes
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
    return connection.total_changes - before > 1


def _shrink(connection: sqlite3.Connection) -> bool:
    """Give some free pages back; return whether there are more."""
    before = _free_pages(connection)
    connection.execute(f"PRAGMA incremental_vacuum({PORTION})").fetchall()
    return 0 < _free_pages(connection) < before


def _free_pages(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA freelist_count").fetchone()[0])
