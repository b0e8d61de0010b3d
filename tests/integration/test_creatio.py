"""Creatio over OData 4: who is calling, and calls saved as activities, each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from ctidesk.cti.values import CallDirection
from ctidesk.integration.creatio import CALL_CATEGORY, DONE, TASK, CreatioActivities, CreatioCallers
from ctidesk.integration.creatio_session import CreatioAccount, CreatioFailed, CreatioSession, LoginRefused
from ctidesk.store.exported_call import ExportedCall
from ctidesk.store.found import LookupFailed
from ctidesk.store.http_request import HttpClient
from ctidesk.store.lookup import KEPT_FOR
from ctidesk.store.numbers import NumberPlan
from ctidesk.store.outbox import DeliveryFailed, DeliveryRefused, EventKind, OutgoingEvent
from ctidesk.store.record import Outcome
from tests.cti.fake_clock import FakeClock
from tests.integration.odata_server import LOGIN, PASSWORD, Creatio

PLAN = NumberPlan("RU")
STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def account(creatio: Creatio, password: str = PASSWORD, suffix: str = "") -> CreatioAccount:
    return CreatioAccount(creatio.url + suffix, LOGIN, password)


@pytest.fixture
async def session(creatio: Creatio) -> AsyncIterator[CreatioSession]:
    session = CreatioSession(account(creatio), HttpClient())
    yield session
    await session.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def callers(session: CreatioSession, creatio: Creatio, clock: FakeClock) -> CreatioCallers:
    return CreatioCallers(session, creatio.url, PLAN, clock)


@pytest.fixture
def activities(session: CreatioSession, callers: CreatioCallers) -> CreatioActivities:
    return CreatioActivities(session, callers)


def event(kind: EventKind = EventKind.FINISHED, number: str = "74951234567", **fields: object) -> OutgoingEvent:
    known: dict[str, object] = {
        "record_id": uuid4(),
        "direction": "IN",
        "direction_id": CallDirection.IN.value,
        "outcome": Outcome.ANSWERED,
        "started": STARTED,
        "ended": STARTED + timedelta(seconds=90),
        "talk": 80.0,
        "number": number,
    }
    call = ExportedCall(**(known | fields))  # type: ignore[arg-type]
    return OutgoingEvent(1, "id", msgspec.json.encode({"event": kind.value, "call": call}))


async def names(callers: CreatioCallers, number: str) -> list[str]:
    return [one.name for one in await callers.find(number)]


async def test_contacts_and_accounts_are_found(callers: CreatioCallers, creatio: Creatio) -> None:
    anna = creatio.add_contact("Anna", "8 (495) 123-45-67", "+7 916 000-00-00", company="Romashka", title="Buyer")
    romashka = creatio.add_account("Romashka", "+7 495 1234567")
    creatio.add_contact("Somebody with the same end", "+7 812 123-45-67")
    found = await callers.find("84951234567")
    assert [(one.name, one.company, one.title) for one in found] == [
        ("Anna", "Romashka", "Buyer"),
        ("Romashka", "Romashka", ""),
    ]
    pages = f"{creatio.url}/0/Nui/ViewModule.aspx#CardModuleV2/"
    assert [one.url for one in found] == [
        f"{pages}ContactPageV2/edit/{anna}",
        f"{pages}AccountPageV2/edit/{romashka}",
    ]
    assert creatio.logins == 1


async def test_an_internal_number_is_that_number_alone(callers: CreatioCallers, creatio: Creatio) -> None:
    creatio.add_contact("Colleague", "103")
    creatio.add_contact("Stranger", "+7 495 000-01-03")
    assert await names(callers, "103") == ["Colleague"]


@pytest.mark.parametrize("number", ["", "anonymous", "' or 1 eq 1", "*21#"])
async def test_what_is_no_number_is_not_asked_for(number: str, callers: CreatioCallers, creatio: Creatio) -> None:
    assert await callers.find(number) == ()
    assert creatio.asked == []


async def test_answers_are_used_again_for_a_while(callers: CreatioCallers, creatio: Creatio, clock: FakeClock) -> None:
    creatio.add_contact("Anna", "84951234567")
    await callers.find("84951234567")
    asked = len(creatio.asked)
    assert await names(callers, "+74951234567") == ["Anna"]
    assert len(creatio.asked) == asked
    clock.advance(KEPT_FOR + 1)
    await callers.find("84951234567")
    assert len(creatio.asked) > asked


async def test_hostile_names_are_plain_text(callers: CreatioCallers, creatio: Creatio) -> None:
    creatio.add_contact("<img src=x>\u202eAnna\x00\n", "84951234567", company="=cmd|'/c calc'!A1")
    [found] = await callers.find("84951234567")
    assert (found.name, found.company) == ("<img src=x>Anna", "=cmd|'/c calc'!A1")


async def test_a_session_that_has_ended_is_renewed(callers: CreatioCallers, creatio: Creatio) -> None:
    creatio.add_contact("Anna", "84951234567")
    creatio.add_contact("Boris", "84951234568")
    assert await names(callers, "84951234567") == ["Anna"]
    creatio.end_session()
    assert await names(callers, "84951234568") == ["Boris"]
    assert creatio.logins == 2


@pytest.mark.parametrize("suffix", ["", "/", "/0", "/0/"])
@pytest.mark.parametrize("root", ["/0/odata", "/odata"])
async def test_both_kinds_of_installation(root: str, suffix: str) -> None:
    creatio = Creatio(root)
    creatio.add_contact("Anna", "84951234567")
    session = CreatioSession(account(creatio, suffix=suffix), HttpClient())
    assert await names(CreatioCallers(session, creatio.url, PLAN, FakeClock()), "84951234567") == ["Anna"]
    await session.close()
    creatio.close()


async def test_a_wrong_password_is_tried_once(creatio: Creatio, clock: FakeClock) -> None:
    session = CreatioSession(account(creatio, "wrong-pass"), HttpClient())
    callers = CreatioCallers(session, creatio.url, PLAN, clock)
    for _ in range(3):
        with pytest.raises(LookupFailed) as caught:
            await callers.find("84951234567")
        assert "wrong-pass" not in str(caught.value)
    assert session.is_login_refused
    assert creatio.logins == 1, "each attempt counts for a lockout"
    with pytest.raises(LoginRefused):
        await session.check(5)
    await session.close()


async def test_what_is_no_creatio(clock: FakeClock) -> None:
    creatio = Creatio("/elsewhere")
    session = CreatioSession(account(creatio), HttpClient())
    with pytest.raises(CreatioFailed, match="no OData"):
        await session.check(5)
    creatio.close()
    with pytest.raises(CreatioFailed):
        await session.check(5)
    await session.close()


async def test_a_silent_server_is_given_up_in_time_and_the_login_goes_on(
    session: CreatioSession, creatio: Creatio
) -> None:
    creatio.may_answer.clear()
    with pytest.raises(CreatioFailed, match="no answer"):
        await session.check(0.05)
    creatio.may_answer.set()
    await session.check(5)
    assert creatio.logins == 1


async def test_requests_at_once_log_in_once(session: CreatioSession, creatio: Creatio) -> None:
    await asyncio.gather(*(session.check(5) for _ in range(5)))
    assert creatio.logins == 1


async def test_secrets_are_in_no_text(creatio: Creatio, session: CreatioSession) -> None:
    assert PASSWORD not in repr(account(creatio))
    assert PASSWORD not in repr(session)


# ---- activities


async def test_a_call_becomes_an_activity(activities: CreatioActivities, creatio: Creatio) -> None:
    anna = creatio.add_contact("Anna", "84951234567")
    await activities.send(event(EventKind.STARTED))
    await activities.send(event(EventKind.CONNECTED))
    assert creatio.activities == {}
    record = uuid4()
    await activities.send(
        event(record_id=record, contact_name="Anna", note="Wants an invoice", disposition="Order", queue="Sales")
    )
    [activity] = creatio.activities.values()
    assert activity == {
        "Id": str(record),
        "Title": "Incoming call · Anna · 74951234567 · 1:20",
        "StartDate": "2026-03-02T09:00:00Z",
        "DueDate": "2026-03-02T09:01:30Z",
        "TypeId": TASK,
        "ActivityCategoryId": CALL_CATEGORY,
        "StatusId": DONE,
        "CallDirectionId": "1d96a65f-2131-4916-8825-2d142b1000b2",
        "ContactId": anna,
        "Notes": "Order\nWants an invoice\nQueue: Sales",
    }


async def test_an_answer_that_was_lost_saves_nothing_twice(activities: CreatioActivities, creatio: Creatio) -> None:
    creatio.statuses = [502]
    told = event()
    with pytest.raises(DeliveryFailed):
        await activities.send(told)
    await activities.send(told)
    assert len(creatio.activities) == 1
    assert [method for method, _ in creatio.writes] == ["POST", "PATCH"]


async def test_a_note_after_the_call_is_added(activities: CreatioActivities, creatio: Creatio) -> None:
    record = UUID(int=7)
    await activities.send(event(EventKind.NOTED, record_id=record, outcome=Outcome.ONGOING, note="while it goes on"))
    assert creatio.activities == {}
    await activities.send(event(record_id=record))
    await activities.send(event(EventKind.NOTED, record_id=record, note="Call again"))
    assert [one["Notes"] for one in creatio.activities.values()] == ["Call again"]


async def test_of_several_the_chosen_one_is_linked(activities: CreatioActivities, creatio: Creatio) -> None:
    creatio.add_contact("Anna", "84951234567")
    boris = creatio.add_contact("Boris", "84951234567")
    one, other = UUID(int=1), UUID(int=2)
    await activities.send(event(record_id=one))
    await activities.send(event(record_id=other, contact_name="Boris"))
    assert "ContactId" not in creatio.activities[str(one)]
    assert creatio.activities[str(other)]["ContactId"] == boris


async def test_an_account_alone_is_linked(activities: CreatioActivities, creatio: Creatio) -> None:
    romashka = creatio.add_account("Romashka", "84951234567")
    await activities.send(event(outcome=Outcome.MISSED, talk=0.0))
    [activity] = creatio.activities.values()
    assert activity["AccountId"] == romashka
    assert activity["Title"] == "Missed call · 74951234567"


async def test_what_creatio_never_takes_holds_nothing_up(activities: CreatioActivities, creatio: Creatio) -> None:
    creatio.refuses_writes = 400
    with pytest.raises(DeliveryRefused):
        await activities.send(event())
    with pytest.raises(DeliveryRefused):
        await activities.send(OutgoingEvent(1, "id", b"no json"))
    creatio.refuses_writes = 503
    with pytest.raises(DeliveryFailed) as caught:
        await activities.send(event())
    assert not isinstance(caught.value, DeliveryRefused)


async def test_long_and_hostile_texts_are_cut(activities: CreatioActivities, creatio: Creatio) -> None:
    await activities.send(event(name="<script>" * 100, note="x" * 1_000_000, number="74951234567\n\x00'"))
    [activity] = creatio.activities.values()
    assert len(activity["Title"]) <= 250
    assert len(activity["Notes"]) <= 4_000
    assert "\n" not in activity["Title"]
