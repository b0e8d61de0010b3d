"""Bringing the journal into step with another way of dialling: who is the same party follows from the number plan.

What an earlier version of this program has written gets its search marks on the way.
"""

from __future__ import annotations

import sqlite3
from functools import partial

from ctidesk.store import calls_table
from ctidesk.store.database import Database, transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.resting import Rests
from ctidesk.store.search_marks import VERSION

PORTION = 50
"""Calls at a time: between two portions new calls are written."""

_FACT = "number plan"


async def renumber(database: Database, plan: NumberPlan) -> int:
    """Read the parties of all calls by `plan`, unless they were read by it; return how many have changed.

    A run that does not come to its end is begun anew at the next start.

    Raises:
        StoreError: the file cannot be used; what was done before stays.
    """
    wanted = f"{plan!r}, marks {VERSION}"
    if await database.run(_known_state) == wanted:
        return 0
    changed, after = 0, -1
    while (done := await database.run(partial(_renumber_some, plan, after))) is not None:
        after = done[0]
        changed += done[1]
    await database.run(partial(_keep_state, wanted))
    return changed


def _renumber_some(plan: NumberPlan, after: int, connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Read the next calls; return the last key and how many have changed, or None when there are no more."""
    with transaction(connection):
        calls = list(calls_table.select(connection, "WHERE row > ? ORDER BY row LIMIT ?", (after, PORTION)))
        changed, rests = 0, Rests()
        for call in calls:
            if plan.party(call.record.abonent_number) != call.party:
                calls_table.set_party(connection, call, plan)
                changed += 1
            else:
                calls_table.index(connection, call.key, plan)
            rests.take()
    return (calls[-1].key, changed) if calls else None


def _known_state(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (_FACT,)).fetchone()
    return "" if row is None else str(row[0])


def _keep_state(state: str, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_FACT, state))
