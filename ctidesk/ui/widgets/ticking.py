"""Timers shared by everything that counts or blinks: they run only while somebody listens."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import isValid

Unsubscribe = Callable[[], None]

BLINK_MILLISECONDS = 500
"""How long the bell of a ringing call is full, then pale (look.md, "7. What moves")."""


class Ticker(QObject):
    """Calls its subscribers at every full `interval` of the clock, so that all counters change together.

    Args:
        interval: milliseconds.
        clock: seconds; only its fraction of the interval matters. Replaced in tests.
    """

    def __init__(self, interval: int, *, clock: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._interval = interval
        self._clock = clock
        self._subscriptions: list[_Subscription] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def subscribe(self, callback: Callable[[], None]) -> Unsubscribe:
        """Call `callback` at every tick until the returned function is called; calling that twice is harmless.

        A method of a widget drops out by itself when the widget is deleted.
        """
        subscription = _Subscription(callback)
        self._subscriptions.append(subscription)
        if not self._timer.isActive():
            self._timer.start(self.until_next())

        def unsubscribe() -> None:
            if subscription in self._subscriptions:
                self._remove(subscription)

        return unsubscribe

    def is_running(self) -> bool:
        """True while somebody is subscribed."""
        return self._timer.isActive()

    def until_next(self) -> int:
        """Milliseconds to the next full interval; a nearly complete one counts as complete."""
        rest = self._interval - int(self._clock() * 1000) % self._interval
        return rest if rest > self._interval // 20 else rest + self._interval

    def _tick(self) -> None:
        self._timer.start(self.until_next())
        for subscription in tuple(self._subscriptions):
            if subscription.is_orphan():
                self._remove(subscription)
            elif subscription in self._subscriptions:
                subscription.callback()

    def _remove(self, subscription: "_Subscription") -> None:
        self._subscriptions.remove(subscription)
        if not self._subscriptions:
            self._timer.stop()


class _Subscription:
    """One callback of one subscriber; the same callback may be subscribed twice."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback = callback
        self._owner = getattr(callback, "__self__", None)

    def is_orphan(self) -> bool:
        return isinstance(self._owner, QObject) and not isValid(self._owner)


_tickers: dict[int, Ticker] = {}


def second_timer() -> Ticker:
    """The one timer of all clocks, aligned to the second."""
    return _shared(1000)


def blink_timer() -> Ticker:
    """The one timer of all that blinks while ringing, in step with the tray."""
    return _shared(BLINK_MILLISECONDS)


def _shared(interval: int) -> Ticker:
    if interval not in _tickers:
        _tickers[interval] = Ticker(interval)
    return _tickers[interval]
