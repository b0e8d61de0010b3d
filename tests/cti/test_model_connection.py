"""How the model keeps its connection, and what becomes of the calls."""

from __future__ import annotations

import asyncio

from ctidesk.cti.errors import ErrorKind
from ctidesk.cti.events import ActiveCallSnapshot, CallFinished, CallStarted, ErrorOccurred, Initialized
from ctidesk.cti.model import CtiModel
from ctidesk.cti.reconnection import ATTEMPTS, ConnectionPhase
from ctidesk.cti.values import CallState
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider, failure
from tests.cti.watcher import Watcher, current, incoming, outgoing
from tests.waiting import settle


async def test_connecting_the_first_time_and_again(
    model: CtiModel, provider: FakeProvider, clock: FakeClock, watcher: Watcher
) -> None:
    assert current(model.connection.phase) is ConnectionPhase.CONNECTED
    provider.lose_connection()
    assert current(model.connection.phase) is ConnectionPhase.WAITING
    assert watcher.changes == 1
    clock.advance(6)
    await settle()
    assert provider.names == ["reconnect", "query_active_calls"]
    assert current(model.is_connected)


async def test_the_calls_end_after_the_last_attempt(
    model: CtiModel, provider: FakeProvider, clock: FakeClock, watcher: Watcher
) -> None:
    main, consult = incoming(), outgoing()
    provider.tell(CallStarted(main), CallStarted(consult))
    provider.attempts.extend(failure() for _ in range(ATTEMPTS))
    provider.lose_connection()
    while current(model.connection.phase) is ConnectionPhase.WAITING:
        assert list(model.calls.values()) == [main, consult]
        assert model.connection.next_attempt_at is not None
        clock.advance(model.connection.next_attempt_at - clock.monotonic())
        await settle()
    assert current(model.connection.phase) is ConnectionPhase.STOPPED
    assert model.current_call is None
    assert watcher.events[-2:] == [CallFinished(consult), CallFinished(main)]
    assert {main.state_cause, consult.state_cause} == {"connection lost"}
    assert len(watcher.errors) == ATTEMPTS
    assert provider.names.count("reconnect") == ATTEMPTS


async def test_who_talked_and_rings_again_is_another_call(
    model: CtiModel, provider: FakeProvider, watcher: Watcher
) -> None:
    talk, ring = incoming("c1", state=CallState.CONNECTED), incoming("c2")
    provider.tell(CallStarted(talk))
    provider.lose_connection()
    told = watcher.during(lambda: provider.tell(ActiveCallSnapshot((ring,), ring)))
    assert told == ["callFinished", "callStarted", "currentCallChanged", "activeCallSnapshot"]
    assert ring.record_id != talk.record_id
    assert ring.connected is None


async def test_calls_wait_for_the_password(model: CtiModel, provider: FakeProvider, clock: FakeClock) -> None:
    call = incoming()
    provider.tell(CallStarted(call))
    provider.attempts.append(failure(ErrorKind.AUTHENTICATION))
    provider.lose_connection()
    clock.advance(6)
    await settle()
    assert current(model.connection.phase) is ConnectionPhase.STOPPED
    assert model.current_call is call
    provider.snapshot = (call,)
    model.reconnect()
    await settle()
    assert model.current_call is call
    assert call.confirmed


async def test_the_error_of_an_attempt_is_told_once(
    unconnected: CtiModel, provider: FakeProvider, clock: FakeClock
) -> None:
    watcher = Watcher(unconnected)
    told, silent = failure(), failure()
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    provider.attempts.extend([future, silent])
    unconnected.start()
    await settle()
    provider.tell(ErrorOccurred(told.error))
    future.set_exception(told)
    await settle()
    clock.advance(6)
    await settle()
    assert watcher.errors == [told.error, silent.error]
    assert unconnected.connection.error is silent.error


async def test_an_attempt_that_fails_after_all_leaves_no_usable_line(
    unconnected: CtiModel, provider: FakeProvider
) -> None:
    watcher = Watcher(unconnected)
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    provider.attempts.append(future)
    unconnected.start()
    await settle()
    provider.tell(Initialized())
    assert current(unconnected.is_connected)
    future.set_exception(failure())
    await settle()
    assert not current(unconnected.is_connected)
    assert current(unconnected.connection.phase) is ConnectionPhase.WAITING
    assert watcher.names == ["initialized", "disconnected", "error"]


async def test_a_manual_reconnection_while_connected(model: CtiModel, provider: FakeProvider) -> None:
    model.reconnect()
    assert current(model.connection.phase) is ConnectionPhase.CONNECTING
    await settle()
    assert provider.names == ["reconnect", "query_active_calls"]
    assert current(model.connection.phase) is ConnectionPhase.CONNECTED


async def test_the_network_comes_back(model: CtiModel, provider: FakeProvider) -> None:
    provider.lose_connection()
    model.network_available()
    await settle()
    assert current(model.is_connected)


async def test_a_connection_that_was_asleep_is_checked(model: CtiModel, provider: FakeProvider) -> None:
    model.network_available()
    assert provider.checks == 1
    provider.lose_connection()
    model.network_available()
    assert provider.checks == 1
    await settle()
    assert current(model.is_connected)


async def test_a_provider_that_connects_by_itself(model: CtiModel, provider: FakeProvider, clock: FakeClock) -> None:
    provider.lose_connection(may_reconnect=False)
    assert current(model.connection.phase) is ConnectionPhase.STOPPED
    clock.advance(1000)
    await model.set_agent_state("ready")
    provider.tell(Initialized())
    assert current(model.connection.phase) is ConnectionPhase.CONNECTED
    assert provider.names == ["set_agent_state"]


async def test_a_subscriber_may_reconnect(model: CtiModel, provider: FakeProvider) -> None:
    def reconnect_at_once() -> None:
        if model.connection.phase is ConnectionPhase.WAITING:
            model.reconnect()

    model.changed.subscribe(reconnect_at_once)
    phases: list[ConnectionPhase] = []
    model.changed.subscribe(lambda: phases.append(model.connection.phase))
    provider.lose_connection()
    await settle()
    assert current(model.is_connected)
    assert phases[0] is ConnectionPhase.CONNECTING
    assert phases[-1] is ConnectionPhase.CONNECTED


async def test_closing_ends_the_calls_for_the_journal(
    model: CtiModel, provider: FakeProvider, watcher: Watcher, clock: FakeClock
) -> None:
    call = incoming(state=CallState.CONNECTED)
    provider.tell(CallStarted(call))
    await model.close()
    assert provider.names == ["close"]
    assert watcher.names == ["callStarted", "disconnected", "callFinished"]
    assert call.state_cause == "closed"
    assert not current(model.is_connected)
    assert current(model.connection.phase) is ConnectionPhase.OFFLINE
    assert clock.timers == []
    provider.tell(CallStarted(incoming("late")))
    assert model.current_call is None
    await model.close()
    assert watcher.names == ["callStarted", "disconnected", "callFinished"]


async def test_closing_while_connecting(unconnected: CtiModel, provider: FakeProvider) -> None:
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    provider.attempts.append(future)
    unconnected.start()
    await settle()
    await unconnected.close()
    assert future.cancelled()
    assert provider.names == ["connect", "close"]
