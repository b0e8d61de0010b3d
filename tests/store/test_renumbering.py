"""Another way of dialling makes other parties of the calls that are there."""

from __future__ import annotations

import pytest

from ctidesk.store.database import Database
from ctidesk.store.history import History, HistoryFilter
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.renumbering import PORTION, renumber
from tests.store.many_calls import add_many_calls
from tests.store.test_history import add

RUSSIA, UKRAINE = NumberPlan("RU"), NumberPlan("UA")


async def parties(database: Database, plan: NumberPlan, search: str = "") -> list[str]:
    page = await History(database, plan).page(HistoryFilter.ALL, search=search)
    return [entry.call.party for entry in page.entries]


async def test_calls_have_the_parties_of_the_new_plan(database: Database) -> None:
    await add(database, 1, "0441234567")
    await add(database, 2, "+74951234567")
    await renumber(database, RUSSIA)
    assert await renumber(database, UKRAINE) == 1
    assert await parties(database, UKRAINE) == ["+74951234567", "+380441234567"]
    assert await parties(database, UKRAINE, "380441") == ["+380441234567"]


async def test_nothing_is_read_twice_by_the_same_plan(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await add(database, 1, "0441234567")
    await renumber(database, UKRAINE)
    monkeypatch.setattr(NumberPlan, "party", lambda *_: "wrong")
    assert await renumber(database, UKRAINE) == 0


async def test_more_calls_than_one_portion(database: Database) -> None:
    await database.run(lambda connection: add_many_calls(connection, 2 * PORTION + 3), 60)
    await database.run(lambda connection: connection.execute("UPDATE calls SET party = 'x'").fetchall())
    assert await renumber(database, RUSSIA) == 2 * PORTION + 3
    assert set(await parties(database, RUSSIA)) != {"x"}
