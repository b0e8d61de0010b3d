"""When the connection is tried again (cti-model.md, "5.2 Reconnection")."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator

import pytest

from ctidesk.cti.errors import CtiError, ErrorKind
from ctidesk.cti.reconnection import (
    ATTEMPTS,
    SHAKEN_SECONDS,
    ConnectionPhase,
    ConnectionStatus,
    Reconnection,
    interval,
)
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import failure
from tests.waiting import settle


class Peer:
    """A reconnection, what it connects to, and what it has said."""

    def __init__(self, clock: FakeClock, seed: int = 1) -> None:
        self.outcomes: deque[Exception | asyncio.Future[None] | None] = deque()
        self.fails = False
        self.attempts: list[float] = []
        self.running = 0
        self.failures: list[CtiError] = []
        self.phases: list[ConnectionPhase] = []
        self.given_up = 0
        self.clock = clock
        self.reconnection = Reconnection(
            self._connect,
            clock,
            changed=self._changed,
            failed=self.failures.append,
            given_up=self._give_up,
            jitter=random.Random(seed),
        )

    @property
    def status(self) -> ConnectionStatus:
        return self.reconnection.status

    def phase(self) -> ConnectionPhase:
        return self.status.phase

    async def wait(self) -> float:
        """Let time pass until the next attempt; return how long that was."""
        assert self.status.next_attempt_at is not None
        seconds = self.status.next_attempt_at - self.clock.monotonic()
        self.clock.advance(seconds)
        await settle()
        return seconds

    async def _connect(self) -> None:
        self.attempts.append(self.clock.monotonic())
        self.running += 1
        assert self.running == 1
        try:
            outcome = self.outcomes.popleft() if self.outcomes else failure() if self.fails else None
            if isinstance(outcome, Exception):
                raise outcome
            if outcome is not None:
                await outcome
            self.reconnection.established()
        finally:
            self.running -= 1

    def _changed(self) -> None:
        self.phases.append(self.phase())

    def _give_up(self) -> None:
        self.given_up += 1


@pytest.fixture
async def peer(clock: FakeClock) -> AsyncIterator[Peer]:
    peer = Peer(clock)
    yield peer
    await peer.reconnection.close()
    assert clock.timers == []
    assert peer.running == 0


@pytest.mark.parametrize(
    ("attempt", "seconds"),
    [(0, 5), (1, 15), (2, 25), (3, 34), (4, 43), (5, 52), (6, 60), (7, 68), (8, 75), (9, 81), (10, 87), (199, 178)],
)
def test_interval(attempt: int, seconds: int) -> None:
    assert interval(attempt) == seconds


def test_intervals_never_shrink() -> None:
    intervals = [interval(attempt) for attempt in range(ATTEMPTS)]
    assert intervals == sorted(intervals)


async def test_the_first_connection_is_tried_at_once(peer: Peer) -> None:
    assert peer.phase() is ConnectionPhase.OFFLINE
    peer.reconnection.connect_now()
    assert peer.phase() is ConnectionPhase.CONNECTING
    await settle()
    assert peer.phases == [ConnectionPhase.CONNECTING, ConnectionPhase.CONNECTED]
    assert peer.status == ConnectionStatus(ConnectionPhase.CONNECTED)


async def test_a_loss_is_answered_after_an_interval(peer: Peer, clock: FakeClock) -> None:
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.lost()
    assert peer.phase() is ConnectionPhase.WAITING
    assert peer.status.attempt == 1
    assert len(clock.timers) == 1
    waited = await peer.wait()
    assert 4 <= waited <= 6
    assert peer.phase() is ConnectionPhase.CONNECTED


async def test_intervals_follow_the_table_and_jitter(peer: Peer) -> None:
    peer.fails = True
    peer.reconnection.connect_now()
    await settle()
    for attempt in range(12):
        assert peer.status.attempt == attempt + 1
        waited = await peer.wait()
        assert interval(attempt) * 0.8 <= waited <= interval(attempt) * 1.2
    assert len(peer.failures) == 13


@pytest.mark.parametrize("seed", range(20))
async def test_jitter_spreads_operators(clock: FakeClock, seed: int) -> None:
    first, second = Peer(clock, seed), Peer(clock, seed + 100)
    for peer in (first, second):
        peer.reconnection.connect_now()
    await settle()
    for peer in (first, second):
        peer.reconnection.lost()
    assert first.status.next_attempt_at != second.status.next_attempt_at
    await first.reconnection.close()
    await second.reconnection.close()


async def test_success_starts_the_count_anew(peer: Peer) -> None:
    peer.outcomes.extend([failure(), failure(), failure(), None])
    peer.reconnection.connect_now()
    await settle()
    while peer.phase() is ConnectionPhase.WAITING:
        await peer.wait()
    assert len(peer.attempts) == 4
    peer.reconnection.lost()
    assert peer.status.attempt == 1
    assert 4 <= await peer.wait() <= 6


async def test_it_gives_up_after_the_last_attempt(peer: Peer, clock: FakeClock) -> None:
    peer.fails = True
    peer.reconnection.connect_now()
    await settle()
    waited = 0.0
    while peer.phase() is ConnectionPhase.WAITING:
        assert peer.given_up == 0
        waited = await peer.wait()
    assert len(peer.attempts) == 1 + ATTEMPTS
    assert 178 * 0.8 <= waited <= 178 * 1.2
    assert peer.phase() is ConnectionPhase.STOPPED
    assert peer.status.attempt == ATTEMPTS
    assert peer.status.error is not None
    assert peer.given_up == 1
    assert clock.timers == []
    clock.advance(10_000)
    await settle()
    assert len(peer.attempts) == 1 + ATTEMPTS

    peer.fails = False
    peer.reconnection.network_available()
    await settle()
    assert peer.phase() is ConnectionPhase.CONNECTED


@pytest.mark.parametrize("kind", list(ErrorKind))
async def test_which_errors_stop_it(peer: Peer, kind: ErrorKind) -> None:
    error = failure(kind)
    peer.outcomes.append(error)
    peer.reconnection.connect_now()
    await settle()
    stops = kind in (ErrorKind.AUTHENTICATION, ErrorKind.CONNECTION_CONFIG)
    assert peer.phase() is (ConnectionPhase.STOPPED if stops else ConnectionPhase.WAITING)
    assert peer.status.error is error.error
    assert peer.failures == [error.error]
    assert peer.given_up == 0


async def test_a_refused_login_stays_refused_until_the_operator_tries_again(peer: Peer) -> None:
    peer.outcomes.append(failure(ErrorKind.AUTHENTICATION))
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.network_available()
    peer.reconnection.lost()
    await settle()
    assert len(peer.attempts) == 1
    assert peer.phase() is ConnectionPhase.STOPPED
    peer.reconnection.connect_now()
    await settle()
    assert peer.phase() is ConnectionPhase.CONNECTED


async def test_a_manual_attempt_starts_the_count_anew(peer: Peer, clock: FakeClock) -> None:
    peer.fails = True
    peer.reconnection.connect_now()
    await settle()
    for _ in range(5):
        await peer.wait()
    peer.reconnection.connect_now()
    assert peer.phase() is ConnectionPhase.CONNECTING
    assert clock.timers == []
    await settle()
    assert peer.status.attempt == 1
    assert len(clock.timers) == 1


async def test_the_network_comes_back(peer: Peer, clock: FakeClock) -> None:
    peer.outcomes.extend([failure(), failure(), failure()])
    peer.reconnection.connect_now()
    await settle()
    await peer.wait()
    peer.reconnection.network_available()
    await settle()
    assert peer.attempts[-1] == clock.monotonic()
    assert len(peer.attempts) == 3
    assert peer.status.attempt == 3  # it counts on
    assert len(clock.timers) == 1


async def test_a_network_that_comes_back_leaves_a_connection_alone(peer: Peer) -> None:
    peer.reconnection.network_available()
    await settle()
    assert peer.phase() is ConnectionPhase.OFFLINE
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.network_available()
    await settle()
    assert len(peer.attempts) == 1


async def test_a_loss_soon_after_a_sleep_is_made_good_at_once(peer: Peer, clock: FakeClock) -> None:
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.network_available()
    clock.advance(SHAKEN_SECONDS - 1)
    peer.reconnection.lost()
    clock.advance(0)
    await settle()
    assert len(peer.attempts) == 2
    peer.reconnection.lost()
    clock.advance(0)
    await settle()
    assert len(peer.attempts) == 2, "only the first loss is the sleep's"


async def test_a_loss_long_after_a_sleep_waits_its_turn(peer: Peer, clock: FakeClock) -> None:
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.network_available()
    clock.advance(SHAKEN_SECONDS)
    peer.reconnection.lost()
    clock.advance(0)
    await settle()
    assert len(peer.attempts) == 1


async def test_an_attempt_is_never_doubled(peer: Peer, clock: FakeClock) -> None:
    running: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    peer.outcomes.append(running)
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.connect_now()
    peer.reconnection.network_available()
    peer.reconnection.lost()
    clock.advance(1000)
    await settle()
    assert len(peer.attempts) == 1
    assert peer.phase() is ConnectionPhase.CONNECTING

    running.set_exception(failure())
    await settle()
    clock.advance(0)
    await settle()
    assert len(peer.attempts) == 2  # wanted in the meantime, so at once
    assert peer.phase() is ConnectionPhase.CONNECTED


async def test_a_connection_that_breaks_during_the_attempt_has_failed(peer: Peer) -> None:
    async def connect_and_break() -> None:
        reconnection.established()
        reconnection.lost()

    reconnection = Reconnection(
        connect_and_break, peer.clock, changed=lambda: None, failed=peer.failures.append, given_up=lambda: None
    )
    reconnection.connect_now()
    await settle()
    assert reconnection.status.phase is ConnectionPhase.WAITING
    assert peer.failures == []
    await reconnection.close()


async def test_the_pbx_forbids_to_return(peer: Peer, clock: FakeClock) -> None:
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.lost(may_return=False)
    assert peer.phase() is ConnectionPhase.STOPPED
    assert peer.given_up == 1
    assert clock.timers == []
    peer.reconnection.network_available()
    await settle()
    assert len(peer.attempts) == 1
    peer.reconnection.connect_now()
    await settle()
    assert peer.phase() is ConnectionPhase.CONNECTED
    peer.reconnection.lost()
    assert peer.phase() is ConnectionPhase.WAITING


async def test_a_second_loss_changes_nothing(peer: Peer) -> None:
    peer.reconnection.lost()
    assert peer.phase() is ConnectionPhase.OFFLINE
    peer.reconnection.connect_now()
    await settle()
    peer.reconnection.lost()
    status = peer.status
    peer.reconnection.lost()
    assert peer.status == status
    peer.reconnection.lost(may_return=False)
    assert peer.phase() is ConnectionPhase.STOPPED


async def test_a_defect_does_not_end_the_attempts(peer: Peer, caplog: pytest.LogCaptureFixture) -> None:
    peer.outcomes.append(KeyError("secret"))
    peer.reconnection.connect_now()
    await settle()
    assert peer.phase() is ConnectionPhase.WAITING
    assert peer.status.error is not None
    assert peer.status.error.kind is ErrorKind.GENERAL
    assert "secret" not in repr(peer.status.error)
    assert "defect" in caplog.text
    await peer.wait()
    assert peer.phase() is ConnectionPhase.CONNECTED


async def test_closing_ends_a_running_attempt(peer: Peer, clock: FakeClock) -> None:
    running: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    peer.outcomes.append(running)
    peer.reconnection.connect_now()
    await settle()
    await peer.reconnection.close()
    assert running.cancelled()
    assert peer.phase() is ConnectionPhase.OFFLINE
    peer.reconnection.connect_now()
    peer.reconnection.lost()
    clock.advance(1000)
    await settle()
    assert len(peer.attempts) == 1
    assert peer.phase() is ConnectionPhase.OFFLINE


async def test_closing_while_waiting(peer: Peer, clock: FakeClock) -> None:
    peer.fails = True
    peer.reconnection.connect_now()
    await settle()
    await peer.reconnection.close()
    assert clock.timers == []
    clock.advance(1000)
    await settle()
    assert len(peer.attempts) == 1
