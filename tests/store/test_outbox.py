"""Events reach others once, in order, however long the receiver is away."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import random
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from ctidesk.cti.events import CallFinished, CallStarted, CommutationStarted
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.store import outbox
from ctidesk.store.database import Database
from ctidesk.store.http_request import HttpClient
from ctidesk.store.journal import Journal
from ctidesk.store.outbox import LONGEST_WAIT, DeliveryFailed, DeliveryRefused, Outbox, OutgoingEvent, Receiver
from ctidesk.store.schema import JOURNAL
from ctidesk.store.webhook import Webhook, WebhookSettings
from tests.cti.fake_clock import START, FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming
from tests.store.conftest import written
from tests.store.http_server import HttpServer
from tests.waiting import settle, until


class Listener:
    """Takes events, unless it is down.

    Attributes:
        refused: the bodies that it will never take.
    """

    def __init__(self) -> None:
        self.is_up = True
        self.attempts = 0
        self.taken: list[bytes] = []
        self.refused: set[bytes] = set()

    def has_seen(self, attempts: int) -> bool:
        return self.attempts == attempts

    async def take(self, event: OutgoingEvent) -> None:
        self.attempts += 1
        if not self.is_up:
            raise DeliveryFailed("it is down")
        if event.body in self.refused:
            raise DeliveryRefused("never")
        self.taken.append(event.body)


@pytest.fixture
def receiver() -> Listener:
    return Listener()


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
async def box(database: Database, receiver: Listener, clock: FakeClock, troubles: list[str]) -> AsyncIterator[Outbox]:
    box = Outbox(database, receiver.take, clock, trouble=troubles.append, jitter=random.Random(1))
    box.start()
    yield box
    await box.close()


async def put(database: Database, *bodies: str) -> None:
    def work(connection: sqlite3.Connection) -> None:
        for body in bodies:
            outbox.put(connection, [Receiver.WEBHOOK], f"id of {body}", body.encode())

    await database.run(work)


async def waiting(database: Database) -> int:
    number: int = await database.run(
        lambda connection: connection.execute("SELECT count(*) FROM outbox WHERE refused IS NULL").fetchone()[0]
    )
    return number


async def test_events_leave_in_order(box: Outbox, database: Database, receiver: Listener) -> None:
    bodies = [str(number) for number in range(50)]
    await put(database, *bodies)
    box.wake()
    await until(lambda: len(receiver.taken) == 50)
    assert receiver.taken == [body.encode() for body in bodies]
    await box.close()
    assert await waiting(database) == 0


async def test_a_receiver_that_is_down_for_an_hour_gets_all_once_and_in_order(
    box: Outbox, database: Database, receiver: Listener, clock: FakeClock, troubles: list[str]
) -> None:
    receiver.is_up = False
    await put(database, "0")
    box.wake()
    number = 1
    end = clock.monotonic() + 3600
    while clock.monotonic() < end:
        await until(lambda: bool(clock.timers))
        attempts = receiver.attempts + 1
        await put(database, str(number))
        box.wake()  # a new event does not hurry a receiver that is down
        number += 1
        clock.advance(clock.timers[0].due - clock.monotonic())
        await until(partial(receiver.has_seen, attempts))
    assert receiver.taken == []
    assert 3600 / LONGEST_WAIT / 1.2 < receiver.attempts < 30
    assert troubles == ["it is down"]
    receiver.is_up = True
    await until(lambda: bool(clock.timers))
    clock.advance(1.2 * LONGEST_WAIT)
    await until(lambda: len(receiver.taken) >= number)
    assert receiver.taken == [str(one).encode() for one in range(number)]
    # The next time it is told again.
    receiver.is_up = False
    await put(database, "later")
    box.wake()
    await until(lambda: len(troubles) == 2)
    box.try_now()
    receiver.is_up = True
    await until(lambda: receiver.taken[-1] == b"later")
    assert len(receiver.taken) == number + 1


async def test_what_was_not_delivered_waits_for_the_next_start(
    database: Database, receiver: Listener, clock: FakeClock, path: Path
) -> None:
    receiver.is_up = False
    await put(database, "1", "2")
    before = Outbox(database, receiver.take, clock)
    before.start()
    await until(lambda: receiver.attempts == 1)
    await before.close()
    assert clock.timers == []
    await database.close()
    receiver.is_up = True
    database = Database(path, JOURNAL)
    after = Outbox(database, receiver.take, clock)
    after.start()
    await until(lambda: len(receiver.taken) == 2)
    await after.close()
    await database.close()
    assert receiver.taken == [b"1", b"2"]


async def test_a_network_that_comes_and_goes_does_not_repeat_the_trouble(
    box: Outbox, database: Database, receiver: Listener, troubles: list[str]
) -> None:
    receiver.is_up = False
    await put(database, "0")
    box.wake()
    await until(partial(receiver.has_seen, 1))
    for attempts in (2, 3):
        box.try_now()
        await until(partial(receiver.has_seen, attempts))
    await settle()
    assert troubles == ["it is down"]


async def test_an_attempt_under_way_at_the_end_is_not_made_twice(database: Database, clock: FakeClock) -> None:
    """Whoever has got an event gets it no more at the next start, also when their answer came during the end."""
    began, may_answer = asyncio.Event(), asyncio.Event()
    taken: list[bytes] = []

    async def take(event: OutgoingEvent) -> None:
        taken.append(event.body)
        began.set()
        await may_answer.wait()

    await put(database, "1", "2")
    box = Outbox(database, take, clock)
    box.start()
    await began.wait()
    closing = asyncio.ensure_future(box.close())
    await settle()
    may_answer.set()
    await closing
    assert taken == [b"1"]
    assert await waiting(database) == 1


async def test_a_receiver_that_never_answers_does_not_hold_the_end_up(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "CLOSE_LIMIT", 0.01)
    began = asyncio.Event()

    async def take(event: OutgoingEvent) -> None:
        began.set()
        await asyncio.Event().wait()

    await put(database, "1")
    box = Outbox(database, take, clock)
    box.start()
    await began.wait()
    await box.close()
    assert await waiting(database) == 1


async def test_one_that_is_refused_for_good_holds_nobody_up(
    box: Outbox, database: Database, receiver: Listener, troubles: list[str]
) -> None:
    receiver.refused = {b"1"}
    await put(database, "0", "1", "2")
    box.wake()
    await until(lambda: len(receiver.taken) == 2)
    await put(database, "3")
    box.wake()
    await until(lambda: len(receiver.taken) == 3)
    assert receiver.taken == [b"0", b"2", b"3"]
    assert troubles == ["never"]
    kept = await database.run(
        lambda connection: connection.execute("SELECT body FROM outbox WHERE refused IS NOT NULL").fetchall()
    )
    assert kept == [(b"1",)]


async def test_a_delivered_event_is_not_sent_again_because_the_file_is_locked(
    database: Database, receiver: Listener, clock: FakeClock, path: Path
) -> None:
    await put(database, "1", "2")
    other = sqlite3.connect(path, isolation_level=None)

    async def take_and_lock(event: OutgoingEvent) -> None:
        await receiver.take(event)
        if event.body == b"1":
            other.execute("BEGIN IMMEDIATE")

    box = Outbox(database, take_and_lock, clock)
    box.start()
    await until(lambda: bool(clock.timers))
    assert receiver.taken == [b"1"]
    other.rollback()
    other.close()
    clock.advance(2)
    await until(lambda: len(receiver.taken) == 2)
    assert receiver.taken == [b"1", b"2"]
    await box.close()


async def test_a_call_is_told_from_ring_to_end_and_its_note(
    model: CtiModel, provider: FakeProvider, database: Database, receiver: Listener, clock: FakeClock
) -> None:
    box = Outbox(database, receiver.take, clock)
    journal = Journal(model, database, tells_others=box.wake, receivers=[Receiver.WEBHOOK])
    await journal.open()
    box.start()
    call = incoming(caller_name="Анна", queue="Sales")
    provider.tell(CallStarted(call))
    await written(journal)
    clock.advance(3)
    call.state = CallState.CONNECTED
    provider.tell(CommutationStarted(call))
    await written(journal)
    provider.tell(CallFinished(call))
    await journal.annotate(call.record_id, note="note", disposition="sold")
    await until(lambda: len(receiver.taken) == 4)
    told = [msgspec.json.decode(body) for body in receiver.taken]
    assert [one["event"] for one in told] == ["callStarted", "callConnected", "callFinished", "callNoted"]
    assert {one["call"]["recordId"] for one in told} == {str(call.record_id)}
    assert told[0]["call"] | {"revision": 1} == {
        "recordId": str(call.record_id),
        "revision": 1,
        "callId": "c1",
        "direction": "IN",
        "directionId": "1d96a65f-2131-4916-8825-2d142b1000b2",
        "outcome": "ongoing",
        "started": "2026-03-02T09:00:00Z",
        "number": "79161234567",
        "name": "Анна",
        "callerNumber": "79161234567",
        "callerName": "Анна",
        "calledNumber": "101",
        "queue": "Sales",
        "ring": 0.0,
        "talk": 0.0,
        "hold": 0.0,
    }
    assert told[2]["call"]["outcome"] == "answered"
    assert told[2]["call"]["ring"] == 3
    assert (told[3]["call"]["note"], told[3]["call"]["disposition"]) == ("note", "sold")
    await box.close()
    await journal.close()


async def test_calls_that_nobody_wants_to_hear_of_stay_here(
    journal: Journal, provider: FakeProvider, database: Database
) -> None:
    provider.tell(CallStarted(incoming()))
    await written(journal)
    assert await waiting(database) == 0


async def test_the_end_of_a_run_is_told_at_the_next_start(
    model: CtiModel, provider: FakeProvider, database: Database, receiver: Listener, clock: FakeClock
) -> None:
    lost = Journal(model, database, tells_others=lambda: None, receivers=[Receiver.WEBHOOK])
    call = incoming()
    provider.tell(CallStarted(call))  # in the spool only
    lost._unsubscribe()
    box = Outbox(database, receiver.take, clock)
    journal = Journal(model, database, tells_others=box.wake, receivers=[Receiver.WEBHOOK])
    await journal.open()
    box.start()
    await until(lambda: len(receiver.taken) == 2)
    told = [msgspec.json.decode(body) for body in receiver.taken]
    assert [(one["event"], one["call"]["outcome"]) for one in told] == [
        ("callStarted", "ongoing"),
        ("callFinished", "interrupted"),
    ]
    await box.close()
    await journal.close()
    await lost.close()


async def test_the_webhook_signs_what_it_sends(clock: FakeClock) -> None:
    server = HttpServer()
    settings = WebhookSettings(server.url + "/hook?key=1", "the secret", {"Authorization": "Bearer x"})
    hook = Webhook(settings, HttpClient(), clock)
    clock.advance(5)
    await hook.send(OutgoingEvent(7, "the id", '{"name": "Анна"}'.encode()))
    server.close()
    (asked,) = server.asked
    assert (asked.method, asked.target, asked.body) == ("POST", "/hook?key=1", '{"name": "Анна"}'.encode())
    timestamp = asked.headers["X-Ctidesk-Timestamp"]
    assert timestamp == str(int((START + timedelta(seconds=5)).timestamp()))
    expected = hmac.new(b"the secret", timestamp.encode() + b"." + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["X-Ctidesk-Signature"] == f"sha256={expected}"
    assert asked.headers["X-Ctidesk-Event-Id"] == "the id"
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.headers["Authorization"] == "Bearer x"
    for secret in ("the secret", "key=1", "Bearer"):
        assert secret not in repr(settings)


@pytest.mark.parametrize(
    ("status", "failure"),
    [(200, None), (204, None), (400, DeliveryRefused), (422, DeliveryRefused), (302, DeliveryFailed)]
    + [(status, DeliveryFailed) for status in (401, 403, 404, 408, 429, 500, 503)],
)
async def test_what_the_receiver_answers_decides(
    status: int, failure: type[Exception] | None, clock: FakeClock
) -> None:
    server = HttpServer()
    server.answers = [(status, b"")]
    hook = Webhook(WebhookSettings(server.url), HttpClient(), clock)
    event = OutgoingEvent(1, "id", b"{}")
    if failure is None:
        await hook.send(event)
    else:
        with pytest.raises(failure) as caught:
            await hook.send(event)
        assert caught.type is failure
    server.close()
    assert [one.target for one in server.asked] == ["/"]
    assert "X-Ctidesk-Signature" not in server.asked[0].headers


async def test_a_receiver_over_the_network_goes_and_comes_back(database: Database, clock: FakeClock) -> None:
    server = HttpServer()
    server.answers = [(503, b""), (500, b""), (200, b"")]
    box = Outbox(database, Webhook(WebhookSettings(server.url), HttpClient(), clock).send, clock)
    await put(database, "1", "2", "3")
    box.start()
    for _ in range(2):
        await until(lambda: bool(clock.timers))
        clock.advance(5)
    await until(lambda: len(server.asked) == 5)
    await box.close()
    server.close()
    assert [one.body for one in server.asked] == [b"1", b"1", b"1", b"2", b"3"]
    assert [one.headers["X-Ctidesk-Event-Id"] for one in server.asked][:3] == ["id of 1"] * 3
