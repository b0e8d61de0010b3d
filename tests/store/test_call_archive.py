"""Journal, history and retention on one file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from ctidesk.cti.events import CallFinished, CallStarted
from ctidesk.cti.model import CtiModel
from ctidesk.store import renumbering
from ctidesk.store.call_archive import BETWEEN_ATTEMPTS, BETWEEN_CLEANINGS, FIRST_CLEANING, CallArchive
from ctidesk.store.database import Problem, StoreError
from ctidesk.store.history import HistoryFilter
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.record import Outcome
from ctidesk.store.renumbering import PORTION
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming
from tests.store.test_history import add
from tests.waiting import until


@pytest.fixture
async def archive(model: CtiModel, tmp_path: Path) -> AsyncIterator[CallArchive]:
    archive = CallArchive(model, tmp_path)
    yield archive
    await archive.close()


async def calls(archive: CallArchive) -> list[str]:
    page = await archive.page(HistoryFilter.ALL)
    return [entry.call.record.caller_number for entry in page.entries]


async def add_past(archive: CallArchive, *days: int) -> None:
    for one in days:
        await add(archive.database, -one * 24 * 60, f"7{one}", queue="Sales")


async def test_what_happens_before_the_file_is_open_is_written_then(
    archive: CallArchive, provider: FakeProvider
) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    assert archive.journal.waiting == 1
    archive.start()
    provider.tell(CallFinished(call))
    await until(lambda: archive.journal.waiting == 0)
    found = await archive.journal.find(call.record_id)
    assert found is not None
    assert found.record.outcome is Outcome.MISSED


async def test_calls_that_are_too_old_go_soon_and_then_once_a_day(archive: CallArchive, clock: FakeClock) -> None:
    await add_past(archive, 1, 29, 31, 400)
    archive.keep(30)
    archive.start()
    changes: list[int] = []
    archive.changed.subscribe(lambda: changes.append(1))
    clock.advance(FIRST_CLEANING)
    await until(lambda: bool(changes))
    assert await calls(archive) == ["71", "729"]
    changes.clear()
    clock.advance(BETWEEN_CLEANINGS + timedelta(days=2).total_seconds())
    await until(lambda: bool(changes))
    assert await calls(archive) == ["71"]


async def test_calls_of_an_earlier_version_get_their_search_marks(archive: CallArchive) -> None:
    await add_past(archive, 1, 2)
    await archive.database.run(
        lambda connection: connection.execute("UPDATE calls SET search_words = 'x', search_digits = '7'").fetchall()
    )
    assert not archive.history.has_marks
    archive.start()
    await until(lambda: archive.history.has_marks)
    found = await archive.page(HistoryFilter.IN, search="sales")
    assert [entry.call.record.caller_number for entry in found.entries] == ["71", "72"]
    assert (await archive.page(HistoryFilter.OUT, search="sales")).entries == ()


@pytest.mark.parametrize("last", ["GB", "RU"])
async def test_of_two_number_plans_in_a_row_the_last_one_counts(archive: CallArchive, last: str) -> None:
    """Also when it is the one that the calls were read by before."""
    for minute in range(3 * PORTION):
        await add(archive.database, minute, "0441234567")
    archive.start()
    await until(lambda: archive.history.has_marks)
    archive.use_plan(NumberPlan("UA"))
    await asyncio.sleep(0)  # the first has begun
    archive.use_plan(NumberPlan(last))
    await until(lambda: not len(archive._tasks))
    parties = await archive.database.run(
        lambda connection: connection.execute("SELECT DISTINCT party FROM calls").fetchall()
    )
    assert parties == [(NumberPlan(last).party("0441234567"),)]


async def test_a_file_that_was_locked_at_the_start_is_brought_into_step_later(
    archive: CallArchive, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def refuse(*_: object) -> int:
        asked.append("refused")
        raise StoreError(Problem.LOCKED)

    with monkeypatch.context() as context:
        context.setattr(renumbering, "renumber", refuse)
        archive.start()
        await until(lambda: asked and not len(archive._tasks))
    assert not archive.history.has_marks
    clock.advance(BETWEEN_ATTEMPTS)
    await until(lambda: archive.history.has_marks)


async def test_without_a_limit_everything_is_kept(archive: CallArchive, clock: FakeClock) -> None:
    await add_past(archive, 4000)
    archive.start()
    clock.advance(3 * BETWEEN_CLEANINGS)
    await until(lambda: not len(archive._tasks))
    assert await calls(archive) == ["74000"]


async def test_a_limit_that_is_set_later_counts_soon(archive: CallArchive, clock: FakeClock) -> None:
    await add_past(archive, 4000)
    archive.start()
    clock.advance(FIRST_CLEANING)
    await until(lambda: not len(archive._tasks))
    changes: list[int] = []
    archive.changed.subscribe(lambda: changes.append(1))
    archive.keep(365)
    clock.advance(FIRST_CLEANING)
    await until(lambda: bool(changes))
    assert await calls(archive) == []


async def test_another_country_counts_for_what_is_there(archive: CallArchive, provider: FakeProvider) -> None:
    call = incoming("c1", "0441234567")
    provider.tell(CallStarted(call), CallFinished(call))
    archive.start()
    await until(lambda: archive.journal.waiting == 0 and not len(archive._tasks))
    changes: list[int] = []
    archive.changed.subscribe(lambda: changes.append(1))
    archive.use_plan(NumberPlan("UA"))
    await until(lambda: bool(changes))
    found = await archive.journal.find(call.record_id)
    assert found is not None
    assert found.party == "+380441234567"
