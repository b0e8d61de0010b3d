"""The keep-alive under a clock of our own."""

import asyncio
import heapq
import logging

import pytest

from ctidesk.net.errors import ConnectionLost
from ctidesk.net.keepalive import KeepAlive
from tests.waiting import settle


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, future))
        await future

    async def advance(self, seconds: float) -> None:
        """Let time pass, waking each sleeper at its moment."""
        end = self.now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, future = heapq.heappop(self._sleepers)
            self.now = max(self.now, due)
            if not future.done():
                future.set_result(None)
            await settle()
        self.now = end

    async def jump(self, seconds: float) -> None:
        """Let time pass at once, as when the computer slept."""
        self.now += seconds
        await self.advance(0)


class Link:
    """What the owner of a keep-alive does, written down."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.pings: list[float] = []
        self.lost: list[float] = []
        self.error: Exception | None = None
        self.hangs = False
        self.keepalive = KeepAlive(
            15.0, 40.0, self._ping, lambda: self.lost.append(clock.now), clock=clock.time, sleep=clock.sleep
        )

    async def _ping(self) -> None:
        self.pings.append(self.clock.now)
        if self.hangs:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_pings_while_something_is_heard(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    for _ in range(10):
        await clock.advance(10)
        link.keepalive.heard()
    assert link.pings == [15, 30, 45, 60, 75, 90]
    assert link.lost == []
    await link.keepalive.stop()
    await clock.advance(1000)
    assert len(link.pings) == 6
    assert link.lost == []


async def test_silence_is_told_once_and_ends_everything(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    await clock.advance(7)
    link.keepalive.heard()
    await clock.advance(1000)
    assert link.lost == [47]
    assert link.pings == [15, 30, 45]
    await link.keepalive.stop()


@pytest.mark.parametrize("error", [ConnectionLost(None), LookupError("the owner's mistake")])
async def test_a_ping_that_fails_ends_nothing(clock: Clock, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    link = Link(clock)
    link.error = error
    link.keepalive.start()
    await clock.advance(1000)
    assert link.pings == [15, 30]
    assert link.lost == [40]
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert bool(errors) is isinstance(error, LookupError)
    await link.keepalive.stop()


async def test_a_ping_that_hangs_does_not_hide_the_silence(clock: Clock) -> None:
    link = Link(clock)
    link.hangs = True
    link.keepalive.start()
    await clock.advance(1000)
    assert link.pings == [15]
    assert link.lost == [40]
    await link.keepalive.stop()


async def test_waking_late_grants_one_more_period(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    await settle()
    await clock.jump(3600)
    assert link.lost == []
    await clock.advance(14)
    assert link.lost == []
    await clock.advance(1)
    assert link.lost == [3615]
    await link.keepalive.stop()


async def test_waking_late_and_hearing_goes_on(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    await settle()
    await clock.jump(3600)
    link.keepalive.heard()
    await clock.advance(39)
    assert link.lost == []
    await link.keepalive.stop()


async def test_it_can_be_started_again(clock: Clock) -> None:
    link = Link(clock)
    await link.keepalive.stop()
    link.keepalive.start()
    with pytest.raises(RuntimeError):
        link.keepalive.start()
    await clock.advance(100)
    await link.keepalive.stop()
    link.keepalive.start()
    await clock.advance(39)
    assert link.lost == [40]
    await link.keepalive.stop()
    await link.keepalive.stop()


@pytest.mark.parametrize(("period", "silence"), [(0.0, 1.0), (-1.0, 1.0), (5.0, 5.0)])
def test_times_that_make_no_sense(period: float, silence: float) -> None:
    async def ping() -> None:
        raise AssertionError

    with pytest.raises(ValueError, match="longer"):
        KeepAlive(period, silence, ping, lambda: None)


async def test_a_check_that_is_answered_leaves_the_link(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    await clock.advance(7)
    link.keepalive.check(5)
    link.keepalive.check(5)
    await clock.advance(4)
    link.keepalive.heard()
    await clock.advance(10)
    assert link.pings == [7, 15]
    assert link.lost == []
    await link.keepalive.stop()


@pytest.mark.parametrize("hangs", [False, True])
async def test_a_check_without_an_answer_ends_the_link_once(clock: Clock, hangs: bool) -> None:
    link = Link(clock)
    link.hangs = hangs
    link.keepalive.start()
    await clock.advance(7)
    link.keepalive.heard()
    link.keepalive.check(5)
    await clock.advance(1000)
    assert link.pings == [7]
    assert link.lost == [12]
    link.keepalive.check(5)
    await clock.advance(1000)
    assert link.lost == [12]
    await link.keepalive.stop()


async def test_the_end_of_a_link_ends_its_check(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.check(5)
    await clock.advance(1000)
    assert link.pings == [], "without a start there is nothing to check"
    link.keepalive.start()
    link.keepalive.check(5)
    await link.keepalive.stop()
    await clock.advance(1000)
    assert link.lost == []


async def test_a_check_at_the_end_of_the_silence_tells_once(clock: Clock) -> None:
    link = Link(clock)
    link.keepalive.start()
    await clock.advance(38)
    link.keepalive.check(5)
    await clock.advance(1000)
    assert link.lost == [40]
    await link.keepalive.stop()
