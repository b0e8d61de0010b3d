"""How fast the journal and the contacts answer when they are large.

What is asserted are ratios of times taken side by side in this process; the times themselves are printed.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from ctidesk.store.contact_book import ContactBook
from ctidesk.store.contact_folder import contact_reader
from ctidesk.store.contact_schema import CONTACTS
from ctidesk.store.database import Database
from ctidesk.store.history import History, HistoryFilter
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.schema import JOURNAL
from tests.store.many_calls import add_many_calls

pytestmark = pytest.mark.benchmark

CALLS = 200_000
PEOPLE = 100_000
ROUNDS = 20
PLAN = NumberPlan("RU")
SEARCHES = ("", "б", "бел", "белова анна", "продажи белова", "sm", "4567", "8916", "89160007919", "1", "nobody")


async def seconds(ask: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> float:
    """Return the median time of an answer."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        await ask()
        times.append(time.perf_counter() - begun)
    return sorted(times)[rounds // 2]


def scan(connection: sqlite3.Connection) -> None:
    """Look at every call, as a search without an index would."""
    connection.execute("SELECT count(*) FROM calls WHERE caller_name LIKE '%nobody%'").fetchone()


async def test_search_as_one_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(tmp_path / "journal.db", JOURNAL)
    await database.run(lambda connection: add_many_calls(connection, CALLS), 600)
    history = History(database, PLAN)
    history.has_marks = True
    scanned = await seconds(lambda: database.run(scan))
    slowest = 0.0
    for shown in HistoryFilter:
        for search in SEARCHES:
            taken = await seconds(partial(history.page, shown, search=search))
            slowest = max(slowest, taken)
            with capsys.disabled():
                print(f"\n{shown.value:7} {search:16} {1000 * taken:6.1f} ms", end="")
    with capsys.disabled():
        print(f"\nslowest {1000 * slowest:.1f} ms; a look at all {CALLS} calls {1000 * scanned:.1f} ms")
    await database.close()
    assert slowest < scanned


async def test_many_contacts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "contacts.csv"
    with path.open("w", encoding="cp1251") as file:
        file.write("ФИО;Телефон;Мобильный;Компания\n")
        for number in range(PEOPLE):
            file.write(f"Белова Анна {number};8 (495) {number:07};+7 916 {number:07};Ромашка {number % 1000}\n")
    database = Database(tmp_path / "contacts.db", CONTACTS)
    book = ContactBook(database, PLAN)
    await book.open()
    turns: list[float] = []
    waits: list[float] = []

    async def keep_turning() -> None:
        while True:
            turns.append(time.perf_counter())
            await asyncio.sleep(0.001)

    async def keep_looking() -> None:
        while True:
            begun = time.perf_counter()
            await book.lookup("8 916 0000001")
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.05)

    turning, looking = asyncio.ensure_future(keep_turning()), asyncio.ensure_future(keep_looking())
    begun = time.perf_counter()
    assert await book.read("file", contact_reader(path), progress=lambda _: None) == PEOPLE
    imported = time.perf_counter() - begun
    for task in (turning, looking):
        task.cancel()
    await asyncio.wait((turning, looking))
    pauses = sorted(after - before for before, after in pairwise(turns))
    empty = await seconds(lambda: database.run(lambda _: None), 200)
    found = await seconds(lambda: book.lookup("89160054321"), 200)
    search = await seconds(lambda: book.search("белова анна 543"))
    with capsys.disabled():
        print(
            f"\nimport of {PEOPLE} contacts {imported:.1f} s; pauses of the loop meanwhile: median"
            f" {1000 * pauses[len(pauses) // 2]:.1f} ms, longest {1000 * pauses[-1]:.1f} ms,"
            f" {sum(pause > 0.016 for pause in pauses)} of {len(pauses)} above 16 ms; lookups meanwhile: median"
            f" {1000 * sorted(waits)[len(waits) // 2]:.1f} ms, longest {1000 * max(waits):.1f} ms"
            f"\nlookup {1000 * found:.2f} ms, of which the way to the thread and back {1000 * empty:.2f} ms;"
            f" search {1000 * search:.1f} ms"
        )
    await database.close()
    assert pauses[-1] < imported / 20, "the loop stood still for a good part of the import"
    assert found < 20 * empty + 0.001
