"""Who is calling, from the first ring on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallInfoChanged
from ctidesk.cti.identification import Identification, Source
from ctidesk.integration.callers import MOST_KEPT, LineCallers
from ctidesk.store.contact import Contact, ContactNumber
from ctidesk.store.contact_book import ContactBook
from ctidesk.store.contact_schema import CONTACTS
from ctidesk.store.database import Database, Problem, StoreError
from ctidesk.store.found import Found, LookupFailed
from ctidesk.store.identification import Identifier
from ctidesk.store.numbers import NumberPlan
from tests.integration.conftest import Line
from tests.waiting import settle, until

PLAN = NumberPlan("RU")


class SlowCrm:
    """A CRM that answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.people: tuple[Found, ...] = (Found("Anna of the CRM"),)
        self.fails = False

    async def find(self, number: str) -> tuple[Found, ...]:
        self.asked.append(number)
        await self.may_answer.wait()
        if self.fails:
            raise LookupFailed("down")
        return self.people


class Told:
    """What was told of callers."""

    def __init__(self, callers: LineCallers) -> None:
        self.numbers: list[str] = []
        self.identified: list[tuple[Call, Identification]] = []
        callers.changed.subscribe(self.numbers.append)
        callers.identified.subscribe(lambda call, known: self.identified.append((call, known)))


@pytest.fixture
def crm() -> SlowCrm:
    return SlowCrm()


@pytest.fixture
async def callers(line: Line, crm: SlowCrm) -> AsyncIterator[LineCallers]:
    callers = LineCallers(line.model)
    callers.ask_by(Identifier(PLAN, lookups={Source.LOOKUP: crm}))
    yield callers
    await callers.close()


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[ContactBook]:
    database = Database(tmp_path / "contacts.db", CONTACTS)
    book = ContactBook(database, PLAN)
    await book.open()
    yield book
    await database.close()


