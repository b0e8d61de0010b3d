"""The clock of the present talk (oktell-protocol.md, "5.7 Talk timer")."""

from __future__ import annotations

from collections.abc import Callable

from ctidesk.cti.clock import Clock, Timer


class TalkClock:
    """Tells the length of the talk at its beginning and every second; adjusted, not restarted, by later news (D18)."""

    def __init__(self, clock: Clock, tell: Callable[[int | None], None]) -> None:
        """Create a clock that does not run; `tell` hears of each second and, with None, of the end."""
        self._clock = clock
        self._tell = tell
        self._base: float | None = None
        self._timer: Timer | None = None

    @property
    def seconds(self) -> int:
        """The length of the talk; 0 when there is none."""
        return 0 if self._base is None else max(0, int(self._clock.monotonic() - self._base))

    def start(self, seconds: int) -> None:
        """Count from `seconds`; a clock that runs is set to them."""
        running = self._base is not None
        self._base = self._clock.monotonic() - seconds
        if not running:
            self._tick()

    def stop(self, *, tell: bool = False) -> None:
        """Stop counting; the end is told when asked for and when the clock ran."""
        if self._timer is not None:
            self._timer.cancel()
        was_running, self._base, self._timer = self._base is not None, None, None
        if tell and was_running:
            self._tell(None)

    def _tick(self) -> None:
        self._timer = self._clock.call_later(1.0, self._tick)
        self._tell(self.seconds)
