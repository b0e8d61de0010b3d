"""Keeping the connection up: when to try again, and when not (cti-model.md, "5.2 Reconnection")."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Awaitable, Callable
from enum import StrEnum

from msgspec import Struct

from ctidesk.cti.clock import Clock, Timer
from ctidesk.cti.errors import CtiError, CtiException, ErrorKind
from ctidesk.cti.tasks import TaskOwner
from ctidesk.cti.text import translate

ATTEMPTS = 200
JITTER = 0.2
SHAKEN_SECONDS = 15.0
"""How long after a sleep or a change of the network a loss is taken for its consequence."""

logger = logging.getLogger(__name__)


class ConnectionPhase(StrEnum):
    """How it stands with the connection."""

    OFFLINE = "offline"
    """Nothing has been tried, or all is closed."""
    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting"
    """The next attempt is set."""
    STOPPED = "stopped"
    """There will be no further attempt by itself."""


class ConnectionStatus(Struct, frozen=True):
    """The connection as the icon and the panel show it.

    Attributes:
        phase: how it stands.
        attempt: which attempt to get the connection back is running or waited for, from 1; 0 for the first connection.
        next_attempt_at: when the next attempt begins, on the monotonic clock; None unless `phase` is WAITING.
        error: why the last attempt failed; None once connected.
    """

    phase: ConnectionPhase = ConnectionPhase.OFFLINE
    attempt: int = 0
    next_attempt_at: float | None = None
    error: CtiError | None = None


def interval(attempt: int) -> int:
    """Return the seconds to wait before `attempt`, counted from 0, without jitter."""
    return round(5 + 2 * math.degrees(math.atan(math.radians(5 * attempt))))


class Reconnection:
    """Connects, and connects again after each loss, one attempt at a time.

    After a loss or a failed attempt it waits `interval` with a jitter of ±20 %, so that a floor of operators does not
    return in one wave. It stops after so many attempts, after an error that trying again cannot mend, and when the
    PBX has forbidden to return.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[None]],
        clock: Clock,
        *,
        changed: Callable[[], None],
        failed: Callable[[CtiError], None],
        given_up: Callable[[], None],
        attempts: int = ATTEMPTS,
        jitter: random.Random | None = None,
    ) -> None:
        """Prepare; nothing happens before `connect_now`.

        Args:
            connect: opens the connection; raises `CtiException` when that failed.
            clock: sets the timer.
            changed: called after each change of `status`.
            failed: called with the error of each attempt that failed.
            given_up: called when there will be no further attempt although the settings are right.
            attempts: how often it tries again; 0 never.
            jitter: the source of chance.
        """
        self._connect = connect
        self._clock = clock
        self._changed = changed
        self._failed = failed
        self._given_up = given_up
        self._most_attempts = attempts
        self._jitter = jitter or random.Random()  # noqa: S311 - spreads load, keeps no secret
        self._tasks = TaskOwner("reconnection")
        self._status = ConnectionStatus()
        self._timer: Timer | None = None
        self._attempts = 0
        self._is_running = False
        self._is_closed = False
        self._was_lost = False
        self._is_forbidden = False
        self._is_wanted_again = False
        self._shaken_at: float | None = None

    @property
    def status(self) -> ConnectionStatus:
        """How it stands with the connection."""
        return self._status

    def connect_now(self) -> None:
        """Count anew and try at once; an attempt that is running goes on, and the next follows at once if it fails."""
        self._attempts = 0
        self._is_forbidden = False
        self._try_now()

    def network_available(self) -> None:
        """Try at once if a connection is missing and a network can have been the reason.

        One that turns out to be dead soon after is tried at once, too.
        """
        self._shaken_at = self._clock.monotonic()
        phase = self._status.phase
        if phase is ConnectionPhase.STOPPED and self._attempts >= self._most_attempts > 0:
            self.connect_now()
        elif phase is ConnectionPhase.WAITING or self._is_running:
            self._try_now()

    def established(self) -> None:
        """Take note that the line is usable."""
        self._attempts = 0
        self._was_lost = self._is_forbidden = self._is_wanted_again = False
        self._cancel_timer()
        self._set(ConnectionStatus(ConnectionPhase.CONNECTED))

    def lost(self, may_return: bool = True) -> None:
        """Take note that the connection is gone; `may_return` False when the PBX does not want us back by ourselves."""
        self._was_lost = True
        self._is_forbidden = self._is_forbidden or not may_return
        if self._is_running:
            return  # decided when the attempt is over
        phase = self._status.phase
        if phase is ConnectionPhase.CONNECTED or (phase is ConnectionPhase.WAITING and self._is_forbidden):
            self._go_on(self._status.error)

    async def close(self) -> None:
        """End the attempt that is running and try no more."""
        self._is_closed = True
        self._cancel_timer()
        await self._tasks.close()
        self._set(ConnectionStatus())

    def _try_now(self) -> None:
        if self._is_closed:
            return
        if self._is_running:
            self._is_wanted_again = True
            return
        self._cancel_timer()
        self._is_running = True
        self._was_lost = False
        self._set(ConnectionStatus(ConnectionPhase.CONNECTING, self._attempts, error=self._status.error))
        self._tasks.start(self._attempt())

    async def _attempt(self) -> None:
        error: CtiError | None = None
        try:
            await self._connect()
        except CtiException as exception:
            error = exception.error
        except Exception as exception:
            logger.exception("the attempt to connect ended in a defect")
            text = translate("Connection", "The connection could not be opened because of a defect in this program.")
            error = CtiError(ErrorKind.GENERAL, text, raw=type(exception).__name__, source="connect")
        finally:
            self._is_running = False
        if error is not None:
            self._failed(error)
        elif not self._was_lost:
            self.established()
            return
        self._go_on(error)

    def _go_on(self, error: CtiError | None) -> None:
        """Decide what follows a loss or a failed attempt."""
        wanted_again, self._is_wanted_again = self._is_wanted_again, False
        self._cancel_timer()
        if self._is_closed:
            return
        if error is not None and error.kind.stops_reconnection:
            self._set(ConnectionStatus(ConnectionPhase.STOPPED, self._attempts, error=error))
        elif self._is_forbidden or self._attempts >= self._most_attempts:
            self._set(ConnectionStatus(ConnectionPhase.STOPPED, self._attempts, error=error))
            self._given_up()
        else:
            self._wait(0.0 if wanted_again or self._was_shaken() else self._next_wait(), error)

    def _was_shaken(self) -> bool:
        """Whether the loss, the first since, belongs to what `network_available` was about."""
        shaken_at, self._shaken_at = self._shaken_at, None
        return shaken_at is not None and self._clock.monotonic() - shaken_at < SHAKEN_SECONDS

    def _next_wait(self) -> float:
        return interval(self._attempts) * self._jitter.uniform(1 - JITTER, 1 + JITTER)

    def _wait(self, seconds: float, error: CtiError | None) -> None:
        self._attempts += 1
        self._timer = self._clock.call_later(seconds, self._try_now)
        at = self._clock.monotonic() + seconds
        self._set(ConnectionStatus(ConnectionPhase.WAITING, self._attempts, at, error))

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set(self, status: ConnectionStatus) -> None:
        if status != self._status:
            self._status = status
            self._changed()
