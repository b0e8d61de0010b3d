"""A journal with the calls of years."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

from ctidesk.cti.values import CallDirection
from ctidesk.store import calls_table
from ctidesk.store.database import transaction
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.plain_text import folded
from ctidesk.store.record import CallRecord, Outcome, StoredCall
from ctidesk.store.search_marks import IN, MISSED, OUT

BETWEEN = 180_000_000
"""Microseconds between two calls."""
NAMES = (
    "Белова Анна",
    "Сидорова Елена",
    "Орлов Виктор",
    "Petrenko Oksana",
    "Королёв Пётр",
    "Smith John",
    "Їжакевич Ада",
)
QUEUES = ("Sales", "Support", "Продажи", "")


def add_many_calls(connection: sqlite3.Connection, number: int) -> None:
    """Write `number` calls, each three minutes before the next, with seven names and a number of its own each."""
    newest = CallRecord(
        record_id=uuid4(),
        revision=3,
        call_id="c",
        direction_id=CallDirection.IN.value,
        started=datetime(2026, 3, 2, tzinfo=UTC),
        outcome=Outcome.ANSWERED,
        caller_number="+79160000000",
    )
    with transaction(connection):
        calls_table.insert_whole(connection, StoredCall(key=0, record=newest), NumberPlan())
        columns = [row[1] for row in connection.execute("PRAGMA table_info(calls)")]
        name, queue = _one_of(NAMES), _one_of(QUEUES)
        marks = f"CASE n % 3 WHEN 0 THEN '{OUT}' ELSE '{IN}' END || CASE WHEN {_MISSED} THEN ' {MISSED}' ELSE '' END"
        searched = f"{_one_of(map(folded, NAMES))} || ' ' || {_one_of(map(folded, QUEUES))}"
        changed = {
            "row": f"row - n * {BETWEEN}",
            "started": f"row - n * {BETWEEN}",
            "record_id": "substr(record_id, 1, 24) || printf('%012x', n)",
            "direction": f"CASE n % 3 WHEN 0 THEN '{CallDirection.OUT.value}' ELSE direction END",
            "outcome": f"CASE WHEN {_MISSED} THEN 'missed' ELSE outcome END",
            "caller_name": name,
            "queue": queue,
            "caller_number": "printf('+7916%07d', (n * 7919) % 10000000)",
            "called_number": "printf('+7916%07d', (n * 7919) % 10000000)",
            "party": "printf('+7916%07d', (n * 7919) % 10000000)",
            "search_words": f"{searched} || ' ' || {marks}",
            "search_digits": f"printf('7916%07d', (n * 7919) % 10000000) || ' ' || {marks}",
        }
        selected = ", ".join(changed.get(column, column) for column in columns)
        connection.execute(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ?)"
            f" INSERT INTO calls ({', '.join(columns)}) SELECT {selected} FROM calls, numbers",
            (number - 1,),
        )


_MISSED = "n % 3 = 1 AND n % 10 = 1"


def _one_of(texts: Iterable[str]) -> str:
    """Return SQL that chooses by the number of the call."""
    choices = list(texts)
    cases = " ".join(f"WHEN {place} THEN '{text}'" for place, text in enumerate(choices))
    return f"CASE n % {len(choices)} {cases} END"
