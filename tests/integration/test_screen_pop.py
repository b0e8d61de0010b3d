"""The caller's card: when it is opened, and that no caller has a say in what is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ctidesk.config.settings import PopMoment, ScreenPop
from ctidesk.cti.events import CallInfoChanged, CallStarted
from ctidesk.cti.identification import Source
from ctidesk.cti.model import CONNECTION_LOST
from ctidesk.integration.callers import LineCallers
from ctidesk.integration.screen_pop import CallerCards
from ctidesk.store.found import Found
from ctidesk.store.identification import Identifier
from ctidesk.store.numbers import NumberPlan
from tests.cti.watcher import outgoing
from tests.integration.conftest import FakeOpener, Line
from tests.integration.test_callers import SlowCrm
from tests.waiting import settle, until

ADDRESS = "https://crm.example/call?n={number}&d={direction}&q={queue}&c={call_id}"


@pytest.fixture
def crm() -> SlowCrm:
    return SlowCrm()


@pytest.fixture
async def callers(line: Line, crm: SlowCrm) -> AsyncIterator[LineCallers]:
    callers = LineCallers(line.model)
    callers.ask_by(Identifier(NumberPlan("RU"), lookups={Source.LOOKUP: crm}))
    yield callers
    await callers.close()


@pytest.fixture
async def cards(line: Line, callers: LineCallers, opener: FakeOpener) -> AsyncIterator[CallerCards]:
    cards = CallerCards(line.model, callers, opener)
    yield cards
    cards.close()


def settings(moment: PopMoment = PopMoment.RING, address: str = ADDRESS, **others: tuple[str, ...]) -> ScreenPop:
    return ScreenPop(
        moment=moment, address=address, program=others.get("program", ()), schemes=others.get("schemes", ())
    )


async def test_nothing_is_opened_unless_it_was_set(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    call = line.ring()
    line.answer(call)
    assert opener.opened == []
    assert not cards.offers(call)


async def test_on_ring_once_for_each_call(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    cards.set_up(settings())
    call = line.ring(queue="Sales & more", caller_name="A")
    line.provider.tell(CallInfoChanged(call))
    line.answer(call)
    assert opener.opened == ["https://crm.example/call?n=74951234567&d=in&q=Sales%20%26%20more&c=c1"]
    line.end(call)
    line.ring("c2")
    assert len(opener.opened) == 2


async def test_a_call_that_is_found_again_after_a_lost_connection_has_had_its_card(
    cards: CallerCards, line: Line, opener: FakeOpener
) -> None:
    cards.set_up(settings())
    call = line.ring()
    call.state_cause = CONNECTION_LOST
    line.end(call)
    line.ring()
    assert len(opener.opened) == 1


async def test_on_answer_and_not_before(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    cards.set_up(settings(PopMoment.ANSWER))
    call = line.ring()
    assert opener.opened == []
    line.answer(call)
    line.provider.tell(CallInfoChanged(call))
    assert len(opener.opened) == 1


async def test_a_call_out_has_no_card_by_itself(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    for moment in (PopMoment.RING, PopMoment.ANSWER):
        cards.set_up(settings(moment))
        call = outgoing(f"o-{moment}", "201")
        line.provider.tell(CallStarted(call))
        line.answer(call)
    assert opener.opened == []


async def test_by_hand_as_often_as_one_likes(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    cards.set_up(settings(PopMoment.BY_HAND))
    call = line.ring()
    assert opener.opened == []
    assert cards.offers(call)
    cards.open(call)
    cards.open(call)
    assert len(opener.opened) == 2
    cards.set_up(settings(PopMoment.BY_HAND, ""))
    assert not cards.offers(call)


async def test_a_name_is_waited_for(
    cards: CallerCards, callers: LineCallers, crm: SlowCrm, line: Line, opener: FakeOpener
) -> None:
    cards.set_up(settings(address="https://crm.example/?name={name}"))
    crm.people = (Found('<b>"Anna" & Co\u202e/../?x=1#'),)
    line.ring()
    await until(lambda: bool(crm.asked))
    assert opener.opened == []
    crm.may_answer.set()
    await until(lambda: bool(opener.opened))
    assert opener.opened == ["https://crm.example/?name=%3Cb%3E%22Anna%22%20%26%20Co%2F..%2F%3Fx%3D1%23"]


async def test_whoever_hangs_up_before_has_no_card(
    cards: CallerCards, crm: SlowCrm, line: Line, opener: FakeOpener
) -> None:
    cards.set_up(settings(address="https://crm.example/?name={name}"))
    call = line.ring()
    await until(lambda: bool(crm.asked))
    line.end(call)
    crm.may_answer.set()
    await settle()
    assert opener.opened == []


async def test_the_card_of_the_crm_is_opened_when_it_is_clear_whose(
    cards: CallerCards, callers: LineCallers, crm: SlowCrm, line: Line, opener: FakeOpener
) -> None:
    cards.set_up(settings(address="{card}"))
    crm.people = (Found("Anna", url="https://crm.example/1"), Found("Boris", url="https://crm.example/2"))
    crm.may_answer.set()
    call = line.ring()
    await until(lambda: (known := callers.known(call.abonent_number)) is not None and known.is_complete)
    await settle()
    assert opener.opened == []
    known = callers.known(call.abonent_number)
    assert known is not None
    callers.choose(call.abonent_number, known.choices[1])
    callers.choose(call.abonent_number, known.choices[0])
    assert opener.opened == ["https://crm.example/2"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "smb://host/x", "", "//host/x", "HTTPS\n://x", "ctidesk:x"]
)
async def test_a_card_with_a_scheme_that_nobody_allowed_stays_closed(
    url: str, cards: CallerCards, callers: LineCallers, crm: SlowCrm, line: Line, opener: FakeOpener
) -> None:
    cards.set_up(settings(address="{card}"))
    crm.people = (Found("Anna", url=url),)
    crm.may_answer.set()
    call = line.ring()
    await until(lambda: (known := callers.known(call.abonent_number)) is not None and known.is_complete)
    await settle()
    assert opener.opened == []


async def test_the_administrator_allows_other_schemes(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    cards.set_up(settings(address="onec:open/{number}"))
    line.ring()
    assert opener.opened == []
    cards.set_up(settings(address="onec:open/{number}", schemes=("OneC",)))
    line.ring("c2")
    assert opener.opened == ["onec:open/74951234567"]


async def test_a_program_gets_each_argument_for_itself(
    cards: CallerCards, callers: LineCallers, crm: SlowCrm, line: Line, opener: FakeOpener
) -> None:
    crm.people = (Found("--exec=rm; $(reboot) `x` \"a\" 'b'"),)
    crm.may_answer.set()
    program = ("/usr/bin/crm", "--number={number}", "{name}", "-v", "{unknown} {queue}")
    cards.set_up(settings(program=program))
    line.ring(queue="Sales")
    await until(lambda: bool(opener.opened))
    assert opener.opened == [
        ("/usr/bin/crm", "--number=74951234567", "exec=rm; $(reboot) `x` \"a\" 'b'", "-v", "{unknown} Sales")
    ]


async def test_a_system_that_refuses_is_no_trouble(cards: CallerCards, line: Line, opener: FakeOpener) -> None:
    opener.takes = False
    cards.set_up(settings())
    line.ring()
    cards.set_up(settings(program=("/nowhere",)))
    line.ring("c2")
    assert len(opener.opened) == 2