async def test_a_ring_is_told_before_the_answer_is_there(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    told = Told(callers)
    call = line.ring()
    assert callers.known(call.abonent_number) is None
    await until(lambda: bool(crm.asked))
    known = callers.known(call.abonent_number)
    assert known is not None
    assert (known.name, known.is_complete) == ("", False)
    assert callers.is_asking(call.abonent_number)
    crm.may_answer.set()
    await until(lambda: bool(told.identified))
    assert [(one, known.name) for one, known in told.identified] == [(call, "Anna of the CRM")]
    assert told.numbers == ["74951234567"] * 2
    await until(lambda: not callers.is_asking(call.abonent_number))


async def test_the_answer_after_the_end_is_still_for_the_journal(
    callers: LineCallers, crm: SlowCrm, line: Line
) -> None:
    told = Told(callers)
    call = line.ring()
    await until(lambda: bool(crm.asked))
    line.end(call)
    crm.may_answer.set()
    await until(lambda: bool(told.identified))
    assert told.identified[0][0] is call
    told.identified.clear()
    await settle()
    callers.choose(call.abonent_number, callers.known(call.abonent_number).matches[0])  # type: ignore[union-attr]
    assert told.identified == [], "the call is forgotten"


async def test_two_calls_of_one_number_ask_once(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    told = Told(callers)
    first, second = line.ring("c1"), line.ring("c2")
    crm.may_answer.set()
    await until(lambda: len(told.identified) == 2)
    assert {id(one) for one, _ in told.identified} == {id(first), id(second)}
    assert crm.asked == ["74951234567"]


async def test_a_number_that_becomes_known_later_is_asked_for(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    crm.may_answer.set()
    call = line.ring(number="")
    await settle()
    assert crm.asked == []
    call.caller_id = "78127654321"
    line.provider.tell(CallInfoChanged(call))
    await until(lambda: crm.asked == ["78127654321"])
    line.provider.tell(CallInfoChanged(call))
    await until(lambda: not callers.is_asking("78127654321"))
    assert crm.asked == ["78127654321"]


async def test_a_name_does_not_go_and_come_back(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    crm.may_answer.set()
    call = line.ring()
    await until(lambda: callers.known(call.abonent_number) is not None and not callers.is_asking(call.abonent_number))
    line.end(call)
    crm.may_answer.clear()
    line.ring("c2")
    await until(lambda: len(crm.asked) == 2)
    known = callers.known(call.abonent_number)
    assert known is not None
    assert known.name == "Anna of the CRM"
    crm.people = (Found("Boris"),)
    crm.may_answer.set()
    await until(lambda: callers.known(call.abonent_number).name == "Boris")  # type: ignore[union-attr]


async def test_a_crm_that_fails_leaves_the_ring_as_it_is(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    crm.fails = True
    crm.may_answer.set()
    told = Told(callers)
    line.ring()
    await until(lambda: bool(told.identified))
    assert told.identified[0][1].failed == {Source.LOOKUP}
    assert told.identified[0][1].name == ""


async def test_several_are_a_choice_and_the_chosen_one_stays(line: Line, book: ContactBook, crm: SlowCrm) -> None:
    for name in ("Shop", "Director"):
        await book.add(Contact(name=name, numbers=(ContactNumber("84951234567"),)))
    callers = LineCallers(line.model)
    callers.ask_by(Identifier(PLAN, contacts=book, lookups={Source.LOOKUP: crm}))
    told = Told(callers)
    call = line.ring()
    number = call.abonent_number
    await until(lambda: (known := callers.known(number)) is not None and len(known.choices) == 2)
    callers.choose(number, callers.known(number).choices[1])  # type: ignore[union-attr]
    assert callers.known(number).name == "Director"  # type: ignore[union-attr]
    crm.may_answer.set()
    await until(lambda: callers.known(number).is_complete)  # type: ignore[union-attr]
    known = callers.known(number)
    assert known is not None
    assert (known.name, known.choices) == ("Director", ())
    assert [(one, it.name) for one, it in told.identified] == [(call, "Director"), (call, "Director")]
    await callers.close()


async def test_another_source_is_asked_about_calls_that_go_on(
    callers: LineCallers, crm: SlowCrm, line: Line, book: ContactBook
) -> None:
    await book.add(Contact(name="Mine", numbers=(ContactNumber("84951234567"),)))
    call = line.ring()
    await until(lambda: bool(crm.asked))
    callers.ask_by(Identifier(PLAN, contacts=book))
    await until(lambda: (known := callers.known(call.abonent_number)) is not None and known.name == "Mine")


async def test_earlier_calls_are_counted(line: Line, crm: SlowCrm) -> None:
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    asked: list[tuple[str, UUID]] = []

    async def earlier(number: str, besides: UUID) -> tuple[int, datetime | None]:
        asked.append((number, besides))
        if len(asked) == 2:
            raise StoreError(Problem.LOCKED)
        return 4, at

    callers = LineCallers(line.model, earlier=earlier)
    callers.ask_by(Identifier(PLAN, lookups={Source.LOOKUP: crm}))
    crm.may_answer.set()
    call = line.ring()
    await until(lambda: (known := callers.known(call.abonent_number)) is not None and known.is_complete)
    await until(lambda: not callers.is_asking(call.abonent_number))
    known = callers.known(call.abonent_number)
    assert known is not None
    assert (known.earlier_calls, known.last_call, known.name) == (4, at, "Anna of the CRM")
    assert asked == [("74951234567", call.record_id)]
    other = line.ring("c2", "78127654321")
    await until(lambda: (known := callers.known(other.abonent_number)) is not None and known.is_complete)
    await callers.close()


async def test_what_is_remembered_has_a_limit(callers: LineCallers, crm: SlowCrm, line: Line) -> None:
    crm.may_answer.set()
    for index in range(MOST_KEPT + 20):
        line.end(line.ring(f"c{index}", f"7495{index:07}"))
        await settle()
    await until(lambda: not any(callers.is_asking(f"7495{index:07}") for index in range(MOST_KEPT + 20)))
    assert callers.known("74950000000") is None
    assert callers.known(f"7495{MOST_KEPT + 19:07}") is not None


async def test_closing_in_the_middle_leaves_nothing(line: Line, crm: SlowCrm) -> None:
    callers = LineCallers(line.model)
    callers.ask_by(Identifier(PLAN, lookups={Source.LOOKUP: crm, Source.CREATIO: crm}))
    line.ring()
    await until(lambda: len(crm.asked) == 2)
    await callers.close()
    line.ring("c2", "1234")
    assert len(crm.asked) == 2
